package palette_test

import (
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/palette"
)

// services is an organisation of which some accounts and roles are called like
// services.
var services = []directory.Account{
	account(1, "payments-prod", "ReadOnlyAccess", "AdministratorAccess"),
	account(2, "payments-dev", "ReadOnlyAccess", "AdministratorAccess", "GlueDeveloper"),
	account(3, "data-config", "ReadOnlyAccess", "AdministratorAccess"),
	account(4, "s3-archive", "ReadOnlyAccess"),
	account(5, "Customer Support", "ReadOnlyAccess", "Billing"),
}

func TestASearchMayEndInAService(t *testing.T) {
	const prod, dev, archive = "payments-prod ReadOnlyAccess", "payments-dev ReadOnlyAccess", "s3-archive ReadOnlyAccess"
	for _, test := range []struct{ query, selected, service string }{
		{"payments-prod s3", prod, "S3"},
		{"payments prod ro s3", prod, "S3"},
		{"payments prod admin s3", "payments-prod AdministratorAccess", "S3"},
		{"  payments-prod   S3  ", prod, "S3"},
		{"000000000001 ec2", prod, "EC2"},
		{"payprod step-functions", prod, "Step Functions"},
		{"payprod StepFunctions", prod, "Step Functions"},
		{"payprod sfn", prod, "Step Functions"},
		{"prod logs", prod, "CloudWatch Logs"},
		{"payments\tcfn", dev, "CloudFormation"},
		{"s3 ec2", archive, "EC2"},
		{"payments-prod glue", prod, "Glue"},

		// The word is an account's or a role's.
		{"s3", archive, ""},
		{"s3 archive", archive, ""},
		{"s3-archive s3", archive, ""},
		{"ro s3", archive, ""},
		{"data config", "data-config ReadOnlyAccess", ""},
		{"config", "data-config ReadOnlyAccess", ""},
		{"payments-dev glue", "payments-dev GlueDeveloper", ""},
		{"customer support", "Customer Support ReadOnlyAccess", ""},
		{"support billing", "Customer Support Billing", ""},
		{"payments-prod", prod, ""},
		// Nothing stands before it, or it is none, or none as yet.
		{"lambda", "", ""}, {"payments-prod lambd", "", ""}, {"nothing s3", "", ""},
	} {
		p := open(t, services...)
		p.Type(test.query)
		if p.painted().heading == "" && p.selection() != test.selected {
			t.Errorf("%q selects %q, want %q", test.query, p.selection(), test.selected)
		}
		row := message.OpeningFrom(sent(p.press("Ctrl+Enter")))
		if row.Service != test.service {
			t.Errorf("%q opens the page of %q, want %q", test.query, row.Service, test.service)
		}
	}
}

// A Region may stand behind a service, or by itself.
func TestASearchMayEndInARegion(t *testing.T) {
	for _, test := range []struct{ query, selected, service, region, target string }{
		{"payments-prod eu-central-1", "payments-prod ReadOnlyAccess", "", "eu-central-1", "eu-central-1 in payments-prod"},
		{"payments-prod s3 EU-Central-1", "payments-prod ReadOnlyAccess", "S3", "eu-central-1", "S3 · eu-central-1 in payments-prod"},
		{"payments-prod eu-central-1 s3", "", "", "", ""}, // the page comes first
		{"payments-prod cn-north-1", "", "", "", ""},      // not behind this portal
		{"payments-prod eu-central-9", "", "", "", ""},
		{"eu-central-1", "", "", "", ""}, {"s3 eu-central-1", "s3-archive ReadOnlyAccess", "", "eu-central-1", "eu-central-1 in s3-archive"},
		{"nothing eu-central-1", "", "", "", ""},
	} {
		p := open(t, services...)
		p.Type(test.query)
		if p.painted().heading == "" && p.selection() != test.selected {
			t.Errorf("%q selects %q, want %q", test.query, p.selection(), test.selected)
		}
		if got := p.View().Target; !strings.Contains(got, test.target) {
			t.Errorf("%q: the target is %q, want %q", test.query, got, test.target)
		}
		got := message.OpeningFrom(sent(p.press("Ctrl+Enter")))
		if got.Service != test.service || got.Region != test.region {
			t.Errorf("%q opens the page of %q in %q", test.query, got.Service, got.Region)
		}
	}
	// Credentials are not copied by the key that copies else.
	p := open(t, services...)
	p.Type("payments eu-central-1")
	p.nothing(p.press("Enter"))
	p.wantNotice(palette.Caution, "eu-central-1 is in the console")
}

// sent gives what is sent; nothing if nothing is.
func sent(effects []palette.Effect) message.Fields {
	if len(effects) == 0 {
		return nil
	}
	return effects[0].(palette.Send).Fields
}

