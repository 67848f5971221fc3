//go:build js && wasm

package webext

import (
	"sync/atomic"
	"syscall/js"
)

// live counts the js.Funcs that were made and not yet released.
var live atomic.Int64

// Live returns how many callbacks are not yet released. A js.Func that is
// forgotten stays in memory for ever, so tests compare this number before and
// after.
func Live() int { return int(live.Load()) }

// Callback makes a JavaScript function that calls fn, and the function that
// releases it. Callbacks of this package and of its importers are made here
// alone, which is what makes [Live] true. Releasing twice is harmless; calling
// the JavaScript function after its release is not.
//
// fn runs on the event loop and must not wait: what waits belongs into a
// goroutine or into [Promise].
func Callback(fn func(args []js.Value) any) (function js.Value, release func()) {
	made := js.FuncOf(func(_ js.Value, args []js.Value) any { return fn(args) })
	live.Add(1)
	released := false
	return made.Value, func() {
		if released {
			return
		}
		released = true
		made.Release()
		live.Add(-1)
	}
}
