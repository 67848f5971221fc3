// Package awsconfig writes ~/.aws/config: a portal's sso-session, and a profile for
// each of its roles. It adds them to a file that there is, and says what it would
// change. It knows no secret, and what is not its own it leaves as it is, to the
// byte.
package awsconfig

import (
	"errors"
	"strconv"
	"strings"

	"portico/internal/profile"
)

// Wanted is what a file is to have.
type Wanted struct {
	Session  string // what the sso-session is to be called, such as the portal's name
	StartURL string
	Region   string // the portal's
	Roles    []Role
	Names    profile.Template
	// Among are all roles of the portal, Roles among them or not: profiles are named
	// among those, so that names stay when only some roles are wanted.
	Among []profile.Role
}

// Role is a role that is to have a profile.
type Role struct {
	profile.Role
	Region string // the profile's; empty: none is written
}

// Kind is what is done.
type Kind uint8

// What is done with a section, or not.
const (
	Added   Kind = iota + 1 // it is new
	Changed                 // a value of it is another
	Present                 // all is there already
	Skipped                 // the file can't hold the role, or its region
)

// Change is one thing that is done.
type Change struct {
	Kind    Kind
	Section string // as it stands in the file, without brackets; empty if Skipped
	Role    Role   // whose profile it is; none for an sso-session
	// Instead is what a new profile would be called, were it not that somebody else's
	// is, or another role's.
	Instead string
	// Key, Old and New are what is changed; Old is empty if there was none.
	Key, Old, New string
}

// ErrPortal is that of a portal whose address or region no file can hold.
var ErrPortal = errors.New("awsconfig: the file can not hold the portal's address or region")

// Merge adds to a file what is wanted; to an empty one, all of it. It gives the new
// file, and what is done, in the order of Roles. Merging again changes nothing.
//
// The sso-session is that with the same start URL and region, if there is one,
// whatever it is called. A profile is the role's if it names that session, or another
// of the same start URL and region, account and role and no other source of
// credentials; of it nothing is changed but the
// region. Everything else is somebody's own: it is not touched, and its names are
// not used.
func Merge(text string, w Wanted) (string, []Change, error) {
	if !isPrintable(w.StartURL) || !isRegion(w.Region) {
		return "", nil, ErrPortal
	}
	m := merging{file: parse(text), Wanted: &w, names: map[string]bool{}, ours: map[string]bool{}}
	for _, s := range m.sections {
		if s.kind == profiles {
			m.names[s.name] = true
		}
	}
	m.findSession()
	if m.addSession {
		m.file.add(sessions, m.session, [2]string{"sso_start_url", w.StartURL}, [2]string{"sso_region", w.Region},
			[2]string{"sso_registration_scopes", "sso:account:access"})
		m.done(Change{Kind: Added, Section: sessions + " " + m.session})
	} else {
		m.done(Change{Kind: Present, Section: sessions + " " + m.session})
	}
	m.roles()
	return m.file.text(), m.changes, nil
}

type merging struct {
	*file
	*Wanted
	names      map[string]bool // of the profiles in the file
	session    string
	ours       map[string]bool // the sessions of the portal in the file: there may be several
	addSession bool
	changes    []Change
}

func (m *merging) done(c Change) { m.changes = append(m.changes, c) }

// findSession finds the portal's sso-session, or a name for one.
func (m *merging) findSession() {
	wanted := profile.Slug(m.Session)
	if wanted == "" {
		wanted = "portico"
	}
	taken := map[string]bool{}
	for _, s := range m.sections {
		// A profile of a session that there is not would become the new one's.
		taken[s.entries["sso_session"].value] = true
		if s.kind != sessions {
			continue
		}
		taken[s.name] = true
		if s.foreign || !sameURL(s.entries["sso_start_url"].value, m.StartURL) || s.entries["sso_region"].value != m.Region {
			continue
		}
		m.ours[s.name] = true
		if m.session == "" || s.name == wanted {
			m.session = s.name
		}
	}
	if m.session != "" {
		return
	}
	m.addSession, m.session = true, wanted
	for n := 2; taken[m.session]; n++ {
		m.session = wanted + "-" + strconv.Itoa(n)
	}
}

// sameURL tells whether two start URLs are of one portal.
func sameURL(a, b string) bool {
	trim := func(s string) string { return strings.TrimRight(s, "/#") }
	return trim(a) == trim(b)
}

