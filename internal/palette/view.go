package palette

import (
	"strconv"
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/search"
	"portico/internal/words"
)

// View is everything the popup shows. Texts are plain; none is markup.
type View struct {
	Screen Screen
	Portal string // name of the portal, for the header
	Menu   bool
	// Portals are the portals the menu offers; Active is the ID of the one shown.
	Portals   []portal.Portal
	Names     []string        // of Portals, in the same order
	Colours   []string        // of Portals: each one of message.Colours, or empty
	Addresses []string        // of Portals: each with its whole host, and its Region
	Entrances []portal.Portal // others to the active portal
	Colour    string          // of the active one
	Address   string          // of the active one
	Active    string

	MenuSignIn string // the menu's entry that leads to a sign-in; empty for none

	// Rows is what the row painter takes; see [Model.rows].
	Rows     string
	Empty    Empty  // shown in place of rows
	Summary  string // how many rows, how far the listing is
	Aside    string // which portal of several; and the same, or how long the session lives
	Progress int    // percent of the listing that is done, -1 if none is under way
	Banner   Banner
	Notice   Notice
	Target   string // what is selected: what the actions act on; empty if nothing is
	Tab      string // offers to open the tab’s page with it; empty if it shows none
	Acts     bool   // there is something that the actions can do on it
	Guarded  bool   // it is to be used with care
	SignedIn bool
	Query    string
	Format   string // ID of the one that credentials are copied in
	Template bool   // the person's template can be chosen

	Values []Value // on their screen
	Title  string  // whose they are

	SignIn SignInView
	Where  string // on the sign-in screen: the portal's whole host, and the hosts that are asked
	Form   string // error at the add-portal form
	Wrong  string // the field that it is about, if it is about one
	Asking bool   // the portal that was entered is asked: what is in the form stands until it answers
	Other  Banner // what can be done about it beside adding it once more
	Cancel bool   // what is asked can be left
	Busy   bool
}

// Empty says why there are no rows.
type Empty struct{ Title, Hint string }

// Banner is a standing remark above the list with one thing to do about it.
type Banner struct {
	Text   string
	Label  string
	Action Action
}

// SignInView is the sign-in screen.
type SignInView struct {
	Title, Hint string
	Code        string // user code
	Primary     string // label of the main button, empty for none
	Action      Action
	Cancel      bool
	Waiting     bool // something is under way
	Other       bool // offer a code instead
	Pin         bool // suggest to pin the toolbar button
}

// View gives what to show. It changes nothing but that a scroll it asks for is
// asked for once.
func (m *Model) View() View {
	v := View{
		Screen:   m.current(),
		Portal:   m.portalName(),
		Menu:     m.menu,
		Notice:   m.notice,
		SignedIn: m.status.SignIn == message.SignedIn,
		Query:    m.query,
		Busy:     m.busy.what != "",
		Progress: -1,
	}
	v.Portals, v.Active, v.Entrances = m.portals.All, m.portals.Active, m.portals.EntrancesTo(m.portals.Active)
	v.Format, v.Template = m.format().ID, m.settings.Template != ""
	switch v.Screen {
	case ListScreen:
		v.Rows = m.rows(m.scroll)
		m.scroll = -1
		v.Empty = m.empty()
		v.Summary, v.Progress = m.summary()
		v.Aside = v.Summary
		if v.Progress < 0 && m.query == "" && m.listed() {
			v.Aside = beside(m.age(m.dir.Updated), m.left())
		}
		if m.status.Sync == message.ListingRoles {
			v.Aside = strconv.Itoa(v.Progress) + " %"
			if m.status.Left != "" {
				v.Aside = beside(v.Aside, words.TimeLeft.With(m.status.Left))
			}
		}
		if len(v.Portals) > 1 {
			v.Aside = beside(name(v.Portal), v.Aside)
		}
		v.Banner = m.banner()
		if m.cursor >= 0 {
			row := m.rowAt(m.cursor)
			v.Target = at(m.place(), target(row))
			if v.Acts, v.Guarded = row.RoleName != noRole, m.guards(row); v.Acts {
				v.Tab = m.tabSays()
			}
			if v.Guarded {
				v.Target = words.Guarded.With(v.Target)
			}
		}
	case Values:
		v.Values, v.Title = m.shownValues()
	case SignScreen:
		v.SignIn, v.Where = m.signIn(), m.where()
	case AddScreen:
		m.viewForm(&v)
	}
	for _, p := range v.Portals {
		_, colour := m.settings.Portal(p.ID)
		v.Names, v.Colours, v.Addresses = append(v.Names, m.nameOf(p)), append(v.Colours, colour), append(v.Addresses, address(p))
		if p.ID == v.Active {
			v.Colour, v.Address = colour, address(p)
		}
	}
	v.MenuSignIn = m.menuSignIn(v.Screen)
	return v
}

