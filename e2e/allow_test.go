package e2e

import (
	"fmt"
	"path/filepath"
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
	must(t, page.WaitGone(), j.Closed()) // nobody waits for the page, and the popup stood above it
	_, err := j.Returned()
	must(t, err)
	code := saw(t)(j.Code())
	if !portal.Approve(code) {
		t.Error("the code is not the portal's")
	}
	saw(t)(j.Listed())
}

// A page that was closed is said to be, and can be opened again.
func TestASignInPageThatWasClosed(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	must(t, allowPage(t, j).Close())
	p := open(t, j)
	saw(t)(p.WaitText("#signin-title", "The sign-in page was closed"))
	must(t, j.Shot("closed"))
	_ = p.Click("#signin-primary") // the popup may be gone before it is confirmed
	saw(t)(j.Allow())
	saw(t)(j.Listed())
}

// A page in which the person has gone on is left alone when the sign-in is cancelled. Who
// comes back to it and allows there is told that nobody waits, and not by the browser.
func TestASignInPageThatWasLeft(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	at := eval[string](t, page, "location.href")
	must(t, page.Navigate(j.StartURL))
	p := open(t, j)
	saw(t)(p.WaitText("#signin-title", "Waiting for your approval"))
	must(t, p.Click("#signin-cancel"))
	saw(t)(p.WaitText("#signin-title", "Sign in to"))
	must(t, j.Close(), page.Navigate(at))
	press(t, page, "allow")
	back, err := j.Browser.Page("callback/callback.html")
	must(t, err)
	holds(t, saw(t)(back.WaitText("main", "Nothing was changed")), "waits for no such answer")
	must(t, browser.Until(patience, "the way back to be taken off", func() (bool, error) { return rules(t, j.Browser) == "", nil }))
	if n := portal.Sessions(); n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// What comes to our page from elsewhere changes nothing.
func TestAForeignAnswerEndsNoSignIn(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	foreign, err := j.Browser.NewTab("http://127.0.0.1:1/oauth/callback?state=x&code=y&error=access_denied")
	must(t, err)
	holds(t, saw(t)(foreign.WaitText("main", "Nothing was changed")), "Portico waits for no such answer")
	must(t, foreign.Screenshot(filepath.Join(j.Shots, "foreign.png")), foreign.Close())
	byHand, err := j.Browser.NewTab(j.Browser.Address("callback/callback.html"))
	must(t, err)
	saw(t)(byHand.WaitText("main", "Nothing to do here"))
	must(t, byHand.Screenshot(filepath.Join(j.Shots, "by-hand.png")), byHand.Close())
	press(t, page, "allow")
	must(t, page.WaitGone())
	_, err = j.Returned()
	must(t, err)
	saw(t)(j.Listed())
}

// One sign-in is offered at a time; who goes on to another portal meanwhile hears there
// that it is done.
func TestASignInIsToldWhereAnotherPortalShows(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	saw(t)(j.AddPortal())
	page := allowPage(t, j)
	p := open(t, j)
	must(t, p.Wait("!document.getElementById('signin').hidden"), p.Click("#portal"), p.Wait("!document.getElementById('menu').hidden && document.getElementById('menu-signin').hidden"), j.Shot("menu"))
	eval[bool](t, j.Browser.Control(), `chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: 'http://127.0.0.1:9/start', region: 'us-east-1'}})
		.then((a) => chrome.runtime.sendMessage({v: '1', type: 'signin.cancel', args: {portal: a.data.portal}})).then((a) => a.ok)`)
	must(t, j.Close())
	press(t, page, "allow")
	must(t, page.WaitGone())
	_, err := j.Returned()
	must(t, err)
	p = open(t, j)
	saw(t)(p.WaitText("#portal-name", "127.0.0.1:9"))
	holds(t, saw(t)(p.WaitText("#notice", "Signed in to")), strings.TrimPrefix(strings.TrimSuffix(j.StartURL, "/start"), "http://"))
	must(t, j.Shot("told"))
}

// A portal that does not answer is named after a moment, long before it is given up.
func TestASilentPortalIsNamed(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1, Faults: []portaltest.FaultRule{{Operation: "RegisterClient", Fault: portaltest.FaultTimeout}}})
	// Added as an import does: what is typed in is asked before, and not added then.
	eval[bool](t, j.Browser.Control(), fmt.Sprintf(`chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: %q, region: %q}}).then((a) => a.ok)`, j.StartURL, j.Region))
	holds(t, saw(t)(open(t, j).WaitText("#signin-hint", "No answer from")), "127.0.0.1")
	must(t, j.Shot("silent"))
}
