package message

import (
	"strings"

	"portico/internal/portal"
)

// Keys of what the popup reads from storage. The backend writes all of them but
// ViewKey.
const (
	PortalsKey      = "portals"    // local: Portals
	DirectoryPrefix = "directory:" // local, + ID: the head of a directory's snapshot
	PartPrefix      = "part:"      // local, see PartKey: a part of one
	HeadKey         = "head"       // local: the shown portal's ID, a line, and its directory.Head
	UsesPrefix      = "uses:"      // local, + ID: usage.History
	OwnPrefix       = "own:"       // local, + ID: own.Roles
	StatusPrefix    = "status:"    // session, + ID: Status
	AddingKey       = "adding"     // session: Adding
	SettingsKey     = "settings"   // local: Settings
	ViewKey         = "view"       // session: the popup's own last view
)

// PartKey is where the n-th part of a portal's directory is kept.
func PartKey(id string, n int) string { return PartPrefix + FormatInt(int64(n)) + ":" + id }

// DirectoryKeys are where a portal's directory is kept that has so many parts at most,
// in the order of the snapshot.
func DirectoryKeys(id string, parts int) []string {
	keys := []string{DirectoryPrefix + id}
	for n := range parts {
		keys = append(keys, PartKey(id, n))
	}
	return keys
}

// Demo is what adds the portal of the demo organisation in place of a start URL.
const Demo = "demo"

// Portals is every portal that was added, and which one is shown.
type Portals struct {
	All    []portal.Portal
	Active string // ID; empty if there is no portal
	// Entrances are other addresses of the portals, in another region mostly. Each has
	// the ID of its portal. One without a region is the front: a company's own address,
	// that leads to one of the others.
	Entrances []portal.Portal
}

// EntrancesTo gives the other addresses of a portal.
func (p Portals) EntrancesTo(id string) (others []portal.Portal) {
	for _, other := range p.Entrances {
		if other.ID == id && other.Region != "" {
			others = append(others, other)
		}
	}
	return others
}

// Front gives a company's own address in front of a portal; mostly there is none.
func (p Portals) Front(id string) string {
	for _, other := range p.Entrances {
		if other.ID == id && other.Region == "" {
			return other.StartURL
		}
	}
	return ""
}

// Find returns the portal with the given ID.
func (p Portals) Find(id string) (portal.Portal, bool) {
	for _, known := range p.All {
		if known.ID == id {
			return known, true
		}
	}
	return portal.Portal{}, false
}

// Text gives the stored form: the active portal's ID in the first line, then
// `ID <TAB> start URL <TAB> region` a line, and of other entrances the same behind a tab.
// None can hold a blank.
func (p Portals) Text() string {
	var b strings.Builder
	b.WriteString(p.Active)
	b.WriteByte('\n')
	for i, all := range [][]portal.Portal{p.All, p.Entrances} {
		for _, known := range all {
			b.WriteString("\t"[:i] + known.ID + "\t" + known.StartURL + "\t" + known.Region + "\n")
		}
	}
	return b.String()
}

// ParsePortals reads the stored form, and that of version 1, whose lines had no ID:
// a popup may come before the worker that migrates.
func ParsePortals(text string) Portals {
	var p Portals
	active, rest, _ := strings.Cut(text, "\n")
	for line := range strings.Lines(rest) {
		own, another := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "\t")
		id, place, ok := strings.Cut(own, "\t")
		if !ok {
			continue
		}
		startURL, region, ok := strings.Cut(place, "\t")
		if !ok {
			startURL, region = id, place
		}
		if read := (portal.Portal{ID: id, StartURL: startURL, Region: region}); another {
			p.Entrances = append(p.Entrances, read)
		} else {
			p.All = append(p.All, read)
		}
	}
	if _, ok := p.Find(active); ok {
		p.Active = active
	}
	return p
}

// PortalsLost tells whether a stored text holds what [ParsePortals] can't read.
func PortalsLost(text string) bool {
	p := ParsePortals(text)
	active, rest, _ := strings.Cut(text, "\n")
	return strings.Count(strings.TrimSuffix(rest, "\n"), "\n")+1 != max(1, len(p.All)+len(p.Entrances)) || rest != "" && len(p.All) == 0 || active != "" && p.Active == ""
}

// SignInPhase is how far a sign-in is, as the popup shows it.
type SignInPhase string

