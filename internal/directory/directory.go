// Package directory holds what a portal grants its user: accounts and, in each
// account, roles. It has the model, its text form (the snapshot that is kept on
// disk and painted from) and the sync engine that fills it. It never talks to a
// portal itself, and it knows neither storage nor the screen.
package directory

import "strings"

// Directory is everything one portal grants: all accounts and their roles, in
// the order they are shown: see [Sort].
//
// All texts are in the form [Escape] gives them: one line, nothing invisible,
// safe to show. [Unescape] gives back what the portal sent.
type Directory struct {
	// Started is when the sync under way, or the last one, began listing;
	// Updated is when the last complete sync ended, Began when that began. All in
	// Unix milliseconds, 0 for never.
	Started, Updated, Began int64
	Accounts                []Account
}

// Account is one AWS account the user may enter.
type Account struct {
	ID    string // 12 digits, or whatever the portal sent
	Name  string // the ID if the portal has none
	Email string
	Roles []string // role (permission set) names
	// State tells how far the sync under way got with this account's roles.
	State State
	// Problem is the error code that listing the roles ended with, if State is
	// Failed; if it is Pending, the code that the portal failed with last.
	Problem string
	// Listed is when the roles were listed, if that is another time than the
	// State tells; Never if they never were. See [Directory.ListedAt].
	Listed int64
}

// Never is when roles were listed that never were.
const Never = -1

// ListedAt tells when an account's roles were listed, at the earliest, in Unix
// milliseconds; 0 for never. Most accounts were listed by one sync, so that none of
// them has to keep it.
func (d *Directory) ListedAt(a *Account) int64 {
	switch {
	case a.State == Done:
		return d.Started
	case a.Listed == Never:
		return 0
	case a.Listed != 0:
		return a.Listed
	}
	return d.Began
}

// listedAt notes when the roles of an account were listed that is not Done.
func (d *Directory) listedAt(a *Account, ms int64) {
	switch a.Listed = ms; ms {
	case d.Began:
		a.Listed = 0
	case 0:
		a.Listed = Never
	}
}

// State is how far a sync got with one account.
type State byte

// The states of an account. An account that is not Done keeps the roles an
// earlier sync found.
const (
	Pending State = 'p' // roles not listed yet in this sync
	Done    State = 'd' // roles listed
	Failed  State = 'f' // the portal would or could not list the roles
)

// Rows counts the pairs of account and role.
func (d *Directory) Rows() int {
	n := 0
	for i := range d.Accounts {
		n += len(d.Accounts[i].Roles)
	}
	return n
}

// Count counts the accounts in the given state.
func (d *Directory) Count(s State) int {
	n := 0
	for i := range d.Accounts {
		if d.Accounts[i].State == s {
			n++
		}
	}
	return n
}

// Retry has the next sync ask again for the roles of some accounts, by their IDs a line
// each, or if none is named of those that failed, and for nothing else unless the last one
// is long ago. It tells whether there are any.
func (d *Directory) Retry(ids string) bool {
	found := false
	for i := range d.Accounts {
		a := &d.Accounts[i]
		if ids == "" && a.State == Failed || ids != "" && strings.Contains("\n"+ids+"\n", "\n"+a.ID+"\n") {
			a.State, a.Problem, found = Pending, "", true
		}
	}
	return found
}

// Find returns the account with the given ID, or nil. In its callers it would be more of
// the popup.
//
//go:noinline
func (d *Directory) Find(id string) *Account {
	for i := range d.Accounts {
		if d.Accounts[i].ID == id {
			return &d.Accounts[i]
		}
	}
	return nil
}
