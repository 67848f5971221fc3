//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"syscall/js"
	"testing"

	"portico/internal/wrap"
)

func TestAwait(t *testing.T) {
	for name, c := range map[string]struct {
		promise string
		want    string // value or error
		fails   bool
	}{
		"resolved":             {`Promise.resolve('yes')`, "yes", false},
		"resolved later":       {`new Promise(resolve => setTimeout(resolve, 5, 'later'))`, "later", false},
		"no promise":           {`'plain'`, "plain", false},
		"thenable":             {`({then(resolve) { resolve('then') }})`, "then", false},
		"undefined":            {`undefined`, "<undefined>", false},
		"rejected":             {`Promise.reject(new TypeError('no'))`, "TypeError: no", true},
		"rejected plain error": {`Promise.reject(new Error('quota exceeded'))`, "quota exceeded", true},
		"rejected with cause":  {`Promise.reject(new TypeError('failed', {cause: new Error('deep')}))`, "TypeError: failed: deep", true},
		"rejected DOM error":   {`Promise.reject(new DOMException('gone', 'AbortError'))`, "AbortError: gone", true},
		"rejected string":      {`Promise.reject('no')`, "no", true},
		"rejected nothing":     {`Promise.reject()`, "<undefined>", true},
		"rejected object":      {`Promise.reject({})`, "<object>", true},
		"throwing thenable":    {`({then() { throw new Error('thrown') }})`, "thrown", true},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			value, err := Await(soon(t), source(c.promise))
			if !c.fails {
				if err != nil || value.String() != c.want {
					t.Errorf("got %v %v, want %q", value, err, c.want)
				}
				return
			}
			var thrown *Error
			if !errors.As(err, &thrown) || err.Error() != c.want {
				t.Errorf("got %T %v, want %q", err, err, c.want)
			}
		})
	}
}

// The callbacks outlive a cancelled Await until the promise settles: released
// earlier, JavaScript would call what is no more.
func TestAwaitCancelledReleasesWhenThePromiseSettles(t *testing.T) {
	for _, settle := range []string{"resolve", "reject"} {
		t.Run(settle, func(t *testing.T) {
			noLeaks(t)
			before := Live()
			deferred := source(`(() => { const d = {}; d.promise = new Promise((a, b) => { d.resolve = a; d.reject = b; }); return d; })()`)
			ctx, cancel := context.WithCancelCause(t.Context())
			cause := errors.New("popup closed")
			cancel(cause)
			_, err := Await(ctx, deferred.Get("promise"))
			if !errors.Is(err, context.Canceled) || !errors.Is(err, cause) {
				t.Errorf("got %v, want Canceled and its cause", err)
			}
			if got := Live(); got != before+2 {
				t.Errorf("%d callbacks wait, want 2", got-before)
			}
			deferred.Call(settle, "late")
			if _, err := Await(soon(t), source(`new Promise(resolve => setTimeout(resolve, 1))`)); err != nil {
				t.Fatal(err)
			}
			if got := Live(); got != before {
				t.Errorf("%d callbacks left after the promise settled", got-before)
			}
		})
	}
}

func TestReleaseCountsOnce(t *testing.T) {
	noLeaks(t)
	before := Live()
	function, release := Callback(func(args []js.Value) any { return args[0].Int() + 1 })
	if Live() != before+1 {
		t.Error("not counted")
	}
	if got := function.Invoke(1).Int(); got != 2 {
		t.Errorf("returned %d", got)
	}
	release()
	release()
	if Live() != before {
		t.Error("counted otherwise than once")
	}
}

func TestPromiseTellsWhatTheWorkReturned(t *testing.T) {
	noLeaks(t)
	describe := source(`p => p.then(v => 'value ' + JSON.stringify(v), e => (e instanceof Error) + ' ' + e.name + ' ' + e.message)`)
	for name, c := range map[string]struct {
		work func() (any, error)
		want string
	}{
		"value":     {func() (any, error) { return map[string]any{"ok": true}, nil }, `value {"ok":true}`},
		"nil":       {func() (any, error) { return nil, nil }, "value null"},
		"waits":     {func() (any, error) { return Await(context.Background(), source(`Promise.resolve(3)`)) }, "value 3"},
		"error":     {func() (any, error) { return nil, errors.New("no portal") }, "true Error no portal"},
		"JS error":  {func() (any, error) { return nil, &Error{Name: "TypeError", Message: "no"} }, "true TypeError no"},
		"wrapped":   {func() (any, error) { return nil, wrap.Doing("a.b", &Error{Name: "TypeError", Message: "no"}) }, "true Error a.b: TypeError: no"},
		"no JS way": {func() (any, error) { return struct{}{}, nil }, "true TypeError ValueOf: invalid value"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Await(soon(t), describe.Invoke(Promise(c.work)))
			if err != nil || got.String() != c.want {
				t.Errorf("got %v %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestCallsNeverPanic(t *testing.T) {
	noLeaks(t)
	object := source(`({boom() { throw new RangeError('boom') }, add: (a, b) => a + b, field: 1})`)
	if sum, err := Call(object, "add", 1, 2); err != nil || sum.Int() != 3 {
		t.Errorf("add: %v %v", sum, err)
	}
	for name, call := range map[string]func() (js.Value, error){
		"throws":            func() (js.Value, error) { return Call(object, "boom") },
		"missing method":    func() (js.Value, error) { return Call(object, "missing") },
		"not a function":    func() (js.Value, error) { return Call(object, "field") },
		"undefined":         func() (js.Value, error) { return Call(js.Undefined(), "x") },
		"bad argument":      func() (js.Value, error) { return Call(object, "add", struct{}{}) },
		"invoke throws":     func() (js.Value, error) { return Invoke(object.Get("boom")) },
		"invoke a number":   func() (js.Value, error) { return Invoke(js.ValueOf(1)) },
		"invoke a null":     func() (js.Value, error) { return Invoke(js.Null()) },
		"invoke bad values": func() (js.Value, error) { return Invoke(object.Get("add"), []string{"x"}) },
	} {
		var thrown *Error
		if _, err := call(); !errors.As(err, &thrown) || thrown.Message == "" {
			t.Errorf("%s: got %v, want an *Error", name, err)
		}
	}
}

func TestCause(t *testing.T) {
	if err := Cause(t.Context()); err != nil {
		t.Errorf("of a lasting context: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Cause(ctx); err != context.Canceled {
		t.Errorf("without a cause: %v", err)
	}
	reason := errors.New("signed out")
	ctx, cancelCause := context.WithCancelCause(t.Context())
	cancelCause(reason)
	if err := Cause(ctx); !errors.Is(err, reason) || !errors.Is(err, context.Canceled) || err.Error() != "context canceled: signed out" {
		t.Errorf("with a cause: %v", err)
	}
}

// Without a context a promise is waited for as long as it takes.
func TestAwaitWithoutAContext(t *testing.T) {
	noLeaks(t)
	var never context.Context
	value, err := Await(never, source(`new Promise((done) => setTimeout(done, 5, 'late'))`))
	if err != nil || value.String() != "late" {
		t.Errorf("got %v, %v", value, err)
	}
}
