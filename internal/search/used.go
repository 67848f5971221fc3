package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"portico/internal/usage"
)

// What somebody used before comes first where that is no surprise. Of the roles that
// match what is typed, these do, in this order, of each kind the heaviest first:
//
//  1. Those for which just that was typed: the same letters lead to the same role.
//  2. Those for which more was typed, that begins so. While few letters are typed, one
//     that came first for fewer, and was not taken, makes room for the next; so does a
//     stronger role of its account.
//  3. Of few letters, which nearly all rows match alike, all that were used; of more,
//     those that match nearly as well as the first.
//
// Neither of the latter two comes before an account whose whole name was typed, unless
// theirs was, too. And a role stronger than that of the row that matches best leads
// only in the middle of a word that is typed for it, and while its account's weaker
// ones are used less. Whole words, and whoever types a long text, get what the words
// say, whatever was used before: the stronger role is there for whoever types it.
//
// A search for nothing begins with all that were used. Nothing else is moved: neither
// a role of the same name elsewhere, nor one beside it, nor what only a guess finds,
// unless it was chosen then.
//
//	used      payments-prod ReadOnly, for "pa", most; platform-dev Administrator, for "plat"
//	p         payments-prod ReadOnly, platform-dev Administrator, then as ever
//	pl        platform-dev Administrator, then as ever
//	platform  as ever: ReadOnly of platform-dev, the Administrator behind it
//	payments  as ever, but payments-prod ReadOnly before payments-api ReadOnly

const (
	// fewLetters say little of which row is meant: two of sixty favourites begin with
	// the same three, and tens with the same one.
	fewLetters = 3
	// nearly as well is with so many points of a hundred of the first's: a prefix
	// where that has the word (15 of 20) is, letters inside a word are not.
	nearly = 75
	// longest is how many letters a stronger role may lead for: a word. Of who types
	// more, it is the text that counts.
	longest = 8
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
			if u := &ix.used[i]; u.tier == t && u.at >= 0 && ix.mayLead(u, first) {
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
	first, t := (*used)(nil), other
	for i := range ix.used {
		if u := &ix.used[i]; u.tier != passed && u.of(typed) < t {
			first, t = u, u.of(typed)
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
// stronger one is not what that is for.
func (ix *Index) besidePassed(row int32) bool {
	return slices.ContainsFunc(ix.used, func(u used) bool {
		return u.tier == passed && ix.rows[u.row].account == ix.rows[row].account && ix.stronger(row, u.row)
	})
}

// besideHeavier tells whether a weaker role of the account is used more.
func (ix *Index) besideHeavier(u *used) bool {
	for i := range ix.used {
		v := &ix.used[i]
		if v == u {
			break
		}
		if v.at >= 0 && ix.rows[v.row].account == ix.rows[u.row].account && ix.stronger(u.row, v.row) {
			return true
		}
	}
	return false
}

// stronger tells whether row a has a stronger role than row b.
func (ix *Index) stronger(a, b int32) bool {
	return ix.weak[ix.rows[a].role] < ix.weak[ix.rows[b].role]
}

// mayLead tells whether a row that was used may come before the one that matches best.
func (ix *Index) mayLead(u *used, first int32) bool {
	if len(ix.terms) == 0 {
		return true
	}
	r, best := ix.scores[u.row], ix.scores[first]
	if ix.stronger(u.row, first) && (u.tier == other || ix.literal(first) || ix.besideHeavier(u)) {
		return false
	}
	switch {
	case u.tier == same:
		return true
	case ix.found.Guess, best.named() && !r.named():
		return false
	}
	return u.tier != other || len(ix.letters) <= fewLetters || 100*r.points() >= nearly*best.points()
}

// literal tells whether what is typed asks for the row that matches best: it names the
// account or ends with a word of it, is longer than a word, or is misspelt.
func (ix *Index) literal(first int32) bool {
	last := len(ix.terms) - 1
	q := ix.byAcct[last*len(ix.names)+int(ix.rows[first].account)]
	return q >= began || ix.terms[last].use == environment || ix.scores[first].named() || len(ix.letters) > longest || ix.found.Guess
}
