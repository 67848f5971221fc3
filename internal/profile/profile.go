// Package profile names the profiles of roles, in the files of the AWS CLI and
// SDKs. No two roles share a name, and a name needs no quoting in files, on
// command lines and in variables: it has letters, digits and `._-`.
package profile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"portico/internal/fold"
	"portico/internal/placeholder"
)

// Role is a role in an account, as the portal names them.
type Role struct{ AccountID, AccountName, RoleName string }

// Default names the profile of a role as the AWS portal's own dialogue does,
// <account ID>_<role>. Each name leads back to one role: whatever else is in a name
// becomes `._` and two hexadecimal digits a byte, and so do the dot of a `._` and,
// in what should be an account ID but is none, all `.` and `_`.
func Default(account, role string) string {
	name := make([]byte, 0, len(account)+1+len(role))
	for i := range len(account) {
		name = appendByte(name, account[i], isAlphanumeric(account[i]) || account[i] == '-')
	}
	name = append(name, '_')
	for i := range len(role) {
		c := role[i]
		begins := c == '.' && i+1 < len(role) && role[i+1] == '_'
		name = appendByte(name, c, isPlain(c) && !begins)
	}
	return string(name)
}

func appendByte(name []byte, c byte, plain bool) []byte {
	const hex = "0123456789abcdef"
	if plain {
		return append(name, c)
	}
	return append(name, '.', '_', hex[c>>4], hex[c&15])
}

func isPlain(c byte) bool { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.' }

func isAlphanumeric(c byte) bool {
	lower := c | 0x20
	return 'a' <= lower && lower <= 'z' || '0' <= c && c <= '9'
}

// Placeholders are what a template for names may hold.
var Placeholders = []string{"accountId", "accountName", "roleName"}

// Template makes names of one's own. The zero Template gives [Default] names.
type Template struct{ parts []placeholder.Part }

// Parse reads a template, such as {accountName}-{roleName}; an empty one stands
// for [Default] names. Any error is a [*placeholder.Error].
func Parse(text string) (Template, error) {
	parts, err := placeholder.Parse(text, Placeholders)
	if err != nil {
		return Template{}, err
	}
	for _, p := range parts {
		for i := range len(p.Literal) {
			if !isPlain(p.Literal[i]) { // no braces before it: those are not plain either
				_, size := utf8.DecodeRuneInString(text[p.At+i:])
				return Template{}, placeholder.Fault(placeholder.Character, text, p.At+i, p.At+i+size)
			}
		}
	}
	return Template{parts}, nil
}

// Names names the profiles of roles, in their order. If more than one role would
// have a name, or it is taken, [Default] is put behind it for all of them; so the
// names depend on which roles there are and on what is taken, but not on their
// order. A role that stands twice among them has one name.
//
// The name default is always taken: it is the profile for who names none.
func (t Template) Names(roles []Role, taken map[string]bool) []string {
	n := naming{roles, make([]string, len(roles)), make([]level, len(roles))}
	for i, r := range roles {
		n.names[i] = t.base(r)
		if n.names[i] == "" {
			n.names[i], n.levels[i] = Default(r.AccountID, r.RoleName), alone
		}
	}
	for n.part(taken) {
	}
	return n.names
}

// level is how a name was made: by the template, with Default behind that, as
// Default alone, and from there on with a number.
type level int

const (
	plain level = iota
	behind
	alone
)

type naming struct {
	roles  []Role
	names  []string
	levels []level
}

// part gives other names to those that share one, and to those whose name is
// taken. It tells whether there were any. Of several only those of the lowest level
// move: of Default names no two are the same, so this ends.
func (n *naming) part(taken map[string]bool) bool {
	type group struct {
		first  int
		least  level
		shared bool
	}
	groups := make(map[string]group, len(n.roles))
	for i, name := range n.names {
		g, met := groups[name]
		if !met {
			g = group{i, n.levels[i], taken[name] || name == "default"}
		}
		g.least = min(g.least, n.levels[i])
		g.shared = g.shared || !n.same(g.first, i)
		groups[name] = g
	}
	found := false
	for i, name := range n.names {
		if g := groups[name]; g.shared && g.least == n.levels[i] {
			n.raise(i)
			found = true
		}
	}
	return found
}

func (n *naming) same(i, j int) bool {
	return n.roles[i].AccountID == n.roles[j].AccountID && n.roles[i].RoleName == n.roles[j].RoleName
}

// raise gives a role a name of the next level.
func (n *naming) raise(i int) {
	own := Default(n.roles[i].AccountID, n.roles[i].RoleName)
	n.levels[i]++
	switch n.levels[i] {
	case plain, behind:
		n.names[i] += "-" + own
	case alone:
		n.names[i] = own
	default:
		n.names[i] = own + "." + strconv.Itoa(int(n.levels[i]-alone)+1)
	}
}

// base is what the template gives for a role, shared or not; empty for none. What
// is left of names is to begin with no hyphen: on a command line that would be an
// option.
func (t Template) base(r Role) string {
	var name []byte
	for _, p := range t.parts {
		switch p.Name {
		case "accountId":
			name = appendSlug(name, r.AccountID)
		case "accountName":
			name = appendSlug(name, r.AccountName)
		case "roleName":
			name = appendSlug(name, r.RoleName)
		default:
			name = append(name, p.Literal...)
		}
	}
	if len(t.parts) > 0 && t.parts[0].Name == "" {
		return string(name)
	}
	return strings.TrimLeft(string(name), "-")
}

// Slug gives a name without what profile names can't hold; nothing may be left.
func Slug(name string) string { return string(appendSlug(nil, name)) }

// appendSlug appends a name without what profile names can't hold: letters lose
// their accents, and a run of all else becomes a hyphen, but at the ends.
func appendSlug(dst []byte, name string) []byte {
	from, gap := len(dst), false
	var folded []byte
	for _, r := range name {
		folded = folded[:0]
		if r < utf8.RuneSelf {
			folded = append(folded, byte(r))
		} else {
			folded = fold.Append(folded, r)
		}
		for _, c := range folded {
			if !isPlain(c) {
				gap = true
				continue
			}
			if gap && len(dst) > from {
				dst = append(dst, '-')
			}
			gap = false
			dst = append(dst, c)
		}
	}
	return dst
}
