// Package credfmt writes credentials as text that shells and files understand.
// It only formats: where the text goes is no concern of its.
package credfmt

import (
	"time"

	"portico/internal/profile"
)

// Credentials are a role's short-term credentials, and which role's they are.
type Credentials struct {
	AccountID       string
	AccountName     string // empty if unknown
	RoleName        string
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expiration      time.Time // zero if unknown

	// Among are all roles of the portal, so that no two share the name of a profile
	// that a template gives. Without a template nobody looks at them.
	Among []profile.Role
}

// Format is a form in which credentials can be copied.
type Format struct {
	ID   string // never changes: people's choices are stored by it
	Name string // what understands it, as it is called in a sentence
}

var formats = []Format{
	{"posix", "bash and zsh"},
	{"powershell", "PowerShell"},
	{"credentials-file", "~/.aws/credentials"},
}

// Formats gives every format, the one for who has chosen none first. The slice
// is not to be changed.
func Formats() []Format { return formats }

// Find gives the format of an ID. For any other text it gives the first, and
// false: a stored ID may stem from a version that knew more.
func Find(id string) (Format, bool) {
	for _, f := range formats {
		if f.ID == id {
			return f, true
		}
	}
	return formats[0], false
}

// Text gives c in the format.
func (f Format) Text(c *Credentials) string {
	switch f.ID {
	case "powershell":
		return PowerShell(c)
	case "credentials-file":
		return CredentialsFile(c)
	}
	return POSIX(c)
}

// lines gives what carries c, by as many names: the keys, then the token, then
// when they end, if that is known. A value has been through escape.
func (c *Credentials) lines(names []string, before, between, after string, escape func(rune) string) string {
	values := [...]string{c.AccessKeyID, c.SecretAccessKey, c.SessionToken, c.Expiration.UTC().Format(time.RFC3339)}
	if c.Expiration.IsZero() {
		names = names[:3]
	}
	text := ""
	for i, name := range names {
		text += before + name + between + each(values[i], escape) + after
	}
	return text
}

// each puts together what f makes of a text's characters. Control characters are
// dropped: no credential holds one, a line editor takes some of them for Enter,
// and a newline would begin another command or entry.
func each(text string, f func(rune) string) string {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r >= ' ' && r != 0x7f {
			b = append(b, f(r)...)
		}
	}
	return string(b)
}
