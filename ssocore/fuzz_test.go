package ssocore

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Every fuzz target has its seeds in testdata/fuzz: hand-picked ones and what
// the fuzzer found. A target without seeds would test next to nothing in an
// ordinary run.
func TestEveryFuzzTargetHasSeeds(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	targets := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fuzzTarget.FindAllSubmatch(text, -1) {
			targets++
			seeds, err := os.ReadDir(filepath.Join("testdata", "fuzz", string(m[1])))
			if err != nil || len(seeds) < 5 {
				t.Errorf("%s has %d seeds (%v)", m[1], len(seeds), err)
			}
		}
	}
	folders, err := os.ReadDir(filepath.Join("testdata", "fuzz"))
	if err != nil || len(folders) != targets || targets == 0 {
		t.Errorf("%d folders of seeds for %d targets (%v)", len(folders), targets, err)
	}
}

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// FuzzDecode holds the reader against encoding/json: the same bodies are
// readable, with the same members and the same texts.
func FuzzDecode(f *testing.F) {
	f.Fuzz(func(t *testing.T, body []byte) {
		if depthOf(body) > maxDepth {
			if err := readObject(body, members{}); err != errTooDeep {
				t.Fatalf("what nests too deep is read with %v", err)
			}
			return
		}
		if got, want := isJSON(string(body)), json.Valid(body); got != want {
			t.Fatalf("%q is JSON: %v, encoding/json says %v", body, got, want)
		}
		var want map[string]json.RawMessage
		readable := json.Unmarshal(body, &want) == nil && want != nil
		got := members{}
		if err := readObject(body, got); (err == nil) != readable {
			t.Fatalf("read with %v, encoding/json says %v", err, readable)
		}
		for name, value := range want {
			if got[name] != string(value) {
				t.Errorf("member %q is %q, want %q", name, got[name], value)
			}
			var text string
			if json.Unmarshal(value, &text) == nil && value[0] == '"' && (&reader{s: string(value)}).text() != text {
				t.Errorf("text of %q is not %q", value, text)
			}
		}
		checkOutputs(t, body, readable)
	})
}

// checkOutputs reads a body as every answer there is.
func checkOutputs(t *testing.T, body []byte, readable bool) {
	accounts := new(ListAccountsOutput)
	for _, out := range []interface{ read(*reader) }{
		accounts, new(ListAccountRolesOutput), new(GetRoleCredentialsOutput),
		new(RegisterClientOutput), new(StartDeviceAuthorizationOutput), new(CreateTokenOutput),
	} {
		err := readObject(body, out)
		if wrong := new(memberError); err != nil && readable && !errors.As(err, &wrong) {
			t.Errorf("%T: %v", out, err)
		}
	}
	var want struct {
		AccountList []*struct{ AccountID, AccountName, EmailAddress any }
	}
	if json.Unmarshal(body, &want) != nil || readObject(body, accounts) != nil {
		return
	}
	if len(accounts.AccountList) > len(want.AccountList) && !strings.Contains(strings.ToLower(string(body)), `\u`) {
		t.Errorf("%d accounts of %d", len(accounts.AccountList), len(want.AccountList))
	}
}

func FuzzIdentify(f *testing.F) {
	f.Fuzz(func(t *testing.T, status int, errorType string, body []byte) {
		if status >= 200 && status <= 299 {
			return
		}
		resp := &Response{Status: status, Header: Header{}, Body: body}
		if errorType != "" {
			resp.Header["x-amzn-errortype"] = errorType
		}
		for _, op := range []*operation{&opListAccounts, &opCreateToken} {
			call := &call{op: op, service: new(service), secrets: []Secret{hidden}}
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

// FuzzResumeToken checks that any text either can't be a starting token, or
// leads to a place whose own resume token leads there again.
func FuzzResumeToken(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string, keep int) {
		at, skip, err := parseStartingToken("ListAccounts", s)
		if err != nil {
			if bad := new(StartingTokenError); !errors.As(err, &bad) {
				t.Fatalf("error is %T", err)
			}
			return
		}
		var resume struct {
			NextToken *string `json:"nextToken"`
			Amount    *int    `json:"boto_truncate_amount"`
		}
		text, ok := pythonBase64(at.truncated(keep))
		if !ok || strict(text, &resume) != nil || resume.Amount == nil || *resume.Amount != keep || (resume.NextToken != nil) != at.given {
			t.Fatalf("%q is written as %q", s, text)
		}
		for _, token := range []string{at.truncated(skip), at.resumeToken()} {
			again, amount, err := parseStartingToken("ListAccounts", token)
			if want := string([]rune(at.text)); err != nil || again.given != at.given || again.text != want {
				t.Errorf("%q becomes %+v, then %+v and %d, %v", s, at, again, amount, err)
			}
		}
		for i := range text {
			if text[i] < ' ' || text[i] > '~' {
				t.Errorf("token %q is not ASCII", text)
			}
		}
	})
}

// FuzzPresign checks what must hold of every canonical request, whatever the
// endpoint and the parameters.
func FuzzPresign(f *testing.F) {
	f.Fuzz(func(t *testing.T, path, query, role, token, region string) {
		server := answer(500, nil, "")
		c, err := New(Options{Region: region, Endpoint: vectorHost + path + "?" + query, Fetcher: server, Clock: &instantClock{}})
		if err != nil {
			return
		}
		params := Params{{"roleName", role}, {"accountId", "123456789012"}, {"accessToken", token}}
		url, err := c.GeneratePresignedURL("get_role_credentials", params, func(o *PresignOptions) {
			o.Credentials = RoleCredentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: hidden, SessionToken: "session/+="}
		})
		if wrong := new(ParamError); err != nil && !errors.As(err, &wrong) {
			t.Fatalf("error is %T %v", err, err)
		}
		if err != nil {
			return
		}
		checkPresigned(t, url)
		e := c.portal.endpoint
		s := signature{time: time.Unix(0, 0).UTC(), region: region, method: "get", url: e.base, token: token}
		lines := strings.Split(s.canonicalRequest(s.presignedQuery(e.query)), "\n")
		if len(lines) != 8 || lines[0] != "GET" || !strings.HasPrefix(lines[1], "/") || strings.Contains(lines[1], "//") {
			t.Errorf("canonical request is %q", lines)
		}
		if got, want := s.sign("text"), referenceSignature(&s, "text"); got != want {
			t.Errorf("signature is %s, want %s", got, want)
		}
		if again := reencode(reencode(query)); again != reencode(query) {
			t.Errorf("query %q becomes %q, then %q", query, reencode(query), again)
		}
	})
}

func checkPresigned(t *testing.T, url string) {
	_, query, _ := strings.Cut(url, "?")
	seen := map[string]bool{}
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if seen[name] && !strings.HasPrefix(name, "X-Amz-") {
			t.Errorf("%s is twice in %s", name, url)
		}
		seen[name] = true
	}
	if strings.ContainsFunc(url, notURL) || strings.Contains(url, hidden) || !seen["X-Amz-Signature"] {
		t.Errorf("url is %q", url)
	}
}
