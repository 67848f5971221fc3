package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"portico/internal/directory"
	"portico/internal/portaltest"
)

// Names that an administrator wrote to do harm are shown as what they are, do
// nothing, and do not keep anybody from their credentials.
func TestHostileNamesAreShownAndDoNothing(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 30, Roles: 3, Hostile: true, TPS: -1, Interval: time.Second})
	p := open(t, j)
	elements := eval[int](t, p, "document.querySelectorAll('body *:not(#sizer *)').length")
	if len(portal.Hostile()) != 10 {
		t.Fatalf("%d hostile accounts", len(portal.Hostile()))
	}
	for i, account := range portal.Hostile() {
		saw(t)(j.Search(account.ID))
		rows := eval[[][]string](t, p, "[...document.querySelectorAll('.row')].map(r => [...r.closest('.group').querySelectorAll('.account > bdi'), ...r.children].map(c => c.textContent))")
		if len(rows) != 3 {
			t.Errorf("%q: %d rows of 3", directory.Escape(account.Name), len(rows))
			continue
		}
		for _, row := range rows {
			for _, text := range row {
				if bad := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }); bad >= 0 {
					t.Errorf("shown with something invisible at %d: %q", bad, text)
				}
			}
			if shown := directory.Escape(account.Name); row[0] != shown && !strings.HasSuffix(row[0], "…") {
				t.Errorf("shown as %q, want %q", row[0], shown)
			}
		}
		if odd := eval[int](t, p, "document.querySelectorAll('#sizer *:not(.group, .account, .row, .account > :is(bdi, .environment), .row > :is(bdi, .note), .wraps > :is(.first, .second), .long > :is(.head, .tail), mark, i)').length"); odd != 0 {
			t.Errorf("%d elements came out of a name", odd)
		}
		if tall := eval[int](t, p, "[...document.querySelectorAll('.row, .account')].filter(r => ![28, r.matches('.tall') ? 44 : 28].includes(r.offsetHeight) || r.scrollWidth > r.clientWidth).length"); tall != 0 {
			t.Errorf("%d rows are broken", tall)
		}
		fits(t, p)
		must(t, j.Shot(fmt.Sprint("hostile-", i)))

		// The role with the hostile name is one of the three; its credentials
		// come like any other's.
		for range 3 {
			issued := len(portal.Credentials())
			saw(t)(j.Copy())
			if len(portal.Credentials()) != issued+1 {
				t.Errorf("copied without credentials being issued")
			}
			must(t, p.Press("ArrowDown"))
		}
		var got []string
		for _, c := range portal.Credentials() {
			if c.AccountID == account.ID {
				got = append(got, c.RoleName)
			}
		}
		if len(got) != 3 {
			t.Errorf("credentials of %q, want those of 3 roles", got)
		}
	}
	saw(t)(j.Search(""))
	if now := eval[int](t, p, "document.querySelectorAll('body *:not(#sizer *)').length"); now != elements {
		t.Errorf("the page has %d elements, had %d", now, elements)
	}
	vars, err := j.Paste()
	must(t, err)
	last := portal.Credentials()[len(portal.Credentials())-1]
	if vars["AWS_SECRET_ACCESS_KEY"] != last.SecretAccessKey {
		t.Error("bash has other credentials than the last that were copied")
	}
}
