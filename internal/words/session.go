package words

import "portico/internal/message"

// Ended says that the session is over.
const Ended = "Your session has ended."

// SessionEnded says that the session is over, to somebody who wanted something.
func SessionEnded() *message.Error {
	return failed("SessionEnded", message.Expired, Ended, signInAgain)
}

// NotSignedIn says that there is no session, to somebody who wanted something.
func NotSignedIn() *message.Error {
	return failed("NotSignedIn", message.NotSignedIn, "You are not signed in to this portal.", "Sign in first.")
}

// NoSession says what goes on without a session.
const NoSession = "Not signed in. Console links work; copying needs a sign-in."

// SignInFirst says that nothing was done, where it is said why.
const SignInFirst = "Not done: sign in first."

// SignedOutMeanwhile is said of an answer that came after signing out.
func SignedOutMeanwhile() *message.Error {
	return failed("SignedOutMeanwhile", message.NotSignedIn, "You signed out meanwhile.", signInAgain)
}

// Renewed is said of an answer that came after another sign-in.
func Renewed() *message.Error {
	return passing("Renewed", message.PortalFault, "Your session was renewed meanwhile.", tryAgain)
}

// Corrected is said of an answer that came after the portal got another address or
// region.
func Corrected() *message.Error {
	return failed("Corrected", message.NotSignedIn, "The portal was corrected meanwhile.", signInAgain)
}

// RemovedMeanwhile is said of an answer that came after the portal was removed.
func RemovedMeanwhile() *message.Error {
	return failed("RemovedMeanwhile", message.UnknownPortal, "The portal was removed meanwhile.", addAndTry)
}

// How signing out ended.
const (
	SignedOut     = "Signed out."
	SignedOutHere = "Signed out here."
)

// Unconfirmed says that the portal may not know of a sign-out.
func Unconfirmed() *message.Error {
	return failed("Unconfirmed", message.Unconfirmed, "Signed out here, but the portal did not confirm it.", toBeSure)
}

// UnconfirmedYet says so while the portal is asked again.
func UnconfirmedYet() *message.Error {
	return passing("UnconfirmedYet", message.Unconfirmed, "Signed out here, but the portal has yet to confirm it.", "Portico asks it again for five minutes. "+toBeSure)
}

// ConfirmedLater says that the portal has confirmed a sign-out after all.
const ConfirmedLater = "The portal has confirmed that you are signed out."

// EarlierUnconfirmed says so of a session that somebody else may have seen last.
func EarlierUnconfirmed() *message.Error {
	return failed("EarlierUnconfirmed", message.Unconfirmed, "The portal did not confirm that an earlier session is over.", toBeSure)
}

// RemovedUnconfirmed says so of the session of a portal that was removed.
func RemovedUnconfirmed() *message.Error {
	return failed("RemovedUnconfirmed", message.Unconfirmed, "The portal is removed here, but it did not confirm the sign-out.", toBeSure)
}
