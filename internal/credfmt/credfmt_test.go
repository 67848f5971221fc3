package credfmt_test

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"portico/internal/credfmt"
)

const golden = `export AWS_ACCESS_KEY_ID="ASIAEXAMPLEKEYID1234"
export AWS_SECRET_ACCESS_KEY="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
export AWS_SESSION_TOKEN="IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ=="
export AWS_CREDENTIAL_EXPIRATION="2026-03-01T19:30:05Z"`

func ordinary() *credfmt.Credentials {
	return &credfmt.Credentials{
		AccountID: "123456789012", RoleName: "AdministratorAccess",
		AccessKeyID:     "ASIAEXAMPLEKEYID1234",
		SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
		SessionToken:    "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==",
		Expiration:      time.Date(2026, 3, 1, 20, 30, 5, 987e6, time.FixedZone("CET", 3600)),
	}
}

func TestPOSIXIsWrittenAsThePortalWritesIt(t *testing.T) {
	if got := credfmt.POSIX(ordinary()); got != golden {
		t.Errorf("got\n%s\nwant\n%s", got, golden)
	}
}

func TestWhatHasNoKnownEndIsWrittenWithoutOne(t *testing.T) {
	c := ordinary()
	c.Expiration = time.Time{}
	for _, text := range []string{credfmt.POSIX(c), credfmt.PowerShell(c), credfmt.CredentialsFile(c)} {
		if n := strings.Count(strings.TrimSpace(text), "\n"); strings.Contains(text, "EXPIRATION") || strings.Contains(text, "0001") || !strings.Contains(text, c.SessionToken) || n > 3 {
			t.Errorf("got %s", text)
		}
	}
}

// The last line waits for Enter, and a hostile value must not press it.
func TestPOSIXHoldsNothingThatATerminalTakesForAKey(t *testing.T) {
	c := ordinary()
	c.SessionToken = "a\nb\rc\x0fd\x1b[201~e\x00f\x04g\x7fh\ti"
	got := credfmt.POSIX(c)
	if !strings.Contains(got, `"abcd[201~efghi"`) {
		t.Errorf("got %q", got)
	}
	if lines := strings.Split(got, "\n"); len(lines) != 4 || strings.ContainsAny(strings.Join(lines, ""), "\r\x00\x04\x0f\x1b\x7f\t") {
		t.Errorf("got %q", got)
	}
}

// shell is one way to start a shell from a text.
type shell struct {
	name   string
	args   []string
	before string // typed first
}

// shells gives every shell there is. bash and sh have to be.
func shells(t testing.TB) []shell {
	t.Helper()
	all := []shell{{name: "bash"}, {name: "sh"},
		// As a terminal would: with a history, and with commands from it wherever a `!` asks for them.
		{name: "bash", args: []string{"--norc", "--noprofile", "-i"}, before: interactiveBefore}}
	for _, s := range all {
		if _, err := exec.LookPath(s.name); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []shell{{name: "dash"}, {name: "zsh", args: []string{"-f"}}, {name: "ksh"}, {name: "ksh93"}, {name: "mksh"}, {name: "yash"},
		{name: "busybox", args: []string{"sh"}}, {name: "zsh", args: []string{"-f", "-i"}, before: interactiveBefore}} {
		if _, err := exec.LookPath(s.name); err == nil {
			all = append(all, s)
		}
	}
	return all
}

// interactiveBefore is a harmless command that is not when it is put, by history
// expansion, between double quotes.
const interactiveBefore = `true "; echo > canary; true "` + "\n"

func (s shell) String() string { return strings.Join(append([]string{s.name}, s.args...), " ") }

// environment is what a program sees that is started from a shell into which
// text was pasted. A value that was run leaves something in the folder.
func (s shell) environment(t testing.TB, text string) map[string]string {
	t.Helper()
	env, err := exec.LookPath("env")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(s.name, s.args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH"), "HISTFILE=", "LC_ALL=C.UTF-8"}
	cmd.Stdin = strings.NewReader(s.before + text + "\nexec " + env + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", s, err, stderr.Bytes())
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("%v ran something: %v, %v", s, left, err)
	}
	vars := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		vars[name] = value
	}
	return vars
}

func (s shell) check(t testing.TB, c *credfmt.Credentials) {
	t.Helper()
	got := s.environment(t, credfmt.POSIX(c))
	for name, want := range map[string]string{
		"AWS_ACCESS_KEY_ID": c.AccessKeyID, "AWS_SECRET_ACCESS_KEY": c.SecretAccessKey, "AWS_SESSION_TOKEN": c.SessionToken,
		"AWS_CREDENTIAL_EXPIRATION": c.Expiration.UTC().Format("2006-01-02T15:04:05Z"),
	} {
		if got[name] != want {
			t.Errorf("%v: %s is %q, want %q", s, name, got[name], want)
		}
	}
}

func TestShellsHaveExactlyTheValues(t *testing.T) {
	for _, s := range shells(t) {
		t.Run(s.String(), func(t *testing.T) { s.check(t, ordinary()) })
	}
}

var hostileValues = []string{
	``, ` `, `a b`, `  lead and trail  `, `"`, `""`, `'`, `''`, `\`, `\\`, `\"`, `a\`, `$HOME`, `${HOME}`, `$`, `$$`, `$'a'`, `~`, `*`, `?`, `[a]`, `{a,b}`,
	"$(echo > canary)", "`echo > canary`", `"; echo > canary; "`, `'; echo > canary; '`, `" && echo > canary "`, `\$(echo > canary)`, "\\`echo > canary\\`",
	`|echo`, `>canary`, `<x`, `&`, `;`, `#`, `(`, `)`, `$((1+1))`, `$(( $(echo > canary) ))`, `${x:=$(echo > canary)}`, `%s`, `-n`, `=`, `a=b`,
	`!`, `!!`, `!true`, `!?canary?`, `!-1`, `!1`, `!$`, `!*`, `^a^b`, `a!b`, `\!true`, `'!true`, `"!true`, `'"!true"'`, `!!!true`, `!#`, `wow!`, `é漢🚀`, "\u2028",
}

func TestShellsTakeHostileValuesForWhatTheyAre(t *testing.T) {
	for _, s := range shells(t) {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			for i := 0; i < len(hostileValues); i += 2 {
				c := ordinary()
				c.SecretAccessKey = hostileValues[i]
				if i+1 < len(hostileValues) {
					c.SessionToken = hostileValues[i+1]
				}
				s.check(t, c)
			}
		})
	}
}

// visible is a text without its control characters.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

func FuzzPOSIX(f *testing.F) {
	f.Add(strings.Join(hostileValues, ""))
	f.Add("a\nb\x00c")
	f.Add("\xff\xfe$(x)")
	all := shells(f)
	f.Fuzz(func(t *testing.T, value string) {
		value = strings.ToValidUTF8(value, "?") // as all that comes from JavaScript is
		c := ordinary()
		c.SecretAccessKey = value
		want := visible(value)
		for _, s := range all[:2] {
			if got := s.environment(t, credfmt.POSIX(c))["AWS_SECRET_ACCESS_KEY"]; got != want {
				t.Errorf("%v: %q became %q", s, want, got)
			}
		}
	})
}
