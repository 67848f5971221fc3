package palette

import (
	"strings"

	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/words"
)

// Effect is something the popup has to do for the model.
type Effect any

type (
	// Send asks the backend. The answer comes back by [Model.Answered].
	Send struct {
		Type   message.Type
		Fields message.Fields
		Row    Row // the row it concerns, if it concerns one
	}
	// Copy writes text to the clipboard. How that ended comes back by
	// [Model.Copied]. The text is not kept.
	Copy struct {
		Text     string
		Expires  int64  // of what is copied, in ms since 1970 on this computer’s clock; 0 if unknown
		Until    string // the same as people here write it, which the page knows
		as       string // name of its format
		replaced string // variables that hold something else than they should
		of       Send   // the request it answers
	}
	// CopyText writes another text to the clipboard. How that ended comes back by
	// [Model.CopiedText].
	CopyText struct {
		Text     string
		said     string // once it is there
		secretOf string // the portal whose secret it is; empty if it is none
	}
	// Close closes the popup.
	Close struct{}
	// AskLabel asks the person for a role's label. The answer comes back by [Model.Label].
	AskLabel struct {
		On        Aim
		Of, Label string // the role, and its label as it is
	}
	// Ask asks the person for permissions and hosts, which only a click or a
	// key press may do. The prompt closes the popup, so the backend knows by
	// itself what to go on with once they are granted.
	Ask struct {
		Permissions, Origins string // separated by blanks
		// Then is sent if all was granted; it is for hosts that may have been
		// granted before, when there is no prompt and nothing to go on from.
		Then Send
	}
)

// busy is what a request is told apart by.
func (s Send) busy() busy { return busy{s.Type, s.Fields["portal"], s.Fields["format"], s.Row} }

// Key is a key press on the list screen.
type Key struct {
	Name  string // KeyboardEvent.key
	Ctrl  bool   // Control, or Command on a Mac
	Shift bool
	Alt   bool
	On    Aim // for keys of the selected row
}

// Type takes what the search field holds.
func (m *Model) Type(query string) {
	if query == m.query {
		return
	}
	m.query = query
	// The best match is what Enter acts on, whatever was selected before.
	m.selected, m.top, m.scroll = key{}, 0, 0
	m.read()
	m.CloseMenu()
	m.refresh()
}

// Scrolled takes what the list shows, in pixels: from where on, and how much. A list
// that was measured for the first time, or has become lower, still shows the selection
// if it did before.
func (m *Model) Scrolled(top, height int) {
	top, height = max(0, top), max(directory.RowHeight, height)
	showed, lower := m.height == 0, height < m.height || m.height == 0
	if m.height > 0 && m.cursor >= 0 {
		at, _ := m.topOf(m.cursor)
		showed = at+directory.RowHeight > m.top && at < m.top+m.height // in part, maybe
	}
	m.top, m.height = top, height
	if showed && lower {
		m.reveal()
	}
}

// choose is selectAt for a person, who has read what the notice said: the line is
// the selection's.
//
//go:noinline
func (m *Model) choose(i int) {
	m.read()
	m.selectAt(i)
}

// Fade takes a notice away after it has stood for a while, unless what it says
// still goes on.
func (m *Model) Fade(n Notice) {
	if m.notice == n && m.busy == (busy{}) && n.Text != words.Asking {
		m.read()
	}
}

// Press takes a key. It tells whether the key meant something here; if not, it
// is the browser's.
func (m *Model) Press(k Key) (effects []Effect, handled bool) {
	if k.Name == "Escape" {
		return m.back()
	}
	if k.Ctrl && !k.Alt && !k.Shift && len(k.Name) == 1 && k.Name >= "1" && k.Name <= "9" {
		return m.usePortalAt(int(k.Name[0] - '1')), true
	}
	if m.current() != ListScreen || m.menu {
		return nil, false
	}
	if action, ok := k.action(); ok && (action != OpenThisTab || m.tabSays() != "") {
		return m.Act(action, k.On), true
	}
	if k.Ctrl || k.Alt || k.Shift {
		return nil, false
	}
	last := len(m.hits) - 1
	switch k.Name {
	case "ArrowDown":
		if m.cursor == last {
			m.choose(0)
		} else {
			m.choose(m.cursor + 1)
		}
	case "ArrowUp":
		if m.cursor <= 0 {
			m.choose(last)
		} else {
			m.choose(m.cursor - 1)
		}
	case "PageDown":
		m.page(1)
	case "PageUp":
		m.page(-1)
	default:
		return nil, false
	}
	return nil, true
}

