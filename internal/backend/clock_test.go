package backend_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// wall is the clock of the computer. It may be off, and be set while it is read:
// only how long something takes is true.
type wall struct{ world *world }

func (c wall) Now() time.Time {
	c.world.mu.Lock()
	defer c.world.mu.Unlock()
	return time.Now().Round(0).Add(c.world.ahead)
}

func (c wall) Sleep(ctx context.Context, d time.Duration) error {
	return ssocore.SystemClock{}.Sleep(ctx, d)
}

// setClock sets the clock, ahead of the portal's or behind.
func (w *world) setClock(ahead time.Duration) { w.set(func() { w.ahead = ahead }) }

func TestPollingGoesOnWhateverTheClockDoes(t *testing.T) {
	for _, set := range []time.Duration{-time.Hour, -24 * time.Hour, -time.Minute, time.Minute, 5 * time.Minute} {
		for _, dies := range []bool{false, true} {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.showCode()
				time.Sleep(12 * time.Second)
				w.setClock(set)
				if dies {
					w.restart()
					w.wake()
				}
				before := len(w.net.sent("/token"))
				time.Sleep(time.Minute)
				synctest.Wait()
				least := 11
				if dies && set > 0 {
					// The next worker can not know how long the last one waited. It
					// asks at once, and is told to slow down.
					least = 6
				}
				if n := len(w.net.sent("/token")) - before; n < least || n > 13 {
					t.Errorf("%d polls in a minute at an interval of 5 s, the clock set by %v", n, set)
				}
				w.portal.Approve(w.status().UserCode)
				w.phase(message.SignedIn)
			})
		}
	}
}

// Set far ahead, the code looks dead; a new one is asked for, not a storm.
func TestClockSetFarAheadIsNoStorm(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		w.setClock(3 * time.Hour)
		time.Sleep(time.Minute)
		synctest.Wait()
		if n := len(w.net.sent("")); n > 20 {
			t.Errorf("%d requests in a minute", n)
		}
		if s := w.status(); s.SignIn != message.SignedOutPhase || s.Problem == nil || s.Problem.Code != message.CodeExpired {
			t.Errorf("status %+v", s)
		}
		w.quiet()
		w.ready()
	})
}

func TestListingIsTriedAgainWhateverTheClockDoes(t *testing.T) {
	for _, set := range []time.Duration{-time.Hour, time.Hour} {
		for _, dies := range []bool{false, true} {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { return refusal(503, "ServiceUnavailable") }))
				w.signIn()
				w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
				w.setClock(set)
				if dies {
					w.restart()
					w.life.backend.Alarm(w.life.ctx)
				}
				w.net.setAnswer(nil)
				w.until("listing", 2*time.Minute, func() bool { return !pending(w.secretState()) })
				if w.directory().Rows() != 120 {
					t.Errorf("%d rows", w.directory().Rows())
				}
			})
		}
	}
}

func TestSkewIsSaid(t *testing.T) {
	for _, test := range []struct {
		ahead time.Duration
		says  string
	}{
		{-61 * time.Minute, "61 min behind"},
		{61 * time.Minute, "61 min ahead"},
		{-3 * time.Minute, "3 min behind"},
		{26 * time.Hour, "26 h ahead"},
		{2*time.Hour - time.Second, "2 h ahead"},
		{-400 * 24 * time.Hour, "400 days behind"},
		{time.Minute, ""},
		{-110 * time.Second, ""},
		{0, ""},
	} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.setClock(test.ahead)
			w.ready()
			p := w.status().Problem
			switch {
			case test.says == "" && p != nil:
				t.Errorf("clock %v ahead: problem %+v", test.ahead, p)
			case test.says != "" && (p == nil || !strings.Contains(p.Message, test.says) || p.Hint == "" || p.Retryable):
				t.Errorf("clock %v ahead: problem %+v, want it to say %q", test.ahead, p, test.says)
			}
			c := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields()))
			if c.Expiration != w.portal.Credentials()[0].Expiration.UnixMilli() {
				t.Error("the expiration is not the portal's")
			}
			shown := time.UnixMilli(c.Expiration - c.Ahead).Sub(time.Now().Add(test.ahead))
			if off := shown - time.Hour; off < -2*time.Minute || off > 2*time.Minute {
				t.Errorf("clock %v ahead: credentials of an hour are shown to last %v", test.ahead, shown)
			}
			w.restart()
			w.wake()
			if after := w.status().Problem; (after == nil) != (p == nil) {
				t.Errorf("the next worker says %+v", after)
			}
		})
	}
}

