package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/palette"
)

// owned is company with roles of which something was made.
func owned(t *testing.T) *popup {
	p := open(t, company...)
	p.SetOwn(own.Roles{
		{AccountID: "000000000004", Name: "Developer", Favourite: true, Label: "playground"},
		{AccountID: "000000000003", Name: "Admin", Favourite: true},
		{AccountID: "000000000001", Name: "Admin", Hidden: true, Label: "old"},
	}.Text())
	return p
}

func (p *popup) names() string {
	p.Helper()
	var all []string
	for _, row := range p.painted().rows {
		all = append(all, unmark.Replace(row[0]+" "+row[2]))
	}
	return strings.Join(all, ", ")
}

func TestFavouritesComeFirstAndLabelsShow(t *testing.T) {
	p := owned(t)
	if got, want := p.names(), "payments-prod Admin, sandbox-jlee Developer, data-platform-staging ReadOnly, payments-dev ReadOnly, payments-dev Admin, payments-prod ReadOnly"; got != want {
		t.Errorf("shows %s\nwant %s", got, want)
	}
	if got := p.painted(); got.stars[0] != "f" || got.stars[1] != "f" || got.stars[2] != "" || got.labels[1] != "playground" {
		t.Errorf("stars %q, labels %q", got.stars, got.labels)
	}
	p.Type("playg")
	p.wantSelected("sandbox-jlee Developer")
	p.SetOwn("nonsense\n\x00\t\t\t")
	if got := p.names(); strings.Contains(got, "Developer") {
		t.Errorf("without its label found is %s", got)
	}
}

// What is hidden is out of the list, and never of a search without a word.
func TestWhatIsHiddenIsFoundAndSaid(t *testing.T) {
	p := owned(t)
	p.Type("staging admin")
	if got := p.painted(); p.names() != "data-platform-staging Admin" || got.notes[0] != "hidden" {
		t.Errorf("finds %s, with %q beside it", p.names(), got.notes)
	}
	if _, offered := p.actions(); offered[palette.ToggleHidden] != "Show in the list again" || offered[palette.ToggleUnhidden] != "Show what is hidden" {
		t.Errorf("offers %v", offered)
	}
	p.Type("")
	p.nothing(p.Act(palette.ToggleUnhidden))
	if got := p.names(); !strings.Contains(got, "data-platform-staging Admin") {
		t.Errorf("shows %s", got)
	}
	_, offered := p.actions()
	if offered[palette.ToggleUnhidden] != "Hide it again" {
		t.Errorf("offers %v", offered)
	}
	// The next popup paints what this one showed, and goes on with it.
	next := owned(t)
	next.Restore(p.Saved())
	if got, want := next.names(), p.names(); got != want {
		t.Errorf("the next popup shows %s, want %s", got, want)
	}
	p.Act(palette.ToggleUnhidden)

	// Behind what is hidden, the next is selected.
	p.SetOwn("")
	p.Select(3)
	p.wantSelected("payments-dev Admin")
	p.SetOwn(own.Roles{{AccountID: "000000000002", Name: "Admin", Hidden: true}}.Text())
	p.wantSelected("payments-prod ReadOnly")

	all := own.Roles{}
	for _, a := range company {
		for _, role := range a.Roles {
			all = append(all, own.Role{AccountID: a.ID, Name: role, Hidden: true})
		}
	}
	p.SetOwn(all.Text())
	if v := p.View(); v.Empty.Title != "All is hidden" || !strings.Contains(v.Empty.Hint, "Show what is hidden") {
		t.Errorf("says %+v", v.Empty)
	}
	p.press("Ctrl+Enter") // on nothing
}

