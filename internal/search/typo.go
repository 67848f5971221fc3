package search

import (
	"math/bits"
	"slices"

	"github.com/agnivade/levenshtein"
)

// How many edits a term may be away from a word. Below oneEditFrom letters any
// word is one edit from too many others; two neighbours swapped are allowed from
// swapFrom letters, for all letters are there.
const (
	swapFrom     = 3
	oneEditFrom  = 4
	twoEditsFrom = 8
)

// edits is the number of edits the term may be away from a word, swaps aside.
// Digits are never taken for misspelt: another number is another account.
func (t *term) edits() int {
	switch {
	case t.digits || t.size < oneEditFrom:
		return 0
	case t.size < twoEditsFrom:
		return 1
	}
	return 2
}

// correctable tells whether the term may be taken for a misspelling.
func (t *term) correctable() bool { return !t.digits && t.size >= swapFrom }

// vocabulary is the distinct words of account and role names, and those names as
// a whole. It is made when it is first needed: most searches have no typo.
type vocabulary struct {
	words     []string
	masks     []uint64
	byAccount postings
	byRole    postings
	qualities []uint8 // of the words, for one term
}

// postings lists for each name the words in it.
type postings struct {
	words []int32
	ends  []int32 // by name: where its words end in words
}

func newVocabulary(ix *Index) *vocabulary {
	v := &vocabulary{}
	known := make(map[string]int32)
	text := string(ix.arena.text) // one copy, which all words are parts of
	v.byAccount = v.post(ix, ix.names, text, known)
	v.byRole = v.post(ix, ix.roles, text, known)
	v.qualities = make([]uint8, len(v.words))
	return v
}

// post adds the words of names to the vocabulary and lists them.
func (v *vocabulary) post(ix *Index, names []field, text string, known map[string]int32) postings {
	p := postings{ends: make([]int32, 0, len(names))}
	add := func(word string) {
		id, ok := known[word]
		if !ok {
			id = int32(len(v.words))
			known[word] = id
			v.words = append(v.words, word)
			v.masks = append(v.masks, maskOf(word))
		}
		p.words = append(p.words, id)
	}
	for _, f := range names {
		eachWord(text[f.at:f.at+f.size], ix.arena.marks[f.at:f.at+f.size], func(from, to int) {
			add(text[int(f.at)+from : int(f.at)+to])
		})
		p.ends = append(p.ends, int32(len(p.words)))
	}
	return p
}

// eachWord calls do with the bounds of what a term may be a misspelling of: each
// word of a name, and the name as a whole. Words too short for any term are left
// out.
func eachWord(name string, marks []mark, do func(from, to int)) {
	whole, from := false, 0
	for i, m := range marks {
		if m&wordStart != 0 {
			from = i
		}
		if m&wordEnd == 0 || i+1-from < swapFrom {
			continue
		}
		do(from, i+1)
		whole = whole || i+1-from == len(name)
	}
	if !whole && len(name) >= swapFrom {
		do(0, len(name))
	}
}

// correctable tells whether some term may be taken for a misspelling.
func (ix *Index) correctable() bool {
	return slices.ContainsFunc(ix.terms, func(t term) bool { return t.correctable() })
}

// addTypos raises the scores in byAcct and byRole to those of misspelt terms.
func (ix *Index) addTypos() {
	if ix.words == nil {
		ix.words = newVocabulary(ix)
	}
	for i := range ix.terms {
		t := &ix.terms[i]
		if !t.correctable() || !ix.words.correct(t) {
			continue
		}
		accounts, roles := ix.scores(i)
		ix.words.byAccount.raise(accounts, ix.words.qualities, nameBonus)
		ix.words.byRole.raise(roles, ix.words.qualities, roleBonus)
	}
}

// correct fills qualities with how well each word is what t was meant to be. It
// tells whether any is.
func (v *vocabulary) correct(t *term) (found bool) {
	for w, word := range v.words {
		quality, _ := misspelt(t, word, v.masks[w])
		v.qualities[w] = uint8(quality)
		found = found || quality != none
	}
	return found
}

// raise lifts each name's score to that of its best word.
func (p *postings) raise(scores, qualities []uint8, bonus int) {
	from := int32(0)
	for name, end := range p.ends {
		best := uint8(none)
		for _, w := range p.words[from:end] {
			best = max(best, qualities[w])
		}
		scores[name] = max(scores[name], score(int(best), bonus))
		from = end
	}
}

// misspelt is the quality with which t is a misspelling of a word or of its
// beginning, and the length of what it is a misspelling of. The beginning is
// about as long as the term, so that a search with a typo holds while one types on.
//
// Before a distance is computed, masks tell whether it can be small: an edit
// makes up for at most one letter that is in the one text and not in the other.
func misspelt(t *term, word string, mask uint64) (quality, size int) {
	allowed, ascii := t.edits(), isASCII(t.mask|mask)
	if ascii && bits.OnesCount64(t.mask&^mask) > allowed {
		return none, 0
	}
	for n := t.size - allowed; n <= t.size+allowed; n++ {
		part := prefixOf(word, n, ascii)
		if part == "" {
			break
		}
		have := maskOf(part)
		if ascii && (bits.OnesCount64(have&^t.mask) > allowed || bits.OnesCount64(t.mask&^have) > allowed) {
			continue
		}
		edits, ok := t.distance(part, have)
		if !ok {
			continue
		}
		kind := misspeltStartPenalty
		if len(part) == len(word) {
			kind = misspeltPenalty
		}
		if q := loose(edits, kind); q > quality || q == quality && n == t.size {
			quality, size = q, len(part)
		}
	}
	return quality, size
}

// distance is the number of edits between a term and a text that has this mask;
// ok tells whether so many are allowed. Two neighbours swapped are one edit.
func (t *term) distance(s string, mask uint64) (edits int, ok bool) {
	if (mask == t.mask || !isASCII(mask|t.mask)) && swapped(t.text, s) {
		return 1, true
	}
	edits = levenshtein.ComputeDistance(t.text, s)
	return edits, edits <= t.edits()
}

// swapped tells whether b is a with two neighbouring letters swapped.
func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}
