package credfmt_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
)

// need fails the test where a shell is missing that `make test` installs, and
// elsewhere says what is not tested.
func need(t testing.TB, shell string) {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil {
		const how = "is not installed: run `scripts/setup.sh shells`"
		if os.Getenv("CI") != "" {
			t.Fatal(shell, how)
		}
		t.Skip("NOT TESTED:", shell, how)
	}
}

// paster is a real shell into which a text is pasted.
type paster struct {
	format string
	name   string
	args   []string
	before string // typed first
}

func (p paster) String() string { return strings.Join(append([]string{p.name}, p.args...), " ") }

// pasters are the shells that Debian has, as scripts and as people type into
// them: there a `!` asks for a command of the history, which is put in its place.
var pasters = []paster{
	{format: list.POSIX, name: "bash"},
	{format: list.POSIX, name: "dash"},
	{format: list.POSIX, name: "zsh", args: []string{"-f"}},
	{format: list.POSIX, name: "bash", args: []string{"--norc", "--noprofile", "-i"}, before: interactiveBefore},
	{format: list.POSIX, name: "zsh", args: []string{"-f", "-i"}, before: interactiveBefore},
	{format: list.Fish, name: "fish", args: []string{"--no-config"}},
	{format: list.Fish, name: "fish", args: []string{"--no-config", "-i"}},
}

// interactiveBefore is a harmless command that is not when it is put, by history
// expansion, between double quotes.
const interactiveBefore = `true "; echo > canary; true "` + "\n"

// stale is an environment in which other credentials are at work.
var stale = map[string]string{"AWS_PROFILE": "another", "AWS_SECURITY_TOKEN": "another", "AWS_CREDENTIAL_EXPIRATION": "2001-01-01T00:00:00Z",
	"AWS_ACCOUNT_ID": "999999999999", "AWS_ACCOUNT_NAME": "another", "AWS_ROLE_NAME": "another", "AWS_REGION": "xx-east-1"}

// environment is the AWS_ variables of a program that is started from a shell into
// which text was pasted. What was run instead leaves something in the folder.
func (p paster) environment(t testing.TB, text string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	home := t.TempDir()
	out := filepath.Join(home, "environment")
	cmd := exec.Command(p.name, p.args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "HISTFILE=", "LC_ALL=C.UTF-8", "OUT=" + out, "TERM=dumb"}
	for name, value := range stale {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdin = strings.NewReader(p.before + text + "\nenv -0 >$OUT\nexit\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", p, err, stderr.Bytes())
	}
	return p.left(t, dir, out)
}

// left reads what a shell left behind.
func (p paster) left(t testing.TB, dir, out string) map[string]string {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v ran something: %v, %v", p, left, err)
	}
	env, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("%v: %v", p, err)
	}
	vars := map[string]string{}
	for entry := range strings.SplitSeq(string(env), "\x00") {
		if name, value, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") {
			vars[name] = value
		}
	}
	return vars
}

// hostile is a role of an organisation that wishes people ill.
func hostile(value string) *credfmt.Credentials {
	c := ordinary()
	c.AccountName, c.RoleName, c.SessionToken = value, value, value
	return c
}

// everything is all that can be written.
var everything = credfmt.Options{Region: "eu-central-1", Expiry: true, Names: true}

// environmentOf is what a shell is to have of all, its own variables included.
// Values are as they are written where one can not hold them.
func environmentOf(c *credfmt.Credentials, o credfmt.Options, written func(string) string) map[string]string {
	env := map[string]string{"AWS_ACCESS_KEY_ID": c.AccessKeyID, "AWS_SECRET_ACCESS_KEY": c.SecretAccessKey, "AWS_SESSION_TOKEN": c.SessionToken, "AWS_REGION": "xx-east-1"}
	if o.Region != "" {
		env["AWS_REGION"], env["AWS_DEFAULT_REGION"] = o.Region, o.Region
	}
	if o.Expiry && !c.Expiration.IsZero() {
		env["AWS_CREDENTIAL_EXPIRATION"] = c.Expiration.UTC().Format(time.RFC3339)
	}
	if o.Names {
		env["AWS_ACCOUNT_ID"], env["AWS_ACCOUNT_NAME"], env["AWS_ROLE_NAME"] = c.AccountID, c.AccountName, c.RoleName
	}
	if o.KeepProfile {
		env["AWS_PROFILE"] = "another"
	}
	for name, value := range env {
		if value = written(value); value == "" {
			delete(env, name)
		} else {
			env[name] = value
		}
	}
	return env
}

