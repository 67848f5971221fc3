// Package console builds the links that lead into an account, and knows the pages
// they may lead to: the portal's shortcut links, and pages of the console, which
// come from a service's name or from the address in a tab. No link of this package
// holds a secret: who follows one needs a login at the portal. It opens nothing.
package console

import (
	"portico/internal/portal"
	"portico/ssocore/endpoints"
	"portico/ssocore/percent"
)

// Shortcut gives the portal's link that opens the console in an account and
// role. It rides on the browser's own portal login. Without a role the portal has
// the reader choose one. The zero Page stands for the permission set's relay state,
// or the console's home.
//
// The form is the portal's own ("Create shortcut"):
// <start URL>/#/console?account_id=…&role_name=…&destination=…
//
// There is no link from anything that is no portal's page, to no account, or to a
// page of another partition than the portal's: it gives "" then.
func Shortcut(p portal.Portal, accountID, roleName string, to Page) string {
	page := p.Page()
	if page == "" || accountID == "" || to != (Page{}) && to.Partition != endpoints.PartitionOf(p.Region) {
		return ""
	}
	link := page + "/#/console?account_id=" + percent.Encode(accountID)
	if roleName != "" {
		link += "&role_name=" + percent.Encode(roleName)
	}
	if url := to.URL(); url != "" {
		link += "&destination=" + percent.Encode(url)
	}
	return link
}
