package palette_test

import (
	"testing"

	"portico/internal/message"
)

// How long what was copied last is still of use stands beside its row.
func TestWhatWasCopiedLastIsSaidBesideItsRow(t *testing.T) {
	const minute, ends = int64(60_000), int64(1_800_000_000_000)
	p := open(t, company...)
	p.SetStatus(message.Status{SignIn: message.SignedIn, Last: message.Last{AccountID: "000000000002", RoleName: "Admin", Expires: ends}})
	note := func() string {
		t.Helper()
		said := ""
		got := p.painted()
		for i, row := range got.rows {
			switch {
			case row[1] == "000000000002" && row[2] == "Admin":
				said = got.notes[i]
			case got.notes[i] != "":
				t.Errorf("%q says %q", row, got.notes[i])
			}
		}
		return said
	}
	if got := note(); got != "" {
		t.Errorf("without a clock: %q", got)
	}
	for _, test := range []struct {
		left int64 // ms
		want string
	}{
		{12 * 60 * minute, "copied, 12 h left"}, {119*minute + 1, "copied, 119 min left"}, {41 * minute, "copied, 41 min left"},
		{5*minute + 59_999, "5 min left, copy again"}, {minute, "1 min left, copy again"}, {1, "1 min left, copy again"},
		{0, "ended, copy again"}, {-59 * minute, "ended, copy again"}, {-61 * minute, ""},
	} {
		if p.SetTime(ends - test.left); note() != test.want {
			t.Errorf("%d ms before: %q, want %q", test.left, note(), test.want)
		}
	}
	p.SetStatus(message.Status{SignIn: message.SignedIn, Last: message.Last{AccountID: "000000000002", RoleName: "Admin"}})
	if got := note(); got != "" {
		t.Errorf("nobody knows how long: %q", got)
	}
}
