package palette

import (
	"slices"
	"strconv"
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
)

// String names the row in a sentence: account name, ID and role, so that nobody
// has to guess which of two accounts of like names it was.
func (r Row) String() string {
	return name(r.AccountName) + " (" + name(r.AccountID) + "), " + name(r.RoleName)
}

// name is somebody else's text in a sentence of ours.
func name(s string) string { return directory.Isolate(clip(s)) }

const ellipsis = "…"

// clip shortens a text to more than a line can show: a hostile, very long name
// must neither cost anything nor push away what it stands beside.
func clip(s string) string {
	const most = 200
	return cut(s, most)
}

// cut is the first letters of a text, so many bytes at most.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + ellipsis
}

// reason says why accounts failed, if all did for the same.
func reason(d *directory.Directory) string {
	why := ""
	for i := range d.Accounts {
		switch a := &d.Accounts[i]; {
		case a.State != directory.Failed:
		case a.Problem == "" || why != "" && a.Problem != why:
			return ""
		default:
			why = a.Problem
		}
	}
	return " (" + clip(why) + ")"
}

func working(t message.Type, r Row) string {
	switch t {
	case message.CredentialsGet:
		return "Fetching credentials: " + r.String() + " …"
	case message.BookmarkAdd:
		return "Bookmarking: " + r.String() + " …"
	}
	return "Opening the console: " + r.String() + " …"
}

func bookmarked(b message.Bookmarked) string {
	title, folder := name(b.Title), name(b.Folder)
	if b.Fresh {
		return "Bookmarked “" + title + "” in “" + folder + "”."
	}
	return "Bookmarked already: “" + title + "” in “" + folder + "”."
}

func signedOut(s message.SignedOut) Notice {
	if s.Confirmed {
		return Notice{Success, "Signed out."}
	}
	return Notice{Success, "Signed out here."} // that it was not confirmed stands in the banner
}

func refused(a Ask) string {
	if a.Origins != "" {
		return "No access to this portal yet. Try again and choose Allow."
	}
	return "No access to bookmarks. Try again and choose Allow."
}

func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return group(n) + " " + many
}

// group writes a number with a thin space between thousands.
func group(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u2009" + s[i:]
	}
	return s
}

// setAside says which stored values could not be read, by their keys, and what
// to do about it.
func setAside(keys []string) string {
	what, next := make([]string, 0, len(keys)), make([]string, 0, len(keys))
	add := func(to *[]string, text string) {
		if !slices.Contains(*to, text) {
			*to = append(*to, text)
		}
	}
	for _, key := range keys {
		kind, _, _ := strings.Cut(key, ":")
		switch kind + ":" {
		case message.PortalsKey + ":":
			add(&what, "the list of portals")
			add(&next, "Add what is missing again.")
		case message.SettingsKey + ":":
			add(&what, "your settings")
			add(&next, "Choose again how to copy.")
		case message.DirectoryPrefix, message.HeadKey + ":":
			add(&what, "the list of accounts")
			add(&next, "Refresh to list them anew.")
		case message.ViewKey + ":":
			add(&what, "your last search")
		default: // session, status and the work that is pending
			add(&what, "your session")
			add(&next, "Sign in again if asked.")
		}
	}
	return "Portico could not read " + strings.Join(what, " and ") + ": kept aside, the rest goes on. " + strings.Join(next, " ")
}
