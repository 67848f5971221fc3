package portaltest_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

func TestFaultRulesAsText(t *testing.T) {
	for _, test := range []struct {
		text string
		want portaltest.FaultRule
	}{
		{"*=500", portaltest.FaultRule{Fault: portaltest.FaultServerError}},
		{"ListAccountRoles:3-5=503", portaltest.FaultRule{Operation: "ListAccountRoles", From: 3, Count: 3, Fault: portaltest.FaultUnavailable}},
		{"GetRoleCredentials:1=reset", portaltest.FaultRule{Operation: "GetRoleCredentials", From: 1, Count: 1, Fault: portaltest.FaultReset}},
		{"CreateToken:2-=slow:3s", portaltest.FaultRule{Operation: "CreateToken", From: 2, Fault: portaltest.FaultSlow, Time: 3 * time.Second}},
		{"*=skew:-2h0m0s", portaltest.FaultRule{Fault: portaltest.FaultSkew, Time: -2 * time.Hour}},
		{"ListAccountRoles@012345678901=html", portaltest.FaultRule{Operation: "ListAccountRoles", Account: "012345678901", Fault: portaltest.FaultHTML}},
		{"GetRoleCredentials@012345678901/a%3Db%2C%40%3A:1=revoked", portaltest.FaultRule{
			Operation: "GetRoleCredentials", Account: "012345678901", Role: "a=b,@:", From: 1, Count: 1, Fault: portaltest.FaultRevoked}},
		{"GetRoleCredentials@/ReadOnlyAccess=revoked", portaltest.FaultRule{Operation: "GetRoleCredentials", Role: "ReadOnlyAccess", Fault: portaltest.FaultRevoked}},
	} {
		got, err := portaltest.ParseFaults(test.text)
		if err != nil || len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %+v, %v; want %+v", test.text, got, err, test.want)
		}
		if text := test.want.String(); text != test.text {
			t.Errorf("%+v is written %s, want %s", test.want, text, test.text)
		}
	}
	if got := (portaltest.FaultRule{Count: 2, Fault: portaltest.FaultHTML}).String(); got != "*:1-2=html" {
		t.Errorf("from the first, unsaid: %s", got)
	}
	if got, err := portaltest.ParseFaults(" ListAccounts=500 , Logout=timeout"); err != nil || len(got) != 2 {
		t.Errorf("two rules: %v, %v", got, err)
	}
}

func TestWrongFaultRulesAreRefused(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"ListAccounts", "operation=fault"},
		{"=500", "operation is missing"},
		{"listaccounts=500", "no operation"},
		{"ListAccounts=404", "no fault"},
		{"ListAccounts=", "no fault"},
		{"ListAccounts=500,", "operation=fault"},
		{"ListAccounts:0=500", "not the number of a request"},
		{"ListAccounts:=500", "not the number of a request"},
		{"ListAccounts:-3=500", "not the number of a request"},
		{"ListAccounts:+3=500", "not the number of a request"},
		{"ListAccounts:99999999999=500", "not the number of a request"},
		{"ListAccounts:5-3=500", "backwards"},
		{"ListAccounts=slow", "slow takes one above zero"},
		{"ListAccounts=slow:-1s", "slow takes one above zero"},
		{"ListAccounts=skew:0s", "skew one that is not zero"},
		{"ListAccounts=500:1s", "others none"},
		{"ListAccounts=slow:soon", "invalid duration"},
		{"ListAccounts@012345678901=500", "ListAccountRoles or GetRoleCredentials"},
		{"ListAccountRoles@12=500", "12 digits"},
		{"ListAccountRoles@=500", "after @ is missing"},
		{"GetRoleCredentials@012345678901/=500", "after @ is missing"},
		{"GetRoleCredentials@/%zz=500", "invalid URL escape"},
		{"ListAccountRoles@012345678901/Admin=500", "only GetRoleCredentials is for a role"},
		{"CreateToken=expired", "has no session"},
		{"*=expired", "has no session"},
		{"ListAccounts=revoked", "only GetRoleCredentials"},
		{"CreateToken=endless", "only ListAccounts and ListAccountRoles list"},
		{"*=endless", "only ListAccounts and ListAccountRoles list"},
		{"GetRoleCredentials=holes", "only ListAccounts and ListAccountRoles list"},
		{"ListAccounts=deep:3s", "others none"},
	} {
		if got, err := portaltest.ParseFaults(test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v; want an error about %q", test.text, got, err, test.want)
		}
	}
	for _, bad := range []portaltest.FaultRule{
		{}, {From: -1, Fault: portaltest.FaultHTML}, {Count: -1, Fault: portaltest.FaultHTML},
	} {
		if bad.Check() == nil {
			t.Errorf("%+v passed", bad)
		}
	}
}

func TestSetFaultsPanicsOnAWrongRule(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	portaltest.New(portaltest.Config{}).SetFaults(portaltest.FaultRule{Fault: "418"})
}

// What is read and written again is the same, and every rule that is read can
// be put in force.
func FuzzParseFaults(f *testing.F) {
	for _, seed := range []string{
		"ListAccountRoles:3-5=503,GetRoleCredentials:1=reset", "*=slow:1h2m3.5s", "*=skew:-1ns", "CreateToken:2-=html",
		"GetRoleCredentials@012345678901/a%2Cb=revoked", "GetRoleCredentials@/x=revoked", " Logout = 500 ", "", ",", "a@b/c:d-e=f:g",
		"ListAccounts:2147483647-2147483647=500", "CreateToken:2=SlowDownException,RegisterClient=KMS_DisabledException",
	} {
		f.Add(seed)
	}
	portal := portaltest.New(portaltest.Config{Accounts: 1})
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := portaltest.ParseFaults(text)
		if err != nil {
			return
		}
		portal.SetFaults(rules...)
		var parts []string
		for _, rule := range rules {
			parts = append(parts, rule.String())
		}
		again, err := portaltest.ParseFaults(strings.Join(parts, ","))
		if err != nil {
			t.Fatalf("%q is written %q: %v", text, parts, err)
		}
		for i := range rules { // "1-" and nothing both mean all
			if rules[i].From == 1 && rules[i].Count == 0 {
				rules[i].From = 0
			}
		}
		if !reflect.DeepEqual(rules, again) {
			t.Errorf("%q: %+v, again %+v", text, rules, again)
		}
	})
}
