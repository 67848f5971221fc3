package words

import "portico/internal/message"

// Above the list, and in place of rows.
const (
	ListingAccounts = "Listing accounts …"
	ListingYours    = "Listing your accounts …"
	TheyAppear      = "They appear here as the portal names them."

	NoAccounts     = "No accounts assigned"
	NoAccountsHint = "The portal grants you no account. " + askForAssignment
	NoRoles        = "No roles assigned"
	NoRolesHint    = "The portal names accounts but grants you no role in them. " + askForAssignment
	NothingYet     = "Nothing listed yet"
	NothingYetHint = "Refresh to list accounts and roles."

	// Emptied is said when a directory loses its last account.
	Emptied = "The portal lists no accounts for you any more."

	askForAssignment = "Ask whoever administers it for an assignment, then refresh."
)

// ListingRoles says how far a listing is.
const ListingRoles Form = "Listing roles: %1 of %2"

// TimeLeft says how long the session still lives.
const TimeLeft Form = "%1 left"

// ListedAgo says how old what is listed is.
const ListedAgo Form = "listed %1 ago"

// ListingLeft says, behind %1, how long a listing still takes, %2.
const ListingLeft Form = "%1, %2 left"

// SessionEnds says, on the toolbar button, in how long the session ends.
const SessionEnds Form = "Portico: your session ends in %1"

// Listed says what there is to choose from.
const Listed Form = "%1 in %2"

// Changed says what a listing found otherwise than the one before: roles that are
// new, %1, and how many are gone, %2.
const Changed Form = "Since the last listing: %1 new, %2 gone. The settings show which."

// GoesOn is said of a listing that is tried again, behind another sentence.
const GoesOn = " Portico goes on trying by itself."

// That accounts are listed without their roles, and why if all are for the same
// reason.
const (
	RolesFailed    Form = "The portal did not list the roles of %1."
	RolesFailedFor Form = "The portal did not list the roles of %1 (%2)."
)

// RolesRefused says that the portal lists accounts, but no roles, by its error code.
func RolesRefused(code string) *message.Error {
	return passing("RolesRefused", message.PortalFault, "The portal lists your accounts, but refuses to list their roles (%1).", tryLater, code)
}

// NoEnd says that a list can't be taken in.
func NoEnd() *message.Error {
	return failed("NoEnd", message.PortalFault, "The portal’s list has no end, or is too long to be kept.", "Refresh the list later.")
}

// NoList says that the list that was asked for is not in an answer.
func NoList() *message.Error {
	return passing("NoList", message.PortalFault, "The portal’s answer did not hold the list that was asked for.", tryLater)
}

// In a row, in place of the role.
const (
	RolesPending = "Roles not listed yet"
	RolesLost    = "Roles could not be listed"
	NoRole       = "No role assigned"
)

// RolesPendingOf says why nothing can be done in an account.
const RolesPendingOf Form = "The roles of %1 are not listed yet. They appear here as soon as the portal names them."

// RolesLostOf says why nothing can be done in an account.
const RolesLostOf Form = "The portal would not list the roles of %1. Refresh to try again."

// NoRoleIn says why nothing can be done in an account.
const NoRoleIn Form = "The portal grants you no role in %1. " + askForAssignment
