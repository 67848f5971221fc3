package directory

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters without a look of their own that can change the look of others.
const (
	nonJoiner   = 0x200c  // ZWNJ, in words of Persian and scripts of India
	joiner      = 0x200d  // ZWJ, in scripts of India and in emoji
	emojiLook   = 0xfe0f  // asks for a symbol's look as an emoji
	pictures    = 0x1f000 // begin here; signs that can also be plain text stand before
	lightSkin   = 0x1f3fb
	darkestSkin = 0x1f3ff
)

// viramas are the signs of India's scripts after which a joiner chooses how two
// consonants are written together.
const viramas = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"

// endsWord are Arabic letters that never join the next one: after them a
// non-joiner would change nothing, and so hide.
const endsWord = "ءآأؤإاةدذرزوىٱٲٳٵٶٷڈډڊڋڌڍڎڏڐڑڒړڔڕږڗژڙۀۃۄۅۆۇۈۉۊۋۍۏےۓەۮۯ"

// joins tells whether a character between two texts changes how they look, so that
// it is part of a word or an emoji and hides nothing.
func joins(before string, r rune, after string) bool {
	if r != nonJoiner && r != joiner && r != emojiLook {
		return false
	}
	last, size := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if r == emojiLook { // most pictures have that look anyway
		return emoji(last) && (last < pictures || next == joiner)
	}
	switch {
	case strings.ContainsRune(viramas, last):
		return next >= 0x900 && next <= 0xdff && unicode.IsLetter(next)
	case r == nonJoiner:
		return arabic(last) && arabic(next) && !strings.ContainsRune(endsWord, last)
	case last == emojiLook || last >= lightSkin && last <= darkestSkin:
		last, _ = utf8.DecodeLastRuneInString(before[:len(before)-size])
	}
	return emoji(last) && emoji(next)
}

func arabic(r rune) bool { return r >= 0x620 && r <= 0x6ff && unicode.Is(unicode.Lo, r) }

// emoji tells whether a symbol may be one.
func emoji(r rune) bool {
	return (r >= 0x2600 && r <= 0x27bf || r >= pictures && r <= 0x1faff) && unicode.Is(unicode.So, r)
}
