package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTerms bounds the work for a pasted paragraph, and the scores with it.
// People type two or three terms; those beyond the limit are ignored.
const maxTerms = 12

// term is one word of a query.
type term struct {
	text    string // lower-cased
	id      string // what to look for in an account ID: text, or its digits alone
	mask    uint64 // letters of text
	pairs   uint64 // neighbouring bytes of text
	head    uint64 // its first letter, as mask
	idMask  uint64 // letters of id
	idPairs uint64 // neighbouring bytes of id
	size    int    // letters of text, counted
	digits  bool   // text is digits, perhaps with dashes between
}

// parse splits a query into ix.terms.
func (ix *Index) parse(query string) {
	ix.low = ix.low[:0]
	for i := 0; i < len(query); {
		r, size := utf8.DecodeRuneInString(query[i:])
		if splits(r) {
			ix.low = append(ix.low, ' ')
		} else {
			ix.low = appendLower(ix.low, query[i:i+size], r)
		}
		i += size
	}
	ix.terms = ix.terms[:0]
	rest := string(ix.low)
	for len(ix.terms) < maxTerms {
		text, after := cut(rest)
		if text == "" {
			return
		}
		if id, end := spacedID(rest); id != "" {
			text, after = id, end
		}
		ix.terms = append(ix.terms, newTerm(text))
		rest = after
	}
}

// splits tells whether r stands between terms: white space, and what can not be
// seen but comes along when text is copied from a page. A directory's texts have
// neither control nor zero-width characters.
func splits(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) ||
		'\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e' ||
		'\u2060' <= r && r <= '\u2069' || r == '\ufeff'
}

// cut takes the first term off a lower-cased query.
func cut(query string) (text, rest string) {
	query = strings.TrimLeft(query, " ")
	text, rest, _ = strings.Cut(query, " ")
	return text, rest
}

// The console shows an account ID as three groups of four digits.
const (
	idGroups    = 3
	idGroupSize = 4
)

// spacedID takes an account ID written with spaces, 1234 5678 9012, off the
// beginning of a query; id is empty if there is none.
func spacedID(query string) (id, rest string) {
	rest = query
	for range idGroups {
		var group string
		group, rest = cut(rest)
		if len(group) != idGroupSize || strings.Trim(group, "0123456789") != "" {
			return "", ""
		}
		id += group
	}
	return id, rest
}

func newTerm(text string) term {
	t := term{text: text, id: text, mask: maskOf(text), pairs: pairsOf(text),
		head: letterBit[text[0]], size: utf8.RuneCountInString(text)}
	if digits := strings.ReplaceAll(text, "-", ""); digits != "" && strings.Trim(digits, "0123456789") == "" {
		t.id, t.digits = digits, true
	}
	t.idMask, t.idPairs = maskOf(t.id), pairsOf(t.id)
	return t
}
