package palette_test

import (
	"testing"

	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

func TestTheChosenFormatIsCopied(t *testing.T) {
	for _, f := range list.Formats() {
		t.Run(f.ID, func(t *testing.T) {
			p := open(t, company...)
			p.SetSettings(message.Settings{CopyFormat: f.ID})
			p.wantFormat(f.ID)
			p.Type("prod read")
			s := p.send(p.press("Enter"))
			if o := message.OrderFrom(s.Fields); o.Format != f.ID || o.AccountID != "000000000003" || o.RoleName != "ReadOnly" {
				t.Errorf("orders %+v", o)
			}
			c := only[palette.Copy](p, p.answered(s, credentials.Fields()))
			c.Until = "19:30"
			p.Copied(c, true)
			p.wantNotice(palette.Success, "Copied for "+f.Name+": payments-prod (000000000003), ReadOnly at acme, until 19:30.")
		})
	}
}

// What a format can't hold is said.
func TestWhatWasReplacedIsSaid(t *testing.T) {
	p := open(t, company...)
	p.SetSettings(message.Settings{CopyFormat: "cmd"})
	c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), message.Copy{Text: "a", Replaced: "AWS_ACCOUNT_NAME AWS_ROLE_NAME"}.Fields()))
	p.Copied(c, true)
	p.wantNotice(palette.Success, "Copied for cmd: ", "“_” stands for what AWS_ACCOUNT_NAME AWS_ROLE_NAME can’t hold there.")
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
		if o := message.OrderFrom(p.send(p.press("Enter")).Fields); o.Format != "posix" {
			t.Errorf("orders %+v", o)
		}
	}
}

func TestAChoiceOfFormatIsKept(t *testing.T) {
	p := open(t, company...)
	s := p.send(p.UseFormat("powershell"))
	p.wantFields(s, message.SettingsSet, message.Fields{"copyFormat": "powershell"})
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

// The choice is made while credentials are fetched: they come in the format in which
// they were asked for, and are said to.
func TestAChoiceOfFormatLeavesAloneWhatIsUnderWay(t *testing.T) {
	p := open(t, company...)
	asked := p.send(p.press("Enter"))
	s := p.send(p.UseFormat("powershell"))
	p.wantNotice(palette.Info, "Fetching credentials")
	p.nothing(p.answered(s, nil))
	c := only[palette.Copy](p, p.answered(asked, credentials.Fields()))
	p.Copied(c, true)
	p.wantNotice(palette.Success, "Copied for bash and zsh: ")
	p.UseFormat("cmd")
	p.wantNoNotice() // it named another format
}

// The order names the role as the portal has it, not as it is shown.
func TestTheRoleItselfIsOrdered(t *testing.T) {
	p := open(t, account(1, "a", directory.Escape("x\ny")))
	if o := message.OrderFrom(p.send(p.press("Enter")).Fields); o.RoleName != "x\ny" {
		t.Errorf("orders %+v", o)
	}
}

// What a rule says of a role shows, and is copied, until another format is chosen.
func TestARuleChoosesTheFormat(t *testing.T) {
	p := open(t, company...)
	p.SetSettings(message.Settings{CopyFormat: "fish", Rules: "\tpayments prod\t\tjson\t\n\tpayments prod\tReadOnly\tdotenv\teu-west-1\n"})
	p.Type("staging")
	p.wantFormat("fish")
	p.Type("prod read")
	p.wantFormat("dotenv")
	if o := message.OrderFrom(p.send(p.press("Enter")).Fields); o.Format != "dotenv" {
		t.Errorf("orders %+v", o)
	}
	p.Type("prod admin")
	p.wantFormat("json")
	p.UseFormat("powershell")
	p.wantFormat("powershell")
	p.SetSettings(message.Settings{CopyFormat: "powershell", Rules: "\tprod\t\tjson\t\n"}) // as it is stored then
	p.wantFormat("powershell")
}
