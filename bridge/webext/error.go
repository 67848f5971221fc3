//go:build js && wasm

package webext

import (
	"context"
	"syscall/js"

	"portico/internal/wrap"
)

// Error is what JavaScript threw or rejected a promise with. It carries no
// stack: stacks hold paths and arguments that belong in no log.
type Error struct {
	Name    string // "TypeError", "AbortError", ...; empty if no Error object was thrown
	Message string // with the message of the error's cause, if it has one
}

func (e *Error) Error() string {
	switch {
	case e.Name == "" || e.Name == "Error":
		return e.Message
	case e.Message == "":
		return e.Name
	}
	return e.Name + ": " + e.Message
}

// errorOf turns a thrown or rejected value into an *Error.
func errorOf(thrown js.Value) *Error {
	if !isObject(thrown) {
		return &Error{Message: thrown.String()}
	}
	e := &Error{Name: text(thrown, "name"), Message: text(thrown, "message")}
	if cause := thrown.Get("cause"); isObject(cause) {
		if message := text(cause, "message"); message != "" {
			e.Message += ": " + message
		}
	}
	if e.Name == "" && e.Message == "" {
		e.Message = thrown.String()
	}
	return e
}

// toJS is the way back: an Error object for a JavaScript caller. Only an
// *Error that nobody wrapped keeps its name; otherwise it is in the message.
func toJS(err error) js.Value {
	thrown := js.Global().Get("Error").New(err.Error())
	if e, ok := err.(*Error); ok && e.Name != "" {
		thrown.Set("name", e.Name)
		thrown.Set("message", e.Message)
	}
	return thrown
}

// Cause returns why ctx ended: one error that is both ctx.Err() and
// context.Cause(ctx) to errors.Is. It is nil while ctx lasts.
func Cause(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if err == nil || cause == err {
		return err
	}
	return wrap.Both(err, ": ", cause)
}
