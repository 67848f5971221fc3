// Package message is what popup and backend say to each other: typed requests
// and results, the public state the popup shows, and one error envelope. Both
// sides are linked with it, so it stays small: no JSON, no reflection. On the
// wire everything is flat, text by name; bridge/webext turns that into the
// JavaScript objects that cross between the contexts.
package message

// Version is what `v` is in every message. A popup and a worker of different
// versions can meet only while an update is being installed.
const Version = "1"

// Type names what a message asks for.
type Type string

// The requests. Each comment names arguments -> result.
const (
	Wake                 Type = "wake"                  // Visit -> Woken; the popup opened: resume what is pending
	PortalLook           Type = "portal.look"           // NewPortal -> Seen; what would be added; stores nothing
	PortalAsk            Type = "portal.ask"            // NewPortal -> Access; have it answer, and then add it, or correct one
	PortalAskNoMore      Type = "portal.askNoMore"      // none -> none; forget what is asked
	PortalAdd            Type = "portal.add"            // NewPortal -> Access; add a portal as it is, or correct one
	PortalRemove         Type = "portal.remove"         // PortalRef -> none
	PortalUse            Type = "portal.use"            // PortalRef -> none; make it the one shown
	PortalMerge          Type = "portal.merge"          // Merge -> none; make it a way to another
	PortalForgetEntrance Type = "portal.forgetEntrance" // NewPortal -> none; forget the way to it that has this start URL
	PortalOpen           Type = "portal.open"           // NewPortal -> none; open a company's own address, to see where it leads
	PortalLanded         Type = "portal.landed"         // Landed -> none; what the tab shows that was opened there
	SignInStart          Type = "signin.start"          // SignIn -> none
	SignInOpen           Type = "signin.open"           // PortalRef -> none; opens the page on which it is allowed
	SignInReturn         Type = "signin.return"         // Return -> Returned; of the page that a sign-in's leads back to
	SignInCancel         Type = "signin.cancel"         // PortalRef -> none
	SyncStart            Type = "sync.start"            // PortalRef -> none
	SyncAhead            Type = "sync.ahead"            // Ahead -> none; list these accounts before others, while a listing is under way
	SyncRetry            Type = "sync.retry"            // Ahead -> none; list these accounts anew, or if none is named those that failed
	CredentialsCopy      Type = "credentials.copy"      // Order -> Copy
	CredentialsTold      Type = "credentials.told"      // Told -> none; the person was told how the copy ended
	CredentialsShow      Type = "credentials.show"      // Role -> Values
	ClipboardClear       Type = "clipboard.clear"       // Secret -> none; takes it off the clipboard later, if that is chosen
	ConsoleOpen          Type = "console.open"          // Opening -> none
	ConsoleLink          Type = "console.link"          // Opening -> Address; the link that would be opened
	ConsoleRead          Type = "console.read"          // Address -> Shown; which page of a console it is
	RoleARN              Type = "role.arn"              // Role -> Text; as policies have it
	RoleSet              Type = "role.set"              // Owned -> none; what somebody makes of it
	BookmarkAdd          Type = "bookmark.add"          // Role -> Bookmarked
	BookmarksExport      Type = "bookmarks.export"      // PortalRef -> Config, of which nothing changes; stores nothing
	BookmarksRevoked     Type = "bookmarks.revoked"     // PortalRef -> Revoked; those of no use any more, to look at
	BookmarksPrune       Type = "bookmarks.prune"       // Prune -> Pruned
	SignOut              Type = "signout"               // PortalRef -> SignedOut
	SettingsGet          Type = "settings.get"          // none -> Settings
	SettingsSet          Type = "settings.set"          // those of Settings that are to change -> none
	SettingsCheck        Type = "settings.check"        // those of Settings that would change -> none; stores nothing
	SettingsSample       Type = "settings.sample"       // Settings -> Sample; stores nothing
	ProfilesWrite        Type = "profiles.write"        // Profiles -> Config; stores nothing
)

// Fields is a flat set of named texts: arguments, results and stored state.
type Fields map[string]string

// PortalRef names a portal that was added, by its ID.
type PortalRef struct{ Portal string }

func (p *PortalRef) list(c Codec) {
	c.Text("portal", &p.Portal)
}

// Fields gives the message form.
func (p PortalRef) Fields() Fields {
	c := writing()
	p.list(c)
	return c.fields
}

// PortalRefFrom reads the message form.
func PortalRefFrom(f Fields) (p PortalRef) {
	p.list(f.reading())
	return p
}

// Ahead names accounts of a portal whose roles somebody waits for.
type Ahead struct {
	Portal   string
	Accounts string // IDs as a directory has them, a line each
}

