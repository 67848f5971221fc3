package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

// rowKeys are the keys that act on a row.
var rowKeys = []string{"Enter", "Ctrl+Enter", "Ctrl+D"}

// pressed presses a key that was aimed at something a while ago.
func (p *popup) pressed(name string, on palette.Aim) []palette.Effect {
	p.Helper()
	k := keys[name]
	k.On = on
	effects, handled := p.Model.Press(k)
	if !handled {
		p.Fatalf("%s means nothing", name)
	}
	return effects
}

func TestAKeyActsOnTheRowThatShowedWhenItWasPressed(t *testing.T) {
	for _, key := range rowKeys {
		p := open(t, company...)
		p.Select(4)
		on := p.aim()
		p.Type("sandbox") // so that another row is selected, and this one matches no more
		p.wantSelected("sandbox-jlee Developer")
		p.wantRole(p.send(p.pressed(key, on)), p.send(p.pressed(key, p.aim())).Type,
			message.Role{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly"})
	}
}

func TestAKeyAimedAtARowThatIsGoneDoesNothing(t *testing.T) {
	for _, key := range rowKeys {
		for _, left := range map[string][]directory.Account{
			"its account is gone": {company[0], company[1], company[3]},
			"its role is gone":    {company[0], account(3, "payments-prod", "Admin")},
			"all is gone":         nil,
		} {
			p := open(t, company...)
			p.Select(4)
			on := p.aim()
			p.lists(left...)
			p.nothing(p.pressed(key, on))
			p.wantNotice(palette.Failure, "Nothing was done", "ReadOnly in 000000000003")
		}
	}
}

func TestAKeyAimedAtAnotherPortalsRowDoesNothing(t *testing.T) {
	for _, key := range rowKeys {
		p := open(t, company...)
		on := p.aim()
		p.SetPortals(portals(lab))
		p.SetStatus(message.Status{SignIn: message.SignedIn})
		p.nothing(p.pressed(key, on)) // not read yet
		p.lists(company...)           // which grants roles of the same names
		p.nothing(p.pressed(key, on))
		p.wantNoNotice()
	}
}

func TestAKeyAimedAtNoRowDoesNothing(t *testing.T) {
	for _, key := range rowKeys {
		p := open(t, company...)
		p.nothing(p.pressed(key, palette.Aim{Portal: acme}))
		p.nothing(p.pressed(key, palette.Aim{}))
		p.wantNoNotice()
	}
}

func TestAClickSelectsTheRowThatWasClicked(t *testing.T) {
	p := open(t, company...)
	on := p.aimAt(4)
	p.lists(append([]directory.Account{account(9, "a-new-one", "ReadOnly", "Admin")}, company...)...)
	p.Model.Select(4, on)
	p.wantSelected("payments-prod ReadOnly")
	if got := p.painted().selected; got != 6 {
		t.Errorf("it is row %d", got)
	}
	p.lists(company[:2]...)
	p.wantSelected("data-platform-staging ReadOnly")
	p.Model.Select(2, on)
	p.wantSelected("data-platform-staging ReadOnly")
	p.Model.Select(1, palette.Aim{Portal: lab, AccountID: "000000000001", RoleName: "Admin"})
	p.wantSelected("data-platform-staging ReadOnly")
}

func TestAButtonOfAnotherPortalDoesNothing(t *testing.T) {
	for _, action := range []palette.Action{palette.CopyCredentials, palette.SignIn, palette.OpenSignIn, palette.CancelSignIn,
		palette.SignOut, palette.Refresh, palette.RemovePortal, palette.ShowAdd, palette.ToggleMenu} {
		p := open(t, company...)
		on := p.aim()
		p.SetPortals(portals(lab))
		before := p.View()
		p.nothing(p.Model.Act(action, on))
		if after := p.View(); after.Screen != before.Screen || after.Menu != before.Menu || after.Busy {
			t.Errorf("%s changed the popup", action)
		}
	}
}

// Two names that begin alike for longer than a line can show are told apart by
// where they are, not by what shows of them.
func TestARowWhoseNameIsCutOffIsNotTakenForAnother(t *testing.T) {
	long := strings.Repeat("a", 300)
	p := open(t, account(1, "prod", long+"1", long+"2"))
	p.Select(1)
	s := p.send(p.press("Enter"))
	if got := s.Fields["roleName"]; got != long+"2" {
		t.Errorf("asks for the role that ends in %q", got[len(got)-2:])
	}
	on := p.aim()
	p.lists(account(2, "dev", "ReadOnly"), account(1, "prod", long+"1", long+"2"))
	p.Select(0)
	p.nothing(p.pressed("Enter", on))
}

func TestAKeyPressedBehindOthersBeforeGoWasThereIsNotGuessedAt(t *testing.T) {
	p := open(t, company...)
	p.Late()
	p.wantNotice(palette.Failure, "Nothing was done", "Press the key again")
	p.send(p.press("Enter"))
}

func TestNothingIsKeptOfAPortalThatIsBeingRemoved(t *testing.T) {
	p := open(t, company...)
	p.Act(palette.RemovePortal)
	s := p.send(p.Act(palette.ConfirmRemoval))
	if got := p.Saved(); got != "" {
		t.Errorf("keeps %q", got)
	}
	p.answered(s, nil)
	p.SetPortals(portals(lab))
	if got := p.Saved(); got != "" {
		t.Errorf("keeps %q", got)
	}
}
