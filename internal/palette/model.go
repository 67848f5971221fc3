// Package palette is the popup's view-model: what is asked for, which rows show,
// which one is selected, what a key does. It is a pure state machine: events in,
// effects and a view out. It knows no DOM, no storage, no clock of its own, so
// that every behaviour of the popup is tested natively.
package palette

import (
	"slices"
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/pattern"
	"portico/internal/search"
	"portico/internal/usage"
	"portico/internal/words"
)

// Model is the popup's state. The zero value is a popup that was just opened
// and has read nothing yet.
type Model struct {
	popup    string // see SetPopup
	portals  message.Portals
	status   message.Status
	settings message.Settings
	guard    pattern.Guard // of settings
	now      int64         // ms since 1970 by this computer’s clock
	since    int64         // when the phase of the sign-in was first seen, like now; 0 if unknown
	heard    int64         // when the worker told anything last, or was woken, like now
	unpinned bool          // the toolbar does not show our button
	dir      *directory.Directory
	searched *directory.Directory // what index is of; see searchable
	index    *search.Index

	screen  Screen // what the person chose to see; see current
	query   string
	terms   string        // what of it is searched: all, or what stands before service and region
	service string        // the name of the one that it ends in, if it ends in one
	region  string        // the one that it ends in, likewise
	tab     message.Shown // the page that the tab shows
	hits    []int32       // rows that match, best first
	found   search.Found
	// selected is kept by what it is, not where: a refresh that moves a row
	// must not move the selection to another role.
	selected key
	cursor   int   // its place in hits, -1 if there are no hits
	runs     []run // of hits, as they stand below each other
	bottom   int   // where the last of them ends
	top      int   // of what shows
	height   int   // of what shows; 0 until it was measured
	scroll   int   // where the list must scroll to, or -1: leave it to the person
	menu     bool
	busy     busy // what was asked for and is not answered yet
	notice   Notice
	waiting  Notice        // what was finished elsewhere, until there is room to say it
	armed    busy          // what a second key press does on a guarded row
	picked   string        // the format that was chosen in this popup
	closing  bool          // the popup closes once the worker knows of the copy
	finish   string        // permissions with which copies can be finished without a popup, while that is offered
	values   []value       // on their screen alone
	uses     usage.History // as it was when the popup opened: nothing moves while somebody looks
	asked    []Send        // for rows, since then
	own      own.Roles
	made     map[directory.Place]own.Role // own, where searched has it
	unhidden bool                         // what is hidden shows
	ahead    string                       // accounts that a listing was asked to list first, a line each
	form     *message.Error               // shown at the add-portal form
	adding   message.Adding               // what the worker asks before it adds it
}

// key names a row for as long as the directory has it.
type key struct{ account, role string }

// busy is a request under way, with the portal and the row it concerns, and the format
// of a copy.
type busy struct {
	what   message.Type
	portal string
	format string
	row    Row
}

// Screen is one of the popup's faces.
type Screen string

// The screens.
const (
	Auto       Screen = ""       // whichever the state calls for
	AddScreen  Screen = "add"    // add a portal
	SignScreen Screen = "signin" // sign in to the portal
	ListScreen Screen = "list"   // search accounts and roles
	AskScreen  Screen = "remove" // asks once more before the portal is removed
	Values     Screen = "values" // credentials, or what the clipboard refused, to look at
)

// Row is one account and role as it is named in sentences.
type Row struct {
	AccountName, AccountID, RoleName string
	state                            directory.State // of the account, if there is no role
}

// Notice is a sentence for the person, announced to screen readers.
type Notice struct {
	Kind NoticeKind
	Text string
}

// NoticeKind is how a notice looks.
type NoticeKind string

// The kinds.
const (
	Info    NoticeKind = "info"
	Success NoticeKind = "success"
	Failure NoticeKind = "failure"
	Caution NoticeKind = "caution" // a key has to be pressed once more
)

// SetPortals takes the stored portals. A model that is told of another active
// portal forgets the directory of the last, and what was asked for of its rows.
func (m *Model) SetPortals(p message.Portals) {
	if p.Active != m.portals.Active {
		m.dir, m.searched, m.index, m.status = nil, nil, nil, message.Status{}
		m.uses, m.asked, m.ahead = usage.History{}, nil, ""
		m.own, m.made, m.unhidden = nil, nil, false
		m.show(Auto)
		m.form = nil
		m.query, m.selected, m.top, m.scroll = "", key{}, 0, 0
		m.CloseMenu()
		if m.busy.row != (Row{}) {
			m.busy, m.notice = busy{}, Notice{}
		}
		m.waiting = Notice{}
	}
	m.portals = p
	m.refresh()
}

// SetStatus takes the active portal's stored status. A notice in it is for one
// popup: the backend is told that it was read.
func (m *Model) SetStatus(s message.Status) (effects []Effect) {
	ended := s.SignIn == message.SignedIn || s.SignIn == message.ExpiredPhase
	if m.status.SignIn != s.SignIn && ended && m.screen != AddScreen {
		m.show(Auto)
	}
	if s.Notice != "" && s.Notice != m.status.Notice {
		m.hear(Notice{Info, s.Notice}, s.Good)
		effects = m.Opened()
	}
	if s.SignIn != m.status.SignIn {
		m.since = m.now
	}
	m.status, m.heard = s, m.now
	return effects
}

