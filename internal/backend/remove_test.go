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
			go w.life.backend.Handle(w.life.ctx, message.CredentialsCopy, w.order().Fields())
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
				removed := make(chan *message.Error)
				go func() {
					_, failure := w.life.backend.Handle(w.life.ctx, message.PortalRemove, ref())
					removed <- failure
				}()
				synctest.Wait()
				if _, listed := message.ParsePortals(w.local.get(message.PortalsKey)).Find(startURL); listed {
					t.Error("removing waits for the answer")
				}
				close(h.release)
				if failure := <-removed; failure != nil {
					t.Error(failure)
				}
				time.Sleep(time.Minute)
				if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
					t.Errorf("left behind: %s", dump)
				}
				w.checkForgotten()
				w.checkEnded()
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

// TestWorkerKilledWhileRemoving kills the worker at each write of a removal. The
// removal is finished by the next worker, whatever starts it, and a popup that
// asks again hears the truth.
func TestWorkerKilledWhileRemoving(t *testing.T) {
	revivals := map[string]func(w *world){
		"the popup asks again": func(*world) {},
		"the alarm rings":      func(w *world) { w.life.backend.Alarm(w.life.ctx); synctest.Wait() },
		"the popup opens":      func(w *world) { w.ask(message.Wake, nil); synctest.Wait() },
	}
	for name, revive := range revivals {
		for _, kept := range []bool{false, true} {
			for n := 1; ; n++ {
				died := true
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.ready()
					w.killAtWrite(n, kept)
					_, failure := w.ask(message.PortalRemove, ref())
					synctest.Wait()
					if died = w.dead(); died {
						w.begin()
						revive(w)
						_, failure = w.ask(message.PortalRemove, ref())
						synctest.Wait()
					}
					if failure != nil {
						t.Errorf("the removal answers %+v", failure)
					}
					if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") || len(w.jobs()) != 0 {
						t.Errorf("left behind: %s", dump)
					}
					w.checkForgotten()
					w.checkEnded()
					w.life.backend.Alarm(w.life.ctx) // if it is left, for the last time
					if w.browser.ringing() != nil {
						t.Error("the alarm goes on")
					}
				})
				if t.Failed() {
					t.Fatalf("killed at write %d (done: %v), then %s", n, kept, name)
				}
				if !died {
					break
				}
			}
		}
	}
}
