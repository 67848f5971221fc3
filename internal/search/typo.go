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
func (t *term) edits() int {
	switch {
	case t.size < oneEditFrom:
		return 0
	case t.size < twoEditsFrom:
		return 1
	}
	return 2
}

// correctable tells whether the term may be taken for a misspelling.
func (t *term) correctable() bool { return !t.digits && !t.sure && t.size >= swapFrom }

// guess fills byAcct and byRole anew: what a term does not match may be what was
// meant by it. It tells whether there is such a term. One that is a word of some
// name as it stands was not mistyped.
func (ix *Index) guess() bool {
	ix.scored = ix.scored[:0]
	if len(ix.terms) > 1 {
		ix.scoreTerms(false) // a guess may revive what was left out
	}
	some := false
	for i := range ix.terms {
		t := &ix.terms[i]
		t.sure = t.known || ix.bestOf(i) >= began
		some = some || t.correctable()
	}
	if !some {
		return false
	}
	if ix.words == nil {
		ix.words = newVocabulary(ix)
	}
	ix.matcher.guessing = true
	clear(ix.lost)
	for i := range ix.terms {
		t := &ix.terms[i]
		accounts, roles := ix.qualities(i)
		if t.correctable() {
			ix.words.correct(t)
			ix.words.byAccount.raise(accounts, ix.words.qualities)
			ix.words.byRole.raise(roles, ix.words.qualities)
			ix.scatter(t, accounts, ix.names)
			ix.scatter(t, roles, ix.roles)
		}
		ix.lose(t, accounts, roles)
	}
	return true
}

// scatter raises names whose words, in whatever order, the term is, and those that have its letters.
func (ix *Index) scatter(t *term, found []quality, names []field) {
	for i := range names {
		if found[i] >= typo || t.mask&^names[i].mask != 0 || t.head&names[i].heads == 0 {
			continue
		}
		in, marks := ix.arena.in(&names[i])
		if p := (shuffle{text: t.text, in: in, marks: marks}); p.from(0, spots{}, 0) {
			found[i] = typo
		} else if found[i] == none {
			found[i] = scattered(&ix.arena, t, &names[i])
		}
	}
}

// lose leaves out the accounts that a term matches neither in the account nor in
// any role.
func (ix *Index) lose(t *term, accounts, roles []quality) {
	anyRole := none
	for _, q := range roles {
		anyRole |= q
	}
	for a, q := range accounts {
		ix.lost[a] = ix.lost[a] || !t.spare && q|anyRole == none
	}
}

// guesses appends what the term may have been meant for in a name.
func (m *matcher) guesses(dst []place, f *field) []place {
	if !m.term.correctable() {
		return dst
	}
	in, marks := m.arena.in(f)
	var best place
	eachWord(string(in), marks, func(from, to int) {
		w := string(in[from:to])
		if q, n := misspelt(m.term, w, maskOf(w)); q > best.quality {
			best = place{quality: q, taken: spots{}.with(from, n)}
		}
	})
	if q := scattered(m.arena, m.term, f); q > best.quality {
		best = place{quality: q}
		for _, at := range align(in, marks, m.term.text, 1) {
			best.taken = best.taken.with(at, 1)
		}
	}
	if p := (shuffle{text: m.term.text, in: in, marks: marks}); best.quality < typo && p.from(0, spots{}, 0) {
		best = place{quality: typo, taken: p.taken}
	}
	if best.quality == none {
		return dst
	}
	return append(dst, best)
}

// misspelt is the quality with which t is a misspelling of a word or of its
// beginning, and the length of what it is a misspelling of. The beginning is
// about as long as the term, so that a search with a typo holds while one types on.
// Digits are never taken for misspelt: another number is another account.
//
// Before a distance is computed, masks tell whether it can be small: an edit
// makes up for at most one letter that is in the one text and not in the other.
func misspelt(t *term, word string, mask uint64) (best quality, size int) {
	if t.size == swapFrom && len(word) >= swapFrom && (mask|t.mask)&digitBits == 0 && oneEdit(t.text, word) {
		switch {
		case uses[word] == environment || swapped(t.text, word):
			return typo, len(word)
		case t.several:
			return startTypo, len(word)
		}
	}
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
		if (t.mask|have)&digitBits != 0 && !sameDigits(t.text, part) {
			continue
		}
		edits, ok := t.distance(part, have)
		if !ok {
			continue
		}
		q := typo
		switch {
		case edits > 1:
			q = farTypo
		case len(part) < len(word):
			q = startTypo
		}
		if q > best || q == best && n == t.size {
			best, size = q, len(part)
		}
	}
	return best, size
}

// digitBits are those of all digits.
const digitBits = (1<<10 - 1) << digitBit

// sameDigits tells whether two texts have the same digits in the same order.
func sameDigits(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !isDigit(a[i]) {
			i++
		}
		for j < len(b) && !isDigit(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}

// distance is the number of edits between a term and a text that has this mask;
// ok tells whether so many are allowed. Two neighbours swapped are one edit.
func (t *term) distance(s string, mask uint64) (edits int, ok bool) {
	if (mask == t.mask || !isASCII(mask|t.mask)) && swapped(t.text, s) {
		return 1, true
	}
	a, b := t.text, s
	if isASCII(mask | t.mask) {
		a, b = differing(a, b)
		if t.edits() == 1 && max(len(a), len(b)) > 1 {
			return 0, false // they differ at both ends: most do
		}
	}
	edits = levenshtein.ComputeDistance(a, b)
	return edits, edits <= t.edits()
}

// differing cuts off what two texts begin and end with alike, letters of one byte.
func differing(a, b string) (string, string) {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
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
