package palette_test

import (
	"strings"
	"testing"

	"portico/internal/credfmt"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

func TestTheChosenFormatIsCopied(t *testing.T) {
	for _, f := range credfmt.Formats() {
		t.Run(f.ID, func(t *testing.T) {
			p := open(t, company...)
			p.SetSettings(message.Settings{CopyFormat: f.ID})
			p.wantFormat(f.ID)
			p.Type("prod read")
			c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
			if want := f.Text(&credfmt.Credentials{AccountID: "000000000003", RoleName: "ReadOnly",
				AccessKeyID: "ASIA1", SecretAccessKey: "secret", SessionToken: "token", Expiration: expires}); c.Text != want {
				t.Errorf("copies\n%s\nwant\n%s", c.Text, want)
			}
			c.Until = "19:30"
			p.Copied(c, true)
			p.wantNotice(palette.Success, "Copied for "+f.Name+": payments-prod (000000000003), ReadOnly at acme, until 19:30.")
		})
	}
}

func (p *popup) wantFormat(want string) {
	p.Helper()
	if got := p.View().Format; got != want {
		p.Errorf("format is %q, want %q", got, want)
	}
}

func TestWhoHasChosenNoFormatGetsTheFirst(t *testing.T) {
	for _, id := range []string{"", "of a later version"} {
		p := open(t, company...)
		p.SetSettings(message.Settings{CopyFormat: id})
		p.wantFormat("posix")
		c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
		if !strings.HasPrefix(c.Text, "export ") {
			t.Errorf("copies %q", c.Text)
		}
	}
}

func TestAChoiceOfFormatIsKept(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.UseFormat("powershell"))
	p.wantFields(s, message.SettingsSet, message.Settings{CopyFormat: "powershell"}.Fields())
	p.wantFormat("powershell") // at once
	if p.View().Busy {
		t.Error("busy")
	}
	p.nothing(p.answered(s, nil))
	p.wantNoNotice()
	p.SetSettings(message.Settings{CopyFormat: "posix"}) // by another popup
	p.wantFormat("posix")
	p.SetPortals(portals(lab)) // a setting is no portal's
	p.SetSettings(message.Settings{CopyFormat: "powershell"})
	p.SetPortals(portals(acme))
	p.wantFormat("powershell")
}

func TestAChoiceThatCanNotBeKeptHoldsAndIsSaid(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.UseFormat("powershell"))
	p.nothing(p.Answered(s, nil, &message.Error{Code: message.Internal, Message: "The disk is full.", Hint: "Make room."}))
	p.wantNotice(palette.Failure, "Your choice holds for this window only. The disk is full. Make room.")
	p.wantFormat("powershell")
}

// The choice is made while credentials are fetched: they come in the new format,
// and are said to.
func TestAChoiceOfFormatLeavesAloneWhatIsUnderWay(t *testing.T) {
	p := open(t, company...)
	asked := p.send(p.press("Enter"))
	s := p.send(p.UseFormat("powershell"))
	p.wantNotice(palette.Info, "Fetching credentials")
	p.nothing(p.answered(s, nil))
	c := only[palette.Copy](p, p.answered(asked, credentials.Fields()))
	p.send(p.UseFormat("credentials-file")) // too late for this copy
	p.Copied(c, true)
	p.wantNotice(palette.Success, "Copied for PowerShell: ")
	if !strings.HasPrefix(c.Text, "$Env:") {
		t.Errorf("copies %q", c.Text)
	}
	p.UseFormat("posix")
	p.wantNoNotice() // it named another format
}

// The profile is named for the role as the portal has it, not as it is shown.
func TestAProfileIsNamedForTheRoleItself(t *testing.T) {
	p := open(t, account(1, "a", directory.Escape("x\ny")))
	p.SetSettings(message.Settings{CopyFormat: "credentials-file"})
	c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
	profile, _, _ := strings.Cut(credfmt.CredentialsFile(&credfmt.Credentials{AccountID: "000000000001", RoleName: "x\ny"}), "\n")
	if !strings.HasPrefix(c.Text, profile+"\n") {
		t.Errorf("copies %q, want profile %s", c.Text, profile)
	}
}
