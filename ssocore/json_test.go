package ssocore

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func TestIntegersAreReadFromNumbersAndTexts(t *testing.T) {
	tests := []struct {
		in   string
		want int64
		ok   bool
		err  error
	}{
		{"null", 0, false, nil},
		{"0", 0, true, nil},
		{"-1", -1, true, nil},
		{"1732300000000", 1732300000000, true, nil},
		{"1732300000000.9", 1732300000000, true, nil},
		{"1.7323e12", 1732300000000, true, nil},
		{`"1732300000000"`, 1732300000000, true, nil},
		{`" 5 "`, 5, true, nil},
		{"9223372036854775807", math.MaxInt64, true, nil},
		{"9223372036854775808", 0, false, errNotInteger},
		{"1e400", 0, false, errNotInteger},
		{`"2024-11-22T00:00:00Z"`, 0, false, errNotInteger},
		{"true", 0, false, errNotInteger},
		{"[1]", 0, false, errNotInteger},
		{"{}", 0, false, errNotInteger},
	}
	for _, test := range tests {
		if n, ok, err := integer([]byte(test.in)); n != test.want || ok != test.ok || err != test.err {
			t.Errorf("integer(%s) = %d, %v, %v", test.in, n, ok, err)
		}
	}
	if _, err := seconds([]byte("9223372037")); err == nil {
		t.Error("seconds beyond the longest Duration are accepted")
	}
	if d, err := seconds([]byte("600")); d != 10*time.Minute || err != nil {
		t.Errorf("seconds = %v, %v", d, err)
	}
}

func TestMemberNamesAreCaseSensitiveAndTheLastCounts(t *testing.T) {
	server := answer(200, nil, `{"NEXTTOKEN":"no", "nextToken" : "a" , "next\u0054oken":"b","accountList":[ null , {"accountId" :"1"}]}`)
	out, err := vectorClient(t, server, "").ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	if err != nil || out.NextToken != "b" || len(out.AccountList) != 1 || out.AccountList[0].AccountID != "1" {
		t.Errorf("read %+v, %v", out, err)
	}
}

func TestRoleCredentialsAreCompleteOrNot(t *testing.T) {
	const all = `"accessKeyId":"ASIA","secretAccessKey":"s","sessionToken":"t","expiration":1732300000123`
	for body, complete := range map[string]bool{
		`{"roleCredentials":{` + all + `}}`:          true,
		`{"roleCredentials":{"accessKeyId":"ASIA"}}`: false,
		`{"roleCredentials":null}`:                   false,
		`{}`:                                         false,
		`{"roleCredentials":{` + all + `,"expiration":null}}`:   false,
		`{"roleCredentials":{` + all + `,"sessionToken":null}}`: false,
	} {
		out, err := vectorClient(t, answer(200, nil, body), "").GetRoleCredentials(t.Context(),
			&GetRoleCredentialsInput{AccessToken: hidden, AccountID: "1", RoleName: "r"})
		if err != nil || out.RoleCredentials.Complete() != complete {
			t.Errorf("%s: %+v, %v", body, out, err)
		}
		if complete && !out.RoleCredentials.Expiration.Equal(time.Date(2024, 11, 22, 18, 26, 40, 123e6, time.UTC)) {
			t.Errorf("expires %v", out.RoleCredentials.Expiration)
		}
	}
}

var answerSeeds = []string{
	`{"accountList":[{"accountId":"123456789012","accountName":"Prod \u00dc","emailAddress":"a@b.c"}],"nextToken":"t+/="}`,
	`{"roleList":[{"roleName":"Admin","accountId":"1"},null]}`,
	`{"roleCredentials":{"accessKeyId":"A","expiration":1732300000000.5}}`,
	`{"accessToken":"at","expiresIn":"28800","refreshToken":null}`,
	`{"deviceCode":"dc","interval":1.5,"x":[[{"a":"]}"}]]}`,
	`{"__type":"a.b#UnauthorizedException:http://x/","message":"m"}`,
	`{"code":null,"Code":"X","Message":5}`, `{"error":"slow_down","error_description":"d"}`,
	`<html></html>`, `[1,2]`, `"s"`, `null`, ` {} `, `{"a\"b":"\ud800"}`, "\ufeff{}", `{"a":1e5,"b":true}`,
}

