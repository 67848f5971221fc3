package backend_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/internal/words"
	"portico/ssocore"
)

func TestSigningOut(t *testing.T) {
	tests := []struct {
		name      string
		before    func(w *world)
		confirmed bool
	}{
		{"confirmed", func(*world) {}, true},
		{"over already", func(w *world) { w.portal.ExpireTokens() }, true},
		{"offline", func(w *world) { w.net.setOffline(true) }, false},
		{"portal fails", func(w *world) {
			w.net.setAnswer(func(*ssocore.Request) *ssocore.Response { return refusal(500, "InternalServerException") })
		}, false},
		{"portal silent", func(w *world) { w.net.setPortal(portaltest.New(portaltest.Config{Latency: time.Hour})) }, false},
		{"access taken back", func(w *world) { w.set(func() { w.browser.hosts = false }) }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				test.before(w)
				start := time.Now()
				out := message.SignedOutFrom(w.ok(message.SignOut, ref()))
				if out.Confirmed != test.confirmed || time.Since(start) > 21*time.Second {
					t.Errorf("confirmed %v after %v, want %v", out.Confirmed, time.Since(start), test.confirmed)
				}
				s := w.status()
				if said := s.Problem != nil && s.Problem.Code == message.Unconfirmed; said == test.confirmed || s.SignIn != message.SignedOutPhase {
					t.Errorf("status %+v", s)
				}
				if w.directory().Rows() != 120 {
					t.Error("the directory is gone")
				}
				w.refused(message.CredentialsCopy, w.order().Fields(), message.NotSignedIn)

				// Again, it says the same, also once the portal is asked no more.
				for range 2 {
					if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); out.Confirmed != test.confirmed {
						t.Errorf("confirmed %v the second time", out.Confirmed)
					}
					w.asksNoMore()
				}
			})
		})
	}
}

// asksNoMore waits until the portal is asked no more to end a session, of which then
// nothing is left here.
func (w *world) asksNoMore() {
	w.t.Helper()
	w.passes(6 * time.Minute)
	w.quiet()
	w.checkForgotten()
	if p := w.status().Problem; p != nil && p.Retryable {
		w.t.Errorf("still it says %v", p)
	}
}

// A portal that does not confirm a sign-out is asked again for a while, also by other
// workers. The token is with that work alone, and gone with it; what came of it is said.
func TestSignOutIsAskedForAgain(t *testing.T) {
	for _, confirms := range []bool{false, true} {
		for _, dies := range []bool{false, true} {
			t.Run(fmt.Sprintf("confirms %v, worker dies %v", confirms, dies), func(t *testing.T) {
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.ready()
					token := w.secretState()["token"]
					w.noLogout()
					if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); out.Confirmed {
						t.Error("confirmed")
					}
					if p := w.status().Problem; p == nil || !p.Retryable || !strings.Contains(p.Hint, "asks it again") {
						t.Errorf("problem %+v", p)
					}
					if all := w.local.dump() + w.session.dump(); strings.Count(all, token) != 1 || !strings.Contains(w.session.get("jobs"), token) {
						t.Errorf("the token is elsewhere than with what ends its session: %s", all)
					}
					if dies {
						w.restart()
					}
					if confirms {
						w.net.setAnswer(nil)
					}
					w.asksNoMore()
					switch s := w.status(); {
					case confirms && (s.Problem != nil || s.Notice != words.ConfirmedLater || !s.Good || w.portal.Sessions() != 0):
						t.Errorf("%d sessions at the portal, status %+v", w.portal.Sessions(), s)
					case !confirms && (s.Problem == nil || s.Problem.Code != message.Unconfirmed):
						t.Errorf("status %+v", s)
					}
				})
			})
		}
	}
}

// Who signs in anew may get the same session again: it is not ended by what is left of
// an earlier sign-out.
func TestNewSessionIsNotEndedByAnEarlierSignOut(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.noLogout()
		w.ok(message.SignOut, ref())
		w.signIn()
		w.net.setAnswer(nil)
		before := len(w.net.sent("/logout"))
		w.passes(6 * time.Minute)
		if n := len(w.net.sent("/logout")) - before; n != 0 {
			t.Errorf("signed out %d times more", n)
		}
		w.worksOn()
	})
}

