// Package console builds the links that lead into an account: the portal's
// shortcut links. No link of this package holds a secret: who follows one needs
// a login at the portal.
package console

import (
	"strings"

	"portico/ssocore/percent"
)

// Shortcut gives the portal's link that opens the console in an account and
// role. It rides on the browser's own portal login. startURL is normalised (no
// trailing slash); destination is a console URL to land on, or empty for the
// permission set's relay state or the console's home.
//
// The form is the portal's own ("Create shortcut"):
// <start URL>/#/console?account_id=…&role_name=…&destination=…
//
// There is no link from anything that is no portal's page: it gives "" then.
func Shortcut(startURL, accountID, roleName, destination string) string {
	if !isPage(startURL) {
		return ""
	}
	link := startURL + "/#/console?account_id=" + percent.Encode(accountID) + "&role_name=" + percent.Encode(roleName)
	if destination != "" {
		link += "&destination=" + percent.Encode(destination)
	}
	return link
}

// isPage tells whether a start URL can be a portal's page: at any host by https, at
// this computer by http, or of the extension, where the demo organisation is.
func isPage(startURL string) bool {
	for i := range len(startURL) {
		if c := startURL[i]; c <= ' ' || c == 0x7f || c == '\\' {
			return false
		}
	}
	scheme, rest, _ := strings.Cut(startURL, "://")
	host, path, _ := strings.Cut(rest, "/")
	switch {
	case host == "" || strings.ContainsAny(host, "@?#"):
		return false
	case strings.HasSuffix(scheme, "-extension"):
		return path == "demo/portal.html#"
	case scheme == "http":
		return isLoopback(host)
	}
	return scheme == "https"
}

func isLoopback(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return name == "localhost" || name == "127.0.0.1" || strings.HasPrefix(host, "[::1]")
}
