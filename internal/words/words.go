// Package words holds what Portico says to people, each sentence once, in the file
// of what it is about. It decides nothing: whoever calls has found out what
// happened, and has made the names and codes that it passes fit for a sentence.
//
// What went wrong comes as a [message.Error], with the code that goes with it; all
// else is text, or a [Form] that becomes one. Each stands for itself and none in a
// table, so that a program links what it says and nothing more.
//
// What shows before Go runs, or when it can't, stands in the pages that show it:
// extension/popup/popup.html, rescue.js and extension/background.js.
package words

import "portico/internal/message"

// What to do next, where several sentences end alike.
const (
	tryAgain     = "Try again."
	tryLater     = "Try again later."
	signInAgain  = "Sign in again."
	addAndTry    = "Add it and try again."
	removeAndAdd = "Remove the portal, then add it again."
	chooseAllow  = "Try again and choose Allow."
	report       = "If it happens again, report it."
	toBeSure     = "To be sure, sign out at the portal."
)

// On buttons.
const (
	SignIn   = "Sign in"
	TryAgain = "Try again"
)

// failed is what the same request will meet again.
func failed(code message.Code, what, next string) *message.Error {
	return &message.Error{Code: code, Message: what, Hint: next}
}

// passing is what may be gone when the same request comes again.
func passing(code message.Code, what, next string) *message.Error {
	return &message.Error{Code: code, Message: what, Hint: next, Retryable: true}
}
