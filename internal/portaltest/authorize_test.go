package portaltest_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
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

	last, late := s.decide(s.page(), "allow").Get("code"), s.decide(s.page(), "allow").Get("code")
	b.clock.advance(time.Minute - 1)
	if _, err = s.redeem(last, verifier, redirectURI); err != nil {
		t.Errorf("in the last moment: %v", err)
	}
	b.clock.advance(1)
	_, err = s.redeem(late, verifier, redirectURI)
	wantError[*types.InvalidGrantException](t, err)
}

func TestCodesAndClientsThatWereAlteredAreUnknown(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.browserSignIn()
	code := s.decide(s.page(), "allow").Get("code")
	for i, c := range code {
		_, err := s.redeem(code[:i]+string(c^1)+code[i+1:], verifier, redirectURI)
		wantError[*types.InvalidGrantException](t, err)
	}
	for _, altered := range []string{code[1:], code[:len(code)-1], code + "A", code + "\n", *s.client.ClientId, *s.client.ClientSecret, *b.startSignIn().DeviceCode} {
		_, err := s.redeem(altered, verifier, redirectURI)
		wantError[*types.InvalidGrantException](t, err)
	}
	id := *s.client.ClientId
	for i, c := range id {
		if got := b.send("GET", s.page("client_id", id[:i]+string(c^1)+id[i+1:]), ""); got.status != 400 {
			t.Errorf("a client altered at %d: %d", i, got.status)
		}
	}
	for _, altered := range []string{id[1:], id[:len(id)-1], id + "A", id + "\n", code, *s.client.ClientSecret} {
		if got := b.send("GET", s.page("client_id", altered), ""); got.status != 400 {
			t.Errorf("client %q: %d", altered, got.status)
		}
	}
	if _, err := s.redeem(code, verifier, redirectURI); err != nil {
		t.Errorf("the code as it was: %v", err)
	}
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
		{"redirect_uri", redirectURI + "?x=y"}, {"redirect_uri", redirectURI + "#x"}, {"redirect_uri", redirectURI + "#"}, {"redirect_uri", redirectURI + "?"},
		{"redirect_uri", "HTTP" + redirectURI[4:]}, {"redirect_uri", "http://127.0.0.1:x/oauth/callback"}, {"redirect_uri", "http://localhost:51234/oauth/callback"},
		{"redirect_uri", "http://127.0.0.1:51234/oauth%2Fcallback"}, {"redirect_uri", "%"},
	} {
		if got := b.send("GET", s.page(changes...), ""); got.status != 400 || got.header.Get("Location") != "" {
			t.Errorf("%v: %d to %q", changes, got.status, got.header.Get("Location"))
		}
	}
	for _, c := range []struct{ name, value, want string }{
		{"response_type", "token", "unsupported_response_type"}, {"response_type", "", "invalid_request"},
		{"code_challenge_method", "plain", "invalid_request"}, {"code_challenge", "short", "invalid_request"}, {"code_challenge", "", "invalid_request"},
		{"scopes", "everything", "invalid_scope"}, {"state", "", "invalid_request"}, {"code_challenge_method", "", "invalid_request"},
	} {
		got := b.send("GET", s.page(c.name, c.value), "")
		if got.status != 302 || !strings.HasPrefix(got.header.Get("Location"), redirectURI+"?error="+c.want) {
			t.Errorf("%v: %d to %q", c, got.status, got.header.Get("Location"))
		}
	}
	for _, again := range []string{"response_type=code", "scopes=x", "code_challenge_method=S256", "%zz"} {
		got := b.send("GET", s.page()+"&"+again, "")
		if want := redirectURI + "?error=invalid_request&state=a%2Bb+%26c"; got.header.Get("Location") != want {
			t.Errorf("with %s again: to %q", again, got.header.Get("Location"))
		}
	}
	// What is not known once is not sent back.
	if got := b.send("GET", s.page()+"&state=other", ""); got.header.Get("Location") != redirectURI+"?error=invalid_request" {
		t.Errorf("with two states: to %q", got.header.Get("Location"))
	}
	for _, again := range []string{"client_id=x", "redirect_uri=" + url.QueryEscape(redirectURI)} {
		if got := b.send("GET", s.page()+"&"+again, ""); got.status != 400 || got.header.Get("Location") != "" {
			t.Errorf("with %s again: %d to %q", again, got.status, got.header.Get("Location"))
		}
	}
	b.clock.advance(91 * 24 * time.Hour)
	if got := b.send("GET", s.page(), ""); got.status != 400 || !strings.Contains(got.body, "not registered") {
		t.Errorf("after the registration expired: %d %s", got.status, got.body)
	}
	if got := b.send("PUT", s.page(), ""); got.status != 405 || got.header.Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("PUT: %d", got.status)
	}
}

