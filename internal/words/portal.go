package words

import "portico/internal/message"

// address is a refusal of what was typed for a start URL.
func address(name string, what, next Form, texts ...string) *message.Error {
	e := failed(name, message.InvalidInput, what, next, texts...)
	e.Field = message.StartURLField
	return e
}

const (
	looksLike    = "It looks like https://….awsapps.com/start."
	notAPortal   = "Not a portal address"
	noPortal     = " is not an access portal"
	copyAddress  = "Copy the address of the page on which you choose an account."
	isID         = " is a portal’s ID; its address may be https://"
	enterThat    = "Enter that, if it is yours."
	inAccessKeys = "“Access keys” in your portal shows it"
)

// WillAsk says where a portal is, %1 in the region %2, and at which hosts it will be
// asked, %3, before it is added.
const WillAsk Form = "%1 in %2. Portico will ask %3."

// Through says that a link goes through a mail filter, say, at %1 to a portal at %2.
const Through Form = "That link goes through %1 to %2."

// AnotherWay says that an address leads to %1, which is in the list.
const AnotherWay Form = "It is another way to %1: signing in goes there then, and the list stays."

// UseAnotherWay offers the other ways to a portal, by their regions.
const UseAnotherWay Form = "Or sign in by %1 instead: see the menu at the arch."

// FrontIsOpen says that the company's own address %1 is open in a tab, and FrontLeads
// that it leads to %2 in the region %3, where %4 are asked.
const (
	FrontIsOpen Form = "%1 is open in a tab. Once your portal’s page shows there, open Portico again: it goes on where that leads."
	FrontLeads  Form = "%1 leads to %2 in %3 now. Portico will ask %4. Is that your portal?"
	FrontTitle       = "Where your address leads"
	SignInAt    Form = "Sign in at %1"
)

// What is offered where a portal can't be asked before it is added: it is added all the
// same where no answer came, or by a code where the browser may not lead back.
const (
	OrUnasked  = "Or add it anyway: if it is not there, signing in says so."
	AddUnasked = "Add anyway"
	OrByCode   = "Or use a code: that takes the portal’s own hosts alone."
	UseACode   = "Use a code"
)

// NoFront says that a text is no company's own address.
func NoFront() *message.Error {
	return failed("NoFront", message.InvalidInput, "That is no address that Portico opens.", "Open it yourself, and then Portico on the page you land on.")
}

// SignInBy is the menu's entry for another way to the portal, by its region.
const SignInBy Form = "Sign in by %1 instead"

// EnterStartURL says that none was entered.
func EnterStartURL() *message.Error {
	return address("EnterStartURL", "Enter the start URL of your portal.", "")
}

// NoAddress says that a text is no address of a portal.
func NoAddress() *message.Error { return address("NoAddress", notAPortal+".", looksLike) }

// OtherScheme says that an address is of no page on the web.
func OtherScheme() *message.Error {
	return address("OtherScheme", notAPortal+": portals are at https.", looksLike)
}

// HasUser says that an address has a user, before an @, behind which another host is.
func HasUser() *message.Error {
	return address("HasUser", notAPortal+": what stands before the @ in it is no host, but a user’s name.", copyAddress)
}

// HasPort says that an address has a port.
func HasPort() *message.Error {
	return address("HasPort", notAPortal+": portals have no port of their own.", "Leave out the colon and what follows it, if the rest is your portal’s.")
}

// OddHost says that a host has what none of AWS's has: letters that look like others,
// it may be.
func OddHost() *message.Error {
	return address("OddHost", notAPortal+": no AWS host is spelled like this.", copyAddress)
}

// OtherBlock says that a block of ~/.aws/config names another, which has the address.
func OtherBlock() *message.Error {
	return address("OtherBlock", "This profile has no start URL: it names a session.", "Paste the sso-session block of that name, which has sso_start_url.")
}

// TooLong says so of a text that is longer than any.
func TooLong() *message.Error { return address("TooLong", notAPortal+": it is too long.", looksLike) }

// NoPortal says that no portal is at a host.
func NoPortal(host string) *message.Error {
	return address("NoPortal", "%1"+noPortal+".", looksLike, host)
}

// NoPortalBut says so, and what is there.
func NoPortalBut(host, page string) *message.Error {
	return address("NoPortalBut", "%1"+noPortal+" but %2.", looksLike, host, page)
}

// Pages of AWS that are no portals.
const (
	SignInPage = "AWS’s sign-in page, which does not say whose portal it leads to; sign in and paste the address you land on"
	Console    = "the AWS console"
	CodePage   = "the page on which codes are approved"
	BuilderID  = "the page of AWS Builder IDs, which belong to no organisation"
	API        = "an API of the portal"
)

// OtherPath says that a portal's host has it at another path, near.
func OtherPath(host, path, near string) *message.Error {
	if path == "" {
		path = "this address"
	}
	return address("OtherPath", "%1"+noPortal+" at %2; one would be at https://%3.", enterThat, host, path, near)
}

// PortalID says that a portal's ID was entered in place of its address, near.
func PortalID(id, near string) *message.Error {
	return address("PortalID", notAPortal+": %1"+isID+"%2.", enterThat, id, near)
}