// SetAdding takes what is stored of the portal that is to be added.
func (m *Model) SetAdding(a message.Adding) {
	m.heard = m.now
	if m.adding = a; a.Phase == message.AddAsking {
		m.notice = Notice{Info, words.Asking}
	} else if m.notice.Text == words.Asking {
		m.read()
	}
}

// hear takes what was finished elsewhere. It waits for what the person has done
// since, or is doing.
func (m *Model) hear(n Notice, good bool) {
	if good {
		n.Kind = Success
	}
	if m.busy.row != (Row{}) || m.notice != (Notice{}) && m.notice.Kind != Info {
		m.waiting = n
		return
	}
	m.notice = n
}

// read takes a notice away that was read, and says what waited for that.
func (m *Model) read() { m.notice, m.waiting = m.waiting, Notice{} }

// SetPopup takes what this popup is called, as no other is.
func (m *Model) SetPopup(name string) { m.popup = name }

// Opened has the worker go on with what is pending, and tell what this popup is to
// know.
func (m *Model) Opened() []Effect {
	return []Effect{m.visit("")}
}

// visit wakes the worker, and says of which keys it was told here that they could not
// be read.
func (m *Model) visit(told string) Effect {
	return Send{Type: message.Wake, Fields: message.Visit{Popup: m.popup, Told: told}.Fields()}
}

// SetTime takes the time, in ms since 1970 by this computer's clock. A listing, or a
// question to a portal, of which nothing is heard for a while may have lost its worker,
// which the browser does not tell: it is woken.
func (m *Model) SetTime(now int64) (effects []Effect) {
	m.now = now
	for _, at := range []*int64{&m.since, &m.heard} {
		if *at == 0 || *at > now {
			*at = now
		}
	}
	if awaits := m.status.Sync != message.Idle || m.adding.Phase == message.AddAsking; awaits && now-m.heard > silence {
		m.heard, effects = now, m.Opened()
	}
	return effects
}

// SetUnpinned takes that the toolbar does not show our button.
func (m *Model) SetUnpinned() { m.unpinned = true }

// SetSettings takes the stored settings.
func (m *Model) SetSettings(s message.Settings) {
	if s.CopyFormat != m.settings.CopyFormat {
		m.picked = ""
	}
	m.settings, m.guard = s, s.Guard()
	m.guard.Known = make(map[string]string)
}

// SetDirectory takes the active portal's stored snapshot. One that can not be
// read counts as none: the backend lists it anew.
func (m *Model) SetDirectory(snapshot string) {
	d, err := directory.Decode(snapshot)
	if err != nil {
		d = &directory.Directory{}
	}
	m.take(d)
}

// SetHead takes the snapshot's new head and the parts that changed with it, at their
// places with nothing for one that did not; no parts if none did. False if
// that does not make a snapshot: then it has to be read as a whole.
func (m *Model) SetHead(head string, parts []string) bool {
	if m.dir == nil {
		return false
	}
	d, ok := m.dir.Next(head, parts)
	switch {
	case !ok:
		return false
	case len(parts) == 0 && m.searched == m.dir:
		m.dir, m.searched = d, d // with the same rows
	default:
		m.take(d)
	}
	return true
}

func (m *Model) take(d *directory.Directory) {
	m.dir, m.searched = d, searchable(d)
	m.index = search.NewIndex(m.searched)
	m.rank(m.uses)
	m.locate()
	m.refresh()
}

// SetUses takes what was used of the active portal, and by that comes first. It is to
// be told before the directory.
func (m *Model) SetUses(text string) { m.uses = usage.Parse(text) }

// rank has what was used come first.
func (m *Model) rank(h usage.History) {
	m.index.SetUsed(h.Rank(m.searched.Accounts, usage.Minutes(m.now)))
}

// SetOwn takes what somebody made of the active portal's roles. It may be told again.
func (m *Model) SetOwn(text string) {
	m.own, _ = own.Parse(text) // the worker sets aside what can't be read
	if m.index == nil {
		return
	}
	at, was := m.cursor, m.selected
	m.locate()
	m.refresh()
	if at >= 0 && m.selected != was {
		m.selectAt(at) // it was hidden: the one that stands there now is next
	}
}

// locate finds what was made of roles where the directory has them.
func (m *Model) locate() {
	m.made = m.own.At(m.searched.Accounts)
	labels := make(map[directory.Place]string)
	for at, r := range m.made {
		labels[at] = r.Label
	}
	m.index.SetLabels(labels)
}

// kept is where a popup is, as the next one finds it; popup.js reads portal and query.
type kept struct {
	portal, query string
	selected      key
	top           int64
	unhidden      bool
}

func (k *kept) list(c message.Codec) {
	c.Text("portal", &k.portal)
	c.Text("query", &k.query)
	c.Text("account", &k.selected.account)
	c.Text("role", &k.selected.role)
	c.Int("top", &k.top)
	c.Bool("unhidden", &k.unhidden)
}

