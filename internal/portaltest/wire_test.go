package portaltest_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sso/types"

	"portico/internal/portaltest"
)

var operations = []struct{ method, path string }{
	{"GET", "/assignment/accounts"},
	{"GET", "/assignment/roles"},
	{"GET", "/federation/credentials"},
	{"POST", "/logout"},
	{"POST", "/client/register"},
	{"POST", "/device_authorization"},
	{"POST", "/token"},
}

func TestErrorsHaveTheRealBodies(t *testing.T) {
	b := newBench(t, portaltest.Config{TPS: 1})
	for _, test := range []struct{ method, path, body, wantBody, wantType string }{
		{"GET", "/assignment/accounts", "",
			`{"message":"Session token not found or invalid","__type":"com.amazonaws.switchboard.portal#UnauthorizedException"}`,
			"UnauthorizedException"},
		{"GET", "/assignment/accounts", "",
			`{"message":"HTTP 429 Unknown Code","__type":"com.amazonaws.switchboard.portal#TooManyRequestsException"}`,
			"TooManyRequestsException"},
		{"POST", "/token", `{"clientId":"c","clientSecret":"s","grantType":"g"}`,
			`{"error":"invalid_client","error_description":"Client ID or secret is invalid or expired"}`,
			"InvalidClientException"},
		{"GET", "/assignment", "",
			`{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}`,
			"UnknownOperationException"},
	} {
		got := b.send(test.method, test.path, test.body)
		if got.body != test.wantBody || got.header.Get("x-amzn-errortype") != test.wantType {
			t.Errorf("%s %s:\n got %s %s\nwant %s", test.method, test.path, got.header.Get("x-amzn-errortype"), got.body, test.wantBody)
		}
		if got.header.Get("Content-Type") != "application/json" || got.header.Get("x-amzn-RequestId") == "" {
			t.Errorf("%s %s: headers %v", test.method, test.path, got.header)
		}
	}
}

func TestWrongMethodsAreUnknownOperations(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, op := range operations {
		for _, method := range []string{"GET", "POST", "HEAD", "PUT", "DELETE"} {
			if method == op.method {
				continue
			}
			got := b.send(method, op.path, "")
			if got.status != 404 || got.header.Get("x-amzn-errortype") != "UnknownOperationException" {
				t.Errorf("%s %s: %d %s", method, op.path, got.status, got.body)
			}
		}
	}
	if n := len(b.portal.Requests()); n != 0 {
		t.Errorf("%d operations were counted", n)
	}
}

func TestExtensionOriginsAndPreflightsAreRefused(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	refused := func(got answer) bool {
		return got.status == 403 && got.header.Get("x-amzn-errortype") == "ForbiddenException"
	}
	token := *b.signIn()
	for _, op := range operations {
		for _, origin := range []string{"chrome-extension://abcdefghijklmnop", "moz-extension://0b7c", "safari-web-extension://x"} {
			if got := b.send(op.method, op.path, "{}", "Origin", origin, "x-amz-sso_bearer_token", token); !refused(got) {
				t.Errorf("%s %s from %s: %d %s", op.method, op.path, origin, got.status, got.body)
			}
		}
		if got := b.send("OPTIONS", op.path, "", "Origin", "https://example.com", "Access-Control-Request-Method", op.method); !refused(got) {
			t.Errorf("OPTIONS %s: %d %s", op.path, got.status, got.body)
		}
	}
	if got := b.send("GET", "/assignment/accounts", "", "Origin", "https://example.com", "x-amz-sso_bearer_token", token); got.status != 200 {
		t.Errorf("a web page's request got %d; its browser hides the answer, not the portal", got.status)
	}
}

func TestNoAnswerHasCORSHeaders(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	for _, path := range []string{"/assignment/accounts", "/token", "/start", "/start/assets/start.js", "/console/home", "/nowhere"} {
		for _, method := range []string{"GET", "OPTIONS", "POST"} {
			for name := range b.send(method, path, "", "Origin", "https://example.com").header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s %s answered with %s", method, path, name)
				}
			}
		}
	}
}

