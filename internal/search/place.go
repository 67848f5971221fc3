package search

import (
	"math/bits"
	"slices"
)

// spots is a set of letters of one account or one role, as bits: the first 112
// bytes of its name (longer names share the last bit), then the digits of an ID.
type spots [2]uint64

const (
	nameSpots = 112
	idSpots   = nameSpots // where those of the ID begin
)

// with adds n letters of a name from one on.
func (s spots) with(from, n int) spots {
	if from+n <= 64 {
		s[0] |= (1<<n - 1) << from // the common case
		return s
	}
	for i := from; i < from+n; i++ {
		at := min(i, nameSpots-1)
		s[at/64] |= 1 << (at % 64)
	}
	return s
}

// withID adds n digits of an ID from one on. Those of what is longer than an ID
// share the last bit.
func (s spots) withID(from, n int) spots {
	for i := from; i < from+n; i++ {
		s[1] |= 1 << (idSpots - 64 + min(i, idSize-1))
	}
	return s
}

func (s spots) or(o spots) spots   { return spots{s[0] | o[0], s[1] | o[1]} }
func (s spots) meets(o spots) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

// inName leaves those of the name.
func (s spots) inName() spots { return spots{s[0], s[1] & (1<<(nameSpots-64) - 1)} }

func (s spots) count() int { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }

// first is the first of them, nameSpots+idSize if there is none.
func (s spots) first() int {
	if s[0] != 0 {
		return bits.TrailingZeros64(s[0])
	}
	return 64 + bits.TrailingZeros64(s[1])
}

func (s spots) without(o spots) spots { return spots{s[0] &^ o[0], s[1] &^ o[1]} }

// next is the first place from one on that is not in s.
func (s spots) next(i int) int {
	for i < nameSpots && s.has(i) {
		i++
	}
	return i
}

// run tells where n letters begin that follow each other, as most matches do.
func (s spots) run(n int) (from int, ok bool) {
	if n == 0 || s[1] != 0 {
		return 0, false
	}
	from = bits.TrailingZeros64(s[0])
	return from, s[0]>>from == 1<<n-1
}

// place is one way to match a term: which letters it takes, and how good it is.
type place struct {
	quality quality
	taken   spots
	apart   bool // the term leaves out what joins the words it matches
	use     use  // of a term that is in a role
	edge    bool // the term is the first or the last of several
}

// maxPlaces is how many ways to match a term in a field are tried. Names hold a
// word three times at most; a letter, more often, but then any of them does.
const maxPlaces = 6

// most is how many are tried of a term. Of a letter or two, the first will do.
func (t *term) most() int {
	if t.size < leastInside-1 {
		return maxPlaces / 2
	}
	return maxPlaces
}

// certain tells whether a place is a term's beyond doubt.
func certain(p place) bool { return p.quality >= prefix && p.quality != glued }

// placesIn appends the ways to match the term in a name, the best of each kind
// first.
func (m *matcher) placesIn(dst []place, f *field, role bool) []place {
	t, from := m.term, len(dst)
	if t.mask&^f.mask == 0 {
		if t.pairs&^f.pairs == 0 {
			dst = m.occurrences(dst, f, role)
		}
		if t.head&f.heads != 0 && t.size > 1 {
			dst = m.abbreviations(dst, f, role)
		}
	}
	if t.number && t.mask&^(f.mask|zero) == 0 {
		if at, to := m.sameNumber(f); to > 0 {
			dst = append(dst, place{quality: glued, taken: spots{}.with(at, to-at), apart: true})
		}
	}
	if t.synonyms != nil && !slices.ContainsFunc(dst[from:], certain) {
		dst = m.synonyms(dst, f) // read is the Read of ReadOnly itself
	}
	if m.guessing && !slices.ContainsFunc(dst[from:], certain) {
		dst = m.guesses(dst, f) // what else matches may be taken by other terms
	}
	if role {
		for i := range dst[from:] {
			dst[from+i].edge, dst[from+i].use = t.edge, t.use
		}
	}
	return dst
}

func (m *matcher) occurrences(dst []place, f *field, role bool) []place {
	in, marks := m.arena.in(f)
	size, room := len(m.term.text), len(dst)+m.term.most()
	inWords := m.term.allows(inside, role)
	for i := 0; i+size <= len(in); i++ {
		if in[i] != m.term.text[0] || !inWords && marks[i]&wordStart == 0 || string(in[i:i+size]) != m.term.text {
			continue
		}
		q := m.qualityAt(in, marks, i)
		if !m.term.allows(q, role) {
			continue
		}
		if role {
			q = ofRole(q)
		}
		var p place
		m.run(&p, f, q, i)
		if len(dst) < room {
			dst = append(dst, p)
			continue
		}
		// There is no room: a better place takes that of the worst, of several the last.
		worst := room - 1
		for j := room - m.term.most(); j < room; j++ {
			if dst[j].quality < dst[worst].quality {
				worst = j
			}
		}
		if q > dst[worst].quality {
			dst[worst] = p
		}
	}
	return dst
}

// abbreviations appends one way for each word that the term can begin in.
func (m *matcher) abbreviations(dst []place, f *field, role bool) []place {
	b, room := &m.abbreviation, len(dst)+maxPlaces
	b.start(m.arena, m.term, f)
	for i := range b.in {
		if b.in[i] != b.text[0] || b.marks[i]&wordStart == 0 || len(dst) == room {
			continue
		}
		b.found = none
		b.from(i, 0, true, true, spots{})
		if b.found != none && m.term.allows(b.found, role) {
			dst = append(dst, place{quality: b.found, taken: b.spots, apart: true})
		}
	}
	return dst
}

func (m *matcher) synonyms(dst []place, f *field) []place {
	in, marks := m.arena.in(f)
	room := len(dst) + maxPlaces
	for i := range m.term.synonyms {
		s := &m.term.synonyms[i]
		q := alike
		if s.short {
			q = short
		}
		for at := m.wholeWords(in, marks, s.text, 0); at >= 0 && len(dst) < room; at = m.wholeWords(in, marks, s.text, at+1) {
			dst = append(dst, place{quality: q, taken: spots{}.with(at, len(s.text))})
		}
	}
	return dst
}

// touched is the words of a name of which a letter is taken.
func touched(marks []mark, taken spots) (all spots) {
	from, some := 0, false
	for i := range marks {
		if marks[i]&wordStart != 0 {
			from, some = i, false
		}
		some = some || taken.has(i)
		if marks[i]&wordEnd != 0 && some {
			all = all.with(from, i+1-from)
		}
	}
	return all
}
