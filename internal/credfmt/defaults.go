package credfmt

import (
	"slices"

	"portico/internal/credfmt/list"
	"portico/internal/pattern"
)

// Choice is what is chosen of a format and its options. What is empty of it is
// chosen elsewhere.
type Choice struct {
	Format string // an ID of list
	Region string

	Expiry, Names, OneLine, LeadingSpace, KeepProfile Switch

	Profile         string // template of the profile's name
	Template, Shell string // chosen together
}

// Switch is an option that is on, off or not chosen.
type Switch uint8

// The positions of a Switch.
const (
	Open Switch = iota
	On
	Off
)

// Rule is what is chosen for some roles.
type Rule struct {
	For pattern.Pattern
	Choice
}

// Defaults say in which format, and how, the credentials of a role are copied. Each
// option is that of the most specific rule that chooses it, of the later one of
// equals ([pattern.Pattern.Less]); where none does, that of Choice, and else the
// first format with an expiry.
type Defaults struct {
	Choice
	Rules []Rule
}

// Of gives the ID of a format, and the options, for a role.
func (d Defaults) Of(r pattern.Role) (format string, o Options) {
	c := Choice{Format: list.Formats()[0].ID, Expiry: On}
	c.take(d.Choice)
	for _, rule := range d.matching(r) {
		c.take(rule.Choice)
	}
	return c.Format, Options{c.Region, c.Expiry == On, c.Names == On, c.OneLine == On, c.LeadingSpace == On, c.KeepProfile == On, c.Profile, c.Template, c.Shell}
}

// matching gives the rules that are for a role, the most specific last.
func (d Defaults) matching(r pattern.Role) []Rule {
	var all []Rule
	for _, rule := range d.Rules {
		if rule.For.Matches(r) {
			all = append(all, rule)
		}
	}
	slices.SortStableFunc(all, func(a, b Rule) int {
		switch {
		case a.For.Less(b.For):
			return -1
		case b.For.Less(a.For):
			return 1
		}
		return 0
	})
	return all
}

// take takes what other chooses.
func (c *Choice) take(other Choice) {
	take(&c.Format, other.Format)
	take(&c.Region, other.Region)
	take(&c.Expiry, other.Expiry)
	take(&c.Names, other.Names)
	take(&c.OneLine, other.OneLine)
	take(&c.LeadingSpace, other.LeadingSpace)
	take(&c.KeepProfile, other.KeepProfile)
	take(&c.Profile, other.Profile)
	if other.Template != "" {
		c.Template, c.Shell = other.Template, other.Shell
	}
}

func take[T comparable](value *T, other T) {
	var none T
	if other != none {
		*value = other
	}
}
