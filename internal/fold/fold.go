// Package fold brings texts into the form in which they are compared: small
// letters without accents, so that zur finds Zürich, strasse finds Straße and
// what was typed full-width or pasted in decomposed form is found as well.
//
// golang.org/x/text would do all of Unicode for 150 KB of the popup's program;
// this does the letters that names of accounts are written with.
package fold

import (
	"unicode"
	"unicode/utf8"
)

// latin has, for each letter from [latinFirst] on, the letter it is compared as;
// a dot where the letter stands for itself or is in [several].
const (
	latinFirst = 0xc0
	latin      = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnnnnoooooo..rrrrrrsssssssstttttt" +
		"uuuuuuuuuuuuwwyyyzzzzzzs" +
		"bbbb...cc.ddd....ffg...ikkl..nnooo..pp.....ttttuu.vyyzz......................aaiioouuuuuuuuuu.aaaa..gggg" +
		"kkoooo..j...gg..nnaa..ooaaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylnt...accltsz..b..eejj.qrryy"
)

// more is the same for the block that Vietnamese is written with.
const (
	moreFirst = 0x1e00
	more      = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr" +
		"ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas...." +
		"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy....yy"
)

// several is for letters that are compared as more than one.
func several(r rune) string {
	switch r {
	case 'Æ', 'æ':
		return "ae"
	case 'Œ', 'œ':
		return "oe"
	case 'ß', 'ẞ':
		return "ss"
	case 'Þ', 'þ':
		return "th"
	case 'Ĳ', 'ĳ':
		return "ij"
	case 'Ǆ', 'ǅ', 'ǆ', 'Ǳ', 'ǲ', 'ǳ':
		return "dz"
	case 'Ǉ', 'ǈ', 'ǉ':
		return "lj"
	case 'Ǌ', 'ǋ', 'ǌ':
		return "nj"
	case 'ﬀ':
		return "ff"
	case 'ﬁ':
		return "fi"
	case 'ﬂ':
		return "fl"
	case 'ﬃ':
		return "ffi"
	case 'ﬄ':
		return "ffl"
	case 'ﬅ', 'ﬆ':
		return "st"
	}
	return ""
}

// greekAndCyrillic are pairs of small letters: one with a mark, and without.
const greekAndCyrillic = "ΐιάαέεήηίιΰυϊιϋυόούυώωςσ" + "йиѐеёеѓгїіќкѝиўу"

// Mark tells whether r is put on the letter before it and counts for nothing.
// The vowel signs of Indian scripts are marks too, but are no ornament: they stay.
func Mark(r rune) bool {
	return r >= 0x300 && (r <= 0x36f || r >= 0x1ab0 && r <= 0x1aff || r >= 0x1dc0 && r <= 0x1dff ||
		r >= 0x20d0 && r <= 0x20ff || r == 0x3099 || r == 0x309a || r >= 0xfe00 && r <= 0xfe0f || r >= 0xfe20 && r <= 0xfe2f)
}

// Append appends the form in which r is compared: nothing for a mark.
func Append(dst []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	case Mark(r):
		return dst
	case r >= 0xff01 && r <= 0xff5e: // full-width
		return Append(dst, r-0xff01+'!')
	case r >= 0xac00 && r <= 0xd7a3:
		return appendHangul(dst, r-0xac00)
	}
	if s := several(r); s != "" {
		return append(dst, s...)
	}
	return appendLetter(dst, r)
}

func appendLetter(dst []byte, r rune) []byte {
	plain := byte('.')
	switch {
	case r >= latinFirst && r < latinFirst+rune(len(latin)):
		plain = latin[r-latinFirst]
	case r >= moreFirst && r < moreFirst+rune(len(more)):
		plain = more[r-moreFirst]
	}
	if plain != '.' {
		return append(dst, plain)
	}
	r = unvoiced(unicode.ToLower(r))
	if r < utf8.RuneSelf { // such as the sign for kelvin
		return append(dst, byte(r))
	}
	if r >= 0x386 && r <= 0x45f {
		r = unmarked(r)
	}
	return utf8.AppendRune(dst, r)
}

// unmarked takes the mark off a Greek or Cyrillic letter.
func unmarked(r rune) rune {
	found := false
	for i, c := range greekAndCyrillic {
		if found {
			return c
		}
		// Pairs are of two letters of two bytes each.
		found = c == r && i%4 == 0
	}
	return r
}

// unvoiced takes the two strokes or the ring off a kana, which decomposed text
// has as a letter apart.
func unvoiced(r rune) rune {
	k, from := r, rune(0)
	if k >= 0x30a1 && k <= 0x30fe { // katakana, in the same order as hiragana
		k, from = k-0x60, 0x60
	}
	switch {
	case k >= 0x304c && k <= 0x3062 && k%2 == 0, k == 0x3065, k == 0x3067, k == 0x3069, k == 0x309e:
		k--
	case k >= 0x306f && k <= 0x307d:
		k -= (k - 0x306f) % 3
	case k == 0x3094:
		k = 0x3046
	}
	return k + from
}

// The syllables of Hangul are numbered by their two or three letters.
const (
	hangulVowels = 21
	hangulTails  = 28
)

// appendHangul appends the letters of a syllable, as decomposed text has them.
func appendHangul(dst []byte, syllable rune) []byte {
	dst = utf8.AppendRune(dst, 0x1100+syllable/(hangulVowels*hangulTails))
	dst = utf8.AppendRune(dst, 0x1161+syllable%(hangulVowels*hangulTails)/hangulTails)
	if tail := syllable % hangulTails; tail > 0 {
		dst = utf8.AppendRune(dst, 0x11a7+tail)
	}
	return dst
}

// String is s in the form in which texts are compared; bytes that are no UTF-8
// stay as they are.
func String(s string) string {
	dst := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, s[i])
		} else {
			dst = Append(dst, r)
		}
		i += size
	}
	return string(dst)
}
