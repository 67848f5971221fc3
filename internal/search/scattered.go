package search

import "unicode/utf8"

// maxScattered is the longest term whose letters are looked for scattered.
// Contractions are short; the limit bounds the work on a hostile query.
const maxScattered = 24

// jumpEdits is what skipping to the beginning of a later word costs, however far
// it is: as much as one letter, because it is one decision of the writer's.
const jumpEdits = 1

// maxSkips is how many edits a scattered match of so many letters may cost.
// Common contractions cost less (mgmt 6, sbx 4); what costs more is chance.
func maxSkips(letters int) int { return min(2*letters, 10) }

// fewSkips is up to how many edits a scattered match is a likely one.
const fewSkips = 3

// scattered finds the letters of a term in a name, in their order and the first
// at the beginning of a word, with as few edits as can be: a skipped letter is
// one, a jump to the beginning of a word is jumpEdits.
//
// For each number of letters matched so far it keeps the least edits with which
// that can be done, counted up to the byte before (near) and without what was
// skipped since (far, from where one jumps). Only terms in ASCII are scattered:
// no half of another letter can match them.
//
// Digits are never scattered: 42 is not 402.
func scattered(a *arena, t *term, f *field) quality {
	size := len(t.text)
	if t.mask&^f.mask != 0 || t.head&f.heads == 0 ||
		size > maxScattered || size > int(f.size) || t.number || !isASCII(t.mask) {
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
	if best > fewSkips {
		return farLetters
	}
	return letters
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
