package message

import "strings"

// ManagedKey is where in the local area [Managed] is.
const ManagedKey = "managed"

// Managed is what the organisation that manages the browser wants, as far as it can
// hold, and what became of it here.
type Managed struct {
	Portals  string // offered to be added: start URL <TAB> region a line
	Settings string // [Fields.Text] of settings: these hold until somebody chooses otherwise
	Locked   string // names of settings, with blanks between, that nobody may change
	Own      string // [Fields.Text] of what was chosen here in place of locked ones
	Wrong    string // what can't hold of the policy, a sentence a line
}

func (m *Managed) list(c Codec) {
	c.Text("portals", &m.Portals)
	c.Text("settings", &m.Settings)
	c.Text("locked", &m.Locked)
	c.Text("own", &m.Own)
	c.Text("wrong", &m.Wrong)
}

// Text gives the stored form.
func (m Managed) Text() string { return FieldsOf(m.list).Text() }

// ParseManaged reads the stored form.
func ParseManaged(text string) (m Managed) {
	ParseText(text).Read(m.list)
	return m
}

// Locks tells whether nobody may change a setting.
func (m Managed) Locks(name string) bool {
	for _, locked := range strings.Fields(m.Locked) {
		if locked == name {
			return true
		}
	}
	return false
}

// Onto gives the settings that hold once m is in the place of was, and m with what was
// chosen here in place of what is locked. A person's choice is what differs from what
// was wanted before: it stays, and comes back once it is locked no more.
func (m Managed) Onto(was Managed, s Settings) (Settings, Managed) {
	wanted, before, kept, own := ParseText(m.Settings), ParseText(was.Settings), ParseText(was.Own), Fields{}
	all := s.Fields()
	for name, mine := range all {
		base := before[name]
		if was.Locks(name) {
			mine = base
			if chosen, ok := kept[name]; ok {
				mine = strings.TrimPrefix(chosen, ownMark)
			}
		}
		if mine != base && m.Locks(name) {
			own[name] = ownMark + mine
		}
		if mine == base || m.Locks(name) {
			mine = wanted[name]
		}
		all[name] = mine
	}
	m.Own = own.Text()
	return SettingsFrom(all), m
}

// ownMark stands before each choice in Managed.Own, of which one may be the empty one.
const ownMark = "="
