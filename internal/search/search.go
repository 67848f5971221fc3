// Package search finds rows of a directory, a row being one account and one of
// its roles, while somebody types. It holds the index, the matching, the
// ranking, the tolerance for typos and the emphasis of what matched. It knows
// nothing of the screen, of messages or of how a directory came to be.
//
// # How it works
//
// A query is split at white space into terms. A row matches if each term
// matches the account's name, its ID, its e-mail or the role's name; the term
// counts for as much as the best of the four.
//
//	query   "pay admin"
//	          |     |
//	          |     +---- prefix of the role ------+
//	          +---- prefix of the name             |
//	                      |                        |
//	row            payments-prod · 123456789012 · AdministratorAccess
//
// How well a term matches a field is its quality. From best to worst:
//
//	exact         payments-prod   payments-prod is the whole field
//	word          prod            payments-[prod]
//	prefix        paym            [paym]ents-prod
//	word prefix   pro             payments-[pro]d
//	substring     ments           pay[ments]-prod
//	initials      aa              [A]dministrator[A]ccess
//	abbreviation  payprod         [pay]ments-[prod]
//	loose         mgmt            [m]ana[g]e[m]en[t], and typos: see below
//
// Words begin after anything that is neither letter nor digit, at the humps of
// camelCase, and where letters and digits meet. Lower-casing loses the humps,
// so the index keeps, beside each byte of lower-cased text, whether a word
// begins or ends there.
//
// At equal quality the name outranks the role, the role the ID, and the ID the
// e-mail; only for a term of digits the ID comes first. A row's score is the
// sum over its terms, and rows of one score stay in the directory's order.
//
// # Loose matches and typos
//
// Letters that are scattered over a name in their order match as well, if the
// first of them begins a word: the fewer letters are skipped, the better. If no
// row matches without such help, the search is done once more and each term may
// also be a misspelling of a word. Both are measured by one yardstick, the
// number of edits: skipping a letter is an edit, so is a wrong one, a missing
// one, one too many, or two neighbours swapped. So a scattered match that
// happens to exist does not hide the word that was meant.
//
// # Why it is fast
//
// A term is not matched against rows. It is matched once against each account
// and once against each distinct role name; a row takes the better of its two.
// A field is not even looked at if it lacks one of the term's letters, which is
// one AND of two 64-bit masks. Another AND tells most of the fields that have the
// letters, but not side by side. Scores are small numbers, so sorting is counting.
// Edit distances are computed once for each distinct word, never for rows.
package search

import "portico/internal/directory"

// Index is a directory made ready for searching. It is for one goroutine: its
// methods share scratch memory.
type Index struct {
	accounts []directory.Account
	arena    arena
	names    []field // by account
	ids      []field // by account
	emails   []field // by account
	roles    []field // by distinct role name
	rows     []row
	firstRow []int32     // by account
	words    *vocabulary // nil until it is needed

	// What follows is scratch memory of the last search.
	matcher matcher
	low     []byte
	terms   []term
	byAcct  []uint8  // scores by term, then account
	byRole  []uint8  // scores by term, then distinct role
	lost    []bool   // by account: see scoreTerms
	totals  []uint16 // scores by row
	counts  []int32  // rows by score, then places by score
}

// row is one account and one role, the latter as distinct role name.
type row struct {
	account int32
	role    int32
}

// Len is the number of rows.
func (ix *Index) Len() int { return len(ix.rows) }

// Row tells which account of the directory row r is, and which of that account's
// roles.
func (ix *Index) Row(r int32) (account, role int32) {
	account = ix.rows[r].account
	return account, r - ix.firstRow[account]
}

// Search appends to dst[:0] the rows that match query, best first, and returns
// it. A blank query matches all rows, in the directory's order.
func (ix *Index) Search(query string, dst []int32) []int32 {
	dst = dst[:0]
	ix.parse(query)
	if len(ix.terms) == 0 {
		for r := range ix.rows {
			dst = append(dst, int32(r))
		}
		return dst
	}
	ix.scoreTerms(true)
	if tight := ix.scoreRows(); !tight && ix.correctable() {
		if len(ix.terms) > 1 {
			ix.scoreTerms(false) // a typo may revive what was left out
		}
		ix.addTypos()
		ix.scoreRows()
	}
	return ix.sorted(dst)
}

