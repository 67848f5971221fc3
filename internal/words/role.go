package words

import "portico/internal/message"

// NotGranted says that the portal refuses a role: the real service says so too of
// what was assigned after the session began.
func NotGranted() *message.Error {
	return failed(message.NotAssigned, "The portal does not grant you this role.",
		"If it was assigned to you a moment ago, sign out and in again. Otherwise refresh the list.")
}

// NotGrantedAnyMore says that a role is gone.
func NotGrantedAnyMore() *message.Error {
	return failed(message.NotAssigned, "The portal does not grant you this role any more.", "Refresh the list.")
}

// Row names a row in a sentence: account name, ID and role, so that nobody has to
// guess which of two accounts of like names it was.
func Row(account, id, role string) string { return account + " (" + id + "), " + role }

// Fetching says that credentials of a row are on their way.
func Fetching(row string) string { return "Fetching credentials: " + row + " …" }

// Bookmarking says that a row's bookmark is being made.
func Bookmarking(row string) string { return "Bookmarking: " + row + " …" }

// OpeningConsole says that a row's console is being opened.
func OpeningConsole(row string) string { return "Opening the console: " + row + " …" }

// ConsoleOpened says that a row's console is open.
func ConsoleOpened(row string) string { return "Console opened: " + row + "." }

// Bookmarked says that there is a bookmark now.
func Bookmarked(title, folder string) string { return "Bookmarked " + within(title, folder) }

// BookmarkedAlready says that there was one.
func BookmarkedAlready(title, folder string) string {
	return "Bookmarked already: " + within(title, folder)
}

func within(title, folder string) string { return "“" + title + "” in “" + folder + "”." }

// Copied says what is in the clipboard, for which format's shell, and until when
// it is of use; empty if nobody knows.
func Copied(format, row, portal, until string) string {
	text := "Copied for " + format + ": " + row + " at " + portal
	if until != "" {
		text += ", until " + until
	}
	return text + "."
}

// CopiedID says that an account's ID is in the clipboard.
func CopiedID(id string) string { return "Copied account ID " + id + "." }

// ClipboardRefused says that nothing was copied.
const ClipboardRefused = "Not copied: the browser refused the clipboard. Click into this window, then try again."

const nothingDone = "Nothing was done: "

// RolesCame says that a row without a role is one with roles now.
func RolesCame(account string) string {
	return nothingDone + "the roles of " + account + " came just now. Choose one."
}

// NotListedAnyMore says that a row is gone.
func NotListedAnyMore(role, account string) string {
	return nothingDone + role + " in " + account + " is not listed any more."
}

// StillStarting says that a key came too early.
const StillStarting = nothingDone + "Portico was still starting. Press the key again."
