package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
	"portico/internal/words"
)

// A person's own name for a portal stands where there is little room; a sentence
// about what was copied says the portal's, too.
func TestAPortalIsCalledAsThePersonSays(t *testing.T) {
	p := open(t, company...)
	p.SetSettings(message.Settings{Portals: acme + "\tCustomer A\tteal\n"})
	v := p.View()
	if v.Portal != "Customer A" || v.Colour != "teal" || v.Names[0] != "Customer A" || strings.Join(v.Colours, " ") != "teal " {
		t.Errorf("called %q in %q, in the menu %q in %q", v.Portal, v.Colour, v.Names, v.Colours)
	}
	sent := p.send(p.press("Enter"))
	effects := p.answered(sent, message.Copy{Text: "x"}.Fields())
	p.Copied(effects[0].(palette.Copy), true)
	if said := p.View().Notice.Text; !strings.Contains(said, "Customer A") || !strings.Contains(said, "acme") {
		t.Errorf("says %q", said)
	}
}

// Where a portal is can be read whole, whatever it is called.
func TestAPortalsWholeHostIsShown(t *testing.T) {
	p := open(t, company...)
	long := portal.Portal{ID: "long", StartURL: "https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws", Region: "eu-central-1"}
	demo := portal.Demo("chrome-extension://abc/" + portal.DemoPage)
	demo.ID = "demo"
	p.SetPortals(message.Portals{All: []portal.Portal{long, demo}, Active: "long"})
	p.SetSettings(message.Settings{Portals: "long\tA\tred\n"})
	v := p.View()
	if want := "ssoins-1234567890abcdef.portal.eu-central-1.app.aws · eu-central-1"; v.Address != want || v.Addresses[0] != want || v.Addresses[1] != "inside this browser" {
		t.Errorf("they are at %q, the one that shows at %q", v.Addresses, v.Address)
	}
}

// Portals that a person calls alike are told apart wherever they are named.
func TestPortalsOfOneNameAreToldApart(t *testing.T) {
	p := open(t, company...)
	second := portals(acme).All[1]
	p.SetSettings(message.Settings{Portals: acme + "\tcorp\t\n" + second.ID + "\tCorp\t\n"})
	v := p.View()
	if v.Names[0] == v.Names[1] || !strings.HasPrefix(v.Names[0], "corp (") || !strings.HasPrefix(v.Names[1], "Corp (") || v.Portal != v.Names[0] {
		t.Errorf("called %q", v.Names)
	}
	p.SetSettings(message.Settings{Portals: second.ID + "\t" + strings.ToUpper(portals(acme).All[0].Name()) + "\t\n"})
	if v := p.View(); !strings.HasPrefix(v.Names[0], portals(acme).All[0].Name()+" (") {
		t.Errorf("called %q", v.Names)
	}
}

func TestAKeyShowsAnotherPortal(t *testing.T) {
	p := open(t, company...)
	second := portals(acme).All[1].ID
	press := func(name string) []palette.Effect {
		effects, handled := p.Press(palette.Key{Name: name, Ctrl: true, On: p.aim()})
		if !handled {
			t.Errorf("Ctrl+%s is the browser's", name)
		}
		return effects
	}
	p.wantFields(p.send(press("2")), message.PortalUse, message.PortalRef{Portal: second}.Fields())
	p.nothing(press("1")) // the one that shows
	p.nothing(press("3")) // there is none
}

// Another entrance is signed in to, as the menu offers it; of what is none, nothing is
// asked.
func TestAnotherEntranceIsAsked(t *testing.T) {
	p := open(t, company...)
	other := portals(acme)
	other.Entrances = []portal.Portal{{ID: acme, StartURL: "https://acme.example/start", Region: "eu-central-1"}, {ID: "another", StartURL: "https://b.example/start"}}
	p.SetPortals(other)
	if got := p.View().Entrances; len(got) != 1 || got[0] != other.Entrances[0] {
		t.Errorf("the menu offers %+v", got)
	}
	p.wantFields(p.send(p.UseEntrance("https://acme.example/start")), message.PortalAdd,
		message.NewPortal{Portal: acme, StartURL: "https://acme.example/start", Region: "eu-central-1"}.Fields())
	p.nothing(p.UseEntrance("https://b.example/start"))
}