// key is what a role is found by.
type key struct{ account, role string }

// own finds the profiles of the portal's roles.
func (m *merging) own() map[key]*section {
	own := map[key]*section{}
	for i := range m.sections {
		s := &m.sections[i]
		if s.kind != profiles || s.foreign || !m.ours[s.entries["sso_session"].value] || s.otherSource() {
			continue
		}
		k := key{s.entries["sso_account_id"].value, s.entries["sso_role_name"].value}
		if own[k] == nil || own[k].entries["sso_session"].value != m.session && s.entries["sso_session"].value == m.session {
			own[k] = s
		}
	}
	return own
}

// otherSource tells whether a profile gets its credentials by other means, too.
func (s *section) otherSource() bool {
	for _, k := range []string{"role_arn", "source_profile", "credential_source", "credential_process", "login_session",
		"web_identity_token_file", "aws_access_key_id", "sso_start_url"} {
		if _, has := s.entries[k]; has {
			return true
		}
	}
	return false
}

// roles adds what profiles there are not, and changes the regions of those there
// are.
func (m *merging) roles() {
	own := map[key]*section{}
	if !m.addSession {
		own = m.own()
	}
	names, wanted := m.named(own)
	written := map[key]bool{}
	for i, r := range m.Roles {
		k := key{r.AccountID, r.RoleName}
		switch {
		case written[k]:
		case !isAccountID(r.AccountID) || !isRoleName(r.RoleName) || r.Region != "" && !isRegion(r.Region):
			m.done(Change{Kind: Skipped, Role: r})
		case own[k] != nil:
			m.update(own[k], r)
		default:
			m.addProfile(names[i], wanted[i], r)
		}
		written[k] = true
	}
}

// named gives the names of new profiles, by the index of their role, and what they
// would be called in an empty file.
func (m *merging) named(own map[key]*section) (names, wanted []string) {
	all := make([]profile.Role, 0, len(m.Roles)+len(m.Among))
	for _, r := range m.Roles {
		all = append(all, r.Role)
	}
	all = append(all, m.Among...)
	wanted = m.Names.Names(all, nil)
	names = wanted
	taken := map[string]bool{}
	for again := true; again; {
		again = false
		for i, r := range m.Roles {
			if name := names[i]; own[key{r.AccountID, r.RoleName}] == nil && m.names[name] && !taken[name] {
				taken[name], again = true, true
			}
		}
		if again {
			names = m.Names.Names(all, taken)
		}
	}
	return names, wanted
}

func (m *merging) update(s *section, r Role) {
	c := Change{Kind: Present, Section: profiles + " " + s.name, Role: r}
	old, has := s.entries["region"]
	switch {
	case r.Region == "" || old.value == r.Region:
	case has:
		m.set(old, r.Region)
		c.Kind, c.Key, c.Old, c.New = Changed, "region", old.value, r.Region
	default:
		last := s.entries["sso_session"]
		for _, k := range []string{"sso_account_id", "sso_role_name"} {
			if e := s.entries[k]; e.line > last.line {
				last = e
			}
		}
		m.insert(last, "region", r.Region)
		c.Kind, c.Key, c.New = Changed, "region", r.Region
	}
	m.done(c)
}

func (m *merging) addProfile(name, wanted string, r Role) {
	entries := [][2]string{{"sso_session", m.session}, {"sso_account_id", r.AccountID}, {"sso_role_name", r.RoleName}}
	if r.Region != "" {
		entries = append(entries, [2]string{"region", r.Region})
	}
	m.file.add(profiles, name, entries...)
	c := Change{Kind: Added, Section: profiles + " " + name, Role: r}
	if wanted != name {
		c.Instead = wanted
	}
	m.done(c)
}

// isAccountID tells whether a text is an account ID.
func isAccountID(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// isRoleName tells whether a text can be the name of a role: IAM's names have up to
// 64 of these characters. They have to be exact, so others are not replaced.
func isRoleName(s string) bool {
	return s != "" && len(s) <= 64 && strings.IndexFunc(s, func(r rune) bool {
		lower := r | 0x20
		return !('a' <= lower && lower <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("_+=,.@-", r))
	}) < 0
}

// isRegion tells whether a text can be the name of a region.
func isRegion(s string) bool {
	return s != "" && len(s) <= 63 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// isPrintable tells whether a text is one word of visible ASCII.
func isPrintable(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
