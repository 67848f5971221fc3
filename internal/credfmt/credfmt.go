// Package credfmt writes credentials as text that shells and files understand.
// It only formats: where the text goes is no concern of its.
package credfmt

import (
	"strings"
	"time"
)

// Credentials are a role's short-term credentials and the region to use them in.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expiration      time.Time
}

// variable is one environment variable.
type variable struct{ name, value string }

// variables are the environment variables that carry c, in the order of
// `aws configure export-credentials`.
func (c Credentials) variables() []variable {
	return []variable{
		{"AWS_ACCESS_KEY_ID", c.AccessKeyID},
		{"AWS_SECRET_ACCESS_KEY", c.SecretAccessKey},
		{"AWS_SESSION_TOKEN", c.SessionToken},
		{"AWS_CREDENTIAL_EXPIRATION", c.Expiration.UTC().Format(time.RFC3339)},
	}
}

// POSIX gives c as export commands for bash, zsh and other POSIX shells, one a
// line. Values are in double quotes, as the AWS portal's own dialogue has them;
// within, what a shell would expand is escaped.
//
// It ends without a newline: pasted into a terminal, the last command waits for
// Enter.
func POSIX(c Credentials) string {
	var b strings.Builder
	for i, v := range c.variables() {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("export " + v.name + `="` + posixQuote(v.value) + `"`)
	}
	return b.String()
}

// posixQuote escapes what is special between double quotes (POSIX.1 shell
// language, 2.2.3). An exclamation mark goes between single quotes of its own:
// bash and zsh, when typed into, put an earlier command in its place anywhere
// else. Control characters are dropped: no credential holds one, a line editor
// takes some of them for Enter, and a backslash before a newline would join lines.
func posixQuote(value string) string {
	var b strings.Builder
	for i := range len(value) {
		switch c := value[i]; c {
		case '\\', '"', '$', '`':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '!':
			b.WriteString(`"'!'"`)
		default:
			if c >= ' ' && c != 0x7f {
				b.WriteByte(c)
			}
		}
	}
	return b.String()
}
