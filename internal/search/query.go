package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTerms bounds the work for a pasted paragraph, and the scores with it.
// People type two or three terms; those beyond the limit are ignored.
const maxTerms = 12

// term is what a query asks for in one place: a word, or a phrase, which is words
// joined by what joins words in names (payments-prod).
type term struct {
	wording
	synonyms []synonym // of text: what people say as well; nil for most terms
}

// wording is a term as it was typed, among the others of its query. Terms of one
// wording match alike.
type wording struct {
	text   string // its letters, folded, without what joins them
	from   int    // its first part: see [Index.parts]
	to     int    // and the one after its last
	mask   uint64 // letters of text
	pairs  uint64 // neighbouring bytes of text
	head   uint64 // its first letter, as mask
	joints uint64 // where its words begin in text, but for the first
	size   int    // letters of text, counted
	digits bool   // text is digits alone
	number bool   // there are digits in text
	dense  bool   // it is of a script that puts nothing between words
	// spare tells that a row need not match the term: another term says it too.
	spare bool
	// affirms tells that the term means production, which non and pre before it
	// in a name turn into the opposite.
	affirms bool
	use     use  // what it is said of, if it is one of the words that people have
	known   bool // for environments and access
	sure    bool // it was not mistyped
	filler  bool // it says nothing of which row is meant
	several bool // there are other terms
	tail    bool // it is a few letters or a number that was joined to the term before
	// edge tells that the term is the first or the last of several.
	edge bool
}

// phrase tells whether the term is several words joined.
func (t *term) phrase() bool { return t.to-t.from > 1 }

// part is a word of a query, in ix.low.
type part struct {
	from, to int
	joined   bool // to the part before
	tail     bool // it is a few letters or a number that ended a phrase
}

// parse splits a query into ix.parts, and those into ix.terms.
func (ix *Index) parse(query string) {
	ix.low, ix.parts = ix.low[:0], ix.parts[:0]
	query = unpasted(capped(query))
	from, joined := 0, false
	end := func() {
		if len(ix.low) > from && len(ix.parts) < maxParts {
			ix.parts = append(ix.parts, part{from: from, to: len(ix.low), joined: joined})
			joined = true // unless something else comes between
		}
		from = len(ix.low)
	}
	for i := 0; i < len(query); {
		r, size := utf8.DecodeRuneInString(query[i:])
		var k kind
		ix.low, k = appendFolded(ix.low, query[i:i+size], r)
		if k == separator && !invisible(r) {
			end()
			joined = joined && strings.ContainsRune(joins, r)
		}
		i += size
	}
	end()
	ix.letters = string(ix.low)
	ix.joinIDs()
	ix.joinNegations()
	ix.group()
}

// joins is what joins the words of one name. All else that is no letter stands
// between terms.
const joins = "-_.+@'’&"

// maxQuery is how many bytes of a query are looked at: more than any link or ARN.
const maxQuery = 1 << 10

// capped leaves out what is beyond that, and half a letter before it.
func capped(query string) string {
	if len(query) <= maxQuery {
		return query
	}
	end := maxQuery
	for end > maxQuery-utf8.UTFMax && !utf8.RuneStart(query[end]) {
		end--
	}
	return query[:end]
}

// speaks tells whether a query has anything that can be seen.
func speaks(query string) bool {
	return strings.ContainsFunc(query, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsControl(r) && !invisible(r) })
}

// maxParts bounds the work for a pasted book.
const maxParts = 4 * maxTerms

// invisible tells whether r can not be seen but comes along when text is copied
// from a page.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r)
}

// The console shows an account ID as three groups of four digits.
const (
	idSize      = 12
	idGroups    = 3
	idGroupSize = 4
)

// joinIDs makes one part of an account ID written in groups, and lets no ID be
// joined to what stands beside it: 111111111101_ReadOnlyAccess.
func (ix *Index) joinIDs() {
	for i := 0; i < len(ix.parts); i++ {
		n := 1
		for n < idGroups && ix.isGroup(i) && i+n < len(ix.parts) && ix.isGroup(i+n) {
			n++
		}
		if !ix.isNumber(i) || n < idGroups && ix.parts[i].to-ix.parts[i].from != idSize {
			continue
		}
		if n == idGroups {
			ix.parts[i].to = ix.parts[i+n-1].to
			ix.parts = append(ix.parts[:i+1], ix.parts[i+n:]...)
		}
		ix.parts[i].joined = false
		if i+1 < len(ix.parts) {
			ix.parts[i+1].joined = false
		}
	}
}

