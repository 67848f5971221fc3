package palette

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/words"
)

// String names the row in a sentence, or the account if it is of no role.
func (r Row) String() string {
	if r.RoleName == noRole {
		return words.Account.With(name(r.AccountName), name(r.AccountID))
	}
	return words.Row.With(name(r.AccountName), name(r.AccountID), name(r.RoleName))
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
