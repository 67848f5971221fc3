package search

import (
	"slices"
	"strings"
)

// Who types or pastes the whole name of an account, or its ID, and something for
// a role beside it, means that account. If it has no such role, no other account
// may answer in its place: the administrator of the wrong one least of all.

// named is the accounts that a query names in full.
type named struct {
	accounts []int32
	// alone tells that all else in the query is for a role, so that no other
	// account is meant.
	alone bool
}

// leastName is how many letters a name has to have.
const leastName = 4

// findNamed fills named. The terms have been scored.
func (ix *Index) findNamed() {
	ix.named.accounts, ix.named.alone = ix.named.accounts[:0], false
	asked, longest, from, to := maskOf(ix.letters), 0, 0, 0
	byID := slices.ContainsFunc(ix.terms, namesID)
	for a := range ix.names {
		f := &ix.names[a]
		id := -1
		if byID {
			id = ix.idTerm(a)
		}
		if id >= 0 {
			if longest <= len(ix.letters) { // no name outweighs it
				ix.named.accounts, longest = ix.named.accounts[:0], len(ix.letters)+1
			}
			ix.named.accounts, from, to = append(ix.named.accounts, int32(a)), id, id+1
			continue
		}
		size := int(f.size)
		if f.mask&^asked != 0 || size < leastName || size < longest || size > len(ix.letters) {
			continue
		}
		in, marks := ix.arena.in(f)
		if wordTo(marks, 0) == size {
			continue // one word may as well be a part of another name
		}
		i, j := ix.spells(string(in))
		if j == 0 {
			continue
		}
		if size > longest {
			ix.named.accounts = ix.named.accounts[:0]
		}
		ix.named.accounts, longest, from, to = append(ix.named.accounts, int32(a)), size, i, j
	}
	if len(ix.named.accounts) > 0 {
		ix.named.alone = to-from < len(ix.terms) && ix.restIsRole(from, to)
	}
}

// leastEnd is how many digits of the end of an ID name an account.
const leastEnd = 5

// namesID tells whether a term can be an account's ID or the end of it.
func namesID(t term) bool { return t.digits && len(t.text) >= leastEnd }

// idTerm is the term that is an account's ID or the end of it, -1 if none is.
func (ix *Index) idTerm(a int) int {
	for i := range ix.terms {
		if t := &ix.terms[i]; namesID(*t) && strings.HasSuffix(ix.accounts[a].ID, t.text) {
			return i
		}
	}
	return -1
}

// spells finds the terms that, one after the other, are a text: from the i-th to
// before the j-th. There are none if j is 0.
func (ix *Index) spells(text string) (i, j int) {
	for i := range ix.terms {
		rest := text
		for j := i; j < len(ix.terms); j++ {
			after, ok := strings.CutPrefix(rest, ix.terms[j].text)
			if !ok {
				break
			}
			if rest = after; rest == "" {
				return i, j + 1
			}
		}
	}
	return 0, 0
}

// restIsRole tells whether the terms before from and from to on are for a role.
func (ix *Index) restIsRole(from, to int) bool {
	for i := range ix.terms {
		t := &ix.terms[i]
		if i >= from && i < to || t.use == access || t.filler {
			continue
		}
		if t.use == environment || ix.continues(i) {
			return false
		}
	}
	return true
}

// continues tells whether a term is a word of an account that is called like a
// named one and more: payments-prod eu may be the beginning of payments-prod-eu.
func (ix *Index) continues(i int) bool {
	accounts, _ := ix.qualities(i)
	first, _ := ix.arena.in(&ix.names[ix.named.accounts[0]])
	name := string(first)
	for a, q := range accounts {
		if q < prefix || !ix.others(int32(a)) {
			continue
		}
		if in, _ := ix.arena.in(&ix.names[a]); strings.Contains(string(in), name) {
			return true
		}
	}
	return false
}

// others tells whether an account is none that is named.
func (ix *Index) others(a int32) bool {
	for _, n := range ix.named.accounts {
		if n == a {
			return false
		}
	}
	return true
}

// offerNamed makes the rows of the named accounts those that are found: none of
// them has what was asked for, but the account is known.
func (ix *Index) offerNamed() {
	for r := range ix.rows {
		if w := &ix.rows[r]; !ix.others(w.account) {
			ix.scores[r] = 1<<pointsBit | ix.weak[w.role]
			ix.hits = append(ix.hits, int32(r))
		}
	}
	ix.found.Guess, ix.found.offered = len(ix.hits) > 0, true
}

// ownEnvironment is the terms for environments that an account does not match
// though it is of one itself. No role makes up for that: ledger nonprod is not the
// nonprod-admin of ledger-prod. Whoever names the account means its role.
func (ix *Index) ownEnvironment(a int) (terms uint) {
	for i := range ix.terms {
		if ix.environments>>i&1 != 0 && ix.byAcct[i*len(ix.names)+a] < alike {
			terms |= 1 << i
		}
	}
	if terms == 0 || !ix.others(int32(a)) || !ix.hasEnvironment(a) {
		return 0
	}
	return terms
}

// told is what is known of something that is looked at when it is first asked for.
type told uint8

const (
	untold told = iota
	no
	yes
)

// hasEnvironment tells whether a word of an account's name is for an environment.
func (ix *Index) hasEnvironment(a int) bool {
	if ix.env == nil {
		ix.env = make([]told, len(ix.names))
	}
	if ix.env[a] == untold {
		ix.env[a] = ix.lookForEnvironment(a)
	}
	return ix.env[a] == yes
}

func (ix *Index) lookForEnvironment(a int) told {
	in, marks := ix.arena.in(&ix.names[a])
	for from := 0; from < len(in); {
		to := wordTo(marks, from)
		if uses[string(in[from:to])] == environment {
			return yes
		}
		from = to
	}
	return no
}
