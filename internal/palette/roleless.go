package palette

import (
	"slices"
	"strings"

	"portico/internal/directory"
	"portico/internal/words"
)

// An account is known before its roles are, and some are known without any. Such
// an account is found by a search like all others: by a row of its own, which says
// why there is no role in place of one.
const noRole = ""

// searchable gives the directory that is searched: d, with a row for each account
// that has no role.
func searchable(d *directory.Directory) *directory.Directory {
	if !slices.ContainsFunc(d.Accounts, roleless) {
		return d
	}
	s := *d
	s.Accounts = slices.Clone(d.Accounts)
	for i := range s.Accounts {
		if a := &s.Accounts[i]; roleless(*a) {
			a.Roles = []string{noRole}
		}
	}
	return &s
}

func roleless(a directory.Account) bool { return len(a.Roles) == 0 }

// browsed takes the rows without a role out of hits, and those that are hidden: only who
// searches is shown them. Favourites come first.
func (m *Model) browsed(hits []int32) []int32 {
	var favourites []int32
	others := slices.DeleteFunc(hits, func(hit int32) bool {
		account, role := m.index.Row(hit)
		is := m.made[directory.Place{Account: account, Role: role}]
		switch {
		case is.Hidden && !m.unhidden:
			return true
		case is.Favourite:
			favourites = append(favourites, hit)
			return true
		}
		return m.searched.Accounts[account].Roles[role] == noRole
	})
	return slices.Insert(others, 0, favourites...)
}

// unlisted counts the accounts of which nobody knows the roles yet.
func (m *Model) unlisted() (n int) {
	for i := range m.dir.Accounts {
		if a := &m.dir.Accounts[i]; a.State == directory.Pending && roleless(*a) {
			n++
		}
	}
	return n
}

// What stands in a row in place of the role, by the account's state.
var instead = map[directory.State]string{
	directory.Pending: words.RolesPending,
	directory.Failed:  words.RolesLost,
	directory.Done:    words.NoRole,
}

// shownRole is what a row says of its role.
func (r Row) shownRole() string {
	if r.RoleName == noRole {
		return instead[r.state]
	}
	return clip(r.RoleName)
}

// roleOf is the role that a row says it is of.
func roleOf(shown string) string {
	for _, text := range instead {
		if shown == text {
			return noRole
		}
	}
	return shown
}

// withoutRole says why nothing can be done in the account, and what helps.
func withoutRole(r Row) Notice {
	account := r.String()
	switch r.state {
	case directory.Pending:
		return Notice{Info, words.RolesPendingOf.With(account)}
	case directory.Failed:
		return Notice{Failure, words.RolesLostOf.With(account)}
	}
	return Notice{Failure, words.NoRoleIn.With(account)}
}

// noMatchYet is said of a search that may find something later.
func (m *Model) noMatchYet(unlisted int) Empty {
	listed := len(m.dir.Accounts) - unlisted
	return Empty{words.NoMatch, words.NothingYetCalled.With(name(strings.TrimSpace(m.query)), words.Number(int64(listed)), words.Accounts(int64(unlisted)))}
}
