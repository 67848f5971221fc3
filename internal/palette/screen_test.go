package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
)

func TestThePhaseOfTheSignInDecidesTheScreen(t *testing.T) {
	for _, test := range []struct {
		phase         message.SignInPhase
		without, with palette.Screen // a directory
	}{
		{message.SignedOutPhase, palette.SignScreen, palette.ListScreen},
		{message.Wanted, palette.SignScreen, palette.SignScreen},
		{message.Starting, palette.SignScreen, palette.SignScreen},
		{message.ShowCode, palette.SignScreen, palette.SignScreen},
		{message.Waiting, palette.SignScreen, palette.SignScreen},
		{message.SignedIn, palette.ListScreen, palette.ListScreen},
		{message.Leaving, palette.ListScreen, palette.ListScreen},
		{message.ExpiredPhase, palette.SignScreen, palette.ListScreen},
	} {
		t.Run("phase "+string(test.phase), func(t *testing.T) {
			p := &popup{TB: t}
			p.SetPortals(portals(acme))
			p.SetStatus(message.Status{SignIn: test.phase})
			p.wantScreen(test.without)
			p.lists() // a directory without accounts is as good as none
			p.wantScreen(test.without)
			p.lists(company...)
			p.wantScreen(test.with)
		})
	}
}

func TestWithoutAPortalOneIsAdded(t *testing.T) {
	p := &popup{TB: t}
	p.wantScreen(palette.AddScreen)
	p.SetPortals(message.Portals{})
	p.wantScreen(palette.AddScreen)
	if v := p.View(); v.Portal != "" || p.Saved() != "" {
		t.Errorf("portal %q", v.Portal)
	}
}

func TestSigningInLeavesItsScreenWhenItEnds(t *testing.T) {
	for _, end := range []message.SignInPhase{message.SignedIn, message.ExpiredPhase} {
		p := open(t, company...)
		p.SetStatus(message.Status{})
		p.Act(palette.SignIn)
		p.wantScreen(palette.SignScreen)
		p.SetStatus(message.Status{SignIn: message.Waiting})
		p.wantScreen(palette.SignScreen)
		p.SetStatus(message.Status{SignIn: end})
		p.wantScreen(palette.ListScreen)
	}
}

func TestASignInThatEndsDoesNotCloseTheAddPortalForm(t *testing.T) {
	p := open(t, company...)
	p.SetStatus(message.Status{SignIn: message.Waiting})
	p.Act(palette.ShowAdd)
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	p.wantScreen(palette.AddScreen)
}

func TestCancellingASignInLeadsBack(t *testing.T) {
	p := open(t, company...)
	p.SetStatus(message.Status{})
	p.Act(palette.SignIn)
	p.wantFields(p.send(p.Act(palette.CancelSignIn)), message.SignInCancel, message.Fields{"portal": acme})
	p.wantScreen(palette.ListScreen)
}

