//go:build js && wasm

package bridge

import (
	"context"
	"syscall/js"
	"time"

	"portico/bridge/webext"
	"portico/internal/wrap"
	"portico/ssocore"
)

// abortGrace is how long an aborted fetch may take to reject. A browser's
// rejects at once; an injected one may not know about signals, and is then
// left to end by itself.
const abortGrace = 250 * time.Millisecond

// Fetcher is an [ssocore.Fetcher] over a JavaScript function with the
// signature of fetch. It holds no state and is safe for concurrent use.
type Fetcher struct{ fetch js.Value }

var _ ssocore.Fetcher = (*Fetcher)(nil)

// NewFetcher returns a Fetcher that calls fetch; js.Undefined() stands for the
// global one. fetch must answer with Response objects of this realm.
func NewFetcher(fetch js.Value) *Fetcher {
	if fetch.IsUndefined() {
		fetch = js.Global().Get("fetch")
	}
	return &Fetcher{fetch: fetch}
}

// Fetch sends req as the contract of [ssocore.Fetcher] says. Errors name the
// method, the host and the path, and never the query, a header or a body,
// which may hold tokens or account data; what fetch itself said is a
// *webext.Error. If ctx ended, the error is both its Err and its Cause.
func (f *Fetcher) Fetch(ctx context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	place, err := placeOf(req.URL)
	if err != nil {
		return nil, wrap.Doing(req.Method+" request", err)
	}
	res, err := f.await(ctx, req)
	if err != nil {
		return nil, wrap.Doing(req.Method+" "+place, withoutSecrets(err, req))
	}
	return res, nil
}

// await runs the exchange and, once ctx has ended, waits only a moment longer
// for it to notice. The exchange then ends in its own time, so that nothing it
// made is left behind.
func (f *Fetcher) await(ctx context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	if ctx.Err() != nil {
		return nil, webext.Cause(ctx)
	}
	type outcome struct {
		res *ssocore.Response
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		res, err := f.exchange(ctx, req)
		done <- outcome{res, err}
	}()
	var o outcome
	select {
	case o = <-done:
		return o.res, o.err
	case <-ctx.Done():
	}
	select {
	case o = <-done:
		return o.res, o.err
	case <-time.After(abortGrace):
		return nil, webext.Cause(ctx)
	}
}

// exchange sends req and reads the whole answer. Every wait in it ends by the
// abort, not by ctx, so that the promises have settled when it returns.
func (f *Fetcher) exchange(ctx context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	controller := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { controller.Call("abort") })
	defer stop()

	options, err := optionsOf(req)
	if err != nil {
		return nil, err
	}
	options.Set("signal", controller.Get("signal"))
	promise, err := webext.Invoke(f.fetch, req.URL, options)
	if err != nil {
		return nil, err
	}
	answer, err := webext.Await(context.Background(), promise)
	if err != nil {
		return nil, endOr(ctx, err)
	}
	if err := check(answer); err != nil {
		discard(answer)
		return nil, err
	}
	body, err := readBody(ctx, answer.Get("body"), req.MaxBody)
	if err != nil {
		return nil, endOr(ctx, err)
	}
	return &ssocore.Response{
		Status: answer.Get("status").Int(),
		Header: headerOf(answer.Get("headers")),
		Body:   body,
	}, nil
}

// endOr returns why ctx ended, for then err only tells of the abort, or err.
func endOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return webext.Cause(ctx)
	}
	return err
}
