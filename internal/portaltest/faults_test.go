package portaltest_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sso/types"
	oidctypes "github.com/aws/aws-sdk-go-v2/service/ssooidc/types"
	"github.com/aws/smithy-go"

	"portico/internal/portaltest"
)

func faults(t *testing.T, text string) []portaltest.FaultRule {
	t.Helper()
	rules, err := portaltest.ParseFaults(text)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestAWSClientSeesEachFaultAsWhatItIs(t *testing.T) {
	undecodable := func(t *testing.T, err error) { wantError[*smithy.DeserializationError](t, err) }
	for _, test := range []struct {
		fault string
		check func(*testing.T, error)
	}{
		{"500", func(t *testing.T, err error) { wantCode(t, err, 500, "InternalServerException", "Internal failure") }},
		{"503", func(t *testing.T, err error) {
			wantCode(t, err, 503, "ServiceUnavailableException", "Service is unavailable")
		}},
		{"throttle", func(t *testing.T, err error) { wantError[*types.TooManyRequestsException](t, err) }},
		{"html", undecodable},
		{"truncated", undecodable},
		{"reset", func(t *testing.T, err error) {
			if !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("got %v, want a reset connection", err)
			}
		}},
		{"forbidden", func(t *testing.T, err error) { wantCode(t, err, 403, "ForbiddenException", "Forbidden") }},
		{"expired", func(t *testing.T, err error) { wantError[*types.UnauthorizedException](t, err) }},
	} {
		t.Run(test.fault, func(t *testing.T) {
			b := newBench(t, portaltest.Config{Faults: faults(t, "ListAccounts:2="+test.fault)})
			token := b.signIn()
			if err := b.listAccounts(token); err != nil {
				t.Fatalf("before the fault: %v", err)
			}
			test.check(t, b.listAccounts(token))
			if err := b.listAccounts(token); (err == nil) == (test.fault == "expired") {
				t.Errorf("after the fault: %v", err)
			}
			if n := b.portal.Requests()["ListAccounts"]; n != 3 {
				t.Errorf("%d requests counted", n)
			}
		})
	}
}

func TestSignInServiceFailsInItsOwnForm(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "CreateToken:1=500,CreateToken:2=503,CreateToken:3=html,CreateToken:4=truncated")})
	s := b.startSignIn()
	b.portal.Approve(*s.UserCode)
	_, err := s.poll()
	wantError[*oidctypes.InternalServerException](t, err)
	_, err = s.poll()
	wantCode(t, err, 503, "ServiceUnavailableException", "UnknownError")
	_, err = s.poll()
	wantError[*smithy.DeserializationError](t, err)
	_, err = s.poll()
	wantError[*smithy.DeserializationError](t, err)
	_, err = s.poll() // what was cut off is used up
	wantError[*oidctypes.InvalidGrantException](t, err)
}

func TestFaultMeetsTheRequestsOfItsRule(t *testing.T) {
	for _, test := range []struct{ rules, want string }{
		{"", "......"},
		{"ListAccountRoles=503", "xxxxxx"},
		{"*=503", "xxxxxx"},
		{"ListAccountRoles:3-5=503", "..xxx."},
		{"ListAccountRoles:2=503", ".x...."},
		{"ListAccountRoles:4-=503", "...xxx"},
		{"ListAccounts=503", "......"},
		{"ListAccountRoles:1=503,ListAccountRoles:3=throttle,ListAccountRoles:6=html", "x.x..x"},
		{"ListAccountRoles@999999999999=503", "......"},
	} {
		b := newBench(t, portaltest.Config{})
		token, account := b.signIn(), b.portal.Directory()[0]
		b.portal.SetFaults(faults(t, test.rules)...)
		got := ""
		for range test.want {
			if b.listRoles(token, account) == nil {
				got += "."
			} else {
				got += "x"
			}
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.rules, got, test.want)
		}
	}
}

func TestFaultMeetsOneAccountOrRole(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token, org := b.signIn(), b.portal.Directory()
	bad, good := org[0], org[1]
	b.portal.SetFaults(
		portaltest.FaultRule{Operation: "ListAccountRoles", Account: bad.ID, Fault: portaltest.FaultServerError},
		portaltest.FaultRule{Operation: "GetRoleCredentials", Account: bad.ID, Role: bad.Roles[1], Fault: portaltest.FaultRevoked},
	)
	wantCode(t, b.listRoles(token, bad), 500, "InternalServerException", "Internal failure")
	if err := b.listRoles(token, good); err != nil {
		t.Errorf("another account: %v", err)
	}
	_, err := b.credentials(token, bad, bad.Roles[1])
	wantCode(t, err, 403, "ForbiddenException", "No access")
	if !slices.Contains(b.portal.Directory()[0].Roles, bad.Roles[1]) {
		t.Error("the revoked role left the directory")
	}
	for account, role := range map[*portaltest.Account]string{&bad: bad.Roles[0], &good: good.Roles[1]} {
		if _, err := b.credentials(token, *account, role); err != nil {
			t.Errorf("%s in %s: %v", role, account.Name, err)
		}
	}
	_, err = b.credentials(aws.String("nobody's"), bad, bad.Roles[1])
	wantError[*types.UnauthorizedException](t, err)
}

