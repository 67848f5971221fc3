package search_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"portico/internal/directory"
	"portico/internal/search"
	"portico/internal/searchtest"
)

// slips is what becomes of a text by one slip of the fingers: a letter left out,
// typed twice, swapped with the next, or a neighbouring key in its place or beside it.
func slips(text string) (all []string) {
	keys := []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
	beside := func(c byte) (near string) {
		for _, row := range keys {
			if i := strings.IndexByte(row, c); i >= 0 {
				near = row[max(i-1, 0):i] + row[min(i+1, len(row)):min(i+2, len(row))]
				for _, other := range keys {
					if other != row && i < len(other) {
						near += other[i : i+1]
					}
				}
			}
		}
		return near
	}
	for i := range len(text) {
		all = append(all, text[:i]+text[i+1:], text[:i]+text[i:i+1]+text[i:])
		if i+1 < len(text) {
			all = append(all, text[:i]+text[i+1:i+2]+text[i:i+1]+text[i+2:])
		}
		for _, c := range beside(text[i]) {
			all = append(all, text[:i]+string(c)+text[i+1:], text[:i]+string(c)+text[i:])
		}
	}
	return all
}

var stages = map[string]string{"prod": "prod", "prd": "prod", "production": "prod", "live": "prod", "dev": "dev", "development": "dev", "test": "test",
	"tst": "test", "qa": "qa", "uat": "uat", "stg": "stg", "staging": "stg", "stage": "stg", "preprod": "preprod", "ppd": "preprod", "pre-prod": "preprod",
	"nonprod": "nonprod", "non-prod": "nonprod", "npd": "nonprod", "np": "nonprod", "sandbox": "sandbox", "sbx": "sandbox"}

// typed is the words of a name as people type them, and its stage.
func typed(name string) (words []string, stage string) {
	words = strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := 0; i+1 < len(words); i++ {
		if (words[i] == "non" || words[i] == "pre") && stages[words[i+1]] == "prod" {
			words[i] += "-prod"
			words = slices.Delete(words, i+1, i+2)
		}
	}
	for _, w := range words {
		if stages[w] != "" {
			stage = stages[w]
		}
	}
	return words, stage
}

// conglomerate has names that are short, and names so long that they have nearly
// any letters.
func conglomerate() *directory.Directory {
	d := &directory.Directory{}
	add := func(name string, roles ...string) {
		d.Accounts = append(d.Accounts, directory.Account{ID: fmt.Sprintf("%012d", 100200300400+len(d.Accounts)*7919),
			Name: name, Email: "aws@example.com", Roles: roles})
	}
	for _, s := range []string{"production-a", "production-b", "production-c", "staging-a", "dev-d"} {
		add("northwind-enterprise-digital-workplace-services-payments-platform-eu-west-1-"+s,
			"BreakGlassAdministratorAccessForTheWholeOfThePaymentsPlatform-00", "BreakGlassAdministratorAccessForTheWholeOfThePaymentsPlatform-RO")
		add("northwind logistics and warehouse delivery european basic "+s, "AdministratorAccess")
	}
	for _, s := range []string{"prod", "nonprod", "preprod", "dev", "devops", "test", "staging", "uat", "qa", "sandbox"} {
		add("payments-"+s, "AWSAdministratorAccess", "AWSReadOnlyAccess", "AWSPowerUserAccess", "ViewOnlyAccess", "Billing")
		add("Ledger ("+strings.ToUpper(s)+")", "Admin", "ReadOnly")
	}
	for i, team := range []string{"identity", "claims", "fx", "network", "data", "card", "web", "mobile", "search"} {
		for j, s := range []string{"prod", "dev", "test", "stg"} {
			switch (i + j) % 4 {
			case 0:
				add(fmt.Sprintf("%s-%s-%02d", team, s, 10*i+j), "AdministratorAccess", "ReadOnlyAccess")
			case 1:
				add(fmt.Sprintf("app%04d-%s-%s", 10*i+j, team, s), "ops-admin", "ops-reader")
			case 2:
				add(fmt.Sprintf("%s / %s / %d", strings.ToUpper(s), team, 10*i+j), "AdministratorAccess")
			default:
				add(fmt.Sprintf("fabrikam_%s_%s_%d", team, s, 10*i+j), "DatabaseAdministrator", "NetworkAdministrator", "SystemAdministrator")
			}
		}
	}
	return d
}

// TestNoSlipLeadsToAnotherEnvironmentOrAStrongerRole types what is in two
// organisations with one slip of the fingers. What then is acted on may be another
// environment's only where no slip can be seen: st begins stg, and on production
// is said in sentences.
func TestNoSlipLeadsToAnotherEnvironmentOrAStrongerRole(t *testing.T) {
	for name, d := range map[string]*directory.Directory{"conglomerate": conglomerate(), "merged": searchtest.Merged().Directory} {
		ix := search.NewIndex(d)
		armed := 0
		for i := 0; i < len(d.Accounts); i += max(1, len(d.Accounts)/12) {
			words, stage := typed(d.Accounts[i].Name)
			blank := strings.Join(words, " ")
			if stage == "" || len(blank) > 40 {
				continue
			}
			for _, query := range []string{strings.ToLower(d.Accounts[i].Name), blank, blank + " ro", blank + " admin", words[0] + " " + stage} {
				for _, slip := range slips(query) {
					rows := ix.Search(slip, nil)
					found := ix.Found()
					if len(rows) == 0 || found.Guess && found.Close != 1 {
						continue
					}
					armed++
					account, role := ix.Row(rows[0])
					got := &d.Accounts[account]
					if _, is := typed(got.Name); is != stage && (found.Guess || !unseen.MatchString(slip)) {
						t.Errorf("%s: %q for %q leads to %s", name, slip, query, got.Name)
					}
					if s := directory.StrengthOf(got.Roles[role]); s > max(weakest(got), directory.StrengthOf(query)) && !strings.HasSuffix(query, "admin") {
						t.Errorf("%s: %q for %q leads to %s of %s", name, slip, query, got.Roles[role], got.Name)
					}
				}
			}
		}
		if armed < 1000 {
			t.Errorf("%s: only %d slips lead anywhere", name, armed)
		}
	}
}

// unseen is what no slip can be seen in.
var unseen = regexp.MustCompile(`[ _]st\b|\bon production`)

func weakest(a *directory.Account) directory.Strength {
	least := directory.Strongest
	for _, role := range a.Roles {
		least = min(least, directory.StrengthOf(role))
	}
	return least
}

func TestAMistypedEnvironmentIsTheTypoFirst(t *testing.T) {
	d := conglomerate()
	ix := search.NewIndex(d)
	for query, want := range map[string]string{"payments-deb": "payments-dev", "payments-dec": "payments-dev", "payments dec": "payments-dev",
		"payments-peprod": "payments-preprod", "paymenta-uat": "payments-uat", "payments uta": "payments-uat", "web sev admin": "fabrikam_web_dev_61"} {
		rows := ix.Search(query, nil)
		account, _ := ix.Row(rows[0])
		if got := d.Accounts[account].Name; got != want || !ix.Found().Guess {
			t.Errorf("%q: first is %s, %+v; want %s, as a guess", query, got, ix.Found(), want)
		}
	}
	for _, query := range []string{"production-d", "payments-a", "payments-3", "payments noprod", "payments -deb -a", "trbp"} {
		rows := ix.Search(query, nil)
		if f := ix.Found(); len(rows) > 0 && (!f.Guess || f.Close == 1) {
			account, _ := ix.Row(rows[0])
			t.Errorf("%q leads to %s", query, d.Accounts[account].Name)
		}
	}
}
