// Package search finds rows of a directory, a row being one account and one of
// its roles, while somebody types. It holds the index, the matching, the
// ranking, the words that people use for one another, the tolerance for typos and
// the emphasis of what matched. It knows nothing of the screen, of messages or of
// how a directory came to be.
//
// # What comes first, and why
//
// The wrong credentials on the clipboard are the worst that can happen, and Enter
// acts on the first row. So the order is made to be right where a person is sure,
// and to say so where it can not be.
//
// A query is split into terms. A row's score is that of the best way to deal the
// terms out between its account and its role, and within each a letter serves one
// term. Otherwise the ro of payments-prod ro is found in the prod that the first
// term has matched, all roles tie, and the alphabet picks the administrator.
//
//	query   payments-prod                ro
//	        |                            |
//	row     [payments-prod]              AWS[ReadOnly]Access
//	        word            20 points    short, a role's    16 points
//	                                     last of the terms   3
//	        covers all of the name       covers all but AWS and Access
//	        is written like that         strength: reads
//
//	row     payments-prod                AdministratorAccess
//	        ro has no letters left: prod is taken, and short terms match the
//	        beginnings of words alone. No match.
//
// The score is compared by, in this order (see rank.go):
//
//  1. The points of the qualities of all matches: word, beginnings of words that
//     are run together, beginning, synonym, initials, inside a word (quality.go).
//  2. How much of the account's name is covered, then of the role's: production is
//     Production (EU) before Non Production (EU), and payments prod is
//     payments-prod before payments-api-prod.
//  3. Whether role and account are typed just as they are written.
//  4. Whether the terms stand in the order in which they were typed, and where the
//     match begins: payments api is payments-api before api-payments.
//  5. The weaker role: read, view and audit before what tells nothing, before
//     power, before admin and break-glass. Within one account and where two of
//     them tie, haste gets what can do less harm.
//  6. The natural order, in which a blank query lists all rows: case and accents
//     aside, numbers as numbers (directory.Sort).
//
// A term that another begins with, or that is a word of sentences (in, the,
// account), need not match, and counts where it does. Of a term that account and
// role have alike, one place counts; an e-mail counts only where nothing else in
// the account matches.
//
// # What never matches
//
//   - Words for environments and for roles match words: no ro in prod, no uat in
//     us-east-1. No environment is another: production is negated by non and pre
//     before it, and what an account is not, no name of a role makes up for.
//   - A number is its digits: none is skipped, changed or left over, zeros before
//     it aside. euw1 is eu-west-1; app0421 is not app0401-21.
//   - Who names an account in full, or by its ID, and asks for a role beside it,
//     gets none of another account (named.go).
//
// # Guesses
//
// Only where nothing matches, or the first row does by chance (chance.go), a term
// may be a misspelling of a word, its words in another order, or letters scattered
// over a name. A term that is a word of some
// name as it stands was not mistyped. If an account is named that lacks what was
// asked for, its rows are offered. [Index.Found] says that rows are a guess, how
// many accounts are as close as the first, and which row matches as well as the
// first and leads elsewhere. Enter acts on a guess only if it is a misspelling of
// whole words beyond doubt, and neither of another environment than what was
// typed may be meant for nor of a stronger role.
//
// # Why it is fast
//
// A term is not matched against rows. It is matched once against each account and
// once against each distinct role name, most of which lack one of its letters: one
// AND of two 64-bit masks. Exact ways to deal out the terms are tried for what is
// left, for up to four terms; beyond that the longest term gets the best place
// first. A set of terms has one score in an account whatever the role, and one in
// a role whatever the account, so a row adds two numbers for each set. An account
// none of whose roles matches what it does not match itself is passed over before
// that, and one that matches by no letter of its own has the scores of all such.
// Scores are small numbers and few, so sorting is counting. Edit distances are
// computed once for each distinct word, never for rows.
package search

import "portico/internal/directory"

