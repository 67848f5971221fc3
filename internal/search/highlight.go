package search

import "unicode/utf8"

// Span is a range of bytes of a text, From included and To not. It begins and
// ends between letters.
type Span struct{ From, To int }

// Highlight is what to emphasise in one row: spans in order that neither overlap
// nor touch.
type Highlight struct {
	Name, Role, ID, Email []Span
	// Alike are the words that stand for what was typed.
	Alike []Alike
}

// Alike is a word that was typed and one of the row that is used for it.
type Alike struct{ Typed, Found string }

// Highlight tells which letters of a row made it match a query: those that gave
// it its score. A row that does not match has none.
func (ix *Index) Highlight(query string, r int32) (h Highlight) {
	if query != ix.query {
		ix.Search(query, nil)
	}
	if len(ix.terms) == 0 {
		return h
	}
	account := &ix.accounts[ix.rows[r].account]
	roleName := account.Roles[ix.rows[r].at]
	m := ix.places(r)
	var name, role, id lit
	for i := range ix.terms {
		t := &ix.terms[i]
		switch p, q := m.account[i], m.role[i]; {
		case p != nil && p.quality == mailed:
			h.Email = ix.lightMail(t, account.Email, &ix.emails[ix.rows[r].account])
		case p != nil && p.taken.inName() == (spots{}):
			id.add(t, p.taken.ofID())
		case p != nil:
			name.add(t, p.taken)
			h.Alike = p.alike(h.Alike, t, account.Name)
		case q != nil:
			role.add(t, q.taken)
			h.Alike = q.alike(h.Alike, t, roleName)
		}
	}
	h.Name, h.Role, h.ID = name.spans(account.Name), role.spans(roleName), id.spans(account.ID)
	return h
}

// lightMail emphasises what a term matches in an e-mail.
func (ix *Index) lightMail(t *term, email string, f *field) []Span {
	ix.matcher.term = t
	_, at := ix.matcher.ofMail(f)
	var l lit
	l.add(t, spots{}.with(at, len(t.text)))
	return l.spans(email)
}

// alike adds the words of a place that is one of a synonym.
func (p *place) alike(all []Alike, t *term, original string) []Alike {
	if p.quality != short && p.quality != alike {
		return all
	}
	l := lit{letters: p.taken, bridged: p.taken}
	s := l.spans(original)
	return append(all, Alike{t.text, original[s[0].From:s[len(s)-1].To]})
}

// lit is the letters of a field that are emphasised.
type lit struct {
	letters spots
	bridged spots // those after which what joins words is emphasised as well
}

func (l *lit) add(t *term, taken spots) {
	l.letters = l.letters.or(taken)
	if t.phrase() {
		l.bridged = l.bridged.or(taken)
	}
}

// spans carries what is lit over to the original text, whose letters may take
// more or fewer bytes than their folded forms, and some none.
func (l *lit) spans(original string) (spans []Span) {
	if l.letters == (spots{}) {
		return nil
	}
	var buf [4 * utf8.UTFMax]byte
	at, last := 0, false // the next letter, and whether the one before is lit
	joint := -1          // where what joins two words begins
	for i := 0; i < len(original); {
		r, size := utf8.DecodeRuneInString(original[i:])
		folded, k := appendFolded(buf[:0], original[i:i+size], r)
		n := len(folded)
		switch {
		case k == separator:
			if joint < 0 {
				joint = i
			}
			i += size
			continue
		case k != ornament:
			before := last && l.bridged.has(at-1) && l.bridged.has(at)
			last = l.letters.any(at, n)
			if joint >= 0 && before && last {
				spans = extend(spans, joint, i)
			}
			joint = -1
		}
		if last {
			spans = extend(spans, i, i+size)
		}
		at += n
		i += size
	}
	return spans
}

// extend adds a span, or lengthens the last if they touch.
func extend(spans []Span, from, to int) []Span {
	if n := len(spans); n > 0 && spans[n-1].To == from {
		spans[n-1].To = to
		return spans
	}
	return append(spans, Span{from, to})
}

// has tells whether the letter at one place is in s.
func (s spots) has(i int) bool {
	i = min(i, nameSpots-1)
	return i >= 0 && s[i/64]>>(i%64)&1 != 0
}

// any tells whether one of n letters is in s.
func (s spots) any(from, n int) bool {
	for i := from; i < from+n; i++ {
		if s.has(i) {
			return true
		}
	}
	return false
}

// ofID gives the digits of an ID as letters of a field.
func (s spots) ofID() spots { return spots{s[1] >> (idSpots - 64), 0} }
