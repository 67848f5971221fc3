package portaltest_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"

	"portico/internal/portaltest"
)

// refreshing is a client that may refresh its sessions, and one of those.
type refreshing struct {
	*deviceSignIn
	token *ssooidc.CreateTokenOutput
}

func (b *bench) refreshing() *refreshing {
	b.t.Helper()
	s := b.startSignIn(deviceCodeGrant, "refresh_token")
	b.portal.Approve(*s.UserCode)
	token, err := s.poll()
	if err != nil {
		b.t.Fatal(err)
	}
	if token.RefreshToken == nil {
		b.t.Fatal("no refresh token came")
	}
	return &refreshing{s, token}
}

func (r *refreshing) refresh(token *string) (*ssooidc.CreateTokenOutput, error) {
	return r.b.oidc.CreateToken(r.b.t.Context(), &ssooidc.CreateTokenInput{ClientId: r.client.ClientId, ClientSecret: r.client.ClientSecret,
		GrantType: aws.String("refresh_token"), RefreshToken: token})
}

// A session is refreshed by the newest refresh token, again and again, but not beyond
// its end; the access tokens before stay good until they expire.
func TestASessionIsRefreshedUntilItsEnd(t *testing.T) {
	b := newBench(t, portaltest.Config{TokenTTL: time.Hour, SessionTTL: 150 * time.Minute})
	r := b.refreshing()
	if r.token.ExpiresIn != 3600 {
		t.Errorf("expires in %d s", r.token.ExpiresIn)
	}
	first := r.token
	b.clock.advance(50 * time.Minute)
	second, err := r.refresh(first.RefreshToken)
	if err != nil || second.ExpiresIn != 3600 || *second.RefreshToken == *first.RefreshToken || *second.AccessToken == *first.AccessToken {
		t.Fatalf("%+v, %v", second, err)
	}
	for _, token := range []*string{first.AccessToken, second.AccessToken} {
		if err := b.listAccounts(token); err != nil {
			t.Error(err)
		}
	}
	_, err = r.refresh(first.RefreshToken)
	wantError[*types.InvalidGrantException](t, err)
	b.clock.advance(70 * time.Minute) // the access token is over, the session is not
	third, err := r.refresh(second.RefreshToken)
	if err != nil || third.ExpiresIn != 1800 {
		t.Fatalf("%+v, %v", third, err)
	}
	b.clock.advance(30 * time.Minute)
	_, err = r.refresh(third.RefreshToken)
	wantError[*types.InvalidGrantException](t, err)
	if b.listAccounts(third.AccessToken) == nil {
		t.Error("the token outlives its session")
	}
}

// Signing in again goes on with the session that lives; Logout ends it, with all its
// tokens, and the next begins another.
func TestOnlyLogoutRestartsTheClockOfASession(t *testing.T) {
	b := newBench(t, portaltest.Config{TokenTTL: 3 * time.Hour, SessionTTL: 4 * time.Hour})
	first := b.refreshing()
	b.clock.advance(2 * time.Hour)
	again := b.refreshing()
	if again.token.ExpiresIn != 2*3600 {
		t.Errorf("after signing in again it expires in %d s", again.token.ExpiresIn)
	}
	if _, err := b.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: again.token.AccessToken}); err != nil {
		t.Fatal(err)
	}
	if b.listAccounts(first.token.AccessToken) == nil || b.listAccounts(again.token.AccessToken) == nil {
		t.Error("a token outlives the session")
	}
	_, err := again.refresh(again.token.RefreshToken)
	wantError[*types.InvalidGrantException](t, err)
	if anew := b.refreshing(); anew.token.ExpiresIn != 3*3600 {
		t.Errorf("after signing out and in it expires in %d s", anew.token.ExpiresIn)
	}
}

// Only who was registered for it refreshes, and only its own sessions.
func TestRefreshingIsForTheClientsThatMay(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: 8 * time.Hour})
	r := b.refreshing()
	other := &refreshing{&deviceSignIn{nil, b, b.register(deviceCodeGrant, "refresh_token")}, nil}
	_, err := other.refresh(r.token.RefreshToken)
	wantError[*types.InvalidGrantException](t, err)
	plain := &refreshing{&deviceSignIn{nil, b, b.register()}, nil}
	_, err = plain.refresh(r.token.RefreshToken)
	wantError[*types.UnauthorizedClientException](t, err)
	_, err = r.refresh(aws.String("aoaAAAAAx"))
	wantError[*types.InvalidGrantException](t, err)
	_, err = r.refresh(nil)
	wantError[*types.InvalidRequestException](t, err)

	// Another life of the portal honours what the last one gave, once.
	next, err := r.refresh(r.token.RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	r.b = benchAt(t, portaltest.Config{SessionTTL: 8 * time.Hour, State: b.portal.State()}, b.clock)
	_, err = r.refresh(r.token.RefreshToken)
	wantError[*types.InvalidGrantException](t, err)
	if _, err = r.refresh(next.RefreshToken); err != nil {
		t.Error(err)
	}
}

// Two ways of signing in need two registrations.
func TestARegistrationIsForOneWayOfSigningIn(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	_, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public"),
		GrantTypes: []string{deviceCodeGrant, "authorization_code", "refresh_token"}})
	wantError[*types.InvalidScopeException](t, err)
}
