//go:build js && wasm

package webext

import "context"

// OpenTab opens url in a new tab and shows it. In a popup this ends the popup.
// That url is one of ours to open is for the caller to have decided.
func (a API) OpenTab(ctx context.Context, url string) error {
	_, err := a.call(ctx, "tabs.create", map[string]any{"url": url, "active": true})
	return err
}

// CloseTab closes a tab.
func (a API) CloseTab(ctx context.Context, id int64) error {
	_, err := a.call(ctx, "tabs.remove", id)
	return err
}
