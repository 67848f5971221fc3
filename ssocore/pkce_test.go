package ssocore

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"testing"
)

// The example of RFC 7636, appendix B.
func TestChallengeIsThatOfTheRFC(t *testing.T) {
	octets := []byte{116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186,
		22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121}
	verifier, err := NewCodeVerifier(bytes.NewReader(octets))
	if err != nil || verifier.Reveal() != "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" {
		t.Errorf("verifier is %s, %v", verifier.Reveal(), err)
	}
	if got := CodeChallengeS256(verifier); got != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Errorf("challenge is %s", got)
	}
}

func TestRandomTextsNeedAllTheirBytes(t *testing.T) {
	if _, err := NewCodeVerifier(strings.NewReader("short")); err == nil {
		t.Error("made a verifier of too few bytes")
	}
	state, err := NewState(strings.NewReader(strings.Repeat("\xff", 32)))
	if err != nil || state.Reveal() != strings.Repeat("_", 42)+"8" {
		t.Errorf("state is %s, %v", state.Reveal(), err)
	}
}

func TestAuthorizeURLAsksForACode(t *testing.T) {
	in := &AuthorizeInput{
		ClientID: "c/+", RedirectURI: "http://127.0.0.1:51234/oauth/callback", State: "s&t",
		CodeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
	}
	c := newClient(t, Options{Region: "eu-west-1", Fetcher: answer(500, nil, "")})
	got, err := c.AuthorizeURL(in)
	want := "https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code&client_id=c%2F%2B" +
		"&redirect_uri=http%3A%2F%2F127.0.0.1%3A51234%2Foauth%2Fcallback&state=s%26t&code_challenge_method=S256" +
		"&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&scopes=sso%3Aaccount%3Aaccess"
	if err != nil || got != want {
		t.Errorf("url is %s, %v, want %s", got, err, want)
	}
	in.Scopes = []string{"a", "b"}
	got, err = vectorClient(t, answer(500, nil, ""), "/p?x=1").AuthorizeURL(in)
	u, parseErr := url.Parse(got)
	if err != nil || parseErr != nil || u.Path != "/p/authorize" || u.Query().Get("x") != "1" || u.Query().Get("scopes") != "a b" {
		t.Errorf("url is %s, %v", got, err)
	}
}

func TestAuthorizeURLReportsAllProblems(t *testing.T) {
	c := vectorClient(t, answer(500, nil, ""), "")
	var p *ParamError
	if _, err := c.AuthorizeURL(&AuthorizeInput{}); !errors.As(err, &p) || len(p.Problems) != 4 {
		t.Errorf("error is %v", err)
	}
	for _, verifier := range []Secret{"short", Secret(strings.Repeat("x", 129)), Secret(strings.Repeat("ü", 43)), Secret(strings.Repeat("+", 43))} {
		_, err := c.AuthorizeURL(&AuthorizeInput{ClientID: "c", RedirectURI: "r", State: "s", CodeVerifier: verifier})
		if !errors.As(err, &p) || len(p.Problems) != 1 || strings.Contains(err.Error(), verifier.Reveal()) {
			t.Errorf("error is %v", err)
		}
	}
}
