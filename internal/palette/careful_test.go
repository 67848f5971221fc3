package palette_test

import (
	"slices"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
)

func TestGuardedRowsAreMarked(t *testing.T) {
	p := open(t, company...)
	p.SetSettings(message.Settings{})
	p.Type("prod")
	if got := p.painted(); !slices.Equal(got.marks, []string{"1", "2"}) {
		t.Errorf("marks %q of %q", got.marks, got.rows)
	}
	if !p.View().Guarded {
		t.Error("the selected row does not count as guarded")
	}
	p.Type("staging")
	if got := p.painted(); len(got.marks) == 0 || got.marks[0] != "" || p.View().Guarded {
		t.Errorf("marks %q of %q", got.marks, got.rows)
	}
	p.SetSettings(message.Settings{Guarded: "staging / *only*"})
	if !p.View().Guarded {
		t.Error("a pattern of one’s own does not count")
	}
	p.SetSettings(message.Settings{Unguarded: true})
	p.Type("prod")
	if p.View().Guarded {
		t.Error("production is guarded though that was taken back")
	}
}

// Where a second key is set, the first says what the second will do.
func TestAGuardedRowTakesASecondKey(t *testing.T) {
	start := func() *popup {
		p := open(t, company...)
		p.SetSettings(message.Settings{SecondKey: true})
		p.Type("prod read")
		return p
	}
	p := start()
	p.nothing(p.press("Enter"))
	p.wantNotice(palette.Caution, "Guarded: payments-prod (000000000003), ReadOnly. Press again to copy its credentials.")
	if s := p.send(p.press("Enter")); s.Type != message.CredentialsCopy {
		t.Errorf("sends %v", s.Type)
	}

	console := func(p *popup) []palette.Effect {
		effects, _ := p.Press(palette.Key{Name: "Enter", Ctrl: true})
		return effects
	}
	for name, between := range map[string]func(*popup){
		"another key":       func(p *popup) { p.nothing(console(p)) },
		"another selection": func(p *popup) { p.Press(palette.Key{Name: "ArrowDown"}); p.Press(palette.Key{Name: "ArrowUp"}) },
		"a letter":          func(p *popup) { p.Type("prod rea"); p.Type("prod read") },
		"it was taken away": func(p *popup) { p.Fade(p.Model.View().Notice) },
		"another format":    func(p *popup) { p.UseFormat("fish") },
	} {
		p := start()
		p.nothing(p.press("Enter"))
		between(p)
		if effects := p.press("Enter"); len(effects) > 0 {
			t.Errorf("after %s one key does %v", name, effects)
		}
	}

	p = start()
	p.nothing(console(p))
	p.wantNotice(palette.Caution, "Press again to open its console.")
	if s := p.send(console(p)); s.Type != message.ConsoleOpen {
		t.Errorf("sends %v", s.Type)
	}
	p = start()
	p.Type("staging")
	if s := p.send(p.press("Enter")); s.Type != message.CredentialsCopy {
		t.Errorf("a role that is not guarded: sends %v", s.Type)
	}
	effects, _ := start().Press(palette.Key{Name: "d", Ctrl: true})
	if len(effects) != 1 {
		t.Error("a bookmark takes a second key")
	}
}