func TestRolesAreMadeSomething(t *testing.T) {
	p := owned(t)
	p.Type("prod read")
	is := message.Owned{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly", Favourite: true}
	s := p.send(p.Act(palette.ToggleFavourite))
	p.wantFields(s, message.RoleSet, is.Fields())
	p.nothing(p.answered(s, nil))
	p.wantNotice(palette.Success, "Among your favourites: payments-prod (000000000003), ReadOnly")
	s = p.send(p.Act(palette.ToggleHidden))
	p.nothing(p.Answered(s, nil, &message.Error{Code: message.InvalidInput, Message: "Too many."}))
	p.wantNotice(palette.Failure, "Too many.")

	ask := only[palette.AskLabel](p, p.Act(palette.LabelRole))
	if ask.Label != "" || isolates.Replace(ask.Of) != "payments-prod 000000000003 · ReadOnly" {
		t.Errorf("asks %+v", ask)
	}
	p.Type("sandbox") // what was asked for stays what it is about
	s = p.send(p.Label("  the   books ", ask.On))
	is.Favourite, is.Label = false, "the books"
	p.wantFields(s, message.RoleSet, is.Fields())
	for _, bad := range []string{"a\x00", "\u202e", strings.Repeat("x", own.Longest+1)} {
		p.nothing(p.Label(bad, ask.On))
		p.wantNotice(palette.Failure, "Shorten it.")
	}
	if ask = only[palette.AskLabel](p, p.Act(palette.LabelRole)); ask.Label != "playground" {
		t.Errorf("asks %+v", ask)
	}
	s = p.send(p.Label("", ask.On))
	if o := message.OwnedFrom(s.Fields); o.Label != "" || !o.Favourite {
		t.Errorf("sends %+v", o)
	}
	p.lists(company[0])
	p.nothing(p.Label("gone", ask.On))
	p.wantNotice(palette.Failure, "Nothing was done")
}

// What the worker stores of the first rows is what is painted when they are read.
func TestTheHeadIsWhatIsPainted(t *testing.T) {
	p := owned(t)
	d := &directory.Directory{Accounts: company}
	all, _ := own.Parse(own.Roles{
		{AccountID: "000000000004", Name: "Developer", Favourite: true, Label: "playground"},
		{AccountID: "000000000003", Name: "Admin", Favourite: true},
		{AccountID: "000000000001", Name: "Admin", Hidden: true, Label: "old"},
	}.Text())
	p.SetSettings(message.Settings{Unguarded: true})
	head := directory.Head(d, all.First(company, nil), all.Hidden(company), func(a *directory.Account, role string) directory.Looks {
		r := all.Of(a.ID, role)
		return directory.Looks{Favourite: r.Favourite, Label: r.Label}
	})
	_, want, _ := strings.Cut(head, "\n")
	_, got, _ := strings.Cut(p.View().Rows, "\n")
	if got != want {
		t.Errorf("painted is\n%s\nthe head is\n%s", got, want)
	}
}

// The popup closes once the worker knows of the copy, if that is chosen, and not where
// there is something to read.
func TestThePopupClosesAfterACopyIfThatIsChosen(t *testing.T) {
	for _, test := range []struct {
		chosen, ok, closes bool
		replaced           string
	}{{true, true, true, ""}, {false, true, false, ""}, {true, false, false, ""}, {true, true, false, "AWS_PROFILE"}} {
		p := open(t, company...)
		p.SetSettings(message.Settings{CloseAfterCopy: test.chosen})
		c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), message.Copy{Text: "x", Replaced: test.replaced}.Fields()))
		told := p.send(p.Copied(c, test.ok))
		effects := p.answered(told, nil)
		if closes := len(effects) == 1 && effects[0] == (palette.Close{}); closes != test.closes {
			t.Errorf("%+v: %v", test, effects)
		}
		if test.replaced != "" || !test.ok {
			continue
		}
		id := only[palette.CopyText](p, p.CopyAccountID(p.aim()))
		if effects := p.CopiedText(id, true); len(effects) == 1 != test.closes {
			t.Errorf("%+v: of an ID %v", test, effects)
		}
	}
}
