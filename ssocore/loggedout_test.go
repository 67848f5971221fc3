package ssocore

import "testing"

// An answer to a logout counts if it is the service's own, whatever its status.
func TestLoggedOutOnTheServicesWordAlone(t *testing.T) {
	id := func(h Header) Header { h[requestIDHeader] = "r"; return h }
	json := func() Header { return Header{"content-type": "application/json"} }
	for _, test := range []struct {
		name   string
		status int
		header Header
		body   string
		want   bool
	}{
		{"empty", 200, id(Header{}), "", true},
		{"empty, the other request ID", 200, Header{"x-amz-request-id": "r"}, "", true},
		{"object", 200, id(json()), "{}", true},
		{"over before", 401, id(Header{"x-amzn-errortype": "UnauthorizedException"}), `{"message":"m"}`, true},
		{"over before, without a request ID", 401, Header{"x-amzn-errortype": "UnauthorizedException"}, `{}`, true},
		{"empty, unmarked", 200, Header{}, "", false},
		{"nothing, unmarked", 204, Header{}, "", false},
		{"object, unmarked", 200, json(), `{"error":"blocked by policy"}`, false},
		{"text", 200, Header{"content-type": "text/plain"}, "Blocked", false},
		{"page without its type", 200, Header{}, "<!doctype html>", false},
		{"page with a forged request ID", 200, id(Header{"content-type": "text/html"}), "<html>", false},
		{"page with a forged request ID and no type", 200, id(Header{}), "\n <html>", false},
		{"XHTML with a forged request ID", 200, id(Header{"content-type": "application/xhtml+xml"}), "", false},
		{"garbage with a request ID", 200, id(Header{}), "\x1f\x8b\x08\x00", false},
		{"code in the body alone", 401, json(), `{"code":"UnauthorizedException"}`, false},
		{"type in the body alone", 401, json(), `{"__type":"UnauthorizedException"}`, false},
		{"another refusal", 400, id(Header{"x-amzn-errortype": "InvalidRequestException"}), `{}`, false},
	} {
		c := vectorClient(t, answer(test.status, test.header, test.body), "")
		if got := LoggedOut(c.Logout(t.Context(), &LogoutInput{AccessToken: hidden})); got != test.want {
			t.Errorf("%s: got %v", test.name, got)
		}
	}
}
