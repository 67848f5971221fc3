package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/credfmt/list"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// hasty presses Enter and is at the terminal before the portal answers.
func hasty(t *testing.T, j *mainjob.Job, portal *portaltest.Portal, answers time.Duration) {
	t.Helper()
	portal.SetFaults(portaltest.FaultRule{Operation: "GetRoleCredentials", Fault: portaltest.FaultSlow, Time: answers})
	saw(t)(j.Search("payments-prod read"))
	asked := portal.Requests()["GetRoleCredentials"]
	must(t, open(t, j).Press("Enter"), j.Close())
	must(t, browser.Until(patience, "credentials to be asked for", func() (bool, error) {
		return portal.Requests()["GetRoleCredentials"] > asked, nil
	}))
}

// That the worker finishes copies is offered with the first that was missed. Once it
// is allowed, it does, however late the portal answers, and says so.
func TestACopyIsFinishedThoughThePopupIsGone(t *testing.T) {
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"clipboardWrite", "offscreen"}})
	j, portal := another(t, b, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	hasty(t, j, portal, 300*time.Millisecond)
	p := open(t, j)
	saw(t)(p.WaitText("#banner-text", "Portico can finish a copy"))
	must(t, j.Shot("offered"), p.Click("#banner-action"))
	saw(t)(p.WaitText("#notice", "From now on copies are finished"))
	for _, answers := range []time.Duration{300 * time.Millisecond, 9 * time.Second} {
		hasty(t, j, portal, answers)
		must(t, browser.Until(patience, "the mark on the button", func() (bool, error) {
			return browser.Eval[bool](b.Control(), "chrome.action.getBadgeText({}).then(text => text === '✓')")
		}))
		issued := portal.Credentials()
		onClipboard(t, j, list.POSIX, issued[len(issued)-1])
		holds(t, saw(t)(open(t, j).WaitText("#notice", "Copied")), "for bash and zsh: payments-prod", "ReadOnlyAccess")
		must(t, j.Shot("finished"))
		if !eval[bool](t, b.Control(), "chrome.runtime.getContexts({contextTypes: ['OFFSCREEN_DOCUMENT']}).then(all => all.length === 0)") {
			t.Error("the page that wrote the clipboard is there still")
		}
	}
	// A worker that ends takes what the portal answers with it.
	hasty(t, j, portal, 9*time.Second)
	must(t, j.Browser.StopWorker())
	portal.SetFaults()
	holds(t, saw(t)(open(t, j).WaitText("#notice", "Not copied")), "payments-prod", "ReadOnlyAccess", "press Enter to copy it now")
	noSecrets(t, j, portal, "local")
}

// Enter, then the terminal: the popup is gone before the portal has answered. The
// next one says that nothing was copied, offers it, and copies it at one key.
func TestACopyThatThePopupDidNotLiveToMakeIsOffered(t *testing.T) {
	for name, test := range map[string]struct {
		answers time.Duration // after
		dies    bool
	}{"soon": {300 * time.Millisecond, false}, "late": {9 * time.Second, false}, "never, as the worker is gone": {9 * time.Second, true}} {
		t.Run(name, func(t *testing.T) {
			j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
			hasty(t, j, portal, test.answers)
			if test.dies {
				must(t, j.Browser.StopWorker())
			}
			portal.SetFaults()
			holds(t, saw(t)(open(t, j).WaitText("#notice", "Not copied")), "payments-prod", "ReadOnlyAccess", "press Enter to copy it now")
			must(t, j.Shot("missed"))
			holds(t, saw(t)(j.Copy()), "Copied for bash and zsh: payments-prod", "ReadOnlyAccess")
			must(t, j.Close())
			p := open(t, j)
			must(t, p.Wait("!!portico.event"))
			holds(t, saw(t)(j.Search("audit")), "audit")
			if said := eval[string](t, p, "document.getElementById('notice').textContent"); said != "" {
				t.Errorf("the popup after it says %q", said)
			}
			noSecrets(t, j, portal, "local", "session")
		})
	}
}

// After a hundred copies nothing secret is left: on no disk and in no memory that
// outlives the popup, on the page, or in what popup and worker have said.
func TestAHundredCopiesLeaveNoSecret(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 60, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	overhear(t, p)
	worker, err := j.Browser.Worker()
	must(t, err)
	defer worker.Detach()
	eval[bool](t, worker, `(() => {
		globalThis.heard = '';
		for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = (...said) => { heard += said.map(String).join(' ') + '\n'; };
		return true;
	})()`)
	for range 100 {
		must(t, p.Press("ArrowDown"), p.Wait("document.getElementById('notice').textContent === ''"), p.Press("Enter"))
		saw(t)(p.WaitText("#notice", "Copied for "))
	}
	if n := len(portal.Credentials()); n != 100 {
		t.Errorf("%d credentials were issued", n)
	}
	places := map[string]string{
		"the page":             eval[string](t, p, "document.documentElement.outerHTML"),
		"its fields":           eval[string](t, p, "[...document.querySelectorAll('input, textarea, select')].map(e => e.value).join('\\n')"),
		"the popup’s console":  eval[string](t, p, "localStorage.overheard ?? ''"),
		"the worker’s console": eval[string](t, worker, "heard"),
	}
	for _, area := range []string{"local", "session", "sync"} {
		places[area] = eval[string](t, j.Browser.Control(), "chrome.storage."+area+".get(null).then(all => JSON.stringify(all))")
	}
	for _, c := range portal.Credentials() {
		for place, text := range places {
			for _, secret := range []string{c.AccessKeyID, c.SecretAccessKey, c.SessionToken} {
				if strings.Contains(text, secret) {
					t.Fatalf("%s holds what was copied", place)
				}
			}
		}
	}
}
