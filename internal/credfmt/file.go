package credfmt

import "portico/internal/profile"

// CredentialsFile gives c as a block of ~/.aws/credentials, in a profile named
// for account and role as the AWS portal's own dialogue names it. It ends with a
// newline, so that another block may follow.
func CredentialsFile(c *Credentials) string {
	return "[" + profile.Default(c.AccountID, c.RoleName) + "]\n" + c.lines(entries, "", "=", "\n", plain)
}

// entries are what a profile has in place of variables, in their order.
var entries = []string{"aws_access_key_id", "aws_secret_access_key", "aws_session_token"}

// plain leaves out what the file can not hold: it has no quoting, and readers
// differ in what they make of blanks and quotes. No credential holds any of it.
func plain(r rune) string {
	if r == ' ' || r == '"' || r == '\'' || r > '~' {
		return ""
	}
	return string(r)
}