// A portal that is removed meanwhile takes with it what would ask again.
func TestRemovalEndsWhatAsksAgain(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.noLogout()
		w.ok(message.SignOut, ref())
		w.refused(message.PortalRemove, ref(), message.Unconfirmed)
		if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") || len(w.jobs()) != 0 {
			t.Errorf("left behind: %s", dump)
		}
	})
}

func TestSigningOutTwiceAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(*ssocore.Request) *ssocore.Response { return refusal(500, "InternalServerException") })
		h := w.net.hold("/logout")
		outs := make(chan message.SignedOut)
		for range 2 {
			go func() {
				out, _ := w.life.backend.Handle(w.life.ctx, message.SignOut, ref())
				outs <- message.SignedOutFrom(out)
			}()
		}
		<-h.arrived
		time.Sleep(time.Second)
		if w.status().SignIn != message.Leaving {
			t.Errorf("phase %q", w.status().SignIn)
		}
		w.life.backend.Alarm(w.life.ctx) // not to be taken for a dead worker's
		synctest.Wait()
		if w.status().SignIn != message.Leaving {
			t.Errorf("phase %q after the alarm", w.status().SignIn)
		}
		close(h.release)
		if a, b := <-outs, <-outs; a.Confirmed || b.Confirmed {
			t.Errorf("confirmed %v and %v", a, b)
		}
		w.asksNoMore()
	})
}

// TestSignOutWhoseWorkerDied kills the worker at each write of a sign-out, and
// while the portal is asked. It is confirmed only if the portal confirmed it.
func TestSignOutWhoseWorkerDied(t *testing.T) {
	revivals := map[string]func(w *world){
		"the popup asks again": func(*world) {},
		"the alarm rings":      func(w *world) { w.life.backend.Alarm(w.life.ctx); synctest.Wait() },
		"the popup opens":      func(w *world) { w.ask(message.Wake, nil); synctest.Wait() },
	}
	for name, revive := range revivals {
		for _, offline := range []bool{false, true} { // after it died
			for _, kept := range []bool{false, true} {
				for n := 1; ; n++ {
					died := true
					inWorld(t, portaltest.Config{}, func(w *world) {
						w.ready()
						w.killAtWrite(n, kept)
						answer, failure := w.ask(message.SignOut, ref())
						synctest.Wait()
						if died = w.dead(); died {
							if n > 1 && w.browser.ringing() == nil && w.status().SignIn == message.Leaving {
								t.Error("no alarm")
							}
							w.net.setOffline(offline)
							w.begin()
							revive(w)
							answer, failure = w.ask(message.SignOut, ref())
						}
						if failure != nil {
							t.Fatalf("the sign-out answers %+v", failure)
						}
						confirmed := message.SignedOutFrom(answer).Confirmed
						if confirmed && w.portal.Sessions() != 0 || !confirmed && !offline {
							t.Errorf("confirmed: %v; %d sessions at the portal", confirmed, w.portal.Sessions())
						}
						if p := w.status().Problem; (p == nil) != confirmed || w.status().SignIn != message.SignedOutPhase {
							t.Errorf("status %+v", w.status())
						}
						w.asksNoMore()
					})
					if t.Failed() {
						t.Fatalf("killed at write %d (done: %v), offline %v, then %s", n, kept, offline, name)
					}
					if !died {
						break
					}
				}
			}
		}
	}
}

// The worker dies before the portal's word arrives, and the portal says no to
// whoever asks again: nothing was confirmed.
func TestSignOutWhoseAnswerWasLost(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.HasSuffix(r.URL, "/logout") {
				return refusal(400, "InvalidRequestException")
			}
			return nil
		})
		h := w.net.hold("/logout")
		go w.life.backend.Handle(w.life.ctx, message.SignOut, ref())
		<-h.arrived
		if w.secretState()["token"] != "" || w.status().SignIn != message.Leaving {
			t.Errorf("phase %q: the session is still in use", w.status().SignIn)
		}
		w.kill()
		close(h.release)
		w.begin()
		if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); out.Confirmed {
			t.Error("confirmed, though the portal never did")
		}
		if p := w.status().Problem; p == nil || p.Code != message.Unconfirmed {
			t.Errorf("problem %+v", p)
		}
		w.asksNoMore()
	})
}

