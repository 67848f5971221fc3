package backend_test

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// anHour is a portal whose sessions last one, and can't be refreshed.
var anHour = portaltest.Config{Accounts: 3, TokenTTL: time.Hour}

// sayEnd chooses that the toolbar button counts, or not.
func (w *world) sayEnd(on bool) {
	w.t.Helper()
	w.ok(message.SettingsSet, message.Settings{SayEnd: on}.Changes(message.Settings{SayEnd: !on}))
	synctest.Wait()
}

// counts checks what the toolbar button says.
func (w *world) counts(want string) {
	w.t.Helper()
	synctest.Wait()
	if _, badge := w.browser.summoned(); badge != want {
		w.t.Errorf("%v before the end the badge is %q, want %q", time.Until(time.UnixMilli(w.status().Until)).Round(time.Second), badge, want)
	}
}

// left lets time pass until the session has so much left.
func (w *world) left(d time.Duration) {
	w.t.Helper()
	w.passes(time.Until(time.UnixMilli(w.status().Until).Add(-d)))
}

// The last minutes are counted, whoever lives, and the count is gone with the session.
func TestTheLastMinutesAreCounted(t *testing.T) {
	for name, between := range map[string]func(w *world){
		"nothing happens":           func(*world) {},
		"the worker ends":           (*world).restart,
		"the popup opens":           (*world).wake,
		"the worker ends and wakes": func(w *world) { w.restart(); w.wake() },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, anHour, func(w *world) {
				w.sayEnd(true)
				w.ready()
				w.wake()
				between(w)
				w.left(16 * time.Minute)
				w.counts("")
				between(w)
				w.left(14*time.Minute + 30*time.Second)
				w.counts("15m")
				between(w)
				w.counts("15m")
				w.left(30 * time.Second)
				between(w)
				w.counts("1m")
				w.left(-2 * time.Minute)
				w.counts("")
				w.quiet()
			})
		})
	}
}

// Whatever ends the reason for it takes it off at once.
func TestTheCountIsTakenOff(t *testing.T) {
	const other = "https://acme.awsapps.com/start"
	for name, ends := range map[string]func(w *world){
		"signed out":   func(w *world) { w.ok(message.SignOut, ref()) },
		"removed":      func(w *world) { w.ok(message.PortalRemove, ref()) },
		"switched off": func(w *world) { w.sayEnd(false) },
		"another portal": func(w *world) {
			w.ok(message.PortalAdd, message.NewPortal{StartURL: other, Region: "us-east-1"}.Fields())
		},
		"corrected": func(w *world) {
			w.ok(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: startURL, Region: "eu-west-1"}.Fields())
		},
		"refused": func(w *world) {
			w.portal.ExpireTokens()
			w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
		},
		"signed in anew": func(w *world) {
			w.ok(message.SignInStart, ref())
			w.phase(message.SignedIn)
		},
	} {
		t.Run(name, func(t *testing.T) {
			config := anHour
			config.AutoApprove = name == "signed in anew"
			inWorld(t, config, func(w *world) {
				w.sayEnd(true)
				if config.AutoApprove {
					w.add()
					w.ok(message.SignInStart, ref())
					w.phase(message.SignedIn)
					w.listed()
					w.wake()
				} else {
					w.ready()
				}
				w.left(10 * time.Minute)
				w.counts("10m")
				ends(w)
				w.counts("")
				w.passes(2 * time.Minute)
				w.counts("")
			})
		})
	}
	t.Run("and comes back", func(t *testing.T) {
		inWorld(t, anHour, func(w *world) {
			w.ready()
			w.left(10 * time.Minute)
			w.counts("")
			w.sayEnd(true)
			w.passes(time.Minute)
			w.counts("9m")
			w.ok(message.PortalAdd, message.NewPortal{StartURL: other, Region: "us-east-1"}.Fields())
			w.counts("")
			w.ok(message.PortalUse, ref())
			w.counts("9m")
		})
	})
}

// Where nobody knows the end, nothing is claimed: of a session that goes on with the
// next token, and where the portal does not say.
func TestAnUnknownEndIsNotCounted(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3, TokenTTL: 20 * time.Minute, SessionTTL: 24 * time.Hour}, func(w *world) {
		w.sayEnd(true)
		w.ready()
		w.wake()
		for range 40 {
			w.passes(time.Minute)
			w.counts("")
		}
	})
}

// The mark that stands in for the popup gives way to the count once it was seen.
func TestTheCountComesBackAfterAnotherMark(t *testing.T) {
	inWorld(t, anHour, func(w *world) {
		w.sayEnd(true)
		w.ready()
		w.left(9*time.Minute + 30*time.Second)
		w.set(func() { w.browser.badge = "✓" })
		w.wake()
		w.counts("10m")
	})
}

// A worker that dies at any write of it leaves a count that is right within the next
// minutes.
func TestWorkerKilledWhileItCounts(t *testing.T) {
	steps := map[string]func(w *world){
		"counting":     func(w *world) { w.passes(time.Minute) },
		"signing out":  func(w *world) { w.ask(message.SignOut, ref()) },
		"switched off": func(w *world) { w.ask(message.SettingsSet, message.Fields{"sayEnd": ""}) },
	}
	for name, step := range steps {
		for _, kept := range []bool{false, true} {
			for n := 1; ; n++ {
				died := true
				t.Run(name+" "+strconv.Itoa(n)+" "+strconv.FormatBool(kept), func(t *testing.T) {
					inWorld(t, anHour, func(w *world) {
						w.sayEnd(true)
						w.ready()
						w.left(10 * time.Minute)
						w.killAtWrite(n, kept)
						step(w)
						if died = w.dead(); died {
							w.begin()
						}
						w.set(func() { w.killAt = 0 })
						w.passes(2*time.Minute + 20*time.Second)
						want := ""
						if w.status().SignIn == message.SignedIn && w.settings().SayEnd {
							want = strconv.Itoa(int(time.Until(time.UnixMilli(w.status().Until))/time.Minute)+1) + "m"
						}
						w.counts(want)
					})
				})
				if !died {
					break
				}
			}
		}
	}
}
