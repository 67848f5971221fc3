package backend_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/portaltest"
)

func TestProfilesAreWrittenForTheRolesThatMatch(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.SettingsSet, message.Fields{"profile": "{accountName}.{roleName}", "region": "eu-west-1", "rules": "\tprod\t\t\tus-east-2\n"})
		ask := func(p message.Profiles) message.Config {
			p.Portal = startURL
			return message.ConfigFrom(w.ok(message.ProfilesWrite, p.Fields()))
		}
		all := ask(message.Profiles{})
		d := w.directory()
		if n := strings.Count(all.Text, "[profile "); n != d.Rows() {
			t.Errorf("%d profiles of %d roles", n, d.Rows())
		}
		some := ask(message.Profiles{Account: "payments prod", Role: "*ReadOnly*"})
		for _, want := range []string{"[sso-session ", "sso_start_url = " + startURL, "[profile payments-prod.ReadOnlyAccess]\n", "region = us-east-2\n"} {
			if !strings.Contains(some.Text, want) {
				t.Errorf("no %q in %q", want, some.Text)
			}
		}
		if strings.Count(some.Text, "[profile ") != 1 || !strings.Contains(some.Changes, "New: [profile payments-prod.ReadOnlyAccess]") {
			t.Errorf("%+v", some)
		}

		// Again, in a file with somebody else's.
		mine := "[profile payments-prod.ReadOnlyAccess]\r\nlogin_session = x\r\n"
		added := ask(message.Profiles{Account: "payments prod", Existing: mine})
		if !strings.HasPrefix(added.Text, mine) || !strings.Contains(added.Changes, "is taken") {
			t.Errorf("%+v", added)
		}
		if again := ask(message.Profiles{Account: "payments prod", Existing: added.Text}); again.Text != added.Text || !strings.Contains(again.Changes, "there already") {
			t.Errorf("%+v", again)
		}
		moved := strings.ReplaceAll(added.Text, "us-east-2", "ap-south-1")
		if back := ask(message.Profiles{Account: "payments prod", Existing: moved}); back.Text != added.Text || !strings.Contains(back.Changes, "region changes from ap-south-1 to us-east-2") {
			t.Errorf("%+v", back)
		}
		if n := len(w.portal.Credentials()); n != 0 {
			t.Errorf("%d credentials were fetched", n)
		}
	})
}

func TestProfilesThatCanNotBeWrittenAreRefused(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		for _, p := range []message.Profiles{{Account: "no such account"}, {Role: "--"}, {Existing: strings.Repeat("x", 5<<20)}} {
			p.Portal = startURL
			if e := w.refused(message.ProfilesWrite, p.Fields(), message.InvalidInput); e.Hint == "" || len(e.Message) > 300 {
				t.Errorf("%+v", e)
			}
		}
	})
}
