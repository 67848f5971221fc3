package palette_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
)

// answered gives the backend's answer to what was sent.
func (p *popup) answered(s palette.Send, result message.Fields) []palette.Effect {
	return p.Answered(s, result, nil)
}

func TestCopiedIsSaidOnlyWhenTheClipboardHasIt(t *testing.T) {
	p := open(t, company...)
	p.Type("prod read")
	s := p.send(p.press("Enter"))
	c := only[palette.Copy](p, p.answered(s, credentials.Fields()))
	if c.Text != credentials.Text || c.Expires != expires.UnixMilli() {
		t.Errorf("copies %+v", c)
	}
	p.wantNotice(palette.Info, "Fetching credentials")
	p.nothing(p.press("Enter")) // still under way
	if !p.View().Busy {
		t.Error("not busy while the clipboard is written")
	}
	c.Until = "19:30"
	p.Copied(c, true)
	p.wantNotice(palette.Success, "Copied for bash and zsh: payments-prod (000000000003), ReadOnly at acme", ", until 19:30.")
	if v := p.View(); v.Busy || strings.Contains(v.Notice.Text, "secret") {
		t.Errorf("view is %+v", v)
	}
	p.send(p.press("Enter")) // and again, if asked for again
}

func TestAClipboardThatRefusesIsSaid(t *testing.T) {
	p := open(t, company...)
	c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
	p.Copied(c, false)
	p.wantNotice(palette.Failure, "Not copied")
	p.Press(palette.Key{Name: "Escape"})
	p.send(p.press("Enter"))
}

func TestAnAnswerToASupersededRequestIsDropped(t *testing.T) {
	for _, test := range []struct {
		name string
		then func(p *popup)
	}{
		{"another row", func(p *popup) { p.press("Down"); p.press("Enter") }},
		{"another action on the row", func(p *popup) { p.press("Ctrl+D") }},
		{"refresh", func(p *popup) { p.Act(palette.Refresh) }},
		{"sign out", func(p *popup) { p.Act(palette.SignOut) }},
		{"another portal asked for", func(p *popup) { p.UsePortal(lab) }},
		{"another portal shown", func(p *popup) { p.SetPortals(portals(lab)) }},
		{"another portal shown, with the same row", func(p *popup) {
			p.SetPortals(portals(lab))
			p.SetStatus(message.Status{SignIn: message.SignedIn})
			p.lists(company...)
			p.press("Enter")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, company...)
			s := p.send(p.press("Enter"))
			test.then(p)
			before := p.View()
			p.wantTold(s, p.answered(s, credentials.Fields()))
			p.wantTold(s, p.Answered(s, nil, &message.Error{Code: message.Offline, Message: "No answer."}))
			p.wantTold(s, p.Answered(s, nil, &message.Error{Code: message.NeedsAccess, Message: "Access."}))
			if after := p.View(); after.Notice != before.Notice || after.Busy != before.Busy {
				t.Errorf("notice %+v, busy %v; before %+v, %v", after.Notice, after.Busy, before.Notice, before.Busy)
			}
		})
	}
}

// wantTold checks that the worker is let forget a copy.
func (p *popup) wantTold(s palette.Send, effects []palette.Effect) {
	p.Helper()
	p.wantFields(p.send(effects), message.CredentialsTold, message.Told{Order: message.OrderFrom(s.Fields)}.Fields())
}

// The worker is told how a copy ended as soon as the person is, and not before.
func TestTheWorkerIsToldOnceThePersonIs(t *testing.T) {
	for _, ok := range []bool{true, false} {
		p := open(t, company...)
		p.SetPopup("this one")
		s := p.send(p.press("Enter"))
		if o := message.OrderFrom(s.Fields); o.Popup != "this one" {
			t.Errorf("orders %+v", o)
		}
		c := only[palette.Copy](p, p.answered(s, credentials.Fields()))
		p.wantFields(p.send(p.Copied(c, ok)), message.CredentialsTold, message.Told{Order: message.OrderFrom(s.Fields), Done: ok, Expires: c.Expires}.Fields())
		p.nothing(p.Answered(palette.Send{Type: message.CredentialsTold}, nil, &message.Error{Message: "The disk is full."}))
	}
}

