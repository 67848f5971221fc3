package search

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/portaltest"
)

// everyday is the organisation that portaltest invents.
func everyday(accounts, roles int) *directory.Directory {
	d := &directory.Directory{}
	for _, a := range portaltest.New(portaltest.Config{Accounts: accounts, Roles: roles}).Directory() {
		d.Accounts = append(d.Accounts, directory.Account{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles})
	}
	return d
}

func firstOf(d *directory.Directory, ix *Index, query string) (account, role string) {
	rows := ix.Search(query, nil)
	if len(rows) == 0 {
		return "", ""
	}
	account, role, _ = strings.Cut(label(d, ix, rows[0]), "/")
	return account, role
}

// A name and the short form of a role lead to that role of that account, whatever
// letters the name has.
func TestAShortFormBehindANameMeansTheRole(t *testing.T) {
	d := everyday(400, 8)
	ix := NewIndex(d)
	shorts := map[string]string{"AdministratorAccess": "admin", "ReadOnlyAccess": "ro", "PowerUserAccess": "pu", "CostExplorer": "ce",
		"TerraformApply": "ta", "TerraformPlan": "tp", "NetworkAdministrator": "net", "BreakGlassAdmin": "bg", "Billing": "bill", "OnCallEngineer": "oce",
		"SecurityAudit": "audit", "DatabaseAdministrator": "dba", "ViewOnlyAccess": "view"}
	wrong, asked := 0, 0
	for i := range d.Accounts {
		a := &d.Accounts[i]
		for _, want := range a.Roles {
			short, ok := shorts[want]
			if !ok {
				continue
			}
			for _, name := range []string{a.Name, strings.ReplaceAll(a.Name, "-", " ")} {
				asked++
				if account, role := firstOf(d, ix, name+" "+short); account != a.Name || role != want {
					if wrong++; wrong < 20 {
						t.Logf("%q leads to %s of %s", name+" "+short, role, account)
					}
				}
			}
		}
	}
	if wrong*100 > asked {
		t.Errorf("%d of %d are wrong", wrong, asked)
	}
}

func TestAskingForReadOnlyNeverSelectsAnAdministrator(t *testing.T) {
	d := everyday(400, 8)
	ix := NewIndex(d)
	for i := range d.Accounts {
		for _, query := range []string{d.Accounts[i].Name + " ro", "ro " + d.Accounts[i].Name, d.Accounts[i].Name + " read", "ro"} {
			if account, role := firstOf(d, ix, query); role != "ReadOnlyAccess" || query != "ro" && account != d.Accounts[i].Name {
				t.Errorf("%q leads to %s of %s", query, role, account)
			}
		}
	}
}

func TestANameTypedWithBlanksComesFirst(t *testing.T) {
	d := everyday(400, 3)
	ix := NewIndex(d)
	for i := range d.Accounts {
		for _, query := range []string{d.Accounts[i].Name, strings.ReplaceAll(d.Accounts[i].Name, "-", " ")} {
			if account, role := firstOf(d, ix, query); account != d.Accounts[i].Name || directory.StrengthOf(role) > directory.Unknown {
				t.Errorf("%q leads to %s of %s", query, role, account)
			}
		}
	}
}

func TestTheWholeNameComesBeforeLongerOnes(t *testing.T) {
	for _, test := range []struct {
		query string
		names []string // the first is meant
	}{
		{"production", []string{"Production (EU)", "Non Production (EU)", "Pre-Production (EU)"}},
		{"payments prod", []string{"payments-prod", "payments-api-prod", "payments-batch-prod", "payments-non-prod", "payments-nonprod"}},
		{"payments api", []string{"payments-api", "api-payments", "payments-api-dev"}},
		{"prod", []string{"prod", "nonprod", "pre-prod", "non-prod"}},
		{"live", []string{"shop-live", "shop-nonlive", "shop-non-live"}},
		{"non prod", []string{"payments-non-prod", "nonstop-prod", "payments-prod"}},
		{"nonprod", []string{"payments-non-prod", "payments-prod"}},
		{"np", []string{"payments Non Production", "payments-prod"}},
		{"prd", []string{"ledger-prod", "ledger-nonprod", "ledger-preprod"}},
		{"zur", []string{"Zürich", "azure"}},
		{"strasse", []string{"Straße 1", "street"}},
		{"fr", []string{"Fabrikam / Fx Rates / SANDBOX", "Contoso / Offroad"}},
		{"euw1 data", []string{"data eu-west-1", "data eu-west-2"}},
		{"WoodgroveFraudDev adm", []string{"WoodgroveFraudDev", "woodgrove_fraud_dev", "Woodgrove Fraud (Dev)"}},
		{"woodgrove_fraud_dev", []string{"woodgrove_fraud_dev", "WoodgroveFraudDev", "woodgrove-fraud-dev"}},
		{"woodgrove-fraud-dev", []string{"woodgrove-fraud-dev", "woodgrove_fraud_dev", "woodgrove fraud dev"}},
		{"woodgrove fraud dev", []string{"woodgrove fraud dev", "woodgrove_fraud_dev", "woodgrove-fraud-dev"}},
	} {
		for turn := range test.names { // whatever the order is in which they are listed
			d := &directory.Directory{}
			for i := range test.names {
				name := test.names[(i+turn)%len(test.names)]
				d.Accounts = append(d.Accounts, directory.Account{ID: string(rune('a' + i)), Name: name, Roles: []string{"Administrator", "ReadOnly"}})
			}
			if account, _, _ := strings.Cut(label(d, NewIndex(d), search1(d, test.query)), "/Ad"); !strings.HasPrefix(account, test.names[0]) {
				t.Errorf("%q leads to %s, want %s", test.query, account, test.names[0])
			}
		}
	}
}

