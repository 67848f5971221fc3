package e2e

import (
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// Enter, then the terminal: the popup is gone before the portal has answered. The
// next one says that nothing was copied, offers it, and copies it at one key.
func TestACopyThatThePopupDidNotLiveToMakeIsOffered(t *testing.T) {
	for name, test := range map[string]struct {
		answers time.Duration // after
		dies    bool
	}{"soon": {300 * time.Millisecond, false}, "late": {9 * time.Second, false}, "never, as the worker is gone": {9 * time.Second, true}} {
		t.Run(name, func(t *testing.T) {
			j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
			portal.SetFaults(portaltest.FaultRule{Operation: "GetRoleCredentials", Fault: portaltest.FaultSlow, Time: test.answers})
			saw(t)(j.Search("payments-prod read"))
			asked := portal.Requests()["GetRoleCredentials"]
			p := open(t, j)
			must(t, p.Press("Enter"), j.Close())
			must(t, browser.Until(patience, "credentials to be asked for", func() (bool, error) {
				return portal.Requests()["GetRoleCredentials"] > asked, nil
			}))
			if test.dies {
				must(t, j.Browser.StopWorker())
			}
			portal.SetFaults()
			holds(t, saw(t)(open(t, j).WaitText("#notice", "Not copied")), "payments-prod", "ReadOnlyAccess", "press Enter to copy it now")
			must(t, j.Shot("missed"))
			holds(t, saw(t)(j.Copy()), "Copied for bash and zsh: payments-prod", "ReadOnlyAccess")
			must(t, j.Close())
			p = open(t, j)
			must(t, p.Wait("!!portico.event"))
			holds(t, saw(t)(j.Search("audit")), "audit")
			if said := eval[string](t, p, "document.getElementById('notice').textContent"); said != "" {
				t.Errorf("the popup after it says %q", said)
			}
			noSecrets(t, j, portal, "local", "session")
		})
	}
}
