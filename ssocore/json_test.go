package ssocore

import (
	"bytes"
	"encoding/base64"
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
		r := &reader{s: test.in}
		if n, ok := r.integer(); n != test.want || ok != test.ok || !errors.Is(r.wrong, test.err) || !r.finish() {
			t.Errorf("integer(%s) = %d, %v, %v", test.in, n, ok, r.wrong)
		}
	}
}

func TestSecondsAreBounded(t *testing.T) {
	const longest = time.Duration(maxSeconds) * time.Second
	for in, want := range map[string]time.Duration{
		"600": 10 * time.Minute, `"600"`: 10 * time.Minute, "null": 0, "0": 0, "-5": -5 * time.Second, "1.9": time.Second,
		"9223372036": longest, "9223372037": longest, "9223372036854775807": longest, "9223372036854775808": longest, "1e30": longest, "1e400": longest,
		`"99999999999999999999"`: longest, "-9223372037": -longest, "-1e30": -longest, "-1e400": -longest,
	} {
		r := &reader{s: in}
		if d := r.seconds(); d != want || r.wrong != nil || !r.finish() {
			t.Errorf("seconds(%s) = %v, %v, want %v", in, d, r.wrong, want)
		}
	}
	for _, in := range []string{`"soon"`, "true", "[1]", "{}", `""`} {
		r := &reader{s: in}
		if d := r.seconds(); d != 0 || !errors.Is(r.wrong, errNotInteger) {
			t.Errorf("seconds(%s) = %v, %v", in, d, r.wrong)
		}
	}
}

func TestMemberNamesAreCaseSensitiveAndTheLastCounts(t *testing.T) {
	server := answer(200, nil, `{"NEXTTOKEN":"no", "nextToken" : "a" , "next\u0054oken":"b","accountList":[ null , {"accountId" :"1"}]}`)
	out, err := vectorClient(t, server, "").ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	if err != nil || out.NextToken != "b" || len(out.AccountList) != 1 || out.AccountList[0].AccountID != "1" {
		t.Errorf("read %+v, %v", out, err)
	}
}

func TestAListOfNullsAloneIsNone(t *testing.T) {
	for body, none := range map[string]bool{`[]`: false, `[null]`: true, `[null,null]`: true, `[{}]`: false, `[null,{}]`: false} {
		out, err := vectorClient(t, answer(200, nil, `{"accountList":`+body+`}`), "").ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
		if err != nil || (out.AccountList == nil) != none {
			t.Errorf("%s is read as %+v, %v", body, out, err)
		}
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
		lacking := new(DecodeError)
		if complete != (err == nil && out.RoleCredentials.Complete()) || !complete && !(errors.As(err, &lacking) && errors.Is(err, errMissing)) {
			t.Errorf("%s: %+v, %v", body, out, err)
		}
		if complete && !out.RoleCredentials.Expiration.Equal(time.Date(2024, 11, 22, 18, 26, 40, 123e6, time.UTC)) {
			t.Errorf("expires %v", out.RoleCredentials.Expiration)
		}
	}
}

func TestUnknownMembersArePassedOver(t *testing.T) {
	const body = `{"x":[true,false,null,-1.5e+3,{"\b\f\n\r\t\"\\\/\u0041":"\b\f\n\r\t\"\\\/\u0041"}],"nextToken":"\b\f\n\r\t\"\\\/\u0041",
		"accountList":[{"x":{},"accountId":"1"}],"roleList":[{"x":[],"roleName":"r"}],"roleCredentials":{"x":1,"accessKeyId":"k"}}`
	accounts, roles, keys := new(ListAccountsOutput), new(ListAccountRolesOutput), new(GetRoleCredentialsOutput)
	for _, out := range []interface{ read(*reader) }{accounts, roles, keys} {
		if err := readObject([]byte(body), out); err != nil {
			t.Errorf("%T: %v", out, err)
		}
	}
	if accounts.NextToken != "\b\f\n\r\t\"\\/A" || accounts.AccountList[0].AccountID != "1" || roles.RoleList[0].RoleName != "r" || keys.RoleCredentials.AccessKeyID != "k" {
		t.Errorf("read %+v, %+v, %+v", accounts, roles, keys)
	}
}

// members collects the members of an object as they are written.
type members map[string]string

func (m members) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		name := r.key()
		m[name] = r.scalar()
	}
}

func TestJSONIsReadAsEncodingJSONReadsIt(t *testing.T) {
	for _, text := range []string{
		nest(maxDepth), `{"a":1}`, ` [ ] `, `[1,]`, `{"a":}`, `01`, `-0.10e+5`, `-`, `1.`, `1e`, `tru`, `null`, `"\u+123"`, "\"\x1f\"", `"\ud83d\u0041"`,
		`{"a":1,}`, `{"a" 1}`, `{a:1}`, `[1 2]`, `{"a":1 "b":2}`, `"`, `"\`, `"\u12`, ``, `{`, `[`, `{"a"`, `[[[[`, "\ufeff{}",
		strings.Repeat("[],", 1000), "[" + strings.Repeat("[{}],", 1000) + "[]]",
	} {
		if got, want := isJSON(text), json.Valid([]byte(text)); got != want {
			t.Errorf("%.20q is JSON: %v, want %v", text, got, want)
		}
	}
}

func isJSON(text string) bool {
	r := &reader{s: text}
	r.space()
	r.skip()
	return r.finish()
}

