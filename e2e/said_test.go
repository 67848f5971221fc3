package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// besides waits until the settings' page says something at a place, in view.
func besides(t *testing.T, page *browser.Page, place, text string) {
	t.Helper()
	saw(t)(page.WaitText(place, text))
	must(t, page.Wait(`(() => {
		const box = document.querySelector('`+place+`').getBoundingClientRect();
		const above = Math.max(0, document.querySelector('header').getBoundingClientRect().bottom);
		return box.height > 0 && box.top >= above - 1 && box.bottom <= innerHeight + 1 && document.querySelector('`+place+`').role === 'status';
	})()`))
}

// focused waits until the element of a selector has the focus.
func focused(t *testing.T, page *browser.Page, selector string) {
	t.Helper()
	must(t, page.Wait("document.activeElement === document.querySelector('"+selector+"')"))
}

// severalPortals adds others beside the one that is signed in.
func severalPortals(t *testing.T, j *mainjob.Job, others ...string) *browser.Page {
	t.Helper()
	for _, other := range others {
		eval[bool](t, j.Browser.Control(), "chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: '"+other+"', region: 'us-east-1'}}).then((a) => a.ok)")
	}
	must(t, j.Close())
	return settings(t, j)
}

// What came of something on the settings' page is said next to what was pressed.
func TestSettingsSayBesideWhatWasPressed(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := severalPortals(t, j, "http://127.0.0.1:9/start")
	eval[bool](t, page, "(() => { URL.createObjectURL = () => 'blob:none'; return true; })()")
	for _, size := range [][2]int64{{1280, 800}, {400, 300}} {
		must(t, page.Resize(size[0], size[1]))
		for _, step := range []struct{ press, place, says string }{
			{"#copy-unset", "#unset-said", "opied"},
			{"#portals li:first-child .save-bookmarks", "#portals li:first-child .said", "Nothing of this portal is bookmarked."},
			{"#portals li:nth-child(2) .look-revoked", "#portals li:nth-child(2) .said", "No bookmark of this portal"},
			{"#export", "#export-said", "Saved as a download."},
			{"#diagnose", "#diagnose-said", "opied"},
			{"#leave-all", "#leave-said", "Signed out."},
		} {
			// What it said at another size is not taken for what it says now.
			eval[bool](t, page, "(() => { document.querySelector('"+step.place+"').textContent = ''; return true; })()")
			must(t, page.Click(step.press))
			besides(t, page, step.place, step.says)
		}
	}
	must(t, page.Resize(1280, 800), page.Fill("#portals li:nth-child(2) input", "Customer B"), page.Press("Tab"))
	besides(t, page, "#portals li:nth-child(2) .said", "Kept.")
	takeIn(t, page, "{")
	besides(t, page, "#import-said", "it is not JSON")
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, page.Dark(dark), page.Screenshot(filepath.Join(j.Shots, "said-"+name+".png")))
	}
}

// Whether something is meant that can't be undone is asked so that Escape, and Enter at
// once, leave all as it is; the focus is never lost.
func TestSettingsAskBeforeTheyErase(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := severalPortals(t, j, "http://127.0.0.1:9/start")
	const row = "#portals li:nth-child(2) "
	for _, asks := range []struct{ press, place, cancel string }{
		{"#erase", "#erase-sure", "#erase-cancel"},
		{row + ".remove", row + ".sure:not([hidden])", row + ".sure:not([hidden]) button"},
	} {
		for _, leave := range []string{"Escape", "Enter"} {
			must(t, page.Focus(asks.press), page.Press("Enter"))
			focused(t, page, asks.cancel)
			must(t, page.Press(leave))
			focused(t, page, asks.press)
			must(t, page.Wait("!document.querySelector('"+asks.place+"')?.checkVisibility()"))
		}
		must(t, page.Press("Enter"))
		focused(t, page, asks.cancel)
		for name, dark := range map[string]bool{"light": false, "dark": true} {
			must(t, page.Dark(dark), page.Screenshot(filepath.Join(j.Shots, "asks-"+asks.press[1:4]+"-"+name+".png")))
		}
	}
	must(t, page.Press("Tab"), page.Press("Enter"))
	besides(t, page, "#portals-said", "Removed.")
	must(t, page.Wait("document.querySelectorAll('#portals li').length === 1 && document.activeElement !== document.body"))
}
