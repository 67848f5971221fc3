package ssocore

// What a listing may come to. The largest organisations have some ten thousand
// accounts and a page holds up to 100, so whoever sends more than this will not
// end by himself, or is after the memory.
const (
	maxPages      = 10_000
	maxEmptyPages = 100 // in a row
	maxItems      = 200_000
	maxListing    = 64 << 20 // bytes of all answers
)

// PaginationError says that a listing would go on for ever: the service gave a
// token again that it had given before, or more than any organisation has.
type PaginationError struct {
	Operation string
}

func (e *PaginationError) Error() string {
	return "sso " + e.Operation + ": the same next token was received twice"
}

// boundError is a PaginationError of a listing that is larger than any can be.
type boundError struct {
	PaginationError
	bound string
}

func (e *boundError) Error() string {
	return "sso " + e.Operation + ": the list does not end: " + e.bound
}

// As gives errors.As the *PaginationError.
func (e *boundError) As(target any) bool {
	if t, ok := target.(**PaginationError); ok {
		*t = &e.PaginationError
		return true
	}
	return false
}

// endless watches a listing for signs that it would never end. Tokens may be
// long, so it keeps their hashes.
type endless struct {
	operation                  string
	seen                       map[[hashSize]byte]bool
	pages, empty, items, bytes int
}

// next takes note of a page of so many items and bytes that another one follows,
// and refuses to go on if that may be one too many.
func (e *endless) next(items, bytes int, token string) error {
	e.pages, e.items, e.bytes, e.empty = e.pages+1, e.items+items, e.bytes+bytes, e.empty+1
	if items > 0 {
		e.empty = 0
	}
	bound := ""
	switch {
	case e.repeats(token):
		return &PaginationError{e.operation}
	case e.empty >= maxEmptyPages:
		bound = "too many empty pages"
	case e.pages >= maxPages:
		bound = "too many pages"
	case e.items >= maxItems:
		bound = "too many items"
	case e.bytes >= maxListing:
		bound = "too much text"
	default:
		return nil
	}
	return &boundError{PaginationError{e.operation}, bound}
}

// repeats reports whether a token was received before.
func (e *endless) repeats(token string) bool {
	if e.seen == nil {
		e.seen = map[[hashSize]byte]bool{}
	}
	hash := sha256([]byte(token))
	if e.seen[hash] {
		return true
	}
	e.seen[hash] = true
	return false
}
