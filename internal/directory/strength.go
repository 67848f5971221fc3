package directory

import "portico/internal/fold"

// Strength is how much a role lets one do, as far as its name tells.
type Strength uint8

// The strengths, weakest first. Whoever chooses between equals takes the weaker.
const (
	Reads     Strength = iota // only looks: read, view, audit
	Unknown                   // the name does not tell
	Power                     // changes most things
	Strongest                 // changes anything, access included
)

// strengths are the words that tell. The strongest word of a name counts: an
// AuditAdministrator is an administrator.
var strengths = map[string]Strength{
	"read": Reads, "reader": Reads, "readonly": Reads, "ro": Reads, "view": Reads, "viewer": Reads, "viewonly": Reads,
	"audit": Reads, "auditor": Reads, "auditing": Reads,
	"power": Power, "poweruser": Power, "pu": Power, "write": Power, "writer": Power, "rw": Power,
	"admin": Strongest, "admins": Strongest, "adm": Strongest, "administrator": Strongest, "administrators": Strongest,
	"administration": Strongest, "breakglass": Strongest, "glass": Strongest, "root": Strongest, "super": Strongest,
	"superuser": Strongest, "full": Strongest, "owner": Strongest, "emergency": Strongest, "organization": Strongest,
}

// StrengthOf tells the strength of a role by its name. What is called read-only
// is, whatever else the name says.
func StrengthOf(role string) Strength {
	strength, tells, before := Reads, false, ""
	eachWord(role, func(word string) bool {
		if word == "only" && (before == "read" || before == "view") || word == "readonly" || word == "viewonly" {
			strength, tells = Reads, true
			return false
		}
		if s, ok := strengths[word]; ok {
			strength, tells = max(strength, s), true
		}
		before = word
		return true
	})
	if !tells {
		return Unknown
	}
	return strength
}

// eachWord calls do with the words of a name, folded, until it returns false.
// Words end where the name has no letter, and at the humps of camelCase.
func eachWord(name string, do func(word string) bool) {
	from := 0
	for i := 1; i <= len(name); i++ {
		if i < len(name) && isWord(name[i]) && isWord(name[i-1]) && !hump(name, i) {
			continue
		}
		word := name[from:i]
		from = i
		if word != "" && isWord(word[0]) && !do(fold.String(word)) {
			return
		}
	}
}

func isWord(c byte) bool { return isUpper(c) || 'a' <= c && c <= 'z' || c >= 0x80 }

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// hump tells whether a word of camelCase begins at i: ReadOnly, AWSAdmin.
func hump(name string, i int) bool {
	if !isUpper(name[i]) {
		return false
	}
	return !isUpper(name[i-1]) || i+1 < len(name) && isWord(name[i+1]) && !isUpper(name[i+1])
}
