package portaltest_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"

	"portico/internal/portaltest"
)

const (
	registeredRedirect = "http://127.0.0.1/oauth/callback"
	redirectURI        = "http://127.0.0.1:51234/oauth/callback"
	verifier           = "0123456789-0123456789-0123456789-0123456789"
)

// browserSignIn is a sign-in by the authorization page.
type browserSignIn struct {
	b      *bench
	client *ssooidc.RegisterClientOutput
}

func (b *bench) browserSignIn() *browserSignIn {
	b.t.Helper()
	out, err := b.oidc.RegisterClient(b.t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
		Scopes: []string{"sso:account:access"}, GrantTypes: []string{"authorization_code", "refresh_token"},
		RedirectUris: []string{registeredRedirect}, IssuerUrl: aws.String(b.url + "/start")})
	if err != nil {
		b.t.Fatal(err)
	}
	return &browserSignIn{b, out}
}

// page is the address of the authorization page, with changes by pairs of name and
// value; an empty value leaves the parameter out.
func (s *browserSignIn) page(changes ...string) string {
	challenge := sha256.Sum256([]byte(verifier))
	query := url.Values{"response_type": {"code"}, "client_id": {*s.client.ClientId}, "redirect_uri": {redirectURI}, "state": {"a+b &c"},
		"code_challenge_method": {"S256"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(challenge[:])}, "scopes": {"sso:account:access"}}
	for i := 0; i < len(changes); i += 2 {
		query.Del(changes[i])
		if changes[i+1] != "" {
			query.Set(changes[i], changes[i+1])
		}
	}
	return "/authorize?" + query.Encode()
}

// decide presses a button on the page and gives the query of where that leads.
func (s *browserSignIn) decide(page, decision string) url.Values {
	s.b.t.Helper()
	got := s.b.send("POST", page, "decision="+decision, "Content-Type", "application/x-www-form-urlencoded")
	place, query, _ := strings.Cut(got.header.Get("Location"), "?")
	values, err := url.ParseQuery(query)
	if got.status != 302 || place != redirectURI || err != nil || values.Get("state") != "a+b &c" {
		s.b.t.Fatalf("%s leads to %d %q", decision, got.status, got.header.Get("Location"))
	}
	return values
}

func (s *browserSignIn) redeem(code, verifier, redirect string) (*ssooidc.CreateTokenOutput, error) {
	return s.b.oidc.CreateToken(s.b.t.Context(), &ssooidc.CreateTokenInput{ClientId: s.client.ClientId, ClientSecret: s.client.ClientSecret,
		GrantType: aws.String("authorization_code"), Code: &code, CodeVerifier: &verifier, RedirectUri: &redirect})
}

func TestSigningInByTheAuthorizationPage(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: 8 * time.Hour, TokenTTL: time.Hour})
	s := b.browserSignIn()
	if got := b.send("GET", s.page(), ""); got.status != 200 || !strings.Contains(got.body, ">Allow</button>") ||
		!strings.Contains(got.header.Get("Content-Security-Policy"), "form-action 'self' http://127.0.0.1:*;") {
		t.Fatalf("the page is %d %v %s", got.status, got.header, got.body)
	}
	if denied := s.decide(s.page(), "deny"); denied.Get("error") != "access_denied" || denied.Has("code") {
		t.Errorf("denied leads to %v", denied)
	}
	code := s.decide(s.page(), "allow").Get("code")
	for _, wrong := range [][3]string{{"x", verifier, redirectURI}, {code, verifier + "x", redirectURI}, {code, verifier, registeredRedirect}} {
		_, err := s.redeem(wrong[0], wrong[1], wrong[2])
		wantError[*types.InvalidGrantException](t, err)
	}
	_, err := b.browserSignIn().redeem(code, verifier, redirectURI)
	wantError[*types.InvalidGrantException](t, err) // another client's
	token, err := s.redeem(code, verifier, redirectURI)
	if err != nil || token.RefreshToken == nil || token.ExpiresIn != 3600 {
		t.Fatalf("%+v, %v", token, err)
	}
	if err := b.listAccounts(token.AccessToken); err != nil {
		t.Error(err)
	}
	_, err = s.redeem(code, verifier, redirectURI)
	wantError[*types.InvalidGrantException](t, err)

	// Another life of the portal knows the client, and that the code was used.
	again := &browserSignIn{benchAt(t, portaltest.Config{SessionTTL: 8 * time.Hour, State: b.portal.State()}, b.clock), s.client}
	_, err = again.redeem(code, verifier, redirectURI)
	wantError[*types.InvalidGrantException](t, err)
	if again.decide(again.page(), "allow").Get("code") == "" {
		t.Error("no code came from the portal's next life")
	}

	// Each client has its own chain of refresh tokens for the session they share.
	other := b.refreshing()
	first := &refreshing{&deviceSignIn{nil, b, s.client}, token}
	if _, err := first.refresh(token.RefreshToken); err != nil {
		t.Error(err)
	}
	if _, err := other.refresh(other.token.RefreshToken); err != nil {
		t.Error(err)
	}

	late := s.decide(s.page(), "allow").Get("code")
	b.clock.advance(2 * time.Minute)
	_, err = s.redeem(late, verifier, redirectURI)
	wantError[*types.InvalidGrantException](t, err)
}

