package message

import (
	"strings"

	"portico/internal/pattern"
)

// Settings are what a person chose for all portals. An empty one was not chosen.
type Settings struct {
	CopyFormat string // ID of the format of credfmt/list that credentials are copied in
	Consent    string // the version of what was agreed to: [ConsentVersion], or an older one
	PinTold    string // not empty: it was suggested to pin the toolbar button
	CopyTold   string // not empty: it was offered to finish copies without the popup

	// How credentials are written; credfmt.Options says what each does.
	Region                                              string
	NoExpiry, Names, OneLine, LeadingSpace, KeepProfile bool
	Profile, Template, Shell                            string
	Rules                                               string // for some roles: a [Rule] a line

	// Which roles are to be used with care.
	Unguarded bool   // what is called production is not guarded for that
	Guarded   string // a [pattern.Pattern] a line: these are guarded, too
	Spared    string // these never are
	SecondKey bool   // a guarded role takes a second key press

	// Portals are what portals are called here, and their colours: ID, name and one of
	// [Colours] of each, with tabs between, a line each. Name and colour may be empty.
	Portals string

	NoUses       bool // what was used is not remembered, and does not come first
	SignInByCode bool // sign in by a code that is compared, not by a page that leads back

	CloseAfterCopy bool // the popup closes once it has copied

	SayEnd bool // the toolbar button counts the last minutes of a session

	StaySignedIn bool // sessions outlive the browser: they are kept on the disk

	ListAfter  string // hours after which an opened popup has a list made anew; empty: 12, 0: never
	LockAfter  string // minutes without a hand on the computer after which, and when it is locked, sessions are forgotten; empty: never
	ForgetList bool   // signing out forgets the list of accounts and roles, too
	ClearAfter string // seconds after which a copy is taken off the clipboard; empty: never
}

// ConsentVersion is that of what people agree to before the first sign-in: what is
// handled, and where it goes. It changes with the meaning of that, which is said anew
// then (popup.html has it, too).
const ConsentVersion = "1"

func (s *Settings) list(c Codec) {
	c.Text("copyFormat", &s.CopyFormat)
	c.Text("consent", &s.Consent)
	c.Text("pinTold", &s.PinTold)
	c.Text("copyTold", &s.CopyTold)
	c.Text("region", &s.Region)
	c.Bool("noExpiry", &s.NoExpiry)
	c.Bool("names", &s.Names)
	c.Bool("oneLine", &s.OneLine)
	c.Bool("leadingSpace", &s.LeadingSpace)
	c.Bool("keepProfile", &s.KeepProfile)
	c.Text("profile", &s.Profile)
	c.Text("template", &s.Template)
	c.Text("shell", &s.Shell)
	c.Text("rules", &s.Rules)
	c.Bool("unguarded", &s.Unguarded)
	c.Text("guarded", &s.Guarded)
	c.Text("spared", &s.Spared)
	c.Bool("secondKey", &s.SecondKey)
	c.Text("portals", &s.Portals)
	c.Bool("noUses", &s.NoUses)
	c.Bool("signInByCode", &s.SignInByCode)
	c.Bool("closeAfterCopy", &s.CloseAfterCopy)
	c.Bool("sayEnd", &s.SayEnd)
	c.Text("listAfter", &s.ListAfter)
	c.Bool("staySignedIn", &s.StaySignedIn)
	c.Text("lockAfter", &s.LockAfter)
	c.Bool("forgetList", &s.ForgetList)
	c.Text("clearAfter", &s.ClearAfter)
}

// Fields gives the message form.
func (s Settings) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SettingsFrom reads the message form.
func SettingsFrom(f Fields) (s Settings) {
	s.list(f.reading())
	return s
}

// Text gives the stored form.
func (s Settings) Text() string { return s.Fields().Text() }

// ParseSettings reads the stored form.
func ParseSettings(text string) Settings { return SettingsFrom(ParseText(text)) }

// Changes gives what has become another since was.
func (s Settings) Changes(was Settings) Fields {
	before, changes := was.Fields(), Fields{}
	for name, value := range s.Fields() {
		if before[name] != value {
			changes[name] = value
		}
	}
	return changes
}

// With gives the settings after changes: what is absent of those stays as it is.
func (s Settings) With(changes Fields) Settings {
	f := s.Fields()
	for name := range f {
		if value, changed := changes[name]; changed {
			f[name] = value
		}
	}
	return SettingsFrom(f)
}

// Guard tells which roles are to be used with care.
func (s Settings) Guard() pattern.Guard {
	return pattern.Guard{Production: !s.Unguarded, Patterns: patterns(s.Guarded), Except: patterns(s.Spared)}
}

// patterns reads patterns, one a line.
func patterns(text string) []pattern.Pattern {
	var all []pattern.Pattern
	for line := range strings.Lines(text) {
		if p := pattern.Parse(line); p != (pattern.Pattern{}) {
			all = append(all, p)
		}
	}
	return all
}

// Rule is what is chosen for some roles alone. What is empty of it is chosen
// elsewhere.
type Rule struct {
	For    pattern.Pattern
	Format string // ID
	Region string
	Page   string // at which their consoles open: a service’s name, or an address
}

// ParseRules reads what Settings.Rules has: `portal’s ID <TAB> account
// <TAB> role <TAB> format <TAB> region [<TAB> page]` a line. Lines of another form are
// passed over.
func ParseRules(text string) []Rule {
	var all []Rule
	for line := range strings.Lines(text) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 5 || len(f) == 6 {
			all = append(all, Rule{pattern.Pattern{Portal: f[0], Account: f[1], Role: f[2]}, f[3], f[4], strings.Join(f[5:], "")})
		}
	}
	return all
}

// For gives what is chosen for a role: by the most specific rule that chooses it, of
// equals the later one, else for all. Format and Page may be empty.
func (s Settings) For(r pattern.Role) Rule {
	chosen := Rule{Format: s.CopyFormat, Region: s.Region}
	var format, region, page pattern.Pattern // of the rules that chose so far
	for _, rule := range ParseRules(s.Rules) {
		if !rule.For.Matches(r) {
			continue
		}
		if rule.Format != "" && !rule.For.Less(format) {
			chosen.Format, format = rule.Format, rule.For
		}
		if rule.Region != "" && !rule.For.Less(region) {
			chosen.Region, region = rule.Region, rule.For
		}
		if rule.Page != "" && !rule.For.Less(page) {
			chosen.Page, page = rule.Page, rule.For
		}
	}
	return chosen
}

// Colours are those that a portal can have: AWS's own for accounts.
var Colours = []string{"pink", "purple", "darkBlue", "lightBlue", "teal", "green", "yellow", "orange", "red"}

// Portal tells what the portal of an ID is called here, and its colour; both may be
// empty.
func (s Settings) Portal(id string) (name, colour string) {
	for line := range strings.Lines(s.Portals) {
		if own, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); own == id {
			name, colour, _ = strings.Cut(rest, "\t")
			return name, colour
		}
	}
	return "", ""
}
