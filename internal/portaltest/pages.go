package portaltest

import (
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"path"
	"slices"
)

const (
	startPath   = "/start"
	devicePath  = startPath + "/device"
	assetsPath  = startPath + "/assets/"
	consolePath = "/console/home"
)

// pagePolicy lets a page use our own style, script and icon and send its form
// to us; nothing else, and nothing inline.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

//go:embed assets
var assets embed.FS

var pages = template.Must(template.ParseFS(assets, "assets/*.html"))

// servePage answers what a person or a test visits. It reports false if r is
// for none of these pages.
func (p *Portal) servePage(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/":
		http.Redirect(w, r, startPath, http.StatusFound)
	case startPath, startPath + "/":
		p.get(w, r, p.startPage)
	case devicePath:
		p.devicePage(w, r)
	case consolePath:
		p.get(w, r, p.consolePage)
	case "/fake/approve":
		p.decideByRequest(w, r, p.Approve)
	case "/fake/deny":
		p.decideByRequest(w, r, p.Deny)
	case assetsPath + "portal.css", assetsPath + "start.js", assetsPath + "icon.svg":
		p.get(w, r, serveAsset)
	default:
		return false
	}
	return true
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

func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	text, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic("portaltest: embedded file: " + err.Error())
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(text)
}

// assetTypes is a table of our own because package mime asks the system.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func render(w http.ResponseWriter, status int, page string, data any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = pages.ExecuteTemplate(w, page, data) // fails only if the browser went away
}

// startPage is the portal's front door. As on the real one, its links live in
// the fragment, which a server never sees: a small script follows them.
func (p *Portal) startPage(w http.ResponseWriter, _ *http.Request) {
	roles := 0
	for _, a := range p.accounts {
		roles += len(a.Roles)
	}
	render(w, http.StatusOK, "start.html", struct {
		Region          string
		Accounts, Roles int
	}{p.config.Region, len(p.accounts), roles})
}

// devicePage shows a user code and takes the person's decision on it. After
// the decision it redirects to itself, so that reloading sends nothing twice.
func (p *Portal) devicePage(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		p.showDevice(w, r)
	case http.MethodPost:
		p.decideByForm(w, r)
	default:
		refuseMethod(w, "GET, HEAD, POST")
	}
}

func (p *Portal) showDevice(w http.ResponseWriter, r *http.Request) {
	code := canonicalUserCode(r.URL.Query().Get("user_code"))
	state := p.verification(code)
	status := http.StatusOK
	if state == verificationUnknown && code != "" {
		status = http.StatusNotFound
	}
	render(w, status, "device.html", struct {
		Code  string
		State verification
	}{code, state})
}

func (p *Portal) decideByForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	code := canonicalUserCode(r.PostFormValue("user_code"))
	switch r.PostFormValue("decision") {
	case "allow":
		p.Approve(code)
	case "deny":
		p.Deny(code)
	}
	http.Redirect(w, r, devicePath+"?user_code="+template.URLQueryEscaper(code), http.StatusSeeOther)
}

// decideByRequest is the decision without the page: POST with user_code in the
// query. It answers 200 if the code was waiting for a decision, else 404.
func (p *Portal) decideByRequest(w http.ResponseWriter, r *http.Request, decide func(string) bool) {
	if r.Method != http.MethodPost {
		refuseMethod(w, "POST")
		return
	}
	code := r.URL.Query().Get("user_code")
	status := http.StatusOK
	if !decide(code) {
		status = http.StatusNotFound
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		State verification `json:"state"`
	}{p.verification(code)})
}

// consolePage stands for the console that a shortcut link opens.
func (p *Portal) consolePage(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	data := struct {
		AccountID, AccountName, Role, Destination string
		Assigned                                  bool
	}{
		AccountID:   query.Get("account_id"),
		Role:        query.Get("role_name"),
		Destination: query.Get("destination"),
	}
	status := http.StatusForbidden
	if account, known := p.byID[data.AccountID]; known {
		data.AccountName = account.Name
		data.Assigned = slices.Contains(account.Roles, data.Role)
	}
	if data.Assigned {
		status = http.StatusOK
	}
	render(w, status, "console.html", data)
}
