package palette

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/words"
)

// A person makes roles favourites, labels them and hides them. The worker keeps that, and
// it shows once it is kept.

// looks tells how a row shows.
func (m *Model) looks(hit int32) directory.Looks {
	account, role := m.index.Row(hit)
	is := m.made[directory.Place{Account: account, Role: role}]
	return directory.Looks{Favourite: is.Favourite, Label: is.Label}
}

// makeOf makes the role that was aimed at something else than it is.
func (m *Model) makeOf(a Action, on Aim) []Effect {
	row, _, ok := m.aimed(on)
	if !ok {
		return nil
	}
	is := m.own.Of(row.AccountID, row.RoleName)
	switch a {
	case LabelRole:
		on.AccountID, on.RoleName = row.AccountID, row.RoleName
		return []Effect{AskLabel{on, target(row), is.Label}}
	case ToggleFavourite:
		is.Favourite = !is.Favourite
	case ToggleHidden:
		is.Hidden = !is.Hidden
	}
	return m.setRole(row, is)
}

// Label takes what a person calls the role that was aimed at; nothing takes the label away.
func (m *Model) Label(label string, on Aim) []Effect {
	row, _, ok := m.aimed(on)
	if !ok {
		return nil
	}
	is := m.own.Of(row.AccountID, row.RoleName)
	is.Label = strings.Join(strings.Fields(label), " ")
	if !own.Sound(is.Label) {
		m.notice = Notice{Failure, words.NotALabel(own.Longest).Error()}
		return nil
	}
	return m.setRole(row, is)
}

func (m *Model) setRole(row Row, is own.Role) []Effect {
	o := message.Owned{Portal: m.portals.Active, AccountID: directory.Unescape(row.AccountID), RoleName: directory.Unescape(row.RoleName),
		Label: is.Label, Favourite: is.Favourite, Hidden: is.Hidden}
	return m.asking(Send{message.RoleSet, o.Fields(), row})
}

// madeOf says what a role is now.
func madeOf(sent Send) string {
	form := words.NowPlain
	switch o := message.OwnedFrom(sent.Fields); {
	case o.Hidden:
		form = words.NowHidden
	case o.Favourite:
		form = words.NowFavourite
	case o.Label != "":
		form = words.NowLabelled
	}
	return form.With(sent.Row.String())
}
