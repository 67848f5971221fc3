//go:build js && wasm

package webext

import (
	"context"
	"strings"
	"syscall/js"
)

// SendMessage sends message to the extension's other contexts and returns
// their answer. Its values are what js.ValueOf takes.
func (a API) SendMessage(ctx context.Context, message map[string]any) (js.Value, error) {
	return a.call(ctx, "runtime.sendMessage", message)
}

// Manifest returns the extension's manifest; undefined outside an extension.
func (a API) Manifest() js.Value {
	manifest, err := Call(a.table, "runtime.getManifest")
	if err != nil {
		return js.Undefined()
	}
	return manifest
}

// Host returns the host of the extension's own pages, which is its ID in Chromium
// and not in Firefox; empty outside an extension.
func (a API) Host() string {
	url, err := Call(a.table, "runtime.getURL", "")
	if err != nil || url.Type() != js.TypeString {
		return ""
	}
	_, host, _ := strings.Cut(url.String(), "://")
	return strings.TrimSuffix(host, "/")
}
