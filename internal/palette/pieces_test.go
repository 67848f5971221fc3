package palette_test

import (
	"slices"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
)

// inPlace gives parts as popup.js tells them.
func inPlace(changed map[int]string) []string {
	parts := make([]string, directory.MostParts)
	for i, text := range changed {
		parts[i] = text
	}
	return parts
}

// What a listing learns comes piece by piece to a popup that shows already: it has
// what one has that reads the whole.
func TestWhatIsListedComesPieceByPiece(t *testing.T) {
	d := &directory.Directory{Started: 1, Accounts: numbered(70)}
	for i := range d.Accounts {
		d.Accounts[i].State, d.Accounts[i].Roles = directory.Pending, nil
	}
	p, whole := open(t), open(t)
	p.SetDirectory(directory.Encode(d))
	before := directory.Split(d)
	for _, i := range []int{0, 17, 16, 69, 40} {
		d.Accounts[i].State, d.Accounts[i].Roles = directory.Done, []string{"Reader", "Admin"}
		now := directory.Split(d)
		changed := now.Changed(before.Head)
		if len(changed) != 1 {
			t.Fatalf("%d parts changed with an account", len(changed))
		}
		if !p.SetHead(now.Head, inPlace(changed)) {
			t.Fatalf("account %d did not come", i)
		}
		whole.SetDirectory(now.Text())
		for _, query := range []string{"account-00", ""} {
			p.Type(query)
			whole.Type(query)
			if got, want := p.painted(), whole.painted(); got.total != want.total || !slices.EqualFunc(got.rows, want.rows, slices.Equal) {
				t.Fatalf("%q: got %+v\nwant %+v", query, got, want)
			}
		}
		before = now
	}
	if p.SetHead(before.Head, []string{"garbled"}) || p.SetHead(before.Head, []string{"", before.Parts[0] + before.Parts[1]}) {
		t.Error("a part that is none is taken")
	}
	if p.SetHead("garbled", nil) || p.painted().total != 10 {
		t.Error("what is no head is taken")
	}
}

// A listing that finds nothing new leaves the rows alone, and is seen all the same.
func TestAListingWithoutNewsIsSeen(t *testing.T) {
	d := &directory.Directory{Started: 1, Updated: 2, Began: 1, Accounts: numbered(70)}
	p := open(t)
	p.SetDirectory(directory.Encode(d))
	p.Type("0042")
	rows, before := p.painted(), directory.Split(d)
	for i := range d.Accounts {
		d.Accounts[i].State = directory.Failed
	}
	d.Started = 3
	now := directory.Split(d)
	if changed := now.Changed(before.Head); len(changed) != 0 || !p.SetHead(now.Head, nil) {
		t.Errorf("%d parts changed", len(changed))
	}
	if got := p.painted(); !slices.EqualFunc(got.rows, rows.rows, slices.Equal) || p.View().Banner.Text != "The portal did not list the roles of 70 accounts." {
		t.Errorf("got %+v, %+v", got, p.View().Banner)
	}
}

// How old the list is is said once it is old, and of an account that could not be
// listed, beside its rows.
func TestTheAgeOfWhatIsListedIsSaid(t *testing.T) {
	const minute, began = 60_000, 1_700_000_000_000
	accounts := numbered(2)
	accounts[1].State, accounts[1].Listed = directory.Failed, began-50*60*minute
	p := open(t)
	p.SetDirectory(directory.Encode(&directory.Directory{Started: began, Updated: began, Began: began, Accounts: accounts}))
	for _, test := range []struct {
		after               int64
		summary, note, fail string
	}{
		{0, "2 roles in 2 accounts", "", "listed 50 h ago"},
		{59, "2 roles in 2 accounts", "", "listed 51 h ago"},
		{61, "2 roles in 2 accounts · listed 61 min ago", "", "listed 51 h ago"},
		{180, "2 roles in 2 accounts · listed 3 h ago", "", "listed 53 h ago"},
		{-9999, "2 roles in 2 accounts", "", ""}, // the clock was set back
	} {
		p.SetTime(began + test.after*minute)
		if v, notes := p.View(), p.painted().notes; v.Summary != test.summary || notes[0] != test.note || notes[1] != test.fail {
			t.Errorf("after %d min: %q, %q", test.after, v.Summary, notes)
		}
	}
}

// A head that comes before there is a directory is not enough.
func TestAHeadAloneIsNoDirectory(t *testing.T) {
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	if p.SetHead(directory.Split(&directory.Directory{Accounts: numbered(3)}).Head, nil) {
		t.Error("it is taken")
	}
}
