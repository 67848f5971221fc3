package search

// matched is where the terms match one row: in its account, and in its role.
// What has no place there matches the e-mail, or need not match.
type matched struct {
	account, role [maxTerms]*place // by term
}

func (m *matched) asksForRole() bool {
	return m.role != [maxTerms]*place{}
}

// compact leaves those that there are.
func compact(places *[maxTerms]*place, dst []*place) []*place {
	for _, p := range places {
		if p != nil {
			dst = append(dst, p)
		}
	}
	return dst
}

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
	inAccount, inRole := spots{}, spots{}
	for _, i := range ix.longestFirst() {
		p := bestOf(ix.kept, ix.keptEnds[:], i, inAccount)
		q := bestOf(ix.dealer.places, ix.dealer.ends[:], i, inRole)
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

// places finds where the terms of the last search match one of its rows.
func (ix *Index) places(r int32) (m matched) {
	a, role := int(ix.rows[r].account), int(ix.rows[r].role)
	if len(ix.terms) > maxExact {
		ix.greedyPlaces(a, role, &m)
		ix.keep(&m) // the dealer's places are about to go
		return m
	}
	n := len(ix.terms)
	full := uint(1)<<n - 1
	var inAccount, inRole [subsets]score
	ix.gatherRole(role)
	ix.dealer.deal(n, inRole[:])
	ix.gatherAccount(a)
	ix.dealer.deal(n, inAccount[:])
	spares := uint(0)
	for i := range n {
		if ix.terms[i].spare {
			spares |= 1 << i
		}
	}
	best, ofA, ofR := score(0), uint(0), uint(0)
	for x := range full + 1 {
		for y := range full + 1 {
			if x&y != 0 || (x|y|spares) != full {
				continue
			}
			if s := joined(inAccount[x], inRole[y]); s > best {
				best, ofA, ofR = s, x, y
			}
		}
	}
	if best == 0 {
		return m
	}
	ix.dealer.assign(ofA, inAccount[ofA], &m.account)
	ix.keep(&m)
	ix.gatherRole(role)
	ix.dealer.assign(ofR, inRole[ofR], &m.role)
	return m
}

// keep copies the places of m out of the dealer's memory.
func (ix *Index) keep(m *matched) {
	for _, side := range [...]*[maxTerms]*place{&m.account, &m.role} {
		for i, p := range side {
			if p != nil {
				c := *p
				side[i] = &c
			}
		}
	}
}
