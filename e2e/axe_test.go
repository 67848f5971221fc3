//go:build lint

package e2e

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// axeFile is what `make lint` installs; see scripts/lint.
const axeFile = "../build/lint/node_modules/axe-core/axe.min.js"

// fewest is how many rules apply to even the barest state; fewer means that axe
// did not look at the popup.
const fewest = 15

// accessible has axe-core look at the popup, light and dark, and fails the test
// for whatever it finds.
func accessible(t *testing.T, p *browser.Page, state string) {
	t.Helper()
	if !eval[bool](t, p, "!!globalThis.axe") {
		// A content security policy does not hold for what the debugger runs.
		eval[bool](t, p, string(read(t, axeFile))+"\n;true")
	}
	for _, dark := range []bool{false, true} {
		must(t, p.Dark(dark))
		var found struct {
			Passes     int
			Undecided  []string
			Violations []string
		}
		report := eval[string](t, p, `axe.run().then(({passes, incomplete, violations}) => JSON.stringify({
			passes: passes.length,
			undecided: incomplete.map(rule => rule.id),
			violations: violations.flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target + ': ' + n.failureSummary)),
		}))`)
		must(t, json.Unmarshal([]byte(report), &found))
		name := state + ", " + map[bool]string{false: "light", true: "dark"}[dark]
		t.Logf("%-28s %2d rules passed, undecided %v, %d violations", name, found.Passes, found.Undecided, len(found.Violations))
		if found.Passes < fewest {
			t.Errorf("%s: only %d rules passed: axe has not seen the popup", name, found.Passes)
		}
		for _, v := range found.Violations {
			t.Errorf("%s: %s", name, v)
		}
	}
	must(t, p.Dark(false))
}

// Every state of the popup is accessible, as far as a program can tell.
func TestAxe(t *testing.T) {
	if _, err := os.Stat(axeFile); err != nil {
		t.Fatalf("axe-core is not installed, run make lint: %v", err)
	}
	t.Run("signing in and listing", axeSigningIn)
	t.Run("using the list", axeList)
	t.Run("nothing assigned", axeNoAssignments)
	t.Run("denied", axeDenied)
	t.Run("demo organisation", axeDemo)
}

func axeSigningIn(t *testing.T) {
	// Slow enough for the listing to be looked at while it goes on.
	j, portal := start(t, portaltest.Config{Accounts: 200, Roles: 1, TPS: 4, Interval: time.Second})
	accessible(t, open(t, j), "add portal")
	url := j.StartURL
	j.StartURL = "https://example.com"
	saw(t)(j.AddPortal())
	must(t, open(t, j).Wait("document.querySelector('#add-error').textContent !== ''"))
	accessible(t, open(t, j), "refused portal")
	j.StartURL = url
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	accessible(t, open(t, j), "sign-in code")

	_ = open(t, j).Click("#signin-primary") // which closes the popup, maybe before it is confirmed
	page, err := j.Browser.Page("/start/device")
	must(t, err, j.Closed(), j.Browser.ClosePage(page))
	saw(t)(open(t, j).WaitText("#signin-title", "Waiting for your approval"))
	accessible(t, open(t, j), "waiting")

	if !portal.Approve(code) {
		t.Fatalf("the portal does not know %s", code)
	}
	saw(t)(open(t, j).WaitText("#summary", "Listing roles"))
	accessible(t, open(t, j), "listing")
	holds(t, saw(t)(open(t, j).Text("#summary")), "Listing roles")
}

func axeList(t *testing.T) {
	portal := portaltest.New(portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"bookmarks"}})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	accessible(t, open(t, j), "list")

	saw(t)(j.Search("prod"))
	accessible(t, open(t, j), "search")
	saw(t)(j.Copy())
	accessible(t, open(t, j), "copied")
	saw(t)(j.Bookmark())
	accessible(t, open(t, j), "bookmarked")
	saw(t)(j.Search("zzzzqqq"))
	saw(t)(open(t, j).WaitText("#empty", "No match"))
	accessible(t, open(t, j), "no match")
	saw(t)(j.Search(""))
	must(t, open(t, j).Click("#portal"), open(t, j).Wait("!document.querySelector('#menu').hidden"))
	accessible(t, open(t, j), "menu")
	must(t, open(t, j).Press(kb.Escape), open(t, j).Wait("document.querySelector('#menu').hidden"))

	address := server.Listener.Addr().String()
	server.Close()
	must(t, open(t, j).Press(kb.Enter))
	saw(t)(open(t, j).WaitText("#notice", "No answer"))
	accessible(t, open(t, j), "offline")

	t.Cleanup(restart(t, portal, address).Close)
	portal.ExpireTokens()
	must(t, open(t, j).Press(kb.Enter))
	saw(t)(open(t, j).WaitText("#banner", "Sign in"))
	accessible(t, open(t, j), "expired")
	must(t, open(t, j).Click("#banner-action"))
	saw(t)(j.SignIn())
	phase(t, j, "in")
	saw(t)(j.SignOut())
	accessible(t, open(t, j), "signed out")
}

func axeNoAssignments(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: -1, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(open(t, j).WaitText("#empty", "No accounts assigned"))
	accessible(t, open(t, j), "no assignments")
}

func axeDenied(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	if code := saw(t)(j.Code()); !portal.Deny(code) {
		t.Fatalf("the portal does not know %s", code)
	}
	p := open(t, j)
	if text := saw(t)(p.WaitText("#signin-hint", "denied")); !strings.Contains(text, "sign in") {
		t.Errorf("denied: %s", text)
	}
	accessible(t, p, "denied")
}

// The demo organisation's own pages are pages of the extension too.
func axeDemo(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b}
	saw(t)(j.AddDemo())
	code := saw(t)(j.Code())
	_ = open(t, j).Click("#signin-primary") // as above
	must(t, j.Closed())
	page, err := b.Page("/demo/portal.html")
	must(t, err)
	saw(t)(page.WaitText("main", code))
	accessible(t, page, "demo, allow")
	must(t, page.Click("button[value=allow]"))
	saw(t)(page.WaitText("main", "pproved"))
	accessible(t, page, "demo, allowed")
	must(t, b.ClosePage(page))

	saw(t)(j.Listed())
	accessible(t, open(t, j), "demo, list")
	row := strings.Split(saw(t)(j.Search("payments prod")), " | ")
	page, err = b.NewTab(j.StartURL + "/#/console?account_id=" + row[1] + "&role_name=" + row[2])
	must(t, err)
	saw(t)(page.WaitText("main", row[1]))
	accessible(t, page, "demo, console")
}