func TestRuleWithoutFromBeginsWithTheFirst(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token := b.signIn()
	b.portal.SetFaults(portaltest.FaultRule{Count: 2, Fault: portaltest.FaultUnavailable})
	for range 2 {
		wantCode(t, b.listAccounts(token), 503, "ServiceUnavailableException", "Service is unavailable")
	}
	if err := b.listAccounts(token); err != nil {
		t.Errorf("the third: %v", err)
	}
}

func TestSetFaultsBeginsToCountAnew(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token := b.signIn()
	for range 2 {
		b.portal.SetFaults(faults(t, "ListAccounts:2=503")...)
		if err := b.listAccounts(token); err != nil {
			t.Error(err)
		}
		wantCode(t, b.listAccounts(token), 503, "ServiceUnavailableException", "Service is unavailable")
	}
	b.portal.SetFaults()
	if err := b.listAccounts(token); err != nil {
		t.Errorf("without faults: %v", err)
	}
}

func TestSessionEndsInMidListing(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "ListAccountRoles:4=expired")})
	mine, other := b.signIn(), b.signIn()
	org := b.portal.Directory()
	for _, account := range org[:3] {
		if err := b.listRoles(mine, account); err != nil {
			t.Fatal(err)
		}
	}
	for _, account := range org[3:6] {
		wantError[*types.UnauthorizedException](t, b.listRoles(mine, account))
	}
	wantError[*types.UnauthorizedException](t, b.listAccounts(mine))
	if err := b.listRoles(other, org[3]); err != nil {
		t.Errorf("another session: %v", err)
	}
}

func TestThrottledRequestsAreCountedAndCostNothing(t *testing.T) {
	b := newBench(t, portaltest.Config{TPS: 2, Faults: faults(t, "ListAccounts:1-50=throttle")})
	token := b.signIn()
	for range 50 {
		wantError[*types.TooManyRequestsException](t, b.listAccounts(token))
	}
	if err := b.listAccounts(token); err != nil || b.portal.Throttled() != 50 || b.portal.Spoiled() != 50 {
		t.Errorf("after the storm: %v; %d throttled, %d spoiled", err, b.portal.Throttled(), b.portal.Spoiled())
	}
}

func TestSkewedClockShowsInDateAndExpirations(t *testing.T) {
	for _, skew := range []time.Duration{0, -2 * time.Hour, 30 * time.Minute} {
		b := newBench(t, portaltest.Config{})
		if skew != 0 {
			b.portal.SetFaults(portaltest.FaultRule{Fault: portaltest.FaultSkew, Time: skew})
		}
		shown := b.clock.Now().Add(skew)
		client := b.register()
		if client.ClientIdIssuedAt != shown.Unix() || client.ClientSecretExpiresAt != shown.Add(90*24*time.Hour).Unix() {
			t.Errorf("skew %v: registration from %d to %d", skew, client.ClientIdIssuedAt, client.ClientSecretExpiresAt)
		}
		token, account := b.signIn(), b.portal.Directory()[0]
		got, err := b.credentials(token, account, account.Roles[0])
		if err != nil || got.Expiration != shown.Add(time.Hour).UnixMilli() {
			t.Errorf("skew %v: %v, expiration %d", skew, err, got.Expiration)
		}
		date := b.send("GET", "/assignment/accounts", "", "x-amz-sso_bearer_token", *token).header.Get("Date")
		if at, err := http.ParseTime(date); err != nil || !at.Equal(shown) {
			t.Errorf("skew %v: Date %s", skew, date)
		}
	}
}

func TestFaultsThatPassOnCombineWithTheNext(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "*=skew:2h,ListAccounts=truncated,ListAccounts=503")})
	got := b.send("GET", "/assignment/accounts", "")
	if at, err := http.ParseTime(got.header.Get("Date")); err != nil || !at.Equal(b.clock.Now().Add(2*time.Hour)) {
		t.Errorf("Date %s", got.header.Get("Date"))
	}
	if got.status != 503 || got.body == "" || json.Valid([]byte(got.body)) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestTruncatedAnswersAreNeverWholeJSON(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "*=truncated")})
	for _, op := range operations {
		got := b.send(op.method, op.path, "{}")
		if json.Valid([]byte(got.body)) || got.body == "" || got.header.Get("Content-Length") == "" {
			t.Errorf("%s: %v %s", op.path, got.header, got.body)
		}
	}
}

func TestCaptivePortalAnswersEverythingWithItsPage(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "*=html")})
	for _, op := range operations {
		got := b.send(op.method, op.path, "{}")
		if got.status != 200 || got.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(got.body, "Guest Wi-Fi") {
			t.Errorf("%s: %d %s", op.path, got.status, got.body)
		}
	}
}

func TestLogoutThatFailsEndsNothing(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "Logout:1=503,Logout:2=reset")})
	token := b.signIn()
	for range 2 {
		if _, err := b.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: token}); err == nil {
			t.Fatal("logged out")
		}
	}
	if err := b.listAccounts(token); err != nil {
		t.Error(err)
	}
}
