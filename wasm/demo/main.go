//go:build js && wasm

// The program of the built-in demo organisation: internal/portaltest, served
// inside the extension's worker. extension/demo/worker.js loads it when the demo
// portal is used and never else; the rest of Portico takes it for any portal.
package main

import (
	"syscall/js"
	"time"

	"github.com/syumai/workers"

	"portico/internal/portaltest"
)

func main() {
	shell := js.Global().Get("portico") // what background.js shares with us
	portal := portaltest.New(portaltest.Config{
		Demo:     true,
		Accounts: 60,
		Roles:    3,
		Seed:     1,
		Interval: time.Second,
		StartURL: shell.Get("demo").String(),
		// What was decided before the worker was stopped.
		State: []byte(shell.Get("demoState").String()),
	})
	// For the worker's whole life, so never released.
	shell.Set("readDemoState", js.FuncOf(func(js.Value, []js.Value) any { return string(portal.State()) }))
	workers.ServeNonBlock(portal)
	workers.Ready()
	select {}
}
