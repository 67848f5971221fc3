package backend_test

import (
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// lasting is a portal whose sessions last eight hours, in tokens of one.
var lasting = portaltest.Config{TokenTTL: time.Hour, SessionTTL: 8 * time.Hour}

// tokens counts how often a token was asked for.
func (w *world) tokens() int { return len(w.net.sent("/token")) }

// worksOn checks that the session can be used.
func (w *world) worksOn() {
	w.t.Helper()
	w.ok(message.CredentialsCopy, w.orderOf("first"))
	w.ok(message.CredentialsTold, w.orderOf("first"))
	if got := w.status().SignIn; got != message.SignedIn {
		w.t.Errorf("phase %q", got)
	}
}

// The token is replaced in time for as long as the session lives, and never for
// nothing; then the session is over, and that is said.
func TestASessionOutlastsItsTokens(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.ready()
		before := w.tokens()
		began := time.Now()
		for time.Since(began) < 7*time.Hour+50*time.Minute {
			w.worksOn()
			w.passes(10 * time.Minute)
		}
		if n := w.tokens() - before; n < 8 || n > 16 {
			t.Errorf("asked for %d tokens in 8 hours", n)
		}
		w.passes(15 * time.Minute)
		w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
		if got := w.status().SignIn; got != message.ExpiredPhase {
			t.Errorf("phase %q", got)
		}
		w.quiet()
	})
}

// A listing goes on over a token's end, with the next one.
func TestAListingOutlastsItsToken(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.signIn()
		from := time.Now()
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response {
			if time.Since(from) < 90*time.Minute {
				return refusal(503, "ServiceUnavailableException")
			}
			return nil
		}))
		w.ok(message.SyncStart, ref())
		w.passes(2 * time.Hour)
		if d := w.directory(); d.Rows() != 120 || w.status().Problem != nil || w.status().Sync != message.Idle {
			t.Errorf("%d rows, %+v", d.Rows(), w.status())
		}
	})
}

// After a long sleep the token is replaced before it is used, once for all who wait.
func TestATokenThatRanOutIsReplacedOnce(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.ready()
		before := w.tokens()
		w.kill()
		time.Sleep(3 * time.Hour)
		w.begin()
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() { w.ok(message.CredentialsCopy, w.orderOf("first")) })
		}
		all.Wait()
		if n := w.tokens() - before; n != 1 {
			t.Errorf("asked for %d tokens", n)
		}
		w.wake()
		w.worksOn()
	})
}

// A portal that fails for a while is asked again, and the token used meanwhile.
func TestAPortalThatFailsIsAskedAgainForAToken(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.HasSuffix(r.URL, "/token") {
				return refusal(500, "InternalServerException")
			}
			return nil
		})
		w.passes(50 * time.Minute)
		w.worksOn()
		w.net.setAnswer(nil)
		w.passes(9 * time.Minute)
		before := w.tokens()
		w.passes(30 * time.Minute)
		w.worksOn()
		if w.tokens()-before > 2 {
			t.Error("it is asked without need")
		}
	})
}

// Where the portal says no, the session ends with its token, and no other is asked
// for.
func TestARefusedRefreshEndsWithItsToken(t *testing.T) {
	for name, code := range map[string]string{"session over": "InvalidGrantException", "registration over": "InvalidClientException", "not for this client": "UnauthorizedClientException"} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, lasting, func(w *world) {
				w.ready()
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.HasSuffix(r.URL, "/token") {
						return refusal(400, code)
					}
					return nil
				})
				before := w.tokens()
				w.passes(55 * time.Minute)
				w.worksOn()
				w.passes(10 * time.Minute)
				if n := w.tokens() - before; n != 1 {
					t.Errorf("asked %d times", n)
				}
				w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
				w.quiet()
			})
		})
	}
}

// What comes after signing out belongs to nobody: the session is ended with it.
func TestATokenThatComesAfterSigningOutIsEnded(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.ready()
		h := w.net.hold("/token")
		time.Sleep(46 * time.Minute)
		<-h.arrived
		w.ok(message.SignOut, ref())
		close(h.release)
		w.passes(5 * time.Minute)
		for area, dump := range map[string]string{"session": w.session.dump(), "local": w.local.dump()} {
			for _, secret := range w.portal.Secrets() {
				if strings.HasPrefix(secret, "aoaAAAAA") && strings.Contains(dump, secret) {
					t.Errorf("%s holds a token", area)
				}
			}
		}
		w.quiet()
	})
}

// Whoever signs in again while a token is being replaced keeps the new session: what
// comes for the one before is dropped, and ends nothing.
func TestSigningInAgainWhileATokenIsReplaced(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.ready()
		h := w.net.hold("/token")
		time.Sleep(46 * time.Minute)
		<-h.arrived
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		w.portal.Approve(w.status().UserCode)
		w.until("another token", time.Minute, func() bool { return w.secretState()["signin"] == "" })
		token := w.secretState()["token"]
		close(h.release)
		w.passes(time.Minute)
		if got := w.secretState()["token"]; got != token || token == "" {
			t.Error("an answer for the session before has replaced the token")
		}
		if n := len(w.net.sent("/logout")); n != 0 {
			t.Errorf("signed out %d times", n)
		}
		w.worksOn()
		w.passes(3 * time.Hour)
		w.worksOn()
	})
}

// The worker may die at each write of a refresh. The portal may have used the refresh
// token up by then, so that the session ends with its token: but it ends, or goes on.
func TestWorkerKilledWhileATokenIsReplaced(t *testing.T) {
	for _, kept := range []bool{false, true} {
		for n, died := 1, true; died; n++ {
			inWorld(t, lasting, func(w *world) {
				w.ready()
				w.killAtWrite(n, kept)
				time.Sleep(46 * time.Minute)
				synctest.Wait()
				if died = w.dead(); !died {
					return
				}
				w.begin()
				w.wake()
				w.passes(30 * time.Minute)
				w.wake()
				switch w.status().SignIn {
				case message.SignedIn:
					w.worksOn()
				case message.ExpiredPhase:
					w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
				default:
					t.Errorf("written %d (%v): phase %q", n, kept, w.status().SignIn)
				}
				w.quiet()
			})
		}
	}
}
