//go:build js && wasm

package webext

import "context"

// RequestPermissions asks the person for permissions and origins (match
// patterns) and reports whether all are granted now. It must be reached from
// a click, without waiting before it. The prompt closes the popup, so the
// answer may find nobody: act on permissions.onAdded instead.
func (a API) RequestPermissions(ctx context.Context, permissions, origins []string) (bool, error) {
	return a.askPermissions(ctx, "permissions.request", permissions, origins)
}

// HasPermissions reports whether all permissions and origins are granted.
func (a API) HasPermissions(ctx context.Context, permissions, origins []string) (bool, error) {
	return a.askPermissions(ctx, "permissions.contains", permissions, origins)
}

// RemovePermissions gives permissions and origins back. What the manifest
// requires can't be given back; that is an error.
func (a API) RemovePermissions(ctx context.Context, permissions, origins []string) error {
	_, err := a.askPermissions(ctx, "permissions.remove", permissions, origins)
	return err
}

func (a API) askPermissions(ctx context.Context, name string, permissions, origins []string) (bool, error) {
	granted, err := a.call(ctx, name, map[string]any{
		"permissions": list(permissions),
		"origins":     list(origins),
	})
	return err == nil && granted.Truthy(), err
}
