package words

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
