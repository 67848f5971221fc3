package profile_test

import (
	"errors"
	"regexp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/placeholder"
	"portico/internal/profile"
)

func names(t *testing.T, template string, taken map[string]bool, roles ...profile.Role) []string {
	t.Helper()
	p, err := profile.Parse(template)
	if err != nil {
		t.Fatal(err)
	}
	return p.Names(roles, taken)
}

func TestNamesAreMadeOfWhatProfilesCanHold(t *testing.T) {
	for _, test := range []struct{ template, account, role, want string }{
		{"", "Prod", "Admin", "111111111111_Admin"},
		{"{accountId}_{roleName}", "Prod", "Admin", "111111111111_Admin"},
		{"aws.{accountName}-{roleName}", "Payments Prod", "AWSAdministratorAccess", "aws.Payments-Prod-AWSAdministratorAccess"},
		{"{accountName}", "  (a) -- b! ", "x", "a----b"},
		{"{accountName}", "Größe Zürich", "x", "Grosse-Zurich"},
		{"{accountName}", "漢字", "x", "111111111111_x"}, // nothing is left
		{"{accountName}", "x]\n[default", "x", "x-default"},
		{"{accountName}", "default", "x", "default-111111111111_x"}, // that one is everybody's
		{"{roleName}", "x", "a@b=c", "a-b-c"},
		{"{accountName}", "a\u202eb\u2028c\x00d", "x", "a-b-c-d"},
		{"-{accountName}.", "$(id)", "x", "-id."},
		{"{accountName}-{roleName}", "支付-生产", "Admin", "Admin"}, // --profile -Admin would be an option
		{"{accountName}-{roleName}", "-x", "Admin", "x-Admin"},
	} {
		if got := names(t, test.template, nil, profile.Role{AccountID: "111111111111", AccountName: test.account, RoleName: test.role})[0]; got != test.want {
			t.Errorf("%s of %q: %s, want %s", test.template, test.account, got, test.want)
		}
	}
}

func TestATemplateForNamesIsRefusedWhereItIsWrong(t *testing.T) {
	for template, want := range map[string]placeholder.Error{
		"{accountName} x":   {Problem: placeholder.Character, At: 13, End: 14, What: " "},
		"é{roleName}":       {Problem: placeholder.Character, At: 0, End: 2, What: "é"},
		"a/{roleName}":      {Problem: placeholder.Character, At: 1, End: 2, What: "/"},
		"a{{":               {Problem: placeholder.Character, At: 1, End: 2, What: "{"},
		"{secretAccessKey}": {Problem: placeholder.Unknown, At: 0, End: 17, What: "{secretAccessKey}"},
		"{roleName":         {Problem: placeholder.Unclosed, At: 0, End: 9, What: "{roleName"},
		"x}":                {Problem: placeholder.Unopened, At: 1, End: 2, What: "}"},
	} {
		_, err := profile.Parse(template)
		if e := new(placeholder.Error); !errors.As(err, &e) || *e != want {
			t.Errorf("%s: %v, want %v", template, err, &want)
		}
	}
}

// Whatever the names and the template, no two roles share a profile, none has one
// that is taken, and the order in which they come makes no difference.
func TestNoTwoRolesShareAName(t *testing.T) {
	plain := regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
	templates := []string{"", "x", "{accountName}", "{accountName}-{roleName}", "{roleName}", "{accountId}", "{accountName}-{accountId}_{roleName}"}
	text := rapid.SampledFrom([]string{"a", "b", "a-b", "A", "a_b", "ä", "", "default", "a-a_a", "b_a", "1-b", "1", "._2b", "+"})
	role := rapid.Custom(func(t *rapid.T) profile.Role {
		return profile.Role{AccountID: text.Draw(t, "id"), AccountName: text.Draw(t, "name"), RoleName: text.Draw(t, "role")}
	})
	rapid.Check(t, func(t *rapid.T) {
		roles := rapid.SliceOfNDistinct(role, 1, 12, func(r profile.Role) [2]string { return [2]string{r.AccountID, r.RoleName} }).Draw(t, "roles")
		p, err := profile.Parse(rapid.SampledFrom(templates).Draw(t, "template"))
		if err != nil {
			t.Fatal(err)
		}
		taken := map[string]bool{}
		for _, name := range p.Names(roles, nil) {
			if rapid.Bool().Draw(t, "taken") {
				taken[name] = true
			}
		}
		got := p.Names(roles, taken)
		seen := map[string]bool{}
		for i, name := range got {
			if seen[name] || taken[name] || name == "default" || !plain.MatchString(name) {
				t.Fatalf("%q of %+v among %q", name, roles[i], got)
			}
			seen[name] = true
		}
		turned := slices.Clone(roles)
		slices.Reverse(turned)
		again := p.Names(turned, taken)
		slices.Reverse(again)
		if !slices.Equal(got, again) {
			t.Fatalf("%q, in another order %q", got, again)
		}
	})
}

func BenchmarkNames(b *testing.B) {
	var roles []profile.Role
	for i := range 20_000 {
		id := string(rune('0'+i/10_000)) + string(rune('0'+i/1000%10)) + string(rune('0'+i/100%10)) + string(rune('0'+i/10%10))
		roles = append(roles, profile.Role{AccountID: id, AccountName: "Team " + id, RoleName: "Role" + string(rune('0'+i%10))})
	}
	p, err := profile.Parse("{accountName}")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.Names(roles, nil)
	}
}
