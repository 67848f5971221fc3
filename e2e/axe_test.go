//go:build lint

package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

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
	everyState(t, accessible)
	t.Run("demo organisation", axeDemo)
	t.Run("settings", axeSettings)
}

// The settings' page, with all that it can show.
func axeSettings(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Fill("#template", "{"), page.Click("#add-rule"))
	saw(t)(page.WaitText("#template-error", "no end"))
	saw(t)(page.WaitText("#profiles-changes", "New: "))
	accessible(t, page, "settings")
	must(t, page.Click("#diagnose"), page.Click("#portals .remove"), page.Click("#erase"))
	saw(t)(page.WaitText("#diagnose-said", "opied"))
	accessible(t, page, "settings that ask")
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
	accessible(t, page, "demo-allow")
	must(t, page.Click("button[value=allow]"))
	saw(t)(page.WaitText("main", "pproved"))
	accessible(t, page, "demo-allowed")
	must(t, page.Close())

	saw(t)(j.Listed())
	accessible(t, open(t, j), "demo-list")
	row := strings.Split(saw(t)(j.Search("payments prod")), " | ")
	page, err = b.NewTab(j.StartURL + "/#/console?account_id=" + row[1] + "&role_name=" + row[2])
	must(t, err)
	saw(t)(page.WaitText("main", row[1]))
	accessible(t, page, "demo-console")
}
