package palette_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"portico/internal/directory"
)

func TestTypingSelectsTheBestMatch(t *testing.T) {
	p := open(t, company...)
	p.wantSelected("data-platform-staging ReadOnly")
	p.press("Down")
	p.press("Down")
	p.press("Down")
	for _, test := range []struct{ query, want string }{
		{"p", "payments-dev ReadOnly"},
		{"payments prod", "payments-prod ReadOnly"},
		{"payments prod adm", "payments-prod Admin"},
		{"000000000004", "sandbox-jlee Developer"},
		{"aws+2@example.com", "payments-dev ReadOnly"},
		{"paymnets prod", "payments-prod ReadOnly"},
		{"  ", "data-platform-staging ReadOnly"},
	} {
		p.Type(test.query)
		if got := p.selection(); got != test.want {
			t.Errorf("%q selects %q, want %q", test.query, got, test.want)
		}
		if got := p.View(); got.Query != test.query || strings.TrimPrefix(got.Target, "Guarded: ") != strings.Replace(test.want, " ", " "+p.aim().AccountID+" · ", 1) || !got.Acts {
			t.Errorf("%q: query %q, target %q", test.query, got.Query, got.Target)
		}
	}
}

func TestTypingTheSameAgainKeepsTheSelection(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	p.press("Down")
	p.wantSelected("payments-dev Admin")
	p.Type("payments")
	p.wantSelected("payments-dev Admin")
}

func TestTypingForgetsTheLastNotice(t *testing.T) {
	p := open(t, company...)
	p.press("Enter")
	p.Type("x")
	p.wantNoNotice()
}

func TestARefreshThatMovesRowsKeepsTheSelectedRole(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	for range 3 {
		p.press("Down")
	}
	p.wantSelected("payments-prod Admin")
	p.lists(append([]directory.Account{account(9, "a-payments-new", "ReadOnly", "Auditor", "Admin")}, company...)...)
	p.wantSelected("payments-prod Admin")
	renamed := append([]directory.Account{}, company...)
	renamed[2].Name = "payments-production"
	p.lists(renamed...)
	p.wantSelected("payments-production Admin")
}

func TestARefreshThatTakesTheSelectedRoleSelectsTheBestMatch(t *testing.T) {
	p := open(t, company...)
	p.press("Down")
	p.lists(company[1:]...)
	p.wantSelected("payments-dev ReadOnly")
	p.lists()
	p.wantSelected("")
	p.lists(company...)
	p.wantSelected("payments-dev ReadOnly") // it came back
}

func TestASelectedRoleIsKeptThoughItsRowIsFarOff(t *testing.T) {
	p := open(t, numbered(100)...)
	p.press("Up")
	p.wantSelected("account-0099 ReadOnly")
	more := append([]directory.Account{}, numbered(100)...)
	for i := range 50 {
		more = append([]directory.Account{account(1000+i, "aaa", "ReadOnly")}, more...)
	}
	p.lists(more...)
	got := p.painted()
	if got.selected != 149 || got.scrollTo != 142*one {
		t.Errorf("selected %d, scroll to %d", got.selected, got.scrollTo)
	}
	p.wantSelected("account-0099 ReadOnly")
}

func TestAListThatBecomesShortIsNotScrolledBeyondItsEnd(t *testing.T) {
	p := open(t, numbered(100)...)
	p.shows(80, 8)
	p.Select(85)
	p.lists(numbered(90)[76:]...)
	p.wantSelected("account-0085 ReadOnly")
	if got := p.painted(); len(got.rows) != 14-got.first || got.first > 6 {
		t.Errorf("%d rows from %d on", len(got.rows), got.first)
	}
}

func TestRowsAreAWindowAroundWhatShows(t *testing.T) {
	p := open(t, numbered(20000)...)
	for _, at := range []int{0, 3, 10000, 19985, 19988} {
		p.shows(at, 12)
		got := p.painted()
		if got.total != 20000 || got.first != max(0, at-2) || got.first+len(got.rows) != min(20000, at+12+2) {
			t.Errorf("at %d: %d rows from %d of %d", at, len(got.rows), got.first, got.total)
		}
	}
	p.press("Up")
	p.wantSelected("account-19999 ReadOnly")
	if lines := strings.Count(p.View().Rows, "\n"); lines < 12 || lines > 30 {
		t.Errorf("%d lines", lines)
	}
}

func TestTheFirstRowsComeBeforeTheListIsMeasured(t *testing.T) {
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.lists(numbered(500)...)
	got := p.painted()
	if got.first != 0 || got.selected != 0 || len(got.rows) < directory.ListHeight/one || len(got.rows) > 12 {
		t.Errorf("%d rows from %d on, selected %d", len(got.rows), got.first, got.selected)
	}
}

func TestMatchedLettersAreMarked(t *testing.T) {
	p := open(t, company...)
	p.Type("prod read")
	got := p.painted()
	if want := []string{"payments-\x01prod\x02", "000000000003", "\x01Read\x02Only"}; strings.Join(got.rows[0], "|") != strings.Join(want, "|") {
		t.Errorf("row is %q, want %q", got.rows[0], want)
	}
	p.Type("0000-0000-0004")
	if got := p.painted().rows[0][1]; got != "\x01000000000004\x02" {
		t.Errorf("ID is %q", got)
	}
}

func TestHostileNamesCanNeitherForgeMarksNorRows(t *testing.T) {
	name := "\x01prod\x02\tx\n0\t0\t0\t0\nfake\u202e"
	p := open(t, account(1, directory.Escape(name), directory.Escape("Ad\tmin\n")))
	p.Type("fake")
	got := p.painted()
	if want := `\u{1}prod\u{2}\u{9}x\u{a}0\u{9}0\u{9}0\u{9}0\u{a}fake\u{202e}`; unmark.Replace(got.rows[0][0]) != want || len(got.rows) != 1 {
		t.Errorf("rows are %q", got.rows)
	}
}

func TestVeryLongNamesAreClipped(t *testing.T) {
	for _, letter := range []string{"x", "é", "漢", "🚀"} {
		long := strings.Repeat(letter, 10<<10/len(letter))
		p := open(t, account(1, "prod "+long, "role "+long))
		for _, query := range []string{"", "prod", letter, strings.Repeat(letter, 99), long} {
			p.Type(query)
			v := p.View()
			if len(v.Rows) > 3000 || len(v.Target) > 440 || !utf8.ValidString(v.Rows) || !utf8.ValidString(v.Target) {
				t.Errorf("%.10q: rows take %d bytes, target %d", query, len(v.Rows), len(v.Target))
			}
			if got := paint(t, v.Rows); len(got.rows) != 1 || !strings.HasSuffix(got.rows[0][0], "…") {
				t.Errorf("%.10q: rows are %.50q", query, got.rows)
			}
		}
		p.press("Enter")
		if n := p.View().Notice; len(n.Text) > 700 || !utf8.ValidString(n.Text) || !strings.Contains(n.Text, "000000000001") {
			t.Errorf("notice is %q", n.Text)
		}
	}
}

func TestAVeryLongQueryIsClippedWhereItIsQuoted(t *testing.T) {
	p := open(t, company...)
	p.Type(strings.Repeat("q", 10<<10))
	if got := p.View().Empty.Hint; len(got) > 400 || !strings.Contains(got, "qqq…") {
		t.Errorf("hint is %q", got)
	}
}
