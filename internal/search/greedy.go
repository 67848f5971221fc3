package search

// greedy deals out more terms than can be tried in all ways: the longest first,
// each to the best place that is left. It gives the score, 0 for no match.
func (ix *Index) greedy(a, role int) score {
	var m matched
	return ix.greedyPlaces(a, role, &m)
}

func (ix *Index) greedyPlaces(a, role int, m *matched) score {
	for i := range ix.terms {
		t := &ix.terms[i]
		if !t.spare && ix.byAcct[i*len(ix.names)+a]|ix.byRole[i*len(ix.roles)+role] == none {
			return 0
		}
	}
	ix.gatherAccount(a)
	ix.kept, ix.keptEnds = append(ix.kept[:0], ix.dealer.places...), ix.dealer.ends
	ix.gatherRole(role)
	inAccount, inRole, barred := spots{}, spots{}, ix.ownEnvironment(a)
	for _, i := range ix.longestFirst() {
		p := bestOf(ix.kept, ix.keptEnds[:], i, inAccount)
		q := bestOf(ix.dealer.places, ix.dealer.ends[:], i, inRole)
		if barred>>i&1 != 0 {
			q = nil
		}
		switch {
		case p == nil && q == nil && !ix.terms[i].spare:
			return 0
		case p == nil && q == nil:
		case q == nil || p != nil && points[p.quality] >= q.inRole():
			m.account[i], inAccount = p, inAccount.or(p.taken)
		default:
			m.role[i], inRole = q, inRole.or(q.taken)
		}
	}
	var some [maxTerms]*place
	s := score(0)
	if m.asksForRole() {
		s = ofRoleName(&ix.dealer, compact(&m.role, some[:0]))
	}
	_, ix.dealer.marks = ix.arena.in(&ix.names[a])
	return s + ofAccount(&ix.dealer, compact(&m.account, some[:0]))
}

// bestOf is the best place of the i-th term that takes nothing that is taken.
func bestOf(places []place, ends []int, i int, taken spots) (best *place) {
	from := 0
	if i > 0 {
		from = ends[i-1]
	}
	for p := from; p < ends[i]; p++ {
		if !places[p].taken.meets(taken) && (best == nil || places[p].quality > best.quality) {
			best = &places[p]
		}
	}
	return best
}

// longestFirst gives the terms' numbers, that of the longest first.
func (ix *Index) longestFirst() []int {
	order := ix.order[:0]
	for i := range ix.terms {
		at := len(order)
		for at > 0 && ix.terms[order[at-1]].size < ix.terms[i].size {
			at--
		}
		order = append(order, 0)
		copy(order[at+1:], order[at:])
		order[at] = i
	}
	return order
}