// search1 is the first row.
func search1(d *directory.Directory, query string) int32 {
	return append(NewIndex(d).Search(query, nil), 0)[0]
}

func TestALetterServesOneTerm(t *testing.T) {
	roles := []string{"AdministratorAccess", "ReadOnlyAccess", "NetworkAdministrator", "SecurityAudit", "CostExplorer", "DataScientist", "TerraformApply"}
	d := &directory.Directory{Accounts: []directory.Account{
		{ID: "1", Name: "payments-prod", Email: "aws+payments-prod@example.com", Roles: roles},
		{ID: "2", Name: "network-hub", Roles: roles},
		{ID: "3", Name: "secrets-prod", Roles: roles},
		{ID: "4", Name: "accounts-qa", Roles: roles},
		{ID: "5", Name: "audit", Roles: roles},
		{ID: "6", Name: "pay-pay", Roles: roles},
	}}
	ix := NewIndex(d)
	for query, want := range map[string]string{
		"payments-prod ro": "payments-prod/ReadOnlyAccess", "network-hub net": "network-hub/NetworkAdministrator",
		"secrets-prod sec": "secrets-prod/SecurityAudit", "accounts-qa ce": "accounts-qa/CostExplorer", "accounts-qa ta": "accounts-qa/TerraformApply",
		"audit audit": "audit/SecurityAudit", "pay pay": "pay-pay/ReadOnlyAccess", "network": "network-hub/ReadOnlyAccess",
		"audit": "audit/ReadOnlyAccess", "payments-prod data": "payments-prod/DataScientist",
	} {
		if account, role := firstOf(d, ix, query); account+"/"+role != want {
			// Of a term that account and role have alike, the weaker role is meant;
			// audit is as weak as read.
			if !(query == "audit" && account == "audit" && role == "SecurityAudit") {
				t.Errorf("%q leads to %s/%s, want %s", query, account, role, want)
			}
		}
	}
}

func TestSynonymsAreNoPartsOfWords(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{
		{ID: "1", Name: "olive-grove", Roles: []string{"x"}}, {ID: "2", Name: "product", Roles: []string{"x"}},
		{ID: "3", Name: "nonprod", Roles: []string{"x"}}, {ID: "4", Name: "attested", Roles: []string{"x"}},
	}}
	ix := NewIndex(d)
	for _, query := range []string{"prd", "qa", "production", "uat", "sbx"} {
		if rows := ix.Search(query, nil); len(rows) > 0 && !ix.Found().Guess {
			t.Errorf("%q finds %q", query, labels(d, ix, rows))
		}
	}
}

func TestDigitsAreNeitherSkippedNorChanged(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{
		{ID: "111111111101", Name: "app0401-card-issuing-acc", Roles: []string{"x"}},
		{ID: "111111111102", Name: "app0402-21-cards", Roles: []string{"x"}},
		{ID: "111111111103", Name: "team 12 box 34", Roles: []string{"x"}},
	}}
	ix := NewIndex(d)
	for _, query := range []string{"app0421", "app0411", "app041", "ap0421", "app04010", "team14", "box14", "111111111104", "app0421-cards", "aapp0421"} {
		if rows := ix.Search(query, nil); len(rows) > 0 {
			t.Errorf("%q finds %q", query, labels(d, ix, rows))
		}
	}
	for query, want := range map[string]string{"ap0401": "app0401-card-issuing-acc", "app0401crad": "", "app0401": "app0401-card-issuing-acc",
		"apq0402": "app0402-21-cards", "0401": "app0401-card-issuing-acc", "t12": "team 12 box 34", "team12box34": "team 12 box 34"} {
		if account, _ := firstOf(d, ix, query); account != want && want != "" {
			t.Errorf("%q leads to %q, want %q", query, account, want)
		}
	}
}

func TestWordsAreFoundInNamesThatPutNothingBetweenThem(t *testing.T) {
	d := dir("大阪ログ基盤|ReadOnly,Administrator", "東京支社 本番 決済|ReadOnly", "名古屋検証環境|ReadOnly", "서울결제운영|ReadOnly", "log-archive|ReadOnly")
	ix := NewIndex(d)
	for query, want := range map[string]string{"ログ": "大阪ログ基盤/ReadOnly", "ログ admin": "大阪ログ基盤/Administrator", "基盤": "大阪ログ基盤/ReadOnly",
		"支社": "東京支社 本番 決済/ReadOnly", "検証": "名古屋検証環境/ReadOnly", "결제": "서울결제운영/ReadOnly", "運用": ""} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
	}
}
