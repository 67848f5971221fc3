package directory

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/internal/digits"
)

// Escape makes any text one line that shows all it contains and nothing else:
// a name that was written to deceive (control characters, bidirectional
// overrides, zero-width characters, look-alike blanks) is shown as what it is.
// Joiners stay where they change how their neighbours look, as [joins] has it.
// Such characters become \u{hex}, bytes that are no UTF-8 become \x{hex}, and a
// backslash becomes two. [Unescape] is the inverse.
//
// The escaped form serves on disk and on screen, so that whoever shows a name
// can not forget to escape it.
func Escape(s string) string {
	i := 0
	for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && s[i] != '\\' && s[i] != 0x7f {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == utf8.RuneError && size == 1:
			writeCode(&b, 'x', uint64(s[i]))
		case visible(r) || joins(s[:i], r, s[i+size:]):
			b.WriteRune(r)
		default:
			writeCode(&b, 'u', uint64(r))
		}
		i += size
	}
	return b.String()
}

// visible tells whether a character leaves a mark that a reader can see.
// Letters that are blank by design are not among Unicode's format characters,
// so they are named here.
func visible(r rune) bool {
	switch r {
	case 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x034f, 0x17b4, 0x17b5:
		return false
	}
	if unicode.Is(unicode.Variation_Selector, r) {
		return false
	}
	return unicode.IsPrint(r)
}

// Isolate marks where a name in a sentence begins and ends, so that one written
// from right to left keeps to itself. Whoever shows the sentence puts an element
// around it; as characters they are Unicode's own isolates, which no escaped name
// holds.
func Isolate(name string) string { return "\u2068" + name + "\u2069" }

func writeCode(b *strings.Builder, kind byte, code uint64) {
	b.WriteByte('\\')
	b.WriteByte(kind)
	b.WriteByte('{')
	b.WriteString(strconv.FormatUint(code, 16))
	b.WriteByte('}')
}

// Unescape gives back the text that [Escape] was given. A backslash that starts
// no escape stands for itself.
func Unescape(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		n := unescapeOne(&b, s[i:])
		s = s[i+n:]
		i = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

// unescapeOne writes what the escape at the start of s stands for and returns
// its length.
func unescapeOne(b *strings.Builder, s string) int {
	if strings.HasPrefix(s, `\\`) {
		b.WriteByte('\\')
		return 2
	}
	if strings.HasPrefix(s, `\u{`) || strings.HasPrefix(s, `\x{`) {
		if end := strings.IndexByte(s, '}'); end > 0 {
			code, ok := digits.Parse(s[3:end], 16)
			switch {
			case !ok || code < 0 || code > unicode.MaxRune:
			case s[1] == 'u':
				b.WriteRune(rune(code))
				return end + 1
			case code <= 0xff:
				b.WriteByte(byte(code))
				return end + 1
			}
		}
	}
	b.WriteByte('\\')
	return 1
}
