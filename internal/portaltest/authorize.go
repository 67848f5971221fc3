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

// A client that signs in by the browser has its redirect URI in its ID: the page is
// told no more of it.
const (
	browserClientSize    = 160
	browserClientPurpose = "client of the authorization page"
	longestRedirect      = browserClientSize - sealedOverhead - 8
)

// browserClientID is the ID of a client that is sent codes at redirect. The caller
// holds p.mu.
func (p *Portal) browserClientID(redirect string, expires time.Time) string {
	sealed := p.sealer.seal(browserClientPurpose, browserClientSize, p.secrets.bytes(nonceSize), append(packInts(expires.UnixNano()), redirect...))
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// redirectOf gives the redirect URI that a client registered; false if there is no
// such client.
func (p *Portal) redirectOf(clientID string) (string, bool) {
	sealed, ok := decodeExactly(base64.RawURLEncoding, clientID)
	if !ok {
		return "", false
	}
	plain, ok := p.sealer.open(browserClientPurpose, sealed)
	if !ok || p.config.Now().UnixNano() >= intAt(plain, 0) {
		return "", false
	}
	return strings.TrimRight(string(plain[8:]), "\x00"), true
}

// isRedirect tells whether a client may register a URI for codes: on the computer
// itself, without a port, which is chosen anew each time (RFC 8252, section 7.3).
func isRedirect(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && u.Scheme == "http" && u.Host == "127.0.0.1" && u.User == nil && u.RawQuery == "" && u.Fragment == "" &&
		u.Path != "" && len(uri) <= longestRedirect
}

// atPort tells whether a URI is the registered one, at any port.
func atPort(uri, registered string) bool {
	u, err := url.Parse(uri)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return false
	}
	u.Host = u.Hostname()
	return u.String() == registered
}

// authorization is what the page is asked.
type authorization struct {
	clientID  string
	redirect  *url.URL
	state     string
	challenge []byte
}

// parseAuthorization reads the parameters of the page. Without a client and its
// redirect URI nobody is sent anywhere: wrong says why. Any other mistake is told
// where the client listens: oauth is its RFC 6749 code.
func (p *Portal) parseAuthorization(query url.Values) (a authorization, wrong, oauth string) {
	one := func(name string) string {
		if len(query[name]) != 1 {
			return "" // "parameters MUST NOT be included more than once"
		}
		return query[name][0]
	}
	a.clientID, a.state = one("client_id"), one("state")
	registered, known := p.redirectOf(a.clientID)
	if !known {
		return a, "This application is not registered.", ""
	}
	if !atPort(one("redirect_uri"), registered) {
		return a, "The application did not register where the answer is to go.", ""
	}
	a.redirect, _ = url.Parse(one("redirect_uri"))
	a.challenge, _ = decodeExactly(base64.RawURLEncoding, one("code_challenge"))
	switch {
	case one("response_type") != "code":
		return a, "", "unsupported_response_type"
	case one("code_challenge_method") != "S256" || len(a.challenge) != sha256.Size || a.state == "":
		return a, "", "invalid_request"
	case slices.ContainsFunc(strings.Fields(one("scopes")), func(scope string) bool { return scope != accountScope }):
		return a, "", "invalid_scope"
	}
	return a, "", ""
}

// answer is where the person is sent: with a code, or with an error.
func (a authorization) answer(name, value string) string {
	to := *a.redirect
	to.RawQuery = url.Values{name: {value}, "state": {a.state}}.Encode()
	return to.String()
}

// allow makes the code for what was asked.
func (p *Portal) allow(a authorization) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	plain := packInts(now.Add(codeTTL).UnixNano(), p.sessions.stamp(now))
	plain = append(plain, a.challenge...)
	at := sha256.Sum256([]byte(a.redirect.String()))
	plain = append(plain, at[:]...)
	sealed := p.sealer.seal(authCodePurpose(a.clientID), authCodeSize, p.secrets.bytes(nonceSize), plain)
	return p.secrets.remember(base64.RawURLEncoding.EncodeToString(sealed))
}

// redeemCode exchanges an authorization code for a session, once, for who has the
// verifier behind its challenge. The caller holds p.mu.
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
	session, until = p.signIn(now)
	return session, until, nil
}

// serveAuthorize asks the person and sends them on with what they decided; at once
// with Config.AutoApprove.
func (p *Portal) serveAuthorize(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		refuseMethod(w, "GET, POST")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	a, wrong, oauth := p.parseAuthorization(r.URL.Query())
	switch decision := r.PostFormValue("decision"); {
	case wrong != "":
		p.authorizePage(w, http.StatusBadRequest, wrong)
	case oauth != "":
		http.Redirect(w, r, a.answer("error", oauth), http.StatusFound)
	case p.config.AutoApprove || decision == "allow":
		http.Redirect(w, r, a.answer("code", p.allow(a)), http.StatusFound)
	case decision == "deny":
		http.Redirect(w, r, a.answer("error", "access_denied"), http.StatusFound)
	default:
		p.authorizePage(w, http.StatusOK, "")
	}
}
