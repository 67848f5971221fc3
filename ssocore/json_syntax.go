package ssocore

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep lists and objects may nest. Answers nest three deep, and
// whoever sends more must not exhaust the stack: that of a browser's worker ends
// after some thousands of calls, and the program with it.
const maxDepth = 64

// skip passes over a value, whatever it is.
func (r *reader) skip() {
	switch c := r.peek(); {
	case c == '{':
		for more := r.enter('{', '}', nil); more; more = r.next('}') {
			r.string()
			r.space()
			r.byte(':')
			r.space()
			r.skip()
		}
	case c == '[':
		for more := r.enter('[', ']', nil); more; more = r.next(']') {
			r.skip()
		}
	case c == '"':
		r.string()
	case c == 't':
		r.word("true")
	case c == 'f':
		r.word("false")
	case c == 'n':
		r.word("null")
	default:
		r.number()
	}
}

func (r *reader) word(w string) {
	if !strings.HasPrefix(r.s[r.i:], w) {
		r.fail()
		return
	}
	r.i += len(w)
}

func (r *reader) number() {
	if r.peek() == '-' {
		r.i++
	}
	if r.peek() == '0' {
		r.i++
	} else {
		r.digits()
	}
	if r.peek() == '.' {
		r.i++
		r.digits()
	}
	if c := r.peek(); c == 'e' || c == 'E' {
		r.i++
		if c := r.peek(); c == '+' || c == '-' {
			r.i++
		}
		r.digits()
	}
}

func (r *reader) digits() {
	from := r.i
	for '0' <= r.peek() && r.peek() <= '9' {
		r.i++
	}
	if r.i == from {
		r.fail()
	}
}

// plainEnd returns the place in s, from i on, of the first byte that ends a
// string or makes it more than a piece of the text: a quote, a backslash, a
// control character or the beginning of a rune. It looks at eight bytes at a
// time: x-b has its high bit set in every byte of x below b, up to the first.
func plainEnd(s string, i int) int {
	const (
		ones  = 0x0101010101010101
		highs = 0x80 * ones
	)
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, backslash := x^('"'*ones), x^('\\'*ones)
		if found := (x | (x - ' '*ones) | (quote - ones) | (backslash - ones)) & highs; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

// escape checks what follows a backslash, and stays on its last byte.
func (r *reader) escape() {
	r.i++
	switch r.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return
	case 'u':
		if _, ok := hex4(r.s[r.i+1:]); ok {
			r.i += 4
			return
		}
	}
	r.fail()
}

// hex4 reads the four digits of an \u escape.
func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[:4], 16, 16)
	return rune(n), err == nil
}

// unescape decodes the inside of a valid string. Lone surrogates and bytes that
// are not UTF-8 become U+FFFD.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 && utf8.ValidString(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			r, size := utf8.DecodeRuneInString(s[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		}
		if c := unescaped(s[i+1]); c != 0 {
			out = append(out, c)
			i += 2
			continue
		}
		r, _ := hex4(s[i+2:])
		i += 6
		if utf16.IsSurrogate(r) {
			r = pair(r, s, &i)
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// unescaped gives the byte that an escape of one letter means, else 0.
func unescaped(c byte) byte {
	switch c {
	case '"', '\\', '/':
		return c
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return 0
}

// pair joins a surrogate with the one that follows at *i, and goes past that.
func pair(first rune, s string, i *int) rune {
	if rest := s[*i:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
		second, _ := hex4(rest[2:])
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			*i += 6
			return r
		}
	}
	return utf8.RuneError
}
