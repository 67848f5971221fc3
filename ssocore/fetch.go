package ssocore

import (
	"context"
	"errors"
	"strconv"
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

// Response is one complete HTTP answer. The Fetcher hands it over: it neither
// keeps nor changes it, because outputs share their texts with the body.
type Response struct {
	Status int
	Header Header
	Body   []byte
}

// Header holds header fields by lower-case name. Values of a field that was
// sent more than once are joined by ", " as the Fetch standard does.
type Header map[string]string

// Requests and answers hold secrets in their header fields and bodies, and the
// URL of an endpoint of one's own may, too. So package fmt and encoding/json
// show of them what a log needs, and not more.

// MarshalJSON returns the method and the host, as a JSON string.
func (r Request) MarshalJSON() ([]byte, error) { return appendString(nil, r.shown()), nil }

func (r Request) shown() string {
	e, _ := parseEndpoint(r.URL)
	return printable(r.Method) + " request to " + orElse(printable(e.host), "nowhere")
}

// MarshalJSON returns the status and the size, as a JSON string.
func (r Response) MarshalJSON() ([]byte, error) { return appendString(nil, r.shown()), nil }

func (r Response) shown() string {
	return "answer " + strconv.Itoa(r.Status) + " of " + strconv.Itoa(len(r.Body)) + " bytes"
}

// MarshalJSON returns the number of fields, as a JSON string.
func (h Header) MarshalJSON() ([]byte, error) { return appendString(nil, h.shown()), nil }

func (h Header) shown() string { return strconv.Itoa(len(h)) + " header fields" }

// ErrBodyTooLarge reports an answer longer than [Request.MaxBody].
var ErrBodyTooLarge = errors.New("answer body too large")