func (a *Ahead) list(c Codec) {
	c.Text("portal", &a.Portal)
	c.Text("accounts", &a.Accounts)
}

// Fields gives the message form.
func (a Ahead) Fields() Fields {
	c := writing()
	a.list(c)
	return c.fields
}

// AheadFrom reads the message form.
func AheadFrom(f Fields) (a Ahead) {
	a.list(f.reading())
	return a
}

// SignIn asks for a sign-in to a portal.
type SignIn struct {
	Portal string // ID
	ByCode bool   // by a code, whatever the settings say
	Fresh  bool   // after ending the session at the portal, which else would go on
	There  bool   // where the company's own address leads, as far as that is known; it is not opened again
}

func (s *SignIn) list(c Codec) {
	c.Text("portal", &s.Portal)
	c.Bool("byCode", &s.ByCode)
	c.Bool("fresh", &s.Fresh)
	c.Bool("there", &s.There)
}

// Fields gives the message form.
func (s SignIn) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SignInFrom reads the message form.
func SignInFrom(f Fields) (s SignIn) {
	s.list(f.reading())
	return s
}

// Return is what the page of a sign-in leads back with (RFC 6749, section 4.1.2).
type Return struct {
	State       string
	Code, Error string // one of them
	Tab         int64  // that shows the page; 0 if it is in none
	Page        string // address of that page, without what came in it
}

func (r *Return) list(c Codec) {
	c.Text("state", &r.State)
	c.Text("code", &r.Code)
	c.Text("error", &r.Error)
	c.Int("tab", &r.Tab)
	c.Text("page", &r.Page)
}

// Fields gives the message form.
func (r Return) Fields() Fields {
	c := writing()
	r.list(c)
	return c.fields
}

// ReturnFrom reads the message form.
func ReturnFrom(f Fields) (r Return) {
	r.list(f.reading())
	return r
}

// Returned tells whom somebody is signed in with now.
type Returned struct{ Portal string }

func (r *Returned) list(c Codec) { c.Text("portal", &r.Portal) }

// Fields gives the message form.
func (r Returned) Fields() Fields {
	c := writing()
	r.list(c)
	return c.fields
}

// ReturnedFrom reads the message form.
func ReturnedFrom(f Fields) (r Returned) {
	r.list(f.reading())
	return r
}

// NewPortal is what a person says of a portal.
type NewPortal struct {
	Portal   string // ID of the portal that is to be corrected; empty to add one
	StartURL string // as typed
	Region   string // may be empty where the start URL names it
	Front    string // a company's own address that led there; mostly empty
	ByCode   bool   // sign in there by a code, whatever the settings say
	Unasked  bool   // add it as it is
}

func (p *NewPortal) list(c Codec) {
	c.Text("portal", &p.Portal)
	c.Text("startUrl", &p.StartURL)
	c.Text("region", &p.Region)
	c.Text("front", &p.Front)
	c.Bool("byCode", &p.ByCode)
	c.Bool("unasked", &p.Unasked)
}

// Fields gives the message form.
func (p NewPortal) Fields() Fields {
	c := writing()
	p.list(c)
	return c.fields
}

// NewPortalFrom reads the message form.
func NewPortalFrom(f Fields) (p NewPortal) {
	p.list(f.reading())
	return p
}

// Merge asks to make a portal another way to one that is the same organisation's.
type Merge struct{ Portal, Into string } // IDs

func (m *Merge) list(c Codec) {
	c.Text("portal", &m.Portal)
	c.Text("into", &m.Into)
}

// Fields gives the message form.
func (m Merge) Fields() Fields {
	c := writing()
	m.list(c)
	return c.fields
}

// MergeFrom reads the message form.
func MergeFrom(f Fields) (m Merge) {
	m.list(f.reading())
	return m
}

// Landed is the address that a tab shows, beside a portal whose front was opened.
type Landed struct{ Portal, URL string }

func (l *Landed) list(c Codec) {
	c.Text("portal", &l.Portal)
	c.Text("url", &l.URL)
}

// Fields gives the message form.
func (l Landed) Fields() Fields {
	c := writing()
	l.list(c)
	return c.fields
}

// LandedFrom reads the message form.
func LandedFrom(f Fields) (l Landed) {
	l.list(f.reading())
	return l
}

// Seen is what a text is as a portal, before that is added.
type Seen struct {
	Host    string // of its start page
	Region  string // empty if the text does not tell
	Says    string // where it is and what will be asked, once the region is known
	Origins string // what that is: match patterns, separated by blanks
	Regions string // in which it may be otherwise, the likely ones first, separated by blanks
	Front   string // it is a company's own address: that, and else but Says is empty
}

