package credfmt_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"portico/internal/awsconfig"
	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/placeholder"
	"portico/internal/profile"
)

var update = flag.Bool("update", false, "write docs/formats.md anew")

const page = "../../docs/formats.md"

// about says what is particular about a format.
var about = map[string]string{
	list.POSIX:      "Also for dash, ksh and other POSIX shells. `!` stands between single quotes, since bash and zsh put a command of the history in its place elsewhere.",
	list.Fish:       "Variables of all sessions (universal ones) are not touched.",
	list.PowerShell: "Typographic quotation marks are escaped as well: PowerShell takes them for plain ones.",
	list.Cmd:        "The quotes are part of the command, not of the value. `%` and `\"` can't be written where people type, `!` not with `/V:ON`: each is replaced by `_`, which is reported.",
	list.Nushell:    "`!` is written as `\\u{21}`, since the line editor puts a command of the history in the place of `!!`.",
	list.DotEnv:     "For programs that read such files, and for `set -a; . .env`. Values with other characters than `A-Z a-z 0-9 + / = _ . , : @ -` stand between single quotes, in which `'`, `\\`, `$` and Unicode's line ends are replaced by `_`: readers differ in what they make of them, and one runs `$(…)`. `docker --env-file` knows no quotes and takes them for a part of the value.",
	list.Docker:     "Arguments for `docker run`, quoted for bash and zsh. Other programs on the computer can read them while the container is started.",
	list.Credentials: "A block replaces the one of the same name: paste it over that, since the AWS CLI refuses a file in which a profile stands twice. " +
		"Blanks and quotation marks, which no credential holds, are replaced by `_`.",
	list.Process: "What a program has to print that is a `credential_process` in `~/.aws/config`.",
	list.JSON:    "In ASCII: everything else is written as `\\u` and its code.",
}

func TestThePageOfFormatsIsTrue(t *testing.T) {
	want := formatsPage(t)
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != want {
		t.Errorf("docs/formats.md is not what is written (%v): go test ./internal/credfmt -run TestThePageOfFormatsIsTrue -update", err)
	}
}

// example is a role of a hostile organisation, and its credentials.
func example() *credfmt.Credentials {
	c := ordinary()
	c.AccountName = `Bob's "50%" $(rm -rf ~)!`
	return c
}

func formatsPage(t *testing.T) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	block := func(text string) { say("```text\n%s\n```\n", strings.TrimSuffix(text, "\n")) }
	say(`# Formats

<!-- Written by go test ./internal/credfmt -run TestThePageOfFormatsIsTrue -update -->

What credentials look like in each format: with when they end, then with all options. The account of the examples is called %s.

The variables are those that the AWS CLI and SDKs read, %sAWS_ACCOUNT_ID%s included (endpoints may depend on it); %sAWS_ACCOUNT_NAME%s and %sAWS_ROLE_NAME%s only tell people where they are. Commands for shells also remove

- %sAWS_PROFILE%s, unless it is to be kept: the SDK for JavaScript takes it before keys that are set, other tools take the keys, and those in Python fail if there is no such profile. So which role is at work would depend on the tool;
- %sAWS_SECURITY_TOKEN%s, which tools in Python take before %sAWS_SESSION_TOKEN%s;
- what an earlier copy has left and this one does not set: a stale %sAWS_CREDENTIAL_EXPIRATION%s makes tools refuse good keys.

A region that is set stays, unless the copy has one.

Control characters, line breaks and NUL in a name are replaced by %s_%s everywhere but in JSON, which is reported. All other characters arrive as they are, where nothing else is said. Texts for shells end without a line break, so that the last command waits for Enter.
`, "`"+example().AccountName+"`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`")
	for _, f := range list.Formats() {
		if f.ID == list.Template {
			continue
		}
		say("## %s\n\n%s\n", f.Name, about[f.ID])
		c := example()
		block(write(t, f.ID, ordinary(), credfmt.Options{Expiry: true}))
		o := everything
		o.Profile = "{accountName}-{roleName}"
		w, err := credfmt.Write(f.ID, c, o)
		if err != nil {
			t.Fatal(err)
		}
		block(w.Text)
		for _, r := range w.Replaced {
			say("Replaced in `%s`: `%s`\n", r.Name, r.Chars)
		}
		if credfmt.IsShell(f.ID) {
			o.OneLine, o.LeadingSpace = true, true
			say("On one line, with a leading space:\n")
			block(write(t, f.ID, ordinary(), credfmt.Options{OneLine: true, LeadingSpace: true}))
			say("To undo it:\n")
			block(credfmt.Unset(f.ID, credfmt.Options{}))
		}
		if f.ID == list.Process || f.ID == list.JSON {
			say("On one line:\n")
			block(write(t, f.ID, ordinary(), credfmt.Options{OneLine: true}))
		}
	}
	templatesPage(t, say, block)
	configPage(t, say, block)
	return b.String()
}