func TestSigningInWhileASignOutWaits(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.HasSuffix(r.URL, "/logout") {
				return refusal(400, "InvalidRequestException")
			}
			return nil
		})
		h := w.net.hold("/logout")
		go w.life.backend.Handle(w.life.ctx, message.SignOut, ref())
		<-h.arrived
		w.ok(message.SignInStart, ref())
		time.Sleep(time.Second)
		if w.secretState()["deviceCode"] == "" {
			t.Error("the sign-in waits for the sign-out")
		}
		close(h.release)
		w.phase(message.ShowCode)
		synctest.Wait()
		if s := w.status(); s.Problem != nil || !strings.Contains(s.Notice, "yet to confirm") {
			t.Errorf("status %+v", s)
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		w.wake()
		if w.status().Notice != "" {
			t.Error("the notice stays for ever")
		}
	})
}

// Answers that come after signing out are dropped.
func TestLateAnswersAreDropped(t *testing.T) {
	tests := []struct {
		path  string
		reach func(w *world)
		leave message.Type
	}{
		{"/client/register", func(w *world) { w.add(); w.ok(message.SignInStart, ref()) }, message.SignOut},
		{"/device_authorization", func(w *world) { w.add(); w.ok(message.SignInStart, ref()) }, message.SignInCancel},
		{"/token", func(w *world) { w.showCode(); w.portal.Approve(w.status().UserCode) }, message.SignOut},
		{"/token", func(w *world) { w.showCode(); w.portal.Approve(w.status().UserCode) }, message.SignInCancel},
		{"/assignment/accounts", func(w *world) { w.signIn() }, message.SignOut},
		{"/assignment/roles", func(w *world) { w.signIn() }, message.SignOut},
	}
	for _, test := range tests {
		t.Run(test.path+" "+string(test.leave), func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				h := w.net.hold(test.path)
				test.reach(w)
				<-h.arrived
				w.ok(test.leave, ref())
				left, disk := w.secretState(), w.local.dump()
				close(h.release)
				time.Sleep(time.Minute)
				now := w.secretState()
				delete(now, "told") // what the answer says of the clock is no part of the session
				delete(left, "told")
				if !maps.Equal(now, left) || w.local.dump() != disk {
					t.Errorf("stored after the end:\n%s\nbefore:\n%s", w.secretState(), left)
				}
				if s := w.status(); s.SignIn != message.SignedOutPhase || s.Sync != message.Idle || s.Problem != nil {
					t.Errorf("status %+v", s)
				}
				w.quiet()
				w.checkForgotten()
				w.checkEnded()
				w.ready()
			})
		})
	}
}

func TestCredentialsThatComeAfterSigningOut(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		h := w.net.hold("/federation/credentials")
		type answer struct {
			result  message.Fields
			failure *message.Error
		}
		answers := make(chan answer)
		go func() {
			result, failure := w.life.backend.Handle(w.life.ctx, message.CredentialsCopy, w.order().Fields())
			answers <- answer{result, failure}
		}()
		<-h.arrived
		w.ok(message.SignOut, ref())
		close(h.release)
		a := <-answers
		if a.failure == nil || a.failure.Code != message.NotSignedIn {
			t.Errorf("failure %v", a.failure)
		}
		if message.CopyFrom(a.result) != (message.Copy{}) {
			t.Error("credentials were handed over after signing out")
		}
	})
}

// Signing out leaves the list, unless that is to be forgotten: then nothing names an
// account any more, also where a listing was under way.
func TestSigningOutForgetsTheListIfThatIsChosen(t *testing.T) {
	for _, forget := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			w.ok(message.SettingsSet, message.Settings{ForgetList: forget}.Changes(message.Settings{}))
			w.set(func() {
				w.session.data[message.ViewKey] = "portal\t" + startURL + "\n\n1\t0\t0\t0\nlog-archive\t1\tAdmin"
			})
			h := w.net.hold("/assignment/roles")
			w.ok(message.SyncStart, ref())
			<-h.arrived
			name := w.portal.Directory()[0].Name
			w.ok(message.SignOut, ref())
			close(h.release)
			w.passes(time.Minute)
			kept := strings.Contains(w.local.dump()+w.session.dump(), name)
			if kept == forget {
				t.Errorf("forgetting chosen: %v, and the list is kept: %v", forget, kept)
			}
			w.quiet()
		})
	}
}