// back is Escape: it undoes the last thing opened or typed. False if there is
// nothing to undo; then the browser closes the popup.
func (m *Model) back() (effects []Effect, handled bool) {
	switch {
	case m.menu:
		m.CloseMenu()
	case m.current() == AddScreen && m.portals.Active != "":
		m.show(Auto)
		return m.leaveForm(), true
	case m.screen == AskScreen, m.screen == Values:
		m.show(Auto)
	case m.current() == SignScreen && m.listed():
		m.show(ListScreen) // the sign-in goes on behind it
	case m.query != "" && m.current() == ListScreen:
		m.Type("")
	default:
		return nil, false
	}
	return nil, true
}

// Action is something a button or a key does.
type Action string

// The actions.
const (
	CopyCredentials Action = "copy"
	OpenConsole     Action = "console"
	OpenThisTab     Action = "this-tab"      // its page, with the role
	CopyTabLink     Action = "this-tab-link" // to its page, with the role
	CopyAnyonesLink Action = "anyones-link"  // to its page, whose reader chooses the role
	AddBookmark     Action = "bookmark"
	ShowValues      Action = "values"
	SignIn          Action = "signin"
	OpenSignIn      Action = "open-signin"
	UseCode         Action = "use-code"
	SignInThere     Action = "signin-there"
	FreshSession    Action = "fresh-session"
	CancelSignIn    Action = "cancel-signin"
	SignOut         Action = "signout"
	Refresh         Action = "refresh"
	RetryFailed     Action = "retry-failed"
	FinishCopies    Action = "finish-copies"
	ToggleMenu      Action = "menu"
	ShowAdd         Action = "show-add"
	RemovePortal    Action = "remove"         // asks first
	ConfirmRemoval  Action = "confirm-remove" // on the screen that asks
	GoBack          Action = "back"
	AddUnasked      Action = "add-unasked"
	AddByCode       Action = "add-by-code"
	ExploreDemo     Action = "demo"
	CopyLink        Action = "copy-link"
	ToggleFavourite Action = "favourite"
	LabelRole       Action = "label"
	ToggleHidden    Action = "hide"
	ToggleUnhidden  Action = "unhide" // all that is hidden, in this popup
	CopyARN         Action = "copy-arn"
	CopyAccountID   Action = "copy-account-id"
	CopyProfiles    Action = "copy-profiles" // of all roles of the account
	OpenSettings    Action = "settings"      // the page does it
	RefreshAccount  Action = "refresh-account"
	ShowKeys        Action = "keys"     // the page does it
	copyAs                 = "copy-as:" // and the ID of a format, which stays what it was
)

// action is the one that a key stands for on the selected row.
func (k Key) action() (Action, bool) {
	name := k.Name
	if len(name) == 1 {
		name = string(name[0] &^ 0x20) // as while Caps Lock is on
	}
	if k.Shift {
		name = "Shift+" + name
	}
	if k.Ctrl {
		name = "Ctrl+" + name
	}
	for i := range actions {
		if a := &actions[i]; a.key == name && name != "" && !k.Alt {
			return a.does, true
		}
	}
	return "", false
}

