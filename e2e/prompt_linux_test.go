package e2e

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// newScreen is a screen that nobody sees, until the test ends.
func newScreen(t *testing.T) *browser.Screen {
	t.Helper()
	s, err := browser.NewScreen()
	must(t, err)
	t.Cleanup(s.Close)
	return s
}

// The prompt closes the popup, so that the worker has to go on by itself.
func TestPromptForThePortalIsDeniedThenAllowed(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild, Headed: true, Screen: newScreen(t), Proxy: newProxy(t).URL})
	j := &mainjob.Job{Browser: b, StartURL: "https://example.awsapps.com/start", Region: "eu-west-1"}
	p := open(t, j)
	must(t, p.Fill("#start-url", j.StartURL), p.Fill("#region", j.Region))
	_ = p.Click("#add-submit") // the popup may be gone before it is confirmed
	must(t, j.Closed())
	must(t, b.Deny())
	saw(t)(open(t, j).WaitText("#add-error", "Portico has no access"))
	if got := typed(t, open(t, j)); got != j.StartURL+" in "+j.Region {
		t.Errorf("the form holds %q", got)
	}
	_ = open(t, j).Click("#add-submit") // as above
	must(t, j.Closed())
	must(t, b.Allow("{origins: ['https://portal.sso.eu-west-1.amazonaws.com/*', 'https://oidc.eu-west-1.amazonaws.com/*', 'http://127.0.0.1/*']}"))
	back, err := j.Returned()
	must(t, err)
	// There is no network here: what shows is that the worker has tried it.
	saw(t)(back.WaitText("#add-error", "No answer from oidc.eu-west-1.amazonaws.com"))
	if got := eval[string](t, b.Control(), "chrome.storage.local.get('portals').then((s) => String(s.portals))"); strings.Contains(got, "example") {
		t.Errorf("before it has answered, stored is %q", got)
	}
	must(t, back.Click("#add-other"))
	holds(t, saw(t)(back.WaitText("#signin", "No answer from oidc.eu-west-1.amazonaws.com")), "Sign in")

	// What was granted for the portal goes with it.
	if rules := eval[int](t, b.Control(), "chrome.declarativeNetRequest.getSessionRules().then(rules => rules.length)"); rules != 1 {
		t.Errorf("%d rules, want the one for the portal’s hosts", rules)
	}
	if !eval[bool](t, b.Control(), "chrome.runtime.sendMessage({v: '1', type: 'portal.remove', args: {portal: '"+j.StartURL+"'}}).then(answer => answer.ok)") {
		t.Error("the portal is not removed")
	}
	if eval[bool](t, b.Control(), "chrome.permissions.getAll().then(all => all.origins.length > 0)") {
		t.Error("the access to its hosts is kept")
	}
	if rules := eval[int](t, b.Control(), "chrome.declarativeNetRequest.getSessionRules().then(rules => rules.length)"); rules != 0 {
		t.Errorf("%d rules are kept", rules)
	}
}

// Who does not let the browser lead back uses a code, which takes the portal's hosts alone.
func TestPromptForThePortalIsDeniedThenAllowedForACode(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild, Headed: true, Screen: newScreen(t), Proxy: newProxy(t).URL})
	j := &mainjob.Job{Browser: b, StartURL: "https://example.awsapps.com/start", Region: "eu-west-1"}
	saw(t)(j.AddPortal())
	must(t, j.Closed())
	must(t, b.Deny())
	saw(t)(open(t, j).WaitText("#add-other", "Use a code"))
	_ = open(t, j).Click("#add-other") // the popup may be gone before it is confirmed
	must(t, j.Closed())
	must(t, b.Allow("{origins: ['https://portal.sso.eu-west-1.amazonaws.com/*', 'https://oidc.eu-west-1.amazonaws.com/*']}"))
	back, err := j.Returned()
	must(t, err)
	saw(t)(back.WaitText("#add-error", "No answer from oidc.eu-west-1.amazonaws.com"))
	if eval[bool](t, b.Control(), "chrome.permissions.contains({origins: ['http://127.0.0.1/*']})") {
		t.Error("more is granted than a code takes")
	}
	// Who leaves the form gives the access back.
	must(t, back.Click("#add-cancel"))
	must(t, browser.Until(patience, "access to be given back", func() (bool, error) {
		return browser.Eval[bool](b.Control(), "chrome.permissions.getAll().then((all) => all.origins.length === 0)")
	}))
}

func TestPromptForBookmarksIsAllowed(t *testing.T) {
	portal := portaltest.New(portaltest.Config{Accounts: 6, Roles: 2, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	b := launch(t, browser.Options{Extension: devBuild, Headed: true, Screen: newScreen(t)})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	_ = open(t, j).Press("Ctrl+d") // as above
	must(t, j.Closed())
	must(t, b.Allow("{permissions: ['bookmarks']}"))
	back, err := j.Returned()
	must(t, err)
	holds(t, saw(t)(back.WaitText("#notice", "Bookmarked")), row[0], row[2])
	holds(t, saw(t)(j.Bookmarks()), row[1], row[2])
}

// What takes permissions is chosen once the browser has been allowed to give them.
func TestPromptForClearingTheClipboardIsDeniedThenAllowed(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild, Headed: true, Screen: newScreen(t)})
	page, err := b.NewTab(b.Address("options/options.html"))
	must(t, err, page.Wait(settled))
	choose := func() { must(t, page.Focus("#clearAfter"), page.Press("ArrowDown")) }
	choose()
	must(t, b.Deny())
	saw(t)(page.WaitText("#clearAfter-error", "Nothing changes"))
	if eval[string](t, page, "document.getElementById('clearAfter').value") != "" {
		t.Error("a choice shows that was not made")
	}
	choose()
	must(t, b.Allow("{permissions: ['clipboardRead', 'clipboardWrite', 'offscreen']}"))
	kept(t, page, "clearAfter\t30")
	saw(t)(page.WaitText("#finish-says", "Copies are finished, also after the window has closed."))
}

// A copy that was missed has finishing offered once; who said no finds it in the
// settings.
func TestPromptForFinishingCopiesIsDeniedThenAllowed(t *testing.T) {
	b := launch(t, browser.Options{Extension: devBuild, Headed: true, Screen: newScreen(t)})
	j, portal := another(t, b, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	hasty(t, j, portal, 300*time.Millisecond)
	saw(t)(open(t, j).WaitText("#banner-text", "Portico can finish a copy"))
	_ = open(t, j).Click("#banner-action") // as above
	must(t, j.Closed(), b.Deny())
	page, err := b.NewTab(b.Address("options/options.html"))
	must(t, err, page.Wait(settled))
	saw(t)(page.WaitText("#finish-says", "A copy is lost"))
	must(t, page.Click("#finish"), b.Allow("{permissions: ['clipboardWrite', 'offscreen']}"))
	saw(t)(page.WaitText("#finish-says", "Copies are finished"))
	hasty(t, j, portal, 300*time.Millisecond)
	must(t, browser.Until(patience, "the mark on the button", func() (bool, error) {
		return browser.Eval[bool](b.Control(), "chrome.action.getBadgeText({}).then(text => text === '✓')")
	}))
	holds(t, saw(t)(open(t, j).WaitText("#notice", "Copied")), "payments-prod", "ReadOnlyAccess")
}
