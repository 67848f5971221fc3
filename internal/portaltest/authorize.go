package portaltest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// authorizePath is where the sign-in service has people allow a client (RFC 6749,
// section 4.1.1). It is a page: it meets no fault and no quota.
const authorizePath = "/authorize"

// codeTTL is how long a client has to redeem an authorization code.
const codeTTL = time.Minute

// Codes hold when they expire, their stamp, the challenge and the digest of where
// they were sent.
const (
	codeExpires = iota
	codeStamp
	codeInts
)

const (
	codeChallengeAt = 8 * codeInts
	codeRedirectAt  = codeChallengeAt + sha256.Size
	authCodeSize    = codeRedirectAt + sha256.Size + sealedOverhead
)

func authCodePurpose(clientID string) string { return "authorization code of client " + clientID }

// A client that signs in by the browser has its redirect URIs in its ID: the page is
// told no more of it.
const (
	browserClientSize    = 220
	browserClientPurpose = "client of the authorization page"
	longestRedirects     = browserClientSize - sealedOverhead - 8
)

// browserClientID is the ID of a client that is sent codes at its redirect URIs. The
// caller holds p.mu.
func (p *Portal) browserClientID(redirects []string, expires time.Time) string {
	plain := append(packInts(expires.UnixNano()), strings.Join(redirects, " ")...)
	sealed := p.sealer.seal(browserClientPurpose, browserClientSize, p.secrets.bytes(nonceSize), plain)
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// redirectsOf gives the redirect URIs that a client registered: none if there is no
// such client.
func (p *Portal) redirectsOf(clientID string) []string {
	sealed, ok := decodeExactly(base64.RawURLEncoding, clientID)
	if !ok {
		return nil
	}
	plain, ok := p.sealer.open(browserClientPurpose, sealed)
	if !ok || p.config.Now().UnixNano() >= intAt(plain, 0) {
		return nil
	}
	return strings.Fields(strings.TrimRight(string(plain[8:]), "\x00"))
}

// areRedirects tells whether a client may register these URIs for codes: on the
// computer itself, without a port, which is chosen anew each time (RFC 8252, section
// 7.3). AWS publishes no limit to their length.
func areRedirects(uris []string) bool {
	return len(uris) > 0 && len(strings.Join(uris, " ")) <= longestRedirects &&
		!slices.ContainsFunc(uris, func(uri string) bool { return uri == "" || uri != withoutPort(uri) })
}

// withoutPort is the URI that has to be registered for one on the computer itself;
// empty for any other.
func withoutPort(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Hostname() != "127.0.0.1" || u.Path == "" || uri != "http://"+u.Host+u.EscapedPath() {
		return ""
	}
	return "http://127.0.0.1" + u.EscapedPath()
}

// authorization is what the page is asked.
type authorization struct {
	clientID  string
	redirect  string
	state     string
	challenge []byte
	refused   string // the RFC 6749 code of a mistake that the client is told
}

// parseAuthorization reads the parameters of the page. Without a client and its
// redirect URI nobody is sent anywhere: wrong says why. Any other mistake is told
// where the client listens (RFC 6749, section 4.1.2.1). AWS does not publish whether
// it needs a state; here it does, so that a client which forgets it is found out.
func (p *Portal) parseAuthorization(rawQuery string) (a authorization, wrong string) {
	query, malformed := url.ParseQuery(rawQuery)
	one := func(name string) string {
		if len(query[name]) != 1 {
			return "" // "parameters MUST NOT be included more than once"
		}
		return query[name][0]
	}
	a = authorization{clientID: one("client_id"), redirect: one("redirect_uri"), state: one("state")}
	registered := p.redirectsOf(a.clientID)
	switch {
	case registered == nil:
		return a, "This application is not registered."
	case !slices.Contains(registered, withoutPort(a.redirect)):
		return a, "The application did not register where the answer is to go."
	}
	a.challenge, _ = decodeExactly(base64.RawURLEncoding, one("code_challenge"))
	kind, scopes := one("response_type"), strings.Fields(one("scopes"))
	switch {
	case malformed != nil || kind == "" || a.state == "" || len(query["scopes"]) > 1,
		one("code_challenge_method") != "S256", len(a.challenge) != sha256.Size:
		a.refused = "invalid_request"
	case kind != "code":
		a.refused = "unsupported_response_type"
	case slices.ContainsFunc(scopes, func(scope string) bool { return scope != accountScope }):
		a.refused = "invalid_scope"
	}
	return a, ""
}

// decided is where the person is sent who allowed or denied what was asked: with a
// code, or with an error.
func (p *Portal) decided(a authorization, allowed bool) string {
	switch {
	case a.refused != "":
		return a.answer("error", a.refused)
	case !allowed:
		return a.answer("error", "access_denied")
	}
	return a.answer("code", p.allow(a))
}

func (a authorization) answer(name, value string) string {
	query := url.Values{name: {value}}
	if a.state != "" {
		query.Set("state", a.state)
	}
	return a.redirect + "?" + query.Encode()
}

// allow makes the code for what was asked.
func (p *Portal) allow(a authorization) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	plain := packInts(now.Add(codeTTL).UnixNano(), p.sessions.stamp(now))
	plain = append(plain, a.challenge...)
	at := sha256.Sum256([]byte(a.redirect))
	plain = append(plain, at[:]...)
	sealed := p.sealer.seal(authCodePurpose(a.clientID), authCodeSize, p.secrets.bytes(nonceSize), plain)
	return p.secrets.remember(base64.RawURLEncoding.EncodeToString(sealed))
}

// redeemCode exchanges an authorization code for a session, once, for who has the
// verifier behind its challenge. AWS does not publish what becomes of a code that is
// tried with something wrong, or twice; here it stays good until it expires, and
// the tokens that came for it live on. The caller holds p.mu.
func (p *Portal) redeemCode(in createTokenRequest) (session, until int64, failure *apiError) {
	now := p.config.Now()
	sealed, ok := decodeExactly(base64.RawURLEncoding, in.Code)
	if !ok {
		return 0, 0, errInvalidCode
	}
	plain, ok := p.sealer.open(authCodePurpose(in.ClientID), sealed)
	if !ok {
		return 0, 0, errInvalidCode
	}
	verified, at := sha256.Sum256([]byte(in.CodeVerifier)), sha256.Sum256([]byte(in.RedirectURI))
	_, used := p.sessions.redeemed[intAt(plain, codeStamp)]
	switch {
	case used || now.UnixNano() >= intAt(plain, codeExpires),
		string(plain[codeChallengeAt:codeRedirectAt]) != string(verified[:]),
		string(plain[codeRedirectAt:][:sha256.Size]) != string(at[:]):
		return 0, 0, errInvalidCode
	}
	p.sessions.redeemed[intAt(plain, codeStamp)] = intAt(plain, codeExpires)
	p.secrets.remember(in.CodeVerifier)
	session, until = p.signIn(now)
	return session, until, nil
}

// serveAuthorize asks the person and sends them on with what they decided; at once
// with Config.AutoApprove.
func (p *Portal) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost {
		refuseMethod(w, "GET, HEAD, POST")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	a, wrong := p.parseAuthorization(r.URL.RawQuery)
	decision := r.PostFormValue("decision")
	switch {
	case wrong != "":
		p.authorizePage(w, http.StatusBadRequest, wrong)
	case a.refused != "" || p.config.AutoApprove || decision == "allow" || decision == "deny":
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		http.Redirect(w, r, p.decided(a, decision != "deny"), http.StatusFound)
	default:
		p.authorizePage(w, http.StatusOK, "")
	}
}