func TestTheSignInScreenSaysWhatToDo(t *testing.T) {
	offline := &message.Error{Code: message.Offline, Message: "No answer.", Hint: "Check your network.", Retryable: true}
	for _, test := range []struct {
		name   string
		status message.Status
		want   palette.SignInView
		hint   string
	}{
		{"signed out", message.Status{}, palette.SignInView{Title: "Sign in to acme", Primary: "Sign in", Action: palette.SignIn}, "never sees your password"},
		{"signed out by a problem", message.Status{Problem: offline}, palette.SignInView{Title: "Sign in to acme", Primary: "Sign in", Action: palette.SignIn, Other: true}, "No answer. Check your network."},
		{"starting", message.Status{SignIn: message.Starting}, palette.SignInView{Title: "Asking the portal …", Cancel: true, Waiting: true}, ""},
		{"could not start", message.Status{SignIn: message.Starting, Problem: offline}, palette.SignInView{Title: "Could not start signing in", Primary: "Try again", Action: palette.SignIn, Cancel: true, Other: true}, "No answer."},
		{"code", message.Status{SignIn: message.ShowCode, UserCode: "ABCD-EFGH", VerifyHost: "acme.awsapps.com"},
			palette.SignInView{Title: "Check this code", Code: "ABCD-EFGH", Primary: "Open sign-in page", Action: palette.OpenSignIn, Cancel: true}, "acme.awsapps.com"},
		{"waiting", message.Status{SignIn: message.Waiting, UserCode: "ABCD-EFGH", VerifyHost: "acme.awsapps.com"},
			palette.SignInView{Title: "Waiting for your approval", Code: "ABCD-EFGH", Primary: "Open it again", Action: palette.OpenSignIn, Cancel: true, Waiting: true}, "acme.awsapps.com"},
		{"page ready", message.Status{SignIn: message.ShowCode},
			palette.SignInView{Title: "Ready to sign in", Primary: "Open sign-in page", Action: palette.OpenSignIn, Cancel: true, Other: true}, "your organisation’s page"},
		{"page open", message.Status{SignIn: message.Waiting, Caution: " Nothing has come back yet."},
			palette.SignInView{Title: "Waiting for your approval", Primary: "Open it again", Action: palette.OpenSignIn, Cancel: true, Waiting: true, Other: true}, "in the toolbar. Nothing has come"},
		{"page open, then offline", message.Status{SignIn: message.Waiting, Problem: offline},
			palette.SignInView{Title: "Could not finish signing in", Primary: "Open it again", Action: palette.OpenSignIn, Cancel: true, Other: true}, "No answer."},
		{"hostile code", message.Status{SignIn: message.ShowCode, UserCode: "A\u202eB"},
			palette.SignInView{Title: "Check this code", Code: `A\u{202e}B`, Primary: "Open sign-in page", Action: palette.OpenSignIn, Cancel: true}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &popup{TB: t}
			p.SetPortals(portals(acme))
			p.SetStatus(test.status)
			got := p.View().SignIn
			if !strings.Contains(got.Hint, test.hint) {
				t.Errorf("hint is %q", got.Hint)
			}
			got.Hint = ""
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// What is waited for is said after a moment, wherever the clock is and whenever the popup
// was opened.
func TestASilentPortalIsNamed(t *testing.T) {
	const hosts, clock = "portal.sso.us-east-1.amazonaws.com oidc.us-east-1.amazonaws.com", int64(1_700_000_000_000)
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.SetStatus(message.Status{SignIn: message.Starting, Hosts: hosts})
	p.SetTime(clock)
	hint := func(after int64, phase message.SignInPhase, want bool) {
		t.Helper()
		p.SetStatus(message.Status{SignIn: phase, Hosts: hosts})
		p.SetTime(clock + after)
		if got := p.View().SignIn.Hint; strings.Contains(got, "No answer from oidc.us-east-1.amazonaws.com yet") != want {
			t.Errorf("after %d ms of %q it says %q", after, phase, got)
		}
	}
	hint(4_000, message.Starting, false)
	hint(5_000, message.Starting, true)
	hint(-3_600_000, message.Starting, false) // the clock was set back
	hint(-3_600_000+5_000, message.Starting, true)
	hint(60_000, message.Waiting, false) // for a person
	hint(60_000, message.Starting, false)
	hint(65_000, message.Starting, true)
}

func TestACodeIsOfferedWhereAPageMayNotLeadBack(t *testing.T) {
	p := open(t, company...)
	p.SetStatus(message.Status{})
	p.Act(palette.SignIn)
	p.wantOther(false)
	p.Asked(palette.Ask{Origins: "http://127.0.0.1/*"}, false)
	p.wantOther(true)
	p.wantFields(p.send(p.Act(palette.UseCode)), message.SignInStart, message.SignIn{Portal: acme, ByCode: true}.Fields())
	p.SetSettings(message.Settings{SignInByCode: true})
	p.SetStatus(message.Status{Problem: &message.Error{Code: message.Offline, Message: "No answer."}})
	p.wantOther(false)
}

func (p *popup) wantOther(want bool) {
	p.Helper()
	if got := p.View().SignIn.Other; got != want {
		p.Errorf("a code is offered: %v", got)
	}
}

func TestTheSignInScreenCanBeLeftIfThereIsAList(t *testing.T) {
	p := open(t, company...)
	p.SetStatus(message.Status{})
	p.Act(palette.SignIn)
	if !p.View().SignIn.Cancel {
		t.Error("no way back")
	}
}

func TestTheBannerSaysTheMostImportantThing(t *testing.T) {
	refused := func(id, code string) directory.Account {
		return directory.Account{ID: id, Name: "closed", State: directory.Failed, Problem: code}
	}
	failed := account(5, "closed")
	failed.State, failed.Problem = directory.Failed, "ForbiddenException"
	for _, test := range []struct {
		name     string
		status   message.Status
		accounts []directory.Account
		want     palette.Banner
	}{
		{"signed in", message.Status{SignIn: message.SignedIn}, company, palette.Banner{}},
		{"signed out", message.Status{}, company,
			palette.Banner{Text: "Not signed in. Console links work; copying needs a sign-in.", Label: "Sign in", Action: palette.SignIn}},
		{"signing out", message.Status{SignIn: message.Leaving}, company,
			palette.Banner{Text: "Not signed in. Console links work; copying needs a sign-in.", Label: "Sign in", Action: palette.SignIn}},
		{"expired", message.Status{SignIn: message.ExpiredPhase}, company,
			palette.Banner{Text: "Your session has ended.", Label: "Sign in", Action: palette.SignIn}},
		{"one account refused", message.Status{SignIn: message.SignedIn}, append([]directory.Account{failed}, company...),
			palette.Banner{Text: "The portal did not list the roles of 1 account (ForbiddenException).", Label: "Try again", Action: palette.RetryFailed}},
		{"two accounts refused alike", message.Status{SignIn: message.SignedIn}, []directory.Account{refused("1", "ForbiddenException"), refused("2", "ForbiddenException")},
			palette.Banner{Text: "The portal did not list the roles of 2 accounts (ForbiddenException).", Label: "Try again", Action: palette.RetryFailed}},
		{"accounts refused for several reasons", message.Status{SignIn: message.SignedIn}, []directory.Account{refused("1", "ForbiddenException"), refused("2", "500")},
			palette.Banner{Text: "The portal did not list the roles of 2 accounts.", Label: "Try again", Action: palette.RetryFailed}},
		{"refused, listing again", message.Status{SignIn: message.SignedIn, Sync: message.ListingRoles}, append([]directory.Account{failed}, company...), palette.Banner{}},
		{"offline", message.Status{SignIn: message.SignedIn, Problem: &message.Error{Code: message.Offline, Message: "No answer.", Hint: "Check.", Retryable: true}}, company,
			palette.Banner{Text: "No answer. Check.", Label: "Try again", Action: palette.Refresh}},
		{"throttled, before what is refused", message.Status{SignIn: message.SignedIn, Problem: &message.Error{Code: message.Throttled, Message: "Slow.", Retryable: true}}, []directory.Account{failed},
			palette.Banner{Text: "Slow.", Label: "Try again", Action: palette.Refresh}},
		{"code expired", message.Status{Problem: &message.Error{Code: message.CodeExpired, Message: "Late."}}, company,
			palette.Banner{Text: "Late.", Label: "Sign in", Action: palette.SignIn}},
		{"denied", message.Status{Problem: &message.Error{Code: message.Denied, Message: "No."}}, company,
			palette.Banner{Text: "No.", Label: "Sign in", Action: palette.SignIn}},
		{"session over while listing", message.Status{Problem: &message.Error{Code: message.Expired, Message: "Over.", Retryable: true}}, company,
			palette.Banner{Text: "Over.", Label: "Sign in", Action: palette.SignIn}},
		{"unconfirmed", message.Status{Problem: &message.Error{Code: message.Unconfirmed, Message: "Perhaps."}}, company,
			palette.Banner{Text: "Perhaps.", Label: "Sign in", Action: palette.SignIn}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, test.accounts...)
			p.SetStatus(test.status)
			if got := p.View().Banner; got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestASignInBehindTheListIsOneClickAway(t *testing.T) {
	p := open(t, company...)
	p.SetStatus(message.Status{SignIn: message.ShowCode})
	p.escape(true)
	if got := p.View().Banner; got != (palette.Banner{Text: "A sign-in is under way.", Label: "Go on signing in", Action: palette.SignIn}) {
		t.Errorf("banner is %+v", got)
	}
}

func TestAnEmptyListSaysWhy(t *testing.T) {
	roleless := account(1, "prod")
	for _, test := range []struct {
		name   string
		status message.Status
		dir    *directory.Directory
		query  string
		want   string
	}{
		{"rows", message.Status{}, &directory.Directory{Updated: 1, Accounts: company}, "", ""},
		{"no match", message.Status{}, &directory.Directory{Updated: 1, Accounts: company}, "zzzz", "No match"},
		{"no match while listing", message.Status{Sync: message.ListingRoles}, &directory.Directory{Accounts: company}, "zzzz", "No match"},
		{"no accounts", message.Status{}, &directory.Directory{Updated: 1}, "", "No accounts assigned"},
		{"no accounts, and a query", message.Status{}, &directory.Directory{Updated: 1}, "x", "No accounts assigned"},
		{"no roles", message.Status{}, &directory.Directory{Updated: 1, Accounts: []directory.Account{roleless}}, "", "No roles assigned"},
		{"listing roles", message.Status{Sync: message.ListingRoles}, &directory.Directory{Accounts: []directory.Account{roleless}}, "", "Listing your accounts …"},
		{"first listing", message.Status{Sync: message.ListingAccounts}, nil, "", "Listing your accounts …"},
		{"first listing, and a query", message.Status{Sync: message.ListingAccounts}, nil, "x", "Listing your accounts …"},
		{"cut off", message.Status{}, &directory.Directory{Started: 1}, "", "Nothing listed yet"},
		{"nothing read yet", message.Status{}, nil, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := &popup{TB: t}
			p.SetPortals(portals(acme))
			test.status.SignIn = message.SignedIn
			p.SetStatus(test.status)
			if test.dir != nil {
				p.SetDirectory(directory.Encode(test.dir))
			}
			p.Type(test.query)
			got := p.View().Empty
			if got.Title != test.want || (got.Hint == "") != (test.want == "") {
				t.Errorf("got %+v, want %q", got, test.want)
			}
			if test.want == "No match" && !strings.Contains(got.Hint, "“zzzz”") {
				t.Errorf("hint is %q", got.Hint)
			}
		})
	}
}

func TestASnapshotThatCanNotBeReadCountsAsNone(t *testing.T) {
	p := open(t, company...)
	p.SetDirectory("portico-directory\t99\twhatever")
	if got := p.View().Empty.Title; got != "Nothing listed yet" {
		t.Errorf("says %q", got)
	}
}

func TestTheSummaryCounts(t *testing.T) {
	for _, test := range []struct {
		name     string
		status   message.Status
		accounts []directory.Account
		query    string
		want     string
		progress int
	}{
		{"all", message.Status{}, company, "", "7 roles in 4 accounts", -1},
		{"one of each", message.Status{}, company[3:], "", "1 role in 1 account", -1},
		{"none", message.Status{}, nil, "", "", -1},
		{"thousands", message.Status{}, numbered(12345), "", "12\u2009345 roles in 12\u2009345 accounts", -1},
		{"matches", message.Status{}, company, "payments", "4 matches", -1},
		{"one match", message.Status{}, company, "sandbox", "1 match", -1},
		{"no match", message.Status{}, company, "zzzz", "0 matches", -1},
		{"listing accounts", message.Status{Sync: message.ListingAccounts}, company, "", "Listing accounts …", 0},
		{"listing roles", message.Status{Sync: message.ListingRoles, Done: 690, Total: 2000}, company, "x", "Listing roles: 690 of 2\u2009000 accounts", 34},
		{"listing, with time left", message.Status{Sync: message.ListingRoles, Done: 412, Total: 1000, Left: "31 s"}, company, "", "Listing roles: 412 of 1\u2009000 accounts, 31 s left", 41},
		{"listing nothing", message.Status{Sync: message.ListingRoles}, nil, "", "Listing roles: 0 of 0 accounts", 0},
		{"listed", message.Status{Sync: message.ListingRoles, Done: 4, Total: 4}, company, "", "Listing roles: 4 of 4 accounts", 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, test.accounts...)
			test.status.SignIn = message.SignedIn
			p.SetStatus(test.status)
			p.Type(test.query)
			if v := p.View(); v.Summary != test.want || v.Progress != test.progress {
				t.Errorf("got %q, %d percent; want %q, %d", v.Summary, v.Progress, test.want, test.progress)
			}
		})
	}
}

func TestWhatWasFinishedMeanwhileIsSaidOnce(t *testing.T) {
	p := open(t, company...)
	done := message.Status{SignIn: message.SignedIn, Notice: "Bookmarked “a” in “b”."}
	// The worker is told, so that it is said in no other popup either.
	if effects := p.SetStatus(done); len(effects) != 1 || effects[0].(palette.Send).Type != message.Wake {
		t.Errorf("the worker is told %v", effects)
	}
	p.wantNotice(palette.Info, "Bookmarked “a” in “b”.")
	p.Type("x")
	done.Sync = message.ListingRoles
	if effects := p.SetStatus(done); len(effects) != 0 {
		t.Errorf("the worker is told again: %v", effects)
	}
	p.wantNoNotice()
}

func TestAnotherPortalStartsAfresh(t *testing.T) {
	p := open(t, numbered(100)...)
	p.Type("account")
	p.shows(50, 8)
	p.Select(55)
	p.press("Enter")
	p.Act(palette.ShowAdd)
	p.Act(palette.ToggleMenu)
	p.SetPortals(portals(lab))
	v := p.View()
	if v.Screen != palette.SignScreen || v.Query != "" || v.Menu || v.Busy || v.Portal != "lab" || v.Active != lab || v.SignedIn || v.Notice != (palette.Notice{}) {
		t.Errorf("view is %+v", v)
	}
	p.SetStatus(message.Status{SignIn: message.SignedIn})
	if got := p.painted(); got.total != 0 || p.selection() != "" {
		t.Errorf("rows of the last portal: %+v", got)
	}
	p.lists(numbered(100)...)
	if got := p.painted(); got.first != 0 || got.selected != 0 || len(got.rows) != 10 {
		t.Errorf("%d rows from %d on, selected %d", len(got.rows), got.first, got.selected)
	}
	p.wantRole(p.send(p.press("Enter")), message.CredentialsCopy, message.Role{Portal: lab, AccountID: "000000000000", RoleName: "ReadOnly"})
}

func TestTheSamePortalAgainChangesNothing(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	p.press("Down")
	p.View() // the scroll to the top is done
	before := p.View()
	p.SetPortals(portals(acme))
	if after := p.View(); after.Rows != before.Rows || after.Query != before.Query {
		t.Errorf("got %+v, before %+v", after, before)
	}
}

func TestSwitchingAsksTheBackend(t *testing.T) {
	p := open(t, company...)
	p.Act(palette.ToggleMenu)
	if v := p.View(); !v.Menu || len(v.Portals) != 2 || v.Active != acme {
		t.Errorf("menu is %+v", v)
	}
	s := p.send(p.UsePortal(lab))
	p.wantFields(s, message.PortalUse, message.Fields{"portal": lab})
	p.SetPortals(portals(lab))
	p.nothing(p.answered(s, nil))
	if v := p.View(); v.Menu || v.Busy {
		t.Errorf("view is %+v", v)
	}
	if p.Active() != lab {
		t.Errorf("active is %q", p.Active())
	}
}

func TestTheSignInScreenNamesTheWholeHost(t *testing.T) {
	const gov = "https://start.us-gov-home.awsapps.com/directory/acme"
	const asked = "portal.sso.us-gov-west-1.amazonaws.com oidc.us-gov-west-1.amazonaws.com"
	for _, phase := range []message.SignInPhase{message.SignedOutPhase, message.Wanted, message.Starting, message.ShowCode, message.Waiting} {
		p := &popup{TB: t}
		p.SetPortals(message.Portals{All: []portal.Portal{{ID: acme, StartURL: "https://acme.awsapps.com/start", Region: "us-east-1"}, {ID: gov, StartURL: gov, Region: "us-gov-west-1"}}, Active: gov})
		p.SetStatus(message.Status{SignIn: phase, Hosts: asked})
		const want = "Portal: start.us-gov-home.awsapps.com. Portico asks portal.sso.us-gov-west-1.amazonaws.com and oidc.us-gov-west-1.amazonaws.com."
		if got := p.View().Where; got != want {
			t.Errorf("%q: %q", phase, got)
		}
		if got := p.View().Portal; got != "acme (start.us-gov-home.awsapps.com)" {
			t.Errorf("the header says %q", got)
		}
	}
}

func TestTheSignInScreenNamesAHostOnce(t *testing.T) {
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.SetStatus(message.Status{SignIn: message.ShowCode, Hosts: "acme.awsapps.com"})
	if got := p.View().Where; got != "Portal: acme.awsapps.com. Portico asks no other host." {
		t.Errorf("says %q", got)
	}
}

// Pinning is suggested where a toolbar does not show the button, until the person
// has gone on from it once.
func TestPinningIsSuggestedOnce(t *testing.T) {
	code := message.Status{SignIn: message.ShowCode, UserCode: "ABCD-EFGH", VerifyHost: "acme.awsapps.com"}
	p := &popup{TB: t}
	p.SetPortals(portals(acme))
	p.SetStatus(code)
	if p.View().SignIn.Pin {
		t.Error("suggested before it is known that the button does not show")
	}
	p.SetUnpinned()
	if !p.View().SignIn.Pin {
		t.Error("not suggested")
	}
	effects := p.Act(palette.OpenSignIn)
	if len(effects) != 2 {
		t.Fatalf("effects %+v", effects)
	}
	stored := message.SettingsFrom(effects[1].(palette.Send).Fields)
	if stored.PinTold == "" || stored.CopyFormat != "" {
		t.Errorf("stores %+v", stored)
	}
	again := &popup{TB: t}
	again.SetSettings(stored)
	again.SetPortals(portals(acme))
	again.SetStatus(code)
	again.SetUnpinned()
	if again.View().SignIn.Pin {
		t.Error("suggested twice")
	}
	if effects := again.Act(palette.OpenSignIn); len(effects) != 1 {
		t.Errorf("effects %+v", effects)
	}
}

// Before the first sign-in it is said what is handled and where it goes, once for each
// version of that; who adds a portal is told on the form.
func TestSigningInTakesConsent(t *testing.T) {
	for _, before := range []string{"", "0"} {
		p := open(t, company...)
		p.SetSettings(message.Settings{Consent: before})
		p.SetStatus(message.Status{})
		p.nothing(p.Act(palette.SignIn)) // from the list
		v := p.View()
		if v.Screen != palette.SignScreen || !strings.Contains(v.SignIn.Hint, "nowhere else") {
			t.Fatalf("%+v", v)
		}
		effects := p.Act(palette.SignIn)
		if len(effects) != 2 || effects[0].(palette.Send).Type != message.SignInStart {
			t.Fatalf("does %v", effects)
		}
		p.wantFields(effects[1].(palette.Send), message.SettingsSet, message.Fields{"consent": message.ConsentVersion})
		if s := p.send(p.Act(palette.SignIn)); s.Type != message.SignInStart {
			t.Errorf("sends %v", s.Type)
		}
	}
	p := open(t, company...)
	p.SetStatus(message.Status{})
	if s := p.send(p.Act(palette.SignIn)); s.Type != message.SignInStart || strings.Contains(p.View().SignIn.Hint, "nowhere else") {
		t.Errorf("who has agreed is asked again: %+v", p.View())
	}
	p = open(t)
	p.SetSettings(message.Settings{})
	p.Act(palette.ShowAdd)
	if effects := p.AddPortal(message.NewPortal{StartURL: "acme.awsapps.com"}); len(effects) != 2 {
		t.Errorf("adding does %v", effects)
	}
	p = open(t)
	p.SetSettings(message.Settings{})
	if s := p.send(p.Act(palette.ExploreDemo)); s.Type != message.PortalAsk {
		t.Errorf("sends %v", s.Type)
	}
}
