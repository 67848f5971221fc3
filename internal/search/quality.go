package search

// quality is how well a term matches a field. From none to best; the guesses are
// for searches that find nothing else: see typo.go.
type quality uint8

const (
	none       quality = iota
	farLetters         // mnge      [m]a[n]a[ge]ment, many letters skipped
	farTypo            // paymmens  two edits
	letters            // mngmnt    [m]a[n]a[g]e[m]e[nt], few letters skipped
	startTypo          // paymn     an edit away from the beginning of a word
	typo               // paymnets  an edit away from a word
	mailed             // jlee      a word of the e-mail begins so
	skipping           // ps        [p]ayments-api-[s]taging
	inside             // ments     pay[ments]-prod
	initials           // dps, euw1 [d]ata-[p]latform-[s]taging, [eu]-[w]est-[1]
	alike              // live      payments-[prod], people use them for one another
	short              // prd       payments-[prod], the same word shortened
	running            // paymentspr [payments-pr]od, a word and what begins the next
	prefix             // paym      [paym]ents-prod
	glued              // payprod   [pay]ments-[prod], beginnings of words that follow each other
	began              // prod      payments-[prod]uction, a beginning that people use as the word
	word               // prod      payments-[prod]
	wholeID            // 111111111101

	qualities
)

// points is what each quality adds to a row's score in an account. The steps
// between them decide between rows that match one term better and another worse:
//
//   - A word and a letter inside a word (20 + 4) lose to two prefixes (15 + 15):
//     each term should begin something.
//   - A word and a synonym (20 + 11) lose to a word and a prefix, and beat a word
//     and initials (20 + 10): what is written literally comes first.
//   - Guesses are worth less than any match, so that of two rows found by a
//     guess the one that needs fewer of them comes first.
//   - A whole ID outweighs everything: nobody types one by chance.
var points = [qualities]uint32{
	farLetters: 1,
	farTypo:    4,
	letters:    5,
	startTypo:  7,
	typo:       8,
	mailed:     1,
	skipping:   3,
	inside:     4,
	initials:   10,
	alike:      11,
	short:      13,
	running:    14,
	prefix:     15,
	glued:      17,
	began:      18,
	word:       20,
	wholeID:    36,
}

// rolePoints is the same for a role. A term that begins words of an account and
// of a role as well is for the account, as most are: dat staging means
// data-platform-staging, not the DatabaseAdministrator of fraud-staging.
var rolePoints = func() (p [qualities]uint32) {
	p = points
	p[word]--
	p[running]--
	p[prefix]--
	p[glued]--
	p[initials]--
	p[short]--
	p[alike]--
	return p
}()

// accessPoints is what a role gains by the words that people have for roles: prod
// ro means a role of prod, and no account that is called prod-rotation.
var accessPoints = [qualities]uint32{short: 4, alike: 3}

// edgePoints is what a role gains if its own short form is the first or the last
// of several terms, where people put roles: sc sbx ro is ReadOnlyAccess in
// supply-chain-sbx, and not the DataScientist of warehouse-robotics-sbx.
var edgePoints = [qualities]uint32{initials: 4, short: 3}

// envInRole is what the environment costs in the name of a role: pay prod
// readonly means pay-prod, and not the prod-readonly of pay-dev.
const envInRole = 5

// mostEnvInRole is less than any word for the environment is worth in the name of
// an account: billing prod is said of the prd in billing-prd, and asks for no
// DBA-Prod-BreakGlass there.
var mostEnvInRole = points[alike] - 1

// inside and further down, a term has letters of a name and begins nothing there.
// That is chance for a term of so many letters or less, and no match at all for
// the words that make the difference: no ro in prod, no uat in us-east-1.
const leastInside = 4

// allows tells whether the term may match a name like this.
func (t *term) allows(q quality, role bool) bool {
	switch q {
	case inside:
		return !t.known && (t.number || t.size >= leastInside || t.dense && t.size > 1)
	case skipping:
		return !t.known && t.size >= leastInside
	case initials:
		return t.use == anything || role && t.use == access
	}
	return true
}
