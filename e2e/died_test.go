package e2e

import (
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// deaths are ways in which the worker's Go program ends though its worker goes
// on, as expressions of the worker.
var deaths = map[string]string{
	"it panics": "portico.handle()",
	// As deep JSON did. Whatever is thrown while Go reads a property goes through it.
	"its stack overflows": "portico.handle('wake', { get deep() { return (function dive() { return dive() + 1; })(); } })",
}

// inWorker evaluates an expression in the worker, which runs, whatever it throws.
func inWorker(t *testing.T, j *mainjob.Job, expression string) {
	t.Helper()
	worker, err := j.Browser.Worker()
	must(t, err)
	defer worker.Detach()
	eval[bool](t, worker, "(() => { try { "+expression+" } catch {} return true; })()")
}

// fetching presses Enter on a role whose credentials the portal is slow to give.
func fetching(t *testing.T, j *mainjob.Job, portal *portaltest.Portal) *browser.Page {
	t.Helper()
	portal.SetFaults(portaltest.FaultRule{Operation: "GetRoleCredentials", Count: 1, Fault: portaltest.FaultSlow, Time: 10 * time.Second})
	before := portal.Requests()["GetRoleCredentials"]
	p := open(t, j)
	must(t, p.Press("Enter"))
	must(t, browser.Until(patience, "credentials to be asked for", func() (bool, error) {
		return portal.Requests()["GetRoleCredentials"] > before, nil
	}))
	return p
}

func TestAnswersFailWithWordsWhenTheProgramDies(t *testing.T) {
	for name, death := range deaths {
		t.Run(name, func(t *testing.T) {
			j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
			for range 2 { // the second program dies like the first
				p := fetching(t, j, portal)
				inWorker(t, j, death)
				saw(t)(p.WaitText("#notice", "stopped in the middle of this. Try again."))
				saw(t)(j.Copy())
			}
			must(t, j.Shot("copied"))
			saw(t)(j.SignOut())
		})
	}
}

func TestListingGoesOnThoughTheProgramDies(t *testing.T) {
	for name, death := range deaths {
		t.Run(name, func(t *testing.T) {
			j, _ := start(t, portaltest.Config{Accounts: 150, Roles: 1, TPS: 15, Interval: time.Second})
			saw(t)(j.AddPortal())
			saw(t)(j.SignIn())
			saw(t)(open(t, j).WaitText("#summary", "Listing roles:"))
			inWorker(t, j, death)
			must(t, j.Close())
			holds(t, saw(t)(j.Listed()), "150 roles in 150 accounts")
		})
	}
}

// The demo's portal is a program of its own in the same worker.
func TestDemoOrganisationIsBackAfterItsProgramDied(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b}
	saw(t)(j.AddDemo())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	inWorker(t, j, "context.binding.handleRequest()")
	saw(t)(j.Copy())
	inWorker(t, j, "context.binding.handleRequest(new Proxy({}, { get() { throw RangeError('no stack left'); } }))")
	saw(t)(j.Copy())
}

// Go that neither answers nor ends is replaced. Its patience is shortened by a
// worker whose seconds are short.
func TestProgramThatIsStuckIsReplaced(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	inWorker(t, j, `{
		const real = setTimeout;
		globalThis.setTimeout = (work, ms) => real(work, ms / 100);
		portico.handle = () => new Promise(() => { globalThis.setTimeout = real; });
	}`)
	p := open(t, j)
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "stopped in the middle of this. Try again."))
	saw(t)(j.Copy())
}

// The browser may lose a message altogether. This takes the popup's whole patience.
func TestPopupDoesNotWaitForEver(t *testing.T) {
	t.Parallel()
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	eval[bool](t, p, "(globalThis.real = chrome.runtime.sendMessage, chrome.runtime.sendMessage = () => new Promise(() => {}), true)")
	must(t, p.Press("Enter"))
	must(t, browser.Until(2*time.Minute, "words", func() (bool, error) {
		return browser.Eval[bool](p, "document.getElementById('notice').textContent.includes('did not answer. Close this window')")
	}))
	eval[bool](t, p, "(chrome.runtime.sendMessage = real, true)")
	saw(t)(j.Copy())
}
