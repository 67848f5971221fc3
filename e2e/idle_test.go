package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// Whoever locks the screen finds the list, and no session. The browser's event is
// made by its own means: the screen of a test has nobody who could lock it.
func TestALockedScreenForgetsTheSession(t *testing.T) {
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"idle"}})
	j, portal := another(t, b, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	page := settings(t, j)
	must(t, page.Focus("#lockAfter"), page.Press("ArrowDown"))
	kept(t, page, "lockAfter\t5")
	must(t, page.Press("ArrowDown"))
	kept(t, page, "lockAfter\t15")
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, page.Dark(dark), page.Screenshot(filepath.Join(j.Shots, "setting-"+name+".png")))
	}
	lock(t, j)
	p := open(t, j)
	saw(t)(p.WaitText("#banner-text", "nobody was at this computer"))
	must(t, j.Shot("locked"))
	if n := portal.Sessions(); n != 1 {
		t.Errorf("%d sessions at the portal", n)
	}
}

func lock(t *testing.T, j *mainjob.Job) {
	t.Helper()
	worker, err := j.Browser.Worker()
	must(t, err)
	eval[bool](t, worker, "(() => { chrome.idle.onStateChanged.dispatch('locked'); return true; })()")
	worker.Detach()
}
