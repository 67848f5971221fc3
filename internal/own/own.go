// Package own holds what somebody made of a portal's roles: favourites, labels, and what
// is hidden from the list. A role is known by its account's ID and its own name, so that
// all of that survives when an account is renamed.
package own

import (
	"strings"
	"unicode/utf8"

	"portico/internal/directory"
)

const (
	// Most is how many roles something can be made of: more than anybody looks after.
	Most = 500
	// Longest is how many letters a label may have: it stands beside a role.
	Longest = 40
)

// Role is a role with what was made of it. Account and name are as a directory has them.
type Role struct {
	AccountID, Name   string
	Label             string // one line that shows as it is; empty for none
	Favourite, Hidden bool
}

// plain tells whether nothing was made of a role.
func (r Role) plain() bool { return r.Label == "" && !r.Favourite && !r.Hidden }

// Roles are those of a portal of which something was made, in no order.
type Roles []Role

// Sound tells whether a text can be a label.
func Sound(label string) bool {
	return utf8.RuneCountInString(label) <= Longest && directory.Escape(label) == label
}

// Of gives a role with what was made of it.
func (all Roles) Of(accountID, name string) Role {
	for i := range all {
		if all[i].AccountID == accountID && all[i].Name == name {
			return all[i]
		}
	}
	return Role{AccountID: accountID, Name: name}
}

// Set gives the roles with one changed. False if there is no room for it.
func (all Roles) Set(r Role) (Roles, bool) {
	next := make(Roles, 0, len(all)+1)
	for _, known := range all {
		if known.AccountID != r.AccountID || known.Name != r.Name {
			next = append(next, known)
		}
	}
	if !r.plain() {
		next = append(next, r)
	}
	return next, len(next) <= Most || len(next) <= len(all)
}

// Text gives the stored form, a line for each role: account ID, role name, signs and label
// with tabs between. The signs are f for a favourite and h for what is hidden.
func (all Roles) Text() string {
	var b strings.Builder
	for _, r := range all {
		b.WriteString(r.AccountID + "\t" + r.Name + "\t")
		if r.Favourite {
			b.WriteString("f")
		}
		if r.Hidden {
			b.WriteString("h")
		}
		b.WriteString("\t" + r.Label + "\n")
	}
	return b.String()
}

// Parse reads the stored form, and tells whether all of it could be read. What can't be is
// left out.
func Parse(text string) (all Roles, whole bool) {
	whole = true
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 || len(all) == Most {
			whole = false
			continue
		}
		r := Role{f[0], f[1], f[3], strings.HasPrefix(f[2], "f"), strings.HasSuffix(f[2], "h")}
		if !strings.Contains("fh", f[2]) || r.AccountID == "" || r.Name == "" || r.plain() || !Sound(r.Label) || all.Of(f[0], f[1]) != (Role{AccountID: f[0], Name: f[1]}) {
			whole = false
			continue
		}
		all = append(all, r)
	}
	return all, whole
}

// First gives the order in which a list begins: favourites, and then what was used, both
// as used has them, the most used first. What is hidden is in neither.
func (all Roles) First(accounts []directory.Account, used []directory.Place) []directory.Place {
	if len(all) == 0 {
		return used
	}
	var favourites, others []directory.Place
	taken := make(map[directory.Place]bool, len(used))
	for _, p := range used {
		a := &accounts[p.Account]
		switch r := all.Of(a.ID, a.Roles[p.Role]); {
		case r.Hidden:
		case r.Favourite:
			favourites, taken[p] = append(favourites, p), true
		default:
			others = append(others, p)
		}
	}
	all.each(accounts, func(p directory.Place, r Role) {
		if r.Favourite && !r.Hidden && !taken[p] {
			favourites = append(favourites, p)
		}
	})
	return append(favourites, others...)
}

// Hidden gives the places of what is hidden among accounts.
func (all Roles) Hidden(accounts []directory.Account) map[directory.Place]bool {
	hidden := make(map[directory.Place]bool)
	all.each(accounts, func(p directory.Place, r Role) {
		if r.Hidden {
			hidden[p] = true
		}
	})
	return hidden
}

// At gives what was made of roles by their places among accounts.
func (all Roles) At(accounts []directory.Account) map[directory.Place]Role {
	at := make(map[directory.Place]Role, len(all))
	all.each(accounts, func(p directory.Place, r Role) { at[p] = r })
	return at
}

// each finds the roles among accounts, in the order of these.
func (all Roles) each(accounts []directory.Account, found func(directory.Place, Role)) {
	if len(all) == 0 {
		return
	}
	byName := make(map[string]*Role, 2*len(all))
	for i := range all {
		byName[all[i].AccountID] = nil // some role of it
		byName[all[i].AccountID+"\t"+all[i].Name] = &all[i]
	}
	for a := range accounts {
		id := accounts[a].ID
		if _, some := byName[id]; !some {
			continue
		}
		for i, name := range accounts[a].Roles {
			if r := byName[id+"\t"+name]; r != nil {
				found(directory.Place{Account: int32(a), Role: int32(i)}, *r)
			}
		}
	}
}
