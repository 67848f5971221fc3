package ssocore

import (
	"context"
	"errors"
)

// A Fetcher sends one HTTP request and returns the whole answer. It is the
// only way this package reaches the network.
//
// An implementation must:
//   - send Method, URL, Header and Body as they are, and add no credentials
//     (cookies) of its own;
//   - refuse redirects: following one would carry the access token to another
//     host. A refused redirect is an error;
//   - return an error only when there is no complete answer. An answer of any
//     status code is a *Response and no error;
//   - stop reading and return an error wrapping ErrBodyTooLarge once the body
//     exceeds MaxBody bytes;
//   - return promptly when ctx is done, with an error wrapping ctx.Err().
//
// A Fetcher is safe for concurrent use.
type Fetcher interface {
	Fetch(ctx context.Context, req *Request) (*Response, error)
}

// Request is one HTTP request, complete with its absolute URL.
type Request struct {
	Method string
	URL    string
	Header Header
	Body   []byte // nil for none

	// MaxBody is the largest answer body, in bytes, the caller accepts.
	MaxBody int
}

// Response is one complete HTTP answer.
type Response struct {
	Status int
	Header Header
	Body   []byte
}

// Header holds header fields by lower-case name. Values of a field that was
// sent more than once are joined by ", " as the Fetch standard does.
type Header map[string]string

// ErrBodyTooLarge reports an answer longer than [Request.MaxBody].
var ErrBodyTooLarge = errors.New("answer body too large")