func TestAutomaticApprovalLeadsStraightBack(t *testing.T) {
	b := newBench(t, portaltest.Config{AutoApprove: true})
	s := b.browserSignIn()
	got := b.send("GET", s.page(), "")
	back, err := url.Parse(got.header.Get("Location"))
	if err != nil || got.status != 302 || back.Host != "127.0.0.1:51234" || back.Query().Get("code") == "" {
		t.Errorf("leads to %d %q", got.status, got.header.Get("Location"))
	}
}

// Without a client and its own address nobody is sent anywhere; what else is wrong
// the client is told.
func TestTheAuthorizationPageChecksWhatItIsAsked(t *testing.T) {
	b := newBench(t, portaltest.Config{AutoApprove: true})
	s := b.browserSignIn()
	for _, changes := range [][]string{
		{"client_id", ""}, {"client_id", "x"}, {"client_id", *b.register().ClientId},
		{"redirect_uri", ""}, {"redirect_uri", "http://127.0.0.1:1/other"}, {"redirect_uri", "https://evil.example/oauth/callback"},
		{"redirect_uri", "http://127.0.0.1.evil.example/oauth/callback"}, {"redirect_uri", "http://u@127.0.0.1/oauth/callback"},
		{"redirect_uri", redirectURI + "?x=y"}, {"redirect_uri", redirectURI + "#x"}, {"redirect_uri", "%"},
	} {
		if got := b.send("GET", s.page(changes...), ""); got.status != 400 || got.header.Get("Location") != "" {
			t.Errorf("%v: %d to %q", changes, got.status, got.header.Get("Location"))
		}
	}
	for _, c := range []struct{ name, value, want string }{
		{"response_type", "token", "unsupported_response_type"}, {"response_type", "", "unsupported_response_type"},
		{"code_challenge_method", "plain", "invalid_request"}, {"code_challenge", "short", "invalid_request"}, {"code_challenge", "", "invalid_request"},
		{"scopes", "everything", "invalid_scope"}, {"state", "", "invalid_request"},
	} {
		got := b.send("GET", s.page(c.name, c.value), "")
		if got.status != 302 || !strings.HasPrefix(got.header.Get("Location"), redirectURI+"?error="+c.want) {
			t.Errorf("%v: %d to %q", c, got.status, got.header.Get("Location"))
		}
	}
}

func TestClientsRegisterForOneWayAndALoopbackAddress(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, redirects := range [][]string{nil, {"https://127.0.0.1/x"}, {"http://localhost/x"}, {"http://127.0.0.1:80/x"}, {"http://127.0.0.1"},
		{"http://127.0.0.1/x?y"}, {registeredRedirect, registeredRedirect}, {"http://127.0.0.1/" + strings.Repeat("x", 200)}, {"%"}} {
		_, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
			GrantTypes: []string{"authorization_code"}, RedirectUris: redirects})
		wantError[*types.InvalidRedirectUriException](t, err)
	}
	byBrowser, byCode := b.browserSignIn(), b.startSignIn()
	_, err := b.oidc.StartDeviceAuthorization(t.Context(), &ssooidc.StartDeviceAuthorizationInput{
		ClientId: byBrowser.client.ClientId, ClientSecret: byBrowser.client.ClientSecret, StartUrl: aws.String(b.url + "/start")})
	wantError[*types.UnauthorizedClientException](t, err)
	_, err = (&browserSignIn{b, byCode.client}).redeem("x", verifier, redirectURI)
	wantError[*types.UnauthorizedClientException](t, err)
	_, err = (&deviceSignIn{byCode.StartDeviceAuthorizationOutput, b, byBrowser.client}).poll()
	wantError[*types.UnauthorizedClientException](t, err)
	_, err = byBrowser.redeem("", verifier, redirectURI)
	wantError[*types.InvalidRequestException](t, err)
}

// Whatever the page is asked, it leads nowhere but to the client's own address.
func FuzzTheAuthorizationPageLeadsToItsClientAlone(f *testing.F) {
	f.Add(redirectURI, "state", "code", "sso:account:access")
	f.Add("http://127.0.0.1:1@evil.example/oauth/callback", "a&b=c#d", "token", "x y")
	f.Add("http://127.0.0.1:1/oauth/callback\r\nX: y", "\x00", "", "")
	f.Fuzz(func(t *testing.T, redirect, state, kind, scopes string) {
		b := newBench(t, portaltest.Config{AutoApprove: true})
		s := b.browserSignIn()
		got := b.send("GET", s.page("redirect_uri", redirect, "state", state, "response_type", kind, "scopes", scopes), "")
		to := got.header.Get("Location")
		u, err := url.Parse(to)
		switch {
		case to == "" && got.status == 400:
		case got.status != 302 || err != nil || u.Scheme != "http" || u.Hostname() != "127.0.0.1" || u.User != nil || u.Path != "/oauth/callback":
			t.Errorf("%q leads to %d %q", redirect, got.status, to)
		case u.Query().Get("state") != state:
			t.Errorf("state %q comes back as %q", state, u.Query().Get("state"))
		}
	})
}
