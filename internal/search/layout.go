package search

import (
	"strings"
	"unicode"
)

// What a Russian keyboard writes with the keys of an English one.
const (
	russian = "йцукенгшщзфывапролдячсмить"
	english = "qwertyuiopasdfghjklzxcvbnm"
)

// otherLayout searches for what was meant if the keyboard was still Russian:
// зкщв is prod. Such rows are never acted on unseen.
func (ix *Index) otherLayout(query string, dst []int32) []int32 {
	some, other := false, false
	meant := strings.Map(func(r rune) rune {
		i := strings.IndexRune(russian, unicode.ToLower(r))
		switch {
		case i >= 0:
			some = true
			return rune(english[i/len("й")])
		case unicode.IsLetter(r):
			other = true
		}
		return r
	}, query)
	if !some || other {
		return dst
	}
	dst = ix.Search(meant, dst)
	ix.query, ix.found = query, Found{Guess: len(dst) > 0, Rival: -1}
	return dst
}