// menuSignIn is the menu's entry that leads to a sign-in: none where that shows already.
func (m *Model) menuSignIn(shown Screen) string {
	switch {
	case m.signingIn() && shown == SignScreen, m.status.SignIn == message.SignedIn:
		return ""
	case m.signingIn():
		return words.GoOnSigningIn
	}
	return words.SignIn
}

// signingIn tells whether a sign-in is under way.
func (m *Model) signingIn() bool {
	switch m.status.SignIn {
	case message.Wanted, message.Starting, message.ShowCode, message.Waiting, message.AtFront:
		return true
	}
	return false
}

// address says where a portal is.
func address(p portal.Portal) string {
	if p.Demo() {
		return words.InThisBrowser
	}
	return words.PortalIn.With(p.Host(), p.Region)
}

// viewForm shows how far the portal is that is to be added.
func (m *Model) viewForm(v *View) {
	problem := m.form
	switch a := &m.adding; {
	case problem != nil, m.busy.what == message.PortalAsk: // the browser's question may stand above
	case a.Problem == nil:
	case a.Phase == message.AddWanted && !a.ByCode:
		problem, v.Other = a.Problem, Banner{words.OrByCode, words.UseACode, AddByCode}
	case a.Phase == message.AddRefused && a.Silent:
		problem, v.Other = a.Problem, Banner{words.OrUnasked, words.AddUnasked, AddUnasked}
	default:
		problem = a.Problem
	}
	if problem != nil {
		v.Form, v.Wrong = problem.Error(), problem.Field
	}
	if v.Other.Text != "" {
		v.Form += " " + v.Other.Text
	}
	v.Asking = m.adding.Phase == message.AddAsking
	v.Busy = v.Busy || v.Asking
	v.Cancel = v.Active != "" || m.adding.Phase != message.AddNothing
}

func (m *Model) portalName() string {
	p, _ := m.portals.Find(m.portals.Active)
	return m.nameOf(p)
}

// nameOf is what a portal is called here, else what it calls itself; beside another
// that is called alike, with what that one is not.
func (m *Model) nameOf(p portal.Portal) string {
	called := m.called(p)
	for _, other := range m.portals.All {
		if other.ID == p.ID || !strings.EqualFold(m.called(other), called) {
			continue
		}
		if own := p.NameAmong(m.portals.All); own != called {
			return words.Account.With(called, own)
		}
		return words.Account.With(called, p.Host())
	}
	return called
}

func (m *Model) called(p portal.Portal) string {
	if own, _ := m.settings.Portal(p.ID); own != "" {
		return own
	}
	return p.NameAmong(m.portals.All)
}

// fullName is a portal's name in a sentence: its own beside the one that a person
// gave it.
func (m *Model) fullName() string {
	p, _ := m.portals.Find(m.portals.Active)
	if own, _ := m.settings.Portal(p.ID); own != "" {
		return words.Account.With(name(own), name(p.NameAmong(m.portals.All)))
	}
	return name(m.portalName())
}

// Marks around matched letters in the row painter's text. Names can not hold
// them: control characters are escaped there.
const (
	markOn  = '\x01'
	markOff = '\x02'
)

// overscan is how much is painted beyond either edge, so that a short scroll shows no
// gap before the next paint. Rows cost: they are a third of a keystroke.
const overscan = 3 * directory.RowHeight

// rows gives the visible rows as the painter's text:
//
//	total <TAB> first <TAB> selected <TAB> scroll-to <TAB> height <TAB> top <TAB> before <TAB> above <TAB> heading
//	account name <TAB> account ID <TAB> role name [<TAB> note [<TAB> mark [<TAB> environment [<TAB> star [<TAB> label]]]]]     for each row from first on
//
// Of rows of one account that follow each other the first alone has its name, ID and
// environment. Total, first and selected count matches; the latter and scroll-to may be
// -1. Scroll-to, the list's whole height and the top of the first row's account are in
// pixels; before are rows of that account that are not painted, and above is the name
// of the account above it. Matched letters are between \x01 and \x02. The mark is
// [directory.Mark]'s, the environment [pattern.Environment]'s, the star f of a favourite.
func (m *Model) rows(scrollTo int) string {
	if len(m.hits) == 0 {
		return "0\t0\t-1\t-1\t0"
	}
	bottom := m.top + m.height + overscan
	if m.height == 0 {
		bottom += directory.ListHeight
	}
	from := m.matchAt(m.top - overscan)
	first := m.run(from, m.bottom)
	var b strings.Builder
	for _, n := range [...]int{len(m.hits), from, m.cursor, scrollTo, m.bottom, first.top, from - first.from} {
		b.WriteString(strconv.Itoa(n) + "\t")
	}
	if first.from > 0 {
		b.WriteString(clip(m.rowAt(first.from - 1).AccountName))
	}
	b.WriteString("\t" + m.heading())
	last := int32(-1)
	for i, to := from, m.matchAt(bottom); i <= to; i++ {
		row, name, environment := m.rowAt(i), "\t", ""
		h := m.index.Highlight(m.terms, m.hits[i])
		if account, _ := m.index.Row(m.hits[i]); account != last {
			last, name, environment = account, mark(row.AccountName, h.Name)+"\t"+mark(row.AccountID, h.ID), m.guard.Environment(row.AccountName)
		}
		role := row.shownRole()
		if row.RoleName != noRole {
			role = mark(row.RoleName, h.Role)
		}
		b.WriteString(directory.HeadRow(name, role, m.note(i, &h), directory.Mark(m.guards(row), row.RoleName), environment, m.looks(m.hits[i])))
	}
	return b.String()
}

