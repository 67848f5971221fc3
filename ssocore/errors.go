package ssocore

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// APIError is an answer by which the service, or something before it (see
// [Intercepted]), refused a request. The codes that an API models come as types
// of their own, such as [UnauthorizedException], which embed it; errors.As finds
// both the type and *APIError.
type APIError struct {
	Operation string // API name, such as "ListAccounts"
	Host      string // that answered
	Code      string // such as "UnauthorizedException"; the status if none was given
	Message   string // the service's own words, secrets of the request redacted
	Status    int    // HTTP status
	RequestID string

	// RetryAfter is how long the service asks to wait, 0 if it did not say.
	RetryAfter time.Duration

	// Attempts is how many requests the call made.
	Attempts int

	// RetryQuotaReached says that the call would have been made again if those
	// before it had not used up what the client spends on retries.
	RetryQuotaReached bool

	// OAuthError and OAuthDescription are the members error and
	// error_description of an OIDC answer (RFC 6749 section 5.2), Reason is
	// what AWS adds to some of them.
	OAuthError       string
	OAuthDescription string
	Reason           string

	// retryAfterCapped says that RetryAfter is a wish, not a demand: it came in
	// x-amz-retry-after.
	retryAfterCapped bool

	intercepted bool // see [Intercepted]
	marked      bool // the header fields are the service's
}

// maxShownMessage is how much of a service's message an error text shows:
// enough for a sentence or two, too little for a page of HTML.
const maxShownMessage = 200

func (e *APIError) Error() string {
	var b strings.Builder
	b.WriteString("sso " + e.Operation + " at " + e.Host + ": ")
	b.WriteString(printable(e.Code))
	if e.Message != "" {
		b.WriteString(": " + printable(e.Message))
	}
	b.WriteString(" (status " + strconv.Itoa(e.Status))
	if e.RequestID != "" {
		b.WriteString(", request " + printable(e.RequestID))
	}
	b.WriteString(")")
	return b.String()
}

// As gives errors.As the *APIError inside the types that embed it.
func (e *APIError) As(target any) bool {
	if t, ok := target.(**APIError); ok {
		*t = e
		return true
	}
	return false
}

// Throttled reports whether the request was refused for coming too soon.
func (e *APIError) Throttled() bool { return e.Status == 429 || throttleCodes[e.Code] }

// Retryable reports whether the same call may succeed later: the service was
// asked too often, or failed itself.
func (e *APIError) Retryable() bool { return e.Throttled() || e.transient() }

// transient reports failures that often pass by themselves.
func (e *APIError) transient() bool {
	switch e.Status {
	case 500, 502, 503, 504:
		return true
	}
	return e.Code == "RequestTimeout" || e.Code == "RequestTimeoutException"
}

// printable makes a service's text fit for one line of an error.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(s, " "))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > maxShownMessage {
		return string(runes[:maxShownMessage]) + " ..."
	}
	return s
}

// TransportError says that no complete answer came: no network, no such host,
// a connection that broke, a refused redirect. Unwrap gives the Fetcher's
// error. A call that its context ended is not a TransportError.
type TransportError struct {
	Operation string
	Host      string
	Attempts  int // requests made
	Err       error
	text      string // Err's, secrets of the request redacted
}

func (e *TransportError) Error() string {
	text := e.text
	if text == "" && e.Err != nil {
		text = e.Err.Error()
	}
	return "sso " + e.Operation + " at " + e.Host + ": no answer: " + printable(text)
}

func (e *TransportError) Unwrap() error { return e.Err }

// DecodeError says that an answer of success could not be read: the page of a
// captive portal, truncated JSON, an empty body, a member of the wrong type, a
// body over the bound (Unwrap then gives [ErrBodyTooLarge]). It never shows
// the body, which may hold secrets.
type DecodeError struct {
	Operation   string
	Host        string
	Status      int    // 0 when the Fetcher gave up on the body
	ContentType string // as the answer had it
	Err         error

	intercepted bool // see [Intercepted]
}

func (e *DecodeError) Error() string {
	s := "sso " + e.Operation + " at " + e.Host + ": unreadable answer: " + e.Err.Error()
	if e.ContentType != "" {
		s += " (" + printable(e.ContentType) + ")"
	}
	return s
}

func (e *DecodeError) Unwrap() error { return e.Err }

// memberError says which member of an answer is wrong.
type memberError struct {
	name string
	err  error
}

func (e *memberError) Error() string { return "member " + e.name + " is " + e.err.Error() }
func (e *memberError) Unwrap() error { return e.err }