// templatesPage writes how templates are made.
func templatesPage(t *testing.T, say func(string, ...any), block func(string)) {
	say("## Your template\n\nA text with placeholders: `{%s}`. Braces that are meant literally are doubled. A template is for one of: `%s`.\n",
		strings.Join(credfmt.Placeholders(), "}`, `{"), strings.Join(credfmt.Shells(), "`, `"))
	say(`A placeholder becomes a whole string in double quotes, with all that the shell acts on escaped; between double quotes of the template it goes on with that string. In %scmd%s it brings no quotes, so put %s"%s around it. For %splain%s it becomes the value as it is, of which only letters, digits, blanks and %s+/=_.,:@-%s are left.

Portico has to know how the shell reads each place. So strings end on the line on which they begin, and what the shell reads by further rules (a backslash, a backtick, a here-document, %s$(…)%s between quotes) is refused, with its place. What your template does with a value afterwards is beyond that: %seval%s would run it.
`, "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`", "`")
	for _, e := range []struct{ shell, template string }{
		{list.POSIX, "export AWS_ACCESS_KEY_ID={accessKeyId} AWS_SECRET_ACCESS_KEY={secretAccessKey} AWS_SESSION_TOKEN={sessionToken} && echo \"at {accountName} until {expiration}\""},
		{list.PowerShell, "Set-AWSCredential -AccessKey {accessKeyId} -SecretKey {secretAccessKey} -SessionToken {sessionToken} -StoreAs {profile}"},
		{list.Cmd, "SET \"AWS_ACCESS_KEY_ID={accessKeyId}\"\ntitle {accountName}"},
		{list.JSON, "{{\"role\": \"{accountId}/{roleName}\", \"key\": {accessKeyId}}}"},
		{credfmt.Plain, "access_key = '{accessKeyId}' # {accountName}"},
	} {
		say("For `%s`:\n", e.shell)
		block(e.template)
		block(templated(t, e.template, e.shell, example()))
	}
	say("What is refused, and where:\n\n| for | template | refused |\n|---|---|---|")
	for _, e := range []struct{ shell, template string }{
		{list.POSIX, "export KEY={accessKey}"}, {list.POSIX, "echo '{accountName}'"}, {list.POSIX, `echo "$(date) {accountName}`}, {list.Nushell, "x{roleName}"}, {list.PowerShell, "@{{a={roleName}}"},
	} {
		err := credfmt.CheckTemplate(e.template, e.shell)
		var wrong *placeholder.Error
		if !errors.As(err, &wrong) {
			t.Fatalf("nothing is wrong with %s", e.template)
		}
		say("| `%s` | `%s` | `%s` at %d |", e.shell, e.template, wrong.What, wrong.At+1)
	}
}

// configPage writes what ~/.aws/config is given.
func configPage(t *testing.T, say func(string, ...any), block func(string)) {
	names, err := profile.Parse("{accountName}-{roleName}")
	if err != nil {
		t.Fatal(err)
	}
	role := func(id, account, role, region string) awsconfig.Role {
		return awsconfig.Role{Role: profile.Role{AccountID: id, AccountName: account, RoleName: role}, Region: region}
	}
	w := awsconfig.Wanted{Session: "acme", StartURL: "https://acme.awsapps.com/start", Region: "eu-central-1", Names: names,
		Roles: []awsconfig.Role{role("111111111101", "Payments Prod", "ReadOnly", "eu-west-1"), role("111111111102", "sandbox", "Admin", "us-east-1")}}
	merged := func(text string) (string, []awsconfig.Change) {
		text, changes, err := awsconfig.Merge(text, w)
		if err != nil {
			t.Fatal(err)
		}
		return text, changes
	}
	fresh, _ := merged("")
	say("\n## ~/.aws/config\n\nThe portal’s session and a profile for each role, with `{accountName}-{roleName}` for names. It holds no secret: `aws sso login` signs in.\n")
	block(fresh)
	say(`Profiles are named after what is left of the names: letters without accents, digits, %s.%s, %s_%s and %s-%s. If two roles would share a name, or somebody else’s profile has it, %s<account ID>_<role>%s is put behind it; without a template that is the name, in which whatever else is in a role’s name is written as %s._%s and its code.

A file that there is keeps every line. Of a profile that names the portal’s session, the account and the role, and no other source of credentials, only the region is changed; all other profiles and sessions are somebody’s own. So this
`, "`", "`", "`", "`", "`", "`", "`", "`", "`", "`")
	const mine = "# mine\n[profile sandbox-Admin]\nrole_arn = arn:aws:iam::111111111102:role/x\nsource_profile = login\n\n" +
		"[sso-session work]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\n\n" +
		"[profile pay]\nsso_session = work\nsso_account_id = 111111111101\nsso_role_name = ReadOnly\nregion = eu-north-1 # for now\noutput = text\n"
	block(mine)
	say("becomes\n")
	after, changes := merged(mine)
	block(after)
	say("| section | what is done |\n|---|---|")
	for _, c := range changes {
		what := [...]string{"", "added", "", "there already", "left out"}[c.Kind]
		if c.Key != "" {
			what = fmt.Sprintf("%s: `%s` becomes `%s`", c.Key, c.Old, c.New)
		}
		if c.Instead != "" {
			what += ", since `" + c.Instead + "` is taken"
		}
		say("| `%s` | %s |", c.Section, what)
	}
}
