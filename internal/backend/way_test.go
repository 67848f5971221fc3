package backend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/internal/ways"
)

// TestASignInStepAlone waits for polls, which bring no token yet: internal/ways
// counts what each runs.
func TestASignInStepAlone(t *testing.T) {
	inWorld(t, portaltest.Config{Interval: 7 * time.Second}, func(w *world) {
		w.showCode()
		polls := 0
		ways.Times(func() {
			time.Sleep(7 * time.Second)
			synctest.Wait()
			polls++
		})
		if n := len(w.net.sent("/token")); n != polls {
			t.Errorf("%d polls, want %d", n, polls)
		}
	})
}

// TestAListingPageAlone lists an account whose roles fit on one page: internal/ways
// counts what that runs.
func TestAListingPageAlone(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1, TPS: -1}, func(w *world) { // else some are refused
		w.ready()
		pages := 1
		ways.Times(func() {
			w.ok(message.SyncStart, ref())
			w.listed()
			pages++
		})
		if n := len(w.net.sent("/assignment/roles")); n != pages {
			t.Errorf("%d pages of roles, want %d", n, pages)
		}
	})
}

// TestACredentialAlone copies the credentials of a role: internal/ways counts what
// that runs.
func TestACredentialAlone(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1}, func(w *world) {
		w.ready()
		copies := 0
		ways.Times(func() {
			if c := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields())); len(pasted(c)) != 4 {
				t.Error("nothing was copied")
			}
			copies++
		})
		if n := len(w.portal.Credentials()); n != copies {
			t.Errorf("%d credentials, want %d", n, copies)
		}
	})
}