// Restore takes up where the last popup ended.
func (m *Model) Restore(view string) {
	saved, _, _ := strings.Cut(view, "\n\n")
	var k kept
	message.ParseText(saved).Read(k.list)
	if m.portals.Active == "" || k.portal != m.portals.Active {
		return
	}
	m.query, m.selected, m.top, m.unhidden = k.query, k.selected, int(k.top), k.unhidden
	m.refresh()
	m.scroll = m.top
}

// Saved is what [Model.Restore] takes: where the popup is, an empty line, and
// its rows, which popup.js paints before the next popup's Go is there. It is
// empty while there is nothing worth it; then nothing is to be kept.
func (m *Model) Saved() string {
	if m.portals.Active == "" || m.index == nil || m.busy.what == message.PortalRemove {
		return ""
	}
	if len(m.asked) == 0 {
		return m.saved()
	}
	// As the next popup will show it, to which what was asked for counts as used.
	next := *m
	next.hits, next.runs = nil, nil
	if m.cursor == 0 && strings.TrimSpace(m.query) == "" {
		next.selected = key{} // nobody chose it
	}
	next.uses.Roles = slices.Clone(m.uses.Roles)
	for _, s := range m.asked {
		next.uses.Add(s.Row.AccountID, s.Row.RoleName, s.Fields["typed"], usage.Minutes(m.now))
	}
	next.rank(next.uses)
	next.refresh()
	text := next.saved()
	m.rank(m.uses)
	m.index.Search(m.terms, nil)
	return text
}

func (m *Model) saved() string {
	k := kept{m.portals.Active, m.query, m.selected, int64(m.top), m.unhidden}
	return message.FieldsOf(k.list).Text() + "\n" + m.rows(m.top)
}

// Active is the ID of the portal that is shown.
func (m *Model) Active() string { return m.portals.Active }

// refresh searches again and finds the selection again.
func (m *Model) refresh() {
	m.hits, m.found = m.hits[:0], search.Found{}
	m.terms, m.service, m.region = m.query, "", ""
	if m.index != nil {
		m.hits = m.index.Search(m.query, m.hits)
		m.found = m.index.Found()
		if len(m.hits) == 0 || m.found.Guess {
			m.jump()
		}
		switch blank := strings.TrimSpace(m.query) == ""; {
		case !blank:
			m.gather()
		case m.searched != m.dir || len(m.made) > 0:
			m.hits = m.browsed(m.hits)
		}
	}
	m.arrange()
	// A list that became shorter is not scrolled as far.
	m.top = max(0, min(m.top, m.bottom-max(directory.RowHeight, m.height)))
	m.cursor = m.find(m.selected)
	if m.cursor < 0 && m.selected.role == noRole {
		m.cursor = m.findAccount(m.selected.account) // its roles have come
	}
	if m.cursor < 0 {
		if !m.undecided() {
			m.selectAt(0)
		}
		return
	}
	m.reveal()
}

// find gives the place of a row among the matches, -1 if it is not there.
func (m *Model) find(k key) int {
	if k == (key{}) {
		return -1
	}
	for i := range m.hits {
		if m.keyAt(i) == k {
			return i
		}
	}
	return -1
}

// findAccount gives the place of an account's first row among the matches, -1 if
// there is none.
func (m *Model) findAccount(id string) int {
	for i := range m.hits {
		if id != "" && m.keyAt(i).account == id {
			return i
		}
	}
	return -1
}

// selectAt selects the i-th match, or the nearest there is.
func (m *Model) selectAt(i int) {
	i = max(0, min(i, len(m.hits)-1))
	if len(m.hits) == 0 {
		m.cursor = -1
		return
	}
	m.cursor, m.selected = i, m.keyAt(i)
	m.reveal()
}

func (m *Model) keyAt(i int) key {
	row := m.rowAt(i)
	return key{row.AccountID, row.RoleName}
}

//go:noinline
func (m *Model) rowAt(i int) Row {
	account, role := m.index.Row(m.hits[i])
	a := &m.searched.Accounts[account]
	row := Row{AccountName: a.Name, AccountID: a.ID, RoleName: a.Roles[role]}
	if row.RoleName == noRole {
		row.state = a.State
	}
	return row
}

// show chooses a screen. What is secret is forgotten with the one that shows it.
func (m *Model) show(s Screen) {
	if m.screen = s; s != Values {
		m.values = nil
	}
}

// current is the screen that shows.
func (m *Model) current() Screen {
	switch {
	case m.portals.Active == "" || m.screen == AddScreen || m.screen == Auto && m.adding.Phase != message.AddNothing:
		return AddScreen
	case m.screen != Auto:
		return m.screen
	}
	if m.signingIn() {
		return SignScreen
	}
	switch m.status.SignIn {
	case message.SignedOutPhase, message.ExpiredPhase:
		if !m.listed() {
			return SignScreen
		}
	}
	return ListScreen
}

// listed tells whether there are accounts to show.
func (m *Model) listed() bool { return m.dir != nil && len(m.dir.Accounts) > 0 }
