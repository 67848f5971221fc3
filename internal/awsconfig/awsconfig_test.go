package awsconfig_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"

	"portico/internal/awsconfig"
	"portico/internal/profile"
)

func role(account, name, role, region string) awsconfig.Role {
	return awsconfig.Role{Role: profile.Role{AccountID: account, AccountName: name, RoleName: role}, Region: region}
}

// acme is what a portal's file is to have.
func acme(roles ...awsconfig.Role) awsconfig.Wanted {
	names, err := profile.Parse("{accountName}-{roleName}")
	if err != nil {
		panic(err)
	}
	return awsconfig.Wanted{Session: "Acme Corp", StartURL: "https://acme.awsapps.com/start", Region: "eu-central-1", Roles: roles, Names: names}
}

var two = []awsconfig.Role{role("111111111101", "Payments Prod", "AWSReadOnlyAccess", "eu-west-1"), role("111111111102", "dev", "Power+User", "")}

const golden = `[sso-session Acme-Corp]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access

[profile Payments-Prod-AWSReadOnlyAccess]
sso_session = Acme-Corp
sso_account_id = 111111111101
sso_role_name = AWSReadOnlyAccess
region = eu-west-1

[profile dev-Power-User]
sso_session = Acme-Corp
sso_account_id = 111111111102
sso_role_name = Power+User
`

func merge(t testing.TB, text string, w awsconfig.Wanted) (string, []awsconfig.Change) {
	t.Helper()
	got, changes, err := awsconfig.Merge(text, w)
	if err != nil {
		t.Fatal(err)
	}
	again, nothing, err := awsconfig.Merge(got, w)
	if err != nil || again != got || slices.ContainsFunc(nothing, func(c awsconfig.Change) bool { return c.Kind == awsconfig.Added || c.Kind == awsconfig.Changed }) {
		t.Errorf("merging again gives\n%s\nnot\n%s\n%+v, %v", again, got, nothing, err)
	}
	return got, changes
}

// read has the AWS SDK read a profile.
func read(t testing.TB, text, name string) (config.SharedConfig, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.LoadSharedConfigProfile(t.Context(), name, func(o *config.LoadSharedConfigOptions) {
		o.ConfigFiles, o.CredentialsFiles = []string{path}, []string{}
	})
}

// checkRead has the SDK find a role, by the name that a change gives its profile.
func checkRead(t testing.TB, text string, w awsconfig.Wanted, c awsconfig.Change) {
	t.Helper()
	name, ok := strings.CutPrefix(c.Section, "profile ")
	if !ok {
		return
	}
	got, err := read(t, text, name)
	if err != nil || got.SSOSession == nil {
		t.Errorf("the SDK reads %+v, %v in %s of\n%s", got, err, name, text)
		return
	}
	if got.SSOAccountID != c.Role.AccountID || got.SSORoleName != c.Role.RoleName || c.Role.Region != "" && got.Region != c.Role.Region ||
		strings.TrimRight(got.SSOSession.SSOStartURL, "/#") != w.StartURL || got.SSOSession.SSORegion != w.Region ||
		got.Credentials.HasKeys() || got.RoleARN != "" || got.CredentialProcess != "" {
		t.Errorf("the SDK reads %+v, %+v in %s of\n%s", got, got.SSOSession, name, text)
	}
}