// nest is JSON of lists in lists.
func nest(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

// depthOf is how deep a JSON text nests.
func depthOf(body []byte) int {
	depth, deepest := 0, 0
	for d := json.NewDecoder(bytes.NewReader(body)); ; {
		token, err := d.Token()
		if err != nil {
			return deepest
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
			deepest = max(deepest, depth)
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
	}
}

// A text that nests deep would take the stack of a worker with it, wherever in an
// answer it stands.
func TestWhatNestsTooDeepIsADecodeError(t *testing.T) {
	deep := []string{nest(maxDepth + 1), nest(9990), strings.Repeat("[", 10000), strings.Repeat(`{"a":`, 4000), strings.Repeat(`[{"a":`, 4000) + "1" + strings.Repeat("}]", 4000)}
	for _, value := range deep {
		for _, body := range []string{value, `{"x":` + value + `}`, `{"accountList":` + value + `}`, `{"accountList":[{"accountId":` + value + `}]}`,
			`{"roleCredentials":{"x":` + value + `}}`, `{"nextToken":` + value + `}`, `{"expiresIn":` + value + `}`} {
			for name, err := range everyCall(t, 200, jsonType, body) {
				if unreadable := new(DecodeError); name != "Logout" && (!errors.As(err, &unreadable) || !errors.Is(err, errTooDeep)) {
					t.Errorf("%s of %.40s: %v", name, body, err)
				}
			}
			for name, err := range everyCall(t, 400, jsonType, body) {
				if refused := new(APIError); !errors.As(err, &refused) || refused.Code != "400" || refused.Message != "" {
					t.Errorf("%s refused by %.40s: %v", name, body, err)
				}
			}
		}
		if _, _, err := parseStartingToken("ListAccounts", base64.StdEncoding.EncodeToString([]byte(`{"nextToken":`+value+`}`))); err == nil {
			t.Errorf("a starting token holds %.40s", value)
		}
	}
	shallow := `{"x":` + nest(maxDepth-1) + `,"y":` + nest(maxDepth-1) + `}`
	if err := listAccounts(t, answer(200, nil, shallow)); err != nil {
		t.Errorf("a depth of %d: %v", maxDepth, err)
	}
}

func TestAnswersThatLackWhatTheyMustHoldAreDecodeErrors(t *testing.T) {
	tests := []struct{ operation, body, lacks string }{
		{"RegisterClient", `{}`, "clientId"},
		{"RegisterClient", `{"clientId":"","clientSecret":"s"}`, "clientId"},
		{"RegisterClient", `{"clientId":"c","clientSecret":null}`, "clientSecret"},
		{"RegisterClient", `{"clientID":"c","clientsecret":"s"}`, "clientId"},
		{"RegisterClient", `{"clientId":"c","clientSecret":"s"}`, ""},
		{"StartDeviceAuthorization", `{}`, "deviceCode"},
		{"StartDeviceAuthorization", `{"userCode":"u","verificationUri":"v"}`, "deviceCode"},
		{"StartDeviceAuthorization", `{"deviceCode":"d","verificationUri":"v"}`, "userCode"},
		{"StartDeviceAuthorization", `{"deviceCode":"d","userCode":"u","expiresIn":600}`, "verificationUri"},
		{"StartDeviceAuthorization", `{"deviceCode":"d","userCode":"u","verificationUriComplete":"v"}`, ""},
		{"StartDeviceAuthorization", `{"deviceCode":"d","userCode":"u","verificationUri":"v"}`, ""},
		{"CreateToken", `{}`, "accessToken"},
		{"CreateToken", `{"accessToken":null,"expiresIn":600}`, "accessToken"},
		{"CreateToken", `{"access_token":"a"}`, "accessToken"},
		{"CreateToken", `{"accessToken":"a"}`, ""},
		{"GetRoleCredentials", `{}`, "accessKeyId"},
		{"GetRoleCredentials", `{"roleCredentials":{"accessKeyId":"a","secretAccessKey":"s","expiration":1}}`, "sessionToken"},
		{"GetRoleCredentials", `{"roleCredentials":{"accessKeyId":"a","secretAccessKey":"s","sessionToken":"t"}}`, "expiration"},
		{"GetRoleCredentials", `{"accessKeyId":"a","secretAccessKey":"s","sessionToken":"t","expiration":1}`, "accessKeyId"},
		{"ListAccounts", `{}`, ""},
		{"ListAccountRoles", `{"roleList":null}`, ""},
		{"Logout", `{}`, ""},
	}
	for _, test := range tests {
		err := everyCall(t, 200, jsonType, test.body)[test.operation]
		if test.lacks == "" {
			if err != nil {
				t.Errorf("%s of %s: %v", test.operation, test.body, err)
			}
			continue
		}
		if unreadable := new(DecodeError); !errors.As(err, &unreadable) || !strings.Contains(err.Error(), "member "+test.lacks+" is missing") {
			t.Errorf("%s of %s: %v, want %s to be missing", test.operation, test.body, err, test.lacks)
		}
	}
}

func TestBodiesAreWrittenAsEncodingJSONReadsThem(t *testing.T) {
	for _, text := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "Ü管😀\u2028", "\xff\xc3"} {
		var o object
		o.text("text", text)
		o.list("list", []string{text, ""})
		o.list("none", nil)
		var back struct {
			Text string
			List []string
			None []string
		}
		if err := json.Unmarshal(append(o.b, '}'), &back); err != nil || back.Text != string([]rune(text)) || len(back.List) != 2 || back.None == nil {
			t.Errorf("wrote %q as %s, read back %q (%v)", text, o.b, back, err)
		}
	}
}