// What the last popup did not live to copy is said and offered, never made.
func TestACopyThatWasMissedIsOffered(t *testing.T) {
	missed := func(p *popup) []palette.Effect {
		return p.answered(p.send(p.Opened()), message.Woken{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly"}.Fields())
	}
	p := open(t, company...)
	p.Type("prod read") // as it was restored
	p.nothing(missed(p))
	p.wantNotice(palette.Failure, "Not copied: payments-prod (000000000003), ReadOnly. The window was closed too soon: press Enter to copy it now.")
	s := p.send(p.press("Enter"))
	p.wantRole(s, message.CredentialsCopy, message.Role{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly"})
	p.nothing(missed(p)) // it is under way
	p.wantNotice(palette.Info, "Fetching credentials")

	p = open(t, company...)
	p.Type("sandbox")
	p.nothing(missed(p)) // Enter acts on another row
	p.wantNotice(palette.Failure, "Not copied: payments-prod (000000000003), ReadOnly. The window was closed too soon.")
	if strings.Contains(p.View().Notice.Text, "Enter") {
		t.Errorf("says %q", p.View().Notice.Text)
	}

	for name, of := range map[string]message.Woken{
		"another portal": {Portal: lab, AccountID: "000000000003", RoleName: "ReadOnly"}, "nothing": {},
		"an account that is gone": {Portal: acme, AccountID: "999999999999", RoleName: "ReadOnly"},
	} {
		p := open(t, company...)
		p.nothing(p.answered(p.send(p.Opened()), of.Fields()))
		if n := p.View().Notice; n.Text != "" {
			t.Errorf("%s: says %+v", name, n)
		}
	}
}

// That copies can be finished without the popup is offered once, with the reason, and
// asked for by a click.
func TestFinishingCopiesIsOfferedOnce(t *testing.T) {
	const needs = "clipboardWrite offscreen"
	missed := message.Woken{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly", Permissions: needs}
	p := open(t, company...)
	p.wantFields(p.send(p.answered(p.send(p.Opened()), missed.Fields())), message.SettingsSet, message.Fields{"copyTold": "true"})
	if b := p.View().Banner; b != (palette.Banner{Text: "Portico can finish a copy after its window has closed, if the browser lets it write the clipboard.", Label: "Allow", Action: palette.FinishCopies}) {
		t.Errorf("banner %+v", b)
	}
	ask := only[palette.Ask](p, p.Act(palette.FinishCopies))
	if ask.Permissions != needs || ask.Origins != "" {
		t.Errorf("asks for %+v", ask)
	}
	p.nothing(p.Asked(ask, false))
	p.wantNotice(palette.Failure, "Nothing changes")
	p.nothing(p.Asked(ask, true))
	p.wantNotice(palette.Success, "From now on copies are finished")
	if b := p.View().Banner; b != (palette.Banner{}) {
		t.Errorf("offers still %+v", b)
	}

	p = open(t, company...)
	p.SetSettings(message.Settings{CopyTold: "true"})
	p.nothing(p.answered(p.send(p.Opened()), missed.Fields()))
	if b := p.View().Banner; b != (palette.Banner{}) {
		t.Errorf("offers again %+v", b)
	}
}

// The clipboard is written while the next row is asked for: the sentence about
// the first must not name the second, and the second must still be copied.
func TestAClipboardThatIsLateIsNotTakenForTheNextRow(t *testing.T) {
	for _, ok := range []bool{true, false} {
		p := open(t, company...)
		first := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
		p.press("Down")
		s := p.send(p.press("Enter"))
		p.Copied(first, ok)
		p.wantNotice(palette.Info, "Fetching credentials: data-platform-staging (000000000001), Admin")
		second := only[palette.Copy](p, p.answered(s, credentials.Fields()))
		p.Copied(second, true)
		p.wantNotice(palette.Success, "(000000000001), Admin")
	}
}

func TestWhatWasAskedForIsCopiedThoughTheSelectionMovesOn(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.press("Enter"))
	p.Type("sandbox")
	p.lists(company[1:]...)
	c := only[palette.Copy](p, p.answered(s, credentials.Fields()))
	p.Copied(c, true)
	p.wantNotice(palette.Success, "data-platform-staging (000000000001), ReadOnly")
}

func TestAnswersNobodyAskedForAreDropped(t *testing.T) {
	p := open(t, company...)
	for _, s := range []palette.Send{{Type: message.Wake}, {Type: message.ConsoleOpen}, {Type: message.CredentialsTold}} {
		p.nothing(p.answered(s, credentials.Fields()))
		p.nothing(p.Answered(s, nil, &message.Error{Code: message.Internal, Message: "Broken.", Retryable: true}))
	}
	p.wantNoNotice()
	if p.View().Busy {
		t.Error("busy")
	}
}

func TestAFailureIsSaidWithItsHint(t *testing.T) {
	for _, test := range []struct {
		name string
		ask  func(p *popup) []palette.Effect
	}{
		{"copy", func(p *popup) []palette.Effect { return p.press("Enter") }},
		{"console", func(p *popup) []palette.Effect { return p.press("Ctrl+Enter") }},
		{"bookmark", func(p *popup) []palette.Effect { return p.press("Ctrl+D") }},
		{"sign in", func(p *popup) []palette.Effect { return p.Act(palette.SignIn) }},
		{"sign out", func(p *popup) []palette.Effect { return p.Act(palette.SignOut) }},
		{"refresh", func(p *popup) []palette.Effect { return p.Act(palette.Refresh) }},
		{"another portal", func(p *popup) []palette.Effect { return p.UsePortal(lab) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, company...)
			s := p.send(test.ask(p))
			effects := p.Answered(s, nil, &message.Error{Code: message.Throttled, Message: "Too many requests.", Hint: "Wait a moment."})
			if s.Type == message.CredentialsCopy {
				p.wantTold(s, effects)
			} else {
				p.nothing(effects)
			}
			p.wantNotice(palette.Failure, "Too many requests. Wait a moment.")
			if p.View().Busy {
				t.Error("still busy")
			}
			p.send(test.ask(p)) // it can be tried again
		})
	}
}

func TestWhatIsDoneIsSaid(t *testing.T) {
	row := "data-platform-staging (000000000001), ReadOnly"
	for _, test := range []struct {
		name   string
		ask    func(p *popup) []palette.Effect
		result message.Fields
		want   palette.Notice
	}{
		{"console", func(p *popup) []palette.Effect { return p.press("Ctrl+Enter") }, nil,
			palette.Notice{Kind: palette.Success, Text: "Console opened: " + row + "."}},
		{"bookmark", func(p *popup) []palette.Effect { return p.press("Ctrl+D") },
			message.Bookmarked{Title: "payments · ReadOnly", Folder: "Portico · acme", Fresh: true}.Fields(),
			palette.Notice{Kind: palette.Success, Text: "Bookmarked “payments · ReadOnly” in “Portico · acme”."}},
		{"bookmark that was there", func(p *popup) []palette.Effect { return p.press("Ctrl+D") },
			message.Bookmarked{Title: "payments · ReadOnly", Folder: "Portico · acme"}.Fields(),
			palette.Notice{Kind: palette.Success, Text: "Bookmarked already: “payments · ReadOnly” in “Portico · acme”."}},
		{"sign out", func(p *popup) []palette.Effect { return p.Act(palette.SignOut) }, message.SignedOut{Confirmed: true}.Fields(),
			palette.Notice{Kind: palette.Success, Text: "Signed out."}},
		{"sign out, unconfirmed", func(p *popup) []palette.Effect { return p.Act(palette.SignOut) }, message.SignedOut{}.Fields(),
			palette.Notice{Kind: palette.Success, Text: "Signed out here."}},
		{"remove", func(p *popup) []palette.Effect { p.Act(palette.RemovePortal); return p.Act(palette.ConfirmRemoval) }, nil,
			palette.Notice{Kind: palette.Info, Text: "Portal removed, and all that was stored about it."}},
		{"page opened", func(p *popup) []palette.Effect { return p.Act(palette.OpenSignIn) }, nil, palette.Notice{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, company...)
			p.nothing(p.answered(p.send(test.ask(p)), test.result))
			if v := p.View(); v.Notice != test.want || v.Busy {
				t.Errorf("notice is %+v, want %+v; busy %v", v.Notice, test.want, v.Busy)
			}
		})
	}
}

// What was finished elsewhere takes nothing away that is told of the person's own
// doing: it is said once that was read.
func TestWhatWasFinishedElsewhereOverwritesNothing(t *testing.T) {
	done := message.Status{SignIn: message.SignedIn, Notice: "Bookmarked “a” in “b”.", Good: true}
	copied := func(p *popup) {
		effects := p.answered(p.send(p.press("Enter")), message.Copy{Text: "a"}.Fields())
		p.Copied(effects[0].(palette.Copy), true)
	}
	for name, read := range map[string]func(p *popup){
		"by itself":         func(p *popup) { p.Fade(p.Model.View().Notice) },
		"by the next row":   func(p *popup) { p.press("Down") },
		"by another search": func(p *popup) { p.Type("pay") },
	} {
		p := open(t, company...)
		copied(p)
		p.SetStatus(done)
		p.wantNotice(palette.Success, "Copied for")
		read(p)
		p.wantNotice(palette.Success, "Bookmarked “a” in “b”.")
		if p.press("Down"); p.View().Notice.Text != "" {
			t.Errorf("gone %s, it stays for ever", name)
		}
	}

	p := open(t, company...)
	send := p.send(p.press("Enter"))
	p.SetStatus(done)
	p.wantNotice(palette.Info, "Fetching credentials")
	p.Copied(p.answered(send, message.Copy{Text: "a"}.Fields())[0].(palette.Copy), true)
	p.wantNotice(palette.Success, "Copied for")

	p = open(t, company...)
	p.SetStatus(done)
	p.wantNotice(palette.Success, "Bookmarked")
	done.Notice, done.Good = "The portal lists no accounts for you any more.", false
	p = open(t, company...)
	p.SetStatus(done)
	p.wantNotice(palette.Info, "no accounts")
	copied(p)
	p.SetPortals(portals(lab))
	p.Type("pay")
	if got := p.View().Notice.Text; strings.Contains(got, "no accounts") {
		t.Errorf("at another portal it says %q", got)
	}
}

func TestAVeryLongBookmarkTitleIsClipped(t *testing.T) {
	p := open(t, company...)
	p.answered(p.send(p.press("Ctrl+D")), message.Bookmarked{Title: strings.Repeat("é", 5000), Folder: "f", Fresh: true}.Fields())
	if n := p.View().Notice.Text; len(n) > 300 || !strings.Contains(n, "é…”") {
		t.Errorf("notice is %q", n)
	}
}

func TestMissingAccessIsAskedFor(t *testing.T) {
	for _, test := range []struct {
		name    string
		ask     func(p *popup) []palette.Effect
		missing message.Error
		refused string
	}{
		{"bookmarks", func(p *popup) []palette.Effect { return p.press("Ctrl+D") }, message.Error{Permissions: "bookmarks"}, "Portico has no access to bookmarks yet."},
		{"the portal's hosts", func(p *popup) []palette.Effect { return p.Act(palette.SignIn) }, message.Error{Origins: "https://a/* https://b/*"}, "Portico has no access to this portal yet"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, company...)
			s := p.send(test.ask(p))
			test.missing.Code, test.missing.Message = message.NeedsAccess, "Access is missing."
			a := only[palette.Ask](p, p.Answered(s, nil, &test.missing))
			if a.Permissions != test.missing.Permissions || a.Origins != test.missing.Origins {
				t.Errorf("asks for %+v", a)
			}
			p.nothing(p.Asked(a, true)) // the backend goes on by itself
			refused := p.Asked(a, false)
			if test.missing.Origins == "" {
				p.nothing(refused)
			} else {
				p.wantFields(p.send(refused), message.SignInCancel, message.Fields{"portal": acme})
			}
			p.wantNotice(palette.Failure, test.refused, "Try again and choose Allow.")
			if p.View().Busy {
				t.Error("still busy")
			}
			p.send(test.ask(p))
		})
	}
}

