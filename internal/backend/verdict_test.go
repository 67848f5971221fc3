package backend

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/ssocore"
)

// failureOf is what becomes of a call that is answered so.
func failureOf(t *testing.T, answer *ssocore.Response, err error) error {
	t.Helper()
	client, newErr := ssocore.New(ssocore.Options{Region: "us-east-1", MaxAttempts: 1, Fetcher: fetcher(func() (*ssocore.Response, error) { return answer, err })})
	if newErr != nil {
		t.Fatal(newErr)
	}
	_, failure := client.ListAccountRoles(t.Context(), &ssocore.ListAccountRolesInput{AccessToken: "token", AccountID: "123456789012"})
	if failure == nil {
		t.Fatalf("%+v is no failure", answer)
	}
	return failure
}

type fetcher func() (*ssocore.Response, error)

func (f fetcher) Fetch(context.Context, *ssocore.Request) (*ssocore.Response, error) { return f() }

func TestVerdicts(t *testing.T) {
	ofAWS := func(status int, code, body string) *ssocore.Response {
		return &ssocore.Response{Status: status, Header: ssocore.Header{"x-amzn-errortype": code, "x-amzn-requestid": "r"}, Body: []byte(body)}
	}
	page := func(status int) *ssocore.Response {
		return &ssocore.Response{Status: status, Header: ssocore.Header{"content-type": "text/html"}, Body: []byte("<html>blocked</html>")}
	}
	tests := []struct {
		name string
		err  error
		want verdict
		code string
	}{
		{"session over", failureOf(t, ofAWS(401, "UnauthorizedException", "{}"), nil), doubtful, "UnauthorizedException"},
		{"another 401", failureOf(t, ofAWS(401, "SomethingException", "{}"), nil), doubtful, "SomethingException"},
		{"no session of ours", &message.Error{Code: message.NotSignedIn}, endsListing, ""},
		{"quota used up", failureOf(t, ofAWS(429, "TooManyRequestsException", "{}"), nil), doubtful, "TooManyRequestsException"},
		{"slow down", failureOf(t, ofAWS(503, "SlowDown", "{}"), nil), doubtful, "SlowDown"},
		{"no network", failureOf(t, nil, errors.New("lost")), doubtful, codeSilent},
		{"cut off", fmt.Errorf("sso: %w", context.Canceled), endsListing, ""},
		{"no answer in time", failureOf(t, nil, context.DeadlineExceeded), doubtful, codeSilent},
		{"too late", fmt.Errorf("sso: %w", context.DeadlineExceeded), endsListing, ""},
		{"parameters that can't be sent", &ssocore.ParamError{}, endsListing, ""},
		{"gateway with 403", failureOf(t, page(403), nil), doubtful, codeNetwork},
		{"gateway with 401", failureOf(t, page(401), nil), doubtful, codeNetwork},
		{"gateway with 407", failureOf(t, page(407), nil), doubtful, codeNetwork},
		{"gateway with 451", failureOf(t, page(451), nil), doubtful, codeNetwork},
		{"gateway with 404 and nothing", failureOf(t, &ssocore.Response{Status: 404}, nil), doubtful, codeNetwork},
		{"log-in page", failureOf(t, page(200), nil), doubtful, codeNetwork},
		{"forbidden", failureOf(t, ofAWS(403, "ForbiddenException", "{}"), nil), refusesAccount, "ForbiddenException"},
		{"not found", failureOf(t, ofAWS(404, "ResourceNotFoundException", "{}"), nil), refusesAccount, "ResourceNotFoundException"},
		{"invalid", failureOf(t, ofAWS(400, "InvalidRequestException", "{}"), nil), refusesAccount, "InvalidRequestException"},
		{"endless", &ssocore.PaginationError{Operation: "ListAccountRoles"}, refusesAccount, codeEndless},
		{"too long", directory.ErrTooLarge, refusesAccount, codeEndless},
		{"server failure", failureOf(t, ofAWS(500, "InternalServerException", "{}"), nil), failsAccount, "InternalServerException"},
		{"another server failure", failureOf(t, ofAWS(501, "NotImplemented", "{}"), nil), failsAccount, "NotImplemented"},
		{"failure of a load balancer", failureOf(t, page(503), nil), failsAccount, "503"},
		{"timeout", failureOf(t, ofAWS(408, "RequestTimeout", "{}"), nil), failsAccount, "RequestTimeout"},
		{"cut off in the middle", failureOf(t, ofAWS(200, "", `{"roleList":[`), nil), failsAccount, codeUnreadable},
		{"empty", failureOf(t, &ssocore.Response{Status: 200}, nil), failsAccount, codeUnreadable},
		{"of another shape", failureOf(t, ofAWS(200, "", `{"roleList":"none"}`), nil), failsAccount, codeUnreadable},
		{"without a list", errNoList, failsAccount, codeUnreadable},
	}
	for _, test := range tests {
		for _, err := range []error{test.err, fmt.Errorf("listing: %w", test.err)} {
			if got, code := verdictOf(err); got != test.want || code != test.code {
				t.Errorf("%s: verdict %d, code %q, want %d, %q", test.name, got, code, test.want, test.code)
			}
		}
		for _, answering := range []bool{true, false} {
			var refused *directory.RefusedError
			var failing *directory.FailingError
			var over *ssocore.UnauthorizedException
			err := ofAccount(test.err, func() bool { return answering })
			blamed := test.want == failsAccount || test.want == doubtful && answering
			if errors.As(err, &refused) != (test.want == refusesAccount) || errors.As(err, &failing) != blamed {
				t.Errorf("%s becomes %T", test.name, err)
			}
			switch spared := errors.As(test.err, &over) && answering; {
			case spared && errors.As(err, &over):
				t.Errorf("%s: %v says that the session is over, but it is not", test.name, err)
			case !spared && test.want != refusesAccount && !errors.Is(err, test.err):
				t.Errorf("%s: the reason is lost in %v", test.name, err)
			}
		}
	}
}
