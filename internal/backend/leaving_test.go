package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// elsewhere corrects the region of the portal.
func (w *world) elsewhere() {
	w.t.Helper()
	w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "eu-west-1"}.Fields())
}

// corrected is another address, at a host that is asked already.
const corrected = "http://127.0.0.1:9876/start"

// correct corrects the address of the portal.
func (w *world) correct() {
	w.t.Helper()
	w.ok(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: corrected, Region: "us-east-1"}.Fields())
}

// noLogout has the portal fail at sign-outs alone.
func (w *world) noLogout() {
	w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
		if strings.HasSuffix(r.URL, "/logout") {
			return refusal(503, "ServiceUnavailable")
		}
		return nil
	})
}

// lateToken has a token come for a sign-in that was given up meanwhile.
func (w *world) lateToken(giveUp func()) {
	w.t.Helper()
	w.showCode()
	poll := w.net.hold("/token")
	w.portal.Approve(w.status().UserCode)
	<-poll.arrived
	giveUp()
	close(poll.release)
	time.Sleep(2 * time.Second)
	synctest.Wait()
}

// quietLeavings are the ways to sessions that are ended without anybody's asking.
var quietLeavings = map[string]func(w *world){
	"region corrected":  func(w *world) { w.ready(); w.noLogout(); w.elsewhere() },
	"address corrected": func(w *world) { w.ready(); w.noLogout(); w.correct() },
	"sign-in cancelled": func(w *world) { w.noLogout(); w.lateToken(func() { w.ok(message.SignInCancel, ref()) }) },
}

func said(e *message.Error) bool { return e != nil && e.Code == message.Unconfirmed }

func TestSigningOutWaitsForSessionsThatEndQuietly(t *testing.T) {
	for name, reach := range quietLeavings {
		for _, passes := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
					reach(w)
					synctest.Wait()
					if passes {
						w.net.setAnswer(nil)
					}
					out := message.SignedOutFrom(w.ok(message.SignOut, ref()))
					if out.Confirmed != passes || said(w.status().Problem) == passes {
						t.Errorf("confirmed %v, want %v; status %+v", out.Confirmed, passes, w.status())
					}
					if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); out.Confirmed != passes {
						t.Errorf("confirmed %v the second time", out.Confirmed)
					}
					if passes {
						w.checkEnded()
					}
					w.asksNoMore()
				})
			})
		}
	}
}

func TestRemovingWaitsForSessionsThatEndQuietly(t *testing.T) {
	for name, reach := range quietLeavings {
		for _, passes := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
					reach(w)
					synctest.Wait()
					if passes {
						w.net.setAnswer(nil)
					}
					for range 2 {
						if _, failure := w.ask(message.PortalRemove, ref()); said(failure) == passes {
							t.Errorf("the removal answers %v, the portal passes: %v", failure, passes)
						}
					}
					if passes {
						w.checkEnded()
					}
					if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
						t.Errorf("left behind: %s", dump)
					}
				})
			})
		}
	}
}

// Nobody asked for the end of such a session, but that it is not confirmed is said.
func TestGivingUpAQuietSessionIsSaid(t *testing.T) {
	for name, reach := range quietLeavings {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				reach(w)
				time.Sleep(15 * time.Minute)
				synctest.Wait()
				if s := w.status(); !said(s.Problem) {
					t.Errorf("status %+v", s)
				}
				w.checkForgotten()
				w.quiet()
			})
		})
	}
	t.Run("to somebody who is signed in", func(t *testing.T) {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ready()
			w.noLogout()
			w.elsewhere()
			w.ok(message.SignInStart, ref())
			w.phase(message.ShowCode)
			w.portal.Approve(w.status().UserCode)
			w.phase(message.SignedIn)
			w.until("notice", 15*time.Minute, func() bool { return strings.Contains(w.status().Notice, "did not confirm") })
			if s := w.status(); s.SignIn != message.SignedIn || s.Problem != nil {
				t.Errorf("status %+v", s)
			}
		})
	})
}

