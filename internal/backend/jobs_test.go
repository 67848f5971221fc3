package backend_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// forAnHour lets an hour pass as a browser does: the worker is stopped when it
// has been idle, the alarm starts the next, and now and then the popup opens.
func (w *world) forAnHour() {
	w.t.Helper()
	for n := range 120 {
		time.Sleep(30 * time.Second)
		synctest.Wait()
		w.restart()
		if w.browser.due() {
			w.life.backend.Alarm(w.life.ctx)
		}
		if n%10 == 9 {
			w.ask(message.Wake, nil)
		}
	}
}

// A listing that fails is tried again ever later, whoever lives or dies, and at
// once when somebody asks for it.
func TestFailingListingIsTriedAgainEverLater(t *testing.T) {
	tests := map[string]func(w *world){
		"can not be stored": func(w *world) { w.set(func() { w.disk = failing(message.DirectoryPrefix) }) },
		"portal fails": func(w *world) {
			w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { return refusal(503, "ServiceUnavailable") }))
		},
		"log-in page of a hotel": func(w *world) {
			w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response {
				return &ssocore.Response{Status: 200, Header: ssocore.Header{"content-type": "text/html"}, Body: []byte("<html>")}
			}))
		},
		"our own fault": func(w *world) {
			w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { panic("nobody thought of it") }))
		},
	}
	for name, break_ := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				break_(w)
				w.signIn()
				w.forAnHour()
				attempts := func() int { return len(w.net.sent("/assignment/accounts")) }
				if n := attempts(); n < 4 || n > 3*12 { // three requests an attempt
					t.Errorf("%d requests in an hour", n)
				}
				p := w.status().Problem
				if p == nil || !p.Retryable || !strings.Contains(p.Hint, "by itself") || w.status().Sync != message.Idle {
					t.Errorf("status %+v", w.status())
				}
				before := attempts()
				w.ok(message.SyncStart, ref())
				synctest.Wait() // no time passes
				if attempts() == before {
					t.Error("asked for, it waits")
				}
				time.Sleep(time.Minute)
				w.net.setAnswer(nil)
				w.set(func() { w.disk = nil })
				w.ok(message.SyncStart, ref())
				w.listed()
				if w.status().Problem != nil {
					t.Errorf("problem %v is left", w.status().Problem)
				}
				w.quiet()
			})
		})
	}
}

// The accounts are listed, and then nothing more is learnt: that is no success.
func TestListingWhoseRolesFailIsTriedAgainEverLater(t *testing.T) {
	answers := map[string]func() *ssocore.Response{
		"outage": func() *ssocore.Response { return refusal(503, "ServiceUnavailable") },
		"gateway": func() *ssocore.Response {
			return &ssocore.Response{Status: 403, Header: ssocore.Header{"content-type": "text/html"}, Body: []byte("<html>")}
		},
		"our own fault": func() *ssocore.Response { panic("nobody thought of it") },
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.Contains(r.URL, "/assignment/roles") {
						return answer()
					}
					return nil
				})
				w.signIn()
				time.Sleep(time.Hour)
				synctest.Wait()
				busy := map[int]bool{} // minutes of the second half hour in which roles were asked for
				for _, r := range w.net.sent("/assignment/roles") {
					if ago := time.Since(r.at); ago < 30*time.Minute {
						busy[int(ago/time.Minute)] = true
					}
				}
				if len(busy) > 12 {
					t.Errorf("roles were asked for in %d of 30 minutes", len(busy))
				}
				w.net.setAnswer(nil)
				w.ok(message.SyncStart, ref())
				w.until("listing", 10*time.Minute, func() bool { return !pending(w.secretState()) })
				if w.directory().Rows() != 120 || w.status().Problem != nil {
					t.Errorf("%d rows, status %+v", w.directory().Rows(), w.status())
				}
			})
		})
	}
}

