package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"portico/internal/usage"
)

// What somebody used before comes first where that is no surprise. Of the roles that
// match what is typed, these do, in this order:
//
//  1. The one for which that was typed last: the same letters lead to the same role.
//  2. Those for which more was typed, that begins so, and of them the heaviest. While
//     few letters are typed, one that came first for fewer, and was not taken, makes
//     room for the next; so does a stronger role of its account.
//  3. Of few letters, which nearly all rows match alike, all that were used; of more,
//     those that match nearly as well as the first. Neither comes before an account
//     whose whole name was typed, unless theirs was, too.
//
// A search for nothing begins with all that were used. Nothing else is moved: neither
// a role of the same name elsewhere, nor one beside it, nor what only a guess finds,
// unless it was chosen then.
//
//	used      payments-prod ReadOnly, for "pa", most; platform-dev Administrator, for "plat"
//	p         payments-prod ReadOnly, platform-dev Administrator, then as ever
//	pl        platform-dev Administrator, then as ever
//	payments  as ever, but payments-prod ReadOnly before payments-api ReadOnly

const (
	// fewLetters say little of which row is meant: two of sixty favourites begin with
	// the same three, and tens with the same one.
	fewLetters = 3
	// nearly as well is with so many points of a hundred of the first's: a prefix
	// where that has the word (15 of 20) is, letters inside a word are not.
	nearly = 75
)

// used is what somebody used, by its row.
type used struct {
	row   int32
	typed string
	at    int // among the rows at hand; -1 if it is not there
	tier  tier
}

// tier is how a used row comes before others; see above.
type tier int8

const (
	same tier = iota
	begun
	passed // it came first for fewer letters
	other
)

// SetUsed tells what somebody used, the heaviest first: see [usage.History.Rank].
func (ix *Index) SetUsed(ranked []usage.Used) {
	ix.used = ix.used[:0]
	for _, u := range ranked {
		i := slices.IndexFunc(ix.blocks[:len(ix.blocks)-1], func(b block) bool { return b.account == u.Account })
		if i < 0 {
			continue
		}
		for row := ix.blocks[i].from; row < ix.blocks[i+1].from; row++ {
			if ix.rows[row].at == u.Role {
				ix.used = append(ix.used, used{row: row, typed: u.Typed})
			}
		}
	}
}

// lift moves what was used to the front of rows, which are sorted.
func (ix *Index) lift(rows []int32) {
	if len(ix.used) == 0 || len(rows) == 0 || ix.found.offered {
		return
	}
	first := rows[0]
	ix.findUsed(rows)
	ix.sortUsed(usage.Normal(ix.query))
	ix.lifted = ix.lifted[:0]
	to := 0
	for t := same; t <= other; t++ {
		for i := range ix.used {
			if u := &ix.used[i]; u.tier == t && u.at >= 0 && (t != other || ix.near(u.row, first)) {
				ix.lifted = append(ix.lifted, u.row)
				ix.usedAt[u.row] = 1
				to = max(to, u.at+1)
			}
		}
	}
	// Those between make room, from behind.
	for from := to - 1; from >= 0; from-- {
		r := rows[from]
		if ix.usedAt[r] == 0 {
			to--
			rows[to] = r
		}
		ix.usedAt[r] = 0
	}
	copy(rows, ix.lifted)
	if rows[0] != first && len(ix.terms) > 0 {
		ix.found.Rival = first // which matches as well, at least
	}
}

// findUsed tells each used row's place among rows.
func (ix *Index) findUsed(rows []int32) {
	ix.usedAt = resized(ix.usedAt, len(ix.rows))
	for i := range ix.used {
		ix.used[i].at = -1
		ix.usedAt[ix.used[i].row] = int32(i) + 1
	}
	for at, r := range rows {
		if i := ix.usedAt[r]; i > 0 {
			ix.used[i-1].at = at
		}
	}
	for i := range ix.used {
		ix.usedAt[ix.used[i].row] = 0
	}
}

// sortUsed gives each used row its tier for what is typed.
func (ix *Index) sortUsed(typed string) {
	few := utf8.RuneCountInString(typed) <= fewLetters+1
	for i := range ix.used {
		ix.used[i].tier = other
	}
	for end := range typed {
		if end > 0 && few {
			ix.pass(typed[:end])
		}
	}
	for i := range ix.used {
		if u := &ix.used[i]; u.tier != passed {
			u.tier = u.of(typed)
		} else if u.typed == typed {
			u.tier = same
		} else if u.of(typed) == other {
			u.tier = other
		}
	}
	for i := range ix.used {
		if u := &ix.used[i]; u.tier == begun && ix.besidePassed(u.row) {
			u.tier = passed
		}
	}
}

// pass marks the row that comes first for fewer letters.
func (ix *Index) pass(typed string) {
	var first *used
	for i := range ix.used {
		if u := &ix.used[i]; u.tier != passed && (first == nil && u.of(typed) < other || u.of(typed) == same) {
			first = u
		}
	}
	if first != nil {
		first.tier = passed
	}
}

// of is the tier of a row that was not first before.
func (u *used) of(typed string) tier {
	switch {
	case typed == "" || !strings.HasPrefix(u.typed, typed):
		return other
	case u.typed == typed:
		return same
	}
	return begun
}

// besidePassed tells whether a weaker role of the account makes room already: a
// stronger one is not what that is for. An account's roles are in that order.
func (ix *Index) besidePassed(row int32) bool {
	return slices.ContainsFunc(ix.used, func(u used) bool {
		return u.tier == passed && ix.rows[u.row].account == ix.rows[row].account && ix.rows[u.row].at < ix.rows[row].at
	})
}

// near tells whether a row that was used for something else may come before the one
// that matches best.
func (ix *Index) near(r, first int32) bool {
	switch {
	case len(ix.terms) == 0:
		return true
	case ix.found.Guess, ix.scores[first].named() && !ix.scores[r].named():
		return false
	}
	return len(ix.letters) <= fewLetters || 100*ix.scores[r].points() >= nearly*ix.scores[first].points()
}
