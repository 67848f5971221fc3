package palette

import (
	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/words"
)

// Answered takes the backend's answer to what was sent: a result, or an error
// if failure is not nil.
func (m *Model) Answered(sent Send, result message.Fields, failure *message.Error) []Effect {
	if sent.Type == message.CredentialsTold && m.closing {
		return []Effect{Close{}}
	}
	if sent.Type == message.CredentialsTold || sent.Type == message.ClipboardClear {
		return nil // what is not noted there is told once more, or shows on the clipboard
	}
	if sent.Type == message.SettingsSet {
		m.settingsStored(failure)
		return nil
	}
	if sent.Type == message.Wake {
		return m.woken(message.WokenFrom(result), failure)
	}
	if sent.Type == message.ConsoleRead {
		m.tab = message.ShownFrom(result)
		m.refresh()
		return nil
	}
	if m.busy != sent.busy() {
		return told(sent, false, 0) // the person has gone on to something else
	}
	if failure != nil {
		return append(m.failed(sent, failure), told(sent, false, 0)...)
	}
	switch sent.Type {
	case message.CredentialsCopy:
		// Still busy: it is not done before the clipboard has it.
		return []Effect{copied(sent, message.CopyFrom(result))}
	case message.PortalAdd, message.PortalAsk:
		return m.access(sent, message.AccessFrom(result))
	}
	m.busy = busy{}
	switch sent.Type {
	case message.CredentialsShow:
		m.notice = Notice{}
		m.showValues(sent.Row, message.ValuesFrom(result))
	case message.BookmarkAdd:
		m.notice = Notice{Success, bookmarked(message.BookmarkedFrom(result))}
	case message.ConsoleOpen:
		m.notice = Notice{Success, words.ConsoleOpened.With(at(placeOf(sent), sent.Row.String()))}
	case message.ConsoleLink:
		return []Effect{linked(sent, message.AddressFrom(result))}
	case message.SignOut:
		m.notice = Notice{Success, signedOut(message.SignedOutFrom(result))}
	case message.PortalRemove:
		m.notice = Notice{Info, words.PortalRemoved}
	case message.RoleSet:
		m.notice = Notice{Success, madeOf(sent)}
	case message.RoleARN, message.ProfilesWrite:
		return []Effect{textCopied(sent, message.TextFrom(result).Text)}
	case message.SignInOpen:
		m.notice = Notice{}
	}
	return nil
}

// access has the browser asked for what adding a portal takes, while the click still
// counts, and then goes on: with the portal that is to answer, or the sign-in.
func (m *Model) access(sent Send, a message.Access) []Effect {
	then := sent
	switch {
	case a.Portal != "":
		m.show(Auto)
		then = Send{Type: message.SignInStart, Fields: message.PortalRef{Portal: a.Portal}.Fields()}
	case a.Origins == "":
		m.busy = busy{}
		return nil // it is asked
	}
	m.busy = then.busy()
	return []Effect{Ask{Origins: a.Origins, Then: then}}
}

// told lets the worker forget a copy: the person knows how it ended, or went on to
// something else.
func told(sent Send, done bool, expires int64) []Effect {
	if sent.Type != message.CredentialsCopy {
		return nil
	}
	t := message.Told{Order: message.OrderFrom(sent.Fields), Done: done, Expires: expires}
	return []Effect{Send{Type: message.CredentialsTold, Fields: t.Fields()}}
}

func bookmarked(b message.Bookmarked) string {
	if b.Fresh {
		return words.Bookmarked.With(name(b.Title), name(b.Folder))
	}
	return words.BookmarkedAlready.With(name(b.Title), name(b.Folder))
}

func signedOut(s message.SignedOut) string {
	if s.Confirmed {
		return words.SignedOut
	}
	return words.SignedOutHere // that it was not confirmed stands in the banner
}

func (m *Model) refused(a Ask) string {
	switch {
	case a.Origins != "":
		return words.HostsRefused
	case a.Permissions == m.finish:
		return words.FinishingRefused
	}
	return words.BookmarksRefused
}

// copied is what to do with credentials that the worker has written.
func copied(sent Send, c message.Copy) Copy {
	format, _ := list.Find(message.OrderFrom(sent.Fields).Format)
	shown := int64(0) // unknown
	if c.Expiration != 0 {
		shown = c.Expiration - c.Ahead
	}
	return Copy{c.Text, shown, "", format.Name, c.Replaced, sent}
}