// Of a guess no service's page is opened: the word may be a mistyped name's.
func TestWhatIsFoundByAGuessIsNoJump(t *testing.T) {
	for _, query := range []string{"paymnets-prod s3", "dta config"} {
		p := open(t, services...)
		p.Type(query)
		if got := message.OpeningFrom(sent(p.press("Ctrl+Enter"))); got.Service != "" {
			t.Errorf("%q: opens %+v", query, got)
		}
	}
}

func TestAJumpSaysWhereItLeads(t *testing.T) {
	p := open(t, services...)
	p.Type("payments-dev s3")
	if got := p.View().Target; got != "S3 in payments-dev 000000000002 · ReadOnlyAccess" {
		t.Errorf("target is %q", got)
	}
	s := p.send(p.press("Ctrl+Enter"))
	p.wantNotice(palette.Info, "Opening the console: S3 in payments-dev (000000000002), ReadOnlyAccess …")
	if got := message.OpeningFrom(s.Fields); got.Typed != "payments-dev" {
		t.Errorf("is remembered for %q", got.Typed)
	}
	p.Answered(s, nil, nil)
	p.wantNotice(palette.Success, "Console opened: S3 in payments-dev (000000000002), ReadOnlyAccess.")
	p.Type("payments-dev")
	if got := p.View().Target; got != "payments-dev 000000000002 · ReadOnlyAccess" {
		t.Errorf("then the target is %q", got)
	}
}

// The last word may have been meant for a role that is not there: credentials come of
// a search for a page only where one role is left, or once it was named.
func TestAJumpCopiesNothingUnasked(t *testing.T) {
	for key, want := range map[string]message.Type{"Enter": message.CredentialsCopy, "Ctrl+I": message.CredentialsShow} {
		p := open(t, services...)
		p.Type("payments s3")
		p.nothing(p.press(key))
		p.wantNotice(palette.Caution, "S3 is in the console. Press again for credentials of payments-dev (000000000002), ReadOnlyAccess.")
		p.press("Down")
		p.nothing(p.press(key))
		p.wantNotice(palette.Caution, "payments-dev (000000000002), GlueDeveloper.")
		s := p.send(p.press(key))
		if got := message.OpeningFrom(s.Fields); s.Type != want || got.RoleName != "GlueDeveloper" || got.Service != "" {
			t.Errorf("%s: %s of %+v", key, s.Type, got)
		}

		p.Type("payments-prod read s3")
		if s := p.send(p.press(key)); s.Type != want {
			t.Errorf("%s on the only row sends %s", key, s.Type)
		}
	}
	// Without a service one key does.
	p := open(t, services...)
	p.Type("payments")
	p.send(p.press("Enter"))
}

func TestAGuardedRowOfAJumpTakesTwoKeysAndNoMore(t *testing.T) {
	p := open(t, services...)
	p.SetSettings(message.Settings{SecondKey: true})
	p.Type("payments-prod s3")
	p.nothing(p.press("Enter"))
	p.wantNotice(palette.Caution, "Guarded: ", "Press again to copy its credentials.")
	p.send(p.press("Enter"))
}

// A listing that brings an account of that name takes the word back for it.
func TestAJumpEndsWhereAnAccountHasTheWord(t *testing.T) {
	p := open(t, services...)
	p.Type("payments-prod s3")
	p.lists(append([]directory.Account{account(9, "payments-prod-s3", "ReadOnlyAccess")}, services...)...)
	if got := p.View().Target; got != "Guarded: payments-prod-s3 000000000009 · ReadOnlyAccess" {
		t.Errorf("target is %q", got)
	}
}

func TestThePopupComesBackToAJump(t *testing.T) {
	p := open(t, services...)
	p.Type("payments-dev s3")
	next := open(t, services...)
	next.Restore(p.Saved())
	if got := next.View(); got.Query != "payments-dev s3" || got.Target != "S3 in payments-dev 000000000002 · ReadOnlyAccess" {
		t.Errorf("query %q, target %q", got.Query, got.Target)
	}
}

// What is pasted goes to the worker, which knows the page in it; it finds the account
// by its session's name.
func TestAPastedPageGoesAlong(t *testing.T) {
	p := open(t, services...)
	const page = "https://000000000001-0abc9xyz.eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1"
	p.Type(page)
	p.wantSelected("payments-prod ReadOnlyAccess")
	if got := message.OpeningFrom(sent(p.press("Ctrl+Enter"))); got.Pasted != page || got.AccountID != "000000000001" || got.Service != "" {
		t.Errorf("opens %+v", got)
	}
	p.Type("payments-prod")
	if got := message.OpeningFrom(sent(p.press("Ctrl+Enter"))); got.Pasted != "" {
		t.Errorf("opens %+v", got)
	}
}