// A listing that takes its worker with it each time is not begun at every ring
// for ever.
func TestListingThatKillsItsWorkerIsBegunEverLater(t *testing.T) {
	for _, path := range []string{"/assignment/accounts", "/assignment/roles"} {
		t.Run(path, func(t *testing.T) { killedByAListing(t, path) })
	}
}

func killedByAListing(t *testing.T, path string) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		kills := 0
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if !strings.Contains(r.URL, path) {
				return nil
			}
			w.set(func() {
				if w.life.ctx.Err() == nil {
					kills++
				}
				w.life.end()
			})
			return refusal(500, "")
		})
		w.signIn()
		for range 120 {
			synctest.Wait()
			if w.dead() {
				w.begin()
			}
			time.Sleep(30 * time.Second)
			if w.browser.due() {
				w.life.backend.Alarm(w.life.ctx)
			}
		}
		if kills < 4 || kills > 12 {
			t.Errorf("%d workers died in an hour", kills)
		}
		w.net.setAnswer(nil)
		synctest.Wait()
		if w.dead() {
			w.begin()
		}
		w.ok(message.SyncStart, ref())
		w.listed()
	})
}

// The portal takes its time to fail. Somebody who signs in meanwhile does not
// wait for that, and neither does a bookmark or a sign-out.
func TestNothingWaitsForAListing(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response {
			time.Sleep(14 * time.Second)
			return refusal(503, "ServiceUnavailable")
		}))
		w.signIn()
		time.Sleep(time.Second)
		w.ok(message.SignInStart, ref())
		synctest.Wait() // no time passes
		if s := w.status(); s.SignIn != message.ShowCode || s.Sync != message.ListingAccounts {
			t.Fatalf("status %+v", s)
		}
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		w.set(func() { w.browser.marks = true })
		w.life.backend.Granted(w.life.ctx)
		synctest.Wait()
		if len(w.bookmarks.all()) != 1 {
			t.Error("a bookmark waits for the listing")
		}
		start := time.Now()
		if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); !out.Confirmed || time.Since(start) > time.Second {
			t.Errorf("confirmed %v after %v", out.Confirmed, time.Since(start))
		}
		time.Sleep(14 * time.Second) // until the portal has failed
	})
}

// A listing goes on with the token of the session there is, whenever that began.
func TestListingGoesOnWithTheRenewedToken(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 400}, func(w *world) {
		w.signIn()
		time.Sleep(3 * time.Second)
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		w.portal.Approve(w.status().UserCode)
		time.Sleep(6 * time.Second)
		w.phase(message.SignedIn)
		w.listed()
		if n := w.portal.Requests()["ListAccounts"]; n != 4 {
			t.Errorf("%d pages of accounts, want 4: they were there", n)
		}
		if n := len(w.net.sent("/assignment/roles")) - w.portal.Throttled(); n != 400 {
			t.Errorf("%d requests for the roles of 400 accounts: slices ask twice", n)
		}
		w.quiet()
	})
}

// A wish that was refused ends: what is granted later, for something else, does
// not make it come true.
func TestRefusedWishesAreForgotten(t *testing.T) {
	forgetting := map[string]func(w *world){
		"the worker lives on": func(*world) { time.Sleep(2 * time.Minute) },
		"the worker dies":     func(w *world) { w.kill(); time.Sleep(2 * time.Minute); w.begin() },
		"a day later":         func(w *world) { w.kill(); time.Sleep(24 * time.Hour); w.begin() },
		"the clock is set back": func(w *world) {
			w.kill()
			time.Sleep(2 * time.Minute)
			w.setClock(-time.Hour)
			w.begin()
		},
		"the browser fails meanwhile": func(w *world) {
			w.set(func() { w.browser.broken = errDisk })
			time.Sleep(3 * time.Minute)
			w.set(func() { w.browser.broken = nil })
		},
	}
	for name, forget := range forgetting {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.set(func() { w.browser.hosts = false })
				w.add()
				w.refused(message.SignInStart, ref(), message.NeedsAccess)
				w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
				forget(w)
				w.set(func() { w.browser.hosts, w.browser.marks = true, true })
				w.life.backend.Granted(w.life.ctx)
				w.ask(message.Wake, nil)
				synctest.Wait()
				if s := w.status(); s.SignIn != message.SignedOutPhase || s.Problem != nil || s.Notice != "" {
					t.Errorf("status %+v", s)
				}
				if len(w.bookmarks.all()) != 0 || len(w.net.sent("")) != 0 {
					t.Errorf("came true: %d bookmarks, %d requests", len(w.bookmarks.all()), len(w.net.sent("")))
				}
				if len(w.jobs()) != 0 {
					t.Errorf("left: %v", w.jobs())
				}
			})
		})
	}
}