// add sends the add-portal form.
func (p *popup) add() palette.Send {
	p.Helper()
	p.Act(palette.ShowAdd)
	p.wantScreen(palette.AddScreen)
	s := p.send(p.AddPortal(asks))
	p.wantFields(s, message.PortalAsk, asks.Fields())
	return s
}

// asks is what the form asks for.
var asks = message.NewPortal{StartURL: "lab.awsapps.com", Region: "us-east-1"}

func TestAnAddedPortalAsksForAccessThenSignsIn(t *testing.T) {
	for _, test := range []struct {
		name  string
		early bool // storage tells of the portal before the answer comes
	}{{"answer first", false}, {"storage first", true}} {
		t.Run(test.name, func(t *testing.T) {
			p := open(t, company...)
			s := p.add()
			if test.early {
				p.SetPortals(portals(lab))
			}
			a := only[palette.Ask](p, p.answered(s, message.Access{Portal: lab, Origins: "https://a/* https://b/*"}.Fields()))
			if !test.early {
				p.SetPortals(portals(lab))
			}
			if a.Origins != "https://a/* https://b/*" || a.Permissions != "" {
				t.Errorf("asks for %+v", a)
			}
			p.wantScreen(palette.SignScreen)
			then := p.send(p.Asked(a, true))
			p.wantFields(then, message.SignInStart, message.Fields{"portal": lab})
			if !p.View().Busy {
				t.Error("not busy while the sign-in begins")
			}
			p.nothing(p.answered(then, nil))
			if p.View().Busy {
				t.Error("still busy")
			}
		})
	}
}

