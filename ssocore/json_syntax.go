package ssocore

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep lists and objects may nest: answers nest three deep, and
// whoever sends more must not exhaust the stack.
const maxDepth = 10000

// valid reports whether b is one JSON value (RFC 8259) and nothing else. Like
// encoding/json it lets bytes pass that are not UTF-8.
func valid(b []byte) bool {
	s := syntax{b: b}
	s.space()
	if !s.value(0) {
		return false
	}
	s.space()
	return s.i == len(b)
}

// syntax is a place in a text that is being checked. Its methods go on past what
// they are named for and report whether it was there.
type syntax struct {
	b []byte
	i int
}

// next gives the byte at this place, 0 at the end.
func (s *syntax) next() byte {
	if s.i < len(s.b) {
		return s.b[s.i]
	}
	return 0
}

func (s *syntax) byte(c byte) bool {
	if s.next() != c {
		return false
	}
	s.i++
	return true
}

func (s *syntax) space() {
	for s.i < len(s.b) && (s.b[s.i] == ' ' || s.b[s.i] == '\n' || s.b[s.i] == '\t' || s.b[s.i] == '\r') {
		s.i++
	}
}

func (s *syntax) value(depth int) bool {
	switch c := s.next(); {
	case depth > maxDepth:
		return false
	case c == '{':
		return s.items('}', func() bool { return s.member(depth + 1) })
	case c == '[':
		return s.items(']', func() bool { return s.value(depth + 1) })
	case c == '"':
		return s.str()
	case c == 't':
		return s.word("true")
	case c == 'f':
		return s.word("false")
	case c == 'n':
		return s.word("null")
	}
	return s.number()
}

// items is a bracket, items with commas between them, and the end bracket.
func (s *syntax) items(end byte, item func() bool) bool {
	s.i++
	s.space()
	if s.byte(end) {
		return true
	}
	for {
		if !item() {
			return false
		}
		s.space()
		if s.byte(end) {
			return true
		}
		if !s.byte(',') {
			return false
		}
		s.space()
	}
}

func (s *syntax) member(depth int) bool {
	if s.next() != '"' || !s.str() {
		return false
	}
	s.space()
	if !s.byte(':') {
		return false
	}
	s.space()
	return s.value(depth)
}

func (s *syntax) word(w string) bool {
	if len(s.b)-s.i < len(w) || string(s.b[s.i:s.i+len(w)]) != w {
		return false
	}
	s.i += len(w)
	return true
}

func (s *syntax) str() bool {
	for s.i++; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; {
		case c == '"':
			s.i++
			return true
		case c < ' ':
			return false
		case c == '\\':
			s.i++
			if !s.escape() {
				return false
			}
		}
	}
	return false
}

// escape is what follows a backslash. It stays on its last byte.
func (s *syntax) escape() bool {
	switch s.next() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		_, ok := hex4(s.b[s.i+1:])
		s.i += 4
		return ok
	}
	return false
}

func (s *syntax) number() bool {
	s.byte('-')
	if !s.byte('0') && !s.digits() {
		return false
	}
	if s.byte('.') && !s.digits() {
		return false
	}
	if s.byte('e') || s.byte('E') {
		if !s.byte('+') {
			s.byte('-')
		}
		return s.digits()
	}
	return true
}

func (s *syntax) digits() bool {
	from := s.i
	for '0' <= s.next() && s.next() <= '9' {
		s.i++
	}
	return s.i > from
}

// hex4 reads the four digits of an \u escape.
func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[:4]), 16, 16)
	return rune(n), err == nil
}

// plain are the escapes of one letter.
var plain = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\', '/': '/'}

// unescape decodes the inside of a valid string. Lone surrogates and bytes that
// are not UTF-8 become U+FFFD.
func unescape(b []byte) string {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if b[i] != '\\' {
			r, size := utf8.DecodeRune(b[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		}
		if c, ok := plain[b[i+1]]; ok {
			out = append(out, c)
			i += 2
			continue
		}
		r, _ := hex4(b[i+2:])
		i += 6
		if utf16.IsSurrogate(r) {
			r = pair(r, b, &i)
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// pair joins a surrogate with the one that follows at *i, and goes past that.
func pair(first rune, b []byte, i *int) rune {
	if rest := b[*i:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
		second, _ := hex4(rest[2:])
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			*i += 6
			return r
		}
	}
	return utf8.RuneError
}
