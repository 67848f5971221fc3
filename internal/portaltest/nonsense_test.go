package portaltest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/sso"

	"portico/internal/portaltest"
)

func TestAGatewayAnswersWithoutAnythingOfAWS(t *testing.T) {
	b := newBench(t, portaltest.Config{Faults: faults(t, "*=gateway")})
	for _, op := range operations {
		got := b.send(op.method, op.path, "{}")
		if got.status != 403 || !strings.Contains(got.body, "Access blocked") || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %d %s", op.path, got.status, got.body)
		}
		for name := range got.header {
			if strings.HasPrefix(strings.ToLower(name), "x-amz") {
				t.Errorf("%s: a gateway sends %s", op.path, name)
			}
		}
	}
}

func TestNonsenseIsReadableJSON(t *testing.T) {
	for fault, want := range map[string]string{"missing": `{}`, "deep": `{"deep":[[[[`} {
		b := newBench(t, portaltest.Config{Faults: faults(t, "*="+fault)})
		for _, op := range operations {
			got := b.send(op.method, op.path, "{}")
			if got.status != 200 || !json.Valid([]byte(got.body)) || !strings.HasPrefix(got.body, want) || got.header.Get("x-amzn-RequestId") == "" {
				t.Errorf("%s, %s: %d %.60s", fault, op.path, got.status, got.body)
			}
		}
	}
}

func TestAnEndlessListNamesTwoPagesInTurn(t *testing.T) {
	b := newBench(t, portaltest.Config{Accounts: 5, Faults: faults(t, "ListAccounts=endless,ListAccountRoles=endless")})
	token := b.signIn()
	var next *string
	var tokens []string
	for range 6 {
		out, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token, NextToken: next})
		if err != nil || len(out.AccountList) != 5 {
			t.Fatalf("%+v, %v", out, err)
		}
		next = out.NextToken
		tokens = append(tokens, *next)
	}
	if got := strings.Join(tokens, " "); got != "again-1 again-2 again-1 again-2 again-1 again-2" {
		t.Errorf("next pages are %s", got)
	}
	if got := b.send("GET", "/assignment/accounts?next_token=again-1", ""); got.status != 401 {
		t.Errorf("without a session: %d", got.status)
	}
}

func TestHolesAndMissingTimes(t *testing.T) {
	b := newBench(t, portaltest.Config{Accounts: 3, Faults: faults(t, "ListAccounts=holes,ListAccountRoles=holes")})
	token := b.signIn()
	out, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token})
	if err != nil || len(out.AccountList) < 5 {
		t.Fatalf("%+v, %v", out, err)
	}
	ids, names := 0, 0
	for _, a := range out.AccountList {
		if a.AccountId != nil {
			ids++
		}
		if a.AccountId != nil && a.AccountName != nil {
			names++
		}
	}
	if ids != 3 || names != 2 {
		t.Errorf("%d IDs and %d names in %+v", ids, names, out.AccountList)
	}

	b.portal.SetFaults(faults(t, "*=timeless")...)
	if s := b.startSignIn(); s.ExpiresIn != 0 || s.Interval != 0 || *s.UserCode == "" {
		t.Errorf("a code of %d s, asked for every %d s", s.ExpiresIn, s.Interval)
	}
	account := b.portal.Directory()[0]
	got, err := b.credentials(token, account, account.Roles[0])
	if err != nil || got.Expiration != 0 || *got.SessionToken == "" {
		t.Errorf("credentials end at %d, %v", got.Expiration, err)
	}
}
