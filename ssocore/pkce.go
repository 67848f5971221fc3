package ssocore

import (
	"encoding/base64"
	"io"
	"strings"

	"portico/internal/wrap"
	"portico/ssocore/percent"
)

// NewCodeVerifier returns a PKCE code verifier (RFC 7636 section 4.1): 32
// random bytes as 43 characters. The reader is crypto/rand's, which is not linked
// here: a browser has its own. The verifier is kept until [Client.CreateToken]
// takes it as CodeVerifier.
func NewCodeVerifier(random io.Reader) (Secret, error) {
	return randomText(random, "code verifier")
}

// NewState returns a random state for [AuthorizeInput], by which the redirect
// that comes back is known.
func NewState(random io.Reader) (Secret, error) { return randomText(random, "state") }

func randomText(random io.Reader, what string) (Secret, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", wrap.Doing("make "+what, err)
	}
	return Secret(base64.RawURLEncoding.EncodeToString(b)), nil
}

// CodeChallengeS256 returns the challenge of a verifier, by the method S256
// (RFC 7636 section 4.2).
func CodeChallengeS256(verifier Secret) string {
	sum := sha256([]byte(verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// AuthorizeInput is what the authorization page is asked (RFC 6749 section
// 4.1.1 and RFC 7636 section 4.3).
type AuthorizeInput struct {
	ClientID     string   // required: of RegisterClient, with the two grant types and a redirect URI
	RedirectURI  string   // required: with the port, such as http://127.0.0.1:51234/oauth/callback
	State        Secret   // required: to be compared with the one that comes back
	CodeVerifier Secret   // required: 43 to 128 characters; its challenge goes into the URL
	Scopes       []string // nil means ScopeAccountAccess
}

// AuthorizeURL returns the page on which the user allows the client, to be
// opened in a browser. It ends at RedirectURI with code and state; the code and
// the CodeVerifier make a token by [Client.CreateToken] with
// [GrantTypeAuthorizationCode]. The URL holds the challenge, not the verifier.
func (c *Client) AuthorizeURL(in *AuthorizeInput) (string, error) {
	if err := in.check(); err != nil {
		return "", err
	}
	scopes := in.Scopes
	if scopes == nil {
		scopes = []string{ScopeAccountAccess}
	}
	e := c.oidc.endpoint
	b := []byte(e.base + "/authorize?")
	if e.query != "" {
		b = append(append(b, e.query...), '&')
	}
	b = append(b, "response_type=code"...)
	for _, p := range [][2]string{
		{"client_id", in.ClientID},
		{"redirect_uri", in.RedirectURI},
		{"state", in.State.Reveal()},
		{"code_challenge_method", "S256"},
		{"code_challenge", CodeChallengeS256(in.CodeVerifier)},
		{"scopes", strings.Join(scopes, " ")},
	} {
		b = percent.Append(append(append(append(b, '&'), p[0]...), '='), p[1])
	}
	return string(b), nil
}

// check reports all that is wrong, as a *ParamError.
func (in *AuthorizeInput) check() error {
	var problems []string
	for _, p := range [][2]string{
		{"clientId", in.ClientID}, {"redirectUri", in.RedirectURI},
		{"state", in.State.Reveal()}, {"codeVerifier", in.CodeVerifier.Reveal()},
	} {
		if p[1] == "" {
			problems = append(problems, p[0]+" is missing")
		}
	}
	if v := in.CodeVerifier.Reveal(); v != "" && !isVerifier(v) {
		problems = append(problems, "codeVerifier must be 43 to 128 characters of A-Z, a-z, 0-9, -, ., _ and ~")
	}
	if problems == nil {
		return nil
	}
	return &ParamError{Operation: "Authorize", Problems: problems}
}

func isVerifier(v string) bool {
	return len(v) >= 43 && len(v) <= 128 && !strings.ContainsFunc(v, func(r rune) bool {
		return r > '~' || !percent.IsUnreserved(byte(r))
	})
}
