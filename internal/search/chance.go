package search

import (
	"github.com/agnivade/levenshtein"

	"portico/internal/directory"
)

// A long name has nearly any few letters somewhere. What rests on such letters is
// a guess, however exactly they are there; and of a guess Enter acts only on what
// is a misspelling beyond doubt.

// loose tells whether a place rests on letters that a name may have by chance:
// scattered, or one each of words that do not begin the name.
func (p *place) loose(marks []mark, begin int) bool {
	switch p.quality {
	case skipping, letters, farLetters:
		return p.taken.inName() != (spots{}) // what is of an ID stands in one piece
	case initials:
		if p.taken.first() <= begin {
			return false
		}
		n := 0
		for i, k := range marks {
			if p.taken.has(i) {
				if k&wordStart == 0 {
					return false
				}
				n++
			}
		}
		return n == p.taken.count()
	}
	return false
}

// chancy tells whether a row matches by chance.
func (ix *Index) chancy(r int32, m *matched) bool {
	w := &ix.rows[r]
	_, ofName := ix.arena.in(&ix.names[w.account])
	_, ofRole := ix.arena.in(&ix.roles[w.role])
	have := ix.ownEnvironments(w.account)
	for i := range ix.terms {
		t, p, q := &ix.terms[i], m.account[i], m.role[i]
		switch {
		case p == nil && t.tail && t.filler:
			return true // on-prod was meant to be non-prod
		case p == nil && q == nil:
		case p == nil:
			if q.loose(ofRole, ix.fill[w.role].next(0)) || q.quality == initials && (t.tail || q.taken.meets(ix.fill[w.role])) ||
				(t.size == 1 || t.text == "or") && ix.weak[w.role] < weakness("ro") {
				return true // a letter, or ro swapped, asks for no strong role
			}
		case t.use == access && t.edge && !m.asksForRole() && ix.weak[w.role] < weakness(t.text):
			return true // archive ro asks for no administrator of prod-readonly-archive
		case p.loose(ofName, 0) || p.quality <= initials && t.size >= swapFrom && t.ofOther(have):
			return true
		case t.size > 1 && !t.digits:
		case t.tail && p.quality < glued || p.quality == word && !t.digits || t.tail:
			// A letter or number beside a name that stands elsewhere in it: production-d.
			if i > 0 && m.account[i-1] != nil && !touched(ofName, m.account[i-1].taken).has(p.taken.first()-1) {
				return true
			}
		}
	}
	return false
}

// trusted tells whether a row that is a guess may be acted on: all terms match, or
// are misspellings of whole words; the account's environment is what was typed,
// and so is the role, if it is not the weakest there is.
func (ix *Index) trusted(r int32) bool {
	m := ix.places(r)
	if ix.chancy(r, &m) {
		return false
	}
	have := ix.ownEnvironments(ix.rows[r].account)
	for i := range ix.terms {
		t, best := &ix.terms[i], none
		for _, p := range [...]*place{m.account[i], m.role[i]} {
			if p != nil {
				best = max(best, p.quality)
			}
		}
		if best != none && best < typo || (best < began || t.use == environment) && t.size > 1 && t.ofOther(have) {
			return false
		}
	}
	return ix.noStronger(r, &m)
}

// environmentsOf has a bit for each environment that a word is one for, or an edit
// away from one for.
func environmentsOf(word string) (set uint) {
	for name, stage := range environments {
		if name == word || oneEdit(word, name) {
			set |= stage
		}
	}
	return set
}

// oneEdit tells whether two words are one edit apart.
func oneEdit(a, b string) bool {
	return len(a) <= len(b)+1 && len(b) <= len(a)+1 && (swapped(a, b) || levenshtein.ComputeDistance(a, b) == 1)
}

// ofOther tells whether a term is a word for an environment that is none of an
// account's, or may be such a word misspelt.
func (t *term) ofOther(have uint) bool {
	if t.use == environment {
		return environments[t.text]&^have != 0
	}
	return environmentsOf(t.text)&^have != 0
}

// ownEnvironments is those of the words of an account's name.
func (ix *Index) ownEnvironments(a int32) (set uint) {
	in, marks := ix.arena.in(&ix.names[a])
	for from := 0; from < len(in); {
		to := wordTo(marks, from)
		word := string(in[from:to])
		if whollyAffirms(word) && negated(in, marks, from) {
			word = string(in[from-len("non"):from]) + "prod"
		}
		set |= environments[word]
		from = to
	}
	return set
}

// noStronger tells whether a row's role can do no more than the words of it that
// were typed say. Where none were, the weakest of an account comes first.
func (ix *Index) noStronger(r int32, m *matched) bool {
	w := &ix.rows[r]
	in, marks := ix.arena.in(&ix.roles[w.role])
	said, some := spots{}, false
	for i, q := range m.role {
		if q != nil {
			some = true
			if ix.terms[i].size > 1 { // a letter says nothing
				said = said.or(q.taken)
			}
		}
	}
	if !some {
		return true
	}
	said = touched(marks, said)
	text := ""
	for from := 0; from < len(in); {
		to := wordTo(marks, from)
		if said.has(from) {
			text += string(in[from:to]) + " "
		}
		from = to
	}
	return directory.StrengthOf(text) >= directory.StrengthOf(ix.roleNames[w.role])
}
