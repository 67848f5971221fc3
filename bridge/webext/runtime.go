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
	_, host, _ := strings.Cut(a.URL(""), "://")
	return strings.TrimSuffix(host, "/")
}

// URL returns the address of one of the extension's own files; empty outside an
// extension.
func (a API) URL(path string) string {
	url, err := Call(a.table, "runtime.getURL", path)
	if err != nil || url.Type() != js.TypeString {
		return ""
	}
	return url.String()
}
