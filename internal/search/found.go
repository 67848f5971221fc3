package search

// Found tells what the rows of the last search are worth: whether Enter may act
// on the first of them without a second look.
type Found struct {
	// Guess tells that nothing matches, and that the rows are what was meant if
	// something was mistyped.
	Guess bool
	// Close is how many accounts are as close as the first row's. Unless it is one,
	// the person has to choose; it is none if the account is named and has no role
	// that was asked for, and if the first row is no misspelling beyond doubt.
	Close int
	// Rival is a row that matches as well as the first and leads to other
	// credentials, or -1: one of another account; or of the same account, if the
	// query asks for a role.
	Rival int32

	// offered tells that the rows are those of an account that is named, and that
	// none of them is what was asked for.
	offered bool
}

// Found tells more about the last search.
func (ix *Index) Found() Found { return ix.found }

// weigh fills found for rows, which are sorted.
func (ix *Index) weigh(rows []int32) {
	if len(rows) == 0 {
		return
	}
	first := rows[0]
	if ix.found.offered {
		return // whatever is asked for beside the name, none of them has it
	}
	ix.found.Rival = ix.rival(rows)
	if !ix.found.Guess {
		return
	}
	ix.seen = resized(ix.seen, len(ix.names))
	clear(ix.seen)
	for _, r := range rows {
		if ix.scores[r].points() < ix.scores[first].points() {
			break
		}
		if a := ix.rows[r].account; !ix.seen[a] {
			ix.seen[a] = true
			ix.found.Close++
		}
	}
	if ix.found.Close == 1 && !ix.trusted(first) {
		ix.found.Close = 0
	}
}

// rival finds a row that matches as well as the first of them. How much of a name
// is covered decides between accounts if it is all of the first's; otherwise, that
// the one name is shorter is no reason to give out a role of that account: ledger
// ro is of ledger-dev and of ledger-prod alike. Nor is it one to give out a
// stronger role than the other account would.
func (ix *Index) rival(rows []int32) int32 {
	first := rows[0]
	best := ix.scores[first]
	const all = score(1<<nameCoverBits-1) << nameCoverBit
	asks := ix.asksForRole(first)
	near := best&all != all
	sameAccount := int32(-1)
	for _, r := range rows[1:] {
		s := ix.scores[r]
		tie := s.tie() == best.tie()
		if !tie && !(near && s.points() == best.points()) {
			break
		}
		switch {
		case ix.rows[r].account != ix.rows[first].account:
			if tie || asks || ix.weak[ix.rows[r].role] > ix.weak[ix.rows[first].role] {
				return r
			}
		case tie && sameAccount < 0:
			sameAccount = r
		}
	}
	if asks {
		return sameAccount
	}
	return -1
}

// asksForRole tells whether the role of a row takes part in its score.
func (ix *Index) asksForRole(r int32) bool {
	w := &ix.rows[r]
	if len(ix.terms) > maxExact {
		var m matched
		ix.greedyPlaces(int(w.account), int(w.role), &m)
		return m.asksForRole()
	}
	ix.dealAccount(int(w.account))
	full := uint(1)<<len(ix.terms) - 1
	return joined(ix.best[full], possible).tie() < ix.scores[r].tie()
}
