package words

import "portico/internal/message"

// NotGranted says that the portal refuses a role: the real service says so too of
// what was assigned after the session began.
func NotGranted() *message.Error {
	return failed("NotGranted", message.NotAssigned, "The portal does not grant you this role.", "If it was assigned to you a moment ago, start a fresh session, in the menu. Otherwise refresh the list.")
}

// NotGrantedAnyMore says that a role is gone.
func NotGrantedAnyMore() *message.Error {
	return failed("NotGrantedAnyMore", message.NotAssigned, "The portal does not grant you this role any more.", "Refresh the list.")
}

// Account names an account, so that nobody has to guess which of two of like names
// it is.
const Account Form = "%1 (%2)"

// Row names a row in a sentence.
const Row Form = Account + ", %3"

// Fetching says that credentials of a row are on their way.
const Fetching Form = "Fetching credentials: %1 …"

// Guarded names a row that is to be used with care.
const Guarded Form = "Guarded: %1"

// What a guarded row needs a second key press for.
const (
	AgainToCopy Form = Guarded + ". Press again to copy its credentials."
	AgainToShow Form = Guarded + ". Press again to show its credentials."
	AgainToOpen Form = Guarded + ". Press again to open its console."
)

// What a search that ends in a service leads to.
const (
	// ServiceIn names a service's page in a row's account.
	ServiceIn Form = "%1 in %2"
	// AgainForCredentials says why nothing was copied yet.
	AgainForCredentials Form = "%2 is in the console. Press again for credentials of %1."
)

// What can be done with the page of a console that the tab shows.
const (
	// OpenThisTab offers to open it, named by its service and Region.
	OpenThisTab Form = "Open this tab’s page: %1"
	ConsoleHome      = "console home"
	LinkCopied  Form = "Copied the console link: %1."
	// LinkForAnyone says so of a link to an account, without a role.
	LinkForAnyone Form = "Copied the console link: %1. Whoever opens it chooses the role."
)

// Bookmarking says that a row's bookmark is being made.
const Bookmarking Form = "Bookmarking: %1 …"

// OpeningConsole says that a row's console is being opened.
const OpeningConsole Form = "Opening the console: %1 …"

// ConsoleOpened says that a row's console is open.
const ConsoleOpened Form = "Console opened: %1."

// Bookmarked says that there is a bookmark now.
const Bookmarked Form = "Bookmarked " + inFolder

// BookmarkFolder is what the folder of a portal is called.
const BookmarkFolder Form = "Portico · %1"

// NoBookmarks says that there is nothing to hand over.
func NoBookmarks() *message.Error {
	return failed("NoBookmarks", message.InvalidInput, "Nothing of this portal is bookmarked.", "Bookmark roles in the popup first.")
}

// RevokedMark comes before the title of a bookmark whose role is not granted any more.
const RevokedMark = "(revoked) "

// BookmarkedAlready says that there was one.
const BookmarkedAlready Form = "Bookmarked already: " + inFolder

const inFolder = "“%1” in “%2”."

// What is in the clipboard: for which format's shell, of which row, at which portal
// and, if that is known, until when it is of use.
const (
	Copied      Form = "Copied for %1: %2 at %3."
	CopiedUntil Form = "Copied for %1: %2 at %3, until %4."
	Replaced    Form = " “_” stands for what %1 can’t hold there."
)

// How long what was copied last is still of use, beside its row.
const (
	CopyLasts    Form = "copied, %1 left"
	CopyEndsSoon Form = "%1 left, copy again"
	CopyEnded         = "ended, copy again"
)

// What a popup did not live to copy. The keys may act on the row that is named.
const (
	CopyMissed     Form = "Not copied: %1. The window was closed too soon."
	CopyMissedHere Form = "Not copied: %1. The window was closed too soon: press Enter to copy it now."
)

// What is offered once, after a copy was missed.
const (
	FinishCopies     = "Portico can finish a copy after its window has closed, if the browser lets it write the clipboard."
	AllowFinishing   = "Allow"
	FinishingRefused = "Nothing changes: copies are made while this window is open."
	FinishingAllowed = "From now on copies are finished, also without this window."
	CopiedMeanwhile  = "Portico: your copy is on the clipboard"
)

// What is said of copies that are taken off the clipboard again.
const (
	ClearsClipboard = "Portico takes copied credentials off the clipboard, if they are still on it."
	NotCleared      = "Copied credentials may still be on the clipboard: the browser did not let Portico clear it. Copy something else, or allow it in the settings."
)

// CopiedID says that an account's ID is in the clipboard.
const CopiedID Form = "Copied account ID %1."

// ClipboardRefused says that nothing was copied.
const ClipboardRefused = "Not copied: the browser refused the clipboard. Click into this window, then try again, or copy by hand."

// On the screen that shows values.
const (
	CopyByHand  Form = "For %1"
	CopiedValue Form = "Copied %1."
	ShowValue        = "Show"
	HideValue        = "Hide"
)

const nothingDone = "Nothing was done: "

// RolesCame says that a row without a role is one with roles now.
const RolesCame Form = nothingDone + "the roles of %1 came just now. Choose one."

// NotListedAnyMore says that a row is gone.
const NotListedAnyMore Form = nothingDone + "%1 in %2 is not listed any more."

// StillStarting says that a key came too early.
const StillStarting = nothingDone + "Portico was still starting. Press the key again."
