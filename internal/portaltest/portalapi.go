package portaltest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Page sizes when max_result is absent. AWS publishes none.
const (
	defaultAccountsPage = 100
	defaultRolesPage    = 50
	largestPage         = 100
)

// roleDuration is how long role credentials last: a permission set's default.
const roleDuration = time.Hour

func (p *Portal) listAccounts(w http.ResponseWriter, r *http.Request) {
	if !p.authorized(r) {
		p.fail(w, portalService, errUnauthorized)
		return
	}
	page, next, failure := cutPage(p, r.URL.Query(), "accounts", defaultAccountsPage, p.granted.Load().accounts)
	if failure != nil {
		p.fail(w, portalService, failure)
		return
	}
	reply := listAccountsReply{NextToken: next, AccountList: []accountInfo{}}
	for _, a := range page {
		reply.AccountList = append(reply.AccountList, accountInfo{a.ID, wireText(a.Name), wireText(a.Email)})
	}
	p.reply(w, http.StatusOK, reply)
}

func (p *Portal) listAccountRoles(w http.ResponseWriter, r *http.Request) {
	if !p.authorized(r) {
		p.fail(w, portalService, errUnauthorized)
		return
	}
	query := r.URL.Query()
	account, failure := p.account(query)
	if failure != nil {
		p.fail(w, portalService, failure)
		return
	}
	page, next, failure := cutPage(p, query, "roles of "+account.ID, defaultRolesPage, account.Roles)
	if failure != nil {
		p.fail(w, portalService, failure)
		return
	}
	reply := listAccountRolesReply{NextToken: next, RoleList: []roleInfo{}}
	for _, name := range page {
		reply.RoleList = append(reply.RoleList, roleInfo{wireText(name), account.ID})
	}
	p.reply(w, http.StatusOK, reply)
}

// getRoleCredentials answers 403 for a role that is not assigned, as the live
// service does, and 404 for an account in which nothing is.
func (p *Portal) getRoleCredentials(w http.ResponseWriter, r *http.Request) {
	if !p.authorized(r) {
		p.fail(w, portalService, errUnauthorized)
		return
	}
	query := r.URL.Query()
	account, failure := p.account(query)
	if failure != nil {
		p.fail(w, portalService, failure)
		return
	}
	role := query.Get("role_name")
	if role == "" {
		p.fail(w, portalService, errInvalidRequest("role_name is required"))
		return
	}
	condition := conditionOf(r)
	if condition.revoked || !slices.Contains(account.Roles, role) {
		p.fail(w, portalService, errNoAccess)
		return
	}
	issued := p.issueCredentials(account.ID, role, p.config.Now().Add(condition.skew))
	p.reply(w, http.StatusOK, getRoleCredentialsReply{roleCredentials{
		AccessKeyID:     issued.AccessKeyID,
		SecretAccessKey: issued.SecretAccessKey,
		SessionToken:    issued.SessionToken,
		Expiration:      issued.Expiration.UnixMilli(),
	}})
}

func (p *Portal) issueCredentials(accountID, role string, now time.Time) Credentials {
	p.mu.Lock()
	defer p.mu.Unlock()
	issued := Credentials{
		AccountID:       accountID,
		RoleName:        role,
		AccessKeyID:     p.secrets.accessKeyID(p.config.Demo),
		SecretAccessKey: p.secrets.secretAccessKey(p.config.Demo),
		SessionToken:    p.secrets.sessionToken(p.config.Demo),
		Expiration:      now.Add(roleDuration).Truncate(time.Millisecond),
	}
	p.issued = append(p.issued, issued)
	return issued
}

func (p *Portal) logout(w http.ResponseWriter, r *http.Request) {
	if !p.authorized(r) {
		p.fail(w, portalService, errUnauthorized)
		return
	}
	p.endSession(r)
	p.reply(w, http.StatusOK, nil)
}

// account finds the account that query names: 400 for what can not be an
// account ID, 404 for an account in which nothing is assigned.
func (p *Portal) account(query url.Values) (*Account, *apiError) {
	id := query.Get("account_id")
	if !isAccountID(id) {
		return nil, errInvalidRequest("account_id must be 12 digits")
	}
	account, known := p.granted.Load().byID[id]
	if !known {
		return nil, errNotFound("Account is not assigned")
	}
	return account, nil
}

func isAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// cutPage takes from items the page that query asks for, and the token of the
// page after it: nil on the last page. Tokens are bound to the listing, not to
// the page size or the session. An empty next_token means the first page.
func cutPage[T any](p *Portal, query url.Values, listing string, size int, items []T) (page []T, next *string, failure *apiError) {
	size, failure = pageSize(query, size)
	if failure != nil {
		return nil, nil, failure
	}
	start, ok := p.openPageToken(listing, query.Get("next_token"))
	if !ok || start > len(items) {
		return nil, nil, errInvalidRequest("next_token is not valid")
	}
	end := min(start+size, len(items))
	if end < len(items) {
		token := p.sealPageToken(listing, end)
		next = &token
	}
	return items[start:end], next, nil
}

func pageSize(query url.Values, byDefault int) (int, *apiError) {
	if !query.Has("max_result") {
		return byDefault, nil
	}
	size, err := strconv.Atoi(query.Get("max_result"))
	if err != nil || size < 1 || size > largestPage {
		return 0, errInvalidRequest(fmt.Sprintf("max_result must be a number from 1 to %d", largestPage))
	}
	return size, nil
}