// A client may register several addresses; each answer goes to the one that was asked
// for, at any port, and its code is good with that one alone.
func TestAnswersGoToTheAddressThatWasAskedFor(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	client, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
		GrantTypes: []string{"authorization_code"}, RedirectUris: []string{"http://127.0.0.1/a", "http://127.0.0.1/b"}, IssuerUrl: aws.String(b.url + "/start")})
	if err != nil {
		t.Fatal(err)
	}
	s := &browserSignIn{b, client}
	for _, redirect := range []string{"http://127.0.0.1/a", "http://127.0.0.1:1/b", "http://127.0.0.1:65535/b"} {
		place, answer, _ := strings.Cut(b.control("approve", s.page("redirect_uri", redirect)), "?")
		values, err := url.ParseQuery(answer)
		if place != redirect || err != nil {
			t.Fatalf("%s: leads to %q", redirect, place)
		}
		_, err = s.redeem(values.Get("code"), verifier, "http://127.0.0.1:2/b")
		wantError[*types.InvalidGrantException](t, err)
		token, err := s.redeem(values.Get("code"), verifier, redirect)
		if err != nil || token.RefreshToken != nil {
			t.Errorf("%s: %+v, %v", redirect, token, err)
		}
	}
}

// control decides without the page, and tells where that would have led.
func (b *bench) control(decision, page string) string {
	b.t.Helper()
	got := b.send("POST", strings.Replace(page, "/authorize", "/fake/"+decision, 1), "")
	var answer struct{ Location string }
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || (got.status == 200) != (answer.Location != "") {
		b.t.Fatalf("%s: %d %s", decision, got.status, got.body)
	}
	return answer.Location
}

func TestFakeApproveAndDenyStandForThePersonOnTheAuthorizationPage(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.browserSignIn()
	_, answer, _ := strings.Cut(b.control("approve", s.page()), "?")
	values, err := url.ParseQuery(answer)
	if err != nil || values.Get("state") != "a+b &c" {
		t.Errorf("approved: %q", answer)
	}
	if _, err := s.redeem(values.Get("code"), verifier, redirectURI); err != nil {
		t.Error(err)
	}
	if got := b.control("deny", s.page()); got != redirectURI+"?error=access_denied&state=a%2Bb+%26c" {
		t.Errorf("denied: %q", got)
	}
	if got := b.control("approve", s.page("scopes", "x")); got != redirectURI+"?error=invalid_scope&state=a%2Bb+%26c" {
		t.Errorf("approved with an unknown scope: %q", got)
	}
	if got := b.control("approve", s.page("client_id", "x")); got != "" {
		t.Errorf("nobody's: %q", got)
	}
}

// However many ask at once, a code is good for one of them.
func TestACodeIsGoodOnceForManyAtOnce(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: time.Hour})
	s := b.browserSignIn()
	code := s.decide(s.page(), "allow").Get("code")
	const clients = 8
	refusals := make(chan error, clients)
	for range clients {
		go func() {
			_, err := s.redeem(code, verifier, redirectURI)
			refusals <- err
		}()
	}
	good := 0
	for range clients {
		if err := <-refusals; err == nil {
			good++
		} else {
			wantError[*types.InvalidGrantException](t, err)
		}
	}
	if good != 1 || b.portal.Sessions() != 1 {
		t.Errorf("%d got a token, there are %d sessions", good, b.portal.Sessions())
	}
}

