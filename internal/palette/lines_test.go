package palette_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
)

// What Go counts on stands where the painter puts it: a name, its rows, the next name.
func TestRowsStandBelowTheNameOfTheirAccount(t *testing.T) {
	long := strings.Repeat("payments ", 6)
	p := open(t, account(1, "data-dev", "A", "B"), account(2, long+"prod", "C"), account(3, long+"test", "D"))
	got := p.painted()
	if want := []int{0, 2, 3}; !slices.Equal(got.heads, want) {
		t.Errorf("names stand above rows %v, want %v", got.heads, want)
	}
	if want := directory.AccountHeight + 2*directory.TallHeight + 4*directory.RowHeight; got.height != want {
		t.Errorf("all is %d high, want %d", got.height, want)
	}
	if want := []string{"dev", "", "prod", "test"}; !slices.Equal(got.environments, want) {
		t.Errorf("environments are %q, want %q", got.environments, want)
	}
}

// The window may begin among the rows of an account: its name is painted all the same,
// and what differs from the name above it is known.
func TestAWindowThatBeginsWithinAnAccountHasItsName(t *testing.T) {
	roles := make([]string, 100)
	for i := range roles {
		roles[i] = fmt.Sprintf("Role%03d", i)
	}
	p := open(t, account(1, "many-1", "A"), account(2, "many-2", roles...))
	top := one + directory.AccountHeight + 50*directory.RowHeight
	p.Scrolled(top, 8*one)
	got := p.painted()
	if got.top != one || got.before != 47 || got.first != 48 || got.above != "many-1" || got.rows[0][0] != "many-2" {
		t.Errorf("got %+v", got)
	}
	// A row is shown below the name, which stays at the edge.
	p.Select(51)
	p.press("Up")
	p.press("Up")
	if got, want := p.painted().scrollTo, top-directory.AccountHeight-2*directory.RowHeight; got != want {
		t.Errorf("scrolls to %d, want %d", got, want)
	}
}

// Whatever shows of a list: the painted rows reach from its upper edge to its lower.
func FuzzTheWindowIsFull(f *testing.F) {
	f.Add(0, 300, 7, "")
	f.Add(5000, 468, 3, "team")
	f.Add(1<<40, 28, 1, "prod")
	var accounts []directory.Account
	for i := range 300 {
		name := fmt.Sprintf("team-%03d-prod", i)
		if i%3 == 0 {
			name += strings.Repeat(" of the company", i%4)
		}
		accounts = append(accounts, account(i, name, []string{"A", "B", "C", "D", "E"}[:1+i%5]...))
	}
	f.Fuzz(func(t *testing.T, top, height, downs int, query string) {
		p := open(t, accounts...)
		p.Type(query)
		p.Scrolled(top, height%2000)
		for range min(max(downs, 0), 20) {
			p.press("Down")
		}
		p.View()
		got := p.painted()
		if got.total == 0 {
			return
		}
		y := got.top + got.before*directory.RowHeight
		begins := y
		for i := range got.rows {
			if slices.Contains(got.heads, i) {
				y += directory.HeightOf(unmark.Replace(got.rows[i][0]))
			}
			y += directory.RowHeight
		}
		if got.first == 0 && begins != 0 || got.first+len(got.rows) == got.total && y != got.height || y > got.height {
			t.Errorf("%d rows from %d on of %d reach from %d to %d of %d", len(got.rows), got.first, got.total, begins, y, got.height)
		}
	})
}

// Whatever is searched, the matches of an account stand together, the best match first.
func TestMatchesOfAnAccountStandTogether(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	got := p.painted()
	if want := []int{0, 2}; !slices.Equal(got.heads, want) || unmark.Replace(got.rows[1][2]) != "Admin" || got.selected != 0 {
		t.Errorf("got %+v", got)
	}
	p.wantSelected("payments-dev ReadOnly")
}

// Of several portals it is said which one shows, and of whatever goes on how far it is.
func TestBesideTheSearchStandsWhatIsNew(t *testing.T) {
	const hour = 3_600_000
	p := open(t, company...)
	p.SetTime(1_000_000_000)
	aside := func() string { return isolates.Replace(p.View().Aside) }
	for _, step := range []struct {
		query  string
		status message.Status
		want   string
	}{
		{"", message.Status{SignIn: message.SignedIn}, "acme · listed 278 h ago"},
		{"", message.Status{SignIn: message.SignedIn, Until: 1_000_000_000 + 7*hour}, "acme · listed 278 h ago · 7 h left"},
		{"payments", message.Status{SignIn: message.SignedIn, Until: 1_000_000_000 + 7*hour}, "acme · 4 matches"},
		{"", message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Done: 3, Total: 60}, "acme · 5 %"},
		{"", message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Done: 3, Total: 60, Left: "46 s"}, "acme · 5 % · 46 s left"},
	} {
		p.Type(step.query)
		p.SetStatus(step.status)
		if got := aside(); got != step.want {
			t.Errorf("stands %q, want %q", got, step.want)
		}
	}
}
