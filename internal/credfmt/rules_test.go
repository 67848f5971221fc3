package credfmt_test

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
)

// Shells that Debian does not have are stood for by readers of our own, which go
// by the rules of their documentation and take nothing else for good.

// reading is a text that is being read.
type reading struct{ rest []rune }

func (r *reading) take(text string) bool {
	if !strings.HasPrefix(string(r.rest), text) {
		return false
	}
	r.rest = r.rest[len([]rune(text)):]
	return true
}

// name reads the name of a variable of ours.
func (r *reading) name() string {
	n := 0
	for n < len(r.rest) && (r.rest[n] == '_' || 'A' <= r.rest[n] && r.rest[n] <= 'Z') {
		n++
	}
	name := string(r.rest[:n])
	r.rest = r.rest[n:]
	return name
}

// statements reads a text as statements that begin a line or follow and.
func statements(text, and string, env map[string]string, statement func(*reading) error) error {
	r := &reading{[]rune(text)}
	for {
		r.take(" ")
		if err := statement(r); err != nil {
			return fmt.Errorf("%w before %.60q", err, string(r.rest))
		}
		if len(r.rest) == 0 {
			return nil
		}
		if !r.take("\n") && !r.take(and) {
			return fmt.Errorf("%.60q follows a statement", string(r.rest))
		}
	}
}

// readPowerShell: about_Environment_Variables (assigning $null removes one),
// about_Quoting_Rules, about_Special_Characters. Typographic quotation marks begin
// a string, end it and, doubled, stand for themselves as plain ones do.
func readPowerShell(text string) (map[string]string, error) {
	env := maps.Clone(stale)
	err := statements(text, "; ", env, func(r *reading) error {
		if !r.take("$Env:") {
			return errors.New("no variable of the environment")
		}
		name := r.name()
		if name == "" || !r.take("=") {
			return errors.New("no assignment")
		}
		if r.take("$null") {
			delete(env, name)
			return nil
		}
		end := 0 // of the string: the first quotation mark that neither is escaped nor one of two
		quote := func(i int) bool { return i < len(r.rest) && strings.ContainsRune(`"“”„`, r.rest[i]) }
		for end = 1; end < len(r.rest) && (!quote(end) || quote(end+1)); end++ {
			if r.rest[end] == '`' || quote(end) {
				end++
			}
		}
		if end >= len(r.rest) {
			return errors.New("no end")
		}
		value, err := expandable(r.rest[:end+1])
		r.rest = r.rest[end+1:]
		env[name] = value
		return err
	})
	return env, err
}

// expandable reads a string in double quotes. Typographic quotation marks begin
// it, end it and, doubled, stand for themselves as plain ones do.
func expandable(text []rune) (string, error) {
	quote := func(i int) bool { return i < len(text) && strings.ContainsRune(`"“”„`, text[i]) }
	if !quote(0) {
		return "", errors.New("no string begins")
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch r := text[i]; {
		case quote(i) && quote(i+1):
			i++
			b.WriteRune(text[i])
		case quote(i) && i == len(text)-1:
			return b.String(), nil
		case quote(i):
			return "", fmt.Errorf("%q follows the string", string(text[i+1:]))
		case r == '$':
			return "", errors.New("a variable or a command is expanded")
		case r < ' ' || r == 0x7f:
			return "", fmt.Errorf("a line editor acts on %q", r)
		case r == '`':
			i++
			if i == len(text) || strings.ContainsRune("0abefnrtuv", text[i]) {
				return "", errors.New("a backtick makes something else of what follows")
			}
			b.WriteRune(text[i])
		default:
			b.WriteRune(r)
		}
	}
	return "", errors.New("the string does not end")
}

