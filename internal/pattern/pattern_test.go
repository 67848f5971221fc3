package pattern_test

import (
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/pattern"
)

func role(account, name string) pattern.Role {
	return pattern.Role{Portal: "https://acme.awsapps.com/start", AccountID: "111111111101", AccountName: account, RoleName: name}
}

func TestPatternsMatchWordsOrWholeNames(t *testing.T) {
	for _, test := range []struct {
		pattern string
		yes, no []string // names of accounts
	}{
		{"prod", []string{"prod", "payments-prod", "PaymentsProd", "PROD_EU", "prod2", "Prod, EU", "pròd", "a.prod.b"}, []string{"product", "preprod", "nonprod", "non-prod", "NonProd", "pre prod", "not-prod", "production", "acmeprod", ""}},
		{"payments prod", []string{"payments-prod", "eu-PaymentsProd1"}, []string{"prod-payments", "payments-eu-prod", "payments"}},
		{"non-prod", []string{"nonProd-x", "acme-non-prod"}, []string{"prod"}},
		{"team audit", []string{"Team – Audit", "Team\u2011Audit"}, nil},
		{"audit", []string{"audit🔥", "Audit\u00a0EU", "監査audit"}, nil},
		{"支付", []string{"支付-prod", "支付Prod"}, []string{"支付平台"}},
		{"team42", []string{"Team-42", "team42x", "my team 42"}, []string{"team4", "team 421"}},
		{"zürich", []string{"ZURICH-1", "Zürich"}, []string{"zuric"}},
		{"*prod", []string{"nonprod", "PROD", "a b prod"}, []string{"prod2", ""}},
		{"prod?", []string{"prod1", "PRODÉ", "prod漢"}, []string{"prod", "prod12"}},
		{"*a*b*", []string{"ab", "xaxbx", "aab", "abb"}, []string{"ba", "a", ""}},
		{"*", []string{"", "x"}, nil},
		{"111111111101", []string{"whatever"}, nil},
		{"1111*01", []string{"whatever"}, nil},
		{"111111111102", nil, []string{"whatever", "111111111102"}}, // an ID, whoever is called so
		{"-", nil, []string{"-", "x"}},
		{"", []string{"", "x"}, nil},
	} {
		for _, name := range test.yes {
			if !(pattern.Pattern{Account: test.pattern}).Matches(role(name, "x")) {
				t.Errorf("%q does not match %q", test.pattern, name)
			}
		}
		for _, name := range test.no {
			if (pattern.Pattern{Account: test.pattern}).Matches(role(name, "x")) {
				t.Errorf("%q matches %q", test.pattern, name)
			}
		}
	}
}

func TestAllOfAPatternHasToMatch(t *testing.T) {
	r := role("payments-prod", "AWSReadOnlyAccess")
	for _, test := range []struct {
		p    pattern.Pattern
		want bool
	}{
		{pattern.Pattern{}, true},
		{pattern.Pattern{Role: "read only"}, true},
		{pattern.Pattern{Role: "ReadOnly"}, true},
		{pattern.Pattern{Role: "*readonly*"}, true},
		{pattern.Pattern{Role: "readonly"}, false}, // one word
		{pattern.Pattern{Portal: r.Portal, Account: "prod", Role: "*"}, true},
		{pattern.Pattern{Portal: "https://other.awsapps.com/start", Account: "prod"}, false},
		{pattern.Pattern{Account: "prod", Role: "Admin"}, false},
		{pattern.Pattern{Account: "test", Role: "ReadOnly"}, false},
	} {
		if got := test.p.Matches(r); got != test.want {
			t.Errorf("%+v: %v", test.p, got)
		}
	}
}