// What is handed out and what proves a client are secrets, and the state holds none.
func TestSecretsOfASignInByThePageAreKnownAndNotInTheState(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: time.Hour})
	s := b.browserSignIn()
	unused, code := s.decide(s.page(), "allow").Get("code"), s.decide(s.page(), "allow").Get("code")
	token, err := s.redeem(code, verifier, redirectURI)
	if err != nil {
		t.Fatal(err)
	}
	secrets, state := b.portal.Secrets(), string(b.portal.State())
	for _, secret := range []string{unused, code, verifier, *s.client.ClientSecret, *token.AccessToken, *token.RefreshToken} {
		if !slices.Contains(secrets, secret) {
			t.Errorf("Secrets lacks %s", secret)
		}
		if strings.Contains(state, secret) {
			t.Errorf("the state holds the secret %s", secret)
		}
	}
}

func TestClientsRegisterForOneWayALoopbackAddressAndThePortal(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, redirects := range [][]string{nil, {"https://127.0.0.1/x"}, {"http://localhost/x"}, {"http://127.0.0.1:80/x"}, {"http://127.0.0.1"},
		{"http://127.0.0.1/x?y"}, {"http://127.0.0.1/x#"}, {"http://127.0.0.1/x y"}, {"http://u@127.0.0.1/x"}, {""}, {registeredRedirect, ""}, {"http://127.0.0.1/" + strings.Repeat("x", 200)}, {"%"}} {
		_, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
			GrantTypes: []string{"authorization_code"}, RedirectUris: redirects, IssuerUrl: aws.String(b.url + "/start")})
		wantError[*types.InvalidRedirectUriException](t, err)
	}
	for _, issuer := range []string{"", "x", b.url, b.url + "/other"} {
		_, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
			GrantTypes: []string{"authorization_code"}, RedirectUris: []string{registeredRedirect}, IssuerUrl: &issuer})
		wantError[*types.InvalidRequestException](t, err)
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

// Whatever the page is asked and whatever is decided, it leads nowhere but to the
// client's own address; and to a code only if all of the request is right, which then
// is good for what was asked.
func FuzzTheAuthorizationPageLeadsToItsClientAlone(f *testing.F) {
	b := newBench(f, portaltest.Config{})
	s := b.browserSignIn()
	_, right, _ := strings.Cut(s.page(), "?")
	client := "client_id=" + *s.client.ClientId
	for _, seed := range []string{
		right, "", client, right + "&state=other", right + ";x=y", right + "&%zz", strings.ReplaceAll(right, "51234", "1@evil.example"),
		strings.ReplaceAll(right, "callback", "callback%0d%0aX:+y"), strings.ReplaceAll(right, "code&", "token&"),
		strings.ReplaceAll(right, "S256", "plain"), client + "&redirect_uri=" + url.QueryEscape(redirectURI+"#"),
		client + "&redirect_uri=" + url.QueryEscape(redirectURI) + "&state=" + url.QueryEscape(hostile),
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, query string, allow bool) {
		decision := map[bool]string{true: "allow", false: "deny"}[allow]
		w := httptest.NewRecorder()
		b.portal.ServeHTTP(w, &http.Request{Method: "POST", URL: &url.URL{Path: "/authorize", RawQuery: query},
			Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: io.NopCloser(strings.NewReader("decision=" + decision))})
		location := w.Header().Get("Location")
		if location == "" && w.Code == http.StatusBadRequest {
			return
		}
		asked, _ := url.ParseQuery(query)
		to, err := url.Parse(location)
		if err != nil || w.Code != http.StatusFound || to.Scheme != "http" || to.Hostname() != "127.0.0.1" || to.User != nil || to.Path != "/oauth/callback" || to.Fragment != "" {
			t.Fatalf("%q leads to %d %q", query, w.Code, location)
		}
		values := to.Query()
		if values.Has("state") && values.Get("state") != asked.Get("state") {
			t.Errorf("%q: the state comes back as %q", query, values.Get("state"))
		}
		if values.Has("code") == values.Has("error") || values.Has("code") && !allow {
			t.Errorf("%q leads to %q", query, location)
		}
		if values.Has("code") && (asked.Get("response_type") != "code" || asked.Get("code_challenge_method") != "S256" || len(asked["state"]) != 1 ||
			strings.Trim(strings.ReplaceAll(asked.Get("scopes"), "sso:account:access", ""), " \t\n\v\f\r\u0085\u00a0") != "") {
			t.Errorf("%q leads to a code", query)
		}
	})
}