func (s *Seen) list(c Codec) {
	c.Text("host", &s.Host)
	c.Text("region", &s.Region)
	c.Text("says", &s.Says)
	c.Text("origins", &s.Origins)
	c.Text("regions", &s.Regions)
	c.Text("front", &s.Front)
}

// Fields gives the message form.
func (s Seen) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SeenFrom reads the message form.
func SeenFrom(f Fields) (s Seen) {
	s.list(f.reading())
	return s
}

// Access is what a portal needs to be reached: the popup asks the person for it,
// since the browser lets only a click ask.
type Access struct {
	Portal  string // ID; empty if it is not added yet
	Origins string // match patterns, separated by blanks; empty if all is granted
}

func (a *Access) list(c Codec) {
	c.Text("portal", &a.Portal)
	c.Text("origins", &a.Origins)
}

// Fields gives the message form.
func (a Access) Fields() Fields {
	c := writing()
	a.list(c)
	return c.fields
}

// AccessFrom reads the message form.
func AccessFrom(f Fields) (a Access) {
	a.list(f.reading())
	return a
}

// Role names one role in one account of a portal.
type Role struct {
	Portal    string
	AccountID string
	RoleName  string
	Typed     string // for what it was found
}

func (r *Role) list(c Codec) {
	c.Text("portal", &r.Portal)
	c.Text("accountId", &r.AccountID)
	c.Text("roleName", &r.RoleName)
	c.Text("typed", &r.Typed)
}

// Fields gives the message form.
func (r Role) Fields() Fields {
	c := writing()
	r.list(c)
	return c.fields
}

// RoleFrom reads the message form.
func RoleFrom(f Fields) (r Role) {
	r.list(f.reading())
	return r
}

// Opening is a role whose console is to open.
type Opening struct {
	Role
	Service string // the name of the one at whose page; empty: at its first
	Pasted  string // the address of a page, or what was searched for, if one may be in it
	Region  string // in which the page is to be; empty: in its own
}

func (o *Opening) list(c Codec) {
	o.Role.list(c)
	c.Text("service", &o.Service)
	c.Text("pasted", &o.Pasted)
	c.Text("region", &o.Region)
}

// Fields gives the message form.
func (o Opening) Fields() Fields {
	c := writing()
	o.list(c)
	return c.fields
}

// OpeningFrom reads the message form.
func OpeningFrom(f Fields) (o Opening) {
	o.list(f.reading())
	return o
}

// Address is a URL by itself.
type Address struct{ URL string }

func (a *Address) list(c Codec) { c.Text("url", &a.URL) }

// Fields gives the message form.
func (a Address) Fields() Fields {
	c := writing()
	a.list(c)
	return c.fields
}

// AddressFrom reads the message form.
func AddressFrom(f Fields) (a Address) {
	a.list(f.reading())
	return a
}

// Shown is a page of a console, as a tab shows one. The zero value is none.
type Shown struct {
	URL       string // as it is shared: without the session that showed it
	Partition string
	Account   string // whose session showed it; empty if the address did not tell
	Region    string // empty if the address names none
	Service   string // as people call it, or as the address does; empty if it is of none
}

func (s *Shown) list(c Codec) {
	c.Text("url", &s.URL)
	c.Text("partition", &s.Partition)
	c.Text("account", &s.Account)
	c.Text("region", &s.Region)
	c.Text("service", &s.Service)
}

// Fields gives the message form.
func (s Shown) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// ShownFrom reads the message form.
func ShownFrom(f Fields) (s Shown) {
	s.list(f.reading())
	return s
}

// Visit tells which popup asks. No two are called the same.
type Visit struct {
	Popup string
	Told  string // keys of Woken of which it shows that they could not be read
}

func (v *Visit) list(c Codec) {
	c.Text("popup", &v.Popup)
	c.Text("told", &v.Told)
}

// Fields gives the message form.
func (v Visit) Fields() Fields {
	c := writing()
	v.list(c)
	return c.fields
}

// VisitFrom reads the message form.
func VisitFrom(f Fields) (v Visit) {
	v.list(f.reading())
	return v
}

// Woken is what an opened popup is told of.
type Woken struct {
	Problem string // what could not be read of what is stored, and what to do about it
	Keys    string // of that, a line each, until a popup has told it
	// Portal, AccountID and RoleName are those of a copy that another popup asked for
	// and did not tell the end of, empty if there is none.
	Portal, AccountID, RoleName string
	Permissions                 string // with which it would have been made, separated by blanks
}