// Act does what a button says, unless it was another portal's.
func (m *Model) Act(a Action, on Aim) []Effect {
	if on.Portal != m.portals.Active {
		return nil
	}
	portal := message.PortalRef{Portal: m.portals.Active}.Fields()
	if a != ToggleMenu {
		m.CloseMenu()
	}
	if format, ok := strings.CutPrefix(string(a), copyAs); ok {
		// The format that is chosen stays what it is.
		was := m.picked
		m.picked = format
		effects := m.onRow(message.CredentialsCopy, on, message.Opening{})
		m.picked = was
		return effects
	}
	switch a {
	case ToggleMenu:
		m.menu = !m.menu
	case CopyCredentials:
		return m.onRow(message.CredentialsCopy, on, message.Opening{})
	case OpenConsole:
		return m.onRow(message.ConsoleOpen, on, m.goal())
	case CopyLink:
		return m.onRow(message.ConsoleLink, on, m.goal())
	case OpenThisTab:
		return m.onTab(message.ConsoleOpen, on)
	case CopyTabLink:
		return m.onTab(message.ConsoleLink, on)
	case CopyAnyonesLink:
		return m.linkForAnyone(on)
	case AddBookmark:
		return m.onRow(message.BookmarkAdd, on, message.Opening{})
	case ShowValues:
		return m.onRow(message.CredentialsShow, on, message.Opening{})
	case ToggleFavourite, ToggleHidden, LabelRole:
		return m.makeOf(a, on)
	case ToggleUnhidden:
		m.unhidden = !m.unhidden
		m.refresh()
	case CopyARN:
		return m.copyARN(on)
	case CopyAccountID:
		return m.CopyAccountID(on)
	case CopyProfiles:
		return m.ofAccount(message.ProfilesWrite, on)
	case RefreshAccount:
		return m.ofAccount(message.SyncRetry, on)
	case SignIn:
		said := m.current() == SignScreen
		m.show(SignScreen)
		if !said && (!m.consented() || m.signingIn()) {
			return nil // what signing in means stands there, or what one that is under way waits for
		}
		return m.signInTo(message.SignIn{})
	case SignInThere:
		return m.signInTo(message.SignIn{There: true})
	case UseCode:
		return m.signInTo(message.SignIn{ByCode: true})
	case FreshSession:
		m.show(SignScreen)
		return m.signInTo(message.SignIn{Fresh: true})
	case OpenSignIn:
		return append(m.ask(message.SignInOpen, portal), m.pinTold()...)
	case CancelSignIn:
		m.show(Auto)
		return m.ask(message.SignInCancel, portal)
	case SignOut:
		return m.ask(message.SignOut, portal)
	case Refresh:
		return m.ask(message.SyncStart, portal)
	case RetryFailed:
		return m.ask(message.SyncRetry, portal)
	case FinishCopies:
		return []Effect{Ask{Permissions: m.finish}}
	case RemovePortal:
		m.show(AskScreen)
	case ConfirmRemoval:
		if m.current() == AskScreen {
			return m.ask(message.PortalRemove, portal)
		}
	case ShowAdd:
		m.show(AddScreen)
	case ExploreDemo:
		return m.AddPortal(message.NewPortal{StartURL: message.Demo})
	case AddUnasked, AddByCode:
		p := m.adding.NewPortal
		p.Unasked, p.ByCode = a == AddUnasked, p.ByCode || a == AddByCode
		return m.add(p)
	case GoBack:
		effects, undone := m.back()
		if !undone && m.current() == AddScreen {
			return m.leaveForm() // which stays, where there is no portal
		}
		return effects
	}
	return nil
}

// leaveForm has nothing be added any more that is asked.
func (m *Model) leaveForm() []Effect {
	m.form = nil
	if m.adding.Phase == message.AddNothing {
		return nil
	}
	m.adding = message.Adding{}
	return m.ask(message.PortalAskNoMore, nil)
}

// signInTo begins a sign-in to the portal that shows.
func (m *Model) signInTo(want message.SignIn) []Effect {
	want.Portal = m.portals.Active
	return append(m.ask(message.SignInStart, want.Fields()), m.agreed()...)
}

// CloseMenu closes the menu: a click beside it, say.
func (m *Model) CloseMenu() { m.menu = false }

// CopyAccountID copies the ID of an account whose rows show.
func (m *Model) CopyAccountID(on Aim) []Effect {
	if on.Portal != m.portals.Active || m.dir == nil || m.dir.Find(on.AccountID) == nil {
		m.notice = missed(on)
		return nil
	}
	return []Effect{CopyText{on.AccountID, words.CopiedID.With(name(on.AccountID)), ""}}
}

// UsePortal shows another portal.
func (m *Model) UsePortal(id string) []Effect {
	m.CloseMenu()
	return m.ask(message.PortalUse, message.PortalRef{Portal: id}.Fields())
}

// UseEntrance has the shown portal signed in to at another of its addresses.
func (m *Model) UseEntrance(startURL string) []Effect {
	m.CloseMenu()
	for _, other := range m.portals.EntrancesTo(m.portals.Active) {
		if other.StartURL == startURL {
			return m.ask(message.PortalAdd, message.NewPortal{Portal: other.ID, StartURL: other.StartURL, Region: other.Region}.Fields())
		}
	}
	return nil
}

// usePortalAt shows the portal that stands at a place in the menu, from 0.
func (m *Model) usePortalAt(i int) []Effect {
	if i >= len(m.portals.All) || m.portals.All[i].ID == m.portals.Active {
		return nil
	}
	return m.UsePortal(m.portals.All[i].ID)
}

// UseFormat has credentials copied in another format, here and in every popup to
// come. It leaves alone what is under way: that is copied in the format that was
// chosen when it was asked for.
func (m *Model) UseFormat(id string) []Effect {
	was := m.settings
	m.settings.CopyFormat, m.picked = id, id
	if m.busy == (busy{}) {
		m.notice = Notice{} // what it says was copied in the last format
	}
	return m.changed(was)
}

