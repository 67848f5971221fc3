package ssocore

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Answers are read in two steps: [valid] checks the syntax of the whole body, and
// the functions below then walk it without doubt. Compared with
// decoding into structs this keeps member names case-sensitive, takes numbers
// where the service should have sent text (and text where it should have sent
// numbers) as botocore does, and allocates little but the strings it returns.

var (
	errNotJSON    = errors.New("the body is not JSON")
	errEmptyBody  = errors.New("the body is empty")
	errNotObject  = errors.New("the body is not a JSON object")
	errNotText    = errors.New("not text")
	errNotInteger = errors.New("not a whole number of 64 bits")
	errNotList    = errors.New("not a list")
	errNotMember  = errors.New("not an object")
)

// parseObject returns body, without surrounding blanks, if it is one JSON
// object.
func parseObject(body []byte) ([]byte, error) {
	body = bytes.Trim(body, " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, errEmptyBody
	case !valid(body):
		return nil, errNotJSON
	case body[0] != '{':
		return nil, errNotObject
	}
	return body, nil
}

// eachMember calls visit for every member of a valid object, in order, the
// name decoded. It stops at the first error and returns it.
func eachMember(object []byte, visit func(name, value []byte) error) error {
	if object[0] != '{' {
		return errNotMember
	}
	for rest := skipSpace(object[1:]); rest[0] != '}'; {
		n := valueLen(rest)
		name := rest[1 : n-1]
		if bytes.IndexByte(name, '\\') >= 0 {
			name = []byte(unquote(rest[:n]))
		}
		rest = skipSpace(skipSpace(rest[n:])[1:]) // past the colon
		n = valueLen(rest)
		if err := visit(name, rest[:n]); err != nil {
			return err
		}
		rest = nextItem(rest[n:])
	}
	return nil
}

// eachElement calls visit for every element of a valid list but null.
func eachElement(list []byte, visit func(value []byte) error) error {
	if list[0] != '[' {
		return errNotList
	}
	for rest := skipSpace(list[1:]); rest[0] != ']'; {
		n := valueLen(rest)
		if !isNull(rest[:n]) {
			if err := visit(rest[:n]); err != nil {
				return err
			}
		}
		rest = nextItem(rest[n:])
	}
	return nil
}

// nextItem moves from the end of an item to the next one or to the bracket
// that ends them.
func nextItem(rest []byte) []byte {
	rest = skipSpace(rest)
	if rest[0] == ',' {
		return skipSpace(rest[1:])
	}
	return rest
}

func skipSpace(b []byte) []byte {
	for b[0] == ' ' || b[0] == '\n' || b[0] == '\t' || b[0] == '\r' {
		b = b[1:]
	}
	return b
}

// valueLen returns the length of the valid value b begins with.
func valueLen(b []byte) int {
	depth := 0
	for i := 0; ; i++ {
		switch b[i] {
		case '"':
			i += stringLen(b[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		default:
			if depth == 0 {
				return scalarLen(b)
			}
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
}

func stringLen(b []byte) int {
	for i := 1; ; i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// scalarLen returns the length of a number, true, false or null inside an
// object or list.
func scalarLen(b []byte) int { return bytes.IndexAny(b, " \t\r\n,]}") }

func isNull(value []byte) bool { return value[0] == 'n' }

// unquote decodes a valid JSON string. Lone surrogates and bytes that are not
// UTF-8 become U+FFFD.
func unquote(value []byte) string {
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	return unescape(inner)
}

// text reads a string; numbers and booleans as they are written, null as "".
func text(value []byte) (string, error) {
	switch value[0] {
	case '"':
		return unquote(value), nil
	case '{', '[':
		return "", errNotText
	case 'n':
		return "", nil
	}
	return string(value), nil
}

// integer reads a whole number, also from a string that holds one. A fraction
// is cut off. Null is 0 and false.
func integer(value []byte) (n int64, ok bool, err error) {
	if isNull(value) {
		return 0, false, nil
	}
	if value[0] == '"' {
		n, err = strconv.ParseInt(strings.TrimSpace(unquote(value)), 10, 64)
	} else {
		n, err = number(string(value))
	}
	if err != nil {
		return 0, false, errNotInteger
	}
	return n, true, nil
}

func number(s string) (int64, error) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.Abs(f) >= 1<<63 {
		return 0, errNotInteger
	}
	return int64(f), nil
}
