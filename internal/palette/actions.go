package palette

import (
	"strings"

	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/words"
)

// The menu of actions lists what can be done with the row that it was opened on, each with
// its key. What is chosen there does what it does anywhere else, aimed at that row.

// action is what can be done with a row. A line of actions is an entry of the menu, and
// its key holds wherever the list shows.
type action struct {
	does  Action
	label string // empty if it says more than that: see Actions
	key   string // as Ctrl+K, which is ⌘ K on a Mac; keys.js takes the letter for ours
	needs need
}

// need is what an action needs to be of use.
type need byte

const (
	nothing need = iota
	anAccount
	aRole
	aTab   // and a role
	hiding // something is hidden
)

var actions = [...]action{
	{CopyCredentials, "", "Enter", aRole},
	{OpenConsole, words.OpenConsole, "Ctrl+Enter", aRole},
	{OpenThisTab, "", "Ctrl+Shift+Enter", aTab},
	{AddBookmark, words.AddBookmark, "Ctrl+D", aRole},
	{ShowValues, words.ShowValues, "Ctrl+I", aRole},
	{CopyLink, words.CopyLink, "Ctrl+L", aRole},
	{ToggleFavourite, words.AddFavourite, "Ctrl+S", aRole},
	{LabelRole, words.EditLabel, "Ctrl+E", aRole},
	{ToggleHidden, words.Hide, "", aRole},
	{ToggleUnhidden, words.ShowHidden, "", hiding},
	{CopyAccountID, words.CopyAccountID, "", anAccount},
	{CopyARN, words.CopyARN, "", aRole},
	{CopyProfiles, words.CopyProfiles, "", anAccount},
	{RefreshAccount, words.RefreshAccount, "Ctrl+R", anAccount},
	{OpenSettings, words.MoreProfiles, "", nothing},
	{ShowKeys, words.ShowKeys, "?", nothing},
}

// Actions gives what can be done with what was aimed at, as the page's menu takes it: in
// the first line what that is, then a line of each action, with what it is called and its
// key:
//
//	action <TAB> label <TAB> key
//
// It is empty where the list does not show.
func (m *Model) Actions(on Aim) string {
	if m.current() != ListScreen {
		return ""
	}
	m.CloseMenu()
	row, ok := m.row(on)
	var b strings.Builder
	add := func(does Action, label, key string) { b.WriteString("\n" + string(does) + "\t" + label + "\t" + key) }
	if ok {
		b.WriteString(target(row))
	}
	holds, is := m.formatFor(row), m.own.Of(row.AccountID, row.RoleName)
	for i := range actions {
		a := &actions[i]
		if !m.has(a.needs, row, ok) {
			continue
		}
		label := a.label
		switch a.does {
		case CopyCredentials:
			label = words.CopyFor.With(holds.Name)
		case OpenThisTab:
			label = m.tabSays()
		case ToggleFavourite:
			label = either(is.Favourite, words.DropFavourite, label)
		case ToggleHidden:
			label = either(is.Hidden, words.Unhide, label)
		case ToggleUnhidden:
			label = either(m.unhidden, words.HideHidden, label)
		}
		add(a.does, label, a.key)
		if a.does != RefreshAccount || row.RoleName == noRole {
			continue // of a role, other formats follow
		}
		for _, f := range list.Formats() {
			if f != holds && (f.ID != list.Template || m.settings.Template != "") {
				add(Action(copyAs+f.ID), words.CopyFor.With(f.Name), "")
			}
		}
	}
	return b.String()
}

// has tells whether there is what an action needs; some says whether there is a row.
func (m *Model) has(n need, row Row, some bool) bool {
	switch n {
	case anAccount:
		return some
	case aRole:
		return some && row.RoleName != noRole
	case aTab:
		return some && row.RoleName != noRole && m.tabSays() != ""
	case hiding:
		for _, r := range m.made {
			if r.Hidden {
				return true
			}
		}
		return false
	}
	return true
}

func either(which bool, a, b string) string {
	if which {
		return a
	}
	return b
}

// target names what keys act on.
func target(row Row) string {
	return name(row.AccountName) + " " + name(row.AccountID) + " · " + directory.Isolate(row.shownRole())
}

// copyARN asks the backend for the ARN of the role that was aimed at, to copy it.
func (m *Model) copyARN(on Aim) []Effect {
	row, role, ok := m.aimed(on)
	if !ok {
		return nil
	}
	return m.asking(Send{message.RoleARN, role.Fields(), row})
}

// ofAccount asks the backend for something that is of all roles of the account that was
// aimed at.
func (m *Model) ofAccount(t message.Type, on Aim) []Effect {
	row, ok := m.row(on)
	if !ok {
		m.notice = missed(on)
		return nil
	}
	row.RoleName = noRole
	fields := message.Ahead{Portal: m.portals.Active, Accounts: row.AccountID}.Fields()
	if t == message.ProfilesWrite {
		fields = message.Profiles{Portal: m.portals.Active, Account: row.AccountID}.Fields()
	}
	return m.asking(Send{t, fields, row})
}

// asking sends what needs no words meanwhile.
func (m *Model) asking(s Send) []Effect {
	m.busy, m.notice = s.busy(), Notice{}
	return []Effect{s}
}

// textCopied is what to do with a text that was asked for to copy it.
func textCopied(sent Send, text string) CopyText {
	said := words.CopiedARN.With(sent.Row.String())
	if sent.Type == message.ProfilesWrite {
		said = words.CopiedProfiles.With(words.Account.With(name(sent.Row.AccountName), name(sent.Row.AccountID)))
	}
	return CopyText{text, said, ""}
}
