package backend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// byCode is a sign-in by a code, whatever else is under way.
func byCode() message.Fields { return message.SignIn{Portal: startURL, ByCode: true}.Fields() }

// A page that was closed is noticed when the popup opens, and can be opened again.
func TestAPageThatWasClosed(t *testing.T) {
	for name, begin := range map[string]func(w *world){
		"by the browser": func(w *world) { w.openPage() },
		"by a code": func(w *world) {
			w.add()
			w.ok(message.SignInStart, byCode())
			w.phase(message.ShowCode)
			w.ok(message.SignInOpen, ref())
		},
	} {
		inBrowserWorld(t, portaltest.Config{}, func(w *world) {
			begin(w)
			w.wake()
			if s := w.status(); s.SignIn != message.Waiting || s.Closed {
				t.Errorf("%s: while it is open: %+v", name, s)
			}
			code := w.status().UserCode
			w.browser.close(firstTab)
			w.restart()
			w.wake()
			if s := w.status(); s.SignIn != message.ShowCode || !s.Closed || s.UserCode != code || s.Caution != "" {
				t.Errorf("%s: once it is closed: %+v", name, s)
			}
			time.Sleep(31 * time.Second) // and nobody says that it did not answer
			if s := w.status(); s.Caution != "" {
				t.Errorf("%s: later: %+v", name, s)
			}
			w.ok(message.SignInOpen, ref())
			if s := w.status(); s.SignIn != message.Waiting || s.Closed || len(w.browser.opened()) != 2 {
				t.Errorf("%s: opened again: %+v", name, s)
			}
			if code == "" {
				w.ok(message.SignInReturn, w.decide(w.browser.opened()[1], "allow").Fields())
			} else {
				w.portal.Approve(code)
			}
			w.phase(message.SignedIn)
			if w.browser.isClosed(firstTab+1) && code != "" {
				t.Errorf("%s: a page that says that it was approved is closed", name)
			}
		})
	}
}

// Whatever ends a sign-in closes its page, if the browser tells that it still shows;
// else it is left, and what it leads to says that nobody waits.
func TestThePageOfASignInThatIsOver(t *testing.T) {
	for name, over := range map[string]func(w *world){
		"cancelled":  func(w *world) { w.ok(message.SignInCancel, ref()) },
		"by a code":  func(w *world) { w.ok(message.SignInStart, byCode()) },
		"signed out": func(w *world) { w.ask(message.SignOut, ref()) },
		"removed":    func(w *world) { w.ok(message.PortalRemove, ref()) },
		"corrected": func(w *world) {
			w.ok(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: corrected, Region: "us-east-1"}.Fields())
		},
		"opened again": func(w *world) { w.ok(message.SignInOpen, ref()) },
		"too late":     func(w *world) { time.Sleep(11 * time.Minute) },
		"taken":        func(w *world) { w.set(func() { w.browser.hosts = false }); w.ask(message.SignInStart, ref()) },
	} {
		for shows, closes := range map[string]bool{
			"": false, "https://elsewhere.example/authorize": false, startURL: false, startURL + "#/?tab=accounts": false,
			"itself": true, "the portal": true,
		} {
			t.Run(name+" "+shows, func(t *testing.T) {
				inBrowserWorld(t, portaltest.Config{}, func(w *world) {
					page := w.openPage()
					switch shows {
					case "itself":
					case "the portal":
						w.browser.lead(firstTab, startURL+"/?clientId="+w.secretState()["clientId"])
					default:
						w.browser.lead(firstTab, shows)
					}
					back := w.decide(page, "allow")
					over(w)
					synctest.Wait()
					if got := w.browser.isClosed(firstTab); got != closes {
						t.Errorf("closed: %v", got)
					}
					if closes || name == "removed" || name == "opened again" || name == "too late" {
						return
					}
					if w.browser.catches() == "" {
						t.Error("what is left leads to the browser's error")
					}
					back.Tab = firstTab
					w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
					w.checkEnded()
				})
			})
		}
	}
}

// A page that was left leads back for a while, and no longer than it is open.
func TestAPageThatWasLeft(t *testing.T) {
	for name, happens := range map[string]func(w *world){
		"it leads back": func(w *world) {
			w.ask(message.SignInReturn, message.Return{State: "x", Error: "access_denied", Tab: firstTab}.Fields())
		},
		"it is closed":     func(w *world) { w.browser.close(firstTab); w.wake() },
		"time passes":      func(*world) { time.Sleep(11 * time.Minute) },
		"and no worker is": func(w *world) { w.kill(); time.Sleep(11 * time.Minute); w.begin(); w.wake() },
	} {
		t.Run(name, func(t *testing.T) {
			inBrowserWorld(t, portaltest.Config{}, func(w *world) {
				w.openPage()
				w.browser.lead(firstTab, "")
				w.ok(message.SignInCancel, ref())
				w.restart()
				w.wake()
				if w.browser.catches() == "" {
					t.Error("it leads to the browser's error")
				}
				happens(w)
				synctest.Wait()
				if got := w.browser.catches(); got != "" {
					t.Errorf("in the end it is led back from %q", got)
				}
				w.quiet()
			})
		})
	}
}

// A page that comes to be there once nobody wants it any more is closed at once.
func TestAPageThatOpensTooLate(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.opens = func() { go w.ask(message.SignInCancel, ref()); time.Sleep(time.Second) } })
		w.add()
		w.ok(message.SignInStart, ref())
		w.until("the page to be closed", time.Minute, func() bool { return w.browser.isClosed(firstTab) })
		if s := w.status(); s.SignIn != message.SignedOutPhase {
			t.Errorf("status %+v", s)
		}
	})
}

// A popup that closes with the tab above which it stood is there again.
func TestThePopupComesBackWhereItsTabCloses(t *testing.T) {
	for _, closes := range []bool{false, true} {
		inBrowserWorld(t, portaltest.Config{}, func(w *world) {
			w.openPage()
			w.set(func() { w.browser.open = true })
			w.ok(message.SignInStart, byCode())
			if closes {
				time.Sleep(200 * time.Millisecond)
				w.set(func() { w.browser.open = false })
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if popups, _ := w.browser.summoned(); (popups == 1) != closes || !w.browser.isClosed(firstTab) {
				t.Errorf("closes %v: the popup was opened %d times", closes, popups)
			}
		})
	}
}