// lowLines is a value with what is no text replaced.
func lowLines(value string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '_'
		}
		return r
	}, value)
}

func write(t testing.TB, format string, c *credfmt.Credentials, o credfmt.Options) string {
	t.Helper()
	w, err := credfmt.Write(format, c, o)
	if err != nil {
		t.Fatal(err)
	}
	return w.Text
}

// ordinary are credentials as the portal issues them.
func ordinary() *credfmt.Credentials {
	return &credfmt.Credentials{
		AccountID: "123456789012", RoleName: "AdministratorAccess",
		AccessKeyID:     "ASIAEXAMPLEKEYID1234",
		SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
		SessionToken:    "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==",
		Expiration:      time.Date(2026, 3, 1, 20, 30, 5, 987e6, time.FixedZone("CET", 3600)),
	}
}

var hostileValues = []string{
	``, ` `, `a b`, `  lead and trail  `, `"`, `""`, `'`, `''`, `\`, `\\`, `\"`, `a\`, `$HOME`, `${HOME}`, `$`, `$$`, `$'a'`, `~`, `*`, `?`, `[a]`, `{a,b}`,
	"$(echo > canary)", "`echo > canary`", `"; echo > canary; "`, `'; echo > canary; '`, `" && echo > canary "`, `\$(echo > canary)`, "\\`echo > canary\\`",
	`|echo`, `>canary`, `<x`, `&`, `;`, `#`, `(`, `)`, `$((1+1))`, `$(( $(echo > canary) ))`, `${x:=$(echo > canary)}`, `%s`, `-n`, `=`, `a=b`,
	`!`, `!!`, `!true`, `!?canary?`, `!-1`, `!1`, `!$`, `!*`, `^a^b`, `a!b`, `\!true`, `'!true`, `"!true`, `'"!true"'`, `!!!true`, `!#`, `wow!`, `é漢🚀`, "\u2028",
}

var hostileNames = slices.Concat(hostileValues, []string{"a\nb\rc", "echo > canary\necho > canary\r", "\x00", "\x1b[201~\recho > canary\r", "\x04", "%PATH%", "%", "]", "a\u202eb\u2066c", "\u2028", "\u2029\u0085", "\u009b2J\u009d0;x\u009c", "=ls", "a:=nothing",
	"‘echo > canary’", "’; echo > canary; ‘", "“; echo > canary; ”", "„$(echo > canary)“", "(echo > canary)", "{echo,x}", "\\", "a\\\n", "r#'x'#", "'#; echo > canary", `!!`, `!"`, "^", "&calc", "\\(echo > canary)", "\uFEFF", "Größe 漢字 🚀"})

func TestRealShellsHaveExactlyWhatIsPasted(t *testing.T) {
	for _, p := range pasters {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			need(t, p.name)
			for _, o := range []credfmt.Options{{}, {Expiry: true}, everything, {Names: true, OneLine: true}, {Expiry: true, LeadingSpace: true, KeepProfile: true}, {LeadingSpace: true, OneLine: true}} {
				c := ordinary()
				c.AccountName = "Payments Prod"
				text := write(t, p.format, c, o)
				if got, want := p.environment(t, text), environmentOf(c, o, lowLines); !maps.Equal(got, want) {
					t.Errorf("%+v: has %q, want %q of\n%s", o, got, want, text)
				}
				// And nothing of it, once it is undone; a profile does not come back.
				want := map[string]string{}
				if o.KeepProfile {
					want["AWS_PROFILE"] = "another"
				}
				if got := p.environment(t, text+"\n"+credfmt.Unset(p.format, o)); !maps.Equal(got, want) {
					t.Errorf("%+v: undone, has %q", o, got)
				}
			}
			for _, value := range hostileNames {
				c := hostile(value)
				text := write(t, p.format, c, everything)
				if got, want := p.environment(t, text), environmentOf(c, everything, lowLines); !maps.Equal(got, want) {
					t.Errorf("%q: has %q, want %q of\n%s", value, got, want, text)
				}
			}
		})
	}
}

