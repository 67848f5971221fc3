//go:build js && wasm

package webext

import "context"

// CreateAlarm sets the alarm called name, replacing one of the same name. It
// fires after delayMinutes and then every periodMinutes; a zero of either is
// left out, and both zero is an error of the browser's. Browsers stretch what
// is below half a minute.
func (a API) CreateAlarm(ctx context.Context, name string, delayMinutes, periodMinutes float64) error {
	info := make(map[string]any)
	if delayMinutes > 0 {
		info["delayInMinutes"] = delayMinutes
	}
	if periodMinutes > 0 {
		info["periodInMinutes"] = periodMinutes
	}
	_, err := a.call(ctx, "alarms.create", name, info)
	return err
}

// ClearAlarm removes the alarm called name; that there is none is no error.
func (a API) ClearAlarm(ctx context.Context, name string) error {
	_, err := a.call(ctx, "alarms.clear", name)
	return err
}
