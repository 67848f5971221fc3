//go:build js && wasm

package webext

import "syscall/js"

// Call calls v's method. What JavaScript throws, and a method or receiver that
// does not exist, is an *Error, never a panic.
func Call(v js.Value, method string, args ...any) (result js.Value, err error) {
	defer recoverThrown(&err)
	return v.Call(method, args...), nil
}

// Invoke calls the function v with no receiver; errors are those of [Call].
func Invoke(v js.Value, args ...any) (result js.Value, err error) {
	defer recoverThrown(&err)
	return v.Invoke(args...), nil
}

// recoverThrown turns the panics that syscall/js documents for calls into an
// error. Any other panic goes on.
func recoverThrown(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case js.Error:
		*err = errorOf(thrown.Value)
	case *js.ValueError:
		*err = &Error{Name: "TypeError", Message: thrown.Error()}
	case string: // "property ... is not a function", "ValueOf: invalid value"
		*err = &Error{Name: "TypeError", Message: thrown}
	default:
		panic(thrown)
	}
}
