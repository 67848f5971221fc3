//go:build js && wasm

package webext

import (
	"context"
	"errors"
)

const clipboardPage = "offscreen/copy.html"

// WriteClipboard writes text to the clipboard by a page that nobody sees, which takes
// the permissions offscreen and clipboardWrite, and a reason for the browser. Errors
// never hold the text.
func (a API) WriteClipboard(ctx context.Context, text, reason string) error {
	// There can be one such page. If there is one already it will do.
	_, made := a.call(ctx, "offscreen.createDocument", map[string]any{
		"url": clipboardPage, "reasons": []any{"CLIPBOARD"}, "justification": reason})
	written, err := a.SendMessage(ctx, map[string]any{"to": "clipboard", "text": text})
	if made == nil {
		_, _ = a.call(ctx, "offscreen.closeDocument")
	}
	switch {
	case err != nil:
		return errors.Join(made, err)
	case !written.Truthy():
		return errors.New("the browser refused the clipboard")
	}
	return nil
}

// PopupOpen tells whether the popup is open, as such or in a tab.
func (a API) PopupOpen(ctx context.Context) (bool, error) {
	url, err := Call(a.table, "runtime.getURL", "popup/popup.html")
	if err != nil {
		return false, err
	}
	open, err := a.call(ctx, "runtime.getContexts", map[string]any{"contextTypes": []any{"POPUP", "TAB"}, "documentUrls": []any{url}})
	return err == nil && isObject(open) && open.Length() > 0, err
}
