//go:build js && wasm

package webext

import (
	"context"
	"syscall/js"

	"portico/internal/wrap"
)

// API is the extension APIs of one browser.
type API struct{ table js.Value }

// New returns the APIs of a table of functions by name, such as "alarms.create":
// extension/apis.js. What it lacks is an error of the call.
func New(table js.Value) API { return API{table} }

// call calls the API of a name and waits for what it promises. Errors say the
// name, never the arguments.
func (a API) call(ctx context.Context, name string, args ...any) (js.Value, error) {
	value, err := Call(a.table, name, args...)
	if err == nil {
		value, err = Await(ctx, value)
	}
	return value, wrap.Doing(name, err)
}