// mark gives a text, clipped, with its matched letters marked.
func mark(text string, matched []search.Span) string {
	kept := len(text)
	if text = clip(text); len(text) != kept {
		kept = len(text) - len(ellipsis)
	}
	if len(matched) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range matched {
		if s.To > kept {
			break
		}
		b.WriteString(text[at:s.From])
		b.WriteByte(markOn)
		b.WriteString(text[s.From:s.To])
		b.WriteByte(markOff)
		at = s.To
	}
	b.WriteString(text[at:])
	return b.String()
}

func (m *Model) empty() Empty {
	switch {
	case len(m.hits) > 0, m.dir == nil && m.status.Sync == message.Idle:
		return Empty{}
	case m.query != "" && m.listed() && m.unlisted() > 0:
		return m.noMatchYet(m.unlisted())
	case m.query == "" && len(m.made) > 0 && m.dir.Rows() > 0:
		return Empty{words.AllHidden, words.AllHiddenHint}
	case m.query != "" && m.listed():
		return Empty{words.NoMatch, words.NothingCalled.With(name(m.query))}
	case m.status.Sync != message.Idle:
		return Empty{words.ListingYours, words.TheyAppear}
	case m.dir.Updated != 0 && len(m.dir.Accounts) == 0:
		return Empty{words.NoAccounts, words.NoAccountsHint}
	case m.dir.Updated != 0:
		return Empty{words.NoRoles, words.NoRolesHint}
	}
	return Empty{words.NothingYet, words.NothingYetHint}
}

func (m *Model) summary() (string, int) {
	s := m.status
	switch s.Sync {
	case message.ListingAccounts:
		return words.ListingAccounts, 0
	case message.ListingRoles:
		said := words.ListingRoles.With(words.Number(s.Done), words.Accounts(s.Total))
		if s.Left != "" {
			said = words.ListingLeft.With(said, s.Left)
		}
		return said, int(100 * s.Done / max(1, s.Total))
	}
	if !m.listed() {
		return "", -1
	}
	if m.found.Guess {
		return words.Guesses(int64(len(m.hits))), -1
	}
	if m.query != "" {
		return words.Matches(int64(len(m.hits))), -1
	}
	listed := words.Listed.With(words.Roles(int64(m.dir.Rows())), words.Accounts(int64(len(m.dir.Accounts))))
	return beside(listed, m.age(m.dir.Updated)), -1
}

