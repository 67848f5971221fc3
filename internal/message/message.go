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
	Wake           Type = "wake"            // none -> Woken; the popup opened: resume what is pending
	PortalAdd      Type = "portal.add"      // NewPortal -> Access; add a portal, or correct one
	PortalRemove   Type = "portal.remove"   // PortalRef -> none
	PortalUse      Type = "portal.use"      // PortalRef -> none; make it the one shown
	SignInStart    Type = "signin.start"    // PortalRef -> none
	SignInOpen     Type = "signin.open"     // PortalRef -> none; opens the page that approves the code
	SignInCancel   Type = "signin.cancel"   // PortalRef -> none
	SyncStart      Type = "sync.start"      // PortalRef -> none
	SyncRetry      Type = "sync.retry"      // PortalRef -> none; list the accounts that failed
	CredentialsGet Type = "credentials.get" // Role -> Credentials
	ConsoleOpen    Type = "console.open"    // Role -> none
	BookmarkAdd    Type = "bookmark.add"    // Role -> Bookmarked
	SignOut        Type = "signout"         // PortalRef -> SignedOut
	SettingsSet    Type = "settings.set"    // Settings -> none; changes those that are not empty
)

// Fields is a flat set of named texts: arguments, results and stored state.
type Fields map[string]string

// PortalRef names a portal that was added, by its ID.
type PortalRef struct{ Portal string }

// Fields gives the message form.
func (p PortalRef) Fields() Fields { return Fields{"portal": p.Portal} }

// PortalRefFrom reads the message form.
func PortalRefFrom(f Fields) PortalRef { return PortalRef{f["portal"]} }

// NewPortal is what a person says of a portal.
type NewPortal struct {
	Portal   string // ID of the portal that is to be corrected; empty to add one
	StartURL string // as typed
	Region   string // may be empty where the start URL names it
}

// Fields gives the message form.
func (p NewPortal) Fields() Fields {
	return Fields{"portal": p.Portal, "startUrl": p.StartURL, "region": p.Region}
}

// NewPortalFrom reads the message form.
func NewPortalFrom(f Fields) NewPortal { return NewPortal{f["portal"], f["startUrl"], f["region"]} }

// Access is what a portal needs to be reached: the popup asks the person for it,
// since the browser lets only a click ask.
type Access struct {
	Portal  string
	Origins string // match patterns, separated by blanks
}

// Fields gives the message form.
func (a Access) Fields() Fields { return Fields{"portal": a.Portal, "origins": a.Origins} }

// AccessFrom reads the message form.
func AccessFrom(f Fields) Access { return Access{f["portal"], f["origins"]} }

// Role names one role in one account of a portal.
type Role struct {
	Portal    string
	AccountID string
	RoleName  string
}

// Fields gives the message form.
func (r Role) Fields() Fields {
	return Fields{"portal": r.Portal, "accountId": r.AccountID, "roleName": r.RoleName}
}

// RoleFrom reads the message form.
func RoleFrom(f Fields) Role { return Role{f["portal"], f["accountId"], f["roleName"]} }

// Woken is what an opened popup is told of.
type Woken struct {
	Problem string // what could not be read of what is stored, and what to do about it
}

// Fields gives the message form.
func (w Woken) Fields() Fields { return Fields{"problem": w.Problem} }

// WokenFrom reads the message form.
func WokenFrom(f Fields) Woken { return Woken{f["problem"]} }

// Credentials are a role's short-term credentials. They are handed over and
// forgotten: never stored, never logged.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expiration      int64 // Unix milliseconds, by the portal's clock; 0 if unknown
	Ahead           int64 // of this computer's clock is the portal's, in milliseconds; 0 if about right
}

// Fields gives the message form.
func (c Credentials) Fields() Fields {
	return Fields{"accessKeyId": c.AccessKeyID, "secretAccessKey": c.SecretAccessKey,
		"sessionToken": c.SessionToken, "expiration": FormatInt(c.Expiration),
		"ahead": FormatInt(c.Ahead)}
}

// CredentialsFrom reads the message form.
func CredentialsFrom(f Fields) Credentials {
	return Credentials{f["accessKeyId"], f["secretAccessKey"], f["sessionToken"], ParseInt(f["expiration"]), ParseInt(f["ahead"])}
}

// Bookmarked tells what a bookmark is called and where it is.
type Bookmarked struct {
	Title  string
	Folder string
	Fresh  bool // false: it was there already
}

// Fields gives the message form.
func (b Bookmarked) Fields() Fields {
	return Fields{"title": b.Title, "folder": b.Folder, "fresh": FormatBool(b.Fresh)}
}

// BookmarkedFrom reads the message form.
func BookmarkedFrom(f Fields) Bookmarked {
	return Bookmarked{f["title"], f["folder"], ParseBool(f["fresh"])}
}

// SignedOut tells whether the portal confirmed that the session is over. The
// extension has forgotten it either way.
type SignedOut struct{ Confirmed bool }

// Fields gives the message form.
func (s SignedOut) Fields() Fields { return Fields{"confirmed": FormatBool(s.Confirmed)} }

// SignedOutFrom reads the message form.
func SignedOutFrom(f Fields) SignedOut { return SignedOut{ParseBool(f["confirmed"])} }
