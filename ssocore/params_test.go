package ssocore

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParamsTakeEveryFittingType(t *testing.T) {
	for _, n := range []any{7, int32(7), int64(7), uint32(7)} {
		server := answer(200, nil, fullAnswer)
		_, err := vectorClient(t, server, "").Call(t.Context(), "list_accounts", Params{{"maxResults", n}, {"accessToken", Secret(hidden)}})
		if err != nil || !strings.HasSuffix(server.requests[0].URL, "?max_result=7") || server.requests[0].Header[tokenHeader] != hidden {
			t.Errorf("%T: %v", n, err)
		}
	}
	for _, list := range []any{[]string{"a", "b"}, []any{"a", "b"}} {
		server := answer(200, nil, fullAnswer)
		_, err := vectorClient(t, server, "").Call(t.Context(), "register_client", Params{
			{"clientName", "n"}, {"clientType", "public"}, {"scopes", list}})
		if want := `{"clientName":"n","clientType":"public","scopes":["a","b"]}`; err != nil || string(server.requests[0].Body) != want {
			t.Errorf("%T: sent %s, %v", list, server.requests[0].Body, err)
		}
	}
}

func TestParamsAreRefusedAllAtOnce(t *testing.T) {
	tests := []struct {
		method string
		params Params
		want   []string
	}{
		{"list_account_roles", Params{{"maxResults", "x"}, {"nextToken", 1}, {"bo\ngus", 1}}, []string{
			"accessToken is missing", "accountId is missing", "bo gus is no parameter",
			"maxResults must be a whole number", "nextToken must be text"}},
		{"list_accounts", Params{{"accessToken", "a"}, {"accessToken", "b"}}, []string{"accessToken is given twice"}},
		{"list_accounts", Params{{"accessToken", "a"}, {"maxResults", 0}}, []string{"maxResults must be at least 1"}},
		{"list_accounts", Params{{"accessToken", "a"}, {"maxResults", 1.5}}, []string{"maxResults is neither text nor a whole number nor a list of texts"}},
		{"logout", Params{{"accessToken", nil}}, []string{"accessToken is neither text nor a whole number nor a list of texts"}},
		{"logout", Params{{"accessToken", []string{"a"}}}, []string{"accessToken must be text"}},
		{"logout", Params{{"accessToken", "ü"}}, []string{"accessToken holds characters that no header field can carry"}},
		{"register_client", Params{{"clientName", "n"}, {"clientType", "t"}, {"scopes", []any{"a", 1}}, {"grantTypes", "g"}}, []string{
			"scopes must hold texts, and element 1 is none", "grantTypes must be a list of texts"}},
	}
	for _, test := range tests {
		server := answer(200, nil, fullAnswer)
		_, err := vectorClient(t, server, "").Call(t.Context(), test.method, test.params)
		var p *ParamError
		if !errors.As(err, &p) || !slices.Equal(p.Problems, test.want) || len(server.requests) != 0 {
			t.Errorf("%s(%v): %v after %d requests, want %q", test.method, test.params, err, len(server.requests), test.want)
		}
	}
}

func TestWhatIsGivenEmptyIsSent(t *testing.T) {
	server := answer(200, nil, fullAnswer)
	_, err := vectorClient(t, server, "").Call(t.Context(), "get_role_credentials", Params{{"accountId", ""}, {"accessToken", ""}, {"roleName", ""}})
	if err != nil || server.requests[0].URL != vectorHost+"/federation/credentials?account_id=&role_name=" {
		t.Errorf("sent %s, %v", server.requests[0].URL, err)
	}
}
