package search

import (
	"strings"
	"testing"
)

func TestQualityOfNames(t *testing.T) {
	tests := []struct {
		term, name string
		want       int
	}{
		{"payments-prod", "payments-prod", exact},
		{"prod", "payments-prod", wholeWord},
		{"payments", "payments-prod", wholeWord},
		{"access", "AdministratorAccess", wholeWord},
		{"poweruser", "PowerUserAccess", wholeWord},
		{"only", "ReadOnlyAccess", wholeWord},
		{"admin", "AWSAdmin", wholeWord},
		{"aws", "AWSAdmin", wholeWord},
		{"360", "customer360", wholeWord},
		{"customer", "customer360", wholeWord},
		{"東京", "本番-東京", wholeWord},
		{"éc", "éCole", prefix},
		{"paym", "payments-prod", prefix},
		{"payments-", "payments-prod", prefix},
		{"pro", "payments-prod", wordPrefix},
		{"acc", "AdministratorAccess", wordPrefix},
		{"pro", "approval-prod", wordPrefix}, // not the first occurrence
		{"ments", "payments-prod", substring},
		{"-prod", "payments-prod", substring},
		{"dps", "data-platform-staging", initials},
		{"ps", "data-platform-staging", initials},
		{"aa", "AdministratorAccess", initials},
		{"ds", "data-platform-staging", abbreviation},
		{"payprod", "payments-prod", abbreviation},
		{"dplats", "data-platform-staging", abbreviation},
		{"aab", "aa-ab", abbreviation}, // a later word than the first that fits
		{"éé", "école-été", abbreviation},
		{"mgmt", "management", loose(6, scatteredPenalty)},
		{"stg", "staging", loose(1, scatteredPenalty)},
		{"pprd", "payments-prod", loose(1+jumpEdits, scatteredPenalty)},
		{"admnistrator", "Administrator", loose(1, scatteredPenalty)},
		{"ans", "payments-prod", none}, // the first letter begins no word
		{"pt", "plantation-two", initials},
		{"pn", "permanent", loose(4, scatteredPenalty)},
		{"pt", "permanent", none}, // skips more than maxSkips
		{"dorp", "payments-prod", none},
		{"x", "", none},
	}
	for _, tt := range tests {
		var a arena
		var m matcher
		term, name := newTerm(tt.term), a.add(tt.name)
		m.load(&term)
		if got := m.named(&a, &term, &name); got != tt.want {
			t.Errorf("%q in %q: quality %d, want %d", tt.term, tt.name, got, tt.want)
		}
	}
}

func TestQualityOfTypos(t *testing.T) {
	tests := []struct {
		term, word string
		want       int
		size       int
	}{
		{"prdo", "prod", loose(1, misspeltPenalty), 4},
		{"dve", "dev", loose(1, misspeltPenalty), 3},
		{"prdo", "production", loose(1, misspeltStartPenalty), 4},
		{"stagin", "staging", loose(0, misspeltStartPenalty), 6},
		{"stsging", "staging", loose(1, misspeltPenalty), 7},
		{"stsgign", "staging", none, 0},
		{"admnistr", "administrator", loose(1, misspeltStartPenalty), 9},
		{"adnimistrater", "administrator", none, 0},
		{"adninistratir", "administrator", loose(2, misspeltPenalty), 13},
		{"dec", "dev", none, 0},
		{"übugnen", "übungen", loose(1, misspeltPenalty), len("übungen")},
		{"éècole", "èécole", loose(1, misspeltPenalty), len("èécole")},
	}
	for _, tt := range tests {
		term := newTerm(tt.term)
		got, size := misspelt(&term, tt.word, maskOf(tt.word))
		if got != tt.want || size != tt.size {
			t.Errorf("%q for %q: quality %d of %d bytes, want %d of %d", tt.term, tt.word, got, size, tt.want, tt.size)
		}
	}
}

func TestQualitiesAreInOrder(t *testing.T) {
	order := []int{none, loose(maxEdits, misspeltStartPenalty), loose(2, misspeltPenalty), loose(2, scatteredPenalty),
		loose(1, misspeltStartPenalty), loose(1, misspeltPenalty), loose(1, scatteredPenalty), loose(0, scatteredPenalty),
		abbreviation, initials, substring, wordPrefix, prefix, wholeWord, exact}
	for i := 1; i < len(order); i++ {
		if order[i-1] >= order[i] {
			t.Errorf("quality %d is %d, not above %d", i, order[i], order[i-1])
		}
	}
}

func TestHighlight(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	tests := []struct{ query, want string }{
		{"pay admin", "[pay]ments-prod [Admin]istratorAccess 300000000001 aws+[pay]ments@corp.example.com"},
		{"PAY prod", "[pay]ments-[prod] AdministratorAccess 300000000001 aws+[pay]ments@corp.example.com"},
		{"pay payments", "[payments]-prod AdministratorAccess 300000000001 aws+[payments]@corp.example.com"},
		{"dps", "[d]ata-[p]latform-[s]taging AdministratorAccess 111122224444 aws+[dps]@corp.example.com"},
		{"payprod", "[pay]ments-[prod] AdministratorAccess 300000000001 aws+payments@corp.example.com"},
		{"mgmt", "[m]ana[g]e[m]en[t] AdministratorAccess 120000000042 root@corp.example.com"},
		{"paymnets", "[payments]-prod AdministratorAccess 300000000001 aws+payments@corp.example.com"},
		{"admnistr pay", "[pay]ments-prod [Adm]i[nistr]atorAccess 300000000001 aws+[pay]ments@corp.example.com"},
		{"1111-2222-3333", "data-platform-prod AdministratorAccess [111122223333] aws+dpp@corp.example.com"},
		{"1111-22", "data-platform-prod AdministratorAccess [111122]223333 aws+dpp@corp.example.com"},
		{"üb mün", "[Üb]ungen [Mün]chen ReadOnlyAccess 300000000007 aws+muc@corp.example.com"},
		{"", "billing Billing 210987654321 aws+prod-billing@corp.example.com"},
	}
	for _, tt := range tests {
		r := ix.Search(tt.query, nil)[0]
		account, role := ix.Row(r)
		a, h := d.Accounts[account], ix.Highlight(tt.query, r)
		got := strings.Join([]string{bracketed(a.Name, h.Name), bracketed(a.Roles[role], h.Role),
			bracketed(a.ID, h.ID), bracketed(a.Email, h.Email)}, " ")
		if got != tt.want {
			t.Errorf("highlight %q:\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

// A lower-case form can be longer or shorter than the letter it is of.
func TestHighlightWhereLowerCaseHasAnotherSize(t *testing.T) {
	d := company()
	d.Accounts[0].Name = "ȺKİ-prod" // Ⱥ grows from 2 bytes to 3, the Kelvin sign shrinks from 3 to 1, İ from 2 to 1
	ix := NewIndex(d)
	for query, want := range map[string]string{"ⱥ": "[Ⱥ]Kİ-prod", "ki": "Ⱥ[Kİ]-prod", "prod": "ȺKİ-[prod]"} {
		if got := bracketed(d.Accounts[0].Name, ix.Highlight(query, 0).Name); got != want {
			t.Errorf("highlight %q: got %s, want %s", query, got, want)
		}
	}
}

func bracketed(text string, spans []Span) string {
	var b strings.Builder
	end := 0
	for _, s := range spans {
		b.WriteString(text[end:s.From] + "[" + text[s.From:s.To] + "]")
		end = s.To
	}
	return b.String() + text[end:]
}
