package e2e

import (
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// TestAThousandAccountsThoughTheWorkerDies lists a thousand accounts while the browser
// stops the worker every seven seconds, at any instant, and somebody opens the popup and
// closes it. Nothing is lost by that, little is asked for twice, and what is written is
// what was learnt. `make stress` has it at the quota of real portals.
func TestAThousandAccountsThoughTheWorkerDies(t *testing.T) {
	const accounts, every = 1000, 7 * time.Second
	j, portal := start(t, portaltest.Config{Accounts: accounts, Roles: 3, TPS: thousandTPS, Latency: 50 * time.Millisecond, Interval: time.Second})
	// What is set to what it was is not written, nor told of.
	eval[bool](t, j.Browser.Control(), `(globalThis.written = 0, chrome.storage.local.onChanged.addListener((changes) => {
		for (const [key, { newValue = '' }] of Object.entries(changes)) written += key.length + newValue.length;
	}), true)`)
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	lives, died := 1, time.Now()
	for looks, far := 0, (message.Status{}); !(far.Done == accounts && far.Sync == message.Idle); looks++ {
		if looks%2 == 0 {
			open(t, j) // which also wakes the next worker
		} else {
			must(t, j.Close())
		}
		far = further(t, j, far, 3*time.Second)
		if time.Since(died) > every {
			must(t, j.Browser.StopWorker())
			lives, died = lives+1, time.Now()
		}
	}
	holds(t, saw(t)(j.Listed()), "3\u2009000 roles in 1\u2009000 accounts")
	kept := eval[int](t, j.Browser.Control(), `chrome.storage.local.get(null).then((all) => Object.entries(all).reduce(
		(sum, [key, value]) => sum + (/^(directory|part):/.test(key) ? key.length + value.length : 0), 0))`)
	written := eval[int](t, j.Browser.Control(), "written")
	asked := portal.Requests()["ListAccountRoles"]
	t.Logf("%d workers, %d requests for roles, %d bytes written, %.2f times the %d of the snapshot", lives, asked, written, float64(written)/float64(kept), kept)
	if written > 3*kept {
		t.Errorf("%d bytes are written, the snapshot has %d", written, kept)
	}
	// What a worker learns in a second, and what is under way, goes with it.
	if lost := 2 * thousandTPS * lives; asked > accounts+lost {
		t.Errorf("%d requests for the roles of %d accounts by %d workers", asked, accounts, lives)
	}
	if lives < 3 {
		t.Errorf("%d workers are no test", lives)
	}
}

// further waits until a listing is further than it was, or for a while, and gives how far
// it is.
func further(t *testing.T, j *mainjob.Job, was message.Status, wait time.Duration) (far message.Status) {
	t.Helper()
	_ = browser.Until(wait, "progress", func() (bool, error) {
		text, err := browser.Eval[string](j.Browser.Control(), `chrome.storage.session.get(null).then(
			(all) => Object.entries(all).find(([key]) => key.startsWith('status:'))?.[1] ?? '')`)
		must(t, err)
		far = message.ParseStatus(text)
		return far.Done > was.Done || far.Sync != was.Sync, nil
	})
	return far
}