func TestAccessRefusedToAnAddedPortalIsSaid(t *testing.T) {
	p := open(t, company...)
	a := only[palette.Ask](p, p.answered(p.add(), message.Access{Portal: lab, Origins: "https://a/*"}.Fields()))
	p.wantFields(p.send(p.Asked(a, false)), message.SignInCancel, message.Fields{"portal": lab})
	p.wantNotice(palette.Failure, "Portico has no access to this portal yet")
	if p.View().Busy {
		t.Error("still busy")
	}
}

func TestARefusalLeavesAloneWhatWasAskedForSince(t *testing.T) {
	p := open(t, company...)
	a := only[palette.Ask](p, p.answered(p.add(), message.Access{Portal: lab, Origins: "https://a/*"}.Fields()))
	s := p.send(p.press("Enter"))
	p.wantFields(p.send(p.Asked(a, false)), message.SignInCancel, message.Fields{"portal": lab})
	only[palette.Copy](p, p.answered(s, credentials.Fields()))
}

func TestWhatIsWrongWithAnAddedPortalStaysAtTheForm(t *testing.T) {
	p := open(t, company...)
	s := p.add()
	p.nothing(p.Answered(s, nil, &message.Error{Code: message.InvalidInput, Message: "This is no start URL.", Hint: "Copy it."}))
	if v := p.View(); v.Screen != palette.AddScreen || v.Form != "This is no start URL. Copy it." || v.Notice != (palette.Notice{}) || v.Busy {
		t.Fatalf("screen %q, form %q, notice %+v, busy %v", v.Screen, v.Form, v.Notice, v.Busy)
	}
	p.add() // trying again forgets it
	if got := p.View().Form; got != "" {
		t.Errorf("form says %q", got)
	}
	p.Answered(s, nil, &message.Error{Message: "Wrong."})
	p.nothing(p.Act(palette.GoBack))
	p.wantScreen(palette.ListScreen)
	p.Act(palette.ShowAdd)
	if got := p.View().Form; got != "" {
		t.Errorf("form opens with %q", got)
	}
}

