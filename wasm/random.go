//go:build js && wasm

package main

import (
	"syscall/js"

	"portico/bridge/webext"
)

// random reads what nobody can predict from the browser: package crypto/rand would be
// 100 KB of program.
type random struct{}

func (random) Read(b []byte) (int, error) {
	array := js.Global().Get("Uint8Array").New(len(b))
	if _, err := webext.Call(js.Global().Get("crypto"), "getRandomValues", array); err != nil {
		return 0, err
	}
	return js.CopyBytesToGo(b, array), nil
}
