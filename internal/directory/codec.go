package directory

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"portico/internal/digits"
)

// The snapshot is text, so that the popup can paint its first rows with a few
// lines of JavaScript before Go has started, and so that Go reads it without
// copying: each field of a decoded directory is a piece of that one text.
//
//	portico-directory <TAB> 1 <TAB> started <TAB> updated
//	A <TAB> id <TAB> name <TAB> email <TAB> state <TAB> problem
//	R <TAB> role name            one line for each role of the account above
const magic = "portico-directory\t1\t"

// ErrSnapshot reports a text that is no snapshot, or one of a version that this
// program does not know.
var ErrSnapshot = errors.New("decode directory snapshot: not a snapshot of version 1")

// Encode gives the snapshot of a directory.
func Encode(d *Directory) string {
	var b strings.Builder
	size := 64
	for i := range d.Accounts {
		a := &d.Accounts[i]
		size += 16 + len(a.ID) + len(a.Name) + len(a.Email)
		for _, r := range a.Roles {
			size += 3 + len(r)
		}
	}
	b.Grow(size)
	b.WriteString(magic)
	b.WriteString(strconv.FormatInt(d.Started, 10))
	b.WriteByte('\t')
	b.WriteString(strconv.FormatInt(d.Updated, 10))
	b.WriteByte('\n')
	for i := range d.Accounts {
		a := &d.Accounts[i]
		for _, f := range [...]string{"A", a.ID, a.Name, a.Email, string(rune(a.State))} {
			b.WriteString(f)
			b.WriteByte('\t')
		}
		b.WriteString(a.Problem)
		b.WriteByte('\n')
		for _, r := range a.Roles {
			b.WriteString("R\t")
			b.WriteString(r)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

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

// UpdatedAt tells when the last complete sync of a snapshot ended, without
// reading all of it; the zero time if there was none.
func UpdatedAt(text string) time.Time {
	d, _, ok := decodeHead(text)
	if !ok || d.Updated == 0 {
		return time.Time{}
	}
	return time.UnixMilli(d.Updated)
}

// decodeHead reads the first line.
func decodeHead(text string) (d Directory, rest string, ok bool) {
	if !strings.HasPrefix(text, magic) {
		return d, "", false
	}
	head, rest, whole := strings.Cut(text[len(magic):], "\n")
	started, updated, _ := strings.Cut(head, "\t")
	var ok1, ok2 bool
	d.Started, ok1 = digits.Parse(started, 10)
	d.Updated, ok2 = digits.Parse(updated, 10)
	return d, rest, whole && ok1 && ok2
}

// Decode reads a snapshot. The directory's texts are pieces of text.
// The error wraps [ErrSnapshot].
func Decode(text string) (*Directory, error) {
	d, text, ok := decodeHead(text)
	if !ok || text != "" && !strings.HasSuffix(text, "\n") {
		return nil, ErrSnapshot // the second: it was cut off in the middle of a line
	}
	d.Accounts = make([]Account, 0, strings.Count(text, "\nA\t")+1)
	roles := make([]string, 0, strings.Count(text, "\nR\t")+1)
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		switch {
		case strings.HasPrefix(line, "A\t"):
			var a Account
			if !a.decode(line[2:]) {
				return nil, ErrSnapshot
			}
			d.Accounts = append(d.Accounts, a)
		case strings.HasPrefix(line, "R\t") && len(d.Accounts) > 0:
			// All roles share one array; an account's are its tail.
			roles = append(roles, line[2:])
			a := &d.Accounts[len(d.Accounts)-1]
			n := len(a.Roles) + 1
			a.Roles = roles[len(roles)-n : len(roles) : len(roles)]
		default:
			return nil, ErrSnapshot
		}
	}
	return &d, nil
}

func (a *Account) decode(line string) bool {
	var state string
	var ok [4]bool
	a.ID, line, ok[0] = strings.Cut(line, "\t")
	a.Name, line, ok[1] = strings.Cut(line, "\t")
	a.Email, line, ok[2] = strings.Cut(line, "\t")
	state, a.Problem, ok[3] = strings.Cut(line, "\t")
	if ok != [4]bool{true, true, true, true} || strings.ContainsRune(a.Problem, '\t') {
		return false
	}
	switch state {
	case string(rune(Pending)), string(rune(Done)), string(rune(Failed)):
		a.State = State(state[0])
		return true
	}
	return false
}
