package palette

import (
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/words"
	"portico/ssocore/endpoints"
)

// The tab on which the popup was opened may show a page of a console. The same page then
// opens with another role, in another account or Region, and a link to it can be handed
// on, without the session that showed it.

// SetTab takes the address of that tab, which the worker knows for a console's, or not.
func (m *Model) SetTab(address string) []Effect {
	return []Effect{Send{Type: message.ConsoleRead, Fields: message.Address{URL: address}.Fields()}}
}

// thisTab is what opens the tab's page. False if it shows none, or one of a console
// that is not behind the portal. In its callers it would be 1 KB of the popup.
//
//go:noinline
func (m *Model) thisTab() (page message.Opening, ok bool) {
	return message.Opening{Pasted: m.tab.URL, Region: m.region}, m.tab.URL != "" && m.tab.Partition == m.partition()
}

// partition is that of the shown portal.
func (m *Model) partition() string {
	p, _ := m.portals.Find(m.portals.Active)
	return endpoints.PartitionOf(p.Region)
}

// tabSays names the tab's page, in the Region in which it would open.
func (m *Model) tabSays() string {
	if _, ok := m.thisTab(); !ok {
		return ""
	}
	service, region := m.tab.Service, m.region
	if service == "" {
		service = words.ConsoleHome
	}
	if region == "" {
		region = m.tab.Region
	}
	return words.OpenThisTab.With(beside(name(service), region))
}

// onTab asks the worker for something with the tab's page and the row that was aimed at.
func (m *Model) onTab(t message.Type, on Aim) []Effect {
	page, ok := m.thisTab()
	if !ok {
		return nil
	}
	return m.onRow(t, on, page)
}

// linkForAnyone asks for a link to the tab's page, whose reader chooses the role: in the
// account that the tab shows, or if that is not known in the row's.
func (m *Model) linkForAnyone(on Aim) []Effect {
	page, ok := m.thisTab()
	row, found := m.row(on)
	if a := m.dir.Find(m.tab.Account); ok && a != nil {
		row, found = Row{AccountName: a.Name, AccountID: a.ID}, true
	}
	if !ok || !found {
		m.notice = missed(on)
		return nil
	}
	row = Row{AccountName: row.AccountName, AccountID: row.AccountID}
	page.Role = message.Role{Portal: m.portals.Active, AccountID: directory.Unescape(row.AccountID)}
	return m.asking(Send{message.ConsoleLink, page.Fields(), row})
}

// linked is what to copy, and what is said then.
func linked(sent Send, link message.Address) CopyText {
	form := words.LinkCopied
	if sent.Row.RoleName == noRole {
		form = words.LinkForAnyone
	}
	return CopyText{link.URL, form.With(at(placeOf(sent), sent.Row.String())), ""}
}
