// Package console builds the links that lead into an account: the portal's
// shortcut links. No link of this package holds a secret: who follows one needs
// a login at the portal.
package console

import (
	"portico/internal/portal"
	"portico/ssocore/percent"
)

// Shortcut gives the portal's link that opens the console in an account and
// role. It rides on the browser's own portal login. destination is a console URL
// to land on, or empty for the permission set's relay state or the console's home.
//
// The form is the portal's own ("Create shortcut"):
// <start URL>/#/console?account_id=…&role_name=…&destination=…
//
// There is no link from anything that is no portal's page: it gives "" then.
func Shortcut(p portal.Portal, accountID, roleName, destination string) string {
	page := p.Page()
	if page == "" {
		return ""
	}
	link := page + "/#/console?account_id=" + percent.Encode(accountID) + "&role_name=" + percent.Encode(roleName)
	if destination != "" {
		link += "&destination=" + percent.Encode(destination)
	}
	return link
}