func TestRemovingAPortalAsksFirst(t *testing.T) {
	p := open(t, company...)
	p.nothing(p.Act(palette.ConfirmRemoval)) // nobody was asked
	p.Act(palette.ToggleMenu)
	p.nothing(p.Act(palette.RemovePortal))
	if v := p.View(); v.Menu || v.Screen != palette.AskScreen || v.Portal != "acme" {
		t.Errorf("menu %v, screen %q of %q", v.Menu, v.Screen, v.Portal)
	}
	p.nothing(p.Act(palette.RemovePortal)) // the menu's entry never confirms
	s := p.send(p.Act(palette.ConfirmRemoval))
	p.wantFields(s, message.PortalRemove, message.Fields{"portal": acme})
	if !p.View().Busy {
		t.Error("not busy")
	}
	p.SetPortals(portals(lab))
	p.nothing(p.answered(s, nil))
	p.wantScreen(palette.SignScreen)
	p.wantNotice(palette.Info, "Portal removed")
}

func TestARemovalThatFailsCanBeTriedAgain(t *testing.T) {
	p := open(t, company...)
	p.Act(palette.RemovePortal)
	s := p.send(p.Act(palette.ConfirmRemoval))
	p.nothing(p.Answered(s, nil, &message.Error{Message: "No room."}))
	p.wantScreen(palette.AskScreen)
	p.wantNotice(palette.Failure, "No room.")
	p.wantFields(p.send(p.Act(palette.ConfirmRemoval)), message.PortalRemove, message.Fields{"portal": acme})
}

