package palette

import (
	"portico/internal/directory"
	"portico/internal/words"
)

// Aim is what a person saw as they pressed a key or a button: the portal that was
// shown and the row that was selected or clicked, by the texts of the row. What
// shows may have changed before the press is heard of: the list was refreshed,
// another portal took its place, or Go had yet to start. A press does what it was
// aimed at, or nothing.
type Aim struct {
	Portal              string // start URL
	AccountID, RoleName string // empty if no row was there
}

// row finds the row that was aimed at, which need not match the search any more.
func (m *Model) row(on Aim) (Row, bool) {
	if on.Portal != m.portals.Active || m.dir == nil {
		return Row{}, false
	}
	if m.cursor >= 0 {
		if row := m.rowAt(m.cursor); row.shownAs(on) {
			return row, true
		}
	}
	return findRow(m.dir, on)
}

// findRow finds a row by its whole texts: one that was clipped as it was shown
// might be any of several.
func findRow(d *directory.Directory, on Aim) (Row, bool) {
	a := d.Find(on.AccountID)
	if a == nil {
		return Row{}, false
	}
	for _, role := range a.Roles {
		if role == on.RoleName {
			return Row{AccountName: a.Name, AccountID: a.ID, RoleName: role}, true
		}
	}
	return Row{}, false
}

// shownAs tells whether the row is shown by the texts that were aimed at.
func (r Row) shownAs(on Aim) bool {
	return clip(r.AccountID) == on.AccountID && r.shownRole() == on.RoleName
}

// missed says that what was aimed at is no more.
func missed(on Aim) Notice {
	switch {
	case on.AccountID == "":
		return Notice{}
	case roleOf(on.RoleName) == noRole:
		return Notice{Info, words.RolesCame.With(name(on.AccountID))}
	}
	return Notice{Failure, words.NotListedAnyMore.With(name(on.RoleName), name(on.AccountID))}
}

// Select takes a click on a row, which was the i-th match when it was painted.
func (m *Model) Select(i int, on Aim) {
	if on.Portal != m.portals.Active {
		return
	}
	if i < 0 || i >= len(m.hits) || !m.rowAt(i).shownAs(on) {
		i = m.find(key{on.AccountID, roleOf(on.RoleName)})
	}
	if i >= 0 {
		m.choose(i)
	}
}

// Late takes a key for the selected row that was pressed after others that had
// moved the selection, before Go was there to show where to.
func (m *Model) Late() {
	m.notice = Notice{Failure, words.StillStarting}
}