// InstanceID says so of an ID that may belong to any region; near is of one.
func InstanceID(id, near string) *message.Error {
	return address("InstanceID", notAPortal+": %1"+isID+"%2, with its region.", enterThat, id, near)
}

// CustomDomain says that a host may be a company's own in front of its portal.
func CustomDomain(host string) *message.Error {
	return address("CustomDomain", notAPortal+": %1 is not an AWS host.", "If it is your company’s own, open it, and open Portico on the page you land on.", host)
}

// Torn says that there is a blank in an address, behind its first letters.
func Torn(host string) *message.Error {
	return address("Torn", "There is a blank in that address, behind “%1”.", "Put it together.", host)
}

// LookAlike says that a host is made to be taken for one of AWS's, it may be.
func LookAlike(host string) *message.Error {
	return address("LookAlike", notAPortal+": %1 is not AWS’s, though it looks like it.", copyAddress, host)
}

// OnThisComputer says that a portal is one for tests.
func OnThisComputer() *message.Error {
	return address("OnThisComputer", "Portals on this computer work in development builds only.", "Enter the start URL of your organisation’s portal.")
}

// WhichRegion says that a region is needed.
func WhichRegion() *message.Error {
	return failed("WhichRegion", message.InvalidInput, whichRegion+"The start URL does not name it.", inAccessKeys+", such as us-east-1.")
}

// WhichRegionOf says so of a portal in a part of AWS that has but some, joined by [Or].
func WhichRegionOf(regions string) *message.Error {
	return failed("WhichRegionOf", message.InvalidInput, whichRegion+"It is %1.", inAccessKeys+".", regions)
}

// WhichRegionOfID says so of an ID that was entered in place of an address.
func WhichRegionOfID(id string) *message.Error {
	return failed("WhichRegionOfID", message.InvalidInput, whichRegion+"%1 is an ID, which does not name it.", inAccessKeys+"; or paste the address of the page on which you choose an account.", id)
}

const whichRegion = "Which region? "

// OtherRegion says that the region typed is not the one that the address names.
func OtherRegion(named, typed string) *message.Error {
	return failed("OtherRegion", message.InvalidInput, "The start URL is one of %1, not of %2.", "Leave the region empty.", named, typed)
}

// NoRegion says that there is no such region, and which may have been meant, joined
// by [Or]; empty if nobody knows.
func NoRegion(typed, meant string) *message.Error {
	if meant == "" {
		return failed("NoRegion", message.InvalidInput, noRegion, inAccessKeys+". If it is new, Portico needs an update.", typed)
	}
	return failed("NoRegionBut", message.InvalidInput, noRegion, "Did you mean %2?", typed, meant)
}

// LostRegion says so of the region that is stored of a portal.
func LostRegion(stored string) *message.Error {
	return failed("LostRegion", message.InvalidInput, noRegion, "Add the portal again.", stored)
}

const noRegion = "No region “%1”."

// Which part of AWS a portal is in.
const (
	InCommercial = "This portal is in AWS’s commercial regions"
	InChina      = "This is a portal in China"
	InGovCloud   = "This is a GovCloud portal"
	InSovereign  = "This portal is in the European Sovereign Cloud"
)

// OtherPartition says that a portal is in a part of AWS that has not got the
// region, and which regions that part has, joined by [Or]; empty if there are many.
func OtherPartition(in, regions, typed string) *message.Error {
	if regions == "" {
		return failed("OtherPartition", message.InvalidInput, "%2, not in China, GovCloud or the European Sovereign Cloud.", checkBoth, typed, in)
	}
	return failed("RegionsOfPartition", message.InvalidInput, "%2; its region is %3.", checkBoth, typed, in, regions)
}

const checkBoth = "Check the start URL too, if %1 is right."

// AddressTaken says that a portal can't be corrected to an address.
func AddressTaken() *message.Error {
	return address("AddressTaken", "Another portal in your list has this address.", "Use that one, or remove it first.")
}

// UnknownPortal says that a portal is not in the list.
func UnknownPortal() *message.Error {
	return failed("UnknownPortal", message.UnknownPortal, "This portal is not in Portico.", addAndTry)
}

// Unusable says that what is stored of a portal leads nowhere.
func Unusable() *message.Error {
	return failed("Unusable", message.Internal, "Portico can not use what is stored of this portal.", removeAndAdd)
}

// NoLink says so of its start URL.
func NoLink() *message.Error {
	return failed("NoLink", message.Internal, "What is stored of this portal is no address, so nothing was opened.", removeAndAdd)
}

// NoSuchService says that the consoles behind a portal have no page of a service.
func NoSuchService(name string) *message.Error {
	return failed("NoSuchService", message.InvalidInput, "The consoles behind this portal have no %1.", "Leave that word away to open the first page.", name)
}

// AskRemove asks whether a portal is to be removed.
const AskRemove Form = "Remove %1?"

// PortalRemoved says that a portal is removed.
const PortalRemoved = "Portal removed, and all that was stored about it."

// BeingRemoved says that a portal is not removed yet.
func BeingRemoved() *message.Error {
	return failed("BeingRemoved", message.InvalidInput, "This portal is being removed.", "Make sure there is room on the disk. To keep the portal, add it again.")
}
