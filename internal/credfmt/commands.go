package credfmt

import (
	"strings"

	"portico/internal/credfmt/list"
)

// shell is how a shell is told to set a variable.
type shell struct {
	before, between, after string // of name and value
	and                    string // parts commands on one line
	// escape writes a character between double quotes, and tells whether it can.
	escape func(rune) (string, bool)
	clear  func(names []string) []string
}

// shellOf gives the shell of a format; bash for any other.
func shellOf(format string) *shell {
	switch format {
	case list.Fish:
		return &shell{"set -gx ", ` "`, `"`, "; ", escapeFish, func(names []string) []string {
			// Not those of all sessions (universal ones), which would be gone for good.
			return []string{"set -eg " + strings.Join(names, " ")}
		}}
	case list.PowerShell:
		return &shell{"$Env:", `="`, `"`, "; ", escapePowerShell, func(names []string) []string {
			return around(names, "$Env:", "=$null")
		}}
	case list.Cmd:
		// The quotes are around the assignment: they are no part of the value, and
		// keep what follows it on the line out of it.
		return &shell{`SET "`, "=", `"`, "& ", same(cmdRunsIn), func(names []string) []string {
			return around(names, `SET "`, `="`)
		}}
	case list.Nushell:
		return &shell{"$env.", ` = "`, `"`, "; ", escapeNushell, func(names []string) []string {
			return []string{"hide-env -i " + strings.Join(names, " ")}
		}}
	}
	return &shell{"export ", `="`, `"`, "; ", escapePOSIX, func(names []string) []string {
		return []string{"unset " + strings.Join(names, " ")}
	}}
}

// IsShell tells whether a format is commands for a shell.
func IsShell(format string) bool {
	switch format {
	case list.POSIX, list.Fish, list.PowerShell, list.Cmd, list.Nushell:
		return true
	}
	return false
}

func around(names []string, before, after string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = before + name + after
	}
	return all
}

// commands writes commands that set what there is and clear what would win over
// it, or speak of other credentials.
func (w *writer) commands(s *shell, c *Credentials, o *Options) {
	stale := []string{profileName, securityToken}
	if o.KeepProfile {
		stale = stale[1:]
	}
	set := make([]string, 0, 9)
	for _, f := range c.fields(o) {
		if f.value != "" {
			set = append(set, w.assignment(s, f))
		} else if f.variable != region && f.variable != defaultRegion { // those are the person's own
			stale = append(stale, f.variable)
		}
	}
	w.join(s, o, append(s.clear(stale), set...))
}

func (w *writer) assignment(s *shell, f field) string {
	from := len(w.text)
	w.add(s.before, f.variable, s.between)
	w.value(f, s.escape)
	w.add(s.after)
	text := string(w.text[from:])
	w.text = w.text[:from]
	return text
}

// join puts commands behind one another.
func (w *writer) join(s *shell, o *Options, commands []string) {
	and, space := "\n", ""
	if o.LeadingSpace {
		and, space = "\n ", " "
	}
	if o.OneLine {
		and = s.and
	}
	w.add(space, strings.Join(commands, and))
}

// escapePOSIX escapes what is special between double quotes (POSIX.1 shell
// language, 2.2.3). An exclamation mark goes between single quotes of its own:
// bash and zsh, when typed into, put an earlier command in its place anywhere
// else.
func escapePOSIX(r rune) (string, bool) {
	switch r {
	case '!':
		return `"'!'"`, true
	case '\\', '"', '$', '`':
		return `\` + string(r), true
	}
	return string(r), true
}

// escapeFish escapes what is special between double quotes (fish documentation,
// The fish language, Quotes).
func escapeFish(r rune) (string, bool) {
	switch r {
	case '\\', '"', '$':
		return `\` + string(r), true
	}
	return string(r), true
}

// escapePowerShell escapes what is special between double quotes: the dollar
// sign, the backtick that escapes, and the quotation marks, of which PowerShell
// takes typographic ones for plain ones (about_Quoting_Rules).
func escapePowerShell(r rune) (string, bool) {
	switch r {
	case '`', '$', '"', '“', '”', '„':
		return "`" + string(r), true
	}
	return string(r), true
}

// cmdRunsIn is what cmd acts on between double quotes, where it has no escape, at
// least not when typed into: the end of the quotes, variables (`!` where it runs
// with /V:ON).
const cmdRunsIn = `"%!`

// escapeNushell escapes what is special between double quotes (The Nushell Book,
// Working with Strings). Its line editor puts an earlier command in the place of
// `!!` anywhere on the line, so an exclamation mark goes by its number.
func escapeNushell(r rune) (string, bool) {
	switch r {
	case '!':
		return `\u{21}`, true
	case '\\', '"':
		return `\` + string(r), true
	}
	return string(r), true
}

// docker writes arguments for `docker run`, quoted for bash and zsh.
func (w *writer) docker(c *Credentials, o *Options) {
	s := shellOf(list.POSIX)
	for _, f := range c.fields(o) {
		if f.value == "" {
			continue
		}
		if len(w.text) > 0 {
			w.add(" ")
		}
		w.add("-e ", f.variable, s.between)
		w.value(f, s.escape)
		w.add(s.after)
	}
}
