package palette

import (
	"strings"

	"portico/internal/console/jump"
	"portico/internal/message"
	"portico/internal/words"
	"portico/ssocore/endpoints"
)

// A search may end in a service, or in a Region, or in both: payments-prod s3 eu-west-1.
// Then the rows are those of what stands before it, and a console opens at the service's
// page, there. The worker makes that page of the service's name.

// jump splits a query by which nothing is found as it stands, other than by a guess,
// if something is by what stands before a service or a Region: no word is taken from an
// account or a role. A Region alone is for the account that the tab shows.
func (m *Model) jump() {
	rest, region := m.splitRegion()
	if before, service := jump.Split(rest); service != "" && m.jumped(before, service, region) {
		return
	}
	if region != "" && m.jumped(rest, "", region) {
		return
	}
	m.index.Search(m.query, nil) // which is asked for what it matched
}

func (m *Model) jumped(terms, service, region string) bool {
	hits := m.index.Search(terms, nil)
	found := m.index.Found()
	if len(hits) == 0 || found.Guess {
		return false
	}
	m.hits, m.found, m.terms, m.service, m.region = hits, found, terms, service, region
	return true
}

// splitRegion takes a last word off the query that is a Region of the portal's
// partition.
func (m *Model) splitRegion() (rest, region string) {
	words := strings.Fields(m.query)
	if len(words) == 0 {
		return "", ""
	}
	last := len(words) - 1
	if r, ok := endpoints.LookupRegion(strings.ToLower(words[last])); !ok || r.Partition != m.partition() {
		return m.query, ""
	}
	if region = strings.ToLower(words[last]); last > 0 {
		return strings.Join(words[:last], " "), region
	}
	if _, ok := m.thisTab(); ok && m.tab.Account != "" {
		return m.tab.Account, region
	}
	return m.query, ""
}

// place is where a console opens by what was searched for; empty if that does not tell.
func (m *Model) place() string { return beside(m.service, m.region) }

// placeOf is where a console was asked to open.
//
//go:noinline
func placeOf(s Send) string { return beside(s.Fields["service"], s.Fields["region"]) }

// at names a row in a sentence, with the place at which its console opens.
func at(place, row string) string {
	if place == "" {
		return row
	}
	return words.ServiceIn.With(place, row)
}

// goal is what opens a console at the place that was searched for.
func (m *Model) goal() message.Opening {
	return message.Opening{Service: m.service, Pasted: m.pasted(), Region: m.region}
}

// pasted is the query, if it may hold the address of a console's page: then the
// console opens there, as far as the worker knows it for one.
func (m *Model) pasted() string {
	if strings.Contains(m.query, "://") {
		return m.query
	}
	return ""
}

// misplaced tells whether credentials are asked for where a console is searched, and
// of several roles: the last word may have been meant for one that is not there.
func (m *Model) misplaced(s Send) bool {
	return m.place() != "" && len(m.hits) > 1 && (s.Type == message.CredentialsCopy || s.Type == message.CredentialsShow)
}
