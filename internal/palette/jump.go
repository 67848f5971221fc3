package palette

import (
	"strings"

	"portico/internal/console/jump"
	"portico/internal/message"
	"portico/internal/words"
)

// A search may end in a service: payments-prod s3. Then the rows are those of what
// stands before it, and a console opens at the service's page. The worker makes that
// page of the service's name.

// jump splits a query by which nothing is found as it stands, other than by a guess,
// if something is by what stands before a service: no word is taken from an account
// or a role.
func (m *Model) jump() {
	rest, service := jump.Split(m.query)
	if service == "" {
		return
	}
	hits := m.index.Search(rest, nil)
	if found := m.index.Found(); len(hits) > 0 && !found.Guess {
		m.hits, m.found, m.terms, m.service = hits, found, rest, service
		return
	}
	m.index.Search(m.query, nil) // which is asked for what it matched
}

// at names a row in a sentence, with the page that its console opens at.
func at(service, row string) string {
	if service == "" {
		return row
	}
	return words.ServiceIn.With(service, row)
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
	return m.service != "" && len(m.hits) > 1 && (s.Type == message.CredentialsCopy || s.Type == message.CredentialsShow)
}
