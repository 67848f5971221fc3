package search

// abbreviation finds the ways in which a term is made of the beginnings of a
// name's words, in their order:
//
//	payprod   [pay]ments-[prod]              glued: of each word more than a letter
//	dps       [d]ata-[p]latform-[s]taging    initials, and what is between the two
//	ps        [p]ayments-api-[s]taging       skipping words
//
// A number is taken as a whole, or it would be another number: app0421 is not
// made of [app][04]01-x-[21].
type abbreviation struct {
	text   string
	joints uint64 // where the words of a phrase begin in text
	in     []byte
	marks  []mark
	steps  int
	found  quality
	spots  spots // of found
}

// maxSteps bounds the work on a hostile name, such as a-a-a-a-a. Names of people
// who mean well need a few tens.
const maxSteps = 300

// best is the best quality of the term as an abbreviation of the field.
func (b *abbreviation) best(a *arena, t *term, f *field) quality {
	b.start(a, t, f)
	for i := range b.in {
		if b.in[i] == b.text[0] && b.marks[i]&wordStart != 0 {
			b.from(i, 0, true, true, spots{})
		}
	}
	return b.found
}

func (b *abbreviation) start(a *arena, t *term, f *field) {
	b.text, b.joints, b.steps, b.found = t.text, t.joints, 0, none
	b.in, b.marks = a.in(f)
}

// from goes on at the beginning of a word, so many letters of the term being
// done. The words so far follow each other if close is set, and gave more than
// one letter each if long is.
func (b *abbreviation) from(at, done int, close, long bool, taken spots) {
	if b.steps++; b.steps > maxSteps || b.found >= glued {
		return
	}
	n := b.common(at, done)
	for k := n; k > 0; k-- {
		whole := b.marks[at+k-1]&wordEnd != 0
		if !whole && b.joints>>(done+1)&(1<<(k-1)-1) != 0 {
			continue // payments-a is no [payment]s-[sa]ndbox
		}
		if b.joints>>done&1 != 0 && negated(b.in, b.marks, at) && affirms(b.text[done:done+k]) {
			continue // fraud-detectin-prod is no [fraud]-[detecti]on-[n]on-[prod]
		}
		if done+k == len(b.text) {
			if q := ended(close, long && (k > 1 || whole && (close || isDigit(b.in[at])))); q > b.found && done > 0 {
				b.found, b.spots = q, taken.with(at, k)
			}
			return // shorter pieces leave letters over, which begin no word here
		}
		if !whole && isDigit(b.in[at+k-1]) && isDigit(b.in[at]) {
			return // a part of a number
		}
		b.next(at+k, done+k, close, long && (k > 1 || whole), taken.with(at, k))
	}
}

// next tries the words that begin at or after i.
func (b *abbreviation) next(i, done int, close, long bool, taken spots) {
	for ; i < len(b.in); i++ {
		if b.marks[i]&wordStart == 0 {
			continue
		}
		if b.in[i] == b.text[done] {
			b.from(i, done, close, long, taken)
		}
		if isDigit(b.in[i]) && isDigit(b.text[done]) {
			return // a number is not skipped for another
		}
		close = close && isDigit(b.in[i]) // who abbreviates app0406-search says as
	}
}

// common counts the letters that the word at a place and the rest of the term
// begin with.
func (b *abbreviation) common(at, done int) int {
	n := 0
	for done+n < len(b.text) && at+n < len(b.in) && b.in[at+n] == b.text[done+n] && (n == 0 || b.marks[at+n]&wordStart == 0) {
		n++
	}
	return n
}

func ended(close, long bool) quality {
	switch {
	case close && long:
		return glued
	case close || long:
		return initials
	}
	return skipping
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
