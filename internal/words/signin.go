package words

import "portico/internal/message"

// Titles and buttons of the screen on which one signs in.
const (
	Asking           = "Asking the portal …"
	CouldNotStart    = "Could not start signing in"
	CouldNotFinish   = "Could not finish signing in"
	CheckCode        = "Check this code"
	WaitForApproval  = "Waiting for your approval"
	OpenPage         = "Open sign-in page"
	OpenPageAgain    = "Open it again"
	SignInUnderWay   = "A sign-in is under way."
	GoOnSigningIn    = "Go on signing in"
	HowSignInGoes    = "You allow it on your organisation’s own page. Portico never sees your password."
	ReadyToOpen      = "Ready to sign in"
	PageClosed       = "The sign-in page was closed"
	AllowOnPage      = "Allow it on your organisation’s page, which opens in a tab. Portico comes back by itself."
	AllowOnOpenPage  = "Allow it on your organisation’s page, which is open in a tab. Then Portico comes back by itself; if not, press its button in the toolbar."
	NothingCame      = "Nothing has come back yet: if that page shows an error, use a code instead."
	Handles          = "Portico handles your sign-in token, the names of your accounts and roles, and credentials when you ask for them. They go to this portal’s two hosts and nowhere else. By signing in you agree."
	DemoPage         = "The demo’s page"
	InThisBrowser    = "inside this browser"
	DemoAsksNoHost   = "Inside this browser: the demo asks no host."
	ReadyAfterPrompt = "Portico is ready: click to go on"
)

// NoAnswerYet says what a sign-in waits for, at the host %1.
const NoAnswerYet Form = "No answer from %1 yet. Portico goes on waiting; check your network meanwhile."

// Locked says that a session was forgotten since nobody was there.
func Locked() *message.Error {
	return failed("Locked", message.Expired, "Portico forgot the session: nobody was at this computer.", "Sign in to go on.")
}

// PortalIn says where a portal is: its host %1, and its Region %2.
const PortalIn Form = "%1 · %2"

// SignInTo is the title before a sign-in.
const SignInTo Form = "Sign in to %1"

// SignedInElsewhere says so of a portal, where another shows.
const SignedInElsewhere Form = "Signed in to %1, which the menu at the arch shows."

// PageAt names the page on which a code is approved by its host, which the demo's
// has not got.
const PageAt Form = "The page at %1"

// CompareCode says what to do on a page, [DemoPage] or [PageAt], that has yet to be
// opened.
const CompareCode Form = "%1 must show the same code. Allow it there: Portico comes back by itself."

// ApproveCode says what to do on a page that is open.
const ApproveCode Form = "Allow this code. %1 shows it. Then Portico comes back by itself; if not, press its button in the toolbar."

// OtherFamily says of an approval page that it is at an address of another family
// than the portal, dual-stack or not: there a sign-in may fail late and vaguely.
func OtherFamily(dualStack bool) string {
	page, own := "dual-stack", "IPv4"
	if dualStack {
		page, own = own, page
	}
	return "That page is at the portal’s " + page + " address, not at its " + own + " one, which you added. If signing in fails there, add the portal by that page’s host."
}

// SameOrganisation says that a portal in the list, %1, is at another address of the
// organisation whose code is shown.
const SameOrganisation Form = "You have this organisation already, as %1: the settings can merge the two."

// Whom a sign-in is with: the portal's host, and the hosts that are asked.
const (
	PortalAt   Form = "Portal: %1."
	AsksNoMore Form = PortalAt + " Portico asks no other host."
	Asks       Form = PortalAt + " Portico asks %2."
)

// NoCode says that there is nothing to approve.
func NoCode() *message.Error {
	return failed("NoCode", message.CodeExpired, "There is no code to approve any more.", signInAgain)
}

// CodeExpired says that a code was not approved in time.
func CodeExpired() *message.Error {
	return failed("CodeExpired", message.CodeExpired, "The code was not approved in time.", "Sign in again for a new one.")
}

// CutOff says that a sign-in can't be finished.
func CutOff() *message.Error {
	return failed("CutOff", message.CodeExpired, "The sign-in was cut off.", signInAgain)
}

// PageExpired says that nothing was allowed or denied in time.
func PageExpired() *message.Error {
	return failed("PageExpired", message.CodeExpired, "The sign-in page was not answered in time.", signInAgain)
}

// NobodyWaits says that no sign-in waits for what a page led back with.
func NobodyWaits() *message.Error {
	return failed("NobodyWaits", message.CodeExpired, "Portico waits for no such answer: it was taken already, came too late, or is another sign-in’s.", "Close this tab and open Portico, which shows how things stand.")
}

// NotAllowed says that a sign-in page led back without a code, and with no word of why
// that means something.
func NotAllowed() *message.Error {
	return failed("NotAllowed", message.PortalFault, notAllowed+".", orUseCode)
}

// NotAllowedFor says so, with the code of an error.
func NotAllowedFor(code string) *message.Error {
	return failed("NotAllowedFor", message.PortalFault, notAllowed+" (%1).", orUseCode, code)
}

const (
	notAllowed = "The portal did not let Portico sign in"
	orUseCode  = "Sign in again, or use a code instead."
)

// ByCodeOnly says that a portal takes no sign-in by the browser.
func ByCodeOnly(reason string) *message.Error {
	return failed("ByCodeOnly", message.PortalFault, "The portal takes no sign-in by the browser (%1).", "Use a code instead.", reason)
}

// NotHandedOut says that a sign-in was allowed, and that the portal has yet to hand out
// its session.
func NotHandedOut() *message.Error {
	return passing("NotHandedOut", message.PortalFault, "You allowed it, but the portal does not hand out the session yet.", "Portico goes on trying; or use a code.")
}

// KeyTrouble says that the organisation's encryption key fails, by its reason.
func KeyTrouble(reason string) *message.Error {
	return failed("KeyTrouble", message.PortalFault, "Your organisation’s encryption key can’t be used (%1).", "Nothing is wrong with your sign-in: tell your administrator.", reason)
}

// SignInDenied says that somebody said no.
func SignInDenied() *message.Error {
	return failed("SignInDenied", message.Denied, "The sign-in was denied.", "If that was not you, tell your administrator; otherwise sign in again and choose Allow.")
}

// ForeignPage says that the approval page may be anybody's.
func ForeignPage() *message.Error {
	return failed("ForeignPage", message.PortalFault, "The portal named a sign-in page that is not AWS’s, so it was not opened.", "Check the start URL and the region.")
}

// Lacking says that an answer to a sign-in can't be used.
func Lacking() *message.Error {
	return passing("Lacking", message.PortalFault, "The portal’s answer lacks what it must hold.", "Check the start URL and the region, then sign in again.")
}

// UnknownHere says that the region has no portal of that start URL.
func UnknownHere() *message.Error {
	return failed("UnknownHere", message.InvalidInput, "This region does not know this start URL.", "Check both: “Access keys” in your portal shows them. Then add the portal again.")
}
