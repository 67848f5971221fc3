package backend

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/ssocore"
)

func TestExplain(t *testing.T) {
	const secret = "aoaAAAAAsecret-access-token"
	api := func(operation, code string, status int) ssocore.APIError {
		return ssocore.APIError{Operation: operation, Host: "portal.sso.us-east-1.amazonaws.com", Code: code, Status: status,
			Message: "echo of " + secret, OAuthDescription: secret, Reason: secret, RequestID: secret}
	}
	tests := []struct {
		err       error
		code      message.Code
		retryable bool
		says      string
	}{
		{&ssocore.InvalidRequestException{APIError: api("StartDeviceAuthorization", "InvalidRequestException", 400)}, message.InvalidInput, false, "region"},
		{&ssocore.InvalidRequestException{APIError: api("ListAccounts", "InvalidRequestException", 400)}, message.PortalFault, false, "(InvalidRequestException)"},
		{&ssocore.UnauthorizedException{APIError: api("ListAccounts", "UnauthorizedException", 401)}, message.Expired, false, "session"},
		{&ssocore.TooManyRequestsException{APIError: api("ListAccounts", "TooManyRequestsException", 429)}, message.Throttled, true, "too many"},
		{&ssocore.ResourceNotFoundException{APIError: api("GetRoleCredentials", "ResourceNotFoundException", 404)}, message.NotAssigned, false, "role"},
		{&ssocore.AuthorizationPendingException{APIError: api("CreateToken", "AuthorizationPendingException", 400)}, message.PortalFault, false, ""},
		{&ssocore.SlowDownException{APIError: api("CreateToken", "SlowDownException", 400)}, message.Throttled, true, "too many"},
		{&ssocore.ExpiredTokenException{APIError: api("CreateToken", "ExpiredTokenException", 400)}, message.CodeExpired, false, "cut off"},
		{&ssocore.AccessDeniedException{APIError: api("CreateToken", "AccessDeniedException", 400)}, message.Denied, false, "denied"},
		{&ssocore.InvalidGrantException{APIError: api("CreateToken", "InvalidGrantException", 400)}, message.CodeExpired, false, "cut off"},
		{&ssocore.InvalidScopeException{APIError: api("RegisterClient", "InvalidScopeException", 400)}, message.PortalFault, false, "(InvalidScopeException)"},
		{&ssocore.InvalidRedirectUriException{APIError: api("RegisterClient", "InvalidRedirectUriException", 400)}, message.PortalFault, false, ""},
		{&ssocore.InvalidRequestRegionException{APIError: api("CreateToken", "InvalidRequestRegionException", 400)}, message.InvalidInput, false, "region"},
		{&ssocore.InvalidClientMetadataException{APIError: api("RegisterClient", "InvalidClientMetadataException", 400)}, message.PortalFault, false, ""},
		{&ssocore.InvalidClientException{APIError: api("CreateToken", "InvalidClientException", 401)}, message.CodeExpired, false, "cut off"},
		{&ssocore.UnauthorizedClientException{APIError: api("CreateToken", "UnauthorizedClientException", 400)}, message.PortalFault, false, ""},
		{&ssocore.UnsupportedGrantTypeException{APIError: api("CreateToken", "UnsupportedGrantTypeException", 400)}, message.PortalFault, false, ""},
		{&ssocore.InternalServerException{APIError: api("CreateToken", "InternalServerException", 500)}, message.PortalFault, true, "(InternalServerException)"},
		{apiError(api("ListAccounts", "503", 503)), message.PortalFault, true, "(503)"},
		{apiError(api("ListAccounts", "ForbiddenException", 403)), message.Denied, false, "(ForbiddenException)"},
		{apiError(api("GetRoleCredentials", "ForbiddenException", 403)), message.NotAssigned, false, "does not grant"},
		{apiError(api("GetRoleCredentials", "AccessDeniedException", 403)), message.NotAssigned, false, "does not grant"},
		{apiError(api("ListAccounts", "SlowDown", 503)), message.Throttled, true, "too many"},
		{apiError(api("ListAccounts", "a\u202eb"+strings.Repeat("x", 1000), 418)), message.PortalFault, false, `a\u{202e}bxxx`},
		{&ssocore.TransportError{Operation: "ListAccounts", Host: "portal.example", Err: errors.New("connection lost, sent " + secret)}, message.Offline, true, "portal.example"},
		{&ssocore.DecodeError{Operation: "ListAccounts", Host: "portal.example", Status: 200, ContentType: "text/html", Err: errors.New("no JSON")}, message.PortalFault, true, "could not be read"},
		{&ssocore.DecodeError{Operation: "ListAccounts", Host: "portal.example", Err: ssocore.ErrBodyTooLarge}, message.PortalFault, true, "could not be read"},
		{&ssocore.PaginationError{Operation: "ListAccounts"}, message.PortalFault, false, "no end"},
		{&ssocore.ParamError{Operation: "ListAccounts", Problems: []string{"accessToken is missing"}}, message.Internal, false, "is damaged, so nothing was sent"},
		{&portal.AddressError{Reason: portal.NoURL}, message.InvalidInput, false, "Not a portal address."},
		{directory.ErrTooLarge, message.PortalFault, false, "no end"},
		{errNoList, message.PortalFault, true, "not hold the list"},
		{errStale, message.NotSignedIn, false, "signed out"},
		{signin.ErrCodeExpired, message.CodeExpired, false, "in time"},
		{portal.ErrPage, message.PortalFault, false, "not AWS’s"},
		{fmt.Errorf("sso ListAccounts: %w", context.DeadlineExceeded), message.Offline, true, "in time"},
		{context.Canceled, message.Offline, true, "in time"},
		{&storeError{"write storage", errors.New("quota exceeded")}, message.Internal, true, "(write storage: quota exceeded)"},
		{errors.New("no tab for you"), message.Internal, true, "no tab for you."},
	}
	for _, test := range tests {
		for _, err := range []error{test.err, fmt.Errorf("doing something: %w", test.err)} {
			e := explain(err)
			if e.Code != test.code || e.Retryable != test.retryable {
				t.Errorf("%T: %s, retryable %v; want %s, %v", test.err, e.Code, e.Retryable, test.code, test.retryable)
			}
			if !strings.Contains(strings.ToLower(e.Message), strings.ToLower(test.says)) || !strings.HasSuffix(e.Message, ".") || !strings.HasSuffix(e.Hint, ".") {
				t.Errorf("%T: %q %q, want sentences with %q", test.err, e.Message, e.Hint, test.says)
			}
			if text := e.Fields().Text(); strings.Contains(text, secret) || len(text) > 1000 {
				t.Errorf("%T: shows too much: %s", test.err, text)
			}
		}
	}
	if explain(nil) != nil {
		t.Error("no error is explained")
	}
	known := &message.Error{Code: message.NeedsAccess, Message: "m"}
	if explain(fmt.Errorf("x: %w", known)) != known {
		t.Error("an explained error is explained again")
	}
}

func apiError(e ssocore.APIError) error { return &e }