// Once the clock is set right, nothing is said any more.
func TestSkewThatIsSetRightIsForgotten(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.setClock(-time.Hour)
		w.ready()
		w.setClock(0)
		w.ok(message.CredentialsCopy, w.order().Fields())
		if p := w.status().Problem; p != nil {
			t.Errorf("problem %+v", p)
		}
	})
}

// What an answer said of the clock is not believed of a clock that was set since.
func TestPopupSeesThatTheClockWasSetRight(t *testing.T) {
	for _, was := range []time.Duration{-2 * time.Hour, -3 * time.Minute, 3 * time.Minute, 24 * time.Hour} {
		for _, dies := range []bool{false, true} {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.setClock(was)
				w.ready()
				if p := w.status().Problem; p == nil || p.Code != message.WrongClock {
					t.Fatalf("problem %+v", p)
				}
				w.setClock(0)
				if dies {
					w.restart()
				}
				w.wake()
				if s := w.status(); s.Problem != nil || s.SignIn != message.SignedIn {
					t.Errorf("a clock that was off by %v: status %+v", was, s)
				}
			})
		}
	}
}

// A clock that is set, or set right, throws no session away that the portal still
// honours.
func TestSessionOutlivesTheClock(t *testing.T) {
	for _, test := range []struct{ first, then, last time.Duration }{
		{0, 24 * time.Hour, 0},
		{-24 * time.Hour, 0, 0},
		{24 * time.Hour, 0, 0},
		{0, 9 * time.Hour, -time.Hour},
		{0, -24 * time.Hour, 0},
		{24 * time.Hour, 24 * time.Hour, 24 * time.Hour},
	} {
		for _, dies := range []bool{false, true} {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.setClock(test.first)
				w.ready()
				token := w.secretState()["token"]
				w.setClock(test.then)
				w.wake()
				w.ask(message.CredentialsCopy, w.order().Fields())
				if dies {
					w.restart()
				}
				time.Sleep(10 * time.Minute)
				w.setClock(test.last)
				w.ok(message.CredentialsCopy, w.order().Fields())
				w.wake()
				if s := w.status(); s.SignIn != message.SignedIn || w.secretState()["token"] != token {
					t.Errorf("%+v: status %+v", test, s)
				}
				w.ok(message.SignOut, ref())
				w.checkEnded()
			})
		}
	}
}

// What seems to have run out is kept for as long as the portal may honour it: it
// can be ended there, and replaced.
func TestSessionThatSeemsOverIsStillEnded(t *testing.T) {
	ends := map[string]func(w *world){
		"signing out": func(w *world) {
			if out := message.SignedOutFrom(w.ok(message.SignOut, ref())); !out.Confirmed {
				w.t.Error("it is not confirmed")
			}
		},
		"removing": func(w *world) { w.ok(message.PortalRemove, ref()) },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.ready()
				w.setClock(24 * time.Hour)
				w.ok(message.Wake, nil)
				if s := w.status(); s.SignIn != message.ExpiredPhase {
					t.Errorf("status %+v", s)
				}
				w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
				w.quiet()
				end(w)
				w.checkEnded()
				w.checkForgotten()
			})
		})
	}
}

// A listing that such a clock cut off goes on when it is set right.
func TestListingGoesOnOnceTheClockIsSetRight(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		w.signIn()
		time.Sleep(2 * time.Second)
		w.setClock(24 * time.Hour)
		w.until("held", time.Minute, func() bool { return w.status().Sync == message.Idle })
		w.quiet()
		requests := len(w.net.sent(""))
		time.Sleep(time.Hour)
		if n := len(w.net.sent("")) - requests; n != 0 {
			t.Errorf("%d requests with a session that seems over", n)
		}
		w.setClock(0)
		w.wake()
		w.listed()
	})
}