func kinds(changes []awsconfig.Change) string {
	var all []string
	for _, c := range changes {
		text := [...]string{"", "added ", "changed ", "present ", "skipped "}[c.Kind] + c.Section
		if c.Kind == awsconfig.Skipped {
			text += c.Role.RoleName
		}
		if c.Instead != "" {
			text += " instead of " + c.Instead
		}
		if c.Key != "" {
			text += ": " + c.Key + " " + c.Old + ">" + c.New
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n")
}

func check(t *testing.T, what string, changes []awsconfig.Change, want ...string) {
	t.Helper()
	if got := kinds(changes); got != strings.Join(want, "\n") {
		t.Errorf("%s: changes are\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
	}
}

func TestAnEmptyFileBecomesThePortals(t *testing.T) {
	got, changes := merge(t, "", acme(two...))
	if got != golden {
		t.Errorf("got\n%s\nwant\n%s", got, golden)
	}
	check(t, "empty", changes, "added sso-session Acme-Corp", "added profile Payments-Prod-AWSReadOnlyAccess", "added profile dev-Power-User")
	for _, c := range changes {
		checkRead(t, got, acme(), c)
	}
	if regexp.MustCompile(`(?i)secret|token|access_key`).MatchString(got) {
		t.Error("there is a secret")
	}
}

// somebodys is a file that people have written.
const somebodys = "\ufeff# mine\r\n[default]\r\nregion = us-east-1\r\noutput=json\r\n\r\n" +
	"[profile Payments-Prod-AWSReadOnlyAccess] ; a role chain of mine\r\nrole_arn = arn:aws:iam::111111111101:role/x\r\nsource_profile = login\r\nregion = ap-south-1\r\n" +
	"[profile login]\r\nlogin_session = arn:aws:iam::111111111101:user/me\r\n\r\n" +
	"[sso-session Acme-Corp]\r\n; of another portal\r\nsso_start_url = https://other.awsapps.com/start\r\nsso_region = eu-central-1\r\n" +
	"[sso-session mine]\r\nsso_region=eu-central-1\r\nsso_start_url=https://acme.awsapps.com/start/#\r\n\r\n" +
	"[profile power]\r\n  # kept\r\nsso_session = mine\r\nsso_account_id=111111111102\r\nsso_role_name = Power+User # why\r\ns3 =\r\n  max_concurrent_requests = 20\r\noutput = text\r\n" +
	"[profile elsewhere]\r\nsso_session = Acme-Corp\r\nsso_account_id = 111111111101\r\nsso_role_name = AWSReadOnlyAccess\r\nregion = us-west-2\r\n" +
	"[plugins]\r\ncli_legacy_plugin_path = x"

func TestOthersProfilesAreLeftAsTheyAre(t *testing.T) {
	w := acme(two...)
	got, changes := merge(t, somebodys, w)
	check(t, "somebody's", changes, "present sso-session mine",
		"added profile Payments-Prod-AWSReadOnlyAccess-111111111101_AWSReadOnlyAccess instead of Payments-Prod-AWSReadOnlyAccess", "present profile power")
	want := somebodys + "\r\n\r\n[profile Payments-Prod-AWSReadOnlyAccess-111111111101_AWSReadOnlyAccess]\r\nsso_session = mine\r\nsso_account_id = 111111111101\r\nsso_role_name = AWSReadOnlyAccess\r\nregion = eu-west-1\r\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	for _, c := range changes {
		checkRead(t, strings.TrimPrefix(got, "\ufeff"), w, c)
	}

	// And where a region is wanted, nothing but that line is new.
	w.Roles[1].Region = "eu-north-1"
	got, changes = merge(t, somebodys, w)
	if before, after := "Power+User # why\r\n", "Power+User # why\r\nregion = eu-north-1\r\n"; got != strings.Replace(want, before, after, 1) {
		t.Errorf("got\n%q", got)
	}
	check(t, "with a region", changes[2:], "changed profile power: region >eu-north-1")
	w.Roles[1].Region = "eu-south-1"
	again, changes := merge(t, got, w)
	if again != strings.Replace(got, "eu-north-1", "eu-south-1", 1) {
		t.Errorf("got\n%q", again)
	}
	check(t, "with another", changes[2:], "changed profile power: region eu-north-1>eu-south-1")
	w.Roles[1].Region = ""
}

func TestWhoseAProfileIs(t *testing.T) {
	const session = "[sso-session Acme-Corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\n"
	const keys = "sso_session = Acme-Corp\nsso_account_id = 111111111102\nsso_role_name = Power+User\n"
	for what, test := range map[string]struct{ text, want string }{
		"ours":                {session + "[profile x]\n" + keys, "present profile x"},
		"ours, quoted":        {session + "[profile 'x']\n" + keys, "present profile x"},
		"of two the first":    {session + "[profile x]\n" + keys + "[profile y]\n" + keys, "present profile x"},
		"default":             {session + "[default]\n" + keys, "added profile dev-Power-User"},
		"a chain":             {session + "[profile x]\n" + keys + "role_arn = y\nsource_profile = z\n", "added profile dev-Power-User"},
		"a login":             {session + "[profile dev-Power-User]\n" + keys + "login_session = y\n", "added profile dev-Power-User-111111111102_Power._2bUser instead of dev-Power-User"},
		"with keys":           {session + "[profile x]\n" + keys + "aws_access_key_id = y\n", "added profile dev-Power-User"},
		"legacy":              {session + "[profile x]\n" + strings.Replace(keys, "sso_session = Acme-Corp", "sso_start_url = https://acme.awsapps.com/start", 1), "added profile dev-Power-User"},
		"another role's name": {session + "[profile dev-Power-User]\n" + strings.Replace(keys, "Power+User", "Power-User", 1), "added profile dev-Power-User-111111111102_Power._2bUser instead of dev-Power-User"},
		"twice":               {session + "[profile dev-Power-User]\n" + keys + "[profile dev-Power-User]\n" + keys, "added profile dev-Power-User-111111111102_Power._2bUser instead of dev-Power-User"},
		"indented":            {session + " [profile dev-Power-User]\n" + keys, "added profile dev-Power-User-111111111102_Power._2bUser instead of dev-Power-User"},
		"not closed":          {session + "[profile dev-Power-User\n" + keys, "added profile dev-Power-User-111111111102_Power._2bUser instead of dev-Power-User"},
		"key twice":           {session + "[profile x]\n" + keys + "region = a\nregion = b\n", "added profile dev-Power-User"},
		"no key":              {session + "[profile x]\n" + keys + "what is this\n", "added profile dev-Power-User"},
		"value goes on":       {session + "[profile x]\n" + keys + "  more\n", "added profile dev-Power-User"},
		"both names taken": {session + "[profile dev-Power-User]\n[profile dev-Power-User-111111111102_Power._2bUser]\n[profile 111111111102_Power._2bUser]\n",
			"added profile 111111111102_Power._2bUser.2 instead of dev-Power-User"},
	} {
		got, changes := merge(t, test.text, acme(two[1]))
		check(t, what, changes, "present sso-session Acme-Corp", test.want)
		if !strings.HasPrefix(got, test.text) {
			t.Errorf("%s: changed to\n%s", what, got)
		}
	}
}

func TestWhoseASessionIs(t *testing.T) {
	for text, want := range map[string]string{
		"": "added sso-session Acme-Corp",
		"[sso-session Acme-Corp]\nsso_start_url = https://other.awsapps.com/start\nsso_region = eu-central-1\n":                                                                                    "added sso-session Acme-Corp-2",
		"[sso-session Acme-Corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-1\n":                                                                                        "added sso-session Acme-Corp-2",
		"[profile x]\nsso_session = Acme-Corp\nsso_account_id = 111111111101\n":                                                                                                                    "added sso-session Acme-Corp-2",
		"[sso-session Acme-Corp]\n[sso-session Acme-Corp-2]\n":                                                                                                                                     "added sso-session Acme-Corp-3",
		"[sso-session x]\nsso_start_url = https://acme.awsapps.com/start/\nsso_region = eu-central-1 ; home\n":                                                                                     "present sso-session x",
		"[sso-session x]\nsso_start_url : https://acme.awsapps.com/start/\nsso_region = eu-central-1\n":                                                                                            "added sso-session Acme-Corp",
		"[sso-session x]\nsso_start_url=https://acme.awsapps.com/start\nsso_region=eu-central-1\n[sso-session Acme-Corp]\nsso_start_url=https://acme.awsapps.com/start\nsso_region=eu-central-1\n": "present sso-session Acme-Corp",
	} {
		got, changes := merge(t, text, acme())
		check(t, text, changes, want)
		if !strings.HasPrefix(got, text) {
			t.Errorf("%q: changed to\n%s", text, got)
		}
	}
}

// What a file can't hold as it is, is not written as something else.
func TestAHostileOrganisationAddsNothing(t *testing.T) {
	evil := "x]\n[default]\ncredential_process = echo"
	w := acme(role("111111111101", evil, "Admin", ""), role("111111111102", "b", evil, ""), role(evil, "c", "Admin", ""), role("111111111103", "d", "Admin", evil),
		role("111111111104", "default", "Admin", ""), role("111111111105", "\u202e\u2028$(id)", "Admin", ""), role("111111111104", "default", "Admin", ""), role("111111111106", "", "", ""))
	w.Session = evil
	got, changes := merge(t, "", w)
	for line := range strings.Lines(got) {
		if !regexp.MustCompile(`^(\[(profile|sso-session) [A-Za-z0-9._-]+\]|sso_[a-z_]+ = [!-~]+|)\n$`).MatchString(line) {
			t.Errorf("there is a line %q", line)
		}
	}
	check(t, "hostile", changes, "added sso-session x-default-credential_process-echo", "added profile x-default-credential_process-echo-Admin", "skipped "+evil, "skipped Admin", "skipped Admin",
		"added profile default-Admin", "added profile id-Admin", "skipped ")
	for _, c := range changes {
		checkRead(t, got, w, c)
	}
	for _, wrong := range []awsconfig.Wanted{{StartURL: "https://a\nb", Region: "eu-west-1"}, {StartURL: "", Region: "eu-west-1"}, {StartURL: "https://a", Region: "a b"}} {
		if text, _, err := awsconfig.Merge("x", wrong); err != awsconfig.ErrPortal || text != "" {
			t.Errorf("%+v: %q, %v", wrong, text, err)
		}
	}
}

// Names are those among all roles of the portal, whichever of them are wanted.
func TestNamesDoNotDependOnWhatIsWanted(t *testing.T) {
	all := []awsconfig.Role{role("111111111101", "prod", "Admin", ""), role("111111111102", "prod", "Admin", "")}
	w := acme(all[1])
	w.Among = []profile.Role{all[0].Role, all[1].Role}
	_, changes := merge(t, "", w)
	check(t, "one of two", changes[1:], "added profile prod-Admin-111111111102_Admin")
}

func FuzzMerge(f *testing.F) {
	f.Add(somebodys, "prod", "Admin")
	f.Add(golden, "dev", "Power+User")
	f.Add("[profile x]\n a\n=b\n[\n]", "\xff", "\n")
	f.Add("[profile ]\nsso_session=Acme-Corp\nsso_ACCount_id=111111111101\nsso_role_nAme=Power+User", "0", "Power+User")
	f.Add("[profile dev-A]\r\n[sso-session Acme-Corp", "dev", "A")
	f.Fuzz(func(t *testing.T, text, account, name string) {
		w := acme(role("111111111101", account, name, "eu-west-1"), role("111111111102", "dev", "Power+User", "eu-west-2"))
		got, changes := merge(t, text, w)
		// Every line is there, in its order, but for regions that were changed.
		changed := 0
		rest := got
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			_, after, found := strings.Cut(rest, line)
			if !found {
				if changed++; strings.Contains(strings.ToLower(line), "region") {
					continue
				}
				t.Fatalf("%q is gone from %q", line, got)
			}
			rest = after
		}
		for _, c := range changes {
			if c.Kind == awsconfig.Changed {
				changed--
			}
			if c.Kind == awsconfig.Added && !regexp.MustCompile(`^(profile|sso-session) [A-Za-z0-9._-]+$`).MatchString(c.Section) {
				t.Errorf("added %q", c.Section)
			}
		}
		if changed > 0 {
			t.Errorf("%d lines more than said were changed in %q", changed, got)
		}
	})
}

// A file may name a portal by two sessions: a profile of either is the role's, and of
// two the one of the session that new profiles get.
func TestAProfileMayBeOfAnotherSessionOfThePortal(t *testing.T) {
	const session = "\nsso_start_url = https://acme.awsapps.com/start/\nsso_region = eu-central-1\n\n"
	text := "[sso-session old]" + session + "[sso-session Acme-Corp]" + session +
		"[profile mine]\nsso_session = old\nsso_account_id = 111111111101\nsso_role_name = AWSReadOnlyAccess\nregion = eu-west-1\n\n" +
		"[profile twice]\nsso_session = old\nsso_account_id = 111111111102\nsso_role_name = Power+User\n\n" +
		"[profile newer]\nsso_session = Acme-Corp\nsso_account_id = 111111111102\nsso_role_name = Power+User\n"
	got, changes := merge(t, text, acme(two...))
	if got != text {
		t.Errorf("the file became\n%s", got)
	}
	for i, want := range []string{"sso-session Acme-Corp", "profile mine", "profile newer"} {
		if changes[i].Kind != awsconfig.Present || changes[i].Section != want {
			t.Errorf("%+v, want %s", changes[i], want)
		}
	}
}
