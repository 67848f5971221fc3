package ssocore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// fullAnswer holds what every operation's answer must hold.
const fullAnswer = `{"clientId":"c","clientSecret":"s","deviceCode":"d","userCode":"u","verificationUri":"v","accessToken":"a",
	"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t","expiration":1732300000123}}`

func answer(status int, header Header, body string) *scripted {
	if header == nil {
		header = Header{}
	}
	return &scripted{resp: &Response{Status: status, Header: header, Body: []byte(body)}}
}

func listAccounts(t *testing.T, f Fetcher) error {
	t.Helper()
	_, err := vectorClient(t, f, "").ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	return err
}

func TestExceptionsAreFoundAsTheirTypeAndAsAPIError(t *testing.T) {
	err := listAccounts(t, answer(401, Header{"x-amzn-requestid": "req-1"}, `{"__type":"x#UnauthorizedException","message":"gone"}`))
	var typed *UnauthorizedException
	var api *APIError
	if !errors.As(err, &typed) || !errors.As(err, &api) {
		t.Fatalf("error is %T", err)
	}
	if api.Operation != "ListAccounts" || api.Host != "portal.example" || api.Status != 401 || api.RequestID != "req-1" || typed.Message != "gone" {
		t.Errorf("error holds %+v", api)
	}
	if want := "sso ListAccounts at portal.example: UnauthorizedException: gone (status 401, request req-1)"; err.Error() != want {
		t.Errorf("text is %q, want %q", err, want)
	}
	var other *TooManyRequestsException
	if errors.As(err, &other) {
		t.Error("found as another exception")
	}
	if !errors.As(fmt.Errorf("listing: %w", err), &api) {
		t.Error("not found when wrapped")
	}
}

func TestEveryModelledCodeHasItsType(t *testing.T) {
	for _, exceptions := range []map[string]exception{portalExceptions, oidcExceptions} {
		for code, make := range exceptions {
			err := make(APIError{Code: code})
			if got := fmt.Sprintf("%T", err); got != "*ssocore."+code {
				t.Errorf("%s is a %s", code, got)
			}
			var api *APIError
			if !errors.As(err, &api) || api.Code != code {
				t.Errorf("%s is no *APIError", code)
			}
		}
	}
	if len(portalExceptions) != 4 || len(oidcExceptions) != 14 {
		t.Errorf("%d portal and %d oidc exceptions, want 4 and 14", len(portalExceptions), len(oidcExceptions))
	}
}

func TestErrorsRedactWhatTheServiceEchoes(t *testing.T) {
	const token = "aoa+secret/token=="
	body := `{"__type":"` + token + `","message":"bad token ` + token + ` or aoa%2Bsecret%2Ftoken%3D%3D"}`
	servers := []*scripted{
		answer(401, Header{"x-amzn-requestid": token}, body),
		answer(403, nil, "<p>"+token+"</p>"),
		answer(200, Header{"content-type": "text/html"}, "<p>"+token+"</p>"),
		{err: errors.New("fetch of " + token + " failed")},
	}
	for _, server := range servers {
		_, err := vectorClient(t, server, "").ListAccounts(t.Context(), &ListAccountsInput{AccessToken: token})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("error is %v", err)
		}
		var api *APIError
		if errors.As(err, &api) && strings.Contains(fmt.Sprintf("%+v", *api), "secret") {
			t.Errorf("error holds %+v", *api)
		}
	}
}

func TestUnreadableAnswersAreDecodeErrors(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"captive portal", "<html><body>Welcome</body></html>", "not JSON"},
		{"truncated", `{"accountList":[{"accountId":"1"}`, "not JSON"},
		{"empty", "", "empty"},
		{"blank", " \n", "empty"},
		{"list", "[]", "not a JSON object"},
		{"null", "null", "not a JSON object"},
		{"trailing", "{} {}", "not JSON"},
		{"wrong list", `{"accountList":{}}`, "member accountList is not a list"},
		{"wrong element", `{"accountList":["1"]}`, "member accountList is not an object"},
		{"wrong text", `{"accountList":[{"accountId":[]}]}`, "member accountId is not text"},
		{"wrong token", `{"nextToken":{}}`, "member nextToken is not text"},
		{"too long", `{"a":"` + strings.Repeat("x", maxListBody) + `"}`, "too large"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := answer(200, Header{"content-type": "text/html"}, test.body)
			err := listAccounts(t, server)
			var d *DecodeError
			if !errors.As(err, &d) || !strings.Contains(err.Error(), test.want) || d.Host != "portal.example" || d.ContentType != "text/html" {
				t.Errorf("error is %v, want a *DecodeError about %q", err, test.want)
			}
			if len(server.requests) != 1 {
				t.Errorf("sent %d requests", len(server.requests))
			}
		})
	}
}

