package credfmt_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"

	"portico/internal/credfmt"
)

const goldenFile = `[123456789012_AdministratorAccess]
aws_access_key_id=ASIAEXAMPLEKEYID1234
aws_secret_access_key=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
aws_session_token=IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==
`

func TestCredentialsFileIsWrittenAsThePortalWritesIt(t *testing.T) {
	if got := credfmt.CredentialsFile(ordinary()); got != goldenFile {
		t.Errorf("got\n%s\nwant\n%s", got, goldenFile)
	}
}

// profile gives the name of the profile that a block is of.
func profile(t testing.TB, block string) string {
	t.Helper()
	found := regexp.MustCompile(`^\[([A-Za-z0-9._-]+)\]\n`).FindStringSubmatch(block)
	if found == nil {
		t.Fatalf("no profile begins %q", block)
	}
	return found[1]
}

// read has the AWS SDK read a profile from a credentials file.
func read(t testing.TB, file, profile string) config.SharedConfig {
	t.Helper()
	path := filepath.Join(t.TempDir(), "credentials")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := config.LoadSharedConfigProfile(t.Context(), profile, func(o *config.LoadSharedConfigOptions) {
		o.CredentialsFiles, o.ConfigFiles = []string{path}, []string{}
	})
	if err != nil {
		t.Fatalf("the SDK can not read\n%s%v", file, err)
	}
	return got
}

func checkRead(t testing.TB, file string, c *credfmt.Credentials) {
	t.Helper()
	got := read(t, file, profile(t, credfmt.CredentialsFile(c)))
	if k := got.Credentials; k.AccessKeyID != c.AccessKeyID || k.SecretAccessKey != c.SecretAccessKey || k.SessionToken != c.SessionToken {
		t.Errorf("the SDK reads %q, %q, %q from\n%s", k.AccessKeyID, k.SecretAccessKey, k.SessionToken, file)
	}
	if got.RoleARN != "" || got.CredentialProcess != "" || got.CredentialSource != "" || got.Region != "" || got.SourceProfileName != "" || got.BaseEndpoint != "" {
		t.Errorf("the SDK reads more than credentials: %+v", got)
	}
}

// Blocks are pasted among others, before and after.
func TestTheSDKReadsBlocksAmongOthers(t *testing.T) {
	const other = "[default]\naws_access_key_id=other\naws_secret_access_key=other\n"
	second := ordinary()
	second.RoleName, second.AccessKeyID = "ReadOnly", "ASIASECOND"
	file := other + credfmt.CredentialsFile(ordinary()) + credfmt.CredentialsFile(second) + "[last]\naws_access_key_id=other\naws_secret_access_key=other\n"
	checkRead(t, file, ordinary())
	checkRead(t, file, second)
	if got := read(t, file, "default").Credentials; got.AccessKeyID != "other" || got.SessionToken != "" {
		t.Errorf("the default profile became %+v", got)
	}
}

func TestTheFileHoldsWhateverCanBeInIt(t *testing.T) {
	for _, value := range []string{"#a", ";a", "a#b;c", "=", "a=b", ":", "a:b", "[x]", "%(x)s", "$HOME", "${x}", `\`, `\n`, "!", "`", "~", "profile", "x,y", "@{a}"} {
		c := ordinary()
		c.AccessKeyID, c.SecretAccessKey, c.SessionToken = value, value, value
		checkRead(t, credfmt.CredentialsFile(c), c)
	}
}

func TestAHostileValueAddsNothingToTheFile(t *testing.T) {
	for _, value := range append(hostileValues, "a\n[default]\naws_access_key_id=x", "a\r[default]", "a\n credential_process=x", "a\u2028[default]", "a\u0085b", " # a", `"`, "'", `"a"`, "a b") {
		c := ordinary()
		c.SessionToken = value
		block := credfmt.CredentialsFile(c)
		c.SessionToken = strings.Map(func(r rune) rune {
			if r <= ' ' || r > '~' || r == '"' || r == '\'' {
				return -1
			}
			return r
		}, value)
		checkRead(t, block, c)
	}
}

func TestProfilesHaveNamesThatNeedNoQuoting(t *testing.T) {
	names := map[string]string{} // whose they are
	for _, test := range []struct{ account, role, want string }{
		{"123456789012", "ReadOnly", "123456789012_ReadOnly"},
		{"123456789012", "Power.User_v2-eu", "123456789012_Power.User_v2-eu"},
		{"123456789012", "Power+User", "123456789012_Power-User-"},
		{"123456789012", "Power=User", "123456789012_Power-User-"},
		{"123456789012", "Power-User", "123456789012_Power-User"},
		{"123456789012", "a@b,c", "123456789012_a-b-c-"},
		{"123456789012", "x]\n[default", "123456789012_x---default-"},
		{"123456789012", "$(id)", "123456789012_--id--"},
		{"123456789012", "Größe", "123456789012_Gr----e-"},
		{"123456789012", "", "123456789012_"},
		{"", "", "_"},
		{"profile x", "y", "profile-x_y-"},
	} {
		c := ordinary()
		c.AccountID, c.RoleName = test.account, test.role
		block := credfmt.CredentialsFile(c)
		got := profile(t, block)
		hash, ok := strings.CutPrefix(got, test.want)
		if hashed := strings.HasSuffix(test.want, "-"); !ok || hashed != (hash != "") || len(hash) > 8 {
			t.Errorf("%q in %q is %s, want %s and a hash if it was changed", test.role, test.account, got, test.want)
		}
		if whose, taken := names[got]; taken {
			t.Errorf("%q and %q are both %s", test.role, whose, got)
		}
		names[got] = test.role
		checkRead(t, block, c)
	}
}

func FuzzCredentialsFile(f *testing.F) {
	f.Add("123456789012", "Power+User", "a=b")
	f.Add("]\n[default]", "\xff漢", "\n[x]\n# '\"")
	f.Fuzz(func(t *testing.T, account, role, value string) {
		c := &credfmt.Credentials{AccountID: account, RoleName: role, AccessKeyID: "ASIA", SecretAccessKey: "secret", SessionToken: value}
		block := credfmt.CredentialsFile(c)
		if !regexp.MustCompile(`^\[[A-Za-z0-9._-]+\]\naws_access_key_id=ASIA\naws_secret_access_key=secret\naws_session_token=[!-~]*\n$`).MatchString(block) {
			t.Errorf("got %q", block)
		}
		if got := read(t, block, profile(t, block)).Credentials; got.AccessKeyID != "ASIA" || got.SecretAccessKey != "secret" {
			t.Errorf("the SDK reads %+v from %q", got, block)
		}
	})
}