// A worker that did not live while such a session was to be ended tries it once.
func TestQuietSessionIsTriedHoweverLongTheWorkerSlept(t *testing.T) {
	for name, reach := range quietLeavings {
		for _, slept := range []time.Duration{6 * time.Minute, 7 * time.Hour} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
					reach(w)
					w.kill()
					time.Sleep(slept)
					w.net.setAnswer(nil)
					w.begin()
					w.life.backend.Alarm(w.life.ctx)
					time.Sleep(time.Second)
					w.checkEnded()
					w.quiet()
					if s := w.status(); said(s.Problem) || s.Notice != "" {
						t.Errorf("status %+v", s)
					}
				})
			})
		}
	}
}

// While a removal waits for the disk, nothing is begun that it would swallow.
func TestNoSignInWhileARemovalWaits(t *testing.T) {
	for _, dies := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ready()
			session := w.session.get("session:" + startURL)
			w.ok(message.SignInStart, ref())
			w.phase(message.ShowCode)
			w.portal.Approve(w.status().UserCode)
			w.phase(message.SignedIn) // by another token
			w.listed()
			w.set(func() { w.disk = failing(message.PortalsKey) })
			w.refused(message.PortalRemove, ref(), message.Internal)
			if dies {
				w.restart()
				w.wake()
			}
			if e := w.refused(message.SignInStart, ref(), message.InvalidInput); !strings.Contains(e.Message, "being removed") {
				t.Errorf("got %+v", e)
			}
			w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
			// Whatever session there is meanwhile goes with the portal, too.
			w.set(func() { w.session.data["session:"+startURL] = session; w.disk = nil })
			w.until("removed", time.Minute, func() bool { return !strings.Contains(w.local.dump(), "127.0.0.1") })
			synctest.Wait()
			if jobs := w.jobs(); len(jobs) != 0 {
				t.Errorf("jobs are left: %v", jobs)
			}
			if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
				t.Errorf("left behind: %s", dump)
			}
			w.checkEnded()
			w.checkForgotten()
		})
	}
}

// A portal that is added again while its removal waits stays, and can be removed.
func TestAddingAgainCancelsARemovalThatWaits(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.ready()
		w.set(func() { w.disk = failing(message.DirectoryPrefix) })
		w.refused(message.PortalRemove, ref(), message.Internal)
		w.signIn()
		w.set(func() { w.disk = nil })
		w.listed()
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		w.ok(message.CredentialsCopy, w.order().Fields())
		w.quiet()
		w.ok(message.PortalRemove, ref())
		if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") || len(w.jobs()) != 0 {
			t.Errorf("left behind: %s", dump)
		}
		w.checkEnded()
	})
}

// A token that comes while or after the portal is removed is logged out, or doubt
// of that is remembered.
func TestTokenThatComesDuringARemoval(t *testing.T) {
	for _, fails := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			if fails {
				w.noLogout()
			}
			w.lateToken(func() {
				w.set(func() { w.disk = failing(message.PortalsKey) })
				w.refused(message.PortalRemove, ref(), message.Internal)
				w.set(func() { w.disk = nil })
				time.Sleep(time.Minute / 6)
			})
			time.Sleep(15 * time.Minute)
			synctest.Wait()
			if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") || len(w.jobs()) != 0 {
				t.Errorf("left behind: %s", dump)
			}
			if _, failure := w.ask(message.PortalRemove, ref()); said(failure) != fails {
				t.Errorf("asked again, it says %v", failure)
			}
			if !fails {
				w.checkEnded()
			}
		})
	}
}

func TestDoubtOfEveryRemovedPortalIsRemembered(t *testing.T) {
	const other = "http://127.0.0.1:9999/start"
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.ready()
		w.ok(message.PortalAdd, message.NewPortal{StartURL: other, Region: "us-east-1"}.Fields())
		w.noLogout()
		w.refused(message.PortalRemove, ref(), message.Unconfirmed)
		w.ok(message.PortalRemove, message.PortalRef{Portal: other}.Fields())
		w.refused(message.PortalRemove, ref(), message.Unconfirmed)
		w.ok(message.PortalRemove, message.PortalRef{Portal: other}.Fields())
		// Added and removed as it should be, it leaves none.
		w.net.setAnswer(nil)
		w.add()
		w.ok(message.PortalRemove, ref())
		w.ok(message.PortalRemove, ref())
	})
}

