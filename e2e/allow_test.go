package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// allowPage waits for the page on which the sign-in is allowed.
func allowPage(t *testing.T, j *mainjob.Job) *browser.Page {
	t.Helper()
	page, err := j.Browser.Page("/authorize")
	must(t, err, j.Closed())
	saw(t)(page.WaitText("h1", "Allow access?"))
	return page
}

// press presses a button that leads the page away.
func press(t *testing.T, page *browser.Page, decision string) {
	t.Helper()
	_ = page.Click("button[value=" + decision + "]") // the page may be gone before it is confirmed
}

// rules are the ways back that the browser has.
func rules(t *testing.T, b *browser.Browser) string {
	t.Helper()
	return eval[string](t, b.Control(), "chrome.declarativeNetRequest.getSessionRules().then((all) => all.filter((r) => r.action.type === 'redirect').map((r) => r.condition.regexFilter).join())")
}

func TestASignInThatIsDeniedOnItsPage(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	if got := rules(t, j.Browser); !strings.Contains(got, "127") {
		t.Errorf("the way back is %q", got)
	}
	press(t, page, "deny")
	back, err := j.Browser.Page("callback/callback.html")
	must(t, err)
	holds(t, saw(t)(back.WaitText("main", "Not signed in")), "The sign-in was denied.")
	if at := eval[string](t, back, "location.href"); strings.Contains(at, "state") || strings.Contains(at, "?") {
		t.Errorf("the address keeps what came: %s", at)
	}
	must(t, back.Screenshot(shots(t)+"/denied.png"), back.Leave())
	holds(t, saw(t)(open(t, j).WaitText("#signin-hint", "denied")), "sign in again")
	must(t, j.Shot("popup"))
	if got := rules(t, j.Browser); got != "" {
		t.Errorf("the way back is left: %q", got)
	}
}

// The worker is gone when the page leads back: that starts the next.
func TestASignInPageOutlivesTheWorker(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	must(t, j.Browser.StopWorker())
	press(t, page, "allow")
	must(t, page.WaitGone())
	_, err := j.Returned()
	must(t, err)
	saw(t)(j.Listed())
}

// Where the page leads nowhere a code does it, and the page then leads to nobody.
func TestACodeInPlaceOfTheSignInPage(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	p := open(t, j)
	saw(t)(p.WaitText("#signin-title", "Waiting for your approval"))
	must(t, j.Shot("waiting"), p.Click("#signin-other"))
	code := saw(t)(j.Code())
	must(t, j.Close())
	press(t, page, "allow")
	saw(t)(page.WaitText("body", "127.0.0.1")) // what browsers say of a page that they do not open
	if !portal.Approve(code) {
		t.Error("the code is not the portal's")
	}
	saw(t)(j.Listed())
}

// What comes to our page from elsewhere changes nothing.
func TestAForeignAnswerEndsNoSignIn(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	foreign, err := j.Browser.NewTab("http://127.0.0.1:1/oauth/callback?state=x&code=y&error=access_denied")
	must(t, err)
	holds(t, saw(t)(foreign.WaitText("main", "Not signed in")), "No sign-in waits for this page")
	must(t, foreign.Close())
	press(t, page, "allow")
	must(t, page.WaitGone())
	_, err = j.Returned()
	must(t, err)
	saw(t)(j.Listed())
}
