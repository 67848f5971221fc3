package search

import (
	"strings"
	"testing"

	"portico/internal/directory"
)

// dir writes a directory as name|role,role lines; IDs count up from 111111111101.
func dir(lines ...string) *directory.Directory {
	d := &directory.Directory{}
	for i, line := range lines {
		name, roles, _ := strings.Cut(line, "|")
		d.Accounts = append(d.Accounts, directory.Account{ID: "1111111111" + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)),
			Name: name, Email: "aws@example.com", Roles: strings.Split(roles, ",")})
	}
	return d
}

// acts is the row that keys act on, or nothing if there is none or it has to be
// chosen first.
func acts(d *directory.Directory, ix *Index, query string) string {
	rows := ix.Search(query, nil)
	if len(rows) == 0 || ix.Found().Guess && ix.Found().Close != 1 {
		return ""
	}
	return label(d, ix, rows[0])
}

func TestNoOtherAccountAnswersForOneThatIsNamed(t *testing.T) {
	d := dir("BANK-RETAIL-PAYMENTS-DR-001|AWSReadOnlyAccess", "BANK-RETAIL-PAYMENTS-PRD-001|AWSReadOnlyAccess,AWSAdministratorAccess",
		"BANK-RETAIL-CARDS-UAT-002|AWSAdministratorAccess", "BANK-RETAIL-CARDS-SIT-002|AWSAdministratorAccess,AWSReadOnlyAccess",
		"Pay-DR|ReadOnly", "Pay-PRD|ReadOnly,Billing", "app0124-survey-prod|ReadOnly", "app0124-survey-preprod|ReadOnly,PowerUser",
		"Workloads-Website-Prod|team-website-deployer", "Europe-Prod|AWSAdministratorAccess,AWSPowerUserAccess")
	ix := NewIndex(d)
	for _, query := range []string{"BANK-RETAIL-PAYMENTS-DR-001 admin", "bank retail payments dr 001 admin", "BANK-RETAIL-CARDS-UAT-002 readonly",
		"Pay-DR · Billing", "Pay-DR billing", "app0124-survey-prod · PowerUser", "111111111105 billing", "111111111105_Billing", "1111-1111-1105 admin",
		"111111111105/Admin", "Workloads-Website-Test", "Workloads-Website-Dev deployer", "europe ro", "111111111110 ro", "Europe-Prod ro",
		"111111111110_ReadOnly", "arn:aws:iam::111111111110:role/ReadOnly", "arn:aws:s3:::prod-bucket"} {
		if got := acts(d, ix, query); got != "" {
			t.Errorf("%q leads to %s", query, got)
		}
	}
	for query, want := range map[string]string{
		"BANK-RETAIL-PAYMENTS-PRD-001 admin":               "BANK-RETAIL-PAYMENTS-PRD-001/AWSAdministratorAccess",
		"Pay-PRD · Billing":                                "Pay-PRD/Billing",
		"BANK-RETAIL-PAYMENTS-DR-001":                      "BANK-RETAIL-PAYMENTS-DR-001/AWSReadOnlyAccess",
		"arn:aws:s3:::logs-111111111109":                   "Workloads-Website-Prod/team-website-deployer",
		"111111111106.dkr.ecr.eu-west-1.amazonaws.com/app": "Pay-PRD/ReadOnly",
		"https://signin.aws.amazon.com/switchrole?account=111111111106&roleName=Billing": "Pay-PRD/Billing",
		"aws sso login --profile 111111111106_Billing":                                   "Pay-PRD/Billing",
		"account 111111111106 role Billing":                                              "Pay-PRD/Billing",
		"Billing in Pay-PRD":                                                             "Pay-PRD/Billing", "Billing for the pay prd account": "Pay-PRD/Billing",
	} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %s", query, got, want)
		}
	}
}

