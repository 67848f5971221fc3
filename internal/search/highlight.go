package search

import "unicode/utf8"

// Span is a range of bytes of a text, From included and To not. It begins and
// ends between letters.
type Span struct{ From, To int }

// Highlight is what to emphasise in one row: spans in order that neither overlap
// nor touch.
type Highlight struct {
	Name, Role, ID, Email []Span
}

// Highlight tells which letters of a row made it match a query. A term is
// emphasised wherever it matches tightly; a loose match or a misspelling only in
// the field that gave the row its score. It is for the rows on the screen; for a
// row that does not match it shows the terms that do.
func (ix *Index) Highlight(query string, r int32) Highlight {
	ix.parse(query)
	account := &ix.accounts[ix.rows[r].account]
	a, role := ix.Row(r)
	parts := [...]part{
		{field: &ix.names[a], original: account.Name, bonus: nameBonus, named: true},
		{field: &ix.roles[ix.rows[r].role], original: account.Roles[role], bonus: roleBonus, named: true},
		{field: &ix.ids[a], original: account.ID, bonus: idBonus},
		{field: &ix.emails[a], original: account.Email, bonus: emailBonus},
	}
	for i := range ix.terms {
		ix.light(&ix.terms[i], parts[:])
	}
	return Highlight{
		Name:  parts[0].spans(),
		Role:  parts[1].spans(),
		ID:    parts[2].spans(),
		Email: parts[3].spans(),
	}
}

// part is one field of the row being highlighted.
type part struct {
	field    *field
	original string // the text before it was lower-cased
	bonus    int
	named    bool   // it is a name, not an ID or e-mail
	lit      []bool // by byte of the field; nil if nothing is
}

// light marks what a term matches in the parts of a row.
func (ix *Index) light(t *term, parts []part) {
	ix.matcher.load(t)
	defer ix.matcher.unload(t)
	best, bestScore := -1, uint8(0)
	for i := range parts {
		s := score(ix.lightTight(t, &parts[i]), parts[i].bonus)
		if s > bestScore {
			best, bestScore = i, s
		}
	}
	if bestScore >= leastTight {
		return
	}
	var from, size int // of the misspelt word, if it is one
	for i := range parts {
		if q, at, n := ix.misspeltIn(t, &parts[i]); score(q, parts[i].bonus) > bestScore {
			best, bestScore = i, score(q, parts[i].bonus)
			from, size = at, n
		}
	}
	switch {
	case best < 0:
	case size > 0:
		parts[best].light(from, size)
	default:
		ix.lightLetters(t, &parts[best], 1)
	}
}

// lightTight marks a match that is not loose, and tells the quality of any.
func (ix *Index) lightTight(t *term, p *part) int {
	text := t.text
	if p.bonus == idBonus {
		text = t.id
	}
	if quality, at := occurrence(&ix.arena, text, p.field, none); quality != none {
		p.light(at, len(text))
		return quality
	}
	if !p.named {
		return none
	}
	quality := ix.matcher.named(&ix.arena, t, p.field)
	switch quality {
	case initials:
		ix.lightInitials(t, p)
	case abbreviation:
		ix.lightLetters(t, p, never)
	}
	return quality
}

// lightInitials marks the words' first letters that the term is made of.
func (ix *Index) lightInitials(t *term, p *part) {
	in, marks := ix.arena.in(p.field)
	var heads []int
	for i, m := range marks {
		if m&wordStart == 0 {
			continue
		}
		heads = append(heads, i)
		if len(heads) > len(t.text) {
			heads = heads[1:]
		}
		if len(heads) == len(t.text) && spells(in, heads, t.text) {
			break
		}
	}
	for _, at := range heads {
		p.light(at, 1)
	}
}

// spells tells whether the bytes at those places are text.
func spells(in []byte, at []int, text string) bool {
	for i, p := range at {
		if in[p] != text[i] {
			return false
		}
	}
	return true
}

// lightLetters marks the letters of a term that are scattered over a name, each
// skipped letter costing gap.
func (ix *Index) lightLetters(t *term, p *part, gap int32) {
	in, marks := ix.arena.in(p.field)
	for _, at := range align(in, marks, t.text, gap) {
		p.light(at, 1)
	}
}

// misspeltIn finds the word of a name that a term is most likely meant to be.
func (ix *Index) misspeltIn(t *term, p *part) (quality, at, size int) {
	if !p.named || !t.correctable() {
		return none, 0, 0
	}
	in, marks := ix.arena.in(p.field)
	eachWord(string(in), marks, func(from, to int) {
		w := string(in[from:to])
		if q, n := misspelt(t, w, maskOf(w)); q > quality {
			quality, at, size = q, from, n
		}
	})
	return quality, at, size
}

// light marks size bytes from at.
func (p *part) light(at, size int) {
	if p.lit == nil {
		p.lit = make([]bool, p.field.size)
	}
	for i := at; i < at+size; i++ {
		p.lit[i] = true
	}
}

// spans carries what is lit over to the original text, whose letters may take
// more or fewer bytes than their lower-case forms.
func (p *part) spans() []Span {
	if p.lit == nil {
		return nil
	}
	var spans []Span
	var buf [utf8.UTFMax]byte
	low := 0
	for i := 0; i < len(p.original); {
		r, size := utf8.DecodeRuneInString(p.original[i:])
		lowSize := len(appendLower(buf[:0], p.original[i:i+size], r))
		lit := false
		for _, l := range p.lit[low : low+lowSize] {
			lit = lit || l
		}
		if last := len(spans) - 1; lit && last >= 0 && spans[last].To == i {
			spans[last].To = i + size
		} else if lit {
			spans = append(spans, Span{i, i + size})
		}
		low += lowSize
		i += size
	}
	return spans
}
