package credfmt_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/joho/godotenv"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/profile"
)

// inDotEnv is what a .env file can hold of a value.
func inDotEnv(value string) string {
	return strings.NewReplacer("'", "_", `\`, "_", "$", "_", "\u0085", "_", "\u2028", "_", "\u2029", "_").Replace(asWritten(value))
}

func checkDotEnv(t *testing.T, c *credfmt.Credentials) {
	t.Helper()
	text := write(t, list.DotEnv, c, everything)
	want := environmentOf(c, everything, inDotEnv)
	if got, err := godotenv.Unmarshal(text); err != nil || !maps.Equal(got, want) {
		t.Errorf("godotenv reads %q, %v, want %q from\n%s", got, err, want, text)
	}
}

func TestDotEnvIsReadBack(t *testing.T) {
	readers := []paster{{name: "bash"}, {name: "dash"}, {name: "zsh", args: []string{"-f"}}}
	checkDotEnv(t, ordinary())
	for _, value := range hostileNames {
		c := hostile(value)
		checkDotEnv(t, c)
		// Many a program just has a shell read it.
		file := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(file, []byte(write(t, list.DotEnv, c, everything)), 0o600); err != nil {
			t.Fatal(err)
		}
		want := environmentOf(c, everything, inDotEnv)
		for name, value := range stale {
			if _, set := want[name]; !set {
				want[name] = value
			}
		}
		for _, reader := range readers {
			need(t, reader.name)
			if got := reader.environment(t, "set -a; . "+file); !maps.Equal(got, want) {
				t.Errorf("%q: %v has %q, want %q", value, reader, got, want)
			}
		}
	}
}

func FuzzDotEnv(f *testing.F) {
	f.Add(strings.Join(hostileNames, ""))
	f.Add("a'b\\'c\n\u2028X=y")
	f.Fuzz(func(t *testing.T, value string) { checkDotEnv(t, hostile(value)) })
}

// arguments are what a command is given.
func arguments(t *testing.T, shell paster, text string) []string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command(shell.name, append(shell.args, "-c", `printf '%s\0' `+text)...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if left, _ := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Fatalf("%v: %v", err, left)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func TestDockerIsGivenExactlyTheValues(t *testing.T) {
	for _, shell := range []paster{{name: "bash"}, {name: "dash"}, {name: "zsh", args: []string{"-f"}}} {
		need(t, shell.name)
		for _, value := range hostileNames {
			c := hostile(value)
			args, got := arguments(t, shell, write(t, list.Docker, c, everything)), map[string]string{}
			for i := 0; i+1 < len(args) && args[i] == "-e"; i += 2 {
				name, value, _ := strings.Cut(args[i+1], "=")
				got[name] = value
			}
			if want := environmentOf(c, everything, asWritten); !maps.Equal(got, want) || len(args) != 2*len(want) {
				t.Errorf("%v, %q: docker has %q, want %q", shell, value, got, want)
			}
		}
	}
}

func TestACredentialProcessMayPrintIt(t *testing.T) {
	need(t, "sh")
	check := func(c *credfmt.Credentials, o credfmt.Options) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "out.json")
		if err := os.WriteFile(file, []byte(write(t, list.Process, c, o)), 0o600); err != nil {
			t.Fatal(err)
		}
		// The SDK drops what has ended already.
		got, err := processcreds.NewProvider("cat " + file).Retrieve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got.AccessKeyID != c.AccessKeyID || got.SecretAccessKey != c.SecretAccessKey || got.SessionToken != c.SessionToken {
			t.Errorf("the SDK has %+v", got)
		}
		if got.CanExpire != o.Expiry || o.Expiry && !got.Expires.Equal(c.Expiration.Truncate(time.Second)) {
			t.Errorf("the SDK has credentials that end %v, %v", got.CanExpire, got.Expires)
		}
		if o.Names && got.AccountID != c.AccountID {
			t.Errorf("the SDK has the account %q", got.AccountID)
		}
	}
	for _, o := range []credfmt.Options{{}, everything, {Expiry: true, OneLine: true}} {
		c := ordinary()
		c.Expiration = time.Date(2999, 3, 1, 19, 30, 5, 0, time.UTC)
		check(c, o)
		for _, value := range hostileNames {
			if value != "" {
				c.SessionToken = value
				check(c, o)
			}
		}
	}
}

// decoded reads JSON that is one line, if it has to be, and in ASCII.
func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	for i := range len(text) {
		if text[i] > '~' || text[i] < ' ' && text[i] != '\n' {
			t.Errorf("there is a byte %#x", text[i])
		}
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return got
}

func checkJSON(t *testing.T, value string) {
	t.Helper()
	c := hostile(value)
	want := map[string]any{"AccessKeyId": c.AccessKeyID, "SecretAccessKey": c.SecretAccessKey, "SessionToken": value, "Expiration": "2026-03-01T19:30:05Z",
		"Region": "eu-central-1", "AccountId": c.AccountID, "AccountName": value, "RoleName": value}
	for name, value := range want {
		if s := strings.ToValidUTF8(value.(string), "\ufffd"); s != value {
			want[name] = string([]rune(value.(string))) // one for each byte
		} else if s == "" && name != "SessionToken" {
			delete(want, name)
		}
	}
	for _, oneLine := range []bool{false, true} {
		o := everything
		o.OneLine = oneLine
		text := write(t, list.JSON, c, o)
		if got := decoded(t, text); !maps.Equal(got, want) {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
		if oneLine && strings.Count(text, "\n") != 1 {
			t.Errorf("one line is %q", text)
		}
	}
}

func TestJSONIsReadBack(t *testing.T) {
	for _, value := range hostileNames {
		checkJSON(t, value)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add(strings.Join(hostileNames, ""))
	f.Add("\xff\u2028\"\\\x7f🚀")
	f.Fuzz(checkJSON)
}

func TestTheSDKReadsCredentialsFilesWithAllOptions(t *testing.T) {
	c := ordinary()
	c.AccountName = "Payments Prod"
	o := everything
	o.Profile = "{accountName}-{roleName}"
	block := write(t, list.Credentials, c, o)
	got := read(t, "[default]\naws_access_key_id=other\n"+block+"[last]\n", profileOf(t, block))
	if k := got.Credentials; k.AccessKeyID != c.AccessKeyID || k.SecretAccessKey != c.SecretAccessKey || k.SessionToken != c.SessionToken || got.Region != "eu-central-1" {
		t.Errorf("the SDK reads %+v from\n%s", got, block)
	}
	if !strings.HasPrefix(block, "[Payments-Prod-AdministratorAccess]\n# expires 2026-03-01T19:30:05Z\n") {
		t.Errorf("got\n%s", block)
	}
}

func TestAHostileValueAddsNothingToACredentialsFile(t *testing.T) {
	for _, value := range slices.Concat(hostileNames, []string{"a\n[default]\naws_access_key_id=x", "a\u2028[default]", " # a", "[default]", "default", "profile x"}) {
		c := hostile(value)
		o := everything
		o.Profile = "{accountName}"
		block := write(t, list.Credentials, c, o)
		if profileOf(t, block) == "default" {
			t.Errorf("%q is the profile for who names none", value)
		}
		if got := read(t, block, profileOf(t, block)); got.Credentials.AccessKeyID != c.AccessKeyID || got.CredentialProcess != "" || got.Region != o.Region {
			t.Errorf("%q: the SDK reads %+v from\n%s", value, got, block)
		}
	}
}

func FuzzCredentialsFileWithOptions(f *testing.F) {
	f.Add(strings.Join(hostileNames, ""), "Prod", "{accountName}")
	f.Add("x", "]\n[default]", "{accountId}.{roleName}")
	f.Fuzz(func(t *testing.T, value, name, template string) {
		c := hostile(value)
		c.AccountName = name
		o := everything
		o.Profile = template
		w, err := credfmt.Write(list.Credentials, c, o)
		if err != nil {
			return // of the template
		}
		if got := read(t, w.Text, profileOf(t, w.Text)); got.Credentials.AccessKeyID != c.AccessKeyID || got.Region != o.Region {
			t.Errorf("the SDK reads %+v from %q", got, w.Text)
		}
	})
}

// A profile is called the same whichever role is copied.
func TestNoTwoRolesShareAProfile(t *testing.T) {
	among := []profile.Role{{AccountID: "111111111111", AccountName: "prod", RoleName: "Admin"}, {AccountID: "222222222222", AccountName: "Prod!", RoleName: "Admin"},
		{AccountID: "222222222222", AccountName: "Prod!", RoleName: "Read"}, {AccountID: "333333333333", AccountName: "Prod", RoleName: "Admin"}}
	want := []string{"prod-Admin", "Prod-Admin-222222222222_Admin", "Prod-Read", "Prod-Admin-333333333333_Admin"}
	for i, r := range among {
		c := ordinary()
		c.AccountID, c.AccountName, c.RoleName, c.Among = r.AccountID, r.AccountName, r.RoleName, among
		if got := profileOf(t, write(t, list.Credentials, c, credfmt.Options{Profile: "{accountName}-{roleName}"})); got != want[i] {
			t.Errorf("%+v is %s, want %s", r, got, want[i])
		}
	}
}
