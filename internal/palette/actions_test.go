package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
)

// actions is what the menu offers for what shows: what it is about, and labels with keys
// by action.
func (p *popup) actions() (target string, offered map[palette.Action]string) {
	p.Helper()
	return p.actionsOn(p.aim())
}

func (p *popup) actionsOn(on palette.Aim) (target string, offered map[palette.Action]string) {
	p.Helper()
	target, rest, _ := strings.Cut(isolates.Replace(p.Actions(on)), "\n")
	offered = make(map[palette.Action]string)
	for line := range strings.SplitSeq(rest, "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[0] == "" || f[1] == "" || offered[palette.Action(f[0])] != "" {
			p.Fatalf("an action is %q", line)
		}
		offered[palette.Action(f[0])] = strings.TrimSpace(f[1] + " " + f[2])
	}
	return target, offered
}

func TestTheMenuOffersWhatCanBeDone(t *testing.T) {
	p := open(t, append(company, account(9, "closed"))...)
	p.Type("prod read")
	target, offered := p.actions()
	if target != "payments-prod 000000000003 · ReadOnly" {
		t.Errorf("it is about %q", target)
	}
	for action, want := range map[palette.Action]string{
		palette.CopyCredentials: "Copy for bash and zsh Enter", palette.OpenConsole: "Open console Ctrl+Enter", palette.AddBookmark: "Bookmark Ctrl+D",
		"copy-as:fish": "Copy for fish", "copy-as:posix": "", "copy-as:template": "", palette.CopyLink: "Copy console link Ctrl+L",
		palette.RefreshAccount: "Refresh this account Ctrl+R", palette.ShowKeys: "All keys ?",
	} {
		if offered[action] != want {
			t.Errorf("%s is %q, want %q", action, offered[action], want)
		}
	}
	p.SetSettings(message.Settings{CopyFormat: "fish", Template: "{secretAccessKey}"})
	if _, offered = p.actions(); offered["copy-as:posix"] == "" || offered["copy-as:template"] == "" || offered[palette.CopyCredentials] != "Copy for fish Enter" {
		t.Errorf("offers %v", offered)
	}
	p.Type("closed")
	if _, offered = p.actions(); offered[palette.CopyCredentials] != "" || offered[palette.CopyAccountID] == "" || offered[palette.RefreshAccount] == "" {
		t.Errorf("of an account without a role it offers %v", offered)
	}
	p.Type("zzzz")
	if target, offered = p.actions(); target != "" || len(offered) != 2 {
		t.Errorf("of nothing (%q) it offers %v", target, offered)
	}
	p.Act(palette.ShowAdd)
	if text := p.Actions(palette.Aim{Portal: p.Active()}); text != "" {
		t.Errorf("on another screen it offers %q", text)
	}
}

// What is chosen acts on the row that the menu was opened on, whatever shows by then.
func TestWhatIsChosenActsOnItsRow(t *testing.T) {
	p := open(t, company...)
	p.Type("prod read")
	on, role := p.aim(), message.Role{Portal: acme, AccountID: "000000000003", RoleName: "ReadOnly"}
	p.Type("sandbox")
	s := p.send(p.Model.Act("copy-as:json", on))
	if o := message.OrderFrom(s.Fields); s.Type != message.CredentialsCopy || o.Format != "json" || o.AccountID != role.AccountID || o.RoleName != role.RoleName {
		t.Errorf("sends %q %+v", s.Type, o)
	}
	p.nothing(p.Model.Act("copy-as:json", on)) // pressed twice
	if o := message.OrderFrom(p.send(p.Model.Act("copy-as:fish", on)).Fields); o.Format != "fish" {
		t.Errorf("asked for in another format it is %+v", o)
	}
	if p.View().Format != "posix" {
		t.Error("what was copied once is chosen from now on")
	}
	p.wantRole(p.send(p.Model.Act(palette.CopyLink, on)), message.ConsoleLink, role)
	p.wantRole(p.send(p.Model.Act(palette.CopyARN, on)), message.RoleARN, role)
	p.wantFields(p.send(p.Model.Act(palette.CopyProfiles, on)), message.ProfilesWrite, message.Profiles{Portal: acme, Account: role.AccountID}.Fields())
	p.wantFields(p.send(p.Model.Act(palette.RefreshAccount, on)), message.SyncRetry, message.Ahead{Portal: acme, Accounts: role.AccountID}.Fields())
	p.lists(company[0])
	for _, gone := range []palette.Action{palette.CopyLink, palette.CopyProfiles, palette.RefreshAccount, palette.CopyAccountID, "copy-as:json"} {
		p.nothing(p.Model.Act(gone, on))
		p.wantNotice(palette.Failure, "Nothing was done", "000000000003")
	}
}

func TestTextsAreCopied(t *testing.T) {
	for action, said := range map[palette.Action]string{
		palette.CopyARN:      "Copied the role’s ARN: payments-prod (000000000003), ReadOnly.",
		palette.CopyProfiles: "Copied profiles for ~/.aws/config: all roles of payments-prod (000000000003).",
	} {
		p := open(t, company...)
		p.Type("prod read")
		c := only[palette.CopyText](p, p.answered(p.send(p.Act(action)), message.Text{Text: "it"}.Fields()))
		p.nothing(p.CopiedText(c, true))
		if p.wantNotice(palette.Success, said); c.Text != "it" {
			t.Errorf("%s copies %q", action, c.Text)
		}
		p.Answered(p.send(p.Act(action)), nil, &message.Error{Code: message.Internal, Message: "No."})
		p.wantNotice(palette.Failure, "No.")
	}
}

// A key of the menu means the same where the list shows.
func TestKeysOfActionsHold(t *testing.T) {
	for _, key := range []string{"l", "L"} {
		p := open(t, company...)
		effects, handled := p.Press(palette.Key{Name: key, Ctrl: true})
		if s := p.send(effects); !handled || s.Type != message.ConsoleLink {
			t.Errorf("Ctrl+%s sends %q", key, s.Type)
		}
	}
	p := open(t, directory.Account{ID: "1", Name: "one", Roles: []string{"Admin"}, State: directory.Done})
	p.SetPortals(message.Portals{Active: acme, All: []portal.Portal{{ID: acme}}})
	if effects, handled := p.Press(palette.Key{Name: "k", Ctrl: true}); handled || len(effects) > 0 {
		t.Error("Ctrl+K is no key of the model's")
	}
}
