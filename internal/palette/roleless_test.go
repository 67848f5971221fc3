package palette_test

import (
	"fmt"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

// bare gives an account without roles, for a reason.
func bare(id int, name string, why directory.State) directory.Account {
	a := account(id, name)
	a.State = why
	return a
}

// listing is a popup at a portal that has named 300 accounts, and the roles of
// the first 24.
func listing(t *testing.T) *popup {
	accounts := make([]directory.Account, 300)
	for i := range accounts {
		accounts[i] = bare(i, fmt.Sprintf("team-%03d-prod", i), directory.Pending)
		if i < 24 {
			accounts[i] = account(i, accounts[i].Name, "Admin", "ReadOnly")
		}
	}
	p := open(t, accounts...)
	p.SetStatus(message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Done: 24, Total: 300})
	return p
}

func TestAccountsAreFoundBeforeTheirRolesAreListed(t *testing.T) {
	for _, test := range []struct{ query, id string }{
		{"team-123-prod", "000000000123"},
		{"123", "000000000123"},
		{"team 123", "000000000123"},
		{"000000000299", "000000000299"},
		{"aws+77@example.com", "000000000077"},
	} {
		p := listing(t)
		p.Type(test.query)
		if got := p.aim(); got.AccountID != test.id || got.RoleName != "Roles not listed yet" {
			t.Errorf("%q finds %+v", test.query, got)
		}
		if got := p.View(); got.Target == "" || !strings.HasSuffix(got.Target, " · Roles not listed yet") || got.Acts || got.Empty.Title != "" {
			t.Errorf("%q: target %q, %+v", test.query, got.Target, got.Empty)
		}
	}
}

func TestAListThatNobodySearchesShowsRolesAlone(t *testing.T) {
	p := listing(t)
	for _, query := range []string{"", " "} {
		p.Type(query)
		if got := p.painted(); got.total != 48 {
			t.Errorf("%q: %d rows", query, got.total)
		}
	}
}

func TestASearchThatMayFindSomethingLaterSaysSo(t *testing.T) {
	p := listing(t)
	p.Type("zzzz")
	got := p.View().Empty
	if got.Title != "No match" || !strings.Contains(got.Hint, "not among the 24 listed so far") || !strings.Contains(got.Hint, "276 accounts") {
		t.Errorf("says %+v", got)
	}
}

// While a directory is listed anew, the roles of before are searched.
func TestASearchWhileListingAnewHasNothingToWaitFor(t *testing.T) {
	again := account(1, "prod", "Admin")
	again.State = directory.Pending
	p := open(t, again)
	p.SetStatus(message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Total: 1})
	p.Type("zzzz")
	if got := p.View().Empty; strings.Contains(got.Hint, "so far") {
		t.Errorf("says %+v", got)
	}
	p.Type("prod")
	p.wantSelected("prod Admin")
}

func TestNothingIsDoneInAnAccountWithoutRoles(t *testing.T) {
	for _, test := range []struct {
		state       directory.State
		shows, says string
	}{
		{directory.Pending, "Roles not listed yet", "are not listed yet"},
		{directory.Failed, "Roles could not be listed", "would not list the roles"},
		{directory.Done, "No role assigned", "no role in prod"},
	} {
		for _, key := range rowKeys {
			p := open(t, bare(1, "prod", test.state))
			p.Type("prod")
			p.wantSelected("prod " + test.shows)
			p.nothing(p.press(key))
			if got := p.View().Notice.Text; !strings.Contains(got, test.says) || !strings.Contains(got, "prod (000000000001)") {
				t.Errorf("%s on %q says %q", key, test.shows, got)
			}
			if c := only[palette.CopyText](p, p.CopyAccountID(p.aim())); c.Text != "000000000001" {
				t.Errorf("copies the ID %q", c.Text)
			}
		}
	}
}

func TestTheSelectionStaysOnAnAccountWhoseRolesCome(t *testing.T) {
	p := listing(t)
	p.Type("team")
	p.shows(0, 400)
	for i := range p.painted().total {
		if on := p.aimAt(i); on.AccountID == "000000000200" {
			p.Select(i)
		}
	}
	on := p.aim()
	accounts := make([]directory.Account, 300)
	for i := range accounts {
		accounts[i] = account(i, fmt.Sprintf("team-%03d-prod", i), "Admin", "ReadOnly")
	}
	p.lists(accounts...)
	if got := p.aim(); got.AccountID != "000000000200" || got.RoleName == on.RoleName {
		t.Errorf("selected is %+v, was %+v", got, on)
	}
	// An Enter that was pressed before they came copies none of them.
	p.nothing(p.pressed("Enter", on))
	p.wantNotice(palette.Info, "Nothing was done", "came just now")
	p.Select(0)
	p.Model.Select(1<<30, on) // nor does a click
	p.nothing(p.CopyAccountID(palette.Aim{Portal: lab}))
}

func TestAListedRoleIsNotTakenForTheLackOfOne(t *testing.T) {
	p := open(t, account(1, "prod", "Roles not listed yet"))
	p.Type("prod")
	p.wantRole(p.send(p.press("Enter")), message.CredentialsCopy,
		message.Role{Portal: acme, AccountID: "000000000001", RoleName: "Roles not listed yet"})
}