func TestOversizedAnswersAreNotRetried(t *testing.T) {
	server := &scripted{err: fmt.Errorf("after 3 MB: %w", ErrBodyTooLarge)}
	err := listAccounts(t, server)
	var d *DecodeError
	if !errors.As(err, &d) || !errors.Is(err, ErrBodyTooLarge) || len(server.requests) != 1 {
		t.Errorf("error is %v after %d requests", err, len(server.requests))
	}
}

func TestOfflineIsATransportErrorWithItsCause(t *testing.T) {
	cause := errors.New("failed to fetch")
	err := listAccounts(t, &scripted{err: cause})
	var lost *TransportError
	if !errors.As(err, &lost) || !errors.Is(err, cause) {
		t.Fatalf("error is %v", err)
	}
	if want := "sso ListAccounts at portal.example: no answer: failed to fetch"; err.Error() != want {
		t.Errorf("text is %q, want %q", err, want)
	}
	if got := (&TransportError{Operation: "Logout", Host: "h", Err: cause}).Error(); got != "sso Logout at h: no answer: failed to fetch" {
		t.Errorf("text of one made by hand is %q", got)
	}
}

func TestACancelledCallIsNoTransportError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := vectorClient(t, fetchFunc(func(ctx context.Context, _ *Request) (*Response, error) {
		cancel()
		return nil, fmt.Errorf("aborted: %w", ctx.Err())
	}), "")
	_, err := c.Logout(ctx, &LogoutInput{AccessToken: hidden})
	var lost *TransportError
	if !errors.Is(err, context.Canceled) || errors.As(err, &lost) {
		t.Errorf("error is %T %v", err, err)
	}
	if _, err := c.Logout(ctx, &LogoutInput{AccessToken: hidden}); !errors.Is(err, context.Canceled) {
		t.Errorf("second error is %v", err)
	}
}

type fetchFunc func(context.Context, *Request) (*Response, error)

func (f fetchFunc) Fetch(ctx context.Context, req *Request) (*Response, error) { return f(ctx, req) }

func TestErrorTextsAreOneShortPrintableLine(t *testing.T) {
	err := listAccounts(t, answer(400, nil, "<p>\x1b[31m\n\u202e"+strings.Repeat("long ", 200)))
	if text := err.Error(); len(text) > 400 || strings.ContainsAny(text, "\n\x1b\u202e") {
		t.Errorf("text is %q", text)
	}
}

func TestParamErrorReportsAllProblemsAndSendsNothing(t *testing.T) {
	server := answer(200, nil, "{}")
	c := vectorClient(t, server, "")
	_, err := c.ListAccountRoles(t.Context(), &ListAccountRolesInput{AccessToken: "a\nb", MaxResults: -1})
	var p *ParamError
	if !errors.As(err, &p) || len(p.Problems) != 3 || len(server.requests) != 0 {
		t.Errorf("error is %v", err)
	}
	if strings.Contains(err.Error(), "a\nb") {
		t.Errorf("text shows the token: %q", err)
	}
	calls := map[string]func() error{
		"ListAccounts":       func() error { _, err := c.ListAccounts(t.Context(), &ListAccountsInput{}); return err },
		"GetRoleCredentials": func() error { _, err := c.GetRoleCredentials(t.Context(), &GetRoleCredentialsInput{}); return err },
		"Logout":             func() error { _, err := c.Logout(t.Context(), &LogoutInput{}); return err },
		"RegisterClient":     func() error { _, err := c.RegisterClient(t.Context(), &RegisterClientInput{}); return err },
		"StartDeviceAuthorization": func() error {
			_, err := c.StartDeviceAuthorization(t.Context(), &StartDeviceAuthorizationInput{})
			return err
		},
		"CreateToken": func() error { _, err := c.CreateToken(t.Context(), &CreateTokenInput{}); return err },
	}
	for name, call := range calls {
		if err := call(); !errors.As(err, &p) || p.Operation != name {
			t.Errorf("%s without input: %v", name, err)
		}
	}
}
