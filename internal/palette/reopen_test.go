package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

// reopen is a popup that starts from what another left.
func reopen(t *testing.T, view string, accounts ...directory.Account) *popup {
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	p.lists(accounts...)
	p.Restore(view)
	return p
}

func TestAReopenedPopupContinues(t *testing.T) {
	for _, query := range []string{"", "account", "account\t0"} {
		p := open(t, numbered(300)...)
		p.Type(query)
		p.shows(100, 8)
		p.Select(104)
		was := p.View()
		saved := p.Saved()
		if again := p.Saved(); again != saved {
			t.Error("saving changed something")
		}
		q := reopen(t, saved, numbered(300)...)
		is := q.View()
		if is.Query != query || is.Target != was.Target {
			t.Errorf("%q: query %q, target %q; was %q", query, is.Query, is.Target, was.Target)
		}
		// What popup.js paints from the saved rows is what Go paints after it.
		_, rows, _ := strings.Cut(saved, "\n\n")
		before, after := paint(t, rows), paint(t, is.Rows)
		if before.scrollTo != 100*one || after.scrollTo != 100*one || before.first != after.first || before.selected != 104 || after.selected != 104 {
			t.Errorf("%q: painted %+v, then %+v", query, before, after)
		}
		if len(after.rows) < len(before.rows) {
			t.Errorf("%q: %d rows became %d", query, len(before.rows), len(after.rows))
		}
		q.shows(100, 8)
		if got := q.painted(); got.scrollTo != -1 || got.first != 98 {
			t.Errorf("%q: after measuring %+v", query, got)
		}
	}
}

func TestASearchWithoutMatchesIsContinuedToo(t *testing.T) {
	p := open(t, company...)
	p.Type("zzzz")
	q := reopen(t, p.Saved(), company...)
	if v := q.View(); v.Query != "zzzz" || v.Empty.Title != "No match" {
		t.Errorf("reopened with %q, %+v", v.Query, v.Empty)
	}
}

func TestThereIsNothingToContinueWithoutADirectory(t *testing.T) {
	var m palette.Model
	if got := m.Saved(); got != "" {
		t.Errorf("saved %q", got)
	}
}

func TestAReopenedPopupWhoseRowIsGoneStillShowsRows(t *testing.T) {
	p := open(t, numbered(300)...)
	p.shows(200, 8)
	p.Select(204)
	q := reopen(t, p.Saved(), numbered(30)...)
	got := q.painted()
	if got.total != 30 || len(got.rows) == 0 {
		t.Errorf("got %+v", got)
	}
	q.shows(22, 8) // as far as a list of 30 can be scrolled
	q.wantSelected("account-0000 ReadOnly")
}

func TestAViewOfAnotherPortalIsNotTaken(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	saved := strings.Replace(p.Saved(), acme, lab, 1)
	for _, view := range []string{"", "nonsense", "\n\n", saved, "portal\t\nquery\tx\n\n"} {
		q := reopen(t, view, company...)
		if v := q.View(); v.Query != "" {
			t.Errorf("%q: query %q", view, v.Query)
		}
		q.wantSelected("data-platform-staging ReadOnly")
	}
	none := &popup{TB: t}
	none.Restore("query\tx\n\n")
	if v := none.View(); v.Query != "" {
		t.Errorf("without a portal: query %q", v.Query)
	}
}

func TestSavingDoesNotTakeAwayAScrollThatIsDue(t *testing.T) {
	p := open(t, numbered(100)...)
	p.press("Up")
	p.Saved()
	if got := p.painted().scrollTo; got != 92*one {
		t.Errorf("scrolls to %d", got)
	}
}

func FuzzRestore(f *testing.F) {
	for _, view := range []string{"", "portal\t" + acme + "\nquery\tpay\ntop\t99999999999\n\n", "portal\t" + acme + "\ntop\t-9\naccount\t000000000003\nrole\tAdmin\n\n"} {
		f.Add(view)
	}
	f.Fuzz(func(t *testing.T, view string) {
		p := &popup{TB: t}
		p.SetPortals(portals(acme))
		p.SetStatus(message.Status{SignIn: message.SignedIn})
		p.lists(company...)
		p.Restore(view)
		if got := p.painted(); got.total > 0 && (len(got.rows) == 0 || got.first < 0) {
			t.Errorf("%q: %+v", view, got)
		}
	})
}
