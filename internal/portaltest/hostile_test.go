package portaltest_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/service/sso"

	"portico/internal/portaltest"
)

func TestHostileTextsAttackInEveryWay(t *testing.T) {
	accounts := portaltest.New(portaltest.Config{Hostile: true}).Hostile()
	var all string
	for _, a := range accounts {
		all += a.Name
		if !strings.Contains(a.Email, a.Name) || a.Roles[len(a.Roles)-1] != a.Name || a.Roles[0] != "AdministratorAccess" {
			t.Errorf("account %.100q: e-mail address %.100q, roles %.100q", a.Name, a.Email, a.Roles)
		}
		if !utf8.ValidString(a.Name) {
			t.Errorf("%.100q is not UTF-8", a.Name)
		}
	}
	for what, want := range map[string][]string{
		"HTML":        {"<script>", "<img", "onerror=", `">`},
		"shell":       {"'", `"`, "$(", "`", "${", "%", ";", "|", "&", `\`},
		"lines":       {"\n", "\r\n", "\t", "\u2028", "\u2029", "\u0085"},
		"controls":    {"\x00", "\x07", "\b", "\x1b", "\x7f", "\u009b"},
		"bidi":        {"\u202a", "\u202b", "\u202e", "\u2066", "\u2067", "\u2068", "\u200f", "\u061c"},
		"invisible":   {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0001", "\U000e0041"},
		"surrogates":  {"\ufffd", "\ufffd\ufffd"},
		"zalgo":       {strings.Repeat("\u0301\u0323", 32)},
		"look-alikes": {"\u0440\u0430ym", "\u03bf", "\uff50", "\U0001d429"},
	} {
		for _, s := range want {
			if !strings.Contains(all, s) {
				t.Errorf("%s: no account has %q", what, s)
			}
		}
	}
	if !slices.ContainsFunc(accounts, func(a portaltest.Account) bool { return len(a.Name) == 10<<10 }) {
		t.Error("no name is 10 KB long")
	}
}

func TestTenAccountsAreHostileAndTheRestAsEver(t *testing.T) {
	for _, size := range []struct{ accounts, roles, want int }{{40, 3, 10}, {230, 1, 10}, {4, 2, 4}, {12, -1, 10}, {-1, 3, 0}} {
		config := portaltest.Config{Accounts: size.accounts, Roles: size.roles}
		plain := portaltest.New(config)
		config.Hostile = true
		hostile := portaltest.New(config)
		if len(plain.Hostile()) != 0 {
			t.Error("a portal is hostile that was not asked to be")
		}
		ids := map[string]bool{}
		for _, a := range hostile.Hostile() {
			ids[a.ID] = true
		}
		if len(ids) != size.want {
			t.Errorf("%+v: %d hostile accounts", size, len(ids))
		}
		for i, a := range hostile.Directory() {
			was := plain.Directory()[i]
			same := a.Name == was.Name && a.Email == was.Email && slices.Equal(a.Roles, was.Roles)
			if a.ID != was.ID || len(a.Roles) != len(was.Roles) || same == ids[a.ID] {
				t.Errorf("%+v: %.200q was %q", size, a, was)
			}
		}
	}
}

// AWS's client reads from the wire exactly what the directory says, and can
// ask for the credentials of every role by the name it read.
func TestHostileTextsArriveAndComeBack(t *testing.T) {
	b := newBench(t, portaltest.Config{Hostile: true})
	token := b.signIn()
	list, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token})
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range b.portal.Directory() {
		if got := list.AccountList[i]; *got.AccountId != a.ID || *got.AccountName != a.Name || *got.EmailAddress != a.Email {
			t.Errorf("listed %.200q %.200q, want %.200q", *got.AccountName, *got.EmailAddress, a.Name)
		}
	}
	for _, a := range b.portal.Hostile() {
		roles, err := b.sso.ListAccountRoles(t.Context(), &sso.ListAccountRolesInput{AccessToken: token, AccountId: &a.ID})
		if err != nil {
			t.Fatal(err)
		}
		for i, role := range roles.RoleList {
			if *role.RoleName != a.Roles[i] {
				t.Errorf("role %.200q, want %.200q", *role.RoleName, a.Roles[i])
			}
			if _, err := b.credentials(token, a, *role.RoleName); err != nil {
				t.Errorf("credentials for %.200q: %v", *role.RoleName, err)
			}
		}
	}
}

func TestLoneSurrogatesAreEscapedOnTheWire(t *testing.T) {
	b := newBench(t, portaltest.Config{Hostile: true})
	token := *b.signIn()
	i := slices.IndexFunc(b.portal.Hostile(), func(a portaltest.Account) bool { return strings.Contains(a.Name, "\ufffd") })
	id := b.portal.Hostile()[i].ID
	accounts := b.send("GET", "/assignment/accounts?max_result=100", "", "x-amz-sso_bearer_token", token).body
	roles := b.send("GET", "/assignment/roles?account_id="+id, "", "x-amz-sso_bearer_token", token).body
	for _, want := range []string{`"accountName":"\ud800half\ud800of a pair\ud800\ud800"`, `"emailAddress":"aws+\ud800half`} {
		if !strings.Contains(accounts, want) {
			t.Errorf("ListAccounts lacks %s", want)
		}
	}
	if !strings.Contains(roles, `"roleName":"\ud800half`) {
		t.Errorf("roles %s", roles)
	}
	if strings.Contains(accounts+roles, "\ufffd") || !json.Valid([]byte(accounts)) || !json.Valid([]byte(roles)) {
		t.Error("an answer is not JSON, or a surrogate was replaced")
	}
}

func TestPagesSurviveTheHostileOrganisation(t *testing.T) {
	b := newBench(t, portaltest.Config{Hostile: true})
	for _, a := range b.portal.Hostile() {
		role := a.Roles[len(a.Roles)-1]
		query := url.Values{"account_id": {a.ID}, "role_name": {role}, "destination": {a.Name}}
		got := b.send("GET", "/console/home?"+query.Encode(), "")
		if got.status != 200 || !utf8.ValidString(got.body) || !strings.HasSuffix(got.body, "</body>\n</html>\n\n") {
			t.Errorf("%.100q: %d, %.200q ...", a.Name, got.status, got.body)
		}
		if !strings.Contains(got.body, `<dd id="account-id"><bdi>`+a.ID+"</bdi></dd>") {
			t.Errorf("%.100q: the page does not say its account", a.Name)
		}
		for _, bad := range []string{"<script>alert", "<img src=x", "</title><", "\x00"} {
			if strings.Contains(strings.ToLower(got.body), bad) {
				t.Errorf("%.100q: the page has %q", a.Name, bad)
			}
		}
	}
}
