package search

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"portico/internal/fold"
)

// arena holds the letters of all fields end to end, and as many marks. The
// letters are folded (see package fold), and what stands between words is left
// out: that payments-prod, Payments Prod and PaymentsProd are the same two words
// is then no matter of matching. Where words begin and end, the marks tell.
//
//	text   p a y m e n t s p r o d
//	marks  [             ] [     ]
//
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
	parted                     // the byte is the first of a word, and something stands before it
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
	lower          // also letters that have no case
	upper
	digit
	ornament // put on the letter before it: see fold.Mark
)

// add appends a text.
//
// Words begin after what is neither letter nor digit, at the humps of camelCase
// (AWSAdmin: the word begins at the last capital), and where letters and digits
// meet.
func (a *arena) add(s string) field {
	if isPlain(s) {
		return a.addPlain(s)
	}
	from := len(a.text)
	f := field{at: int32(from)}
	var before, last kind // the kinds of the two letters before
	lastAt := from        // where the letter before begins
	for i := 0; i < len(s); {
		at, k := len(a.text), separator
		if c := s[i]; c < utf8.RuneSelf {
			k = ascii[c].kind
			if k != separator {
				a.text = append(a.text, ascii[c].lower)
			}
			i++
		} else {
			r, size := utf8.DecodeRuneInString(s[i:])
			a.text, k = appendFolded(a.text, s[i:i+size], r)
			i += size
		}
		switch {
		case k == ornament:
			continue
		case k == separator:
			before, last = separator, separator
			continue
		}
		for len(a.marks) < len(a.text) {
			a.marks = append(a.marks, 0)
		}
		starts := k != last
		if last == upper && k == lower {
			starts = false
			if before == upper {
				a.begin(&f, lastAt)
			}
		}
		if starts {
			a.begin(&f, at)
			if last == separator && at > from {
				a.marks[at] |= parted
			}
		}
		before, last, lastAt = last, k, at
	}
	f.size = int32(len(a.text) - from)
	if f.size > 0 {
		a.marks[len(a.marks)-1] |= wordEnd
	}
	in := a.text[from:]
	f.mask, f.pairs = maskOf(in), pairsOf(in)
	return f
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// addPlain is add for ASCII, which nearly all text is: in one run, without a call
// for each letter. A test holds it to add.
func (a *arena) addPlain(s string) field {
	from := len(a.text)
	a.text = slices.Grow(a.text, len(s))
	a.marks = slices.Grow(a.marks, len(s))
	text, marks := a.text[from:from+len(s)], a.marks[from:from+len(s)]
	f := field{at: int32(from)}
	n, lastAt := 0, 0
	var before, last kind
	for i := range len(s) {
		c := ascii[s[i]&(utf8.RuneSelf-1)]
		if c.kind == separator {
			before, last = separator, separator
			continue
		}
		m := mark(0)
		switch {
		case c.kind == last:
		case last == upper && c.kind == lower:
			if before == upper {
				marks[lastAt] |= wordStart
				marks[lastAt-1] |= wordEnd
				f.heads |= letterBit[text[lastAt]]
			}
		default:
			m = wordStart
			f.heads |= letterBit[c.lower]
			if n > 0 {
				marks[n-1] |= wordEnd
				if last == separator {
					m |= parted
				}
			}
		}
		text[n], marks[n] = c.lower, m
		f.mask |= letterBit[c.lower]
		if n > 0 {
			f.pairs |= pairBit(text[n-1], c.lower)
		}
		before, last, lastAt = last, c.kind, n
		n++
	}
	if n > 0 {
		marks[n-1] |= wordEnd
	}
	a.text, a.marks, f.size = a.text[:from+n], a.marks[:from+n], int32(n)
	return f
}

// begin marks that a word of f begins at a place of the arena.
func (a *arena) begin(f *field, at int) {
	a.marks[at] |= wordStart
	f.heads |= letterBit[a.text[at]]
	if at > int(f.at) {
		a.marks[at-1] |= wordEnd
	}
}

// appendFolded appends the folded form of r, which is what s holds. What is no
// valid UTF-8 stays as it is.
func appendFolded(dst []byte, s string, r rune) ([]byte, kind) {
	if r == utf8.RuneError && len(s) == 1 {
		return append(dst, s...), lower
	}
	k := kindOf(r)
	if k == separator || k == ornament {
		return dst, k
	}
	return fold.Append(dst, r), k
}

// ascii is the lower-case form and the kind of each byte of ASCII.
var ascii = func() (table [utf8.RuneSelf]struct {
	lower byte
	kind  kind
}) {
	for c := range rune(utf8.RuneSelf) {
		table[c].kind = kindOf(c)
		table[c].lower = byte(unicode.ToLower(c))
	}
	return table
}()

// kindOf tells the kind of a letter. Pictures count as letters: who puts a rocket
// into a name wants it found by one.
func kindOf(r rune) kind {
	switch {
	case fold.Mark(r):
		return ornament
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsMark(r) || r >= utf8.RuneSelf && unicode.Is(unicode.So, r):
		return lower
	case unicode.IsNumber(r):
		return digit
	}
	return separator
}

// The bits of a letter mask: one for each letter and digit, because names are
// made of them; bytes beyond ASCII share what is left, so that a mask tells
// whether there are any.
const (
	digitBit    = 26
	foreignBit  = digitBit + 10
	foreignBits = 64 - foreignBit
)

// letterBit is the bit of each byte of folded text.
var letterBit = func() (bits [256]uint64) {
	for c := range bits {
		switch {
		case 'a' <= c && c <= 'z':
			bits[c] = 1 << (c - 'a')
		case '0' <= c && c <= '9':
			bits[c] = 1 << (digitBit + c - '0')
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
func pairsOf[T string | []byte](s T) uint64 {
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
