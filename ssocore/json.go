package ssocore

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

var (
	errNotJSON    = errors.New("the body is not JSON")
	errEmptyBody  = errors.New("the body is empty")
	errNotObject  = errors.New("the body is not a JSON object")
	errNotText    = errors.New("not text")
	errNotInteger = errors.New("not a whole number of 64 bits")
	errTooLarge   = errors.New("a number of more than 64 bits")
	errNotList    = errors.New("not a list")
	errNotMember  = errors.New("not an object")
	errTooDeep    = errors.New("the body nests too deep")
	errMissing    = errors.New("missing")
)

// reader reads a JSON text (RFC 8259) once, from front to back. Compared with
// decoding into structs this keeps member names case-sensitive, takes numbers
// where the service should have sent text (and text where it should have sent
// numbers) as botocore does, and allocates little: what it returns are parts of
// the text.
//
// Its methods read one thing each. They never fail: the first member of a wrong
// type is noted and passed over, and what is no JSON ends the text. So the loops
// of those who read need no checks, and [reader.finish] tells in the end.
type reader struct {
	s      string
	i      int
	named  int   // where the name read last begins
	depth  int   // of lists and objects begun
	deep   bool  // more than maxDepth of them
	broken bool  // not JSON, as far as was read
	wrong  error // the first member of a wrong type
}

// readObject reads a body that must be one JSON object into a value. What is read
// are parts of the body, which therefore must not change any more.
func readObject(body []byte, into interface{ read(*reader) }) error {
	r := reader{s: unsafe.String(unsafe.SliceData(body), len(body))}
	r.space()
	if r.i == len(r.s) {
		return errEmptyBody
	}
	isObject := r.peek() == '{'
	if isObject {
		into.read(&r)
	} else {
		r.skip()
	}
	switch {
	case r.deep:
		return errTooDeep
	case !r.finish():
		return errNotJSON
	case !isObject:
		return errNotObject
	}
	return r.wrong
}

// finish reports whether all was JSON, and nothing follows it.
func (r *reader) finish() bool {
	r.space()
	return !r.broken && r.i == len(r.s)
}

// peek gives the byte at this place, 0 at the end.
func (r *reader) peek() byte {
	if r.i < len(r.s) {
		return r.s[r.i]
	}
	return 0
}

func (r *reader) fail() {
	r.broken = true
	r.i = len(r.s)
}

func (r *reader) space() {
	for r.i < len(r.s) && (r.s[r.i] == ' ' || r.s[r.i] == '\n' || r.s[r.i] == '\t' || r.s[r.i] == '\r') {
		r.i++
	}
}

// byte reads a byte that must be there.
func (r *reader) byte(c byte) {
	if r.peek() != c {
		r.fail()
		return
	}
	r.i++
}

// mistyped notes that the member read last has a wrong type.
func (r *reader) mistyped(err error) {
	if r.wrong == nil {
		name := &reader{s: r.s, i: r.named}
		r.wrong = &memberError{name.string(), err}
	}
}

// open enters an object and reports whether it has members. Anything else is
// passed over; null counts as nothing.
func (r *reader) open() bool { return r.enter('{', '}', errNotMember) }

// more goes on to the next member of an object, if there is one.
func (r *reader) more() bool { return r.next('}') }

func (r *reader) enter(begin, end byte, otherwise error) bool {
	switch r.peek() {
	case begin:
		if r.depth++; r.depth > maxDepth {
			r.deep = true
			r.fail()
			return false
		}
		r.i++
	case 'n':
		r.skip()
		return false
	default:
		r.mistyped(otherwise)
		r.skip()
		return false
	}
	r.space()
	if r.peek() == end {
		r.leave()
		return false
	}
	return true
}

// leave goes past the bracket that ends a list or an object.
func (r *reader) leave() {
	r.i++
	r.depth--
}

// next goes on to the next item, or past the bracket that ends them.
func (r *reader) next(end byte) bool {
	r.space()
	switch r.peek() {
	case ',':
		r.i++
		r.space()
		return true
	case end:
		r.leave()
	default:
		r.fail()
	}
	return false
}

