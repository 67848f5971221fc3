package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
)

// What shows while a listing is under way is listed before the rest: that is said
// once, and nothing is where no listing waits for it.
func TestAListingIsToldWhatShows(t *testing.T) {
	accounts := numbered(200)
	for i := range accounts {
		if i >= 3 {
			accounts[i].State, accounts[i].Roles = directory.Pending, nil
		}
	}
	p := open(t)
	p.SetDirectory(directory.Encode(&directory.Directory{Started: 1, Accounts: accounts}))
	p.Type("account-01")
	p.nothing(p.Ahead()) // no listing is under way
	p.SetStatus(message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Total: 200})
	// The IDs of the rows that show, from the first on, and are not listed yet.
	ids := func(first int) string {
		var b strings.Builder
		got := p.painted()
		for i, row := range got.rows {
			if at := got.first + i; at >= first && at < first+8 && row[2] == "Roles not listed yet" {
				b.WriteString(unmark.Replace(row[1]) + "\n")
			}
		}
		return b.String()
	}
	told := func(first int) {
		t.Helper()
		want := ids(first)
		if strings.Count(want, "\n") < 7 {
			t.Fatalf("%q shows", want)
		}
		s := p.send(p.Ahead())
		p.wantFields(s, message.SyncAhead, message.Ahead{Portal: acme, Accounts: want}.Fields())
		p.nothing(p.Answered(s, nil, nil))
	}
	told(0)
	p.nothing(p.Ahead())
	// What came of them asks for nothing.
	accounts[100].State, accounts[100].Roles = directory.Done, []string{"Reader"}
	p.SetDirectory(directory.Encode(&directory.Directory{Started: 1, Accounts: accounts}))
	p.Type("account-01 ")
	p.nothing(p.Ahead())
	p.Type("account-015")
	told(0)
	p.shows(2, 8)
	told(2)
	p.wantNoNotice()
	p.Type("") // accounts without roles do not show
	p.nothing(p.Ahead())
}

// A listing of which nothing is heard for a while may have lost its worker.
func TestASilentListingIsWoken(t *testing.T) {
	p := open(t, company...)
	const clock = int64(1_700_000_000_000)
	p.nothing(p.SetTime(clock))
	p.SetStatus(message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Done: 1, Total: 9})
	p.nothing(p.SetTime(clock + 5_000))
	p.SetStatus(message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles, Done: 2, Total: 9})
	p.nothing(p.SetTime(clock + 10_000))
	if s := p.send(p.SetTime(clock + 10_001)); s.Type != message.Wake {
		t.Errorf("it sends %+v", s)
	}
	p.nothing(p.SetTime(clock + 15_000)) // which it waits for now
	if s := p.send(p.SetTime(clock + 20_000)); s.Type != message.Wake {
		t.Errorf("it sends %+v", s)
	}
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	p.nothing(p.SetTime(clock + 3_600_000))
}
