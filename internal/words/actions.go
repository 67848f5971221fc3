package words

import "portico/internal/message"

// CopyFor is a copy in some format, in the menu of actions.
const CopyFor Form = "Copy for %1"

// What else can be done there.
const (
	OpenConsole    = "Open console"
	AddBookmark    = "Bookmark"
	ShowValues     = "Show values"
	CopyLink       = "Copy console link"
	CopyAccountID  = "Copy account ID"
	CopyARN        = "Copy role ARN"
	CopyProfiles   = "Copy this account’s roles as profiles"
	MoreProfiles   = "Other profiles, in the settings"
	RefreshAccount = "Refresh this account"
	ShowKeys       = "All keys"
)

// What was copied.
const (
	CopiedARN      Form = "Copied the role’s ARN: %1. Its stars are for what AWS alone knows: compare it with ArnLike."
	CopiedProfiles Form = "Copied profiles for ~/.aws/config: all roles of %1."
)

// What a person makes of a role.
const (
	AddFavourite  = "Add to favourites"
	DropFavourite = "Take from favourites"
	EditLabel     = "Label"
	Hide          = "Hide from the list"
	Unhide        = "Show in the list again"
	ShowHidden    = "Show what is hidden"
	HideHidden    = "Hide it again"
	IsHidden      = "hidden" // beside a row
)

// What came of it.
const (
	NowHidden    Form = "Hidden: %1. A search still finds it, and the actions show what is hidden."
	NowFavourite Form = "Among your favourites: %1."
	NowLabelled  Form = "Labelled: %1."
	NowPlain     Form = "Shown as ever: %1."
)

// AllHidden is the title of a list of which nothing shows.
const (
	AllHidden     = "All is hidden"
	AllHiddenHint = "You have hidden every role. Search for one, or choose “" + ShowHidden + "” among the actions."
)

// NotALabel says that a role can't be labelled so: by so many letters at most.
func NotALabel(most int64) *message.Error {
	return failed("NotALabel", message.InvalidInput, "A label has %1 letters at most, and none that can’t be seen.", shorten, Number(most))
}

// TooManyOwn says that there is no room for more than so many.
func TooManyOwn(most int64) *message.Error {
	return failed("TooManyOwn", message.InvalidInput, "There are %1 favourites, labels and hidden roles already.", "Take one away first.", Number(most))
}
