package credfmt

// POSIX gives c as export commands for bash, zsh and other POSIX shells, one a
// line. Values are in double quotes, as the AWS portal's own dialogue has them;
// within, what a shell would expand is escaped.
//
// It ends without a newline: pasted into a terminal, the last command waits for
// Enter.
func POSIX(c *Credentials) string {
	return c.lines(variables, "\nexport ", `="`, `"`, always(escapePOSIX))[1:]
}

// PowerShell gives c as assignments for PowerShell, one a line. Values are in
// double quotes, as the AWS portal and the AWS CLI have them. It ends without a
// newline, as [POSIX] does.
func PowerShell(c *Credentials) string {
	return c.lines(variables, "\n$Env:", `="`, `"`, always(escapePowerShell))[1:]
}

// variables are the environment variables that carry credentials, in the order
// of `aws configure export-credentials`.
var variables = []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"}

// always is an escape that can write everything.
func always(escape func(rune) (string, bool)) func(rune) string {
	return func(r rune) string {
		s, _ := escape(r)
		return s
	}
}
