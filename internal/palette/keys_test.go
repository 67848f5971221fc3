package palette_test

import (
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

func TestArrowsWrapAround(t *testing.T) {
	p := open(t, company...)
	p.press("Up")
	p.wantSelected("sandbox-jlee Developer")
	p.press("Down")
	p.wantSelected("data-platform-staging ReadOnly")
	p.press("Down")
	p.wantSelected("data-platform-staging Admin")
	p.press("Up")
	p.wantSelected("data-platform-staging ReadOnly")
}

func TestPagesStopAtTheEnds(t *testing.T) {
	p := open(t, numbered(20)...)
	for _, step := range []struct {
		key  string
		want int
	}{{"PageDown", 7}, {"PageDown", 14}, {"PageDown", 19}, {"PageDown", 19}, {"PageUp", 12}, {"PageUp", 5}, {"PageUp", 0}, {"PageUp", 0}} {
		p.press(step.key)
		if got := p.painted().selected; got != step.want {
			t.Errorf("%s selects %d, want %d", step.key, got, step.want)
		}
	}
}

func TestTheListScrollsAsLittleAsNeededAndIsAskedOnce(t *testing.T) {
	p := open(t, numbered(100)...)
	for _, step := range []struct {
		do   func()
		want int // account to scroll to, -1 for none
	}{
		{func() { p.press("Down") }, -1},
		{func() { p.Select(7) }, -1},
		{func() { p.press("Down") }, 1},
		{func() {}, -1},
		{func() { p.press("PageDown") }, 8},
		{func() { p.Select(7) }, 7},
		{func() { p.press("Up") }, 6},
		{func() { p.press("PageUp") }, 0},
		{func() { p.press("Up") }, 92},
		{func() { p.press("Down") }, 0},
		{func() { p.shows(50, 8) }, -1},
		{func() { p.press("Down") }, 1}, // back to where the selection is
		{func() { p.Type("account") }, 0},
	} {
		step.do()
		if got, want := p.painted().scrollTo, max(step.want*one, -1); got != want {
			t.Fatalf("scrolls to %d, want %d", got, want)
		}
	}
}

func TestKeysOnAnEmptyListDoNothing(t *testing.T) {
	p := open(t, company...)
	p.Type("zzzz")
	for _, key := range []string{"Down", "Up", "PageDown", "PageUp", "Enter", "Ctrl+Enter", "Ctrl+D"} {
		p.nothing(p.press(key))
		if got := p.painted(); got.total != 0 || got.selected != -1 || p.View().Target != "" {
			t.Errorf("%s: %+v", key, got)
		}
	}
	p.wantNoNotice()
}

func TestAClickSelectsARow(t *testing.T) {
	p := open(t, company...)
	p.Select(4)
	p.wantSelected("payments-prod ReadOnly")
	for _, outside := range []int{-1, 7, 1000} {
		p.Select(outside)
		p.wantSelected("payments-prod ReadOnly")
	}
}

func TestKeysThatMeanNothingAreTheBrowsers(t *testing.T) {
	p := open(t, company...)
	for _, k := range []palette.Key{
		{Name: "a"}, {Name: "d"}, {Name: "Tab"}, {Name: "Home"}, {Name: "End"}, {Name: "c", Ctrl: true},
		{Name: "Enter", Shift: true}, {Name: "Enter", Alt: true}, {Name: "Enter", Ctrl: true, Shift: true}, {Name: "D", Ctrl: true, Shift: true},
		{Name: "ArrowDown", Ctrl: true}, {Name: "ArrowUp", Shift: true}, {Name: "PageDown", Alt: true}, {Name: ""},
	} {
		if effects, handled := p.Press(k); handled || len(effects) != 0 {
			t.Errorf("%+v: %v", k, effects)
		}
	}
	p.wantSelected("data-platform-staging ReadOnly")
}

func TestKeysOfTheListMeanNothingElsewhere(t *testing.T) {
	for name, elsewhere := range map[string]func(p *popup){
		"menu":         func(p *popup) { p.Act(palette.ToggleMenu) },
		"add a portal": func(p *popup) { p.Act(palette.ShowAdd) },
		"sign in":      func(p *popup) { p.Act(palette.SignIn) },
	} {
		p := open(t, company...)
		elsewhere(p)
		for _, key := range []string{"Enter", "Ctrl+Enter", "Ctrl+D", "Down"} {
			if effects, handled := p.Press(keys[key]); handled || len(effects) != 0 {
				t.Errorf("%s: %s does %v", name, key, effects)
			}
		}
	}
}

// escape presses Escape and wants it to have been for us.
func (p *popup) escape(ours bool) {
	p.Helper()
	effects, handled := p.Press(keys["Escape"])
	if handled != ours || len(effects) != 0 {
		p.Fatalf("Escape: ours %v, effects %v", handled, effects)
	}
}

func TestEscapeUndoesTheLastThingFirst(t *testing.T) {
	p := open(t, company...)
	p.Type("payments")
	p.Act(palette.ShowAdd)
	p.Act(palette.ToggleMenu)
	p.escape(true)
	if v := p.View(); v.Menu || v.Screen != palette.AddScreen || v.Query != "payments" {
		t.Fatalf("first: menu %v, screen %q, query %q", v.Menu, v.Screen, v.Query)
	}
	p.escape(true)
	if v := p.View(); v.Screen != palette.ListScreen || v.Query != "payments" {
		t.Fatalf("second: screen %q, query %q", v.Screen, v.Query)
	}
	p.escape(true)
	if v := p.View(); v.Query != "" {
		t.Fatalf("third: query %q", v.Query)
	}
	p.wantSelected("data-platform-staging ReadOnly")
	p.escape(false)
}

func TestEscapeClosesThePopupWhereNothingIsToUndo(t *testing.T) {
	for name, p := range map[string]*popup{
		"no portal":                     {TB: t},
		"nothing listed, signed out":    open(t),
		"first sign-in, code shown":     open(t),
		"asked to sign in, none listed": open(t),
	} {
		switch name {
		case "nothing listed, signed out":
			p.SetStatus(message.Status{})
		case "first sign-in, code shown":
			p.SetStatus(message.Status{SignIn: message.ShowCode})
		case "asked to sign in, none listed":
			p.SetStatus(message.Status{})
			p.Act(palette.SignIn)
		}
		if _, handled := p.Press(keys["Escape"]); handled {
			t.Errorf("%s: Escape did something", name)
		}
	}
}

func TestEscapeLeadsFromASignInToTheListBehindIt(t *testing.T) {
	for _, phase := range []message.SignInPhase{message.SignedOutPhase, message.Wanted, message.Starting, message.ShowCode, message.Waiting, message.ExpiredPhase} {
		p := open(t, company...)
		p.SetStatus(message.Status{SignIn: phase, UserCode: "ABCD-EFGH"})
		p.Act(palette.SignIn)
		p.wantScreen(palette.SignScreen)
		p.escape(true)
		p.wantScreen(palette.ListScreen)
		p.wantSelected("data-platform-staging ReadOnly")
		p.Act(palette.SignIn) // the banner leads back
		p.wantScreen(palette.SignScreen)
		p.escape(true)
		p.SetStatus(message.Status{SignIn: message.SignedIn})
		p.wantScreen(palette.ListScreen)
	}
}

func TestTheSelectedRowsKeysAskForIt(t *testing.T) {
	for _, test := range []struct {
		key    string
		action palette.Action
		want   message.Type
	}{
		{"Enter", palette.CopyCredentials, message.CredentialsCopy},
		{"Ctrl+Enter", palette.OpenConsole, message.ConsoleOpen},
		{"Ctrl+D", palette.AddBookmark, message.BookmarkAdd},
		{"Caps+D", palette.AddBookmark, message.BookmarkAdd},
	} {
		for _, ask := range []func(p *popup) []palette.Effect{
			func(p *popup) []palette.Effect { return p.press(test.key) },
			func(p *popup) []palette.Effect { return p.Act(test.action) },
		} {
			p := open(t, company...)
			p.Type("prod adm")
			s := p.send(ask(p))
			p.wantRole(s, test.want, message.Role{Portal: acme, AccountID: "000000000003", RoleName: "Admin"})
			if s.Row != (palette.Row{AccountName: "payments-prod", AccountID: "000000000003", RoleName: "Admin"}) {
				t.Errorf("row is %+v", s.Row)
			}
			p.wantNotice(palette.Info, "payments-prod (000000000003), Admin")
			if !p.View().Busy {
				t.Error("not busy")
			}
			p.nothing(ask(p)) // once is enough
		}
	}
}

func TestThePortalIsAskedByItsOwnNames(t *testing.T) {
	const hostile = "Ad\u202emin\\x\t"
	p := open(t, account(1, "prod", directory.Escape(hostile)))
	s := p.send(p.press("Enter"))
	p.wantRole(s, message.CredentialsCopy, message.Role{Portal: acme, AccountID: "000000000001", RoleName: hostile})
	if s.Row.RoleName != directory.Escape(hostile) {
		t.Errorf("a sentence would name %q", s.Row.RoleName)
	}
}

func TestButtonsAskForTheShownPortal(t *testing.T) {
	for _, test := range []struct {
		action palette.Action
		want   message.Type
	}{
		{palette.SignIn, message.SignInStart},
		{palette.OpenSignIn, message.SignInOpen},
		{palette.CancelSignIn, message.SignInCancel},
		{palette.SignOut, message.SignOut},
		{palette.Refresh, message.SyncStart},
		{palette.RetryFailed, message.SyncRetry},
	} {
		p := open(t, company...)
		p.Act(palette.ToggleMenu)
		s := p.send(p.Act(test.action))
		want := message.PortalRef{Portal: acme}.Fields()
		if test.want == message.SignInStart {
			want = message.SignIn{Portal: acme}.Fields()
		}
		p.wantFields(s, test.want, want)
		if p.View().Menu {
			t.Errorf("%s leaves the menu open", test.action)
		}
	}
	p := open(t, company...)
	p.nothing(p.Act("something else"))
}

// What stands below the list may grow by a line: the selection stays in view, and
// one that the person has scrolled away from is not brought back.
func TestAListThatBecomesLowerStillShowsTheSelection(t *testing.T) {
	for _, test := range []struct{ selected, first, visible, want int }{
		{7, 0, 6, 2},  // the last row of eight, six fit now
		{8, 0, 7, 2},  // the one that showed in part
		{3, 0, 6, -1}, // in view anyway
		{20, 0, 6, -1},
	} {
		p := open(t, numbered(100)...)
		p.Select(test.selected)
		p.View()
		p.Scrolled(test.first*one, 8*one+directory.RowHeight+1)
		p.shows(test.first, test.visible)
		if got := p.painted().scrollTo; got != max(test.want*one, -1) {
			t.Errorf("%+v: scrolls to %d", test, got)
		}
	}
}

func TestANoticeMakesWayForTheNextSelection(t *testing.T) {
	for _, key := range []string{"Down", "Up", "PageDown", "PageUp"} {
		p := open(t, company...)
		p.answered(p.send(p.press("Ctrl+Enter")), nil)
		p.wantNotice(palette.Success, "Console opened")
		p.press(key)
		p.wantNotice("")
	}
	p := open(t, company...)
	p.answered(p.send(p.press("Ctrl+Enter")), nil)
	p.Select(2)
	p.wantNotice("")
}

func TestANoticeFadesUnlessWhatItSaysGoesOn(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.press("Ctrl+Enter"))
	p.Fade(p.Model.View().Notice)
	p.wantNotice(palette.Info, "Opening the console")
	p.answered(s, nil)
	old := palette.Notice{Kind: palette.Info, Text: "of before"}
	p.Fade(old)
	p.wantNotice(palette.Success, "Console opened")
	p.Fade(p.Model.View().Notice)
	p.wantNotice("")
}
