package search

import (
	"strings"
	"testing"
)

// termOf is a query of one term.
func termOf(query string) term {
	var ix Index
	ix.parse(query)
	return ix.terms[0]
}

func TestQualityOfNames(t *testing.T) {
	tests := []struct {
		term, name string
		want       quality
	}{
		{"payments-prod", "payments-prod", word},
		{"payments-prod", "Payments Prod (EU)", word},
		{"prod", "payments-prod", word},
		{"access", "AdministratorAccess", word},
		{"poweruser", "PowerUserAccess", word}, // a word that people have
		{"nonprod", "payments Non Prod", word},
		{"admin", "AWSAdmin", word},
		{"360", "customer360", word},
		{"customer", "customer360", word},
		{"東京", "本番-東京", word},
		{"ÉCOLE", "e\u0301cole", word},
		{"prod", "payments-production", began},
		{"admin", "Administrator", began},
		{"paymentsprod", "payments-prod", glued},
		{"PaymentsProd", "PaymentsProd", glued},
		{"payprod", "payments-prod", glued},
		{"dplats", "data-platform-staging", initials}, // a single letter is among them
		{"app421", "app0421-cards", glued},
		{"paymentspr", "payments-prod", glued},
		{"paymentsp", "payments-prod", running},
		{"paym", "payments-prod", prefix},
		{"pro", "approval-prod", prefix}, // not the first occurrence
		{"éc", "École", prefix},
		{"prd", "payments-prod", short},
		{"stage", "shop-staging", short},
		{"live", "payments-prod", alike},
		{"ro", "AWSReadOnlyAccess", short},
		{"dps", "data-platform-staging", initials},
		{"ps", "data-platform-staging", initials},
		{"euw1", "data-eu-west-1", initials},
		{"as", "app0406-search", initials}, // numbers are no initials
		{"fr", "Fabrikam / Fx Rates / SANDBOX", initials},
		{"payprod", "payments-api-prod", initials},
		{"dsta", "data-platform-staging", skipping},
		{"ments", "payments-prod", inside},
		{"ro", "payments-prod", none}, // letters inside words are too few to tell
		{"ent", "payments-prod", none},
		{"prod", "reproduction", none}, // an environment is a word
		{"prod", "payments-non-prod", none},
		{"live", "shop pre live", none},
		{"uat", "us-east-1", none},
		{"app0421", "app04-01-21", none}, // part of another number
		{"app0421", "app0401-21", none},
		{"mgmt", "managed-things", none},
		{"dorp", "payments-prod", none},
		{"x", "", none},
	}
	for _, tt := range tests {
		var a arena
		term, name := termOf(tt.term), a.add(tt.name)
		m := matcher{arena: &a, term: &term}
		var got place
		if m.ofName(&got, &name, strings.HasSuffix(tt.name, "Access")); got.quality != tt.want {
			t.Errorf("%q in %q: quality %d, want %d", tt.term, tt.name, got.quality, tt.want)
		}
	}
}

func TestQualityOfTypos(t *testing.T) {
	tests := []struct {
		term, word string
		want       quality
		size       int
	}{
		{"prdo", "prod", typo, 4},
		{"dve", "dev", typo, 3},
		{"prdo", "production", startTypo, 4},
		{"stsging", "staging", typo, 7},
		{"stsgign", "staging", none, 0},
		{"admnistr", "administrator", startTypo, 9},
		{"adnimistrater", "administrator", none, 0},
		{"adninistratir", "administrator", farTypo, 13},
		{"dec", "dev", typo, 3}, // any slip that makes an environment
		{"dec", "dex", none, 0},
		{"ap0421", "app0421", typo, 7},
		{"app0412", "app0421", none, 0},
		{"app041", "app0421", none, 0},
	}
	for _, tt := range tests {
		term := termOf(tt.term)
		got, size := misspelt(&term, tt.word, maskOf(tt.word))
		if got != tt.want || size != tt.size {
			t.Errorf("%q for %q: quality %d of %d bytes, want %d of %d", tt.term, tt.word, got, size, tt.want, tt.size)
		}
	}
}

func TestPointsAreInTheOrderOfQualities(t *testing.T) {
	order := []quality{skipping, inside, initials, alike, short, running, prefix, glued, began, word, wholeID}
	for i := 1; i < len(order); i++ {
		if points[order[i-1]] >= points[order[i]] || order[i-1] >= order[i] {
			t.Errorf("quality %d has no more points than the one below", order[i])
		}
	}
	for q := range qualities {
		if q != none && q <= typo && points[q] >= points[initials] {
			t.Errorf("a guess of quality %d is worth as much as initials", q)
		}
	}
}

func TestHighlight(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	tests := []struct{ query, want string }{
		{"pay admin", "[pay]ments-prod [Admin]istratorAccess 300000000001 aws+payments@corp.example.com"},
		{"PAY prod", "[pay]ments-[prod] ReadOnlyAccess 300000000001 aws+payments@corp.example.com"},
		{"payments-prod", "[payments-prod] ReadOnlyAccess 300000000001 aws+payments@corp.example.com"},
		{"dps", "[d]ata-[p]latform-[s]taging ReadOnlyAccess 111122224444 aws+dps@corp.example.com"},
		{"payprod", "[pay]ments-[prod] ReadOnlyAccess 300000000001 aws+payments@corp.example.com"},
		{"mgmt", "[management] AdministratorAccess 120000000042 root@corp.example.com"},
		{"paymnets", "[payments]-prod ReadOnlyAccess 300000000001 aws+payments@corp.example.com"},
		{"admnistr pay", "[pay]ments-prod [Administr]atorAccess 300000000001 aws+payments@corp.example.com"},
		{"1111-2222-3333", "data-platform-prod ReadOnlyAccess [111122223333] aws+dpp@corp.example.com"},
		{"1111-22", "data-platform-prod ReadOnlyAccess [111122]223333 aws+dpp@corp.example.com"},
		{"üb mün", "[Üb]ungen [Mün]chen ReadOnlyAccess 300000000007 aws+muc@corp.example.com"},
		{"aws+dpp", "data-platform-prod ReadOnlyAccess 111122223333 [aws+dpp]@corp.example.com"},
		{"", "billing ReadOnlyAccess 210987654321 aws+prod-billing@corp.example.com"},
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

// A folded form can be longer or shorter than the letter it is of, and marks have
// none.
func TestHighlightWhereFoldedLettersHaveAnotherSize(t *testing.T) {
	d := company()
	for query, names := range map[string]string{"aki": "[ȺKİ]-prod", "prod": "ȺKİ-[prod]", "strasse": "[Straße] 1", "zur": "[Zu\u0308r]ich",
		"fina": "[ﬁna]nce", "prod1": "[ＰＲＯＤ１]", "a-b": "x [a b] c", "lod": "[Łód]ź"} {
		want := names
		d.Accounts[0].Name = strings.NewReplacer("[", "", "]", "").Replace(names)
		ix := NewIndex(d)
		for r := range ix.rows {
			if ix.rows[r].account == 0 {
				if got := bracketed(d.Accounts[0].Name, ix.Highlight(query, int32(r)).Name); got != want {
					t.Errorf("highlight %q: got %s, want %s", query, got, want)
				}
				break
			}
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
