package e2e

import (
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// clears copies a role's credentials, which are to be taken off the clipboard after
// half a minute. It gives a page of another site, which sees the clipboard.
func clears(t *testing.T) (j *mainjob.Job, portal *portaltest.Portal) {
	t.Helper()
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"clipboardRead", "clipboardWrite", "offscreen"}})
	j, portal = another(t, b, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	page := settings(t, j)
	must(t, page.Focus("#clearAfter"), page.Press("ArrowDown"))
	kept(t, page, "clearAfter\t30")
	must(t, page.Close())
	saw(t)(j.Search("payments-prod read"))
	saw(t)(j.Copy())
	return j, portal
}

// cleared waits until the clipboard is empty.
func cleared(t *testing.T, j *mainjob.Job) {
	t.Helper()
	must(t, browser.Until(2*time.Minute, "the clipboard to be empty", func() (bool, error) {
		text, err := j.Clipboard()
		return text == "", err
	}))
}

func TestACopyIsTakenOffTheClipboardAgain(t *testing.T) {
	for name, dies := range map[string]bool{"popup closed": false, "worker stopped": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each has a browser of its own
			j, portal := clears(t)
			if text := saw(t)(j.Clipboard()); text == "" {
				t.Error("nothing was copied")
			}
			must(t, j.Close())
			if dies {
				must(t, j.Browser.StopWorker())
			}
			cleared(t, j)
			noSecrets(t, j, portal, "local")
			if !eval[bool](t, j.Browser.Control(), "chrome.runtime.getContexts({contextTypes: ['OFFSCREEN_DOCUMENT']}).then(all => all.length === 0)") {
				t.Error("the page that cleared the clipboard is there still")
			}
		})
	}
	t.Run("something else copied", func(t *testing.T) {
		t.Parallel()
		j, _ := clears(t)
		p := open(t, j)
		eval[bool](t, p, "navigator.clipboard.writeText('a poem').then(() => true)")
		must(t, browser.Until(2*time.Minute, "the clipboard to be looked at", func() (bool, error) {
			return browser.Eval[bool](j.Browser.Control(), "chrome.storage.session.get('jobs').then(s => !s.jobs.includes('clearing'))")
		}))
		if text := saw(t)(j.Clipboard()); text != "a poem" {
			t.Errorf("the clipboard holds %q", text)
		}
	})
}
