package search

import (
	"cmp"

	"portico/internal/directory"
)

// NewIndex makes d ready for searching. It keeps d.Accounts, which must not
// change as long as the index is used.
func NewIndex(d *directory.Directory) *Index {
	accounts := d.Accounts
	ix := &Index{
		accounts: accounts,
		names:    make([]field, len(accounts)),
		ids:      make([]field, len(accounts)),
		emails:   make([]field, len(accounts)),
		rows:     make([]row, 0, d.Rows()),
		blocks:   make([]block, 0, len(accounts)+1),
	}
	ix.arena.grow(textSize(accounts) + roleRoom)
	for i := range accounts {
		ix.names[i] = ix.arena.add(accounts[i].Name)
		ix.ids[i] = ix.arena.add(accounts[i].ID)
		ix.emails[i] = ix.arena.add(accounts[i].Email)
	}
	ix.addRows()
	ix.addBlocks()
	return ix
}

// roleRoom is room for distinct role names: an organisation has tens of them, and
// with the room the arena need not move when they come last.
const roleRoom = 4 << 10

// textSize is how many bytes of text the accounts have, roles aside.
func textSize(accounts []directory.Account) int {
	n := 0
	for i := range accounts {
		n += len(accounts[i].Name) + len(accounts[i].ID) + len(accounts[i].Email)
	}
	return n
}

// addRows numbers the rows, in their natural order, and the distinct role names.
// Neighbouring accounts mostly have the same roles in the same order, so the role
// at the same place of the account before is tried first; it saves the look-up
// for nearly all rows.
func (ix *Index) addRows() {
	known := make(map[string]int32)
	var before []string // the roles of the account before
	beforeAt := 0       // and its first row
	inOrder := true
	for a := range ix.accounts {
		roles, at := ix.accounts[a].Roles, len(ix.rows)
		for i, name := range roles {
			var role int32
			if i < len(before) && before[i] == name {
				role = ix.rows[beforeAt+i].role
			} else {
				role = ix.distinctRole(known, name)
			}
			same := i > 0 && i < len(before) && before[i] == name && before[i-1] == roles[i-1]
			inOrder = inOrder && (i == 0 || same || ix.compareRoles(ix.rows[len(ix.rows)-1].role, role) <= 0)
			ix.rows = append(ix.rows, row{account: int32(a), role: role, at: int32(i)})
		}
		inOrder = inOrder && (a == 0 || directory.CompareAccounts(&ix.accounts[a-1], &ix.accounts[a]) <= 0)
		before, beforeAt = roles, at
	}
	if !inOrder { // an older version stored it
		ix.sortRows()
	}
}

// addBlocks notes where each account's rows begin.
func (ix *Index) addBlocks() {
	last := int32(-1)
	for r := range ix.rows {
		if a := ix.rows[r].account; a != last {
			ix.blocks = append(ix.blocks, block{account: a, from: int32(r)})
			last = a
		}
	}
	ix.blocks = append(ix.blocks, block{from: int32(len(ix.rows))})
}

// compareRoles is [directory.CompareRoles] for distinct roles, whose strength is
// known.
func (ix *Index) compareRoles(a, b int32) int {
	return cmp.Or(cmp.Compare(ix.weak[b], ix.weak[a]), directory.CompareNames(ix.roleNames[a], ix.roleNames[b]))
}

// sortRows puts the rows into their natural order: it merges runs that are twice
// as long each time. Those of package slices would be 2 KB of the popup's program,
// for a directory that hardly anybody has.
func (ix *Index) sortRows() {
	from, to := ix.rows, make([]row, len(ix.rows))
	for size := 1; size < len(from); size *= 2 {
		for at := 0; at < len(from); at += 2 * size {
			i, mid, end := at, min(at+size, len(from)), min(at+2*size, len(from))
			for j, k := mid, at; k < end; k++ {
				if j == end || i < mid && ix.compareRows(from[i], from[j]) <= 0 {
					to[k] = from[i]
					i++
				} else {
					to[k] = from[j]
					j++
				}
			}
		}
		from, to = to, from
	}
	ix.rows = from
}

func (ix *Index) compareRows(x, y row) int {
	if x.account != y.account {
		return cmp.Or(directory.CompareAccounts(&ix.accounts[x.account], &ix.accounts[y.account]), cmp.Compare(x.account, y.account))
	}
	return ix.compareRoles(x.role, y.role)
}

// distinctRole is the number of a role name, a new one if it was not known.
func (ix *Index) distinctRole(known map[string]int32, name string) int32 {
	role, ok := known[name]
	if !ok {
		role = int32(len(ix.roles))
		ix.roles = append(ix.roles, ix.arena.add(name))
		ix.roleNames = append(ix.roleNames, name)
		ix.weak = append(ix.weak, weakness(name))
		ix.fill = append(ix.fill, ix.arena.fill(&ix.roles[role]))
		known[name] = role
	}
	return role
}

// fill is the words of a role's name that tell nothing: the AWS and the Access of
// AWSReadOnlyAccess. A name of nothing else has none.
func (a *arena) fill(f *field) (fill spots) {
	in, marks := a.in(f)
	for from := 0; from < len(in); {
		to := wordTo(marks, from)
		switch string(in[from:to]) {
		case "aws", "access", "role":
			fill = fill.with(from, to-from)
		}
		from = to
	}
	if fill.count() == min(len(in), nameSpots) {
		return spots{}
	}
	return fill
}
