// Package pattern tells which roles a setting is for: patterns of portal, account
// and role, which of several is the most specific, and which roles are guarded as
// production.
//
// Names match without regard to case and accents, in one of two ways. A pattern
// with `*` (any characters, or none) or `?` (one) is for the whole name. One without
// is for its words, next to each other anywhere in the name: prod is for
// payments-prod, PaymentsProd2 and Prod EU, not for product, preprod and nonprod,
// nor, since a word before takes it back, for non-prod and pre-prod.
package pattern

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/internal/fold"
)

// Role is a role in an account of a portal, by the names that people see.
type Role struct {
	Portal                           string // its ID
	AccountID, AccountName, RoleName string
}

// Pattern is for some roles. What is empty of it is for all.
type Pattern struct {
	Portal  string // a portal’s ID
	Account string // an account's name; of twelve digits, or with * and ? for them, its ID
	Role    string // a role's name
}

// Matches tells whether a pattern is for a role. What [Parse] takes for an account
// and a role may be the name of an account, too: Team / Product.
func (p Pattern) Matches(r Role) bool {
	if p.Account != "" && p.Role != "" && (p.Portal == "" || p.Portal == r.Portal) && fold.String(p.Account+" / "+p.Role) == fold.String(r.AccountName) {
		return true
	}
	return (p.Portal == "" || p.Portal == r.Portal) &&
		(p.Account == "" || isID(p.Account) && glob(p.Account, r.AccountID) || !isDigits(p.Account) && names(p.Account, r.AccountName)) &&
		(p.Role == "" || names(p.Role, r.RoleName))
}

// isID tells whether a pattern is for an account's ID.
func isID(pattern string) bool { return strings.Trim(pattern, "0123456789*?") == "" }

// isDigits tells whether a pattern can be for nothing but an ID.
func isDigits(pattern string) bool {
	return len(pattern) == 12 && strings.Trim(pattern, "0123456789") == ""
}

// names tells whether a pattern is for a name.
func names(pattern, name string) bool {
	if isGlob(pattern) {
		return glob(fold.String(pattern), fold.String(name))
	}
	return hasWords(words(name), words(pattern))
}

func isGlob(pattern string) bool { return strings.ContainsAny(pattern, "*?") }

// glob tells whether a pattern is for a whole text.
func glob(pattern, text string) bool {
	star, from := -1, 0 // the last star, and where what it stands for ends
	i, j := 0, 0
	for j < len(text) {
		_, size := utf8.DecodeRuneInString(text[j:])
		switch {
		case i < len(pattern) && pattern[i] == '*':
			star, from = i, j
			i++
		case i < len(pattern) && pattern[i] == '?':
			i, j = i+1, j+size
		case i < len(pattern) && pattern[i] == text[j]:
			i, j = i+1, j+1
		case star >= 0:
			_, size := utf8.DecodeRuneInString(text[from:])
			from += size
			i, j = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[i:], "*") == ""
}

// words gives the words of a name, folded: runs of letters and of digits, and
// where camelCase has humps (AWSReadOnly: aws, read, only). What stands between is no
// part of a word, be it a hyphen or a dash, a blank that does not break or a picture;
// and words of scripts that know no blanks end where another script begins.
func words(name string) []string {
	var all []string
	from, last := 0, other
	end := func(i int) {
		if last != other {
			all = append(all, fold.String(name[from:i]))
		}
		from = i
	}
	for i, r := range name {
		kind := kindOf(r)
		if unicode.IsMark(r) {
			kind = last // of the letter before it
		}
		if i > 0 && (kind != last || hump(name, i)) {
			end(i)
		}
		last = kind
	}
	end(len(name))
	return all
}

type kind uint8

const (
	other kind = iota
	letter
	ideograph // or a letter of a script that is written without blanks
	digit
)

func kindOf(r rune) kind {
	switch {
	case 'a' <= r|0x20 && r|0x20 <= 'z':
		return letter
	case '0' <= r && r <= '9' || r >= '０' && r <= '９':
		return digit
	case r < utf8.RuneSelf || !unicode.IsLetter(r):
		return other
	case r >= 0x2e80 && (r < 'Ａ' || r > 'ｚ') && r < 0x1d400:
		return ideograph
	}
	return letter
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

// hump tells whether a word of camelCase begins at i.
func hump(name string, i int) bool {
	if !isUpper(name[i]) {
		return false
	}
	return !isUpper(name[i-1]) || i+1 < len(name) && (name[i+1] >= utf8.RuneSelf || 'a' <= name[i+1] && name[i+1] <= 'z')
}

// hasWords tells whether words stand next to each other in a name, and are not
// taken back by the one before.
func hasWords(name, words []string) bool {
	if len(words) == 0 {
		return false // nothing but signs
	}
next:
	for i := 0; i+len(words) <= len(name); i++ {
		for j, word := range words {
			if name[i+j] != word {
				continue next
			}
		}
		if i == 0 || !negates(name[i-1]) {
			return true
		}
	}
	return false
}

// negates tells whether a word takes back the one after it.
func negates(word string) bool {
	switch word {
	case "non", "not", "no", "pre":
		return true
	}
	return false
}

// Less tells whether p is less specific than q: what names a role is the most,
// then what names an account, then a portal. Where both name the same, digits come
// before a name, a name before one with * or ?, and of those the one with more
// characters of its own. Of equals neither is less.
func (p Pattern) Less(q Pattern) bool {
	a, b := p.rank(), q.rank()
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

func (p Pattern) rank() [6]int {
	rank := [6]int{0, 0, 0, precision(p.Role), precision(p.Account)}
	for i, named := range []string{p.Role, p.Account, p.Portal} {
		if named != "" {
			rank[i] = 1
		}
	}
	rank[5] = own(p.Role) + own(p.Account)
	return rank
}

func precision(pattern string) int {
	switch {
	case isDigits(pattern):
		return 3
	case isGlob(pattern):
		return 1
	}
	return 2
}

// own counts what is literal of a pattern.
func own(pattern string) int {
	return len(pattern) - strings.Count(pattern, "*") - strings.Count(pattern, "?")
}

// Parse reads a pattern as a person writes it: an account, or an account and a role
// with a slash between blanks, such as `payments / *admin*`. No name of a role has
// a slash.
func Parse(text string) Pattern {
	account, role := text, ""
	if at := strings.LastIndex(text, " / "); at >= 0 {
		account, role = text[:at], text[at+3:]
	}
	return Pattern{Account: strings.TrimSpace(account), Role: strings.TrimSpace(role)}
}

// Void tells whether a pattern can be for nothing: its account or its role has
// neither a letter, a digit nor a star.
func (p Pattern) Void() bool {
	void := func(s string) bool { return s != "" && !isGlob(s) && len(words(s)) == 0 }
	return void(p.Account) || void(p.Role)
}
