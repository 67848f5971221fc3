//go:build js && wasm

package webext

import (
	"context"
	"strings"
	"syscall/js"
)

// API is the extension APIs of one browser.
type API struct{ root js.Value }

// New returns the APIs found in root, the browser's `chrome` object or one
// that has its shape. Namespaces are looked up at each call, because they
// appear when their permission is granted.
func New(root js.Value) API { return API{root: root} }

// call calls method of the namespace at path ("storage.local") and waits for
// what it promises. Errors name path and method, never the arguments.
func (a API) call(ctx context.Context, path, method string, args ...any) (js.Value, error) {
	what := path + "." + method
	namespace := a.lookup(path)
	if !isObject(namespace) || namespace.Get(method).Type() != js.TypeFunction {
		return js.Undefined(), doing(what, ErrUnavailable)
	}
	promise, err := Call(namespace, method, args...)
	if err != nil {
		return js.Undefined(), doing(what, err)
	}
	value, err := Await(ctx, promise)
	return value, doing(what, err)
}

// lookup follows path from the root; undefined if any part is missing.
func (a API) lookup(path string) js.Value {
	value := a.root
	for name := range strings.SplitSeq(path, ".") {
		if !isObject(value) {
			return js.Undefined()
		}
		value = value.Get(name)
	}
	return value
}