func TestANameOfAnAccountMayHoldASlash(t *testing.T) {
	for text, want := range map[string]bool{"Team / Product – Prod": true, "team / product – prod": true, "Team / ReadOnly": true, "Team / Admin": false, "Team / Product": false, "Product – Prod / ReadOnly": true} {
		if got := pattern.Parse(text).Matches(role("Team / Product – Prod", "ReadOnly")); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// The standard library has the same globs, but for what else it takes for special,
// and for the slash.
func TestGlobsAreTheUsualOnes(t *testing.T) {
	text := rapid.StringMatching(`[ab*?]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		p, name := text.Draw(t, "pattern")+"*", rapid.StringMatching(`[ab]{0,8}`).Draw(t, "name")
		want, err := path.Match(p, name)
		if err != nil {
			t.Fatal(err)
		}
		if got := (pattern.Pattern{Role: p}).Matches(role("x", name)); got != want {
			t.Fatalf("%q, %q: %v", p, name, got)
		}
	})
}

func TestTheMoreSpecificPatternIsMore(t *testing.T) {
	order := []pattern.Pattern{
		{},
		{Portal: "p"},
		{Account: "*"},
		{Account: "a*"},
		{Account: "*abc*"},
		{Account: "prod"},
		{Account: "production"},
		{Account: "111111111101"},
		{Portal: "p", Account: "prod"},
		{Role: "*"},
		{Role: "Admin"},
		{Account: "*", Role: "*"},
		{Account: "111111111101", Role: "*min"},
		{Account: "prod", Role: "Admin"},
		{Account: "111111111101", Role: "Admin"},
		{Portal: "p", Account: "111111111101", Role: "Admin"},
	}
	for i, p := range order {
		for j, q := range order {
			if got := p.Less(q); got != (i < j) {
				t.Errorf("%+v less than %+v: %v", p, q, got)
			}
		}
	}
}

func TestProductionIsGuarded(t *testing.T) {
	g := pattern.Guard{Production: true}
	for _, name := range []string{"prod", "prd", "production", "live", "Payments Prod", "payments-prd-001", "acmeprod", "AcmeProduction", "PROD2", "prod-test", "LIVE_eu", "billing.live", "Zahlungen Produktion", "produção-1", "Pagos Producción", "支付平台 生产环境", "決済サービス（本番）", "PrOd", "prodeu", "acmeprd", "xPROD",
		// Dashes, blanks and pictures are no letters.
		"Production–EU", "Live—EU", "payments\u2011prd\u2011eu", "LIVE\u3000EU", "PRD\u00a0EU", "Live🔥", "🔴PRD", "「Live」", "\u200eLive\u200e", "Payments•PRD•EU", "PRD環境", "Live环境", "ＰＲＤ１", "équipeLive",
		"Produktionsumgebung", "Produktivsystem", "prdeu", "PRDEU", "payments-прод", "Касса Прод", "Продакшн", "운영-계정", "프로덕션 EU", "正式环境", "正式環境2",
		"Kasse Canlı", "ÜRETİM", "üretim-1", "kassa-productie", "Produksjon", "Tuotanto-EU", "Produkcja", "Produkce", "Παραγωγή", "ייצור", "إنتاج"} {
		if !g.Guards(role(name, "Admin")) || !g.Guards(role("x", name)) {
			t.Errorf("%q is not guarded", name)
		}
	}
	for _, name := range []string{"", "nonprod", "non-prod", "NonProd", "Non Production", "preprod", "pre-prod", "preproduction", "PreProd", "nonlive", "non-live", "nprd", "nprod", "nonprd", "preprd", "Prodigy", "producer",
		"staging", "stage", "stg", "uat", "hml", "test", "tst", "qa", "sit", "int", "perf", "dev", "development", "sandbox", "sbx", "product", "products", "reproduce", "delivery", "alive", "olive", "livestream", "Admin",
		"Payments / Checkout – Non–Prod", "pre\u2011prod", "non\u00a0prod", "🔥nonprod", "Équipe–nonprod", "支付nonprod", "非生产环境", "非本番", "準本番", "预生产"} {
		if g.Guards(role(name, "Admin")) || g.Guards(role("x", name)) {
			t.Errorf("%q is guarded", name)
		}
	}
	if (pattern.Guard{}).Guards(role("prod", "Admin")) {
		t.Error("production is guarded unasked")
	}
}

func TestGuardsOfOnesOwn(t *testing.T) {
	g := pattern.Guard{Production: true, Patterns: []pattern.Pattern{{Role: "*admin*"}, {Account: "999999999999"}}, Except: []pattern.Pattern{{Account: "prod-playground"}}}
	for _, test := range []struct {
		account, role string
		want          bool
	}{{"dev", "Administrator", true}, {"dev", "ReadOnly", false}, {"prod", "ReadOnly", true}, {"prod-playground", "Admin", false}} {
		if got := g.Guards(role(test.account, test.role)); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
	if r := role("x", "x"); !g.Guards(pattern.Role{AccountID: "999999999999", AccountName: r.AccountName}) {
		t.Error("an account is not guarded by its ID")
	}
}

// Whatever names and patterns there are, matching ends, and a name matches itself
// where it has a word that nothing takes back.
func FuzzPatterns(f *testing.F) {
	for _, s := range []string{"prod", "*", "a?b*c", "漢*", "\xff?", "NonProd"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, p, name string) {
		r := role(name, name)
		pattern.Pattern{Account: p, Role: p}.Matches(r)
		pattern.Guard{Production: true, Patterns: []pattern.Pattern{{Role: p}}}.Guards(r)
		if strings.ContainsFunc(name, func(r rune) bool { return 'a' <= r && r <= 'z' }) && !strings.ContainsAny(name, "*?") {
			if !(pattern.Pattern{Role: name}).Matches(r) {
				t.Errorf("%q does not match itself", name)
			}
		}
	})
}
