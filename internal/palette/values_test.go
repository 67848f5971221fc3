package palette_test

import (
	"fmt"
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
)

var secrets = message.Values{AccessKeyID: "ASIA1", SecretAccessKey: "s3cret", SessionToken: "t0ken"}

// showing is a popup that shows the screen with a role's values.
func showing(t *testing.T) *popup {
	t.Helper()
	p := open(t, company...)
	p.Type("dev admin")
	effects, _ := p.Press(palette.Key{Name: "i", Ctrl: true})
	s := p.send(effects)
	if s.Type != message.CredentialsShow {
		t.Fatalf("sends %v", s.Type)
	}
	p.nothing(p.answered(s, secrets.Fields()))
	if v := p.View(); v.Screen != palette.Values || len(v.Values) != 3 || !strings.Contains(v.Title, "payments-dev") {
		t.Fatalf("%+v", v)
	}
	return p
}

// What is secret shows if that is asked for, value by value, and nowhere else.
func TestValuesShowOnRequest(t *testing.T) {
	p := showing(t)
	says := func() string { return fmt.Sprintf("%+v %s", p.View(), p.Saved()) }
	for _, s := range []string{"ASIA1", "s3cret", "t0ken"} {
		if strings.Contains(says(), s) {
			t.Errorf("%s shows unasked", s)
		}
	}
	p.Reveal(1)
	if got := says(); !strings.Contains(got, "s3cret") || strings.Contains(got, "ASIA1") || strings.Contains(got, "t0ken") {
		t.Errorf("shows %s", got)
	}
	p.Reveal(1)
	if strings.Contains(says(), "s3cret") {
		t.Error("it shows though it was hidden again")
	}
	p.Reveal(7)
	p.nothing(p.CopyValue(-1))
	c := only[palette.CopyText](p, p.CopyValue(2))
	if c.Text != "t0ken" {
		t.Errorf("copies %q", c.Text)
	}
	p.nothing(p.CopiedText(c, true))
	p.wantNotice(palette.Success, "Copied AWS_SESSION_TOKEN.")
	p.SetSettings(message.Settings{ClearAfter: "30"})
	if s := p.send(p.CopiedText(c, true)); s.Type != message.ClipboardClear || message.SecretFrom(s.Fields).Text != "t0ken" {
		t.Errorf("sends %+v", s)
	}
	p.nothing(p.CopiedText(c, false))
	p.wantNotice(palette.Failure, "refused the clipboard")
}

// With the screen goes what is secret.
func TestValuesGoWithTheirScreen(t *testing.T) {
	for name, leave := range map[string]func(p *popup){
		"Escape":         func(p *popup) { p.Press(palette.Key{Name: "Escape"}) },
		"Done":           func(p *popup) { p.Act(palette.GoBack) },
		"another portal": func(p *popup) { p.SetPortals(portals(lab)) },
		"signed out":     func(p *popup) { p.SetStatus(message.Status{SignIn: message.ExpiredPhase}) },
		"another screen": func(p *popup) { p.Act(palette.ShowAdd) },
	} {
		p := showing(t)
		p.Reveal(0)
		leave(p)
		if v := p.View(); v.Screen == palette.Values || len(v.Values) > 0 || strings.Contains(fmt.Sprintf("%+v", p.Model), "ASIA1") {
			t.Errorf("%s: %+v", name, v)
		}
		p.Reveal(0)
		p.nothing(p.CopyValue(0))
	}
}

// What the clipboard refuses can be copied by hand.
func TestWhatTheClipboardRefusesIsOffered(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.press("Enter"))
	c := only[palette.Copy](p, p.answered(s, credentials.Fields()))
	p.Copied(c, false)
	p.wantNotice(palette.Failure, "copy by hand")
	v := p.View()
	if v.Screen != palette.Values || len(v.Values) != 1 || v.Values[0].Name != "For bash and zsh" || strings.Contains(v.Values[0].Text, credentials.Text) {
		t.Fatalf("%+v", v)
	}
	p.Reveal(0)
	if got := p.View().Values[0].Text; got != credentials.Text {
		t.Errorf("shows %q", got)
	}
}
