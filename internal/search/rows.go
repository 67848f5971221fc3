package search

// scoreRows fills scores and tells how many rows have one.
func (ix *Index) scoreRows() (hits int) {
	ix.scores = resized(ix.scores, len(ix.rows))
	ix.hits = ix.hits[:0]
	if len(ix.terms) > maxExact {
		ix.scoreGreedily()
		return len(ix.hits)
	}
	ix.dealRoles()
	for set := range ix.faints {
		ix.faints[set].known = false
	}
	none, spares, full := ix.faintOf(0), ix.spares(), uint(1)<<len(ix.terms)-1
	for i, b := range ix.blocks[:len(ix.blocks)-1] {
		a, to := b.account, ix.blocks[i+1].from
		if ix.lost[a] {
			continue
		}
		set := ix.matching(int(a))
		if set|spares != full && !ix.completed(set|spares, b.from, to) {
			continue
		}
		f := none
		if set != 0 {
			f = ix.faint(int(a))
		}
		closed := !ix.anyRole || ix.named.alone && ix.others(a)
		if f != nil && !closed && (ix.environments == 0 || !ix.hasEnvironment(int(a))) {
			ix.scoreByRole(f.byRole, b.from, to)
			continue
		}
		ix.dealAccount(int(a))
		all := joined(ix.best[full], possible)
		if !closed {
			ix.barred = ix.ownEnvironment(int(a))
		}
		for r := b.from; r < to; r++ {
			role, s := ix.rows[r].role, all
			if !closed && ix.sets[role] != 0 {
				s = max(s, ix.bestSplit(role))
			}
			if s != 0 {
				ix.scores[r] = s | ix.weak[role]
				ix.hits = append(ix.hits, r)
			}
		}
	}
	return len(ix.hits)
}

// completed tells whether one of the rows has a role that matches all terms but
// these.
func (ix *Index) completed(set uint, from, to int32) bool {
	full := uint(1)<<len(ix.terms) - 1
	for r := from; r < to; r++ {
		if set|ix.sets[ix.rows[r].role] == full {
			return true
		}
	}
	return false
}

// scoreByRole scores the rows of an account of which they depend on the role alone.
func (ix *Index) scoreByRole(byRole []score, from, to int32) {
	for r := from; r < to; r++ {
		role := ix.rows[r].role
		if s := byRole[role]; s != 0 {
			ix.scores[r] = s | ix.weak[role]
			ix.hits = append(ix.hits, r)
		}
	}
}

// scoreGreedily is scoreRows for many terms.
func (ix *Index) scoreGreedily() {
	for r := range ix.rows {
		w := &ix.rows[r]
		if ix.lost[w.account] {
			continue
		}
		if ix.named.alone && ix.others(w.account) {
			continue
		}
		if s := ix.greedy(int(w.account), int(w.role)); s != 0 {
			ix.scores[r] = s | ix.weak[w.role]
			ix.hits = append(ix.hits, int32(r))
		}
	}
}

// bestSplit is the score of the best way to deal out the terms between the account
// at hand and a role that matches some.
func (ix *Index) bestSplit(role int32) (best score) {
	full := uint(1)<<len(ix.terms) - 1
	all := ix.sets[role] &^ ix.barred
	dealt := ix.dealt[int(role)*subsets:][:subsets]
	for set := all; set > 0; set = (set - 1) & all {
		best = max(best, joined(ix.best[full&^set], dealt[set]))
	}
	return best
}

// dealRoles fills sets, anyRole and dealt.
func (ix *Index) dealRoles() {
	n := len(ix.terms)
	ix.anyRole = false
	ix.sets = resized(ix.sets, len(ix.roles))
	ix.dealt = resized(ix.dealt, len(ix.roles)*subsets)
	for r := range ix.roles {
		ix.sets[r] = 0
		for i := range n {
			if ix.byRole[i*len(ix.roles)+r] != none {
				ix.sets[r] |= 1 << i
			}
		}
		if ix.sets[r] != 0 {
			ix.anyRole = true
			ix.gatherRole(r)
			best := ix.dealt[r*subsets:][:1<<n]
			ix.dealer.deal(n, best)
			ix.markSaid(r, best)
		}
	}
}