func (w *Woken) list(c Codec) {
	c.Text("problem", &w.Problem)
	c.Text("keys", &w.Keys)
	c.Text("portal", &w.Portal)
	c.Text("accountId", &w.AccountID)
	c.Text("roleName", &w.RoleName)
	c.Text("permissions", &w.Permissions)
}

// Fields gives the message form.
func (w Woken) Fields() Fields {
	c := writing()
	w.list(c)
	return c.fields
}

// WokenFrom reads the message form.
func WokenFrom(f Fields) (w Woken) {
	w.list(f.reading())
	return w
}

// Order is what to copy: a role's short-term credentials, and in which format.
type Order struct {
	Portal    string
	AccountID string
	RoleName  string
	Format    string // an ID of credfmt/list
	Popup     string // which asks
	Typed     string // for what the role was found
}

func (o *Order) list(c Codec) {
	c.Text("portal", &o.Portal)
	c.Text("accountId", &o.AccountID)
	c.Text("roleName", &o.RoleName)
	c.Text("format", &o.Format)
	c.Text("popup", &o.Popup)
	c.Text("typed", &o.Typed)
}

// Fields gives the message form.
func (o Order) Fields() Fields {
	c := writing()
	o.list(c)
	return c.fields
}

// OrderFrom reads the message form.
func OrderFrom(f Fields) (o Order) {
	o.list(f.reading())
	return o
}

// Values are credentials to look at. They are shown and forgotten, as a Copy is.
type Values struct{ AccessKeyID, SecretAccessKey, SessionToken string }

func (v *Values) list(c Codec) {
	c.Text("accessKeyId", &v.AccessKeyID)
	c.Text("secretAccessKey", &v.SecretAccessKey)
	c.Text("sessionToken", &v.SessionToken)
}

// Fields gives the message form.
func (v Values) Fields() Fields {
	c := writing()
	v.list(c)
	return c.fields
}

// ValuesFrom reads the message form.
func ValuesFrom(f Fields) (v Values) {
	v.list(f.reading())
	return v
}

// Secret is a text that a popup has put on the clipboard.
type Secret struct{ Portal, Text string }

func (s *Secret) list(c Codec) {
	c.Text("portal", &s.Portal)
	c.Text("text", &s.Text)
}

// Fields gives the message form.
func (s Secret) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SecretFrom reads the message form.
func SecretFrom(f Fields) (s Secret) {
	s.list(f.reading())
	return s
}

// Told is how a copy ended, of which the person was told.
type Told struct {
	Order
	Done    bool  // it is on the clipboard
	Expires int64 // of what is there, in ms since 1970 on this computer’s clock; 0 if unknown
}

func (t *Told) list(c Codec) {
	t.Order.list(c)
	c.Bool("done", &t.Done)
	c.Int("expires", &t.Expires)
}

// Fields gives the message form.
func (t Told) Fields() Fields {
	c := writing()
	t.list(c)
	return c.fields
}

// ToldFrom reads the message form.
func ToldFrom(f Fields) (t Told) {
	t.list(f.reading())
	return t
}

// Copy is credentials as text for the clipboard. It is handed over and forgotten:
// never stored, never logged.
type Copy struct {
	Text       string
	Replaced   string // variables of which something had to be replaced, separated by blanks
	Expiration int64  // Unix milliseconds, by the portal's clock; 0 if unknown
	Ahead      int64  // of this computer's clock is the portal's, in milliseconds; 0 if about right
}

func (k *Copy) list(c Codec) {
	c.Text("text", &k.Text)
	c.Text("replaced", &k.Replaced)
	c.Int("expiration", &k.Expiration)
	c.Int("ahead", &k.Ahead)
}

// Fields gives the message form.
func (k Copy) Fields() Fields {
	c := writing()
	k.list(c)
	return c.fields
}

// CopyFrom reads the message form.
func CopyFrom(f Fields) (k Copy) {
	k.list(f.reading())
	return k
}

// Owned is a role with what somebody made of it.
type Owned struct {
	Portal, AccountID, RoleName string
	Label                       string // empty for none
	Favourite, Hidden           bool
}

func (o *Owned) list(c Codec) {
	c.Text("portal", &o.Portal)
	c.Text("accountId", &o.AccountID)
	c.Text("roleName", &o.RoleName)
	c.Text("label", &o.Label)
	c.Bool("favourite", &o.Favourite)
	c.Bool("hidden", &o.Hidden)
}

// Fields gives the message form.
func (o Owned) Fields() Fields {
	c := writing()
	o.list(c)
	return c.fields
}

// OwnedFrom reads the message form.
func OwnedFrom(f Fields) (o Owned) {
	o.list(f.reading())
	return o
}

