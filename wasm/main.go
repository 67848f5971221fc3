//go:build js && wasm

// The program of the service worker: it joins the backend to the browser. It is
// started by background.js for the first event that needs it and stays until the
// worker is stopped.
package main

import (
	"context"
	"syscall/js"

	"portico/bridge"
	"portico/bridge/webext"
	"portico/internal/backend"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/ssocore"
)

func main() {
	ctx := context.Background()
	shell := js.Global().Get("portico") // what background.js shares with us
	api := webext.New(shell.Get("apis"))
	b := backend.New(ctx, backend.Ports{
		Local:     api.Local(),
		Session:   api.Session(),
		Browser:   browser{api, shell},
		Bookmarks: bookmarkTree{api},
		Fetcher:   bridge.NewFetcher(shell.Get("fetch")),
		Clock:     ssocore.SystemClock{},
		Random:    random{},
		Redirect:  shell.Get("redirect").String(),
		Loopback:  allowsLoopback(api),
		Demo:      shell.Get("demo").String(),
	})

	export := func(name string, work func(args []js.Value) func() (any, error)) {
		// For the worker's whole life, so never released. Arguments are read
		// before the call returns; the work may wait.
		fn, _ := webext.Callback(func(args []js.Value) any { return webext.Promise(work(args)) })
		shell.Set(name, fn)
	}
	export("handle", func(args []js.Value) func() (any, error) {
		kind, fields := message.Type(args[0].String()), message.Fields(webext.Fields(args[1]))
		return func() (any, error) {
			return envelope(b.Handle(ctx, kind, fields)), nil
		}
	})
	export("alarm", func([]js.Value) func() (any, error) {
		return func() (any, error) { b.Alarm(ctx); return nil, nil }
	})
	export("started", func([]js.Value) func() (any, error) {
		return func() (any, error) { b.Started(ctx); return nil, nil }
	})
	export("idle", func([]js.Value) func() (any, error) {
		return func() (any, error) { b.Idle(ctx); return nil, nil }
	})
	export("granted", func([]js.Value) func() (any, error) {
		return func() (any, error) { b.Granted(ctx); return nil, nil }
	})
	shell.Call("ready")
	select {}
}

// browser is what the backend asks of its browser.
type browser struct {
	webext.API
	shell js.Value
}

// Seal has extension/seal.js do it: to hash here would take 40 KB more of program.
func (b browser) Seal(ctx context.Context, text string) (string, error) {
	promise, err := webext.Call(b.shell, "seal", text)
	if err != nil {
		return "", err
	}
	seal, err := webext.Await(ctx, promise)
	if err != nil {
		return "", err
	}
	return seal.String(), nil
}

// Policy has extension/policy.js read it.
func (b browser) Policy(ctx context.Context) (map[string]string, error) {
	promise, err := webext.Call(b.shell, "policy")
	if err != nil {
		return nil, err
	}
	policy, err := webext.Await(ctx, promise)
	if err != nil {
		return nil, err
	}
	return webext.Fields(policy), nil
}

// CatchRedirect has pages lead back to extension/callback.
func (b browser) CatchRedirect(ctx context.Context, id int, address string) error {
	return b.API.CatchRedirect(ctx, id, address, "callback/callback.html")
}

// envelope is the form of every answer.
func envelope(data message.Fields, failure *message.Error) map[string]any {
	if failure != nil {
		return map[string]any{"ok": false, "error": webext.Object(failure.Fields())}
	}
	return map[string]any{"ok": true, "data": webext.Object(data)}
}

// allowsLoopback tells whether this is a development build: the manifest is the
// only thing in which it differs.
func allowsLoopback(api webext.API) bool {
	hosts := api.Manifest().Get("host_permissions")
	return hosts.Type() == js.TypeObject && hosts.Call("includes", portal.Pattern(portal.LoopbackOrigins()[0])).Bool()
}
