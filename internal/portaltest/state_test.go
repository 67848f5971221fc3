package portaltest_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sso/types"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	oidctypes "github.com/aws/aws-sdk-go-v2/service/ssooidc/types"

	"portico/internal/portaltest"
)

// again is a portal made anew a second later, as after a worker was killed:
// with what the first one said of its state, or without.
func (b *bench) again(config portaltest.Config, withState bool) *bench {
	b.t.Helper()
	if withState {
		config.State = b.portal.State()
	}
	b.clock.advance(time.Second)
	return benchAt(b.t, config, b.clock)
}

// on moves a sign-in to another portal.
func (s *deviceSignIn) on(b *bench) *deviceSignIn {
	return &deviceSignIn{s.StartDeviceAuthorizationOutput, b, s.client}
}

func TestPortalMadeAnewHonoursWhatTheLastOneIssued(t *testing.T) {
	for _, withState := range []bool{true, false} {
		config := portaltest.Config{Accounts: 230, Seed: 5}
		first := newBench(t, config)
		token := first.signIn()
		s := first.startSignIn()
		page, err := first.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token})
		if err != nil {
			t.Fatal(err)
		}

		second := first.again(config, withState)
		rest, err := second.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token, NextToken: page.NextToken})
		if err != nil || *rest.AccountList[0].AccountId != first.portal.Directory()[100].ID {
			t.Errorf("access token and next token: %v", err)
		}
		_, err = second.oidc.StartDeviceAuthorization(t.Context(), &ssooidc.StartDeviceAuthorizationInput{
			ClientId: s.client.ClientId, ClientSecret: s.client.ClientSecret, StartUrl: aws.String(second.url + "/start"),
		})
		if err != nil {
			t.Errorf("registration: %v", err)
		}
		if known := second.portal.Approve(*s.UserCode); known != withState {
			t.Errorf("state %v: user code known before the client polled: %v", withState, known)
		}
		if !withState {
			_, err := s.on(second).poll()
			wantError[*oidctypes.AuthorizationPendingException](t, err)
			if !second.portal.Approve(*s.UserCode) {
				t.Error("user code unknown though the client polled")
			}
		}
		out, err := s.on(second).poll()
		if err != nil {
			t.Fatalf("device code: %v", err)
		}
		if err := first.listAccounts(out.AccessToken); err != nil {
			t.Errorf("the first portal and the second one's token: %v", err)
		}
	}
}

func TestDecisionsAndEndsSurviveInTheState(t *testing.T) {
	first := newBench(t, portaltest.Config{})
	expired := first.signIn()
	first.portal.ExpireTokens()
	live, loggedOut := first.signIn(), first.signIn()
	if _, err := first.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: loggedOut}); err != nil {
		t.Fatal(err)
	}
	approved, denied, used := first.startSignIn(), first.startSignIn(), first.startSignIn()
	first.portal.Approve(*approved.UserCode)
	first.portal.Deny(*denied.UserCode)
	first.portal.Approve(*used.UserCode)
	if _, err := used.poll(); err != nil {
		t.Fatal(err)
	}
	for _, secret := range first.portal.Secrets() {
		if strings.Contains(string(first.portal.State()), secret) {
			t.Errorf("the state holds the secret %s", secret)
		}
	}

	b := first
	for range 2 { // the second life hands on what it got, too
		b = b.again(portaltest.Config{}, true)
		if err := b.listAccounts(live); err != nil {
			t.Errorf("live session: %v", err)
		}
		wantError[*types.UnauthorizedException](t, b.listAccounts(expired))
		wantError[*types.UnauthorizedException](t, b.listAccounts(loggedOut))
		_, err := denied.on(b).poll()
		wantError[*oidctypes.AccessDeniedException](t, err)
		_, err = used.on(b).poll()
		wantError[*oidctypes.InvalidGrantException](t, err)
	}
	if _, err := approved.on(b).poll(); err != nil {
		t.Errorf("approved code: %v", err)
	}
}

// The clock of a browser is coarse: the next life may begin in the same instant.
func TestSessionsBegunInTheInstantOfAnEndLive(t *testing.T) {
	first := newBench(t, portaltest.Config{})
	first.portal.ExpireTokens()
	second := benchAt(t, portaltest.Config{State: first.portal.State()}, first.clock)
	if err := second.listAccounts(second.signIn()); err != nil {
		t.Error(err)
	}
}

