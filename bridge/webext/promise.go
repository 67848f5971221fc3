//go:build js && wasm

package webext

import (
	"context"
	"syscall/js"
)

// Await waits until promise settles or ctx ends. A value that is no promise is
// returned as it is. A rejection is an *Error; the end of ctx is [Cause]. A ctx that is
// nil never ends: in a program that has no other, that spares all by which package
// context writes times, 15 KB compressed.
//
// Both callbacks release both, whichever is called: if ctx ends first they
// stay until the promise settles, because a released function must not be
// called.
func Await(ctx context.Context, promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	settled := make(chan outcome, 1)
	var releaseThen, releaseCatch func()
	settle := func(value js.Value, err error) any {
		releaseThen()
		releaseCatch()
		settled <- outcome{value, err}
		return nil
	}
	then, releaseThen := Callback(func(args []js.Value) any { return settle(first(args), nil) })
	catch, releaseCatch := Callback(func(args []js.Value) any { return settle(js.Undefined(), errorOf(first(args))) })

	resolved := js.Global().Get("Promise").Call("resolve", promise)
	if _, err := Call(resolved, "then", then, catch); err != nil {
		releaseThen()
		releaseCatch()
		return js.Undefined(), err
	}
	var over <-chan struct{}
	if ctx != nil {
		over = ctx.Done()
	}
	select {
	case o := <-settled:
		return o.value, o.err
	case <-over:
		return js.Undefined(), Cause(ctx)
	}
}

// Promise makes a JavaScript promise of what work returns: resolved with its
// value (anything js.ValueOf takes) or rejected with an Error object. work
// runs in a goroutine of its own, so it may wait.
func Promise(work func() (any, error)) js.Value {
	var resolve, reject js.Value
	executor, release := Callback(func(args []js.Value) any {
		resolve, reject = args[0], args[1]
		return nil
	})
	defer release() // the constructor calls the executor before it returns
	promise := js.Global().Get("Promise").New(executor)
	go func() {
		value, err := work()
		if err == nil {
			_, err = Invoke(resolve, value)
		}
		if err != nil {
			reject.Invoke(toJS(err))
		}
	}()
	return promise
}

func first(args []js.Value) js.Value {
	if len(args) == 0 {
		return js.Undefined()
	}
	return args[0]
}
