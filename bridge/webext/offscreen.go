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
	return a.onClipboard(ctx, reason, map[string]any{"to": "clipboard", "do": "write", "text": text})
}

// ClearClipboard empties the clipboard if it holds the text of a seal, else leaves it
// alone. It takes the permission clipboardRead, too. What is read never comes here.
func (a API) ClearClipboard(ctx context.Context, seal, reason string) error {
	return a.onClipboard(ctx, reason, map[string]any{"to": "clipboard", "do": "clear", "seal": seal})
}

func (a API) onClipboard(ctx context.Context, reason string, message map[string]any) error {
	// There can be one such page. If there is one already it will do.
	_, made := a.call(ctx, "offscreen.createDocument", map[string]any{
		"url": clipboardPage, "reasons": []any{"CLIPBOARD"}, "justification": reason})
	done, err := a.SendMessage(ctx, message)
	if made == nil {
		_, _ = a.call(ctx, "offscreen.closeDocument")
	}
	switch {
	case err != nil:
		return errors.Join(made, err)
	case !done.Truthy():
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
