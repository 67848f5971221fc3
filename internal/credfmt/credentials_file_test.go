package credfmt_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"pgregory.net/rapid"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
)

// profileOf gives the name of the profile that a block is of.
func profileOf(t testing.TB, block string) string {
	t.Helper()
	found := regexp.MustCompile(`^\[([A-Za-z0-9._-]+)\]\n`).FindStringSubmatch(block)
	if found == nil {
		t.Fatalf("no profile begins %q", block)
	}
	return found[1]
}

// block is a credentials file of one profile, of which nothing but the keys is chosen.
func block(t testing.TB, c *credfmt.Credentials) string {
	t.Helper()
	return write(t, list.Credentials, c, credfmt.Options{})
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
	got := read(t, file, profileOf(t, block(t, c)))
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
	file := other + block(t, ordinary()) + block(t, second) + "[last]\naws_access_key_id=other\naws_secret_access_key=other\n"
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
		checkRead(t, block(t, c), c)
	}
}

func TestProfilesHaveNamesThatNeedNoQuoting(t *testing.T) {
	for _, test := range []struct{ account, role, want string }{
		{"123456789012", "ReadOnly", "123456789012_ReadOnly"},
		{"123456789012", "Power.User_v2-eu-01", "123456789012_Power.User_v2-eu-01"},
		{"123456789012", "_.-", "123456789012__.-"},
		{"123456789012", "Power+User", "123456789012_Power._2bUser"},
		{"123456789012", "Power=User", "123456789012_Power._3dUser"},
		{"123456789012", "a@b,c", "123456789012_a._40b._2cc"},
		{"123456789012", "Power._2bUser", "123456789012_Power._2e_2bUser"},
		{"123456789012", "a._._", "123456789012_a._2e_._2e_"},
		{"123456789012", "x]\n[default", "123456789012_x._5d._0a._5bdefault"},
		{"123456789012", "$(id)", "123456789012_._24._28id._29"},
		{"123456789012", "Größe", "123456789012_Gr._c3._b6._c3._9fe"},
		{"123456789012", "\xff", "123456789012_._ff"},
		{"123456789012", "", "123456789012_"},
		{"", "", "_"},
		{"profile x", "y", "profile._20x_y"},
		{"1_2", "3", "1._5f2_3"},
		{"1", "2_3", "1_2_3"},
		{"1.", "x", "1._2e_x"},
	} {
		c := ordinary()
		c.AccountID, c.RoleName = test.account, test.role
		text := block(t, c)
		if got := profileOf(t, text); got != test.want {
			t.Errorf("%q in %q is %s, want %s", test.role, test.account, got, test.want)
		}
		checkRead(t, text, c)
	}
}

// original gives whose profile a name is.
func original(name string) (account, role string, ok bool) {
	var parts [2]string
	part := 0
	for i := 0; i < len(name); i++ {
		switch {
		case strings.HasPrefix(name[i:], "._"):
			if len(name) < i+4 {
				return "", "", false
			}
			c, err := strconv.ParseUint(name[i+2:i+4], 16, 8)
			if err != nil {
				return "", "", false
			}
			parts[part] += string([]byte{byte(c)})
			i += 3
		case name[i] == '_' && part == 0:
			part = 1
		default:
			parts[part] += name[i : i+1]
		}
	}
	return parts[0], parts[1], part == 1
}

// No two roles share a profile: each name leads back to one.
func TestProfilesAreOneToOneWithAccountAndRole(t *testing.T) {
	whose := map[string][2]string{}
	check := func(account, role string) {
		c := ordinary()
		c.AccountID, c.RoleName = account, role
		name := profileOf(t, block(t, c))
		if a, r, ok := original(name); !ok || a != account || r != role {
			t.Errorf("%s leads back to %q in %q, not to %q in %q", name, r, a, role, account)
		}
		if other, taken := whose[name]; taken && other != [2]string{account, role} {
			t.Errorf("%q and %q are both %s", other, [2]string{account, role}, name)
		}
		whose[name] = [2]string{account, role}
	}
	parts := []string{"", "a", "+", "=", ",", ".", "@", "-", "_", "._", "._2b", "2b", "\x00"}
	for _, x := range parts {
		for _, y := range parts {
			for _, z := range parts {
				check("123456789012", x+y+z)
				check(x+y, z)
			}
		}
	}
	// These shared a hash of 32 bits.
	for _, role := range []string{"Admin@=,@++,=++", "Admin@@=+=,=+@+"} {
		check("123456789012", role)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(rapid.String().Draw(t, "account"), rapid.String().Draw(t, "role"))
	})
}
