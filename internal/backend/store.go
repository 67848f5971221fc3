package backend

import (
	"context"
	"errors"
)

// storeError reports that the browser did not keep or give what is stored: the
// disk is full, say, or the quota used up.
type storeError struct {
	doing string
	err   error
}

func (e *storeError) Error() string { return e.doing + ": " + e.err.Error() }
func (e *storeError) Unwrap() error { return e.err }

// told is a Store whose errors are of a type, so that they can be explained.
type told struct{ store Store }

func (t told) Get(ctx context.Context, keys ...string) (map[string]string, error) {
	values, err := t.store.Get(ctx, keys...)
	return values, failing("read storage", err)
}

func (t told) Set(ctx context.Context, values map[string]string) error {
	return failing("write storage", t.store.Set(ctx, values))
}

func (t told) Remove(ctx context.Context, keys ...string) error {
	return failing("erase storage", t.store.Remove(ctx, keys...))
}

func failing(doing string, err error) error {
	if err == nil {
		return nil
	}
	return &storeError{doing, err}
}

// unkept tells whether err says that something could not be stored.
func unkept(err error) bool {
	var failure *storeError
	return errors.As(err, &failure)
}
