//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"syscall/js"
)

// OpenTab opens url in a new tab, shows it and gives its ID. In a popup this ends the
// popup. That url is one of ours to open is for the caller to have decided.
func (a API) OpenTab(ctx context.Context, url string) (id int64, err error) {
	tab, err := a.call(ctx, "tabs.create", map[string]any{"url": url, "active": true})
	if err != nil || !isObject(tab) || tab.Get("id").Type() != js.TypeNumber {
		return 0, err
	}
	return int64(tab.Get("id").Float()), nil
}

// Tab tells whether a tab is open, and the address that it shows or is about to; empty
// where we may not know that: it takes access to the host, or that the person has opened
// the popup on the tab.
func (a API) Tab(ctx context.Context, id int64) (url string, open bool, err error) {
	tab, err := a.call(ctx, "tabs.get", id)
	if refused := (*Error)(nil); errors.As(err, &refused) {
		return "", false, nil // which is how browsers say that there is none
	}
	if err != nil || !isObject(tab) {
		return "", false, err
	}
	if url = text(tab, "pendingUrl"); url == "" {
		url = text(tab, "url")
	}
	return url, true, nil
}

// CloseTab closes a tab.
func (a API) CloseTab(ctx context.Context, id int64) error {
	_, err := a.call(ctx, "tabs.remove", id)
	return err
}
