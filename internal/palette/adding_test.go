package palette_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/words"
)

// A portal that is asked first: the browser is asked for access, and then the portal.
func TestAPortalIsAskedAfterTheBrowser(t *testing.T) {
	p := open(t, company...)
	a := only[palette.Ask](p, p.answered(p.add(), message.Access{Origins: "https://a/*"}.Fields()))
	p.SetAdding(message.Adding{Phase: message.AddWanted, Problem: words.NeedsHostsToAdd()})
	p.wantScreen(palette.AddScreen)
	if v := p.View(); !v.Busy || v.Form != "" || a.Origins != "https://a/*" {
		t.Errorf("while the browser asks: %+v", v)
	}
	then := p.send(p.Asked(a, true))
	p.wantFields(then, message.PortalAsk, asks.Fields())
	p.SetAdding(message.Adding{Phase: message.AddAsking})
	p.nothing(p.answered(then, message.Access{}.Fields()))
	if v := p.View(); !v.Busy || !v.Asking || !v.Cancel || v.Notice.Text != words.Asking {
		t.Errorf("while the portal is asked: %+v", v)
	}
	p.Fade(p.View().Notice)
	if p.View().Notice.Text != words.Asking {
		t.Error("what goes on is said no more")
	}
	// Its worker may have died.
	const clock = int64(1_700_000_000_000)
	p.nothing(p.SetTime(clock))
	p.nothing(p.SetTime(clock + 1_000))
	if s := p.send(p.SetTime(clock + 10_000)); s.Type != message.Wake {
		t.Errorf("it sends %+v", s)
	}
	p.SetPortals(portals(lab))
	p.SetAdding(message.Adding{})
	p.SetStatus(message.Status{SignIn: message.Starting})
	p.wantScreen(palette.SignScreen)
	if v := p.View(); v.Busy || v.Notice.Text != "" {
		t.Errorf("once it is added: %+v", v)
	}
}

// Who says no to the browser reads what is missing, and may use a code.
func TestAccessRefusedToAPortalThatIsAsked(t *testing.T) {
	p := open(t, company...)
	a := only[palette.Ask](p, p.answered(p.add(), message.Access{Origins: "https://a/*"}.Fields()))
	p.SetAdding(message.Adding{NewPortal: asks, Phase: message.AddWanted, Problem: words.NeedsHostsToAdd()})
	p.nothing(p.Asked(a, false))
	v := p.View()
	if v.Busy || !strings.Contains(v.Form, "no access to this portal yet") || v.Other.Label != "Use a code" {
		t.Errorf("%+v", v)
	}
	s := p.send(p.Act(v.Other.Action))
	byCode := asks
	byCode.ByCode = true
	p.wantFields(s, message.PortalAsk, byCode.Fields())
	p.SetAdding(message.Adding{NewPortal: byCode, Phase: message.AddWanted, Problem: words.NeedsHostsToAdd()})
	p.nothing(p.Answered(s, nil, &message.Error{Message: "Wrong."}))
	if v := p.View(); v.Form != "Wrong." || v.Other.Label != "" {
		t.Errorf("%+v", v)
	}
}

// Of a portal that did not answer it is said, and it can be added all the same; of one
// that said no it can't.
func TestAPortalThatIsNotAdded(t *testing.T) {
	for _, silent := range []bool{false, true} {
		p := open(t, company...)
		front := asks
		front.Front = "https://sso.example.com"
		p.SetAdding(message.Adding{NewPortal: front, Typed: asks.StartURL, Phase: message.AddRefused, Silent: silent,
			Problem: &message.Error{Code: message.Offline, Message: "No answer.", Field: "region"}})
		p.wantScreen(palette.AddScreen) // in a popup that has just opened
		v := p.View()
		if v.Busy || !v.Cancel || !strings.HasPrefix(v.Form, "No answer.") || v.Wrong != "region" || (v.Other.Label != "") != silent {
			t.Errorf("silent %v: %+v", silent, v)
		}
		// Once more, it keeps the address that led there.
		p.wantFields(p.send(p.AddPortal(asks)), message.PortalAsk, front.Fields())
		if v := p.View(); v.Form != "" || v.Other.Label != "" {
			t.Errorf("asked once more: %+v", v)
		}
		if !silent {
			continue
		}
		p.SetAdding(message.Adding{NewPortal: asks, Phase: message.AddRefused, Silent: true, Problem: &message.Error{Message: "No answer."}})
		unasked := asks
		unasked.Unasked = true
		p.wantFields(p.send(p.Act(v.Other.Action)), message.PortalAsk, unasked.Fields())
	}
}

// Who leaves the form adds nothing; who looks at another screen meanwhile comes back.
func TestLeavingTheFormAddsNothing(t *testing.T) {
	for name, leave := range map[string]func(p *popup) []palette.Effect{
		"Cancel": func(p *popup) []palette.Effect { return p.Act(palette.GoBack) },
		"Escape": func(p *popup) []palette.Effect { return p.press("Escape") },
	} {
		p := open(t, company...)
		p.SetAdding(message.Adding{NewPortal: asks, Phase: message.AddAsking})
		p.Act(palette.RemovePortal)
		p.wantScreen(palette.AskScreen)
		p.nothing(p.Act(palette.GoBack))
		p.wantScreen(palette.AddScreen)
		s := p.send(leave(p))
		if s.Type != message.PortalAskNoMore {
			t.Errorf("%s sends %q", name, s.Type)
		}
		p.wantScreen(palette.ListScreen)
		p.nothing(p.answered(s, nil))
		if v := p.View(); v.Busy || v.Notice.Text != "" {
			t.Errorf("%s: %+v", name, v)
		}
	}
	// The first portal's form stays.
	p := open(t)
	p.SetPortals(message.Portals{})
	p.SetAdding(message.Adding{NewPortal: asks, Phase: message.AddAsking})
	if effects, handled := p.Press(palette.Key{Name: "Escape"}); effects != nil || handled {
		t.Errorf("Escape does %v", effects)
	}
	if s := p.send(p.Act(palette.GoBack)); s.Type != message.PortalAskNoMore {
		t.Errorf("sends %q", s.Type)
	}
	if v := p.View(); v.Screen != palette.AddScreen || v.Cancel {
		t.Errorf("%+v", v)
	}
}

// The demo organisation takes no access, and is signed in to all the same.
func TestTheDemoIsSignedInToAtOnce(t *testing.T) {
	p := open(t, company...)
	a := only[palette.Ask](p, p.answered(p.send(p.Act(palette.ExploreDemo)), message.Access{Portal: lab}.Fields()))
	p.wantFields(p.send(p.Asked(a, true)), message.SignInStart, message.Fields{"portal": lab})
}
