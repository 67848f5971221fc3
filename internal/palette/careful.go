package palette

import (
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/words"
)

// inPortal is a row as patterns see it.
func (m *Model) inPortal(row Row) pattern.Role {
	return pattern.Role{Portal: m.portals.Active, AccountID: row.AccountID, AccountName: row.AccountName, RoleName: row.RoleName}
}

// guards tells whether a row is to be used with care.
func (m *Model) guards(row Row) bool {
	return row.RoleName != noRole && m.guard.Guards(m.inPortal(row))
}

// careful tells whether a key needs to be pressed once more, since the row is
// guarded or may not be what was searched for, and says so. Once that does not show
// any more, it starts anew.
func (m *Model) careful(s Send) bool {
	guarded := m.settings.SecondKey && s.Type != message.BookmarkAdd && s.Type != message.ConsoleLink && m.guards(s.Row)
	if !guarded && !m.misplaced(s) || m.armed == s.busy() && m.notice.Kind == Caution {
		return false
	}
	m.armed = s.busy()
	form := words.AgainToCopy
	switch {
	case !guarded:
		form = words.AgainForCredentials
	case s.Type == message.ConsoleOpen:
		form = words.AgainToOpen
	case s.Type == message.CredentialsShow:
		form = words.AgainToShow
	}
	m.notice = Notice{Caution, form.With(s.Row.String(), m.place())}
	return true
}
