package credfmt

// CredentialsFile gives c as a block of ~/.aws/credentials, in a profile named
// for account and role as the AWS portal's own dialogue names it. It ends with a
// newline, so that another block may follow.
func CredentialsFile(c *Credentials) string {
	return "[" + profile(c.AccountID, c.RoleName) + "]\n" + c.lines(entries, "", "=", "\n", plain)
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

// profile makes the name of the profile of a role in an account. No two roles share
// one, and it needs no quoting in files, on command lines and in variables: it
// has letters, digits and `._-`. Whatever else is in a name becomes `._` and two
// hexadecimal digits a byte, and so do the dot of a `._` and, in what should be
// an account ID but is none, all `.` and `_`.
func profile(account, role string) string {
	name := make([]byte, 0, len(account)+1+len(role))
	for i := range len(account) {
		name = appendByte(name, account[i], isAlphanumeric(account[i]) || account[i] == '-')
	}
	name = append(name, '_')
	for i := range len(role) {
		c := role[i]
		begins := c == '.' && i+1 < len(role) && role[i+1] == '_'
		name = appendByte(name, c, isAlphanumeric(c) || c == '-' || c == '_' || c == '.' && !begins)
	}
	return string(name)
}

func appendByte(name []byte, c byte, plain bool) []byte {
	const hex = "0123456789abcdef"
	if plain {
		return append(name, c)
	}
	return append(name, '.', '_', hex[c>>4], hex[c&15])
}

func isAlphanumeric(c byte) bool {
	lower := c | 0x20
	return 'a' <= lower && lower <= 'z' || '0' <= c && c <= '9'
}