// readNushell: The Nushell Book, Environment (hide-env), Working with Strings
// (escapes of double-quoted strings), and the history's `!` (Bashisms), which
// counts in strings too.
func readNushell(text string) (map[string]string, error) {
	env := maps.Clone(stale)
	if strings.Contains(text, "!") {
		return nil, errors.New("a command of the history is put in")
	}
	err := statements(text, "; ", env, func(r *reading) error {
		if r.take("hide-env -i") {
			for r.take(" ") {
				delete(env, r.name())
			}
			return nil
		}
		if !r.take("$env.") {
			return errors.New("no variable of the environment")
		}
		name := r.name()
		if name == "" || !r.take(` = "`) {
			return errors.New("no assignment of a string")
		}
		var b strings.Builder
		for !r.take(`"`) {
			if len(r.rest) == 0 {
				return errors.New("no end")
			}
			c := r.rest[0]
			r.rest = r.rest[1:]
			switch {
			case c < ' ' || c == 0x7f:
				return errors.New("a line editor acts on a character")
			case c != '\\':
				b.WriteRune(c)
			case r.take(`"`):
				b.WriteRune('"')
			case r.take(`\`):
				b.WriteRune('\\')
			case r.take("u{"):
				digits, _, closed := strings.Cut(string(r.rest), "}")
				n, err := strconv.ParseUint(digits, 16, 21)
				if err != nil || !closed {
					return errors.New("no code")
				}
				b.WriteRune(rune(n))
				r.take(digits + "}")
			default:
				return errors.New("another escape")
			}
		}
		env[name] = b.String()
		return nil
	})
	return env, err
}

// readCmd: what is typed into cmd. Variables are put in first, everywhere on the
// line, `%NAME%` always and `!NAME!` with /V:ON. Then quotation marks keep the line
// together. SET takes what is between the first and the last one (`set /?`), and
// nothing for none.
func readCmd(text string) (map[string]string, error) {
	env := maps.Clone(stale)
	if strings.ContainsAny(text, "%!") {
		return nil, errors.New("a variable is put in")
	}
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' || c == 0x7f {
			return nil, errors.New("the console acts on a character")
		}
	}
	err := statements(text, "& ", env, func(r *reading) error {
		if !r.take(`SET "`) {
			return errors.New("no assignment")
		}
		name := r.name()
		if name == "" || !r.take("=") {
			return errors.New("no name")
		}
		value, _, closed := strings.Cut(string(r.rest), `"`)
		if !closed || strings.Contains(value, "\n") {
			return errors.New("no end")
		}
		r.take(value + `"`)
		if value == "" {
			delete(env, name)
		} else {
			env[name] = value
		}
		return nil
	})
	return env, err
}

var readers = map[string]func(string) (map[string]string, error){list.PowerShell: readPowerShell, list.Nushell: readNushell, list.Cmd: readCmd}

// held is what a format can hold of a value.
func held(format, value string) string {
	if value = asWritten(value); format == list.Cmd {
		value = strings.NewReplacer("%", "_", "!", "_", `"`, "_").Replace(value)
	}
	return value
}

func TestReadersAreStrict(t *testing.T) {
	for format, texts := range map[string][]string{
		list.PowerShell: {``, `$Env:A`, `$Env:A=`, `$Env:A='b'`, `$Env:A="b`, `$Env:A="b";c`, `$Env:A="b" "c"`, `$Env:A="b"“`, `$Env:A="$b"`, "$Env:A=\"`n\"",
			"$Env:A=\"`\"", `$Env:A="“"`, `$Env:A="b”c"`, "$Env:A=\"b\nc\"", "$Env:A=\"b\"\n", "$Env:A=$null2", `$A="b"`},
		list.Nushell: {``, `$env.A`, `$env.A = b`, `$env.A="b"`, `$env.A = "b`, `$env.A = "b"c`, `$env.A = "b";c`, `$env.A = "b\n"`, `$env.A = "\u{}"`, `$env.A = "\"`,
			"$env.A = \"b\nc\"", `$env.A = "!!"`, `$env.A = $"b"`, `hide-env A`, `hide-env -i A;x`, `$env.A = "b" $env.B = "c"`},
		list.Cmd: {``, `SET A=b`, `SET "A=b`, `SET "A=b"c"`, `SET "A=%PATH%"`, `SET "A=!x!"`, "SET \"A=b\nc\"", `SET "A=b"&calc`, `SET "A=b" & calc`, "SET \"A=b\"\r", `SET "A"`},
	} {
		for _, text := range texts {
			if env, err := readers[format](text); err == nil {
				t.Errorf("%s: %q reads as %q", format, text, env)
			}
		}
	}
}

func checkShell(t *testing.T, format string, c *credfmt.Credentials, o credfmt.Options) {
	t.Helper()
	text := write(t, format, c, o)
	got, err := readers[format](text)
	if want := environmentOf(c, o, func(s string) string { return held(format, s) }); err != nil || !maps.Equal(got, want) {
		t.Errorf("%s, %+v: has %q, %v, want %q of\n%s", format, o, got, err, want, text)
	}
	got, err = readers[format](text + "\n" + credfmt.Unset(format, o))
	if o.KeepProfile {
		delete(got, "AWS_PROFILE")
	}
	if err != nil || len(got) > 0 {
		t.Errorf("%s, %+v: undone, has %q, %v", format, o, got, err)
	}
}

func TestOtherShellsHaveExactlyWhatIsPasted(t *testing.T) {
	for format := range readers {
		for _, o := range []credfmt.Options{{}, everything, {Names: true, OneLine: true}, {Expiry: true, LeadingSpace: true, KeepProfile: true}, {LeadingSpace: true, OneLine: true, Expiry: true}} {
			checkShell(t, format, ordinary(), o)
			for _, value := range hostileNames {
				checkShell(t, format, hostile(value), o)
			}
		}
	}
}

func FuzzOtherShells(f *testing.F) {
	for _, s := range []string{strings.Join(hostileNames, ""), "a\nb\x00c\x1b", "`“$(x)”„\u0085", "\xff\xfe$(x)", `\u{41}"\`, "%PATH%!x!"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for format := range readers {
			checkShell(t, format, hostile(value), everything)
		}
	})
}