func TestAnythingElseTakesRemovingBack(t *testing.T) {
	for name, else_ := range map[string]func(p *popup){
		"Escape":         func(p *popup) { p.press("Escape") },
		"Cancel":         func(p *popup) { p.Act(palette.GoBack) },
		"another portal": func(p *popup) { p.SetPortals(portals(lab)); p.SetPortals(portals(acme)) },
		"adding another": func(p *popup) { p.Act(palette.ShowAdd); p.Act(palette.GoBack) },
	} {
		p := open(t, company...)
		p.Act(palette.RemovePortal)
		else_(p)
		if got := p.View().Screen; got == palette.AskScreen {
			t.Errorf("%s: still asks", name)
		}
		p.nothing(p.Act(palette.ConfirmRemoval))
	}
}

func TestAClickOnAnIDCopiesIt(t *testing.T) {
	p := open(t, company...)
	c := only[palette.CopyText](p, p.CopyAccountID(p.aimAt(4)))
	if c.Text != "000000000003" {
		t.Errorf("copies %q", c.Text)
	}
	p.CopiedText(c, true)
	p.wantNotice(palette.Success, "Copied account ID 000000000003.")
	p.CopiedText(c, false)
	p.wantNotice(palette.Failure, "Not copied")
	on := p.aimAt(4)
	p.lists(company[:2]...)
	p.nothing(p.CopyAccountID(on))
	p.wantNotice(palette.Failure, "Nothing was done")
}

// A worker that can do nothing at all says so to a popup that is opened; what may
// pass is not worth a word yet.
func TestAWorkerThatCanDoNothingSaysSo(t *testing.T) {
	p := open(t, company...)
	p.nothing(p.Answered(palette.Send{Type: message.Wake}, nil, &message.Error{Code: message.Offline, Message: "No answer.", Retryable: true}))
	p.wantNoNotice()
	p.nothing(p.Answered(palette.Send{Type: message.Wake}, nil, &message.Error{Code: message.Internal, Message: "It is newer.", Hint: "Update."}))
	p.wantNotice(palette.Failure, "It is newer. Update.")
	// What could not be read is told anew until a popup has said that it shows it.
	if s := p.send(p.answered(palette.Send{Type: message.Wake}, message.Woken{Problem: "Not read.", Keys: "settings"}.Fields())); s.Type != message.Wake || message.VisitFrom(s.Fields).Told != "settings" {
		t.Errorf("it sends %+v", s)
	}
	p.nothing(p.answered(palette.Send{Type: message.Wake}, message.Woken{}.Fields()))
	p.wantNotice(palette.Failure, "Not read.")
}