// Somebody may need a while to read what the browser asks.
func TestWishesAreRememberedWhileTheQuestionIsRead(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.add()
		w.kill()
		time.Sleep(110 * time.Second)
		w.begin()
		w.set(func() { w.browser.hosts = true })
		w.life.backend.Granted(w.life.ctx)
		w.phase(message.ShowCode)
	})
}

// A fault of our own in one job is told as one, and leaves the others alone.
func TestPanicsAreOneJobsOwn(t *testing.T) {
	tests := []struct {
		path  string
		phase message.SignInPhase // of the sign-in meanwhile
	}{
		{"/client/register", message.Starting},
		{"/device_authorization", message.Starting},
		{"/token", message.ShowCode},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.HasSuffix(r.URL, test.path) {
						var nothing *ssocore.Response
						return &ssocore.Response{Status: nothing.Status}
					}
					return nil
				})
				w.add()
				w.ok(message.SignInStart, ref())
				time.Sleep(time.Minute)
				s := w.status()
				if s.SignIn != test.phase || s.Problem == nil || s.Problem.Code != message.Internal || s.Problem.Hint == "" {
					t.Errorf("status %+v", s)
				}
				if n := len(w.net.sent(test.path)); n > 5 {
					t.Errorf("%d requests in a minute", n)
				}
				w.net.setAnswer(nil)
				w.ok(message.SignInStart, ref())
				w.phase(message.ShowCode)
				w.portal.Approve(w.status().UserCode)
				w.until("signed in", 3*time.Minute, func() bool { return w.status().SignIn == message.SignedIn })
				w.listed()
			})
		})
	}
}

// Roles are listed by several at once, none of which may take the worker along.
func TestPanicInTheMiddleOfAListing(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.Contains(r.URL, "/assignment/roles") {
				panic("nobody thought of it")
			}
			return nil
		})
		w.signIn()
		time.Sleep(time.Second)
		if p := w.status().Problem; p == nil || p.Code != message.Internal || !p.Retryable {
			t.Errorf("problem %+v", p)
		}
		w.ok(message.CredentialsCopy, w.order().Fields())
		w.net.setAnswer(nil)
		w.listed()
	})
}

func TestPanicInAnEvent(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		code := w.status().UserCode
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		w.set(func() { w.browser.faulty = true })
		w.life.backend.Granted(w.life.ctx)
		w.life.backend.Alarm(w.life.ctx)
		w.refused(message.Wake, nil, message.Internal)
		time.Sleep(10 * time.Second)
		w.set(func() { w.browser.faulty = false })
		w.portal.Approve(code)
		w.phase(message.SignedIn)
		w.listed()
	})
}

// A token that can't be stored is not left at the portal: nobody could ever end
// its session.
func TestTokenThatCanNotBeStoredIsLoggedOut(t *testing.T) {
	for _, cancelled := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.showCode()
			poll := w.net.hold("/token")
			w.portal.Approve(w.status().UserCode)
			<-poll.arrived
			if cancelled {
				w.ok(message.SignInCancel, ref())
			}
			w.set(func() { w.disk = failing("") })
			close(poll.release)
			time.Sleep(10 * time.Second)
			w.checkEnded()
			w.set(func() { w.disk = nil })
			time.Sleep(time.Minute)
			if s := w.status(); s.SignIn != message.SignedOutPhase || !cancelled && s.Problem == nil {
				t.Errorf("status %+v", s)
			}
			w.ready()
		})
	}
}

