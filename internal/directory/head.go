package directory

import (
	"slices"
	"strconv"
	"strings"
)

// HeadRows is how many rows a head has, and the popup paints before it has measured
// what fits: as many as it can show at once, however high the browser makes it.
const HeadRows = 12

// Place is where a role stands in a directory: the account's place, and the role's
// among its roles.
type Place struct{ Account, Role int32 }

// Head gives the first rows of a directory in the form in which the popup paints
// rows (internal/palette says which): it is painted before the directory is read.
// Those in first come before all others. guards tells which roles are to be used with
// care.
func Head(d *Directory, first []Place, guards func(a *Account, role string) bool) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(d.Rows()))
	b.WriteString("\t0\t0\t0")
	left := HeadRows
	add := func(p Place) {
		a := &d.Accounts[p.Account]
		r := a.Roles[p.Role]
		b.WriteString("\n" + a.Name + "\t" + a.ID + "\t" + r)
		if mark := Mark(guards(a, r), r); mark != "" {
			b.WriteString("\t\t" + mark)
		}
		left--
	}
	for _, p := range first[:min(len(first), left)] {
		add(p)
	}
	for i := range d.Accounts {
		for j := range d.Accounts[i].Roles {
			if left == 0 {
				return b.String()
			}
			if p := (Place{int32(i), int32(j)}); !slices.Contains(first, p) {
				add(p)
			}
		}
	}
	return b.String()
}

// Mark is how a row shows that its role is to be used with care: not at all, as
// guarded, or as an administrator's in a guarded account.
func Mark(guarded bool, role string) string {
	switch {
	case !guarded:
		return ""
	case StrengthOf(role) == Strongest:
		return "2"
	}
	return "1"
}
