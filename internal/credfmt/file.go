package credfmt

import "strconv"

// CredentialsFile gives c as a block of ~/.aws/credentials, in a profile named
// for account and role as the AWS portal's own dialogue names it. It ends with a
// newline, so that another block may follow.
func CredentialsFile(c *Credentials) string {
	return "[" + profile(c.AccountID+"_"+c.RoleName) + "]\n" + c.lines(entries, "", "=", "\n", plain)
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

// profile makes a profile name of letters, digits and `._-`, which need no
// quoting in files, on command lines and in variables. A name that had to be
// changed for that ends in its hash, since another might become the same.
func profile(name string) string {
	safe := []byte(name)
	hash := uint32(2166136261) // FNV-1a
	for i, c := range safe {
		hash = (hash ^ uint32(c)) * 16777619
		if lower := c | 0x20; !('a' <= lower && lower <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '-') {
			safe[i] = '-'
		}
	}
	if string(safe) == name {
		return name
	}
	return string(safe) + "-" + strconv.FormatUint(uint64(hash), 16)
}