func TestPanicInARequestIsAnAnswer(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(*ssocore.Request) *ssocore.Response { panic("nobody thought of it") })
		w.refused(message.CredentialsCopy, w.order().Fields(), message.Internal)
		if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); out.Confirmed {
			t.Error("confirmed by a panic")
		}
		w.asksNoMore()
		w.net.setAnswer(nil)
		w.ready()
	})
}

// Whatever a portal answers, it is not asked in a storm, and no dead code is
// shown.
func TestNonsenseAnswersAreNoStorm(t *testing.T) {
	code := func(interval, life string) string {
		return `{"deviceCode":"dc","userCode":"BBBB-CCCC","verificationUri":"` + startURL + `/#/device","expiresIn":` + life + `,"interval":` + interval + `}`
	}
	tests := []struct{ name, path, body string }{
		{"token of nothing", "/token", `{}`},
		{"token of null", "/token", `{"accessToken":null}`},
		{"empty token", "/token", `{"accessToken":"","expiresIn":3600}`},
		{"token of nothing at all", "/token", ``},
		{"no registration", "/client/register", `{}`},
		{"registration of empty texts", "/client/register", `{"clientId":"","clientSecret":""}`},
		{"registration that is a list", "/client/register", `[]`},
		{"no code", "/device_authorization", `{}`},
		{"empty code", "/device_authorization", `{"deviceCode":"","userCode":"","verificationUri":"` + startURL + `/","expiresIn":600,"interval":5}`},
		{"interval of nothing", "/device_authorization", code("0", "600")},
		{"interval below nothing", "/device_authorization", code("-5", "600")},
		{"interval without end", "/device_authorization", code("99999999", "3")},
		{"life of nothing", "/device_authorization", code("5", "0")},
		{"life below nothing", "/device_authorization", code("5", "-600")},
		{"life of a second", "/device_authorization", code("5", "1")},
		{"life without end", "/device_authorization", code("1", "9223372036")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if !strings.HasSuffix(r.URL, test.path) {
						return nil
					}
					return &ssocore.Response{Status: 200, Body: []byte(test.body)}
				})
				w.add()
				w.ok(message.SignInStart, ref())
				for range 2 * 60 {
					time.Sleep(500 * time.Millisecond)
					synctest.Wait()
					if s := w.status(); s.UserCode != "" && s.CodeExpires < time.Now().UnixMilli() {
						t.Fatalf("a dead code is shown: %+v", s)
					}
				}
				if n := len(w.net.sent("")); n > 65 {
					t.Errorf("%d requests in a minute", n)
				}
				sent := w.net.sent("/token")
				for i := range sent[:max(0, len(sent)-1)] {
					if pause := sent[i+1].at.Sub(sent[i].at); pause < time.Second {
						t.Fatalf("polled after %v", pause)
					}
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				if s := w.status(); s.UserCode != "" || s.SignIn != message.SignedOutPhase || s.Problem == nil {
					t.Errorf("after an hour: %+v", s)
				}
				w.quiet()
			})
		})
	}
}

// A listing that was done while the clock was ahead does not keep the next from
// being done.
func TestListingDoneWhileTheClockWasAhead(t *testing.T) {
	for _, ahead := range []time.Duration{3 * time.Hour, 300 * 24 * time.Hour, -3 * time.Hour} {
		for _, ask := range []message.Type{message.SyncStart, message.Wake} {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.setClock(ahead)
				w.signIn()
				w.listed()
				w.setClock(0)
				before := w.portal.Requests()["ListAccounts"]
				w.ok(ask, ref())
				synctest.Wait()
				time.Sleep(time.Minute)
				want := before + 1
				if ask == message.Wake && ahead < 0 {
					want = before // three hours old, as far as anybody can tell
				}
				if n := w.portal.Requests()["ListAccounts"]; n != want {
					t.Errorf("clock %v ahead, %s: %d listings, want %d", ahead, ask, n, want)
				}
				w.quiet()
			})
		}
	}
}

