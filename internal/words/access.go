package words

import "portico/internal/message"

// BrowserAsks says that the browser's question comes now.
const BrowserAsks = "The browser asks: choose Allow. This window closes and comes back."

// NeedsHosts says that the browser has yet to let us reach a portal.
func NeedsHosts(origins string) *message.Error {
	e := failed("NeedsHosts", message.NeedsAccess, noHosts, "Sign in and choose Allow: this window closes and comes back.")
	e.Origins = origins
	return e
}

// NeedsHostsToAdd says so before the portal is added.
func NeedsHostsToAdd() *message.Error {
	return failed("NeedsHostsToAdd", message.NeedsAccess, noHosts, "Add it once more and choose Allow: this window closes and comes back.")
}

// NeedsBookmarks says that the browser has yet to let us keep bookmarks.
func NeedsBookmarks(permission string) *message.Error {
	e := failed("NeedsBookmarks", message.NeedsAccess, noBookmarks, chooseAllow)
	e.Permissions = permission
	return e
}

const (
	noHosts     = "Portico has no access to this portal yet."
	noBookmarks = "Portico has no access to bookmarks yet."
)

// What is said to somebody who told the browser not to.
const (
	HostsRefused     = noHosts + " " + chooseAllow
	BookmarksRefused = noBookmarks + " " + chooseAllow
)
