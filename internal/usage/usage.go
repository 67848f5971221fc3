// Package usage remembers which roles somebody used, how often and how lately, and
// what had been typed when they did: the order of an empty search, and what decides
// between rows that match nearly alike, follow from it (internal/search, SetUsed).
//
// A use weighs [one]; what a role weighs halves with each [halfLife]. So what is used
// daily stands before what was used often last year, and one use of today before one
// of last month:
//
//	payments-prod ReadOnly   used on Monday, Tuesday and today    1024 + 930 + 975 …
//	sandbox Administrator    used once, today                     1024
//	ledger-dev PowerUser     used 20 times, half a year ago       20 * 1024 >> 13 = 2
//
// Weights are whole numbers and halves are made by shifting, which needs no package
// math. The history is bounded; what weighs least is forgotten.
package usage

import (
	"slices"
	"strconv"
	"strings"

	"portico/internal/digits"
	"portico/internal/directory"
)

const (
	// one is what a use weighs. It is halved ten times before nothing is left of it.
	one = 1 << 10
	// halfLife is in minutes: two weeks. Roles of a project that ended make room
	// within its next; a holiday changes little.
	halfLife = 14 * 24 * 60
	// mostRoles are remembered: more than anybody uses in a month.
	mostRoles = 200
	// longestTyped is how many bytes of what was typed are remembered.
	longestTyped = 40
	// heaviest is more than uses each minute could come to.
	heaviest = 1 << 30
)

// Role is a role that was used.
type Role struct {
	AccountID, Name string
	Weight          int64  // at the time at
	Typed           string // what had been typed for it last, as by [Normal]; empty if nothing ever
	at              int64  // minutes since 1970
}

// History is what somebody used of one portal. Its roles are in no order.
type History struct{ Roles []Role }

// Normal is a text as it is compared: without blanks around it, in lower case.
func Normal(typed string) string {
	typed = strings.ToLower(strings.Join(strings.Fields(strings.ToValidUTF8(typed, "")), " "))
	if len(typed) > longestTyped {
		typed = strings.TrimSpace(strings.ToValidUTF8(typed[:longestTyped], ""))
	}
	return typed
}

// WeightAt is what a role weighs at a time, in minutes since 1970. A clock that was
// set back makes nothing heavier.
func (r *Role) WeightAt(now int64) int64 {
	age := max(0, now-r.at)
	w := r.Weight >> min(age/halfLife, 62)
	return w - w*(age%halfLife)/(2*halfLife)
}

// Add counts a use of a role, after something was typed, which may be nothing.
func (h *History) Add(accountID, name, typed string, now int64) {
	i := slices.IndexFunc(h.Roles, func(r Role) bool { return r.AccountID == accountID && r.Name == name })
	if i < 0 {
		h.Roles = append(h.Roles, Role{AccountID: accountID, Name: name})
		i = len(h.Roles) - 1
	}
	r := &h.Roles[i]
	r.Weight, r.at = min(r.WeightAt(now)+one, heaviest), now
	if typed = Normal(typed); typed != "" {
		r.Typed = typed
	}
	if len(h.Roles) > mostRoles {
		h.forget(i, now)
	}
}

// forget drops the role that weighs least, but for one.
func (h *History) forget(but int, now int64) {
	least := -1
	for i := range h.Roles {
		if i != but && (least < 0 || h.Roles[i].WeightAt(now) < h.Roles[least].WeightAt(now)) {
			least = i
		}
	}
	h.Roles = slices.Delete(h.Roles, least, least+1)
}

// Text gives the stored form, a line for each role: account ID, role name, weight,
// minutes since 1970 and what was typed, with tabs between. Account IDs and role names
// are as the directory has them, escaped, so that they have neither.
func (h *History) Text() string {
	var b strings.Builder
	for _, r := range h.Roles {
		b.WriteString(r.AccountID + "\t" + r.Name + "\t" + strconv.FormatInt(r.Weight, 10) + "\t" + strconv.FormatInt(r.at, 10) + "\t" + r.Typed + "\n")
	}
	return b.String()
}

// Parse reads the stored form. What can't be is left out: a history that is lost is
// none.
func Parse(text string) (h History) {
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 || len(h.Roles) == mostRoles {
			continue
		}
		weight, ok := digits.Parse(f[2], 10)
		at, okAt := digits.Parse(f[3], 10)
		if !ok || !okAt || weight <= 0 || at < 0 || f[0] == "" || f[1] == "" || f[4] != Normal(f[4]) {
			continue
		}
		h.Roles = append(h.Roles, Role{AccountID: f[0], Name: f[1], Weight: min(weight, heaviest), Typed: f[4], at: at})
	}
	return h
}

// Used is a role that was used, where a directory has it, and what it weighs there.
type Used struct {
	directory.Place
	Weight int64
	Typed  string
}

// Rank finds the roles among accounts, at a time in minutes since 1970: the heaviest
// first, of equal ones that which stands first there.
func (h *History) Rank(accounts []directory.Account, now int64) (ranked []Used) {
	if len(h.Roles) == 0 {
		return nil
	}
	byName := make(map[string]*Role, 2*len(h.Roles))
	for i := range h.Roles {
		byName[h.Roles[i].AccountID] = nil // some role of it
		byName[h.Roles[i].AccountID+"\t"+h.Roles[i].Name] = &h.Roles[i]
	}
	for a := range accounts {
		id := accounts[a].ID
		if _, some := byName[id]; !some {
			continue
		}
		for i, name := range accounts[a].Roles {
			if r := byName[id+"\t"+name]; r != nil {
				ranked = insert(ranked, Used{directory.Place{Account: int32(a), Role: int32(i)}, r.WeightAt(now), r.Typed})
			}
		}
	}
	return ranked
}

// insert puts u behind all that are as heavy. There are few; package slices' sorting
// would be 4 KB of the popup.
func insert(ranked []Used, u Used) []Used {
	ranked = append(ranked, u)
	i := len(ranked) - 1
	for ; i > 0 && ranked[i-1].Weight < u.Weight; i-- {
		ranked[i] = ranked[i-1]
	}
	ranked[i] = u
	return ranked
}

// Minutes is a time as [Role] has it, by the milliseconds since 1970.
func Minutes(ms int64) int64 { return ms / 60_000 }