func TestTokenBucketRefillsContinuously(t *testing.T) {
	b := newBench(t, portaltest.Config{TPS: 20, Quota: portaltest.TokenBucket})
	token := b.signIn()
	burst := func(want int) {
		t.Helper()
		for i := range want {
			if err := b.listAccounts(token); err != nil {
				t.Fatalf("request %d of %d: %v", i+1, want, err)
			}
		}
		err := wantError[*types.TooManyRequestsException](t, b.listAccounts(token))
		if err.ErrorMessage() != "HTTP 429 Unknown Code" {
			t.Errorf("message %q", err.ErrorMessage())
		}
	}
	burst(20)
	b.clock.advance(50 * time.Millisecond)
	burst(1)
	b.clock.advance(250 * time.Millisecond)
	burst(5)
	b.clock.advance(time.Hour)
	burst(20)
	if got := b.portal.Requests()["ListAccounts"]; got != 50 || b.portal.Throttled() != 4 {
		t.Errorf("counted %d requests, %d throttled", got, b.portal.Throttled())
	}
}

func TestFixedWindowStartsAnewEachSecond(t *testing.T) {
	b := newBench(t, portaltest.Config{TPS: 20, Quota: portaltest.FixedWindow})
	token := b.signIn()
	b.clock.advance(999 * time.Millisecond)
	for window := range 2 { // 40 in a row, as a window ends between them
		for i := range 20 {
			if err := b.listAccounts(token); err != nil {
				t.Fatalf("window %d, request %d: %v", window, i+1, err)
			}
		}
		wantError[*types.TooManyRequestsException](t, b.listAccounts(token))
		b.clock.advance(time.Millisecond)
	}
	wantError[*types.TooManyRequestsException](t, b.listAccounts(token))
}

func TestQuotaBelowOneASecond(t *testing.T) {
	for _, quota := range []portaltest.Quota{portaltest.TokenBucket, portaltest.FixedWindow} {
		b := newBench(t, portaltest.Config{TPS: 0.5, Quota: quota})
		token := b.signIn()
		for range 2 {
			if err := b.listAccounts(token); err != nil {
				t.Fatalf("%s: %v", quota, err)
			}
			wantError[*types.TooManyRequestsException](t, b.listAccounts(token))
			b.clock.advance(2 * time.Second)
		}
	}
}

func TestSignInIsNotLimited(t *testing.T) {
	b := newBench(t, portaltest.Config{TPS: 1})
	for range 10 {
		b.register()
	}
	if b.portal.Throttled() != 0 {
		t.Error("the sign-in service throttled")
	}
}

func TestLatencyPassesBeforeAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		portal := portaltest.New(portaltest.Config{Latency: 3 * time.Second})
		start := time.Now()
		portal.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/assignment/accounts", nil))
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func TestVerificationURIIsWhereTheClientReachedUs(t *testing.T) {
	plain := httptest.NewRequest("POST", "/device_authorization", nil)
	plain.Host = "127.0.0.1:8123"
	overTLS := httptest.NewRequest("POST", "/device_authorization", nil)
	overTLS.Host, overTLS.TLS = "portal.test", &tls.ConnectionState{}
	inWorker := httptest.NewRequest("POST", "https://worker.test/device_authorization", nil)
	inWorker.Host, inWorker.TLS = "", nil // a worker's request has its whole URL and nothing else

	for _, test := range []struct {
		request *http.Request
		want    string
	}{
		{plain, "http://127.0.0.1:8123/start/#/device"},
		{overTLS, "https://portal.test/start/#/device"},
		{inWorker, "https://worker.test/start/#/device"},
	} {
		portal := portaltest.New(portaltest.Config{})
		w := httptest.NewRecorder()
		portal.ServeHTTP(w, httptest.NewRequest("POST", "/client/register", strings.NewReader(`{"clientName":"x","clientType":"public"}`)))
		id, secret := between(w.Body.String(), `"clientId":"`, `"`), between(w.Body.String(), `"clientSecret":"`, `"`)
		body := `{"clientId":"` + id + `","clientSecret":"` + secret + `","startUrl":"https://portal.test/start"}`
		test.request.Body = io.NopCloser(strings.NewReader(body))
		w = httptest.NewRecorder()
		portal.ServeHTTP(w, test.request)
		if got := between(w.Body.String(), `"verificationUri":"`, `"`); got != test.want {
			t.Errorf("verificationUri %q, want %q; answer %s", got, test.want, w.Body)
		}
	}
}

// between returns what stands in s between before and after.
func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}
