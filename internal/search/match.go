package search

import "unicode/utf8"

// occurrence finds the best place where text occurs in a field in one piece, the
// first of them if there are several; quality is none if there is no better one
// than above. The text must not be empty.
//
// This is the whole of what IDs and e-mails can match: letters scattered over a
// mail domain that all accounts share would match everything.
func occurrence(a *arena, text string, f *field, above int) (quality, at int) {
	size, last := len(text), int(f.size)-len(text)
	if last < 0 || above >= wholeWord && last > 0 {
		return none, 0
	}
	in, marks := a.in(f)
	first := text[0]
	if above >= substring && in[0] != first && letterBit[first]&f.heads == 0 {
		return none, 0 // what is better than a substring begins the field or a word
	}
	for i, c := range in[:last+1] {
		if c != first || above >= substring && i > 0 && marks[i]&wordStart == 0 {
			continue
		}
		if size > 1 && string(in[i:i+size]) != text {
			continue
		}
		if q := qualityAt(marks, i, i+size); q > above {
			quality, at, above = q, i, q
			if q >= wholeWord { // a later place has at most the same
				break
			}
		}
	}
	return quality, at
}

// qualityAt is the quality of an occurrence from i to before end.
func qualityAt(marks []mark, i, end int) int {
	starts := marks[i]&wordStart != 0
	switch {
	case i == 0 && end == len(marks):
		return exact
	case starts && marks[end-1]&wordEnd != 0:
		return wholeWord
	case i == 0:
		return prefix
	case starts:
		return wordPrefix
	}
	return substring
}

const (
	// maxAbbreviation is the longest term taken as initials or abbreviation: its
	// letters are the bits of a word.
	maxAbbreviation = 64
	// maxScattered is the longest term whose letters are looked for scattered.
	// Contractions are short; the limit bounds the work on a hostile query.
	maxScattered = 24
)

// matcher matches one term against names, those of accounts and of roles.
type matcher struct {
	// places has, for each byte, the places in the term where it stands, as bits.
	places [256]uint64
}

// load prepares the matcher for t; unload makes it ready for another term.
func (m *matcher) load(t *term) {
	for i := 0; i < len(t.text) && len(t.text) <= maxAbbreviation; i++ {
		m.places[t.text[i]] |= 1 << i
	}
}

func (m *matcher) unload(t *term) {
	for i := 0; i < len(t.text); i++ {
		m.places[t.text[i]] = 0
	}
}

// named is the quality of the loaded term in a name, typos aside.
func (m *matcher) named(a *arena, t *term, f *field) int {
	if t.mask&^f.mask != 0 {
		return none
	}
	if t.pairs&^f.pairs == 0 {
		if quality, _ := occurrence(a, t.text, f, none); quality != none {
			return quality
		}
	}
	if t.head&f.heads == 0 {
		return none // what follows begins at a word
	}
	if quality := m.abbreviates(a, t, f); quality != none {
		return quality
	}
	return scattered(a, t, f)
}

// abbreviates tells whether the loaded term is made of a name's initials, those
// of words that follow each other, or else of the beginnings of some of its
// words, in their order.
//
// It is Shift-And: bit i of a set says that the term's first i+1 letters have
// been matched, the last of them at the byte just read. Each byte shifts the sets
// by one, so that all ways to match are followed at once, without going back.
//
//	name         p   a      y          m..-   p       r      o       d
//	here         p   pa     pay               p,payp  paypr  paypro  payprod
//	earlier      p   p,pa   p,pa,pay  ..                          .. payprod
//
// A byte that begins a word goes on from any earlier point, another byte only
// from the byte before. Of letters beyond ASCII the first byte alone begins a
// word, so they count for abbreviations and not for initials.
func (m *matcher) abbreviates(a *arena, t *term, f *field) int {
	if len(t.text) > maxAbbreviation || len(t.text) > int(f.size) {
		return none
	}
	in, marks := a.in(f)
	var heads, here, earlier uint64
	whole := uint64(1) << (len(t.text) - 1)
	for i, c := range in {
		places := m.places[c]
		if marks[i]&wordStart == 0 {
			here = here << 1 & places
		} else {
			heads = (heads<<1 | 1) & places
			if heads&whole != 0 {
				return initials
			}
			here = (earlier<<1 | 1) & places
		}
		earlier |= here
	}
	if earlier&whole != 0 {
		return abbreviation
	}
	return none
}

// jumpEdits is what skipping to the beginning of a later word costs, however far
// it is: as much as one letter, because it is one decision of the writer's.
const jumpEdits = 1

// maxSkips is how many edits a scattered match of so many letters may cost.
func maxSkips(letters int) int { return min(2*letters, maxEdits) }

// scattered finds the letters of a term in a name, in their order and the first
// at the beginning of a word, with as few edits as can be: a skipped letter is
// one, a jump to the beginning of a word is jumpEdits.
//
// For each number of letters matched so far it keeps the least edits with which
// that can be done, counted up to the byte before (near) and without what was
// skipped since (far, from where one jumps). Only terms in ASCII are scattered:
// no half of another letter can match them.
func scattered(a *arena, t *term, f *field) int {
	size := len(t.text)
	if size > maxScattered || size > int(f.size) || !isASCII(t.mask) {
		return none
	}
	in, marks := a.in(f)
	if !inOrder(in, t.text) {
		return none
	}
	limit := maxSkips(size)
	var near, far [maxScattered + 1]int
	for i := range size + 1 {
		near[i], far[i] = limit+1, limit+1
	}
	best := limit + 1
	for at, c := range in {
		starts := marks[at]&wordStart != 0
		for i := size; i > 0; i-- {
			near[i]++
			if t.text[i-1] != c {
				continue
			}
			edits := limit + 1
			switch {
			case i > 1 && starts:
				edits = min(near[i-1], far[i-1]+jumpEdits)
			case i > 1:
				edits = near[i-1]
			case starts:
				edits = 0
			}
			near[i], far[i] = min(near[i], edits), min(far[i], edits)
			if i == size {
				best = min(best, edits)
			}
		}
	}
	if best > limit {
		return none
	}
	return loose(best, scatteredPenalty)
}

// inOrder tells whether the bytes of text occur in that order.
func inOrder(in []byte, text string) bool {
	i := 0
	for _, c := range in {
		if c == text[i] {
			if i++; i == len(text) {
				return true
			}
		}
	}
	return false
}

// prefixOf is the first n letters of s, or nothing if it has less.
func prefixOf(s string, n int, ascii bool) string {
	if ascii {
		if n > len(s) {
			return ""
		}
		return s[:n]
	}
	end := 0
	for range n {
		if end == len(s) {
			return ""
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}
