package portaltest_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

const hostile = `"><script>alert(1)</script>'&<img src=x onerror=alert(2)>`

func form(userCode, decision string) string {
	return url.Values{"user_code": {userCode}, "decision": {decision}}.Encode()
}

func (b *bench) submit(userCode, decision string) answer {
	return b.send("POST", "/start/device", form(userCode, decision), "Content-Type", "application/x-www-form-urlencoded")
}

func TestVerificationPageTakesTheDecision(t *testing.T) {
	for _, test := range []struct{ decision, wantPage string }{
		{"allow", "Request approved"},
		{"deny", "Request denied"},
		{"", "Authorization requested"},
	} {
		b := newBench(t, portaltest.Config{})
		s := b.startSignIn()
		page := "/start/device?user_code=" + *s.UserCode
		got := b.send("GET", page, "")
		if got.status != 200 || !strings.Contains(got.body, *s.UserCode) || !strings.Contains(got.body, ">Allow</button>") {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		if got := b.submit(*s.UserCode, test.decision); got.status != 303 || got.header.Get("Location") != page {
			t.Errorf("decision %q: %d to %s", test.decision, got.status, got.header.Get("Location"))
		}
		if got := b.send("GET", page, ""); !strings.Contains(got.body, test.wantPage) {
			t.Errorf("decision %q: page %s", test.decision, got.body)
		}
		if _, err := s.poll(); (err == nil) != (test.decision == "allow") {
			t.Errorf("decision %q: CreateToken answered %v", test.decision, err)
		}
	}
}

func TestVerificationPageOfCodesThatDoNotWait(t *testing.T) {
	b := newBench(t, portaltest.Config{DeviceTTL: time.Minute})
	s := b.startSignIn()
	b.clock.advance(time.Minute)
	for _, test := range []struct {
		code, want string
		status     int
	}{
		{*s.UserCode, "This code has expired", 200},
		{"AAAA-AAAA", "There is no request with the code", 404},
		{"", "Enter the code", 200},
	} {
		got := b.send("GET", "/start/device?user_code="+test.code, "")
		if got.status != test.status || !strings.Contains(got.body, test.want) || strings.Contains(got.body, ">Allow<") {
			t.Errorf("code %q: %d %s", test.code, got.status, got.body)
		}
	}
}

func TestFakeApproveAndDenyStandForThePerson(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	s := b.startSignIn()
	if got := b.send("GET", "/fake/approve?user_code="+*s.UserCode, ""); got.status != 405 {
		t.Errorf("GET: %d", got.status)
	}
	if got := b.send("POST", "/fake/approve?user_code="+*s.UserCode, ""); got.status != 200 || got.body != `{"state":"approved"}`+"\n" {
		t.Errorf("approve: %d %s", got.status, got.body)
	}
	if _, err := s.poll(); err != nil {
		t.Error(err)
	}
	s = b.startSignIn()
	if got := b.send("POST", "/fake/deny?user_code="+*s.UserCode, ""); got.status != 200 || got.body != `{"state":"denied"}`+"\n" {
		t.Errorf("deny: %d %s", got.status, got.body)
	}
	if got := b.send("POST", "/fake/approve?user_code="+*s.UserCode, ""); got.status != 404 {
		t.Errorf("approve after deny: %d", got.status)
	}
}

func TestConsolePageShowsWhereTheLinkLed(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	account := b.portal.Directory()[3]
	destination := "https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1"
	query := url.Values{"account_id": {account.ID}, "role_name": {account.Roles[2]}, "destination": {destination}}
	got := b.send("GET", "/console/home?"+query.Encode(), "")
	if got.status != 200 {
		t.Errorf("status %d", got.status)
	}
	for _, want := range []string{account.ID, account.Name, account.Roles[2], destination} {
		if !strings.Contains(got.body, "<bdi>"+want+"</bdi>") {
			t.Errorf("page lacks %s:\n%s", want, got.body)
		}
	}
	query.Set("role_name", "NoSuchRole")
	if got := b.send("GET", "/console/home?"+query.Encode(), ""); got.status != 403 || !strings.Contains(got.body, "No access") {
		t.Errorf("role not assigned: %d %s", got.status, got.body)
	}
}

func TestPagesEscapeHostileText(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	text := url.QueryEscape(hostile)
	for _, path := range []string{
		"/start/device?user_code=" + text,
		"/console/home?account_id=" + text + "&role_name=" + text + "&destination=" + text,
	} {
		got := b.send("GET", path, "")
		for _, bad := range []string{"<script>alert", "<SCRIPT>ALERT", "<img src=x", "<IMG SRC=X"} {
			if strings.Contains(got.body, bad) {
				t.Errorf("%s has %s:\n%s", path, bad, got.body)
			}
		}
		if !strings.Contains(strings.ToLower(got.body), "&lt;script&gt;") {
			t.Errorf("%s does not show the text:\n%s", path, got.body)
		}
	}
	if got := b.submit(hostile, "allow"); got.status != 303 || !strings.HasPrefix(got.header.Get("Location"), "/start/device?user_code=%22%3E%3C") {
		t.Errorf("form: %d to %s", got.status, got.header.Get("Location"))
	}
}

func TestPagesHaveAStrictPolicyAndNothingInline(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, path := range []string{"/start", "/start/", "/start/device", "/console/home"} {
		got := b.send("GET", path, "")
		policy := got.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if got.header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: type %q", path, got.header.Get("Content-Type"))
		}
		for _, inline := range []string{"<script>", "<style", " style=", " onclick=", "javascript:"} {
			if strings.Contains(got.body, inline) {
				t.Errorf("%s has %s", path, inline)
			}
		}
	}
}

func TestStartPageBringsItsScriptAndStyle(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	if got := b.send("GET", "/", ""); got.status != 302 || got.header.Get("Location") != "/start" {
		t.Errorf("/: %d to %s", got.status, got.header.Get("Location"))
	}
	start := b.send("GET", "/start", "").body
	for path, wantType := range map[string]string{
		"/start/assets/start.js":   "text/javascript; charset=utf-8",
		"/start/assets/portal.css": "text/css; charset=utf-8",
		"/start/assets/icon.svg":   "image/svg+xml",
	} {
		if !strings.Contains(start, `"`+path+`"`) {
			t.Errorf("the start page does not use %s", path)
		}
		if got := b.send("GET", path, ""); got.status != 200 || got.header.Get("Content-Type") != wantType || got.body == "" {
			t.Errorf("%s: %d %s", path, got.status, got.header.Get("Content-Type"))
		}
	}
	if got := b.send("GET", "/start/assets/start.html", ""); got.status != 404 {
		t.Errorf("a template is served: %d", got.status)
	}
	if got := b.send("DELETE", "/start", ""); got.status != 405 || got.header.Get("Allow") != "GET, HEAD" {
		t.Errorf("DELETE /start: %d", got.status)
	}
}
