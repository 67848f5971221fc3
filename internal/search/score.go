package search

// A score is quality * bonuses + bonus, and 0 for no match: the quality decides,
// the field breaks ties. It fits a byte, so the scores of 7,000 accounts are
// 7 KB and stay in the processor's nearest cache.

// The fields, weakest first. People know accounts by name; a role's name
// recurs in most accounts and tells less; IDs and e-mails are looked up on
// purpose, and then match nothing else.
const (
	emailBonus = iota
	idBonus
	roleBonus
	nameBonus
	digitsBonus // the ID, for a term of digits: names with numbers in them are rarer than IDs pasted
	bonuses
)

// Qualities, worst first. Between none and abbreviation there is one for each
// penalty of a loose match: see loose.
const (
	none         = 0
	abbreviation = maxPenalty + 1 + iota
	initials
	substring
	wordPrefix
	prefix
	wholeWord
	exact
)

const (
	// maxScore is the highest score a term can have.
	maxScore = exact*bonuses + bonuses - 1
	// leastTight is the lowest score of a match that is not loose.
	leastTight = abbreviation * bonuses
)

// A score must fit a byte.
var _ [255 - maxScore]struct{}

// score joins a quality and a field's bonus.
func score(quality, bonus int) uint8 {
	if quality == none {
		return 0
	}
	return uint8(quality*bonuses + bonus)
}

// idBonus is the bonus of the account ID for this term.
func (t *term) idBonus() int {
	if t.digits {
		return digitsBonus
	}
	return idBonus
}

// The penalty of a loose match is editPenalty for each edit, plus what breaks
// ties between matches of as many edits: scattered letters, all of which are
// there, come before a misspelt word, and that before the misspelt beginning of
// a word.
const (
	scatteredPenalty = iota
	misspeltPenalty
	misspeltStartPenalty
	editPenalty
)

const (
	// maxEdits bounds how many letters a scattered match skips. Common
	// contractions skip less (mgmt 6, sbx 4); what skips more is chance.
	maxEdits   = 10
	maxPenalty = maxEdits*editPenalty + misspeltStartPenalty
)

// loose is the quality of a match of so many edits. It is above none.
func loose(edits, kind int) int { return maxPenalty + 1 - edits*editPenalty - kind }