// beside says two things in one line, or one if there is but one.
func beside(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// left is how long the session still lives, if that is known.
func (m *Model) left() string {
	left := m.status.Until - m.now
	if m.status.SignIn != message.SignedIn || m.now == 0 || left <= 0 {
		return ""
	}
	return words.TimeLeft.With(words.Minutes((left + 59_999) / 60_000))
}

// banner is the one most important standing remark.
func (m *Model) banner() Banner {
	if p := m.status.Problem; p != nil {
		b := Banner{Text: p.Error()}
		switch {
		case m.status.SignIn != message.SignedIn:
			b.Label, b.Action = words.SignIn, SignIn
		case p.Retryable:
			b.Label, b.Action = words.TryAgain, Refresh
		}
		return b
	}
	if m.signingIn() {
		return Banner{words.SignInUnderWay, words.GoOnSigningIn, SignIn}
	}
	switch m.status.SignIn {
	case message.SignedOutPhase, message.Leaving:
		return Banner{words.NoSession, words.SignIn, SignIn}
	case message.ExpiredPhase:
		return Banner{words.Ended, words.SignIn, SignIn}
	case message.SignedIn:
		if m.status.Until > 0 && m.now >= m.status.Until {
			return Banner{words.Ended, words.SignIn, SignIn} // while somebody looks
		}
	}
	if m.dir != nil {
		if n := m.dir.Count(directory.Failed); n > 0 && m.status.Sync == message.Idle {
			return Banner{rolesFailed(m.dir, n), words.TryAgain, RetryFailed}
		}
	}
	if m.finish != "" {
		return Banner{words.FinishCopies, words.AllowFinishing, FinishCopies}
	}
	return Banner{}
}

// rolesFailed says how many accounts failed, and why if all did for the same.
func rolesFailed(d *directory.Directory, failed int) string {
	accounts := words.Accounts(int64(failed))
	why := ""
	for i := range d.Accounts {
		switch a := &d.Accounts[i]; {
		case a.State != directory.Failed:
		case a.Problem == "" || why != "" && a.Problem != why:
			return words.RolesFailed.With(accounts)
		default:
			why = a.Problem
		}
	}
	return words.RolesFailedFor.With(accounts, clip(why))
}

// where says in full whom a sign-in is with.
func (m *Model) where() string {
	p, _ := m.portals.Find(m.portals.Active)
	if p.Demo() {
		return words.DemoAsksNoHost
	}
	if m.status.SignIn == message.AtFront {
		return "" // that is about to be seen
	}
	form, hosts := words.Asks, words.And(strings.Fields(m.status.Hosts))
	switch hosts {
	case "":
		form = words.PortalAt
	case p.Host():
		form = words.AsksNoMore
	}
	return form.With(p.Host(), hosts)
}

// signInPage names the page on which a code is approved.
func (m *Model) signInPage() string {
	if m.status.VerifyHost == "" {
		return words.DemoPage
	}
	return words.PageAt.With(name(m.status.VerifyHost))
}

func (m *Model) signIn() SignInView {
	v := SignInView{Cancel: true}
	code := clip(directory.Escape(m.status.UserCode))
	problem := ""
	if m.status.Problem != nil {
		problem = m.status.Problem.Error()
	}
	switch m.status.SignIn {
	case message.AtFront:
		v.Title, v.Hint = words.FrontTitle, m.status.Caution
		v.Primary, v.Action = words.SignInAt.With(name(m.status.VerifyHost)), SignInThere
	case message.Starting, message.Wanted:
		v.Title, v.Hint = words.Asking, problem
		v.Waiting = problem == ""
		if hosts := strings.Fields(m.status.Hosts); v.Waiting && m.now-m.since >= silence && len(hosts) > 0 {
			v.Hint = words.NoAnswerYet.With(name(hosts[len(hosts)-1])) // the portal signs in at the last
		}
		if problem != "" {
			v.Title, v.Primary, v.Action = words.CouldNotStart, words.TryAgain, SignIn
			v.Other = m.byBrowser()
		}
	case message.ShowCode:
		v.Primary, v.Action = words.OpenPage, OpenSignIn
		if code == "" {
			v.Title, v.Hint, v.Other = words.ReadyToOpen, words.AllowOnPage, true
		} else {
			v.Title, v.Code = words.CheckCode, code
			v.Hint = words.CompareCode.With(m.signInPage()) + m.status.Caution
			v.Pin = m.unpinned && m.settings.PinTold == ""
		}
		if m.status.Closed {
			v.Title, v.Primary = words.PageClosed, words.OpenPageAgain
		}
	case message.Waiting:
		if code == "" {
			v.Title, v.Hint, v.Waiting, v.Other = words.WaitForApproval, words.AllowOnOpenPage+m.status.Caution, problem == "", true
			v.Primary, v.Action = words.OpenPageAgain, OpenSignIn
			if problem != "" {
				v.Title, v.Hint = words.CouldNotFinish, problem
			}
			break
		}
		v.Title, v.Code, v.Waiting = words.WaitForApproval, code, true
		v.Hint = words.ApproveCode.With(m.signInPage()) + m.status.Caution
		v.Primary, v.Action = words.OpenPageAgain, OpenSignIn
	default:
		v.Title, v.Cancel = words.SignInTo.With(m.portalName()), m.listed()
		v.Hint = words.HowSignInGoes
		if !m.consented() {
			v.Hint += " " + words.Handles
		}
		if problem != "" {
			v.Hint = problem
		}
		v.Other = m.byBrowser() && (problem != "" || m.notice.Text == words.HostsRefused)
		v.Primary, v.Action = words.SignIn, SignIn
	}
	return v
}

// silence is how long, in ms, an answer may take that nothing is said of.
const silence = 5_000

// byBrowser tells whether one signs in to the portal by a page that leads back.
func (m *Model) byBrowser() bool {
	p, _ := m.portals.Find(m.portals.Active)
	return !m.settings.SignInByCode && !p.Demo()
}
