package portaltest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"

	"portico/internal/portaltest"
)

func TestDeviceSignInFromRegistrationToAccessToken(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.startSignIn()
	if want := b.clock.Now().Add(90 * 24 * time.Hour).Unix(); s.client.ClientSecretExpiresAt != want {
		t.Errorf("clientSecretExpiresAt %d, want %d", s.client.ClientSecretExpiresAt, want)
	}
	if *s.VerificationUri != b.url+"/start/#/device" || *s.VerificationUriComplete != *s.VerificationUri+"?user_code="+*s.UserCode {
		t.Errorf("verification at %s and %s", *s.VerificationUri, *s.VerificationUriComplete)
	}
	if s.ExpiresIn != 600 || s.Interval != 5 {
		t.Errorf("expiresIn %d, interval %d", s.ExpiresIn, s.Interval)
	}

	_, err := s.poll() // the first poll may come at once
	wantError[*types.AuthorizationPendingException](t, err)
	b.clock.advance(5 * time.Second)
	_, err = s.poll()
	wantError[*types.AuthorizationPendingException](t, err)
	b.clock.advance(4 * time.Second)
	_, err = s.poll()
	wantError[*types.SlowDownException](t, err)
	b.clock.advance(9 * time.Second) // slow_down made it 10
	_, err = s.poll()
	wantError[*types.SlowDownException](t, err)
	b.clock.advance(15 * time.Second)
	_, err = s.poll()
	wantError[*types.AuthorizationPendingException](t, err)

	if !b.portal.Approve(strings.ToLower(*s.UserCode)) {
		t.Fatal("the code was not waiting for a decision")
	}
	token, err := s.poll()
	if err != nil {
		t.Fatal(err)
	}
	if token.ExpiresIn != 8*3600 || *token.TokenType != "Bearer" || token.RefreshToken != nil {
		t.Errorf("got %+v", token)
	}
	if err := b.listAccounts(token.AccessToken); err != nil {
		t.Errorf("using the token: %v", err)
	}
	_, err = s.poll()
	wantError[*types.InvalidGrantException](t, err)
	for _, secret := range []*string{s.client.ClientSecret, s.DeviceCode, token.AccessToken} {
		if !slices.Contains(b.portal.Secrets(), *secret) {
			t.Errorf("Secrets lacks %s", *secret)
		}
	}
}

func TestDeniedDeviceCode(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.startSignIn()
	if !b.portal.Deny(*s.UserCode) {
		t.Fatal("the code was not waiting for a decision")
	}
	_, err := s.poll()
	if e := wantError[*types.AccessDeniedException](t, err); aws.ToString(e.Error_) != "access_denied" {
		t.Errorf("error member %q", aws.ToString(e.Error_))
	}
	if b.portal.Approve(*s.UserCode) {
		t.Error("a denied code could still be approved")
	}
}

func TestDeviceCodesExpire(t *testing.T) {
	b := newBench(t, portaltest.Config{DeviceTTL: time.Minute})
	waiting, approved := b.startSignIn(), b.startSignIn()
	b.portal.Approve(*approved.UserCode)
	b.clock.advance(time.Minute)
	for _, s := range []*deviceSignIn{waiting, approved} {
		_, err := s.poll()
		wantError[*types.ExpiredTokenException](t, err)
	}
	if b.portal.Approve(*waiting.UserCode) {
		t.Error("an expired code could still be approved")
	}
}

func TestAutoApproveNeedsNobody(t *testing.T) {
	b := newBench(t, portaltest.Config{AutoApprove: true})
	if _, err := b.startSignIn().poll(); err != nil {
		t.Error(err)
	}
}

func TestDeviceCodeBelongsToItsClient(t *testing.T) {
	b := newBench(t, portaltest.Config{AutoApprove: true})
	s := b.startSignIn()
	s.client = b.register()
	_, err := s.poll()
	wantError[*types.InvalidGrantException](t, err)
	s.DeviceCode = aws.String("never-issued")
	_, err = s.poll()
	wantError[*types.InvalidGrantException](t, err)
}

func TestUnknownAndExpiredClientsAreInvalid(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.startSignIn()
	b.clock.advance(91 * 24 * time.Hour)
	_, err := s.poll()
	wantError[*types.InvalidClientException](t, err)

	fresh := b.register()
	for _, in := range []ssooidc.StartDeviceAuthorizationInput{
		{ClientId: aws.String("nobody"), ClientSecret: fresh.ClientSecret},
		{ClientId: fresh.ClientId, ClientSecret: aws.String("wrong")},
		{ClientId: s.client.ClientId, ClientSecret: s.client.ClientSecret},
	} {
		in.StartUrl = aws.String(b.url + "/start")
		_, err := b.oidc.StartDeviceAuthorization(t.Context(), &in)
		wantError[*types.InvalidClientException](t, err)
	}
}

func TestStartURLMustBeThePortals(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	client := b.register()
	start := func(startURL string) error {
		_, err := b.oidc.StartDeviceAuthorization(t.Context(), &ssooidc.StartDeviceAuthorizationInput{
			ClientId: client.ClientId, ClientSecret: client.ClientSecret, StartUrl: &startURL,
		})
		return err
	}
	for _, good := range []string{b.url + "/start", b.url + "/start/", b.url + "/start/#/", "https://d-1234567890.awsapps.com/start"} {
		if err := start(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{b.url, b.url + "/other", "/start", "start", "ftp://x/start"} {
		wantError[*types.InvalidRequestException](t, start(bad))
	}
}

func TestOtherGrantsAreUnsupported(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	client := b.register()
	_, err := b.oidc.CreateToken(t.Context(), &ssooidc.CreateTokenInput{
		ClientId: client.ClientId, ClientSecret: client.ClientSecret, GrantType: aws.String("password"),
	})
	wantError[*types.UnsupportedGrantTypeException](t, err)
}

func TestRegistrationIsChecked(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, test := range []struct{ body, want string }{
		{`{"clientName":"","clientType":"public"}`, "InvalidRequestException"},
		{`{"clientName":"x"}`, "InvalidRequestException"},
		{`{"clientName":"x","clientType":"confidential"}`, "InvalidClientMetadataException"},
		{`{"clientName":"x","clientType":"public","scopes":["everything"]}`, "InvalidScopeException"},
		{`{"clientName":"x","clientType":"public","grantTypes":["password"]}`, "UnsupportedGrantTypeException"},
		{`not json`, "InvalidRequestException"},
		{``, "InvalidRequestException"},
		{`{"clientName":"` + strings.Repeat("x", 70_000) + `","clientType":"public"}`, "InvalidRequestException"},
	} {
		got := b.send("POST", "/client/register", test.body)
		if got.status != 400 || got.header.Get("x-amzn-errortype") != test.want {
			t.Errorf("%.80s: %d %s, want %s", test.body, got.status, got.header.Get("x-amzn-errortype"), test.want)
		}
	}
}
