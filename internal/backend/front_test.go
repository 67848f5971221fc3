package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/portaltest"
)

// front is a company's own address in front of the portal of most tests.
const front = "https://sso.example.com/go"

// behindFront signs out of a portal that has a front.
func (w *world) behindFront() {
	w.t.Helper()
	w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "us-east-1", Front: " SSO.example.com/go "}.Fields())
	w.ready()
	w.ok(message.SignOut, ref())
	synctest.Wait()
	if got := w.portals().Front(startURL); got != front {
		w.t.Fatalf("the front is %q", got)
	}
}

func (w *world) landOn(url string) {
	w.t.Helper()
	w.ask(message.PortalLanded, message.Landed{Portal: startURL, URL: url}.Fields())
	synctest.Wait()
}

func (w *world) opensLast() string {
	tabs := w.browser.opened()
	return tabs[len(tabs)-1]
}

// A sign-in behind a company's own address begins there, and goes on where the person
// opens the popup on the portal.
func TestASignInBeginsAtTheFront(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.behindFront()
		w.ok(message.SignInStart, ref())
		s := w.status()
		if w.opensLast() != front || s.SignIn != message.AtFront || s.VerifyHost != "127.0.0.1:8765" || !strings.HasPrefix(s.Caution, front+" is open") {
			t.Errorf("opened %q, status %+v", w.opensLast(), s)
		}
		// Neither another page nor the worker's death changes that.
		for _, elsewhere := range []string{front, "https://login.example.com/", "chrome://extensions", ""} {
			w.landOn(elsewhere)
		}
		w.restart()
		w.wake()
		if got := w.status(); got.SignIn != message.AtFront || got.Caution != s.Caution {
			t.Errorf("status %+v", got)
		}
		// A page that only looks like AWS's is said to be one.
		w.landOn("https://d-1234567890.awsapps.com.evil.example/start")
		if got := w.status(); got.SignIn != message.AtFront || !strings.Contains(got.Caution, "awsapps.com.evil.example") {
			t.Errorf("status %+v", got)
		}
		w.landOn(startURL + "/#/?tab=accounts")
		w.phase(message.ShowCode)
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
	})
}

// Where it leads to another portal, that is taken only once it was seen; the address
// before stays an entrance.
func TestTheFrontLeadsElsewhere(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.behindFront()
		w.ok(message.SignInStart, ref())
		w.landOn(corrected)
		s := w.status()
		if s.SignIn != message.AtFront || s.VerifyHost != "127.0.0.1:9876" || !strings.Contains(s.Caution, "leads to 127.0.0.1:9876 in us-east-1 now") || w.portals().All[0].StartURL != startURL {
			t.Errorf("status %+v, portals %+v", s, w.portals())
		}
		w.ok(message.SignInStart, message.SignIn{Portal: startURL, There: true}.Fields())
		w.phase(message.ShowCode)
		want := message.Portals{All: []portal.Portal{{ID: startURL, StartURL: corrected, Region: "us-east-1"}},
			Entrances: []portal.Portal{{ID: startURL, StartURL: front}, {ID: startURL, StartURL: startURL, Region: "us-east-1"}}, Active: startURL}
		if got := w.portals(); got.Text() != want.Text() {
			t.Errorf("%+v", got)
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		if w.directory().Rows() == 0 {
			t.Error("the list is gone")
		}
		w.ok(message.PortalRemove, ref())
		if got := w.local.dump(); strings.Contains(got, "example") || strings.Contains(got, "127.0.0.1") {
			t.Errorf("left %s", got)
		}
	})
}

// Who does not want to wait for it signs in where it led last, who gives up is where
// they were, and nobody waits for ever.
func TestWhoeverDoesNotFollowTheFront(t *testing.T) {
	for name, does := range map[string]func(w *world){
		"signs in where it led last": func(w *world) {
			w.ok(message.SignInStart, message.SignIn{Portal: startURL, There: true}.Fields())
			w.phase(message.ShowCode)
		},
		"cancels": func(w *world) {
			w.ok(message.SignInCancel, ref())
			w.phase(message.SignedOutPhase)
			w.landOn(startURL)
			w.phase(message.SignedOutPhase)
		},
		"never comes": func(w *world) {
			time.Sleep(time.Hour)
			synctest.Wait()
			w.phase(message.SignedOutPhase)
			if p := w.status().Problem; p != nil {
				w.t.Errorf("problem %v", p)
			}
		},
		"presses again": func(w *world) {
			w.ok(message.SignInStart, ref())
			w.phase(message.AtFront)
		},
		"forgets it": func(w *world) {
			w.ok(message.SignInCancel, ref())
			w.ok(message.PortalForgetEntrance, message.NewPortal{Portal: startURL, StartURL: front}.Fields())
			w.ok(message.SignInStart, ref())
			w.phase(message.ShowCode)
		},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.behindFront()
				w.ok(message.SignInStart, ref())
				does(w)
			})
		})
	}
}

// Whichever write the worker dies at, whoever goes on gets in.
func TestTheWorkerDiesOnTheWayThroughTheFront(t *testing.T) {
	for _, kept := range []bool{false, true} {
		for n := 1; ; n++ {
			died := false
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.behindFront()
				w.killAtWrite(n, kept)
				for _, does := range []func(){
					func() { w.try(message.SignInStart, ref()) },
					func() { w.landOn(corrected) },
					func() { w.try(message.SignInStart, message.SignIn{Portal: startURL, There: true}.Fields()) },
					func() { w.until("a code", time.Minute, func() bool { return w.dead() || w.status().UserCode != "" }) },
				} {
					if does(); w.dead() {
						died = true
						w.restart()
						w.wake()
						if w.status().UserCode == "" { // the person presses once more what they see
							w.try(message.SignInStart, message.SignIn{Portal: startURL, There: true}.Fields())
						}
						break
					}
				}
				w.set(func() { w.killAt = 0 }) // what is to die later does so in other tests
				w.phase(message.ShowCode)
				w.portal.Approve(w.status().UserCode)
				w.phase(message.SignedIn)
				if p := w.portals(); len(p.All) != 1 || p.Front(startURL) != front {
					t.Errorf("killed at write %d: %+v", n, p)
				}
			})
			if !died {
				if n < 4 {
					t.Errorf("only %d writes", n)
				}
				break
			}
		}
	}
}

func TestAFrontIsKnownWhenItIsTyped(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		seen := message.SeenFrom(w.ok(message.PortalLook, message.NewPortal{StartURL: "sso.example.com"}.Fields()))
		if seen.Front != "https://sso.example.com" || seen.Host != "" || !strings.Contains(seen.Says, "company’s own") {
			t.Errorf("seen %+v", seen)
		}
		w.ok(message.PortalOpen, message.NewPortal{StartURL: seen.Front}.Fields())
		if w.opensLast() != seen.Front {
			t.Errorf("opened %q", w.opensLast())
		}
		for _, odd := range []string{"", "https://10.0.0.1/", "javascript:alert(1)", "https://awsapps.example.com", "https://x.example.com:22", startURL} {
			w.refused(message.PortalOpen, message.NewPortal{StartURL: odd}.Fields(), message.InvalidInput)
		}
		// What is none is not kept.
		w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "us-east-1", Front: "https://x.example.com:22"}.Fields())
		if got := w.portals().Entrances; len(got) != 0 {
			t.Errorf("kept %+v", got)
		}
	})
}