// Whatever record is found, its job comes to an end.
func TestRecordsOfNoEndEnd(t *testing.T) {
	record := func(more message.Fields) message.Fields {
		f := message.Fields{"portal": startURL, "startUrl": startURL, "region": "us-east-1"}
		for name, value := range more {
			f[name] = value
		}
		return f
	}
	const huge = "9223372036854775807"
	for name, f := range map[string]message.Fields{
		"leaving of no region":       record(message.Fields{"kind": "leaving", "region": "evil.com/#", "token": "xxxxxxxxxxxxxxx", "quiet": "true", "life": "0"}),
		"leaving of no region, AWS":  record(message.Fields{"kind": "leaving", "startUrl": "https://a.awsapps.com/start", "region": "evil.com/#", "token": "xxxxxxxxxxxxxxx", "quiet": "true"}),
		"leaving that never failed":  record(message.Fields{"kind": "leaving", "token": "xxxxxxxxxxxxxxx", "quiet": "true", "tries": "-" + huge, "life": huge}),
		"leaving of the future":      record(message.Fields{"kind": "leaving", "token": "xxxxxxxxxxxxxxx", "since": huge, "life": huge, "due": huge, "wait": huge}),
		"removal that waits for age": record(message.Fields{"kind": "removal", "due": huge, "wait": huge}),
		"removal of nothing":         record(message.Fields{"kind": "removal", "portal": ""}),
		"wish of the future":         record(message.Fields{"kind": "signin", "held": "true", "since": huge, "life": huge}),
		"bookmark of no life":        record(message.Fields{"kind": "bookmark", "held": "true"}),
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.add()
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if !strings.HasPrefix(r.URL, "http://127.0.0.1:8765/") {
						t.Errorf("asked: %s", r.URL)
					}
					return refusal(503, "ServiceUnavailable")
				})
				w.set(func() {
					w.session.data["jobs"] = message.Fields{"7": f.Text(), "last": huge}.Text()
					w.browser.alarm = &ring{time.Now(), time.Minute}
				})
				w.restart()
				w.wake()
				for range 30 {
					time.Sleep(time.Minute)
					w.life.backend.Alarm(w.life.ctx)
				}
				synctest.Wait()
				if n := len(w.jobs()); n != 0 || w.browser.ringing() != nil {
					t.Errorf("left: %v", w.jobs())
				}
			})
		})
	}
}

// A code dies when its time is over, though the clock was set back, also if the
// worker does meanwhile.
func TestCodeDiesWhereverTheClockWasSet(t *testing.T) {
	for _, set := range []time.Duration{-365 * 24 * time.Hour, -48 * time.Hour, -20 * time.Minute} {
		for _, dies := range []bool{false, true} {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.showCode()
				life := time.Until(time.UnixMilli(w.status().CodeExpires))
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.HasSuffix(r.URL, "/token") {
						return refusal(400, "AuthorizationPendingException")
					}
					return nil
				})
				w.setClock(set)
				if dies {
					w.restart()
					w.wake()
				}
				before := len(w.net.sent("/token"))
				time.Sleep(time.Minute)
				if left := time.UnixMilli(w.status().CodeExpires).Sub(time.Now().Add(set)); left > life {
					t.Errorf("clock set by %v: the code is shown to last %v", set, left)
				}
				time.Sleep(2 * life)
				synctest.Wait()
				if s := w.status(); s.SignIn != message.SignedOutPhase || s.Problem == nil || s.Problem.Code != message.CodeExpired {
					t.Errorf("clock set by %v: status %+v", set, s)
				}
				if n := len(w.net.sent("/token")) - before; time.Duration(n) > life/(4*time.Second) {
					t.Errorf("clock set by %v: %d polls of a code of %v", set, n, life)
				}
				w.quiet()
			})
		}
	}
}