// key reads a member's name and the colon after it.
func (r *reader) key() string {
	r.named = r.i
	name := r.string()
	r.space()
	r.byte(':')
	r.space()
	return name
}

// list reads a list of objects. Null is no list, and null elements are left out;
// nor is a list that holds nothing else.
func list[T any](r *reader, read func(*T, *reader)) []T {
	if r.peek() == 'n' {
		r.skip()
		return nil
	}
	items, named, nulls := []T{}, r.named, false
	for more := r.enter('[', ']', errNotList); more; more = r.next(']') {
		if r.peek() == 'n' {
			r.skip()
			nulls = true
			continue
		}
		r.named = named
		from := r.i
		items = append(items, *new(T))
		read(&items[len(items)-1], r)
		if len(items) == 1 {
			items = slices.Grow(items, alike(len(r.s)-r.i, r.i-from))
		}
	}
	if nulls && len(items) == 0 {
		return nil
	}
	return items
}

// alike is how many more items to make room for after the first: a list's items
// are about as long as each other. What takes less than 16 bytes is no item of
// ours, and must not cost more memory than its text.
func alike(rest, size int) int { return rest / max(size, 16) }

// text reads a string; numbers and booleans as they are written, null as "".
func (r *reader) text() string {
	switch r.peek() {
	case '"':
		return r.string()
	case '{', '[':
		r.mistyped(errNotText)
		r.skip()
		return ""
	case 'n':
		r.skip()
		return ""
	}
	return r.scalar()
}

// scalar reads anything but lists and objects as it is written.
func (r *reader) scalar() string {
	from := r.i
	r.skip()
	return r.s[from:r.i]
}

// integer reads a whole number, also from a string that holds one. A fraction
// is cut off. Null is 0 and false.
func (r *reader) integer() (n int64, ok bool) {
	if r.peek() == 'n' {
		r.skip()
		return 0, false
	}
	n, err := r.number64()
	if err != nil {
		r.mistyped(errNotInteger)
		return 0, false
	}
	return n, true
}

// bounded is integer for numbers of which it suffices to know that they are
// large: beyond 64 bits it is the largest number, or the smallest.
func (r *reader) bounded() int64 {
	if r.peek() == 'n' {
		r.skip()
		return 0
	}
	n, err := r.number64()
	if err != nil && err != errTooLarge {
		r.mistyped(errNotInteger)
		return 0
	}
	return n
}

// number64 reads a number, or a string that holds one.
func (r *reader) number64() (int64, error) {
	switch r.peek() {
	case '"':
		n, err := strconv.ParseInt(strings.TrimSpace(r.string()), 10, 64)
		return n, rangeError(err)
	case '{', '[':
		r.skip()
		return 0, errNotInteger
	}
	return parseNumber(r.scalar())
}

func parseNumber(s string) (int64, error) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	switch err = rangeError(err); {
	case err == errNotInteger:
		return 0, err
	case f >= 1<<63:
		return math.MaxInt64, errTooLarge
	case f < -1<<63:
		return math.MinInt64, errTooLarge
	}
	return int64(f), nil
}

// rangeError tells numbers that are too large from what is none.
func rangeError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, strconv.ErrRange):
		return errTooLarge
	}
	return errNotInteger
}

// string reads a string. Lone surrogates and bytes that are not UTF-8 become
// U+FFFD.
func (r *reader) string() string {
	r.byte('"')
	from := r.i
	r.i = plainEnd(r.s, from)
	if r.peek() == '"' {
		r.i++
		return r.s[from : r.i-1]
	}
	for ; r.i < len(r.s); r.i++ {
		switch c := r.s[r.i]; {
		case c == '"':
			r.i++
			return unescape(r.s[from : r.i-1])
		case c < ' ':
			r.fail()
			return ""
		case c == '\\':
			r.escape()
		}
	}
	r.fail()
	return ""
}
