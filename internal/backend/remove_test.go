package backend_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

func TestRemovingErasesEverything(t *testing.T) {
	states := map[string]func(w *world){
		"wanted":     func(w *world) { w.set(func() { w.browser.hosts = false }); w.add() },
		"code shown": func(w *world) { w.showCode() },
		"listing":    func(w *world) { w.signIn(); time.Sleep(time.Second) },
		"listed":     func(w *world) { w.ready(); w.set(func() { w.session.data[message.ViewKey] = "portal\t" + startURL }) },
		"expired":    func(w *world) { w.ready(); time.Sleep(9 * time.Hour); w.wake() },
		"signed out": func(w *world) { w.ready(); w.ok(message.SignOut, ref()) },
	}
	for name, reach := range states {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{TPS: 10}, func(w *world) {
				reach(w)
				signedIn := w.secretState()["token"] != ""
				w.ok(message.PortalRemove, ref())
				synctest.Wait()
				writes := w.written()
				time.Sleep(time.Minute)
				w.life.backend.Alarm(w.life.ctx)
				w.wake()
				w.life.backend.Granted(w.life.ctx)
				synctest.Wait()
				if w.written() != writes {
					t.Errorf("%d writes after it was removed", w.written()-writes)
				}
				for _, dump := range []string{w.local.dump(), w.session.dump()} {
					if strings.Contains(dump, "127.0.0.1") || slices.ContainsFunc(w.portal.Secrets(), func(s string) bool { return strings.Contains(dump, s) }) {
						t.Errorf("left behind: %s", dump)
					}
				}
				if n := w.portal.Requests()["Logout"]; signedIn && n == 0 {
					t.Errorf("the portal was not told")
				}
				if w.browser.ringing() != nil {
					t.Error("the alarm goes on")
				}
			})
		})
	}
}

func TestRemovingOfflineSaysSo(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setOffline(true)
		w.refused(message.PortalRemove, ref(), message.Unconfirmed)
		if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
			t.Errorf("left behind: %s", dump)
		}
	})
}

// Whatever is under way when a portal is removed finds that it is gone.
func TestNothingComesBackAfterRemoval(t *testing.T) {
	tests := []struct {
		path  string
		reach func(w *world)
	}{
		{"/client/register", func(w *world) { w.add(); w.ok(message.SignInStart, ref()) }},
		{"/device_authorization", func(w *world) { w.add(); w.ok(message.SignInStart, ref()) }},
		{"/token", func(w *world) { w.showCode(); w.portal.Approve(w.status().UserCode) }},
		{"/assignment/accounts", func(w *world) { w.signIn() }},
		{"/assignment/roles", func(w *world) { w.signIn() }},
		{"/federation/credentials", func(w *world) {
			w.ready()
			go w.life.backend.Handle(w.life.ctx, message.CredentialsGet, w.role().Fields())
		}},
		{"/logout", func(w *world) {
			w.ready()
			go w.life.backend.Handle(w.life.ctx, message.SignOut, ref())
		}},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				h := w.net.hold(test.path)
				test.reach(w)
				<-h.arrived
				w.ok(message.PortalRemove, ref())
				writes := w.written()
				close(h.release)
				time.Sleep(time.Minute)
				if w.written() != writes || strings.Contains(w.local.dump()+w.session.dump(), "127.0.0.1") {
					t.Errorf("%d writes after it was removed", w.written()-writes)
				}
				w.add() // and it can be added again
			})
		})
	}
}

func TestAlarmWithoutPortalsIsCleared(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.alarm = &ring{time.Now(), time.Minute} })
		w.life.backend.Alarm(w.life.ctx)
		if w.browser.ringing() != nil {
			t.Error("the alarm goes on")
		}
	})
}

// TestWorkerKilledWhileRemoving kills the worker at each write of a removal: the
// portal is gone, or is still there to be removed again.
func TestWorkerKilledWhileRemoving(t *testing.T) {
	for _, kept := range []bool{false, true} {
		for n := 1; n <= 3; n++ {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.killAtWrite(n, kept)
				w.ask(message.PortalRemove, ref())
				if !w.dead() {
					t.Fatal("the worker was not killed")
				}
				w.begin()
				w.life.backend.Alarm(w.life.ctx)
				if _, listed := message.ParsePortals(w.local.get(message.PortalsKey)).Find(startURL); listed {
					w.ask(message.PortalRemove, ref())
				}
				w.wake()
				synctest.Wait()
				if dump := w.local.dump() + w.session.dump(); len(w.session.data) != 0 || len(w.local.data) != 1 {
					t.Errorf("killed at write %d (done: %v), left behind: %s", n, kept, dump)
				}
			})
		}
	}
}
