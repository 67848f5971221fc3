package palette_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
	"portico/internal/words"
)

// What happened to the action is the notice's, why and what next the banner's.
func TestBannerAndNoticeDoNotSayTheSame(t *testing.T) {
	for name, after := range map[string]func(p *popup){
		"the session ended": func(p *popup) {
			s := p.send(p.press("Enter"))
			p.SetStatus(message.Status{SignIn: message.ExpiredPhase})
			p.Answered(s, nil, words.SessionEnded())
		},
		"never signed in": func(p *popup) {
			s := p.send(p.press("Enter"))
			p.SetStatus(message.Status{})
			p.Answered(s, nil, words.NotSignedIn())
		},
		"signed out, unconfirmed": func(p *popup) {
			s := p.send(p.Act(palette.SignOut))
			p.SetStatus(message.Status{Problem: words.Unconfirmed()})
			p.answered(s, message.SignedOut{}.Fields())
		},
	} {
		p := open(t, company...)
		after(p)
		v := p.View()
		if v.Banner.Text == "" || v.Notice.Text == "" {
			t.Errorf("%s: banner %q, notice %q", name, v.Banner.Text, v.Notice.Text)
		}
		for sentence := range strings.SplitSeq(v.Notice.Text, ". ") {
			if strings.Contains(v.Banner.Text, sentence) && sentence != "Signed out here." {
				t.Errorf("%s: banner and notice both say %q", name, sentence)
			}
		}
	}
}

func TestTheDemosPageIsCalledSo(t *testing.T) {
	const demo = "chrome-extension://abcdefghijklmnop/demo/portal.html#"
	for _, phase := range []message.SignInPhase{message.ShowCode, message.Waiting} {
		p := &popup{TB: t}
		p.SetPortals(message.Portals{Active: demo, All: []portal.Portal{{ID: demo, StartURL: demo, Region: "us-east-1"}}})
		p.SetStatus(message.Status{SignIn: phase, UserCode: "ABCD-EFGH"})
		hint := p.View().SignIn.Hint
		if !strings.Contains(hint, "The demo’s page") || strings.Contains(hint, "abcdefghijklmnop") {
			t.Errorf("%s: %q", phase, hint)
		}
		if !strings.Contains(hint, "comes back by itself") {
			t.Errorf("%s: %q does not say where to go", phase, hint)
		}
	}
}

// What the worker knows of the page stands with what is to be done there.
func TestWhatIsToKnowOfTheSignInPageIsSaid(t *testing.T) {
	for _, phase := range []message.SignInPhase{message.ShowCode, message.Waiting} {
		p := &popup{TB: t}
		p.SetPortals(portals(acme))
		p.SetStatus(message.Status{SignIn: phase, UserCode: "ABCD-EFGH", VerifyHost: "acme.awsapps.com", Caution: " Beware of it."})
		if hint := p.View().SignIn.Hint; !strings.HasSuffix(hint, ". Beware of it.") || !strings.Contains(hint, "acme.awsapps.com") {
			t.Errorf("%s: %q", phase, hint)
		}
	}
}

// What was copied comes first, then of which role, then until when, as people here
// write it.
func TestCopyingSaysForWhatOfWhichRoleUntilWhen(t *testing.T) {
	p := open(t, company...)
	p.Type("sandbox")
	c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
	c.Until = "7:30 PM"
	p.Copied(c, true)
	const want = "Copied for bash and zsh: sandbox-jlee (000000000004), Developer at acme, until 7:30 PM."
	if got := p.View().Notice.Text; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

// Every name in a sentence stands between marks of its own.
func TestNamesInSentencesAreIsolated(t *testing.T) {
	p := open(t, account(1, "حسابات", "قراءة"))
	if got, want := p.Model.View().Target, "\u2068حسابات\u2069 \u2068000000000001\u2069 · \u2068قراءة\u2069"; got != want {
		t.Errorf("target %q, want %q", got, want)
	}
	p.press("Ctrl+Enter")
	if got, want := p.Model.View().Notice.Text, "\u2068حسابات\u2069 (\u2068000000000001\u2069), \u2068قراءة\u2069"; !strings.Contains(got, want) {
		t.Errorf("notice %q lacks %q", got, want)
	}
	p.Type("none \u202e")
	if got := p.Model.View().Empty.Hint; strings.Count(got, "\u2068") != 1 || strings.Count(got, "\u2069") != 1 {
		t.Errorf("hint %q", got)
	}
}
