//go:build js && wasm

package bridge

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"syscall/js"
	"testing"

	"portico/ssocore"
)

const answerOK = `(req, res) => res.end('ok')`

// echo answers with the request's body, bytes as they came.
const echo = `(req, res, entry) => {
	res.writeHead(200, {'content-type': req.headers['content-type'] || 'none', 'X-Length': entry.body.length});
	res.end(entry.body);
}`

func get(url string) *ssocore.Request {
	return &ssocore.Request{Method: "GET", URL: url, MaxBody: 1 << 20}
}

func mustFetch(t *testing.T, ctx context.Context, req *ssocore.Request) *ssocore.Response {
	t.Helper()
	res, err := NewFetcher(js.Undefined()).Fetch(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestGetSendsHeadersAndQuery(t *testing.T) {
	noLeaks(t)
	s := serve(t, answerOK)
	req := get(s.url + "/federation/credentials?role_name=Read%20Only&account_id=111122223333")
	req.Header = ssocore.Header{"x-amz-sso_bearer_token": "token-1", "accept": "application/json"}
	res := mustFetch(t, soon(t), req)

	if res.Status != 200 || string(res.Body) != "ok" {
		t.Errorf("got %d %q", res.Status, res.Body)
	}
	seen := s.request(0)
	if got := seen.Get("method").String(); got != "GET" {
		t.Errorf("method %q", got)
	}
	if got := seen.Get("url").String(); got != "/federation/credentials?role_name=Read%20Only&account_id=111122223333" {
		t.Errorf("url %q", got)
	}
	for name, want := range req.Header {
		if got := seen.Get("headers").Get(name); !got.Equal(js.ValueOf(want)) {
			t.Errorf("header %s: %v, want %q", name, got, want)
		}
	}
	if got := seen.Get("body").Length(); got != 0 {
		t.Errorf("a GET carried %d bytes", got)
	}
}

func TestBodiesRoundTrip(t *testing.T) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, body := range map[string][]byte{
		"JSON":      []byte(`{"clientName":"Portico","scopes":["sso:account:access"]}`),
		"non-ASCII": []byte("{\"name\":\"Zürich 東京 🚪\"}"),
		"binary":    every,
		"large":     bytes.Repeat(every, 2000),
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			s := serve(t, echo)
			res := mustFetch(t, soon(t), &ssocore.Request{
				Method: "POST", URL: s.url + "/token", Body: body, MaxBody: len(body),
				Header: ssocore.Header{"content-type": "application/json"},
			})
			if !bytes.Equal(res.Body, body) {
				t.Errorf("body of %d bytes came back as %d others", len(body), len(res.Body))
			}
			if got := res.Header["content-type"]; got != "application/json" {
				t.Errorf("content-type %q", got)
			}
		})
	}
}

func TestEmptyPost(t *testing.T) {
	for name, body := range map[string][]byte{"nil": nil, "empty": {}} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			s := serve(t, answerOK)
			mustFetch(t, soon(t), &ssocore.Request{Method: "POST", URL: s.url + "/logout", Body: body, MaxBody: 10})
			seen := s.request(0)
			if got := seen.Get("method").String(); got != "POST" {
				t.Errorf("method %q", got)
			}
			if got := seen.Get("headers").Get("content-length").String(); got != "0" {
				t.Errorf("content-length %q", got)
			}
			if got := seen.Get("headers").Get("content-type"); !got.IsUndefined() {
				t.Errorf("content-type %v was added", got)
			}
		})
	}
}

func TestAnyStatusIsAnAnswer(t *testing.T) {
	for _, status := range []int{200, 204, 400, 401, 403, 404, 429, 500, 503} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			noLeaks(t)
			s := serve(t, fmt.Sprintf(`(req, res) => {
				res.writeHead(%d, {'X-Amzn-ErrorType': 'TooManyRequestsException', 'Retry-After': '1'});
				res.end(%d === 204 ? undefined : '{"message":"no"}');
			}`, status, status))
			res := mustFetch(t, soon(t), get(s.url+"/assignment/accounts"))
			if res.Status != status {
				t.Errorf("status %d", res.Status)
			}
			if res.Header["x-amzn-errortype"] != "TooManyRequestsException" || res.Header["retry-after"] != "1" {
				t.Errorf("headers %v", res.Header)
			}
			want := `{"message":"no"}`
			if status == 204 {
				want = ""
			}
			if string(res.Body) != want {
				t.Errorf("body %q", res.Body)
			}
		})
	}
}

