package portaltest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"portico/internal/portaltest"
)

// signInRequest is one request of a sign-in, ready to be sent.
type signInRequest struct {
	name, operation string
	send            func() error
}

// signInRequests are all there are: CreateToken once for each grant.
func (b *bench) signInRequests() []signInRequest {
	byCode, byPage, byRefresh := b.startSignIn(), b.browserSignIn(), b.refreshing()
	b.portal.Approve(*byCode.UserCode)
	code := byPage.decide(byPage.page(), "allow").Get("code")
	return []signInRequest{
		{"RegisterClient", "RegisterClient", func() error {
			_, err := b.oidc.RegisterClient(b.t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("public")})
			return err
		}},
		{"StartDeviceAuthorization", "StartDeviceAuthorization", func() error {
			_, err := b.oidc.StartDeviceAuthorization(b.t.Context(), &ssooidc.StartDeviceAuthorizationInput{
				ClientId: byCode.client.ClientId, ClientSecret: byCode.client.ClientSecret, StartUrl: aws.String(b.url + "/start")})
			return err
		}},
		{"CreateToken by device_code", "CreateToken", func() error { _, err := byCode.poll(); return err }},
		{"CreateToken by authorization_code", "CreateToken", func() error { _, err := byPage.redeem(code, verifier, redirectURI); return err }},
		{"CreateToken by refresh_token", "CreateToken", func() error { _, err := byRefresh.refresh(byRefresh.token.RefreshToken); return err }},
	}
}

// Each request of a sign-in can be refused in each way of the sign-in service's model,
// as AWS's client understands it, and then goes on as if nothing had been.
func TestEachSignInRequestIsRefusedInEachWay(t *testing.T) {
	for fault, status := range map[string]int{
		"AuthorizationPendingException": 400, "SlowDownException": 400, "AccessDeniedException": 400, "ExpiredTokenException": 400,
		"InvalidGrantException": 400, "InvalidClientException": 401, "UnauthorizedClientException": 400, "UnsupportedGrantTypeException": 400,
		"InvalidScopeException": 400, "InvalidRedirectUriException": 400, "InvalidClientMetadataException": 400, "InvalidRequestException": 400,
	} {
		b := newBench(t, portaltest.Config{SessionTTL: time.Hour})
		for _, request := range b.signInRequests() {
			b.portal.SetFaults(faults(t, request.operation+":1="+fault)...)
			err := request.send()
			var reply *smithyhttp.ResponseError
			var api smithy.APIError
			if !errors.As(err, &reply) || !errors.As(err, &api) || reply.HTTPStatusCode() != status || api.ErrorCode() != fault {
				t.Errorf("%s: got %v, want %d %s", request.name, err, status, fault)
			}
			if err := request.send(); err != nil {
				t.Errorf("%s after %s: %v", request.name, fault, err)
			}
		}
	}
}

// The reason stands beside the error, where AWS's client reads it.
func TestEachSignInRequestTellsOfAKeyThatCanNotBeUsed(t *testing.T) {
	b := newBench(t, portaltest.Config{SessionTTL: time.Hour})
	for _, request := range b.signInRequests() {
		b.portal.SetFaults(faults(t, request.operation+"=KMS_AccessDeniedException")...)
		if e := wantError[*types.AccessDeniedException](t, request.send()); e.Reason != types.AccessDeniedExceptionReasonKmsAccessDenied || aws.ToString(e.Error_) != "access_denied" {
			t.Errorf("%s: reason %q, error %q", request.name, e.Reason, aws.ToString(e.Error_))
		}
		for _, reason := range types.InvalidRequestExceptionReason("").Values() {
			b.portal.SetFaults(faults(t, request.operation+"="+string(reason))...)
			if e := wantError[*types.InvalidRequestException](t, request.send()); e.Reason != reason {
				t.Errorf("%s: reason %q, want %q", request.name, e.Reason, reason)
			}
		}
	}
	b.portal.SetFaults()
	_, err := b.oidc.RegisterClient(t.Context(), &ssooidc.RegisterClientInput{ClientName: aws.String("portico"), ClientType: aws.String("confidential")})
	wantError[*types.InvalidClientMetadataException](t, err)
	if got := b.send("POST", "/token", "{}"); strings.Contains(got.body, "reason") {
		t.Errorf("a reason without key trouble: %s", got.body)
	}
}

// What befalls requests to the portal befalls those of a sign-in, too.
func TestEachSignInRequestMeetsTheFaultsOfAllRequests(t *testing.T) {
	for _, test := range []struct {
		fault string
		check func(*testing.T, error)
	}{
		{"500", func(t *testing.T, err error) { wantError[*types.InternalServerException](t, err) }},
		{"503", func(t *testing.T, err error) { wantCode(t, err, 503, "ServiceUnavailableException", "UnknownError") }},
		{"throttle", func(t *testing.T, err error) { wantCode(t, err, 429, "TooManyRequestsException", "UnknownError") }},
		{"html", func(t *testing.T, err error) { wantError[*smithy.DeserializationError](t, err) }},
		{"forbidden", func(t *testing.T, err error) { wantCode(t, err, 403, "ForbiddenException", "UnknownError") }},
		{"slow:1ms", func(t *testing.T, err error) {
			if err != nil {
				t.Error(err)
			}
		}},
	} {
		b := newBench(t, portaltest.Config{SessionTTL: time.Hour})
		for _, request := range b.signInRequests() {
			t.Run(request.name+"="+test.fault, func(t *testing.T) {
				b.portal.SetFaults(faults(t, request.operation+":1="+test.fault)...)
				test.check(t, request.send())
				if b.portal.Spoiled() == 0 {
					t.Error("no request met the fault")
				}
			})
		}
	}
}

func TestOnlyTheSignInServiceRefusesSo(t *testing.T) {
	for _, text := range []string{"ListAccounts=InvalidClientException", "*=SlowDownException", "Logout=KMS_DisabledException", "GetRoleCredentials=AccessDeniedException"} {
		if got, err := portaltest.ParseFaults(text); err == nil || !strings.Contains(err.Error(), "only the sign-in service") {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
}
