// Package wrap says of errors what was being done. It does what fmt.Errorf does with
// "%s: %w", in programs that do without package fmt: it and what it leads to would be
// a tenth of what a browser reads before the worker answers.
package wrap

// Doing returns an error that says what err came from and wraps it; nil for nil.
func Doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return &doing{what, err}
}

type doing struct {
	what string
	err  error
}

func (e *doing) Error() string { return e.what + ": " + e.err.Error() }
func (e *doing) Unwrap() error { return e.err }

// Both returns an error that is two, to errors.Is and errors.As: what they say stands
// beside each other with some words between.
func Both(first error, between string, second error) error {
	return &both{text: first.Error() + between + second.Error(), errs: []error{first, second}}
}

type both struct {
	text string
	errs []error
}

func (e *both) Error() string   { return e.text }
func (e *both) Unwrap() []error { return e.errs }
