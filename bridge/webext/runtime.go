//go:build js && wasm

package webext

import (
	"context"
	"syscall/js"
)

// SendMessage sends message to the extension's other contexts and returns
// their answer. Its values are what js.ValueOf takes.
func (a API) SendMessage(ctx context.Context, message map[string]any) (js.Value, error) {
	return a.call(ctx, "runtime", "sendMessage", message)
}

// Manifest returns the extension's manifest; undefined outside an extension.
func (a API) Manifest() js.Value {
	manifest, err := Call(a.lookup("runtime"), "getManifest")
	if err != nil {
		return js.Undefined()
	}
	return manifest
}

// ID returns the extension's ID; empty outside an extension.
func (a API) ID() string {
	runtime := a.lookup("runtime")
	if !isObject(runtime) {
		return ""
	}
	return text(runtime, "id")
}