// joinNegations makes one part of pre prod and non-prod: they are one word, and
// mean the opposite of the second half.
func (ix *Index) joinNegations() {
	for i := 0; i+1 < len(ix.parts); i++ {
		p, next := &ix.parts[i], ix.parts[i+1]
		if !negates(ix.word(i)) || !whollyAffirms(ix.word(i+1)) || p.to != next.from {
			continue
		}
		p.to = next.to
		ix.parts = append(ix.parts[:i+1], ix.parts[i+2:]...)
	}
}

func (ix *Index) isGroup(i int) bool {
	return ix.parts[i].to-ix.parts[i].from == idGroupSize && ix.isNumber(i)
}

func (ix *Index) isNumber(i int) bool { return isNumber(ix.word(i)) }

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// word is the i-th part's text.
func (ix *Index) word(i int) string { return ix.letters[ix.parts[i].from:ix.parts[i].to] }

// group makes terms of parts that are joined.
func (ix *Index) group() {
	ix.terms = ix.terms[:0]
	for i := 0; i < len(ix.parts) && len(ix.terms) < maxTerms; {
		to := i + 1
		for to < len(ix.parts) && ix.parts[to].joined {
			to++
		}
		ix.terms = append(ix.terms, ix.newTerm(i, to))
		i = to
	}
	ix.leaveOneRole()
	ix.environments = 0
	for i := range ix.terms {
		if ix.terms[i].use == environment {
			ix.environments |= 1 << i
		}
		ix.terms[i].spare = ix.terms[i].filler && len(ix.terms) > 1 || ix.saidElsewhere(i)
		ix.terms[i].several = len(ix.terms) > 1
		ix.terms[i].edge = len(ix.terms) > 1 && (i == 0 || i == len(ix.terms)-1)
	}
}

// shortTail is up to how many letters at the end of a phrase are by chance in
// many other names.
const shortTail = 2

// split makes each part of a phrase a term: no name has the phrase as such.
func (ix *Index) split(t *term) {
	for i := t.from; i < t.to; i++ {
		ix.parts[i].joined, ix.parts[i].tail = false, fillers[ix.word(i)]
	}
	last := &ix.parts[t.to-1]
	last.tail = last.tail || last.to-last.from <= shortTail || ix.isNumber(t.to-1)
}

// newTerm makes a term of the parts from one to before another.
func (ix *Index) newTerm(from, to int) term {
	text := ix.letters[ix.parts[from].from:ix.parts[to-1].to]
	t := term{wording: wording{text: text, from: from, to: to, mask: maskOf(text), pairs: pairsOf(text),
		head: letterBit[text[0]], size: utf8.RuneCountInString(text)}}
	t.digits, t.number = isNumber(text), strings.ContainsAny(text, "0123456789")
	t.dense = strings.ContainsFunc(text, isDense)
	t.synonyms = synonymsOf(text)
	t.use, t.known = uses[text]
	t.filler = fillers[text]
	negated := from > 0 && negates(ix.word(from-1))
	t.affirms = !negated && affirms(text)
	t.tail = ix.parts[from].tail
	for i := from + 1; i < to; i++ {
		t.joints |= 1 << (ix.parts[i].from - ix.parts[from].from)
	}
	return t
}

// isDense tells whether a letter is of a script that puts nothing between words:
// Han, Kana, Thai, and Hangul, whose words are often written together.
func isDense(r rune) bool { return '\u0e00' <= r && r <= '\u0e7f' || '\u2e80' <= r && r <= '\ud7af' }

// leaveOneRole takes words for roles that stand between other terms for anything,
// if there is one at the edge: nord ro prod admin is nord-retail-onboarding-prod.
func (ix *Index) leaveOneRole() {
	last := len(ix.terms) - 1
	if last < 2 || ix.terms[0].use != access && ix.terms[last].use != access {
		return
	}
	for i := 1; i < last; i++ {
		if t := &ix.terms[i]; t.use == access {
			t.use, t.known = anything, false
		}
	}
}

// fillers are words of sentences and commands around what is meant. They count
// where they match, and need not.
var fillers = map[string]bool{"the": true, "in": true, "on": true, "for": true, "of": true, "to": true, "with": true, "and": true,
	"account": true, "role": true, "profile": true, "aws": true, "sso": true, "login": true, "console": true, "access": true}

// saidElsewhere tells whether another term begins with all of the i-th, or has a
// word that does: it is a repetition, or another term that is being typed. Of
// equal terms the first counts.
func (ix *Index) saidElsewhere(i int) bool {
	text := ix.terms[i].text
	for j := range ix.terms {
		other := &ix.terms[j]
		if j == i || j > i && other.text == text {
			continue
		}
		for p := other.from; p < other.to; p++ {
			if strings.HasPrefix(ix.letters[ix.parts[p].from:ix.parts[other.to-1].to], text) {
				return true
			}
		}
	}
	return false
}