// format is what credentials of the selected row are copied in.
func (m *Model) format() list.Format {
	if m.cursor < 0 || m.cursor >= len(m.hits) {
		return m.formatFor(Row{})
	}
	return m.formatFor(m.rowAt(m.cursor))
}

// formatFor is what credentials of a row are copied in: what was chosen in this
// popup, else what a rule says, else what was chosen last. One of a later version
// is the first.
func (m *Model) formatFor(row Row) list.Format {
	id := m.picked
	if id == "" {
		id = m.settings.For(m.inPortal(row)).Format
	}
	f, _ := list.Find(id)
	return f
}

// changed has what was chosen stored.
func (m *Model) changed(was message.Settings) []Effect {
	return []Effect{Send{Type: message.SettingsSet, Fields: m.settings.Changes(was)}}
}

// AddPortal takes the add-portal form.
func (m *Model) AddPortal(p message.NewPortal) []Effect {
	if p.StartURL == m.adding.Typed && p.Front == "" {
		p.Front = m.adding.Front // which led there before the popup had closed
	}
	return m.add(p)
}

// add has a portal added. What became of the last that was to be is forgotten.
func (m *Model) add(p message.NewPortal) []Effect {
	m.form, m.adding = nil, message.Adding{}
	m.show(AddScreen)
	effects := m.ask(message.PortalAsk, p.Fields())
	if p.StartURL == message.Demo {
		return effects
	}
	return append(effects, m.agreed()...)
}

// consented tells whether the person has agreed to what signing in means. Of the
// demo organisation nothing leaves the browser.
func (m *Model) consented() bool {
	p, _ := m.portals.Find(m.portals.Active)
	return p.Demo() && m.current() != AddScreen || m.settings.Consent == message.ConsentVersion
}

// agreed keeps in mind that the person agreed to what stands above the button.
func (m *Model) agreed() []Effect {
	if m.consented() {
		return nil
	}
	was := m.settings
	m.settings.Consent = message.ConsentVersion
	return m.changed(was)
}

// pinTold keeps in mind that pinning was suggested: that is done once.
func (m *Model) pinTold() []Effect {
	if !m.signIn().Pin {
		return nil
	}
	was := m.settings
	m.settings.PinTold = message.FormatBool(true)
	return m.changed(was)
}

// aimed finds the role that was aimed at, or says why there is none.
func (m *Model) aimed(on Aim) (row Row, role message.Role, ok bool) {
	if row, ok = m.row(on); !ok {
		if m.notice = missed(on); on.AccountID == "" && m.undecided() {
			m.notice = Notice{Failure, words.ChooseFirst}
		}
		return row, role, false
	}
	if row.RoleName == noRole {
		m.notice = withoutRole(row)
		return row, role, false
	}
	return row, message.Role{Portal: m.portals.Active,
		AccountID: directory.Unescape(row.AccountID), RoleName: directory.Unescape(row.RoleName), Typed: m.terms}, true
}

// onRow asks the backend for something on the row that was aimed at; a console opens at
// a page.
func (m *Model) onRow(t message.Type, on Aim, page message.Opening) []Effect {
	row, role, ok := m.aimed(on)
	if !ok {
		return nil
	}
	fields, said := role.Fields(), row.String()
	switch t {
	case message.ConsoleOpen, message.ConsoleLink:
		page.Role = role
		fields, said = page.Fields(), at(beside(page.Service, page.Region), said)
	case message.CredentialsCopy:
		fields = message.Order{Portal: role.Portal, AccountID: role.AccountID, RoleName: role.RoleName, Format: m.formatFor(row).ID, Popup: m.popup, Typed: m.terms}.Fields()
	}
	send := Send{t, fields, row}
	if m.busy == send.busy() {
		return nil // pressed twice
	}
	if m.careful(send) {
		return nil
	}
	m.busy = send.busy()
	m.notice = Notice{Info, working(t, said)}
	if t != message.CredentialsShow && !m.settings.NoUses {
		m.asked = append(m.asked, send)
	}
	return []Effect{send}
}

func working(t message.Type, row string) string {
	switch t {
	case message.CredentialsCopy, message.CredentialsShow:
		return words.Fetching.With(row)
	case message.BookmarkAdd:
		return words.Bookmarking.With(row)
	case message.ConsoleLink:
		return "" // it takes no time
	}
	return words.OpeningConsole.With(row)
}

func (m *Model) ask(t message.Type, f message.Fields) []Effect {
	return m.asking(Send{Type: t, Fields: f})
}
