//go:build js && wasm

package bridge

import (
	"context"
	"errors"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"portico/bridge/webext"
	"portico/ssocore"
)

func TestInjectedFetchIsCalledWithItsOptions(t *testing.T) {
	noLeaks(t)
	seen := source(`{}`)
	fetch := js.Global().Get("Function").New("seen", `return async (url, options) => {
		Object.assign(seen, options, {url, calls: (seen.calls ?? 0) + 1});
		return new Response('injected', {status: 201, headers: {'X-Answer': 'yes'}});
	}`).Invoke(seen)
	res, err := NewFetcher(fetch).Fetch(soon(t), &ssocore.Request{
		Method: "POST", URL: "https://portal.invalid/x", Body: []byte("b"), MaxBody: 100})
	if err != nil {
		t.Fatal(err)
	}
	if res.Status != 201 || string(res.Body) != "injected" || res.Header["x-answer"] != "yes" {
		t.Errorf("got %+v", res)
	}
	if seen.Get("calls").Int() != 1 || !seen.Get("signal").InstanceOf(js.Global().Get("AbortSignal")) {
		t.Error("not called once with a signal")
	}
	for option, want := range map[string]string{
		"url": "https://portal.invalid/x", "method": "POST", "redirect": "error",
		"credentials": "omit", "cache": "no-store", "referrerPolicy": "no-referrer",
	} {
		if got := seen.Get(option).String(); got != want {
			t.Errorf("%s is %q, want %q", option, got, want)
		}
	}
}

func TestRequestBodyIsCopied(t *testing.T) {
	noLeaks(t)
	seen := source(`{}`)
	fetch := js.Global().Get("Function").New("seen", `return async (url, options) => {
		seen.has = 'body' in options;
		seen.body = options.body;
		return new Response(null);
	}`).Invoke(seen)
	body := []byte("body")
	if _, err := NewFetcher(fetch).Fetch(soon(t), &ssocore.Request{Method: "POST", URL: "https://portal.invalid/", Body: body}); err != nil {
		t.Fatal(err)
	}
	body[0] = 'X'
	if got := seen.Get("body").Index(0).Int(); got != 'b' {
		t.Errorf("first byte %d", got)
	}
	res, err := NewFetcher(fetch).Fetch(soon(t), get("https://portal.invalid/"))
	if err != nil || len(res.Body) != 0 || seen.Get("has").Bool() {
		t.Errorf("request without a body: %v %v", res, err)
	}
}

func TestUnusableAnswersOfAnInjectedFetch(t *testing.T) {
	for name, c := range map[string]struct{ fetch, want string }{
		"throws":            {`() => { throw new TypeError('thrown') }`, "TypeError: thrown"},
		"throws a string":   {`() => { throw 'thrown' }`, "thrown"},
		"rejects":           {`async () => { throw new TypeError('rejected', {cause: new Error('deeper')}) }`, "TypeError: rejected: deeper"},
		"rejects undefined": {`() => Promise.reject()`, "undefined"},
		"no function":       {`42`, "TypeError"},
		"no promise":        {`() => undefined`, "did not answer with a response"},
		"no response":       {`async () => ({status: 200})`, "did not answer with a response"},
		"error response":    {`async () => Response.error()`, `type "error"`},
		"status 302":        {`async () => new Response('x', {status: 302, headers: {Location: 'https://elsewhere.invalid/'}})`, "redirect refused"},
		"followed":          {`async () => Object.defineProperty(new Response('x'), 'redirected', {value: true})`, "redirect refused"},
		"opaque redirect":   {`async () => Object.defineProperty(new Response('x'), 'type', {value: 'opaqueredirect'})`, "redirect refused"},
		"locked body":       {`async () => { const r = new Response('x'); r.body.getReader(); return r; }`, "TypeError"},
		"body of strings":   {`async () => new Response(new ReadableStream({start(c) { c.enqueue('text'); }}))`, "no stream of bytes"},
		"failing body":      {`async () => new Response(new ReadableStream({pull() { throw new Error('broken'); }}))`, "broken"},
		"uncancellable": {`async () => new Response(new ReadableStream({
			start(c) { c.enqueue(new Uint8Array(2 << 20)); }, cancel() { throw new Error('no'); }}))`, ssocore.ErrBodyTooLarge.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			_, err := NewFetcher(source(c.fetch)).Fetch(soon(t), get("https://portal.invalid/x"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if !strings.HasPrefix(err.Error(), "GET portal.invalid/x: ") {
				t.Errorf("error does not say where: %v", err)
			}
		})
	}
}

// A fetch that knows nothing of signals must neither hold its caller nor leave
// callbacks behind once it does answer.
func TestFetchThatIgnoresTheSignal(t *testing.T) {
	for name, fetch := range map[string]string{
		"before the headers": `(answer) => () => answer`,
		"in mid-body":        `() => async () => new Response(new ReadableStream({start(c) { c.enqueue(new Uint8Array(3)); }}))`,
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			release := make(chan struct{})
			answer := webext.Promise(func() (any, error) {
				<-release
				return js.Global().Get("Response").New("late"), nil
			})
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			start := time.Now()
			_, err := NewFetcher(source(fetch).Invoke(answer)).Fetch(ctx, get("https://portal.invalid/"))
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			close(release)
		})
	}
}
