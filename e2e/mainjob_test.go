package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

func TestMainJob(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 60, Roles: 3, Interval: time.Second})
	open(t, j)
	must(t, j.Shot("add"))
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Listed()), "180 roles in 60 accounts")
	must(t, j.Shot("list"))
	if n := portal.Requests()["ListAccountRoles"]; n < 60 {
		t.Errorf("roles of 60 accounts were listed by %d requests", n)
	}

	row := saw(t)(j.Search("paymnets prod"))
	holds(t, row, "payments-prod")
	must(t, j.Shot("search"))

	said := saw(t)(j.Copy())
	must(t, j.Shot("copied"))
	issued := portal.Credentials()
	if len(issued) != 1 {
		t.Fatalf("the portal issued %d credentials for one copy", len(issued))
	}
	// The sentence names portal, account and role as the portal has them.
	holds(t, said, "payments-prod", issued[0].AccountID, issued[0].RoleName, strings.TrimPrefix(strings.TrimSuffix(j.StartURL, "/start"), "http://"))
	holds(t, row, issued[0].AccountID, issued[0].RoleName)

	vars, err := j.Paste()
	must(t, err)
	want := map[string]string{
		"AWS_ACCESS_KEY_ID":         issued[0].AccessKeyID,
		"AWS_SECRET_ACCESS_KEY":     issued[0].SecretAccessKey,
		"AWS_SESSION_TOKEN":         issued[0].SessionToken,
		"AWS_CREDENTIAL_EXPIRATION": issued[0].Expiration.UTC().Format(time.RFC3339),
	}
	for name, value := range want {
		if vars[name] != value {
			t.Errorf("bash has %s=%q, the portal issued %q", name, vars[name], value)
		}
	}
	if len(vars) != len(want) {
		t.Errorf("bash has %d AWS variables, want %d", len(vars), len(want))
	}

	// The popup that opens next goes on where the last one was.
	open(t, j)
	if again := saw(t)(j.Selected()); again != row {
		t.Errorf("reopened on %q, was on %q", again, row)
	}
	holds(t, saw(t)(j.Console()), "payments-prod", issued[0].AccountID, issued[0].RoleName)

	saw(t)(j.Bookmark())
	must(t, j.Shot("bookmarked"))
	link := j.StartURL + "/#/console?account_id=" + issued[0].AccountID + "&role_name=" + issued[0].RoleName
	if marks := saw(t)(j.Bookmarks()); marks != "payments-prod · "+issued[0].RoleName+" -> "+link {
		t.Errorf("bookmarks: %s", marks)
	}
	holds(t, saw(t)(j.Bookmark()), "already")
	if marks := saw(t)(j.Bookmarks()); strings.Count(marks, "->") != 1 {
		t.Errorf("bookmarked twice: %s", marks)
	}

	saw(t)(j.SignOut())
	must(t, j.Shot("signed-out"))
	if n := portal.Requests()["Logout"]; n != 1 {
		t.Errorf("the portal saw %d logouts", n)
	}
	noSecrets(t, j, portal, "local")
	// The registrations of the extension, which are no one's session, remain: the one by
	// which the portal was asked before it was added, and behind its code the other.
	given := portal.Secrets()
	noSecrets(t, j, portal, "session", given[0], given[2])
}

func TestSessionThatEndsIsSaidAndTheListStays(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 3, Roles: 2, TPS: -1, Interval: time.Second})
	portal.ExpireTokens()
	p := open(t, j)
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "sign in first"))
	saw(t)(p.WaitText("#banner", "session has ended"))
	saw(t)(p.WaitText("#banner", "Sign in"))
	must(t, j.Shot("expired"))
	if n := eval[int](t, p, "document.querySelectorAll('.row').length"); n != 6 {
		t.Errorf("%d rows are left of 6", n)
	}
	must(t, p.Click("#banner-action"))
	saw(t)(j.SignIn())
	phase(t, j, "in")
	saw(t)(j.Copy())
}

func TestNoAssignments(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: -1, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(open(t, j).WaitText("#empty", "No accounts assigned"))
	must(t, j.Shot("no-assignments"))
}

func TestDenied(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	if !portal.Deny(code) {
		t.Fatalf("the portal does not know %s", code)
	}
	holds(t, saw(t)(open(t, j).WaitText("#signin-hint", "denied")), "sign in again")
	must(t, j.Shot("denied"))
}