// Index is a directory made ready for searching. It is for one goroutine: its
// methods share scratch memory.
type Index struct {
	accounts  []directory.Account
	arena     arena
	names     []field  // by account
	ids       []field  // by account
	emails    []field  // by account
	roles     []field  // by distinct role name
	roleNames []string // distinct
	weak      []score  // by distinct role name: what breaks ties
	fill      []spots  // by distinct role name: see fill
	rows      []row
	blocks    []block     // of rows, in their order; one that is empty ends them
	words     *vocabulary // nil until it is needed
	env       []told      // by account: see hasEnvironment

	// What follows is of the last search.
	asked
	named    named
	matcher  matcher
	byAcct   []quality      // by term, then account
	byRole   []quality      // by term, then distinct role
	scored   []term         // whose qualities these two hold, unless a guess changed them
	lost     []bool         // by account: see scoreTerms
	single   []score        // by account: of the only term
	only     place          // of the only term: see alone
	dealer   dealer         // of the account or role at hand
	best     [subsets]score // of the account at hand, by set of terms
	dealt    []score        // by distinct role, then set of terms
	barred   uint           // the terms that the account at hand leaves to no role: see ownEnvironment
	sets     []uint         // by distinct role: the terms that match it
	faints   [subsets]faint // by set of terms
	anyRole  bool           // one of them is not empty
	kept     []place        // of the account at hand: see greedyPlaces
	keptEnds [maxTerms]int  // in kept, by term
	order    [maxTerms]int  // of the terms: see longestFirst
	scores   []score        // by row
	hits     []int32        // the rows that have a score
	sorter   sorter
	found    Found
	seen     []bool // by account: see weigh

	used   []used  // see SetUsed
	usedAt []int32 // by row, 0 between searches: see findUsed and lift
	lifted []int32 // see lift
	labels []labelled
}

// asked is a query, taken apart.
type asked struct {
	query   string
	typed   string // see asTyped
	low     []byte // the letters of all parts
	letters string // the same
	parts   []part
	terms   []term

	environments uint // the terms that are for one
}

// row is one account and one of its roles.
type row struct {
	account int32
	role    int32 // the distinct role name
	at      int32 // which of the account's roles it is
}

// block is the rows of one account, up to where the next begins.
type block struct {
	account int32
	from    int32
}

// Len is the number of rows.
func (ix *Index) Len() int { return len(ix.rows) }

// Row tells which account of the directory row r is, and which of that account's
// roles.
func (ix *Index) Row(r int32) (account, role int32) {
	return ix.rows[r].account, ix.rows[r].at
}

// Search appends to dst[:0] the rows that match query, best first, and returns
// it. A blank query matches all rows, in their natural order. [Index.Found] tells
// more.
func (ix *Index) Search(query string, dst []int32) []int32 {
	dst = dst[:0]
	ix.query, ix.typed, ix.found = query, "", Found{Rival: -1}
	ix.parse(query)
	if len(ix.terms) == 0 {
		if speaks(query) {
			return dst // of punctuation alone, nothing can be meant
		}
		for r := range ix.rows {
			dst = append(dst, int32(r))
		}
		ix.lift(dst)
		return dst
	}
	ix.matcher.guessing = false
	ix.scoreTerms(true)
	for ix.splitPhrases() {
		ix.scoreTerms(true)
	}
	ix.findNamed()
	if ix.scoreRows() == 0 && ix.guess() {
		ix.found.Guess = ix.scoreRows() > 0
	}
	if len(ix.hits) == 0 {
		ix.offerNamed()
	}
	dst = append(dst, ix.hits...)
	ix.sorter.sort(dst, ix.scores)
	dst = ix.doubt(dst)
	ix.weigh(dst)
	ix.lift(dst)
	dst = ix.withLabels(query, dst)
	if len(dst) == 0 {
		return ix.otherLayout(query, dst)
	}
	return dst
}

// doubt takes rows, which are sorted, for guesses if the first matches by chance,
// and adds what may have been meant if something was mistyped.
func (ix *Index) doubt(rows []int32) []int32 {
	if len(rows) == 0 || ix.found.Guess {
		return rows
	}
	if m := ix.places(rows[0]); !ix.chancy(rows[0], &m) {
		return rows
	}
	ix.found.Guess = true
	if ix.guess() && ix.scoreRows() > 0 {
		rows = append(rows[:0], ix.hits...)
		ix.sorter.sort(rows, ix.scores)
	}
	return rows
}

// scoreTerms fills byAcct and byRole with each term's quality. With prune, it
// leaves out accounts that have lost already: an earlier term matches neither
// them nor any role.
func (ix *Index) scoreTerms(prune bool) {
	kept := 0
	if prune {
		kept = ix.keptTerms()
	}
	ix.scored = ix.scored[:0]
	ix.lost = resized(ix.lost, len(ix.names))
	clear(ix.lost)
	ix.byAcct = grown(ix.byAcct, len(ix.terms)*len(ix.names))
	ix.byRole = grown(ix.byRole, len(ix.terms)*len(ix.roles))
	ix.single = resized(ix.single, len(ix.names))
	ix.matcher.arena = &ix.arena
	for i := range ix.terms {
		t := &ix.terms[i]
		ix.matcher.term = t
		accounts, roles := ix.qualities(i)
		if i < kept {
			ix.lose(t, accounts, roles)
			continue
		}
		anyRole := none
		for r := range roles {
			roles[r] = ix.matcher.ofRole(&ix.roles[r])
			anyRole |= roles[r]
		}
		ix.scoreAccounts(t, accounts, prune && !t.spare && anyRole == none)
	}
	if prune {
		ix.scored = append(ix.scored, ix.terms...)
	}
}