// scoreTerms fills byAcct and byRole with each term's score. With prune, it
// leaves out accounts that have lost already: an earlier term matches neither
// them nor any role.
func (ix *Index) scoreTerms(prune bool) {
	ix.lost = resized(ix.lost, len(ix.names))
	clear(ix.lost)
	ix.byAcct = resized(ix.byAcct, len(ix.terms)*len(ix.names))
	ix.byRole = resized(ix.byRole, len(ix.terms)*len(ix.roles))
	for i := range ix.terms {
		t := &ix.terms[i]
		ix.matcher.load(t)
		accounts, roles := ix.scores(i)
		anyRole := uint8(0)
		for r := range roles {
			roles[r] = score(ix.matcher.named(&ix.arena, t, &ix.roles[r]), roleBonus)
			anyRole |= roles[r]
		}
		for a := range accounts {
			accounts[a] = 0
			if !ix.lost[a] {
				accounts[a] = ix.scoreAccount(t, a)
				ix.lost[a] = prune && accounts[a]|anyRole == 0
			}
		}
		ix.matcher.unload(t)
	}
}

// scores gives the parts of byAcct and byRole that are for term i.
func (ix *Index) scores(i int) (accounts, roles []uint8) {
	a, r := len(ix.names), len(ix.roles)
	return ix.byAcct[i*a:][:a], ix.byRole[i*r:][:r]
}

// scoreAccount is the score of a term in an account, whatever the role. The
// e-mail comes last: only a better quality than the others' is looked for there.
func (ix *Index) scoreAccount(t *term, a int) uint8 {
	best := score(ix.matcher.named(&ix.arena, t, &ix.names[a]), nameBonus)
	if id := &ix.ids[a]; t.idMask&^id.mask|t.idPairs&^id.pairs == 0 {
		quality, _ := occurrence(&ix.arena, t.id, id, none)
		best = max(best, score(quality, t.idBonus()))
	}
	if email := &ix.emails[a]; t.mask&^email.mask|t.pairs&^email.pairs == 0 {
		quality, _ := occurrence(&ix.arena, t.text, email, int(best/bonuses))
		best = max(best, score(quality, emailBonus))
	}
	return best
}

// scoreRows fills totals: the sum of the terms' scores, or 0 where one term has
// none. It tells whether some row needs no loose match.
func (ix *Index) scoreRows() (tight bool) {
	ix.totals = resized(ix.totals, len(ix.rows))
	ix.counts = resized(ix.counts, len(ix.terms)*(maxScore+1)+1)
	clear(ix.counts)
	for r, pair := range ix.rows {
		total, least := 0, uint8(maxScore)
		for t := 0; t < len(ix.terms) && least > 0; t++ {
			s := max(ix.byAcct[t*len(ix.names)+int(pair.account)], ix.byRole[t*len(ix.roles)+int(pair.role)])
			total += int(s)
			least = min(least, s)
		}
		if least == 0 {
			total = 0
		}
		tight = tight || least >= leastTight
		ix.totals[r] = uint16(total)
		ix.counts[total]++
	}
	return tight
}

// sorted appends the rows that have a score to dst, best first. It is a counting
// sort: counts is turned from how many rows have a score into where the next of
// them goes.
func (ix *Index) sorted(dst []int32) []int32 {
	hits := int32(0)
	for s := len(ix.counts) - 1; s > 0; s-- {
		n := ix.counts[s]
		ix.counts[s] = hits
		hits += n
	}
	dst = resized(dst, int(hits))
	for r, total := range ix.totals {
		if total == 0 {
			continue
		}
		dst[ix.counts[total]] = int32(r)
		ix.counts[total]++
	}
	return dst
}

// resized gives s the length n; what it holds is left to chance.
func resized[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:n]
	}
	return make([]T, n)
}
