package search

// maxExact is up to how many terms all ways to deal them out between account and
// role are tried. There are 2^n; people type two or three.
const (
	maxExact = 4
	subsets  = 1 << maxExact
)

// dealer finds the best way to deal out the terms of a query between an account
// and a role so that no letter serves two of them.
//
// Terms are numbered; a set of them is a bit mask. For a field, best has the
// score of each set: what the field is worth if it is to match just these.
type dealer struct {
	places []place // of all terms, in the field at hand
	ends   [maxTerms]int
	chosen [maxTerms]*place
	marks  []mark
	score  func(*dealer, []*place) score
	fill   spots // of a role: see fill
	best   []score
	n      int

	want    score // what assign looks for, 0 for deal
	wantSet uint
	found   bool
	traced  [maxTerms]*place // what assign found
}

// possible is added to the score of a set of terms that can be matched, so that
// none can be told from 0; two parts that can be joined have twice that.
const possible score = 1 << 30

// joined is the score of a row by those of its parts, 0 if one is not possible.
func joined(account, role score) score {
	if account+role < 2*possible {
		return 0
	}
	return account + role - 2*possible
}

// deal fills best, which has a score for each set of the n terms. Terms that the
// field does not match have no places.
func (d *dealer) deal(n int, best []score) {
	clear(best)
	best[0] = possible
	d.n, d.best, d.want = n, best, 0
	d.try(0, 0, spots{}, 0)
}

// assign finds the places that make a score of deal's, by term.
func (d *dealer) assign(set uint, want score, places *[maxTerms]*place) {
	if set == 0 {
		return
	}
	d.want, d.wantSet, d.found = want, set, false
	d.try(0, 0, spots{}, 0)
	at := 0
	for i := range d.n {
		if set>>i&1 != 0 && d.found {
			places[i] = d.traced[at]
			at++
		}
	}
}

// try goes through the places of the i-th term: none, or one that takes no letter
// that is taken.
func (d *dealer) try(i int, set uint, taken spots, chosen int) {
	if d.want != 0 && d.found {
		return
	}
	if i == d.n {
		d.end(set, chosen)
		return
	}
	d.try(i+1, set, taken, chosen)
	from := 0
	if i > 0 {
		from = d.ends[i-1]
	}
	for p := from; p < d.ends[i]; p++ {
		if !d.places[p].taken.meets(taken) {
			d.chosen[chosen] = &d.places[p]
			d.try(i+1, set|1<<i, taken.or(d.places[p].taken), chosen+1)
		}
	}
}

// end takes one way to match a set of terms.
func (d *dealer) end(set uint, chosen int) {
	if set == 0 || d.want != 0 && set != d.wantSet {
		return
	}
	s := possible + d.score(d, d.chosen[:chosen])
	if d.want == 0 {
		d.best[set] = max(d.best[set], s)
	} else if s == d.want {
		d.found = true
		copy(d.traced[:], d.chosen[:chosen])
	}
}

// spare lets each set do without the terms that need not match.
func spare(best []score, n int, spares uint) {
	for i := range n {
		if spares>>i&1 == 0 {
			continue
		}
		for set := range uint(1) << n {
			if set>>i&1 != 0 {
				best[set] = max(best[set], best[set&^(1<<i)])
			}
		}
	}
}
