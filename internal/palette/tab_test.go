package palette_test

import (
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/portal"
)

// s3 is a page that a tab shows, in the account payments-prod.
var s3 = message.Shown{URL: "https://eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1", Partition: "aws", Account: "000000000001", Region: "eu-west-1", Service: "S3"}

// onTab is a popup that was opened on a tab that shows a page of a console.
func onTab(t *testing.T, shown message.Shown) *popup {
	t.Helper()
	p := open(t, services...)
	asked := p.send(p.SetTab("the tab’s address"))
	p.wantFields(asked, message.ConsoleRead, message.Fields{"url": "the tab’s address"})
	p.nothing(p.Answered(asked, shown.Fields(), nil))
	return p
}

func TestTheTabsPageOpensWithTheChosenRole(t *testing.T) {
	for _, test := range []struct{ query, says, selected, region string }{
		{"", "S3 · eu-west-1", "Customer Support ReadOnlyAccess", ""},
		{"payments dev", "S3 · eu-west-1", "payments-dev ReadOnlyAccess", ""},
		{"payments dev us-east-1", "S3 · us-east-1", "payments-dev ReadOnlyAccess", "us-east-1"},
		{"payments dev admin US-EAST-1", "S3 · us-east-1", "payments-dev AdministratorAccess", "us-east-1"},
		{"payments dev ec2 us-east-1", "S3 · us-east-1", "payments-dev ReadOnlyAccess", "us-east-1"}, // its own page all the same
		{"us-east-1", "S3 · us-east-1", "payments-prod ReadOnlyAccess", "us-east-1"},                 // of the account that shows
	} {
		p := onTab(t, s3)
		p.Type(test.query)
		if got := p.View().Tab; got != "Open this tab’s page: "+test.says {
			t.Errorf("%q: offers %q, want %q", test.query, got, test.says)
		}
		p.wantSelected(test.selected)
		asked := p.send(p.press("Ctrl+Shift+Enter"))
		got := message.OpeningFrom(asked.Fields)
		if asked.Type != message.ConsoleOpen || got.Pasted != s3.URL || got.Service != "" || got.Region != test.region ||
			got.AccountID != asked.Row.AccountID || asked.Row.AccountName+" "+got.RoleName != test.selected {
			t.Errorf("%q: asks for %q of %+v", test.query, asked.Type, got)
		}
	}
}

// What the tab shows is said as far as its address tells, and not of a console that is
// not behind the portal.
func TestWhatTheTabShows(t *testing.T) {
	for says, shown := range map[string]message.Shown{
		"Open this tab’s page: console home · eu-west-1": {URL: "https://eu-west-1.console.aws.amazon.com/console/home", Partition: "aws", Region: "eu-west-1"},
		"Open this tab’s page: IAM":                      {URL: "https://console.aws.amazon.com/iam/home", Partition: "aws", Service: "IAM"},
		"":                                               {URL: "https://cn-north-1.console.amazonaws.cn/s3/home", Partition: "aws-cn", Region: "cn-north-1", Service: "S3"},
	} {
		p := onTab(t, shown)
		if got := p.View().Tab; got != says {
			t.Errorf("offers %q, want %q", got, says)
		}
		if _, handled := p.Press(keys["Ctrl+Shift+Enter"]); handled != (says != "") {
			t.Errorf("%q: the key is taken: %v", says, handled)
		}
	}
	for _, shown := range []message.Shown{{}, {URL: "x", Partition: "aws-cn"}} {
		p := onTab(t, shown)
		for _, a := range []palette.Action{palette.OpenThisTab, palette.CopyTabLink, palette.CopyAnyonesLink} {
			p.nothing(p.Act(a))
		}
	}
	// Another portal's consoles may be others.
	p := onTab(t, s3)
	p.SetPortals(message.Portals{Active: "cn", All: []portal.Portal{{ID: "cn", StartURL: "https://acme.awsapps.cn/start", Region: "cn-north-1"}}})
	p.lists(services...)
	if got := p.View().Tab; got != "" {
		t.Errorf("in another partition it offers %q", got)
	}
	// An account without a role opens no console.
	p = onTab(t, s3)
	p.lists(directory.Account{ID: "000000000009", Name: "bare", State: directory.Done})
	p.Type("bare")
	if got := p.View().Tab; got != "" {
		t.Errorf("without a role it offers %q", got)
	}
}

func TestALinkToTheTabsPage(t *testing.T) {
	for _, test := range []struct {
		action        palette.Action
		shown         message.Shown
		account, role string
		pasted, says  string
	}{
		{palette.CopyTabLink, s3, "000000000002", "ReadOnlyAccess", s3.URL, "Copied the console link: us-east-1 in payments-dev (000000000002), ReadOnlyAccess."},
		{palette.CopyAnyonesLink, s3, "000000000001", "", s3.URL, "Copied the console link: us-east-1 in payments-prod (000000000001). Whoever opens it chooses the role."},
		// In which account the page is nobody knows, or it is none of the portal's.
		{palette.CopyAnyonesLink, message.Shown{URL: s3.URL, Partition: "aws"}, "000000000002", "", s3.URL, "Copied the console link: us-east-1 in payments-dev (000000000002). Whoever"},
		{palette.CopyAnyonesLink, message.Shown{URL: s3.URL, Partition: "aws", Account: "999999999999"}, "000000000002", "", s3.URL, "payments-dev (000000000002)"},
	} {
		p := onTab(t, test.shown)
		p.Type("payments dev us-east-1")
		asked := p.send(p.Act(test.action))
		p.wantFields(asked, message.ConsoleLink, message.Opening{Role: message.Role{Portal: acme, AccountID: test.account, RoleName: test.role, Typed: typedIf(test.role, "payments dev")}, Pasted: test.pasted, Region: "us-east-1"}.Fields())
		text := only[palette.CopyText](p, p.Answered(asked, message.Address{URL: "https://the.link"}.Fields(), nil))
		if text.Text != "https://the.link" {
			t.Errorf("%s copies %q", test.action, text.Text)
		}
		p.nothing(p.CopiedText(text, true))
		p.wantNotice(palette.Success, test.says)
	}
}

// typedIf is what was typed for a role, if there is one.
func typedIf(role, typed string) string {
	if role == "" {
		return ""
	}
	return typed
}

// Of what is gone nothing is asked.
func TestALinkOfARowThatIsGone(t *testing.T) {
	p := onTab(t, message.Shown{URL: s3.URL, Partition: "aws"})
	on := p.aim()
	p.lists(services[:2]...)
	for _, a := range []palette.Action{palette.CopyTabLink, palette.CopyAnyonesLink} {
		p.nothing(p.Model.Act(a, on))
		p.wantNotice(palette.Failure, "Nothing was done")
	}
}

// A guarded role's console takes a second press, a link to it none.
func TestTheTabsPageOfAGuardedRole(t *testing.T) {
	p := onTab(t, s3)
	p.SetSettings(message.Settings{Consent: message.ConsentVersion, SecondKey: true})
	p.Type("payments prod")
	p.nothing(p.press("Ctrl+Shift+Enter"))
	p.wantNotice(palette.Caution, "Press again to open its console")
	p.send(p.press("Ctrl+Shift+Enter"))
	p.send(p.Act(palette.CopyTabLink))
}
