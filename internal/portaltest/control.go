package portaltest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
)

// startPath is where the portal's pages begin, and assetsPath what they look like.
const (
	startPath  = "/start"
	assetsPath = startPath + "/assets/"
)

// serveControl answers what a real portal's pages do by themselves, for tests
// and for pages that are not ours. It reports false if r is for none of it.
func (p *Portal) serveControl(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/fake/approve":
		p.decideByRequest(w, r, true)
	case "/fake/deny":
		p.decideByRequest(w, r, false)
	case "/fake/grant":
		p.get(w, r, p.tellGrant)
	default:
		return false
	}
	return true
}

// decideByRequest is the decision without the page: POST with user_code in the
// query, or with the query of the authorization page. It answers 200 if a decision
// was waited for, else 404.
func (p *Portal) decideByRequest(w http.ResponseWriter, r *http.Request, allow bool) {
	if r.Method != http.MethodPost {
		refuseMethod(w, "POST")
		return
	}
	query := r.URL.Query()
	if query.Has("client_id") {
		p.decideAuthorization(w, r, allow)
		return
	}
	decide := p.Deny
	if allow {
		decide = p.Approve
	}
	code := query.Get("user_code")
	status := http.StatusOK
	if !decide(code) {
		status = http.StatusNotFound
	}
	tell(w, status, struct {
		State verification `json:"state"`
	}{p.verification(code)})
}

// decideAuthorization tells where the page would have sent the person.
func (p *Portal) decideAuthorization(w http.ResponseWriter, r *http.Request, allow bool) {
	var answer struct {
		Location string `json:"location"`
	}
	a, wrong := p.parseAuthorization(r.URL.RawQuery)
	if wrong != "" {
		tell(w, http.StatusNotFound, answer)
		return
	}
	answer.Location = p.decided(a, allow)
	tell(w, http.StatusOK, answer)
}

// grant is a role in an account, and whether it is assigned.
type grant struct {
	AccountID   string `json:"accountId"`
	AccountName string `json:"accountName"`
	Role        string `json:"role"`
	Assigned    bool   `json:"assigned"`
}

// grantOf reads account_id and role_name of a shortcut link.
func (p *Portal) grantOf(query url.Values) grant {
	g := grant{AccountID: query.Get("account_id"), Role: query.Get("role_name")}
	if account, known := p.granted.Load().byID[g.AccountID]; known {
		g.AccountName = account.Name
		g.Assigned = slices.Contains(account.Roles, g.Role)
	}
	return g
}

// tellGrant answers a shortcut link's query with what its landing page shows.
func (p *Portal) tellGrant(w http.ResponseWriter, r *http.Request) {
	tell(w, http.StatusOK, p.grantOf(r.URL.Query()))
}

func tell(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// get serves GET and HEAD, and refuses the rest.
func (p *Portal) get(w http.ResponseWriter, r *http.Request, serve http.HandlerFunc) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		refuseMethod(w, "GET, HEAD")
		return
	}
	serve(w, r)
}

func refuseMethod(w http.ResponseWriter, allowed string) {
	w.Header().Set("Allow", allowed)
	http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
}
