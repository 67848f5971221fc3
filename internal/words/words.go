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
	chooseOther  = "Choose another."
	leaveOut     = "Leave it out."
	chooseAllow  = "Try again and choose Allow."
	shorten      = "Shorten it."
	report       = "If it happens again, report it."
	toBeSure     = "To be sure, sign out at the portal."
)

// On buttons.
const (
	SignIn   = "Sign in"
	TryAgain = "Try again"
)

// failed is what the same request will meet again: its name, what happened and what
// to do next, with places for texts. Name and texts are stored with it, so that it
// could be said in another language than that in which it was met.
func failed(name string, code message.Code, what, next Form, texts ...string) *message.Error {
	e := &message.Error{Code: code, Said: name, Message: what.With(texts...), Hint: next.With(texts...)}
	for _, text := range texts {
		e.Said += "\n" + text
	}
	return e
}

// passing is what may be gone when the same request comes again.
func passing(name string, code message.Code, what, next Form, texts ...string) *message.Error {
	e := failed(name, code, what, next, texts...)
	e.Retryable = true
	return e
}
