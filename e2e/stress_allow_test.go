//go:build stress

package e2e

import (
	"cmp"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// The steps of a sign-in whose page leads back.
var (
	pageAsked   = step{"page asked for", "RegisterClient"}
	pageOpen    = step{"page open", "CreateToken"}
	pageAllowed = step{"page allowed", "CreateToken"}
)

func TestSigningInByTheBrowserSurvivesEveryKillTimesEveryFault(t *testing.T) {
	var mu sync.Mutex
	passed := make(map[ordeal]bool)
	steps := []step{pageAsked, pageOpen, pageAllowed}
	t.Run("ordeal", func(t *testing.T) {
		for _, step := range steps {
			for _, fault := range faults {
				o := ordeal{step, fault}
				if !o.hits() || o.stored() {
					continue // what is stored is the other table's
				}
				t.Run(step.name+" "+string(cmp.Or(fault, "kill")), func(t *testing.T) {
					t.Parallel()
					defer func() {
						mu.Lock()
						defer mu.Unlock()
						passed[o] = !t.Failed()
					}()
					o.signIn(t)
				})
			}
		}
	})
	t.Log(table(steps, passed))
}

// signIn has a person sign in by the browser, and puts them through the ordeal.
func (o ordeal) signIn(t *testing.T) {
	portal := portaltest.New(portaltest.Config{Accounts: 12, Roles: 2, TPS: -1})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	if o.fault == portaltest.FaultReset {
		server.Config.SetKeepAlivesEnabled(false) // or the browser tries again on its own
	}
	b := launch(t, browser.Options{Extension: devBuild})
	p := &person{t: t, portal: portal, j: &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}}
	if o.fault != noFault {
		portal.SetFaults(o.rule())
	}
	saw(t)(p.j.AddPortal())
	if o.step == pageAsked {
		asked(t, p.j)
		must(t, b.StopWorker(), p.j.Close())
	}
	// Whoever looks at the popup, or at the page that opened, presses what is there.
	killed := o.step == pageAsked
	kill := func(at step) {
		if at == o.step && !killed {
			killed = true
			must(t, b.StopWorker())
		}
	}
	if err := browser.Until(2*time.Minute, "everything listed", func() (bool, error) {
		if open, err := b.Open("/authorize"); err == nil && open {
			page, err := b.Page("/authorize")
			if err != nil {
				return false, nil
			}
			kill(pageOpen)
			_ = page.Click("button[value=allow]") // the page may be gone before it is confirmed
			kill(pageAllowed)
			// A popup that is opened now would close with the tab.
			_ = browser.Until(5*time.Second, "the page to lead back", func() (bool, error) {
				asks, _ := b.Open("/authorize")
				hands, _ := b.Open("callback/callback.html")
				return !asks && !hands, nil
			})
			return false, nil
		}
		popup, err := p.j.Open()
		if err != nil {
			return false, nil // the next look opens another
		}
		if listed(popup) {
			return true, nil
		}
		if !shows(popup, "#signin-waiting") {
			p.press(popup)
		}
		return false, nil
	}); err != nil {
		popup, _ := p.j.Open()
		shown, _ := popup.Text("body")
		t.Fatalf("%v; the popup shows %.400q", err, shown)
	}
	if o.fault != noFault && portal.Spoiled() == 0 {
		t.Error("no request met the fault: nothing was tested")
	}
	if !killed {
		t.Error("the worker was never killed")
	}
	if got := rules(t, b); got != "" {
		t.Errorf("the way back is left: %q", got)
	}
	noSecrets(t, p.j, portal, "local")
}