// Whoever corrects a portal leaves no session where it was, whenever the worker
// dies, and also if the portal does not answer at first.
func TestCorrectingAPortalEndsTheOldSession(t *testing.T) {
	for name, correct := range map[string]message.NewPortal{
		"region":  {StartURL: startURL, Region: "eu-west-1"},
		"address": {Portal: startURL, StartURL: corrected, Region: "us-east-1"},
	} {
		t.Run(name, func(t *testing.T) { endsTheOldSession(t, correct.Fields()) })
	}
}

func endsTheOldSession(t *testing.T, elsewhere message.Fields) {
	t.Helper()
	for _, kept := range []bool{false, true} {
		for n := 1; ; n++ {
			died := true
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.killAtWrite(n, kept)
				w.ask(message.PortalAdd, elsewhere)
				synctest.Wait()
				if died = w.dead(); died {
					w.begin()
					w.life.backend.Alarm(w.life.ctx)
					synctest.Wait()
					w.ask(message.PortalAdd, elsewhere)
				}
				synctest.Wait()
				w.checkEnded()
				w.checkForgotten()
				if s := w.status(); s.SignIn == message.SignedIn || s.SignIn == message.Leaving {
					t.Errorf("status %+v", s)
				}
				w.set(func() { w.killAt = 0 })
				w.ok(message.SignInStart, ref())
				w.phase(message.ShowCode)
			})
			if t.Failed() {
				t.Fatalf("killed at write %d (done: %v)", n, kept)
			}
			if !died {
				break
			}
		}
	}
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.HasSuffix(r.URL, "/logout") {
				return refusal(503, "ServiceUnavailable")
			}
			return nil
		})
		w.ok(message.PortalAdd, elsewhere)
		time.Sleep(time.Second)
		w.net.setAnswer(nil)
		w.until("the old session is over", time.Minute, func() bool { return w.portal.Sessions() == 0 })
		w.until("no job of it is left", time.Minute, func() bool {
			return !slices.ContainsFunc(w.jobs(), func(j message.Fields) bool { return j["kind"] == "leaving" })
		})
	})
}

// A token that comes after its sign-in was given up is not left at the portal,
// also if the portal is slow to take it back.
func TestTokenOfAGivenUpSignInIsLoggedOut(t *testing.T) {
	givingUp := map[string]func(w *world){
		"cancelled":           func(w *world) { w.ok(message.SignInCancel, ref()) },
		"signed out":          func(w *world) { w.ok(message.SignOut, ref()) },
		"removed":             func(w *world) { w.ok(message.PortalRemove, ref()) },
		"region corrected":    (*world).elsewhere,
		"address corrected":   (*world).correct,
		"cancelled and begun": func(w *world) { w.ok(message.SignInCancel, ref()); w.ok(message.SignInStart, ref()) },
	}
	for name, giveUp := range givingUp {
		for _, failing := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.showCode()
					poll := w.net.hold("/token")
					w.portal.Approve(w.status().UserCode)
					<-poll.arrived
					giveUp(w)
					if failing {
						w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
							if strings.HasSuffix(r.URL, "/logout") {
								return refusal(503, "ServiceUnavailable")
							}
							return nil
						})
					}
					close(poll.release)
					time.Sleep(5 * time.Second)
					if failing {
						w.restart()
						w.life.backend.Alarm(w.life.ctx)
						w.net.setAnswer(nil)
						time.Sleep(time.Minute)
					}
					w.checkEnded()
					if s := w.status(); s.SignIn == message.SignedIn || s.SignIn == message.Leaving || s.Notice != "" {
						t.Errorf("status %+v", s)
					}
				})
			})
		}
	}
}
