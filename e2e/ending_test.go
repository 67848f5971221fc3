package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// badge waits until the toolbar button says something of the given form.
func badge(t *testing.T, j *mainjob.Job, form string) {
	t.Helper()
	must(t, browser.Until(3*time.Minute, "the badge to be "+form, func() (bool, error) {
		return browser.Eval[bool](j.Browser.Control(), "chrome.action.getBadgeText({}).then(text => /^"+form+"$/.test(text))")
	}))
}

// The toolbar button counts a session's last minutes, though popup and worker are gone.
func TestTheToolbarButtonCountsTheLastMinutes(t *testing.T) {
	t.Parallel()
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second, TokenTTL: 14*time.Minute + 30*time.Second})
	page := settings(t, j)
	must(t, page.Click("#sayEnd"))
	kept(t, page, "sayEnd\ttrue")
	badge(t, j, "1[45]m")
	before := eval[string](t, page, "chrome.action.getBadgeText({})")
	holds(t, eval[string](t, page, "chrome.action.getTitle({})"), "your session ends in "+before[:2]+" min")
	must(t, j.Browser.StopWorker())
	badge(t, j, map[string]string{"15m": "1[34]m", "14m": "1[23]m"}[before]) // the alarm woke another
	for name, look := range map[string]func() error{
		"light": func() error { return page.Dark(false) }, "dark": func() error { return page.Dark(true) }, "forced": func() error { return page.Forced(true) },
	} {
		eval[bool](t, page, "(document.getElementById('session').scrollIntoView(), true)")
		must(t, look(), page.Screenshot(filepath.Join(j.Shots, name+".png")))
	}
	must(t, page.Click("#sayEnd"))
	badge(t, j, "")
}
