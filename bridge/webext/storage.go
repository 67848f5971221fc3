//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"slices"
	"strings"
	"syscall/js"

	"portico/internal/wrap"
)

// Area is one storage area. All values are strings: what they encode is the
// caller's. A string that is not valid UTF-8 does not survive.
type Area struct {
	api  API
	path string
}

// Local returns storage.local: on disk, until the extension is removed.
func (a API) Local() Area { return Area{api: a, path: "storage.local"} }

// Session returns storage.session: in memory, until the browser ends.
func (a API) Session() Area { return Area{api: a, path: "storage.session"} }

// Get returns the values of keys; one that is not stored is absent. The error for
// values that are no strings is a [*NoTextError], and the others come with it.
func (s Area) Get(ctx context.Context, keys ...string) (map[string]string, error) {
	stored, err := s.api.call(ctx, s.path+".get", list(keys))
	if err != nil {
		return nil, err
	}
	if !isObject(stored) {
		return nil, wrap.Doing(s.path+".get", errors.New("answer is no object"))
	}
	values, odd := make(map[string]string, len(keys)), make(map[string]string)
	for _, key := range keys {
		if !hasOwn(stored, key) {
			continue
		}
		value := stored.Get(key)
		if value.Type() != js.TypeString {
			odd[key] = jsonOf(value)
			continue
		}
		values[key] = value.String()
	}
	if len(odd) > 0 {
		return values, wrap.Doing(s.path+".get", &NoTextError{odd})
	}
	return values, nil
}

// NoTextError reports stored values that are no strings.
type NoTextError struct{ values map[string]string }

func (e *NoTextError) Error() string {
	keys := make([]string, 0, len(e.values))
	for key := range e.values {
		at, _ := slices.BinarySearch(keys, key)
		keys = slices.Insert(keys, at, key)
	}
	return "no strings: " + strings.Join(keys, ", ")
}

// NoText gives the values as JSON, by key.
func (e *NoTextError) NoText() map[string]string { return e.values }

// jsonOf gives a value as JSON: storage holds nothing else.
func jsonOf(v js.Value) string {
	text, err := Call(js.Global().Get("JSON"), "stringify", v)
	if err != nil || text.Type() != js.TypeString {
		return ""
	}
	return text.String()
}

// Set stores all values or, on an error such as a full area, none of them.
func (s Area) Set(ctx context.Context, values map[string]string) error {
	_, err := s.api.call(ctx, s.path+".set", Object(values))
	return err
}

// Remove deletes keys; those that are not stored are no error.
func (s Area) Remove(ctx context.Context, keys ...string) error {
	_, err := s.api.call(ctx, s.path+".remove", list(keys))
	return err
}

func hasOwn(object js.Value, key string) bool {
	return js.Global().Get("Object").Call("hasOwn", object, key).Bool()
}
