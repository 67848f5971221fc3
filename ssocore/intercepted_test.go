package ssocore

import (
	"errors"
	"fmt"
	"testing"
)

const blockPage = "<!DOCTYPE html><html><head><title>Blocked</title></head><body>Blocked by policy</body></html>"

var (
	htmlType = Header{"content-type": "text/html; charset=utf-8"}
	jsonType = Header{"content-type": "application/json"}
	textType = Header{"content-type": "text/plain"}
)

func TestAnswersOfSomethingElseAreIntercepted(t *testing.T) {
	tests := []struct {
		name   string
		header Header
		body   string
	}{
		{"block page", htmlType, blockPage},
		{"page without a type", nil, blockPage},
		{"empty", nil, ""},
		{"empty page", htmlType, ""},
		{"blanks", textType, " \n"},
		{"text", textType, "blocked"},
		{"JSON with an error", jsonType, `{"error":"blocked"}`},
		{"JSON of OAuth's kind", jsonType, `{"error":"access_denied","error_description":"blocked"}`},
		{"JSON with a message", jsonType, `{"message":"Forbidden"}`},
		{"JSON with a code of its own", jsonType, `{"code":"BLOCKED","message":"no"}`},
		{"JSON with a number", jsonType, `{"code":1020}`},
		{"JSON with a null type", jsonType, `{"__type":null}`},
		{"no object", jsonType, `[]`},
		{"too deep", jsonType, nest(20000)},
	}
	for _, test := range tests {
		for _, status := range []int{300, 304, 400, 401, 403, 404, 407, 418, 429, 451, 511} {
			for name, err := range everyCall(t, status, test.header, test.body) {
				var session *UnauthorizedException
				var client *InvalidClientException
				if !Intercepted(err) || !Intercepted(fmt.Errorf("listing: %w", err)) || errors.As(err, &session) || errors.As(err, &client) {
					t.Errorf("%s, %s with %d: %T %v", name, test.name, status, err, err)
				}
			}
		}
	}
	for _, header := range []Header{htmlType, {"content-type": "TEXT/HTML"}} {
		for name, err := range everyCall(t, 200, header, blockPage) {
			if decode := new(DecodeError); !Intercepted(err) || !errors.As(err, &decode) {
				t.Errorf("%s, page with 200: %v", name, err)
			}
		}
	}
	if err := listAccounts(t, answer(200, textType, "blocked")); !Intercepted(err) {
		t.Errorf("text with 200: %v", err)
	}
}

func TestAnswersOfTheServiceAreNotIntercepted(t *testing.T) {
	tests := []struct {
		name   string
		status int
		header Header
		body   string
	}{
		{"refusal as documented", 403, Header{"x-amzn-errortype": "ForbiddenException", requestIDHeader: "r"}, `{"message":"No access"}`},
		{"typed by the header alone", 401, Header{"x-amzn-errortype": "UnauthorizedException:http://x/"}, ""},
		{"typed by the body alone", 401, jsonType, `{"__type":"com.amazonaws.switchboard.portal#UnauthorizedException","message":"m"}`},
		{"typed by a code", 403, jsonType, `{"code":"ForbiddenException"}`},
		{"throttled", 429, jsonType, `{"Code":"SlowDown"}`},
		{"page with a request ID", 403, Header{"content-type": "text/html", requestIDHeader: "r"}, blockPage},
		{"request ID of the older kind", 403, Header{"x-amz-request-id": "r"}, ""},
		{"failure of a load balancer", 503, htmlType, "<html><body><h1>503 Service Unavailable</h1></body></html>"},
		{"failure without a body", 502, nil, ""},
		{"failure of a proxy", 500, htmlType, blockPage},
		{"unreadable but marked", 200, Header{requestIDHeader: "r", "content-type": "text/html"}, "<p>"},
		{"cut off", 200, jsonType, `{"accountList":[{"accou`},
		{"cut off, of the wrong type", 200, htmlType, ` {"accountList":[{"accou`},
		{"empty", 200, nil, ""},
	}
	for _, test := range tests {
		if err := listAccounts(t, answer(test.status, test.header, test.body)); err == nil || Intercepted(err) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	for _, err := range []error{nil, errors.New("x"), &TransportError{Err: errors.New("x")}, &APIError{Status: 403}, &PaginationError{}} {
		if Intercepted(err) {
			t.Errorf("%v is intercepted", err)
		}
	}
}

// everyCall gives what becomes of the operations when they are answered so.
func everyCall(t *testing.T, status int, header Header, body string) map[string]error {
	c := vectorClient(t, answer(status, header, body), "")
	_, accounts := c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	_, roles := c.ListAccountRoles(t.Context(), &ListAccountRolesInput{AccessToken: hidden, AccountID: "1"})
	_, credentials := c.GetRoleCredentials(t.Context(), &GetRoleCredentialsInput{AccessToken: hidden, AccountID: "1", RoleName: "r"})
	_, logout := c.Logout(t.Context(), &LogoutInput{AccessToken: hidden})
	_, register := c.RegisterClient(t.Context(), &RegisterClientInput{ClientName: "c", ClientType: ClientTypePublic})
	_, device := c.StartDeviceAuthorization(t.Context(), &StartDeviceAuthorizationInput{ClientID: "c", ClientSecret: hidden, StartURL: "s"})
	_, token := c.CreateToken(t.Context(), &CreateTokenInput{ClientID: "c", ClientSecret: hidden, GrantType: GrantTypeDeviceCode})
	return map[string]error{"ListAccounts": accounts, "ListAccountRoles": roles, "GetRoleCredentials": credentials,
		"Logout": logout, "RegisterClient": register, "StartDeviceAuthorization": device, "CreateToken": token}
}
