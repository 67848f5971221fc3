package search

// matcher finds how well one term matches fields.
type matcher struct {
	arena        *arena
	term         *term
	abbreviation abbreviation
	guessing     bool // placesIn finds guesses as well
}

// ofName finds the best place of the term in the name of an account or a role.
func (m *matcher) ofName(best *place, f *field, role bool) {
	t := m.term
	*best = place{}
	if t.mask&^f.mask == 0 {
		if t.pairs&^f.pairs == 0 {
			if q, at := m.occurrence(f); q != none && t.allows(q, role) {
				m.run(best, f, q, at)
				if q >= glued {
					return
				}
			}
		}
		if t.head&f.heads != 0 && t.size > 1 {
			if q := m.abbreviation.best(m.arena, t, f); q > best.quality && t.allows(q, role) {
				*best = place{quality: q, taken: m.abbreviation.spots, apart: true}
			}
		}
	}
	if t.number && best.quality < glued && t.mask&^(f.mask|zero) == 0 {
		if from, to := m.sameNumber(f); to > 0 {
			*best = place{quality: glued, taken: spots{}.with(from, to-from), apart: true}
		}
	}
	if t.synonyms != nil && best.quality < short {
		if q, from, to := m.synonym(f); q > best.quality {
			*best = place{quality: q, taken: spots{}.with(from, to-from)}
		}
	}
}

// run makes p the place of the term where it stands in one piece.
func (m *matcher) run(p *place, f *field, q quality, at int) {
	size := len(m.term.text)
	p.quality, p.taken, p.apart = q, spots{}.with(at, size), false
	if q == prefix || q == inside || size == 1 || m.term.phrase() {
		return // what joins words was typed, or there is one word
	}
	_, marks := m.arena.in(f)
	for _, k := range marks[at+1 : at+size] {
		p.apart = p.apart || k&parted != 0
	}
}

// ofRole is the quality of the term in the name of a role.
func (m *matcher) ofRole(f *field) quality {
	var p place
	m.ofName(&p, f, true)
	return ofRole(p.quality)
}

// ofRole is what a quality is worth in the name of a role. There the beginnings
// in the table of synonyms are what everybody says: admin is Administrator, and
// no less so than the end of BreakGlassAdmin.
func ofRole(q quality) quality {
	if q == began {
		return word
	}
	return q
}

// occurrence finds the best place where the term stands in a field in one piece,
// the first of them if there are several.
func (m *matcher) occurrence(f *field) (best quality, at int) {
	text := m.term.text
	size, last := len(text), int(f.size)-len(text)
	if last < 0 {
		return none, 0
	}
	in, marks := m.arena.in(f)
	first := text[0]
	for i, c := range in[:last+1] {
		if c != first || best >= inside && marks[i]&wordStart == 0 {
			continue
		}
		if size > 1 && string(in[i:i+size]) != text {
			continue
		}
		if q := m.qualityAt(in, marks, i); q > best {
			best, at = q, i
			if q == word {
				break
			}
		}
	}
	return best, at
}

// qualityAt is the quality of the term where it stands at i.
func (m *matcher) qualityAt(in []byte, marks []mark, i int) quality {
	t := m.term
	end := i + len(t.text)
	if marks[i]&wordStart == 0 || t.affirms && negated(in, marks, i) {
		return inside
	}
	ends, several := marks[end-1]&wordEnd != 0, false
	for _, k := range marks[i : end-1] {
		if k&wordEnd != 0 {
			several = true
			break
		}
	}
	switch {
	case several && ends && !t.phrase() && t.synonyms == nil:
		return glued
	case several && !ends && !t.phrase(): // webs is Website before it is Web Shop
		return running
	case ends: // nonprod is one word, even if it is written Non Prod
		return word
	case t.synonyms != nil && m.begins(in[i:wordTo(marks, i)]):
		return began
	}
	return prefix
}

// begins tells whether the term, with which w begins, is used for w.
func (m *matcher) begins(w []byte) bool {
	for i := range m.term.synonyms {
		if m.term.synonyms[i].text == string(w) {
			return true
		}
	}
	return false
}

// wordTo is the end of the word that i is in.
func wordTo(marks []mark, i int) int {
	for marks[i]&wordEnd == 0 {
		i++
	}
	return i + 1
}

// synonym finds a word of a field that the term is used for, or several that
// together are: Read Only.
func (m *matcher) synonym(f *field) (best quality, from, to int) {
	in, marks := m.arena.in(f)
	for i := range m.term.synonyms {
		s := &m.term.synonyms[i]
		if s.mask&^f.mask != 0 || s.pairs&^f.pairs != 0 {
			continue
		}
		q := alike
		if s.short {
			q = short
		}
		if q <= best {
			continue
		}
		if at := m.wholeWords(in, marks, s.text, 0); at >= 0 {
			best, from, to = q, at, at+len(s.text)
		}
	}
	return best, from, to
}

// wholeWords is where text stands from i on as whole words, -1 if nowhere.
func (m *matcher) wholeWords(in []byte, marks []mark, text string, i int) int {
	for ; i+len(text) <= len(in); i++ {
		if in[i] == text[0] && marks[i]&wordStart != 0 && marks[i+len(text)-1]&wordEnd != 0 &&
			string(in[i:i+len(text)]) == text && !(m.term.affirms && negated(in, marks, i)) {
			return i
		}
	}
	return -1
}

const (
	// leastTail is from how many digits on the end of an ID is something that
	// people tell accounts apart by; leastDigits, from how many on digits in the
	// middle are no chance.
	leastTail   = 4
	leastDigits = 3
)

// ofID is the quality of the term in an account ID.
func (m *matcher) ofID(f *field) (best quality, at int) {
	t := m.term
	size, last := len(t.text), int(f.size)-len(t.text)
	if !t.digits || last < 0 || t.several && size < leastDigits || t.mask&^f.mask != 0 || t.pairs&^f.pairs != 0 {
		return none, 0
	}
	in, _ := m.arena.in(f)
	switch {
	case string(in[last:]) == t.text && last == 0:
		return wholeID, 0
	case string(in[last:]) == t.text && size >= leastTail:
		return word, last
	case string(in[:size]) == t.text:
		return prefix, 0
	}
	for i := 1; i <= last; i++ {
		if string(in[i:i+size]) == t.text {
			if size < leastDigits {
				return skipping, i
			}
			return inside, i
		}
	}
	return none, 0
}

// ofMail tells whether a word of an e-mail begins with the term. Letters inside
// words don't count: the mail domain that all accounts share has many.
func (m *matcher) ofMail(f *field) (q quality, at int) {
	t := m.term
	if t.mask&^f.mask != 0 || t.pairs&^f.pairs != 0 || t.head&f.heads == 0 {
		return none, 0
	}
	size, last := len(t.text), int(f.size)-len(t.text)
	if last < 0 {
		return none, 0
	}
	in, marks := m.arena.in(f)
	first := t.text[0]
	for i, c := range in[:last+1] {
		if c == first && marks[i]&wordStart != 0 && string(in[i:i+size]) == t.text {
			return mailed, i
		}
	}
	return none, 0
}
