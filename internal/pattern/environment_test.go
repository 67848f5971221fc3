package pattern_test

import (
	"testing"

	"portico/internal/pattern"
)

func TestANameSaysWhatAnAccountIsFor(t *testing.T) {
	for name, want := range map[string]string{
		"payments-prod": "prod", "PaymentsProduction": "prod", "acmeprod": "prod", "live": "prod", "決済サービス（本番）": "prod",
		"payments-stg": "staging", "Payments Staging (EU)": "staging", "preprod": "preprod", "pre-prod": "preprod", "payments-uat": "uat",
		"data-test-2": "test", "QA": "qa", "claims-dev": "dev", "sandbox-jlee": "sandbox", "nonprod": "nonprod", "payments-non-prod": "nonprod",
		"dev-tools-staging": "staging", // the last that tells
		"":                  "", "payments": "", "developers": "", "product": "", "contest": "", "prod-a-dev": "prod",
	} {
		if got := pattern.Environment(name); got != want {
			t.Errorf("%q is for %q, want %q", name, got, want)
		}
	}
}
