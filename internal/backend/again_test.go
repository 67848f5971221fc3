package backend_test

import (
	"strings"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// One account is listed again, and no other, as long as the list is new.
func TestOneAccountIsListedAgain(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 5, Roles: 2}, func(w *world) {
		w.ready()
		all := w.portal.Directory()
		all[2].Roles = append(all[2].Roles, "Auditor")
		all[3].Roles = append(all[3].Roles, "Auditor")
		w.portal.SetDirectory(all)
		before := w.portal.Requests()
		w.ok(message.SyncRetry, message.Ahead{Portal: ref()["portal"], Accounts: all[2].ID}.Fields())
		w.until("it is listed", time.Minute, func() bool { return len(w.directory().Find(all[2].ID).Roles) == 3 })
		after, d := w.portal.Requests(), w.directory()
		if n := after["ListAccountRoles"] - before["ListAccountRoles"]; n != 1 || after["ListAccounts"] != before["ListAccounts"] {
			t.Errorf("%d accounts were listed, and all %d times", n, after["ListAccounts"]-before["ListAccounts"])
		}
		if fresh, other := d.Find(all[2].ID), d.Find(all[3].ID); len(fresh.Roles) != 3 || len(other.Roles) != 2 {
			t.Errorf("roles are %v and %v", fresh.Roles, other.Roles)
		}
	})
}

func TestTextsAboutARole(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		role := w.role()
		link := message.AddressFrom(w.ok(message.ConsoleLink, message.Opening{Role: role}.Fields())).URL
		for _, part := range []string{"#/console?", "account_id=" + role.AccountID, "role_name=" + role.RoleName} {
			if !strings.Contains(link, part) {
				t.Errorf("the link is %q", link)
			}
		}
		arn := message.TextFrom(w.ok(message.RoleARN, role.Fields())).Text
		if want := "arn:aws:iam::" + role.AccountID + ":role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_" + role.RoleName + "_*"; arn != want {
			t.Errorf("the ARN is %q, want %q", arn, want)
		}
	})
}
