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
	spares := ix.spares()
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
