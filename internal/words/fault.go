package words

import "portico/internal/message"

// StorageFailed says that the browser did not keep or give what is stored.
func StorageFailed(why string) *message.Error {
	return passing("StorageFailed", message.Internal, "The browser’s storage failed (%1).", "Make sure there is room on the disk, then try again.", why)
}

// NewerStorage says that a later version stored what is there.
func NewerStorage() *message.Error {
	return failed("NewerStorage", message.Internal, "What is stored here is of a newer Portico, so this one changes nothing.", "Update Portico.")
}

// Fault is a sentence about a fault that nobody foresaw, with what to do next.
func Fault(sentence string) *message.Error {
	return passing("Fault", message.Internal, "%1", tryAgain+" "+report, sentence)
}

// Mistake says that we made one, by the kind of what was thrown.
func Mistake(kind string) string { return "Portico made a mistake (" + kind + ")" }

// Unsent says that what was to be sent is damaged.
func Unsent() *message.Error {
	return failed("Unsent", message.Internal, "What was to be sent to the portal is damaged, so nothing was sent.", signInAgain+" "+report)
}

// UnknownRequest says that the worker does not know what it was asked.
func UnknownRequest(what string) *message.Error {
	return failed("UnknownRequest", message.Internal, "Portico does not know the request %1.", "", what)
}

// What the popup says by itself is stored nowhere, and made of no form, which would
// cost it 400 bytes.

// NoBackground says that the worker did not answer the popup.
func NoBackground() *message.Error {
	return &message.Error{Code: message.Internal, Message: "Portico’s background did not answer.", Hint: "Close this window, open it again and try once more.", Retryable: true}
}

// Meaningless says that the worker's answer is none.
func Meaningless() *message.Error {
	return &message.Error{Code: message.Internal, Message: "Portico’s background gave an answer without meaning."}
}

// WrongClock says that this computer's clock is off by a span; see [Span].
func WrongClock(by string, ahead bool) *message.Error {
	if ahead {
		return failed("ClockAhead", message.WrongClock, "This computer’s clock is %1 ahead.", setItRight, by)
	}
	return failed("ClockBehind", message.WrongClock, "This computer’s clock is %1 behind.", setItRight, by)
}

const setItRight = "Set it right: AWS refuses requests that are signed with a wrong time. Until then times are shown as it shows them."

// NotKept says that what was chosen was not stored, and why.
const NotKept Form = "Your choice holds for this window only. %1"

// UnknownFormat says that there is no such format to copy in.
func UnknownFormat(id string) *message.Error {
	return failed("UnknownFormat", message.InvalidInput, "Portico does not know the format %1.", chooseOther, id)
}

// What could not be read of what is stored, and what to do about it.
const (
	LostPortals   = "the list of portals"
	LostSettings  = "your settings"
	LostDirectory = "the list of accounts"
	LostView      = "your last search"
	LostUses      = "what you used before"
	LostOwn       = "favourites, labels and what you hid"
	LostBookmarks = "which bookmarks were made"
	LostSession   = "your session"
	LostVersion   = "the version of what is stored"

	AddMissing   = "Add what is missing again."
	ChooseFormat = "Choose again how to copy."
	ListAnew     = "Refresh to list them anew."
	SignInIfDue  = "Sign in again if asked."
)

// SetAside says that something could not be read. What to do about it follows.
const SetAside Form = "Portico could not read %1: kept aside, the rest goes on."
