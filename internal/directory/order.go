package directory

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"portico/internal/fold"
)

// Sort puts accounts and their roles into the order in which they are shown:
// accounts by name as people order names, then by ID; roles the weaker first,
// then by name. What is stored is in this order, so that the popup's first paint
// agrees with what it shows later.
func Sort(accounts []Account) {
	// By pointers: to sort what is so large itself takes 5 KB more of program.
	order := make([]*Account, len(accounts))
	copies := slices.Clone(accounts)
	for i := range copies {
		order[i] = &copies[i]
	}
	slices.SortStableFunc(order, CompareAccounts)
	for i := range order {
		accounts[i] = *order[i]
		SortRoles(accounts[i].Roles)
	}
}

// SortRoles puts the roles of an account into their order.
func SortRoles(roles []string) { slices.SortStableFunc(roles, CompareRoles) }

// CompareAccounts orders accounts by name, then by ID.
func CompareAccounts(a, b *Account) int {
	return cmp.Or(CompareNames(a.Name, b.Name), strings.Compare(a.ID, b.ID))
}

// CompareRoles orders the roles of an account: the weaker first, so that haste
// picks the one that can do less harm.
func CompareRoles(a, b string) int {
	if a == b {
		return 0
	}
	return cmp.Or(cmp.Compare(StrengthOf(a), StrengthOf(b)), CompareNames(a, b))
}

// CompareNames orders names as people do: case and accents aside, numbers as
// numbers, so that team-2 comes before team-10. Names that are equal but for
// these are ordered by what they are made of.
func CompareNames(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			var m, n string
			m, x = number(x)
			n, y = number(y)
			if c := cmp.Or(cmp.Compare(len(m), len(n)), strings.Compare(m, n)); c != 0 {
				return c
			}
			continue
		}
		if c, d := x[0], y[0]; c < utf8.RuneSelf && d < utf8.RuneSelf {
			if c, d = small(c), small(d); c != d {
				return cmp.Compare(c, d)
			}
			x, y = x[1:], y[1:]
			continue
		}
		// From the first letter beyond ASCII on, both are folded.
		if f, g := fold.String(x), fold.String(y); f != x || g != y {
			return cmp.Or(CompareNames(f, g), strings.Compare(a, b))
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}

// number takes a number off the beginning of s, without its leading zeros.
func number(s string) (n, rest string) {
	end := 0
	for end < len(s) && isDigit(s[end]) {
		end++
	}
	return strings.TrimLeft(s[:end], "0"), s[end:]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func small(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