// settingsStored takes how storing the settings ended. What was chosen holds in
// this popup either way.
func (m *Model) settingsStored(failure *message.Error) {
	if failure != nil {
		m.notice = Notice{Failure, words.NotKept.With(failure.Error())}
	}
}

// woken takes what the worker has to tell a popup that was opened. What may pass
// is left to the status.
func (m *Model) woken(w message.Woken, failure *message.Error) []Effect {
	switch {
	case failure != nil && !failure.Retryable:
		m.notice = Notice{Failure, failure.Error()}
	case w.Problem != "":
		m.notice = Notice{Failure, w.Problem}
		return []Effect{m.visit(w.Keys)}
	case w.Portal != "" && w.Portal == m.portals.Active:
		m.missedCopy(w)
		return m.offerFinishing(w.Permissions)
	}
	return nil
}

// missedCopy tells of a copy that the last popup did not live to make. It is offered
// again, never made by itself, and only where the keys act on that role.
func (m *Model) missedCopy(w message.Woken) {
	if m.busy != (busy{}) || m.notice.Text != "" || m.dir == nil {
		return // the person has gone on
	}
	k := key{directory.Escape(w.AccountID), directory.Escape(w.RoleName)}
	a := m.dir.Find(k.account)
	if a == nil {
		return
	}
	form := words.CopyMissed
	if m.cursor >= 0 && m.keyAt(m.cursor) == k {
		form = words.CopyMissedHere
	}
	m.notice = Notice{Failure, form.With(Row{AccountName: a.Name, AccountID: a.ID, RoleName: k.role}.String())}
}

// offerFinishing offers, once, to have copies finished without the popup.
func (m *Model) offerFinishing(permissions string) []Effect {
	if permissions == "" || m.settings.CopyTold != "" {
		return nil
	}
	was := m.settings
	m.finish, m.settings.CopyTold = permissions, message.FormatBool(true)
	return m.changed(was)
}

// failed turns an error into what to do next.
func (m *Model) failed(sent Send, e *message.Error) []Effect {
	if e.Code == message.NeedsAccess {
		m.busy = busy{}
		m.notice = Notice{Info, words.BrowserAsks}
		return []Effect{Ask{Permissions: e.Permissions, Origins: e.Origins}}
	}
	m.busy = busy{}
	if sent.Type == message.PortalAdd || sent.Type == message.PortalAsk {
		m.form = e
		return nil
	}
	m.notice = Notice{Failure, e.Error()}
	if e.Code == message.Expired || e.Code == message.NotSignedIn {
		m.notice.Text = words.SignInFirst // why stands in the banner
	}
	return nil
}

// Asked takes the person's answer to an Ask.
func (m *Model) Asked(a Ask, granted bool) []Effect {
	if !granted {
		if m.busy == a.Then.busy() {
			m.busy = busy{}
		}
		if a.Then.Type == message.PortalAsk {
			return nil // what is missing stands in the form
		}
		m.notice = Notice{Failure, m.refused(a)}
		if a.Origins == "" {
			return nil
		}
		// Or the sign-in would go on by itself at the next grant of anything.
		portal := a.Then.Fields
		if portal == nil {
			portal = message.PortalRef{Portal: m.portals.Active}.Fields()
		}
		return []Effect{Send{Type: message.SignInCancel, Fields: portal}}
	}
	if a.Permissions != "" && a.Permissions == m.finish {
		m.finish, m.notice = "", Notice{Success, words.FinishingAllowed}
		return nil
	}
	if a.Then.Type == "" {
		return nil
	}
	return []Effect{a.Then}
}

// Copied takes how writing the clipboard ended.
func (m *Model) Copied(c Copy, ok bool) []Effect {
	effects := told(c.of, ok, c.Expires)
	if m.busy != c.of.busy() {
		return effects // the person has gone on to another row
	}
	m.busy = busy{}
	if !ok {
		m.notice = Notice{Failure, words.ClipboardRefused}
		m.offerText(c)
		return effects
	}
	form := words.CopiedUntil
	if c.Expires == 0 {
		form = words.Copied
	}
	m.notice = Notice{Success, form.With(c.as, c.of.Row.String(), m.fullName(), c.Until)}
	if c.replaced != "" {
		m.notice.Text += words.Replaced.With(c.replaced)
	}
	// Once the worker knows, or the next popup would take it for one that was missed; and
	// not where there is something to read.
	m.closing = m.settings.CloseAfterCopy && c.replaced == ""
	return effects
}