// FuzzDecode holds the walker against encoding/json: the same bodies are
// readable, with the same members.
func FuzzDecode(f *testing.F) {
	for _, seed := range answerSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var want map[string]json.RawMessage
		readable := json.Unmarshal(body, &want) == nil && want != nil
		got := map[string]json.RawMessage{}
		object, err := parseObject(body)
		if err == nil {
			err = eachMember(object, func(name, value []byte) error {
				got[string([]rune(string(name)))] = value // as encoding/json mends names
				checkValue(t, value)
				return nil
			})
		}
		if (err == nil) != readable {
			t.Fatalf("read with %v, encoding/json says %v", err, readable)
		}
		for name, value := range want {
			if g := got[name]; !bytes.Equal(g, value) {
				t.Errorf("member %q is %q, want %q", name, g, value)
			}
		}
		call := &call{operation: "Fuzz"}
		resp := &Response{Status: 200, Body: body}
		for _, visit := range []func(name, value []byte) error{
			new(ListAccountsOutput).decode, new(ListAccountRolesOutput).decode, new(GetRoleCredentialsOutput).decode,
			new(RegisterClientOutput).decode, new(StartDeviceAuthorizationOutput).decode, new(CreateTokenOutput).decode,
		} {
			var d *DecodeError
			if err := call.decode(resp, visit); err != nil && !errors.As(err, &d) {
				t.Errorf("error is %T", err)
			}
		}
	})
}

func checkValue(t *testing.T, value []byte) {
	if !json.Valid(value) {
		t.Errorf("value %q is no JSON", value)
	}
	var s string
	if got, err := text(value); value[0] == '"' && (err != nil || json.Unmarshal(value, &s) != nil || got != s) {
		t.Errorf("text of %q is %q, %v, want %q", value, got, err, s)
	}
	if value[0] == '[' {
		var list []json.RawMessage
		json.Unmarshal(value, &list)
		n := 0
		for _, element := range list {
			if string(element) != "null" {
				n++
			}
		}
		eachElement(value, func([]byte) error { n--; return nil })
		if n != 0 {
			t.Errorf("%d elements of %q are lost", n, value)
		}
	}
}

func FuzzIdentify(f *testing.F) {
	for _, seed := range answerSeeds {
		f.Add(400, "", []byte(seed))
		f.Add(401, "x#UnauthorizedException:http://x/", []byte(seed))
		f.Add(503, "ThrottlingException", []byte(seed))
	}
	f.Add(500, "", []byte("<html>"))
	f.Add(429, "", []byte(""))
	f.Fuzz(func(t *testing.T, status int, errorType string, body []byte) {
		if status >= 200 && status <= 299 {
			return
		}
		resp := &Response{Status: status, Header: Header{}, Body: body}
		if errorType != "" {
			resp.Header["x-amzn-errortype"] = errorType
		}
		for _, s := range []service{{exceptions: portalExceptions}, {exceptions: oidcExceptions, oauth: true}} {
			call := &call{operation: "Fuzz", service: s, secrets: []Secret{hidden}}
			err := call.refused(resp)
			var api *APIError
			if !errors.As(err, &api) || api.Status != status {
				t.Fatalf("error is %T", err)
			}
			if strings.ContainsAny(api.Code, ":#") {
				t.Errorf("code is %q", api.Code)
			}
			if text := err.Error(); strings.Contains(text, hidden) || strings.ContainsAny(text, "\n\r\x00") {
				t.Errorf("text is %q", text)
			}
		}
	})
}

// FuzzSyntax holds our own reading and writing of JSON against encoding/json's.
func FuzzSyntax(f *testing.F) {
	for _, seed := range answerSeeds {
		f.Add([]byte(seed), seed)
	}
	for _, seed := range []string{`"\u00e9\ud83d\ude00\ud83d \ude00\ud83d\u0041\/\b"`, "\"\xff\xc3\"", `-0.10e+5`, `01`, `[1,]`, `{"a":}`, `"\u+123"`, "\"\x1f\"", ` [ ] `} {
		f.Add([]byte(seed), seed)
	}
	f.Fuzz(func(t *testing.T, body []byte, text string) {
		if got, want := valid(body), json.Valid(body); got != want {
			t.Fatalf("valid(%q) is %v, encoding/json says %v", body, got, want)
		}
		if valid(body) && body[0] == '"' {
			var want string
			if value := bytes.TrimRight(body, " \t\r\n"); json.Unmarshal(value, &want) != nil || unquote(value) != want {
				t.Fatalf("unquote(%q) is %q, encoding/json says %q", value, unquote(value), want)
			}
		}
		var o object
		o.text("text", text)
		o.list("list", []string{text, ""})
		var back struct {
			Text string
			List []string
		}
		if err := json.Unmarshal(o.json(), &back); err != nil || back.Text != string([]rune(text)) || len(back.List) != 2 {
			t.Fatalf("wrote %q as %q, read back %q (%v)", text, o.json(), back, err)
		}
	})
}
