package directory

import (
	"strconv"
	"strings"

	"portico/internal/pattern"
)

// How high what the list shows is, in CSS pixels, here and in popup.css: a role, its
// account's name above it, and a name that takes two lines.
const (
	RowHeight     = 28
	AccountHeight = 28
	TallHeight    = 44
)

// ListHeight is how much of the list shows at most: the popup's 560 pixels without
// what stands above and below. As much is painted before anything is measured.
const ListHeight = 468

// oneLine is how many letters of a name fit on a line beside the account's ID.
const oneLine = 34

// HeightOf is how high an account's name is. The popup's rows.js counts alike: from
// the scripts of East Asia on, a letter is as wide as two.
func HeightOf(name string) int {
	if len(name) <= oneLine {
		return AccountHeight // the most usual, and whatever is wide has more bytes
	}
	n := 0
	for _, r := range name {
		if n++; r >= 0x1100 {
			n++
		}
	}
	if n <= oneLine {
		return AccountHeight
	}
	return TallHeight
}

// Place is where a role stands in a directory: the account's place, and the role's
// among its roles.
type Place struct{ Account, Role int32 }

// Looks is how a role shows in the list.
type Looks struct {
	Guarded   bool // it is to be used with care
	Favourite bool
	Label     string
}

// Head gives the first rows of a directory in the form in which the popup paints
// rows (internal/palette says which): it is painted before the directory is read.
// Those in first come before all others, what is hidden does not show, and looks tells how
// a role does that is painted: of tens of thousands it would take long.
func Head(d *Directory, first []Place, hidden map[Place]bool, looks func(a *Account, role string) Looks) string {
	var rows strings.Builder
	height, total, last := 0, 0, int32(-1)
	add := func(p Place) {
		a := &d.Accounts[p.Account]
		r := a.Roles[p.Role]
		if hidden[p] {
			return
		}
		total++
		shows := height < ListHeight
		name, environment := "\t", ""
		if p.Account != last {
			height += HeightOf(a.Name)
			name = a.Name + "\t" + a.ID
		}
		height += RowHeight
		if !shows {
			last = p.Account
			return
		}
		if p.Account != last {
			environment = pattern.Environment(a.Name)
		}
		last = p.Account
		is := looks(a, r)
		rows.WriteString(HeadRow(name, r, "", Mark(is.Guarded, r), environment, is))
	}
	before := make(map[Place]bool, len(first))
	for _, p := range first {
		before[p] = true
		add(p)
	}
	for i := range d.Accounts {
		for j := range d.Accounts[i].Roles {
			if p := (Place{int32(i), int32(j)}); !before[p] {
				add(p)
			}
		}
	}
	return strconv.Itoa(total) + "\t0\t0\t0\t" + strconv.Itoa(height) + rows.String()
}

// HeadRow gives a row as the popup's painter takes it: of what and where, what is said
// beside it, how it is guarded, what its account is for, and what somebody made of it.
func HeadRow(account, role, note, mark, environment string, is Looks) string {
	star := ""
	if is.Favourite {
		star = "f"
	}
	return "\n" + strings.TrimRight(account+"\t"+role+"\t"+note+"\t"+mark+"\t"+environment+"\t"+star+"\t"+is.Label, "\t")
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