// gatherRole gives the dealer the places of all terms in a role.
func (ix *Index) gatherRole(r int) {
	d := &ix.dealer
	_, d.marks = ix.arena.in(&ix.roles[r])
	d.places, d.score, d.fill = d.places[:0], ofRoleName, ix.fill[r]
	for i := range ix.terms {
		if ix.byRole[i*len(ix.roles)+r] != none {
			ix.matcher.term = &ix.terms[i]
			d.places = ix.matcher.placesIn(d.places, &ix.roles[r], true)
		}
		d.ends[i] = len(d.places)
	}
}

// faint is what accounts have in common in whose names and IDs no term matches, but
// the same set of terms in the e-mail: most have none at all. A row's score is then
// a matter of its role.
type faint struct {
	known  bool
	byRole []score // by distinct role
}

// faint gives what an account has in common with others, nil if it is no such one.
func (ix *Index) faint(a int) *faint {
	set := uint(0)
	for i := range ix.terms {
		switch q := ix.byAcct[i*len(ix.names)+a]; {
		case q == mailed && !ix.matcher.guessing:
			set |= 1 << i
		case q != none:
			return nil
		}
	}
	return ix.faintOf(set)
}

func (ix *Index) faintOf(set uint) *faint {
	f := &ix.faints[set]
	if f.known {
		return f
	}
	n, d := len(ix.terms), &ix.dealer
	d.marks, d.places, d.score = nil, d.places[:0], ofAccount
	for i := range n {
		if set>>i&1 != 0 {
			d.places = append(d.places, place{quality: mailed})
		}
		d.ends[i] = len(d.places)
	}
	best := ix.best[:1<<n]
	d.deal(n, best)
	ix.doWithout(best)
	f.known, f.byRole, ix.barred = true, resized(f.byRole, len(ix.roles)), 0
	for r := range f.byRole {
		f.byRole[r] = joined(best[1<<n-1], possible)
		if ix.sets[r] != 0 {
			f.byRole[r] = max(f.byRole[r], ix.bestSplit(int32(r)))
		}
	}
	return f
}

// doWithout lets what an account matches do without the terms that need not match.
func (ix *Index) doWithout(best []score) {
	spare(best, len(ix.terms), ix.spares())
}

// dealAccount fills best with the scores of the sets of terms in an account.
func (ix *Index) dealAccount(a int) {
	n := len(ix.terms)
	best := ix.best[:1<<n]
	switch {
	case n == 1 && !ix.matcher.guessing:
		best[0], best[1] = possible, ix.single[a]
	case ix.matching(a) != 0:
		ix.gatherAccount(a)
		ix.dealer.deal(n, best)
	default:
		clear(best)
		best[0] = possible
	}
	ix.markWritten(a, best)
	ix.doWithout(best)
}

// matching is the terms that match an account.
func (ix *Index) matching(a int) (set uint) {
	for i := range ix.terms {
		if ix.byAcct[i*len(ix.names)+a] != none {
			set |= 1 << i
		}
	}
	return set
}

// spares is the terms that need not match.
func (ix *Index) spares() (set uint) {
	for i := range ix.terms {
		if ix.terms[i].spare {
			set |= 1 << i
		}
	}
	return set
}

// gatherAccount gives the dealer the places of all terms in an account.
func (ix *Index) gatherAccount(a int) {
	d, m := &ix.dealer, &ix.matcher
	_, d.marks = ix.arena.in(&ix.names[a])
	d.places, d.score = d.places[:0], ofAccount
	for i := range ix.terms {
		from := len(d.places)
		if ix.byAcct[i*len(ix.names)+a] != none {
			m.term = &ix.terms[i]
			d.places = m.placesIn(d.places, &ix.names[a], false)
			if m.term.digits {
				if q, at := m.ofID(&ix.ids[a]); q != none {
					d.places = append(d.places, place{quality: q, taken: spots{}.withID(at, len(m.term.text))})
				}
			}
			if len(d.places) == from {
				d.places = append(d.places, place{quality: mailed})
			}
		}
		d.ends[i] = len(d.places)
	}
}
