package credfmt_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portico/internal/credfmt"
)

const goldenPowerShell = `$Env:AWS_ACCESS_KEY_ID="ASIAEXAMPLEKEYID1234"
$Env:AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
$Env:AWS_SESSION_TOKEN="IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ=="
$Env:AWS_CREDENTIAL_EXPIRATION="2026-03-01T19:30:05Z"`

func TestPowerShellIsWrittenAsThePortalWritesIt(t *testing.T) {
	if got := credfmt.PowerShell(ordinary()); got != goldenPowerShell {
		t.Errorf("got\n%s\nwant\n%s", got, goldenPowerShell)
	}
}

// powerShell reads assignments by the rules of the language (about_Quoting_Rules,
// about_Special_Characters), and takes nothing else for good: it stands for the
// shell, which runs where it is installed.
func powerShell(text string) (map[string]string, error) {
	env := map[string]string{}
	for line := range strings.SplitSeq(text, "\n") {
		assigned, ok := strings.CutPrefix(line, "$Env:")
		name, value, equals := strings.Cut(assigned, "=")
		if !ok || !equals || name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
			return nil, fmt.Errorf("%q assigns to no variable of the environment", line)
		}
		var err error
		if env[name], err = expandable([]rune(value)); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
	}
	return env, nil
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

func TestThePowerShellOfTheseTestsIsStrict(t *testing.T) {
	for _, text := range []string{
		``, `$Env:A`, `$Env:A=`, `$Env:A=b`, `$Env:A='b'`, `$Env:A="b`, `$A="b"`, `$Env:="b"`, `$Env:A b="c"`, `$Env:A="b";c`, `$Env:A="b" "c"`, `$Env:A="b"“`,
		`$Env:A="$b"`, `$Env:A="$(b)"`, `$Env:A="${b}"`, "$Env:A=\"`n\"", "$Env:A=\"`\"", "$Env:A=\"`u{41}\"", `$Env:A="“"`, `$Env:A="b”c"`, "$Env:A=\"b\nc\"", "$Env:A=\"b\"\n",
	} {
		if env, err := powerShell(text); err == nil {
			t.Errorf("%q reads as %q", text, env)
		}
	}
	env, err := powerShell("$Env:A=\"a`$b``c`\"d\"\"e`“f‘'g!\"\n$Env:B_C=\"\"")
	if want := map[string]string{"A": "a$b`c\"d\"e“f‘'g!", "B_C": ""}; err != nil || !maps.Equal(env, want) {
		t.Errorf("got %q, %v; want %q", env, err, want)
	}
}

// realPowerShell is what a PowerShell that is installed makes of text.
func realPowerShell(t *testing.T, text string, names ...string) map[string]string {
	t.Helper()
	for _, name := range names {
		text += "\n[Console]::Out.WriteLine('" + name + " ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string]$Env:" + name + ")))"
	}
	script := filepath.Join(t.TempDir(), "paste.ps1")
	if err := os.WriteFile(script, []byte("\ufeff"+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pwsh", "-NoProfile", "-NonInteractive", "-File", script).Output()
	if err != nil {
		t.Fatalf("pwsh: %v", err)
	}
	env := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, encoded, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		value, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		env[name] = string(value)
	}
	return env
}

func TestPowerShellTakesHostileValuesForWhatTheyAre(t *testing.T) {
	_, missing := exec.LookPath("pwsh")
	values := append(hostileValues, "`", "``", "`n", "`$x", "`“", "“", "”", "„", "“”", `"“`, "‘", "’", "‚", "‛", "'‘", "$Env:PATH", "$($x)", "${x}", "@'", `@"`, "#>", "–", "\u00a0", "\u0085")
	for _, value := range values {
		c := ordinary()
		c.SecretAccessKey = value
		want := map[string]string{"AWS_ACCESS_KEY_ID": c.AccessKeyID, "AWS_SECRET_ACCESS_KEY": value, "AWS_SESSION_TOKEN": c.SessionToken,
			"AWS_CREDENTIAL_EXPIRATION": "2026-03-01T19:30:05Z"}
		text := credfmt.PowerShell(c)
		if got, err := powerShell(text); err != nil || !maps.Equal(got, want) {
			t.Errorf("%q: got %q, %v", value, got, err)
		}
		if missing == nil {
			if got := realPowerShell(t, text, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"); !maps.Equal(got, want) {
				t.Errorf("%q: pwsh has %q", value, got)
			}
		}
	}
}

func FuzzPowerShell(f *testing.F) {
	for _, s := range []string{strings.Join(hostileValues, ""), "a\nb\x00c\x1b", "`“$(x)”„\u0085", "\xff\xfe$(x)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		c := ordinary()
		c.SessionToken = strings.ToValidUTF8(value, "?") // as all that comes from JavaScript is
		got, err := powerShell(credfmt.PowerShell(c))
		if err != nil || got["AWS_SESSION_TOKEN"] != visible(c.SessionToken) {
			t.Errorf("%q became %q, %v", c.SessionToken, got, err)
		}
	})
}