// Text is a text to copy that holds no secret.
type Text struct{ Text string }

func (t *Text) list(c Codec) { c.Text("text", &t.Text) }

// Fields gives the message form.
func (t Text) Fields() Fields {
	c := writing()
	t.list(c)
	return c.fields
}

// TextFrom reads the message form.
func TextFrom(f Fields) (t Text) {
	t.list(f.reading())
	return t
}

// Sample shows what credentials would be copied as.
type Sample struct {
	Text  string // with made-up credentials
	Unset string // what undoes it in a shell; empty if nothing does
}

func (s *Sample) list(c Codec) {
	c.Text("text", &s.Text)
	c.Text("unset", &s.Unset)
}

// Fields gives the message form.
func (s Sample) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SampleFrom reads the message form.
func SampleFrom(f Fields) (s Sample) {
	s.list(f.reading())
	return s
}

// Profiles says for which roles of a portal ~/.aws/config is to have profiles.
type Profiles struct {
	Portal        string
	Account, Role string // patterns; empty: all
	Existing      string // the file as it is
}

func (p *Profiles) list(c Codec) {
	c.Text("portal", &p.Portal)
	c.Text("account", &p.Account)
	c.Text("role", &p.Role)
	c.Text("existing", &p.Existing)
}

// Fields gives the message form.
func (p Profiles) Fields() Fields {
	c := writing()
	p.list(c)
	return c.fields
}

// ProfilesFrom reads the message form.
func ProfilesFrom(f Fields) (p Profiles) {
	p.list(f.reading())
	return p
}

// Config is a file with profiles, or with bookmarks. No secret is in it.
type Config struct {
	Text    string
	Changes string // in which it differs from the file as it was: a sentence a line
}

func (g *Config) list(c Codec) {
	c.Text("text", &g.Text)
	c.Text("changes", &g.Changes)
}

// Fields gives the message form.
func (g Config) Fields() Fields {
	c := writing()
	g.list(c)
	return c.fields
}

// ConfigFrom reads the message form.
func ConfigFrom(f Fields) (g Config) {
	g.list(f.reading())
	return g
}

// Bookmarked tells what a bookmark is called and where it is.
type Bookmarked struct {
	Title  string
	Folder string
	Fresh  bool // false: it was there already
}

func (b *Bookmarked) list(c Codec) {
	c.Text("title", &b.Title)
	c.Text("folder", &b.Folder)
	c.Bool("fresh", &b.Fresh)
}

// Fields gives the message form.
func (b Bookmarked) Fields() Fields {
	c := writing()
	b.list(c)
	return c.fields
}

// BookmarkedFrom reads the message form.
func BookmarkedFrom(f Fields) (b Bookmarked) {
	b.list(f.reading())
	return b
}

// Revoked lists bookmarks of roles that are not granted any more.
type Revoked struct{ List string } // ID <TAB> title a line

func (r *Revoked) list(c Codec) { c.Text("list", &r.List) }

// Fields gives the message form.
func (r Revoked) Fields() Fields {
	c := writing()
	r.list(c)
	return c.fields
}

// RevokedFrom reads the message form.
func RevokedFrom(f Fields) (r Revoked) {
	r.list(f.reading())
	return r
}

// Prune says which of them are to be removed.
type Prune struct{ Portal, IDs string } // IDs with blanks between

func (p *Prune) list(c Codec) {
	c.Text("portal", &p.Portal)
	c.Text("ids", &p.IDs)
}

// Fields gives the message form.
func (p Prune) Fields() Fields {
	c := writing()
	p.list(c)
	return c.fields
}

// PruneFrom reads the message form.
func PruneFrom(f Fields) (p Prune) {
	p.list(f.reading())
	return p
}

// Pruned tells how many were removed.
type Pruned struct{ Count int64 }

func (p *Pruned) list(c Codec) { c.Int("count", &p.Count) }

// Fields gives the message form.
func (p Pruned) Fields() Fields {
	c := writing()
	p.list(c)
	return c.fields
}

// PrunedFrom reads the message form.
func PrunedFrom(f Fields) (p Pruned) {
	p.list(f.reading())
	return p
}

// SignedOut tells whether the portal confirmed that the session is over. The
// extension has forgotten it either way.
type SignedOut struct{ Confirmed bool }

func (s *SignedOut) list(c Codec) {
	c.Bool("confirmed", &s.Confirmed)
}

// Fields gives the message form.
func (s SignedOut) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SignedOutFrom reads the message form.
func SignedOutFrom(f Fields) (s SignedOut) {
	s.list(f.reading())
	return s
}
