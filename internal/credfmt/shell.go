package credfmt

// POSIX gives c as export commands for bash, zsh and other POSIX shells, one a
// line. Values are in double quotes, as the AWS portal's own dialogue has them;
// within, what a shell would expand is escaped.
//
// It ends without a newline: pasted into a terminal, the last command waits for
// Enter.
func POSIX(c *Credentials) string {
	return c.lines(variables, "\nexport ", `="`, `"`, posixEscape)[1:]
}

// PowerShell gives c as assignments for PowerShell, one a line. Values are in
// double quotes, as the AWS portal and the AWS CLI have them. It ends without a
// newline, as [POSIX] does.
func PowerShell(c *Credentials) string {
	return c.lines(variables, "\n$Env:", `="`, `"`, powerShellEscape)[1:]
}

// variables are the environment variables that carry credentials, in the order
// of `aws configure export-credentials`.
var variables = []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"}

// posixEscape escapes what is special between double quotes (POSIX.1 shell
// language, 2.2.3). An exclamation mark goes between single quotes of its own:
// bash and zsh, when typed into, put an earlier command in its place anywhere
// else.
func posixEscape(r rune) string {
	switch r {
	case '!':
		return `"'!'"`
	case '\\', '"', '$', '`':
		return `\` + string(r)
	}
	return string(r)
}

// powerShellEscape escapes what is special between double quotes: the dollar
// sign, the backtick that escapes, and the quotation marks, of which PowerShell
// takes typographic ones for plain ones (about_Quoting_Rules).
func powerShellEscape(r rune) string {
	switch r {
	case '`', '$', '"', '“', '”', '„':
		return "`" + string(r)
	}
	return string(r)
}