func TestRepeatedHeadersAreJoined(t *testing.T) {
	noLeaks(t)
	s := serve(t, `(req, res) => { res.setHeader('Set-Cookie', ['a=1', 'b=2']); res.setHeader('X-Two', ['1', '2']); res.end(); }`)
	res := mustFetch(t, soon(t), get(s.url))
	if got := res.Header["set-cookie"]; got != "a=1, b=2" {
		t.Errorf("set-cookie %q", got)
	}
	if got := res.Header["x-two"]; got != "1, 2" {
		t.Errorf("x-two %q", got)
	}
}

func TestCookiesAreNeitherKeptNorSent(t *testing.T) {
	noLeaks(t)
	s := serve(t, `(req, res) => { res.setHeader('Set-Cookie', 'portal=secret; Path=/'); res.end(); }`)
	for range 2 {
		mustFetch(t, soon(t), get(s.url))
	}
	for i := range 2 {
		if got := s.request(i).Get("headers").Get("cookie"); !got.IsUndefined() {
			t.Errorf("request %d carried the cookie %v", i, got)
		}
	}
}

func TestRequestsRunConcurrently(t *testing.T) {
	noLeaks(t)
	const n = 100
	// Nobody is answered before all have asked.
	s := serve(t, `(() => {
		const waiting = [];
		return (req, res) => {
			waiting.push([req, res]);
			if (waiting.length === 100) for (const [req, res] of waiting) res.end(req.url);
		};
	})()`)
	fetcher := NewFetcher(js.Undefined())
	ctx := soon(t)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			path := fmt.Sprintf("/%d", i)
			res, err := fetcher.Fetch(ctx, get(s.url+path))
			if err != nil {
				t.Error(err)
			} else if string(res.Body) != path {
				t.Errorf("%s was answered with %q", path, res.Body)
			}
		})
	}
	wg.Wait()
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	const token, account = "aoaAAAAAGtoken-secret", "111122223333"
	for name, c := range map[string]struct {
		url   string
		value string
		fetch js.Value
	}{
		"unparsable URL":    {url: "https://host:port/x?account_id=" + account, value: token},
		"URL fetch refuses": {url: "https://127.0.0.1:99999/x?account_id=" + account + " " + account, value: token},
		"user in the URL":   {url: "https://" + token + "@127.0.0.1/", value: token},
		"other scheme":      {url: "data:text/plain," + account, value: token},
		"relative URL":      {url: "/x?account_id=" + account, value: token},
		"bad header":        {url: "https://127.0.0.1/", value: token + "\n" + token},
		"talkative fetch": {url: "https://127.0.0.1/x?account_id=" + account, value: token,
			fetch: source(`(url, options) => { throw new TypeError("no " + url + "#f for " + options.headers.get("x-amz-sso_bearer_token")); }`)},
		"fetch quoting the URL its way": {url: "https://127.0.0.1/x?account_id=" + account + " y", value: token,
			fetch: source(`async url => { throw new TypeError("no '" + new URL(url).href + "' today"); }`)},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			req := get(c.url)
			req.Header = ssocore.Header{"x-amz-sso_bearer_token": c.value}
			_, err := NewFetcher(c.fetch).Fetch(soon(t), req)
			if err == nil {
				t.Fatal("no error")
			}
			if strings.Contains(err.Error(), token) || strings.Contains(err.Error(), account) {
				t.Errorf("error tells a secret: %v", err)
			}
			if !strings.HasPrefix(err.Error(), "GET ") {
				t.Errorf("error does not name the method: %v", err)
			}
		})
	}
}