func FuzzRealShells(f *testing.F) {
	for _, s := range []string{strings.Join(hostileNames, ""), "a\nb\x00c", "\xff\xfe$(x)", "!!", "“$(x)”"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		c := hostile(value)
		for _, p := range pasters {
			need(t, p.name)
			text := write(t, p.format, c, everything)
			if got, want := p.environment(t, text), environmentOf(c, everything, asWritten); !maps.Equal(got, want) {
				t.Errorf("%v: has %q, want %q of\n%s", p, got, want, text)
			}
		}
	})
}

// asWritten is lowLines, and of what is no UTF-8 each byte is replaced too.
func asWritten(value string) string {
	var b strings.Builder
	for i, r := range value {
		if r == '\ufffd' && !strings.HasPrefix(value[i:], "\ufffd") {
			r = '_'
		}
		b.WriteRune(r)
	}
	return lowLines(b.String())
}

func TestWhatWasReplacedIsSaid(t *testing.T) {
	named := func(format, value string, want string) {
		t.Helper()
		c := ordinary()
		c.AccountName = value
		w, err := credfmt.Write(format, c, everything)
		if err != nil {
			t.Fatal(err)
		}
		var exp []credfmt.Replaced
		if want != "" {
			exp = []credfmt.Replaced{{Name: "AWS_ACCOUNT_NAME", Chars: want}}
		}
		if !slices.Equal(w.Replaced, exp) {
			t.Errorf("%s, %q: says %+v, want %q", format, value, w.Replaced, want)
		}
	}
	for _, f := range []string{list.POSIX, list.Fish, list.PowerShell, list.Nushell, list.Docker} {
		named(f, "a\x00b\nc\nd", "\x00\n")
		named(f, "%PATH% \"'$(x)`!\u2028\u202e", "")
		named(f, "a\xffb", "\ufffd")
		named(f, "a\ufffdb", "") // which is a character like any other
	}
	named(list.Cmd, `50% "off"!`, `%"!`)
	named(list.DotEnv, `it's \ ${a}`+"\u2028", `'\$`+"\u2028")
	named(list.JSON, "\x00\n\u2028\"\\", "")
	named(list.JSON, "\xff", "\ufffd")

	// A value that is secret is not said, not even a part of it.
	c := ordinary()
	c.SecretAccessKey, c.SessionToken = "a\nb", "\x07"
	w, _ := credfmt.Write(list.POSIX, c, everything)
	if want := []credfmt.Replaced{{Name: "AWS_SECRET_ACCESS_KEY"}, {Name: "AWS_SESSION_TOKEN"}}; !slices.Equal(w.Replaced, want) {
		t.Errorf("says %+v", w.Replaced)
	}
}

// runs has a shell read a text that may make no sense. It may do nothing but what
// the text itself says, which is no more than to fail: it finds no program.
func (p paster) runs(t *testing.T, text string) {
	t.Helper()
	path, err := exec.LookPath(p.name)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, p.args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "PATH=/nowhere", "LC_ALL=C.UTF-8"}
	cmd.Stdin = strings.NewReader(text + "\n")
	_ = cmd.Run() // most fail
	if _, err := os.Stat(filepath.Join(dir, "canary")); err == nil {
		t.Errorf("%v ran what a portal sent, from %q", p, text)
	}
}
