//go:build js && wasm

package webext

import "syscall/js"

// Fields returns v's own properties that are strings; others are left out, and
// what is no object has none.
func Fields(v js.Value) map[string]string {
	fields := make(map[string]string)
	for _, key := range keys(v) {
		if value := v.Get(key); value.Type() == js.TypeString {
			fields[key] = value.String()
		}
	}
	return fields
}

// Object makes a flat JavaScript object. It has no prototype, so that every
// key, "__proto__" too, is a property like any other.
func Object(fields map[string]string) js.Value {
	object := js.Global().Get("Object").Call("create", nil)
	for key, value := range fields {
		object.Set(key, value)
	}
	return object
}

// keys returns the names of v's own enumerable properties.
func keys(v js.Value) []string {
	if !isObject(v) {
		return nil
	}
	return stringsOf(js.Global().Get("Object").Call("keys", v))
}

// stringsOf copies a JavaScript array of strings.
func stringsOf(array js.Value) []string {
	out := make([]string, array.Length())
	for i := range out {
		out[i] = array.Index(i).String()
	}
	return out
}

// list is values as js.ValueOf takes them.
func list(values []string) []any {
	out := make([]any, len(values))
	for i, value := range values {
		out[i] = value
	}
	return out
}

// text returns the string property name of the object v, or "".
func text(v js.Value, name string) string {
	if value := v.Get(name); value.Type() == js.TypeString {
		return value.String()
	}
	return ""
}

func isObject(v js.Value) bool {
	return v.Type() == js.TypeObject || v.Type() == js.TypeFunction
}
