//go:build js && wasm

package webext

import "context"

// OpenPopup opens the popup in the window that the person uses, and needs no
// gesture. That it is open already is no error.
func (a API) OpenPopup(ctx context.Context) error {
	_, err := a.call(ctx, "action.openPopup")
	if err == nil {
		return nil
	}
	open, lookErr := a.call(ctx, "runtime.getContexts", map[string]any{"contextTypes": []any{"POPUP"}})
	if lookErr == nil && isObject(open) && open.Length() > 0 {
		return nil
	}
	return err
}

// SetBadge writes a mark of at most four letters on the toolbar button and says
// what it means to whoever points at it; both empty take it off.
func (a API) SetBadge(ctx context.Context, text, title string) error {
	if _, err := a.call(ctx, "action.setBadgeText", map[string]any{"text": text}); err != nil {
		return err
	}
	_, err := a.call(ctx, "action.setTitle", map[string]any{"title": title})
	return err
}

// OnToolbar reports whether the toolbar button shows, and is not only in the
// menu of all extensions.
func (a API) OnToolbar(ctx context.Context) (bool, error) {
	settings, err := a.call(ctx, "action.getUserSettings")
	return err == nil && isObject(settings) && settings.Get("isOnToolbar").Truthy(), err
}