// keptTerms is how many of the terms, from the first on, are those of the search
// before: who types goes on with the last one.
func (ix *Index) keptTerms() (n int) {
	for n < min(len(ix.terms), len(ix.scored)) && ix.terms[n].wording == ix.scored[n].wording {
		n++
	}
	return n
}

// scoreAccounts fills accounts with a term's quality in each. Those that it does
// not match have lost, if they need to match it.
func (ix *Index) scoreAccounts(t *term, accounts []quality, needed bool) {
	alone := len(ix.terms) == 1
	for a := range accounts {
		accounts[a] = none
		if ix.lost[a] || !ix.mayMatch(t, a) {
			ix.single[a], ix.lost[a] = 0, ix.lost[a] || needed
			continue
		}
		ix.ofAccount(a)
		accounts[a] = ix.only.quality
		if alone {
			ix.single[a] = ix.alone(a)
		}
		ix.lost[a] = needed && ix.only.quality == none
	}
}

// mayMatch tells most accounts that a term does not match, by their letters.
func (ix *Index) mayMatch(t *term, a int) bool {
	f := &ix.names[a]
	if t.mask&^f.mask == 0 || t.number && t.mask&^(f.mask|zero) == 0 {
		return true
	}
	for i := range t.synonyms {
		if s := &t.synonyms[i]; s.mask&^f.mask|s.pairs&^f.pairs == 0 {
			return true
		}
	}
	if e := &ix.emails[a]; t.mask&^e.mask|t.pairs&^e.pairs|t.head&^e.heads == 0 {
		return true
	}
	return t.digits && t.mask&^ix.ids[a].mask == 0
}

// alone is the score of an account in which the only term matches.
func (ix *Index) alone(a int) score {
	if ix.only.quality == none {
		return 0
	}
	_, marks := ix.arena.in(&ix.names[a])
	return possible + ofOne(marks, &ix.only)
}

// qualities gives the parts of byAcct and byRole that are for term i.
func (ix *Index) qualities(i int) (accounts, roles []quality) {
	a, r := len(ix.names), len(ix.roles)
	return ix.byAcct[i*a:][:a], ix.byRole[i*r:][:r]
}

// ofAccount makes only the best place of the term in an account, whatever the
// role. The e-mail counts only where nothing else matches.
func (ix *Index) ofAccount(a int) {
	m := &ix.matcher
	m.ofName(&ix.only, &ix.names[a], false)
	if m.term.digits {
		if q, at := m.ofID(&ix.ids[a]); q > ix.only.quality {
			ix.only = place{quality: q, taken: spots{}.withID(at, len(m.term.text))}
		}
	}
	if ix.only.quality == none {
		ix.only.quality, _ = m.ofMail(&ix.emails[a])
	}
}

// splitPhrases makes terms of the words of phrases that nothing is called by:
// what looks like a name may be an account and a role. It tells whether there
// were any.
func (ix *Index) splitPhrases() (some bool) {
	for i := range ix.terms {
		if t := &ix.terms[i]; t.phrase() && ix.bestOf(i) < ix.leastOf(t) {
			ix.split(t)
			some = true
		}
	}
	if some {
		ix.group()
	}
	return some
}

// leastOf is how well something must match a phrase for it to be one. Digits
// joined by dashes are a piece of an ID.
func (ix *Index) leastOf(t *term) quality {
	if t.digits {
		return skipping
	}
	return prefix
}

func (ix *Index) bestOf(i int) (best quality) {
	accounts, roles := ix.qualities(i)
	for _, q := range accounts {
		best = max(best, q)
	}
	for _, q := range roles {
		best = max(best, q)
	}
	if best == mailed && ix.terms[i].phrase() {
		best = word // an e-mail
	}
	return best
}

// grown gives s the length n; what it holds stays.
func grown[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:n]
	}
	return append(s[:cap(s)], make([]T, n-cap(s))...)
}

// resized gives s the length n; what it holds is left to chance.
func resized[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:n]
	}
	return make([]T, n)
}