// Where the company's own address leads is asked before it is gone to.
func TestASignInAtTheFront(t *testing.T) {
	p := open(t, company...)
	p.SetSettings(message.Settings{Consent: message.ConsentVersion})
	p.SetStatus(message.Status{SignIn: message.AtFront, VerifyHost: "d-1.awsapps.com", Caution: "leads to d-1"})
	p.wantScreen(palette.SignScreen)
	if v := p.View().SignIn; v.Hint != "leads to d-1" || !strings.Contains(v.Primary, "d-1.awsapps.com") || !v.Cancel || v.Other {
		t.Errorf("%+v", v)
	}
	p.wantFields(p.send(p.Act(p.View().SignIn.Action)), message.SignInStart, message.SignIn{Portal: acme, There: true}.Fields())
}

// How long the session still lives stands beside the search, where the portal has said it.
func TestTheTimeThatIsLeftIsSaid(t *testing.T) {
	p := open(t, company...)
	p.SetTime(1_000_000_000)
	p.SetDirectory(directory.Encode(&directory.Directory{Started: 1_000_000_000, Updated: 1_000_000_000, Accounts: company}))
	for _, test := range []struct {
		until int64
		want  string
	}{
		{0, "acme\u2069"}, {1_000_000_000 + 7*3_600_000, " · 7 h left"}, {1_000_000_000 + 90_000, " · 2 min left"}, {1_000_000_000, "acme\u2069"},
	} {
		p.SetStatus(message.Status{SignIn: message.SignedIn, Until: test.until})
		if got := p.View().Aside; !strings.HasSuffix(got, test.want) {
			t.Errorf("until %d: %q", test.until, got)
		}
	}
	if got := p.View().Banner.Text; got != words.Ended {
		t.Errorf("when it has ended: %q", got)
	}
	p.SetStatus(message.Status{SignIn: message.ExpiredPhase, Until: 2_000_000_000})
	if got := p.View().Aside; strings.Contains(got, "left") {
		t.Errorf("of a session that has ended: %q", got)
	}
}

// The menu offers no second sign-in beside one that waits, and leads back to that.
func TestTheMenuLeadsToASignIn(t *testing.T) {
	for phase, want := range map[message.SignInPhase][2]string{ // on the sign-in's screen, and on the list
		message.SignedOutPhase: {words.SignIn, words.SignIn},
		message.ExpiredPhase:   {words.SignIn, words.SignIn},
		message.Leaving:        {words.SignIn, words.SignIn},
		message.Wanted:         {"", words.GoOnSigningIn},
		message.Starting:       {"", words.GoOnSigningIn},
		message.ShowCode:       {"", words.GoOnSigningIn},
		message.Waiting:        {"", words.GoOnSigningIn},
		message.AtFront:        {"", words.GoOnSigningIn},
		message.SignedIn:       {"", ""},
	} {
		p := open(t, company...)
		p.SetStatus(message.Status{SignIn: phase})
		if want[0] != words.SignIn && phase != message.SignedIn {
			if got := p.View(); got.Screen != palette.SignScreen || got.MenuSignIn != want[0] {
				t.Errorf("%q: the menu says %q on the screen %q", phase, got.MenuSignIn, got.Screen)
			}
			p.press("Escape")
		}
		v := p.View()
		if v.Screen != palette.ListScreen || v.MenuSignIn != want[1] {
			t.Errorf("%q: the menu says %q on the screen %q", phase, v.MenuSignIn, v.Screen)
		}
		if want[1] == words.GoOnSigningIn {
			p.nothing(p.Act(palette.SignIn)) // it is under way
			if got := p.View().Screen; got != palette.SignScreen {
				t.Errorf("%q: the screen is %q", phase, got)
			}
		}
	}
}