// The phases.
const (
	SignedOutPhase SignInPhase = ""         // no session, none under way
	Wanted         SignInPhase = "wanted"   // asked for; access has yet to be granted
	Starting       SignInPhase = "starting" // fetching a code
	ShowCode       SignInPhase = "code"     // the code is shown, its page not opened yet
	Waiting        SignInPhase = "waiting"  // the page is open; waiting for approval
	AtFront        SignInPhase = "front"    // the company's own address is open; where it leads has yet to be seen
	SignedIn       SignInPhase = "in"
	Leaving        SignInPhase = "leaving" // forgotten here; the portal has yet to confirm
	ExpiredPhase   SignInPhase = "expired"
)

// AddPhase is how far a portal is that is to be added.
type AddPhase string

// The phases.
const (
	AddNothing AddPhase = ""
	AddWanted  AddPhase = "wanted"  // access has yet to be granted
	AddAsking  AddPhase = "asking"  // it has yet to answer
	AddRefused AddPhase = "refused" // it is not added, for the problem
)

// Adding is a portal that is asked before it is added.
type Adding struct {
	NewPortal
	Phase   AddPhase
	Typed   string // its start URL as it was entered
	Problem *Error
	Silent  bool // no answer came: it may be there all the same
}

func (a *Adding) list(c Codec) {
	a.NewPortal.list(c)
	c.Text("phase", (*string)(&a.Phase))
	c.Text("typed", &a.Typed)
	c.Error("problem", &a.Problem)
	c.Bool("silent", &a.Silent)
}

// Text gives the stored form: empty if nothing is added.
func (a Adding) Text() string {
	if a.Phase == AddNothing {
		return ""
	}
	c := writing()
	a.list(c)
	return c.fields.Text()
}

// ParseAdding reads the stored form.
func ParseAdding(text string) (a Adding) {
	a.list(ParseText(text).reading())
	return a
}

// SyncPhase is how far the listing of a directory is.
type SyncPhase string

// The phases.
const (
	Idle            SyncPhase = ""
	ListingAccounts SyncPhase = "accounts"
	ListingRoles    SyncPhase = "roles"
)

// Status is what the popup may know of a portal's session: no token is in it.
type Status struct {
	SignIn      SignInPhase
	UserCode    string // to be compared with the one the page shows
	CodeExpires int64  // Unix milliseconds
	VerifyHost  string // host of the page that approves the code; empty for the demo's, in the extension; of AtFront, that of the portal it leads to
	Caution     string // what to know before approving there, with a blank before it to follow a sentence; mostly empty; of AtFront, what to do
	Closed      bool   // that page was closed before anything was decided on it
	Hosts       string // that the portal is asked at, separated by blanks
	Sync        SyncPhase
	Done, Total int64  // accounts whose roles are listed, of how many
	Left        string // how long the others take, about; empty if nobody knows
	Notice      string // what was finished while no popup was open
	Good        bool   // it went well
	Last        Last   // what was copied last
	Until       int64  // when the session ends, Unix milliseconds; 0 if nobody knows
	Problem     *Error // what keeps background work from going on; nil if nothing
}

func (s *Status) list(c Codec) {
	c.Text("signIn", (*string)(&s.SignIn))
	c.Text("userCode", &s.UserCode)
	c.Int("codeExpires", &s.CodeExpires)
	c.Text("verifyHost", &s.VerifyHost)
	c.Text("caution", &s.Caution)
	c.Bool("closed", &s.Closed)
	c.Text("hosts", &s.Hosts)
	c.Text("sync", (*string)(&s.Sync))
	c.Int("done", &s.Done)
	c.Int("total", &s.Total)
	c.Text("left", &s.Left)
	c.Text("notice", &s.Notice)
	c.Bool("good", &s.Good)
	s.Last.List(c)
	c.Int("until", &s.Until)
	c.Error("problem", &s.Problem)
}

// Last is the role whose credentials were copied last.
type Last struct {
	AccountID, RoleName string // as they are shown; empty if there is none
	Expires             int64  // of the credentials, in ms since 1970 on this computer’s clock; 0 if unknown
}

// List passes over what is stored of it.
func (l *Last) List(c Codec) {
	c.Text("lastAccount", &l.AccountID)
	c.Text("lastRole", &l.RoleName)
	c.Int("lastExpires", &l.Expires)
}

// Text gives the stored form.
func (s Status) Text() string {
	c := writing()
	s.list(c)
	return c.fields.Text()
}

// ParseStatus reads the stored form.
func ParseStatus(text string) (s Status) {
	s.list(ParseText(text).reading())
	return s
}
