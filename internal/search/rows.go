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
	full := uint(1)<<len(ix.terms) - 1
	for from, to := 0, 0; from < len(ix.rows); from = to {
		a := ix.rows[from].account
		to = from + len(ix.accounts[a].Roles)
		if ix.lost[a] {
			continue
		}
		ix.dealAccount(int(a))
		all := joined(ix.best[full], possible)
		open := ix.anyRole && !(ix.named.alone && ix.others(a))
		if open {
			ix.barred = ix.ownEnvironment(int(a))
		}
		for r := from; r < to; r++ {
			role, s := ix.rows[r].role, all
			if open && ix.sets[role] != 0 {
				s = max(s, ix.bestSplit(role))
			}
			if s != 0 {
				ix.scores[r] = s | ix.weak[role]
				ix.hits = append(ix.hits, int32(r))
			}
		}
	}
	return len(ix.hits)
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

// dealAccount fills best with the scores of the sets of terms in an account.
func (ix *Index) dealAccount(a int) {
	n := len(ix.terms)
	best := ix.best[:1<<n]
	switch {
	case n == 1 && !ix.matcher.guessing:
		best[0], best[1] = possible, ix.single[a]
	case ix.matches(a):
		ix.gatherAccount(a)
		ix.dealer.deal(n, best)
	default:
		clear(best)
		best[0] = possible
	}
	ix.markWritten(a, best)
	for i := range n {
		if ix.terms[i].spare {
			spare(best, n, 1<<i)
		}
	}
}

// matches tells whether some term matches an account.
func (ix *Index) matches(a int) bool {
	for i := range ix.terms {
		if ix.byAcct[i*len(ix.names)+a] != none {
			return true
		}
	}
	return false
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
