package search

import (
	"strings"
	"unicode/utf8"

	"portico/internal/fold"
)

// markWritten raises the scores of an account whose name is in the query just as
// it is written.
func (ix *Index) markWritten(a int, best []score) {
	const all = score(1<<nameCoverBits-1) << nameCoverBit
	checked := false
	for set, s := range best {
		if s&all != all {
			continue
		}
		if !checked && !says(ix.asTyped(), fold.String(ix.accounts[a].Name)) {
			return
		}
		checked = true
		best[set] = s&^((1<<writtenBits-1)<<writtenBit) | asWritten<<writtenBit
	}
}

// markSaid raises the scores of a role whose name is in the query as it is
// written, most if upper and lower case agree as well.
func (ix *Index) markSaid(r int, best []score) {
	const all = score(1<<roleCoverBits-1) << roleCoverBit
	said := score(0)
	for set, s := range best {
		if s&all != all {
			continue
		}
		if said == 0 {
			switch name := ix.roleNames[r]; {
			case says(ix.query, name):
				said = asWritten
			case says(ix.asTyped(), fold.String(name)):
				said = unbroken
			default:
				return
			}
		}
		best[set] = s | said<<roleSaidBit
	}
}

// says tells whether a text has a name in it, and not only letters of its words.
func says(text, name string) bool {
	for from := 0; ; from++ {
		at := strings.Index(text[from:], name)
		if at < 0 || name == "" {
			return false
		}
		from += at
		end := from + len(name)
		if (from == 0 || !isLetter(text[from-1])) && (end == len(text) || !isLetter(text[end])) {
			return true
		}
	}
}

func isLetter(c byte) bool { return c >= utf8.RuneSelf || ascii[c].kind != separator }

// asTyped is the query, folded, with what joins its words.
func (ix *Index) asTyped() string {
	if ix.typed == "" {
		ix.typed = fold.String(strings.Join(strings.Fields(ix.query), " "))
	}
	return ix.typed
}