func TestStateForgetsWhatExpired(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: 8 * time.Hour})
	empty := string(b.portal.State())
	s := b.browserSignIn()
	if _, err := s.redeem(s.decide(s.page(), "allow").Get("code"), verifier, redirectURI); err != nil {
		t.Fatal(err)
	}
	token := b.signIn()
	if _, err := b.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: token}); err != nil {
		t.Fatal(err)
	}
	if got := string(b.portal.State()); got == empty {
		t.Errorf("nothing to say after a logout: %s", got)
	}
	b.clock.advance(9 * time.Hour)
	if got := string(b.portal.State()); got != empty {
		t.Errorf("state %s, want %s", got, empty)
	}
}

func TestStateThatIsNoneIsIgnored(t *testing.T) {
	for _, state := range []string{"", "null", "[]", "{", `{"codes":3}`, `{"codes":{"AAAA-AAAA":{"state":"allowed","expires":1}}}`, "\x00"} {
		b := newBench(t, portaltest.Config{State: []byte(state)})
		if err := b.listAccounts(b.signIn()); err != nil {
			t.Errorf("state %q: %v", state, err)
		}
	}
}

// A decision that is not one of ours must not count as approval.
func TestOddStateApprovesNothing(t *testing.T) {
	first := newBench(t, portaltest.Config{})
	s := first.startSignIn()
	odd := strings.Replace(string(first.portal.State()), "pending", "perhaps", 1)
	_, err := s.on(benchAt(t, portaltest.Config{State: []byte(odd)}, first.clock)).poll()
	wantError[*oidctypes.AuthorizationPendingException](t, err)
}

func TestAutoApproveHonoursEarlierDeviceCodes(t *testing.T) {
	config := portaltest.Config{AutoApprove: true}
	first := newBench(t, config)
	s := first.startSignIn()
	if _, err := s.on(first.again(config, false)).poll(); err != nil {
		t.Error(err)
	}
}

func TestOtherPortalsHonourNothing(t *testing.T) {
	config := portaltest.Config{Seed: 1, AutoApprove: true}
	first := newBench(t, config)
	token, s := first.signIn(), first.startSignIn()
	config.Seed = 2
	second := first.again(config, true)
	wantError[*types.UnauthorizedException](t, second.listAccounts(token))
	_, err := s.on(second).poll()
	wantError[*oidctypes.InvalidClientException](t, err)
	s = &deviceSignIn{s.StartDeviceAuthorizationOutput, second, second.register()}
	_, err = s.poll()
	wantError[*oidctypes.InvalidGrantException](t, err)
}

func TestSecretsThatWereAlteredAreUnknown(t *testing.T) {
	b := newBench(t, portaltest.Config{AutoApprove: true})
	s, token := b.startSignIn(), *b.signIn()
	for i, c := range token {
		altered := token[:i] + string(c^1) + token[i+1:]
		if err := b.listAccounts(&altered); err == nil {
			t.Fatalf("a token altered at %d is honoured", i)
		}
	}
	for _, altered := range []string{token[1:], token[:len(token)-1], token + "=", token + "A", strings.Replace(token, ":", "", 1)} {
		wantError[*types.UnauthorizedException](t, b.listAccounts(&altered))
	}
	head, tail, _ := strings.Cut(strings.TrimPrefix(token, "aoaAAAAA"), ":")
	sealed, _ := base64.RawURLEncoding.DecodeString(head)
	rest, _ := base64.StdEncoding.DecodeString(tail)
	divided := "aoaAAAAA" + base64.RawURLEncoding.EncodeToString(append(sealed, rest[:3]...)) + ":" + base64.StdEncoding.EncodeToString(rest[3:])
	wantError[*types.UnauthorizedException](t, b.listAccounts(&divided))

	device := *s.DeviceCode
	for _, altered := range []string{device[:len(device)-1], device + "A", device + "\n", "\r" + device, "A" + device[1:], *s.client.ClientSecret} {
		s.DeviceCode = &altered
		if _, err := s.poll(); !errors.As(err, new(*oidctypes.InvalidGrantException)) {
			t.Errorf("device code %q: %v", altered, err)
		}
	}
	s.client.ClientSecret = &device
	_, err := s.poll()
	wantError[*oidctypes.InvalidClientException](t, err)
}

func TestNoTwoLivesIssueTheSame(t *testing.T) {
	first := newBench(t, portaltest.Config{})
	first.signIn()
	second := first.again(portaltest.Config{}, true)
	second.signIn()
	for _, secret := range second.portal.Secrets() {
		if slices.Contains(first.portal.Secrets(), secret) {
			t.Errorf("issued again: %s", secret)
		}
	}
}