// What an account is called by is no reason for a strong role in it.
func TestAWordThatTheAccountHasAsksForNoStrongRole(t *testing.T) {
	d := dir("ACME_BILLING_PRD_eu1|AWSReadOnlyAccess,DBA-Prod-BreakGlass,DBA-ReadOnly,app-deployer", "ACME_CLAIMS_PRD_eu1|ops-production-admin,AWSReadOnlyAccess",
		"acme-ledger-stg|Staging-Admin,ViewOnly", "acme-live-web|prod-admin,ReadOnly",
		"nordbank-prod-readonly-archive|AWSAdministratorAccess", "nordbank-fraud-prod|AWSReadOnlyAccess", "audit-tools|AWSAdministratorAccess,AuditAccess")
	ix := NewIndex(d)
	for query, want := range map[string]string{
		"acme billing prod": "ACME_BILLING_PRD_eu1/AWSReadOnlyAccess", "acme billing production": "ACME_BILLING_PRD_eu1/AWSReadOnlyAccess",
		"acme claims prod": "ACME_CLAIMS_PRD_eu1/AWSReadOnlyAccess", "acme ledger staging": "acme-ledger-stg/ViewOnly",
		"acme web prod": "acme-live-web/ReadOnly", "acme billing prod breakglass": "ACME_BILLING_PRD_eu1/DBA-Prod-BreakGlass",
		"nordbank archive ro": "", "nordbank archive readonly": "", "nordbank archive view": "",
		"nordbank archive admin": "nordbank-prod-readonly-archive/AWSAdministratorAccess", "nordbank-prod-readonly-archive": "nordbank-prod-readonly-archive/AWSAdministratorAccess",
		"audit tools": "audit-tools/AuditAccess", "audit tools admin": "audit-tools/AWSAdministratorAccess",
	} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
	}
}

func TestAnEnvironmentIsNeverAnother(t *testing.T) {
	d := dir("Cards-Prod|AWSAdministratorAccess,AWSReadOnlyAccess,Prod_BreakGlass", "Cards-PPD|AWSAdministratorAccess,AWSReadOnlyAccess",
		"Ledger-Prod us-east-1|AWSAdministratorAccess,nonprod-admin", "Fraud-Prod|AWSReadOnlyAccess", "Fraud-NPD|AWSReadOnlyAccess",
		"Pay-Dev|prod-readonly,nonprod-admin", "Pay-Prod|AWSReadOnlyAccess", "Pay-NonProd|Admin", "Tax Non Prod|Admin", "Tax Prod|Admin")
	ix := NewIndex(d)
	for query, want := range map[string]string{
		"cards pre-prod ro": "Cards-PPD/AWSReadOnlyAccess", "cards pre prod ro": "Cards-PPD/AWSReadOnlyAccess", "cards preprod admin": "Cards-PPD/AWSAdministratorAccess",
		"ledger uat admin": "", "ledger nonprod": "", "ledger np admin": "", "ledger -prod": "", "ledger no prod admin": "",
		"fraud non-prod": "Fraud-NPD/AWSReadOnlyAccess", "fraud no prod": "Fraud-NPD/AWSReadOnlyAccess", "fraud -prod": "Fraud-NPD/AWSReadOnlyAccess",
		"fraud !prod": "Fraud-NPD/AWSReadOnlyAccess", "fraud nprd": "Fraud-NPD/AWSReadOnlyAccess",
		"the pay np admin for access please": "", "the pay np account for admin": "Pay-NonProd/Admin",
		"pay prod readonly": "Pay-Prod/AWSReadOnlyAccess", "pay np": "Pay-NonProd/Admin", "tax prod": "Tax Prod/Admin", "tax non prod": "Tax Non Prod/Admin",
		"tax nonprod admin": "Tax Non Prod/Admin", "pay-dev prod": "Pay-Dev/prod-readonly",
	} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
	}
}

func TestThePlainRoleComesBeforeAComposite(t *testing.T) {
	d := dir("Payments-Prod|AdminReadOnly,AWSAdministratorAccess,AWSPowerUserAccess,AWSReadOnlyAccess,cost_explorer_ro,DatabaseAdministrator,"+
		"NonAdmin-View,Prod_BreakGlass,SecOps-ReadOnly,SystemAdministrator,ViewOnlyAccess",
		"Pay (Prod)|prod-readonly,ReadOnly,Admin,readonly", "app0419-billing-dev|Admin,AuditorView,Billing")
	ix := NewIndex(d)
	for query, want := range map[string]string{
		"payments admin": "AWSAdministratorAccess", "payments adm": "AWSAdministratorAccess", "payments ro": "AWSReadOnlyAccess",
		"payments readonly": "AWSReadOnlyAccess", "payments view": "ViewOnlyAccess", "payments power": "AWSPowerUserAccess", "payments pu": "AWSPowerUserAccess",
		"111111111102_ReadOnly": "ReadOnly", "111111111102:ReadOnly": "ReadOnly", "111111111102_readonly": "readonly",
		"arn:aws:iam::111111111102:role/ReadOnly": "ReadOnly", "https://x.awsapps.com/start/#/console?account_id=111111111102&role_name=prod-readonly": "prod-readonly",
		"111111111103:Billing": "Billing", "111111111103_Billing": "Billing", "arn:aws:iam::111111111103:role/Billing": "Billing",
		"111111111103 billing": "Billing", "app0419-billing-dev · Billing": "Billing",
	} {
		if _, got, _ := strings.Cut(acts(d, ix, query), "/"); got != want {
			t.Errorf("%q leads to %q, want %s", query, got, want)
		}
	}
}

