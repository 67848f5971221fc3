package search

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// arena holds the lower-cased text of all fields end to end, and as many marks.
// One block of memory is what makes an index cheap to build in WebAssembly: a
// string for each row took 16 times as long.
type arena struct {
	text  []byte
	marks []mark
}

// mark says what begins or ends at one byte of text.
type mark uint8

const (
	wordStart mark = 1 << iota // the byte is the first of a word
	wordEnd                    // the byte is the last of a word
)

// field is one text in an arena.
type field struct {
	at    int32
	size  int32
	mask  uint64 // letters in it: see maskOf
	pairs uint64 // neighbouring bytes in it: see pairsOf
	heads uint64 // letters that begin words
}

func (a *arena) grow(n int) {
	a.text = make([]byte, 0, n)
	a.marks = make([]mark, 0, n)
}

// in gives a field's text and marks.
func (a *arena) in(f *field) ([]byte, []mark) {
	return a.text[f.at : f.at+f.size], a.marks[f.at : f.at+f.size]
}

// kind is what a letter is to the rules of where words begin.
type kind uint8

const (
	separator kind = iota
	lower          // also letters that have no case, and the marks put on letters
	upper
	digit
	inside // a byte of a letter, not its first
)

// add appends a text.
func (a *arena) add(s string) field {
	from := len(a.text)
	a.addLower(s)
	f := field{at: int32(from), size: int32(len(a.text) - from)}
	in, marks := a.in(&f)
	f.mask, f.pairs, f.heads = markWords(in, marks)
	return f
}

// addLower appends the lower-case form of s, and in place of marks the kinds.
// Nearly all text is ASCII: what of it comes first is done in one run.
func (a *arena) addLower(s string) {
	n := 0
	for n < len(s) && s[n] < utf8.RuneSelf {
		n++
	}
	from := len(a.text)
	a.text = append(a.text, s[:n]...)
	a.marks = slices.Grow(a.marks, n)[:from+n]
	text, marks := a.text[from:], a.marks[from:]
	for i, c := range text {
		text[i], marks[i] = ascii[c].lower, mark(ascii[c].kind)
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		a.text = appendLower(a.text, s[n:n+size], r)
		a.marks = append(a.marks, mark(kindOf(r)))
		for len(a.marks) < len(a.text) {
			a.marks = append(a.marks, mark(inside))
		}
		n += size
	}
}

// markWords turns kinds into marks, and makes the masks of all letters, of all
// pairs and of the letters that begin words.
func markWords(in []byte, marks []mark) (mask, pairs, heads uint64) {
	var before, last kind // the kinds of the two letters before
	lastAt := 0           // where the letter before begins
	for i := range marks {
		k := kind(marks[i])
		marks[i] = 0
		mask |= letterBit[in[i]]
		if i > 0 {
			pairs |= pairBit(in[i-1], in[i])
		}
		if k == inside {
			continue
		}
		starts, at := k != last && k != separator, i
		if last == upper && k == lower { // AWSAdmin: the word begins at the last capital
			starts, at = before == upper, lastAt
		}
		if starts {
			marks[at] |= wordStart
			heads |= letterBit[in[at]]
		}
		if last != separator && (starts || k == separator) {
			marks[at-1] |= wordEnd
		}
		before, last, lastAt = last, k, i
	}
	if last != separator {
		marks[len(marks)-1] |= wordEnd
	}
	return mask, pairs, heads
}

// ascii is the lower-case form and the kind of each byte of ASCII.
var ascii = func() (table [256]struct {
	lower byte
	kind  kind
}) {
	for c := range rune(utf8.RuneSelf) {
		table[c].kind = kindOf(c)
		table[c].lower = byte(unicode.ToLower(c))
	}
	return table
}()

func kindOf(r rune) kind {
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return lower
	case unicode.IsNumber(r):
		return digit
	}
	return separator
}

// appendLower appends the lower-case form of r, which is what s holds. What is
// no valid UTF-8 stays as it is.
func appendLower(dst []byte, s string, r rune) []byte {
	if r == utf8.RuneError {
		return append(dst, s...)
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// The bits of a letter mask: one for each letter and digit, because names are
// made of them; the rest share what is left. Bytes beyond ASCII have bits apart,
// so that a mask tells whether there are any.
const (
	digitBit    = 26
	otherBit    = digitBit + 10
	otherBits   = 14
	foreignBit  = otherBit + otherBits
	foreignBits = 64 - foreignBit
)

// letterBit is the bit of each byte of lower-cased text.
var letterBit = func() (bits [256]uint64) {
	for c := range bits {
		switch {
		case 'a' <= c && c <= 'z':
			bits[c] = 1 << (c - 'a')
		case '0' <= c && c <= '9':
			bits[c] = 1 << (digitBit + c - '0')
		case c < utf8.RuneSelf:
			bits[c] = 1 << (otherBit + c%otherBits)
		default:
			bits[c] = 1 << (foreignBit + c%foreignBits)
		}
	}
	return bits
}()

// maskOf has a bit for each letter that occurs. A text that lacks a bit of a
// term's mask can not have all the term's letters.
func maskOf[T string | []byte](s T) uint64 {
	mask := uint64(0)
	for i := 0; i < len(s); i++ {
		mask |= letterBit[s[i]]
	}
	return mask
}

// pairsOf has a bit for each two bytes that stand side by side. A text that lacks
// a bit of a term's pairs does not hold the term in one piece, which is how most
// texts are told that have all its letters.
func pairsOf(s string) uint64 {
	pairs := uint64(0)
	for i := 1; i < len(s); i++ {
		pairs |= pairBit(s[i-1], s[i])
	}
	return pairs
}

// pairBit is the bit of two bytes side by side. Many pairs share each.
func pairBit(a, b byte) uint64 { return 1 << ((37*uint(a) + uint(b)) % 64) }

// isASCII tells whether the text that has this mask is.
func isASCII(mask uint64) bool { return mask>>foreignBit == 0 }
