package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
)

func TestAGuessOfOneAccountIsActedOnAtOnce(t *testing.T) {
	p := open(t, company...)
	p.Type("paymnets prod adm")
	if got := p.painted(); got.heading != "Closest matches" || got.selected != 0 {
		t.Errorf("heading %q, selected %d", got.heading, got.selected)
	}
	p.wantSelected("payments-prod Admin")
	for _, key := range []string{"Enter", "Ctrl+Enter", "Ctrl+D"} {
		if effects := p.press(key); len(effects) != 1 {
			t.Errorf("%s: effects are %+v", key, effects)
		}
	}
}

func TestAGuessOfSeveralAccountsHasToBeChosenFirst(t *testing.T) {
	for _, query := range []string{"paymnets", "pymnts", "paymnets admin"} {
		p := open(t, company...)
		p.Type(query)
		if got := p.painted(); got.heading != "Closest matches: choose one" || got.selected != -1 || p.View().Target != "" {
			t.Errorf("%s: heading %q, selected %d, target %q", query, got.heading, got.selected, p.View().Target)
		}
		for _, key := range []string{"Enter", "Ctrl+Enter", "Ctrl+D"} {
			if effects := p.press(key); len(effects) != 0 {
				t.Errorf("%s, %s: effects are %+v", query, key, effects)
			}
			if n := p.View().Notice; !strings.Contains(n.Text, "Choose") {
				t.Errorf("%s, %s: notice is %q", query, key, n.Text)
			}
		}
		p.press("Down")
		if got := p.painted(); got.heading != "Closest matches" || got.selected != 0 {
			t.Errorf("%s, chosen: heading %q, selected %d", query, got.heading, got.selected)
		}
		if effects := p.press("Enter"); len(effects) != 1 {
			t.Errorf("%s, chosen: effects are %+v", query, effects)
		}
	}
}

func TestAChoiceAmongGuessesEndsWithTheNextLetter(t *testing.T) {
	p := open(t, company...)
	p.Type("paymnet")
	p.press("Up")
	p.wantSelected("payments-prod Admin")
	p.Type("paymnets")
	p.wantSelected("")
	p.Select(1)
	p.Type("payments")
	if got := p.painted(); got.heading != "" || got.selected != 0 {
		t.Errorf("heading %q, selected %d", got.heading, got.selected)
	}
}

func TestAWordThatStandsForAnotherIsSaid(t *testing.T) {
	p := open(t, append([]directory.Account{account(7, "ledger (Production)", "ReadOnlyAccess")}, company...)...)
	for query, want := range map[string]string{
		"payments live": "live ≈ prod", "ledger prd": "prd ≈ Production", "ledger ro": "ro ≈ ReadOnly", "payments prod": "", "ledger read": "",
	} {
		p.Type(query)
		if got := p.painted(); len(got.notes) == 0 || got.notes[0] != want && !(want == "" && strings.HasPrefix(got.notes[0], "also")) {
			t.Errorf("%s: notes are %q, want %q", query, got.notes, want)
		}
	}
}

func TestAnotherRowThatMatchesAsWellIsSaid(t *testing.T) {
	p := open(t,
		account(1, "payments-api", "ReadOnly"), account(2, "payments-web", "ReadOnly"),
		account(3, "ledger", "TerraformPlan", "TerraformView"), account(4, "same", "Ops"), account(5, "same", "Ops"))
	for query, want := range map[string]string{
		"payments":        "also payments-web",
		"payments read":   "also payments-web",
		"payments api":    "",
		"ledger":          "", // which role is no question that was asked
		"ledger terrafor": "also TerraformPlan",
		"same":            "also 000000000005",
		"":                "",
	} {
		p.Type(query)
		if got := p.painted(); got.notes[0] != want {
			t.Errorf("%q: notes are %q, want %q first", query, got.notes, want)
		}
	}
}

func TestARoleOfSeveralAccountsIsSaidToBe(t *testing.T) {
	p := open(t, account(1, "ledger-dev", "ReadOnly"), account(2, "ledger-prod", "ReadOnly"), account(3, "ledger-prod-eu", "ReadOnly"))
	for query, want := range map[string]string{"ledger ro": "also ledger-prod", "ledger prod read": "", "ledger dev read": "", "ledger": ""} {
		p.Type(query)
		if got := p.painted().notes[0]; got != want && got != "ro ≈ ReadOnly · "+want {
			t.Errorf("%q: note is %q, want %q", query, got, want)
		}
	}
}

func TestTheOtherRowIsSaidByWhatItDiffersIn(t *testing.T) {
	long := "contoso-digital-workplace-services-payments-platform-eu-west-1-"
	p := open(t, account(1, long+"production-a", "ReadOnly"), account(2, long+"production-b", "ReadOnly"),
		account(3, "STG / fx / 38", "AdministratorAccess"), account(4, "fx-stg-170", "AdministratorAccess", "ReadOnlyAccess"),
		account(5, "Ledger of the northern subsidiaries", "ReadOnly"), account(6, "Ledger of the southern subsidiaries", "ReadOnly"))
	for query, want := range map[string]string{
		"production": "also …-production-b", "fx stg": "also fx-stg-170", "ledger": "also … the southern subsidiari…", "fx 38": "",
	} {
		p.Type(query)
		if got := p.painted().notes[0]; got != want {
			t.Errorf("%q: note is %q, want %q", query, got, want)
		}
	}
}

func TestGuessesAreCountedAsSuch(t *testing.T) {
	p := open(t, company...)
	for query, want := range map[string]string{"paymnets prod adm": "1 guess", "paymnets": "4 guesses", "payments": "4 matches"} {
		p.Type(query)
		if got := p.View().Summary; got != want {
			t.Errorf("%q: summary is %q, want %q", query, got, want)
		}
	}
}