func TestNumbersAreTheSameButForZeros(t *testing.T) {
	d := dir("pay-prd-001|x", "pay-prd-010|x", "pay-prd-011|x", "app0421-cards|x", "app4210-cards|x")
	ix := NewIndex(d)
	for query, want := range map[string]string{"pay prd 01": "pay-prd-001/x", "pay prd 1": "pay-prd-001/x", "pay prd 010": "pay-prd-010/x",
		"app421": "app0421-cards/x", "app 421": "app0421-cards/x", "pay-prd-1": "pay-prd-001/x", "pay prd 2": ""} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %s", query, got, want)
		}
	}
}

func TestATypoBesideWordsThatPeopleHave(t *testing.T) {
	d := dir("Genève Vertrieb (Test)|AWSReadOnlyAccess", "Ledger-NonProd|Admin", "Zebra Prod|AWSReadOnlyAccess,Admin", "sandbox-anna-b|x", "sandbox-anna-c|x",
		"shop-staging|x", "shop-uat|x", "shop-preprod|x", "app0406-search-prod|Admin", "BANK-GROUP-REPORTING|x")
	ix := NewIndex(d)
	for query, want := range map[string]string{"genve vertrieb test readonly": "Genève Vertrieb (Test)/AWSReadOnlyAccess",
		"ledger nonprdo": "Ledger-NonProd/Admin", "zebra prd raedonly": "Zebra Prod/AWSReadOnlyAccess", "sandbox hanna": "",
		"shop staging": "shop-staging/x", "shop stg": "shop-staging/x", "shop stage": "shop-staging/x", "as prod admin": "app0406-search-prod/Admin", "bgr": "BANK-GROUP-REPORTING/x"} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
	}
}

func TestWordsForRolesWithAnEnding(t *testing.T) {
	d := dir("Ledger|AdministratorAccess,ViewOnlyAccess", "Claims|Admin,ReadOnly,SecurityAudit", "Fx|AWSPowerUserAccess,SecretsManagerReader")
	ix := NewIndex(d)
	for query, want := range map[string]string{"ledger viewer": "Ledger/ViewOnlyAccess", "ledger viewers": "Ledger/ViewOnlyAccess", "ledger admins": "Ledger/AdministratorAccess",
		"claims readers": "Claims/ReadOnly", "claims reader": "Claims/ReadOnly", "claims auditors": "Claims/SecurityAudit", "claims administrators": "Claims/Admin",
		"viewer": "Ledger/ViewOnlyAccess", "fx reader": "Fx/SecretsManagerReader", "fx ro": "", "fx powerusers": "Fx/AWSPowerUserAccess"} {
		if got := acts(d, ix, query); got != want {
			t.Errorf("%q leads to %q, want %q", query, got, want)
		}
	}
}

func TestAQueryInARussianLayoutIsAGuess(t *testing.T) {
	d := dir("payments-prod|Admin,ReadOnly", "payments-dev|ReadOnly", "Платежи|ReadOnly")
	ix := NewIndex(d)
	for query, want := range map[string]string{"зфньутеы": "payments-dev/ReadOnly", "ЗКЩВ": "payments-prod/ReadOnly", "зфньутеы-вум": "payments-dev/ReadOnly",
		"платежи": "Платежи/ReadOnly", "зкщв x": "", "жжж": ""} {
		rows := ix.Search(query, nil)
		got := ""
		if len(rows) > 0 {
			got = label(d, ix, rows[0])
		}
		f := ix.Found()
		if got != want || (got != "" && query != "платежи") != (f.Guess && f.Close == 0) {
			t.Errorf("%q finds %q, %+v; want %q", query, got, f, want)
		}
		if len(rows) > 0 && len(ix.Highlight(query, rows[0]).Name) == 0 {
			t.Errorf("%q: nothing is emphasised", query)
		}
	}
}
