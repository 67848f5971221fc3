package backend_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// asks is what the form asks for.
func asks() message.NewPortal {
	return message.NewPortal{StartURL: startURL, Region: "us-east-1"}
}

// askPortal has the portal asked, as the form does.
func (w *world) askPortal() message.Access {
	w.t.Helper()
	return message.AccessFrom(w.ok(message.PortalAsk, asks().Fields()))
}

// adding is what the form may know of the portal that is asked.
func (w *world) adding() message.Adding {
	return message.ParseAdding(w.session.get(message.AddingKey))
}

// said waits until it is said that the portal is not added.
func (w *world) said() message.Adding {
	w.t.Helper()
	w.until("what became of it", 2*time.Minute, func() bool { return w.adding().Phase == message.AddRefused })
	return w.adding()
}

// nothingIsKept checks that nothing of a portal is stored on the disk, nor pending.
func (w *world) nothingIsKept() {
	w.t.Helper()
	synctest.Wait()
	if got := w.local.get(message.PortalsKey); got != "" {
		w.t.Errorf("stored is %q", got)
	}
	if s := w.status(); s.SignIn != message.SignedOutPhase {
		w.t.Errorf("status %+v", s)
	}
}

// A portal is asked once there is access to it, and added once it has answered; then
// the sign-in begins, and by a code with the registration that was made to ask.
func TestAPortalIsAskedBeforeItIsAdded(t *testing.T) {
	for name, byCode := range map[string]bool{"by the browser": false, "by code": true} {
		for _, died := range []bool{false, true} {
			inBrowserWorld(t, portaltest.Config{StartURL: startURL}, func(w *world) {
				w.set(func() { w.browser.hosts = false })
				n := asks()
				n.ByCode, n.Front = byCode, "sso.example.com"
				access := message.AccessFrom(w.ok(message.PortalAsk, n.Fields()))
				if access.Portal != "" || access.Origins != "http://127.0.0.1/*" {
					t.Errorf("%s: %+v", name, access)
				}
				w.nothingIsKept()
				if a := w.adding(); a.Phase != message.AddWanted || a.Problem == nil || a.Problem.Code != message.NeedsAccess || a.ByCode != byCode {
					t.Errorf("%s: before access is granted: %+v", name, a)
				}
				w.life.backend.Granted(w.life.ctx) // something else
				if len(w.net.sent("")) != 0 {
					t.Errorf("%s: asked without access", name)
				}
				if died {
					w.restart()
				}
				hold := w.net.hold("/device_authorization")
				w.set(func() { w.browser.hosts = true })
				w.life.backend.Granted(w.life.ctx)
				<-hold.arrived
				if a := w.adding(); a.Phase != message.AddAsking || a.Problem != nil {
					t.Errorf("%s: while it is asked: %+v", name, a)
				}
				w.nothingIsKept()
				close(hold.release)
				phase, codes, clients := message.Waiting, 1, 2
				if byCode {
					phase, codes, clients = message.ShowCode, 2, 1
				}
				w.phase(phase)
				if got := w.session.get(message.AddingKey); got != "" || w.portals().Front(startURL) != "https://sso.example.com" {
					t.Errorf("%s: left is %q, portals %+v", name, got, w.portals())
				}
				if n := w.portal.Requests(); n["StartDeviceAuthorization"] != codes || n["RegisterClient"] != clients {
					t.Errorf("%s: %v", name, n)
				}
				if popups, _ := w.browser.summoned(); popups != 1 {
					t.Errorf("%s: the popup was opened %d times", name, popups)
				}
				// Asked once more, it is in the list.
				if access := w.askPortal(); access.Portal != startURL {
					t.Errorf("%s: again: %+v", name, access)
				}
			})
		}
	}
}

// Where access is there, nobody is asked for it.
func TestAPortalThatMayBeReachedIsAskedAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		if access := w.askPortal(); access != (message.Access{}) {
			t.Errorf("%+v", access)
		}
		w.phase(message.ShowCode)
		codes := w.portal.Secrets()
		for _, log := range w.session.history() {
			if log.key == message.AddingKey && slices.ContainsFunc(codes, func(code string) bool { return strings.Contains(log.value, code) }) {
				t.Error("the form is told a secret")
			}
		}
	})
}

// What a portal's answer means to who adds it: it is refused, nobody knows, or the
// sign-in has the word.
func TestWhatAPortalAnswersBeforeItIsAdded(t *testing.T) {
	const refused, silent, added = "refused", "silent", "added"
	for _, test := range []struct {
		operation string
		fault     portaltest.Fault
		becomes   string
		says      string
	}{
		{"RegisterClient", portaltest.FaultServerError, silent, "answered with an error"},
		{"RegisterClient", portaltest.FaultTimeout, silent, "did not answer in time"},
		{"RegisterClient", portaltest.FaultHTML, silent, "Your network answered instead"},
		{"RegisterClient", portaltest.FaultGateway, silent, "Your network answered instead"},
		{"RegisterClient", portaltest.FaultThrottle, silent, "too many"},
		{"RegisterClient", "SlowDownException", silent, "too many"},
		{"RegisterClient", portaltest.FaultTruncated, silent, "could not be read"},
		{"RegisterClient", portaltest.FaultMissing, silent, "could not be read"},
		{"RegisterClient", "InvalidScopeException", added, ""},
		{"RegisterClient", "UnauthorizedClientException", added, ""},
		{"RegisterClient", "KMS_DisabledException", added, ""},
		{"StartDeviceAuthorization", portaltest.FaultServerError, silent, "answered with an error"},
		{"StartDeviceAuthorization", portaltest.FaultTimeout, silent, "did not answer in time"},
		{"StartDeviceAuthorization", portaltest.FaultHTML, silent, "Your network answered instead"},
		{"StartDeviceAuthorization", "SlowDownException", silent, "too many"},
		{"StartDeviceAuthorization", "InvalidRequestException", refused, "does not know this start URL"},
		{"StartDeviceAuthorization", portaltest.FaultMissing, silent, "could not be read"},
		{"StartDeviceAuthorization", portaltest.FaultForbidden, added, ""},
		{"StartDeviceAuthorization", "AccessDeniedException", added, ""},
		{"StartDeviceAuthorization", "UnauthorizedClientException", added, ""},
		{"StartDeviceAuthorization", "UnsupportedGrantTypeException", added, ""},
		{"StartDeviceAuthorization", "InvalidClientException", added, ""},
		{"StartDeviceAuthorization", "KMS_DisabledException", added, ""},
	} {
		t.Run(test.operation+" "+string(test.fault), func(t *testing.T) {
			rule := portaltest.FaultRule{Operation: test.operation, Fault: test.fault}
			inBrowserWorld(t, portaltest.Config{Faults: []portaltest.FaultRule{rule}}, func(w *world) {
				began := time.Now()
				w.askPortal()
				if test.becomes == added {
					w.until("it to be added", time.Minute, func() bool { return len(w.portals().All) == 1 && w.adding() == message.Adding{} })
					return
				}
				a := w.said()
				if a.Silent != (test.becomes == silent) || !strings.Contains(a.Problem.Error(), test.says) {
					t.Errorf("%+v: %v", a, a.Problem)
				}
				if took := time.Since(began); took > 41*time.Second {
					t.Errorf("that took %v", took)
				}
				w.nothingIsKept()
			})
		})
	}
}

// A region that does not know the start URL says so before anything is kept, and at the
// field that says the region.
func TestAnotherRegionsPortalIsNotAdded(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{StartURL: "https://another.awsapps.com/start"}, func(w *world) {
		w.askPortal()
		a := w.said()
		if a.Silent || a.Problem.Code != message.InvalidInput || a.Problem.Field != message.RegionField || a.Typed != startURL {
			t.Errorf("%+v: %v", a, a.Problem)
		}
		w.nothingIsKept()
		// It stands for a while, and then access to it is given back.
		if len(w.browser.givenBack()) != 0 {
			t.Error("access is given back though it may be asked again")
		}
		w.until("that to be forgotten", 11*time.Minute, func() bool { return w.adding() == message.Adding{} })
		if !slices.Contains(w.browser.givenBack(), "http://127.0.0.1/*") {
			t.Errorf("given back %q", w.browser.givenBack())
		}
		w.quiet()
	})
}

// Of a portal that can't be reached now it is said, and who decides so keeps it.
func TestAPortalIsAddedUnasked(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setOffline(true)
		w.askPortal()
		a := w.said()
		if !a.Silent || a.Problem.Code != message.Offline {
			t.Errorf("%+v: %v", a, a.Problem)
		}
		w.nothingIsKept()
		a.Unasked = true
		access := message.AccessFrom(w.ok(message.PortalAsk, a.NewPortal.Fields()))
		if access.Portal != startURL || len(w.portals().All) != 1 || w.adding() != (message.Adding{}) {
			t.Errorf("%+v; %+v; %+v", access, w.portals(), w.adding())
		}
		w.ok(message.SignInStart, ref())
		w.net.setOffline(false)
		w.until("the page", time.Minute, func() bool { s := w.status().SignIn; return s == message.ShowCode || s == message.Waiting })
	})
}

// Another portal that is asked, and the demo organisation, take the place of the one
// before; leaving the form does too.
func TestWhatIsAskedNoMoreIsForgotten(t *testing.T) {
	for name, happens := range map[string]func(w *world){
		"left":  func(w *world) { w.ok(message.PortalAskNoMore, nil) },
		"added": func(w *world) { w.ok(message.PortalAsk, message.NewPortal{StartURL: message.Demo}.Fields()) },
		"another": func(w *world) {
			w.set(func() { w.browser.hosts = false })
			w.ok(message.PortalAsk, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}.Fields())
		},
		"lost": func(w *world) {
			w.set(func() { delete(w.session.data, "jobs") })
			w.wake()
		},
		"too late": func(w *world) { time.Sleep(11 * time.Minute) },
	} {
		for _, wanted := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.set(func() { w.browser.hosts = !wanted })
					hold := w.net.hold("/client/register")
					w.askPortal()
					if !wanted {
						<-hold.arrived
					}
					happens(w)
					w.set(func() { w.browser.hosts = true })
					close(hold.release)
					w.life.backend.Granted(w.life.ctx)
					time.Sleep(10 * time.Second)
					synctest.Wait()
					if _, there := w.portals().Find(startURL); there && !(name == "too late" && !wanted) {
						t.Error("it was added")
					}
					if a := w.adding(); a.StartURL == startURL {
						t.Errorf("left is %+v", a)
					}
				})
			})
		}
	}
}

// A correction is asked as well, and what is in the way of it is said.
func TestACorrectionIsAsked(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		n := message.NewPortal{Portal: startURL, StartURL: corrected, Region: "us-east-1"}
		w.ok(message.PortalAsk, n.Fields())
		w.until("it to be corrected", time.Minute, func() bool {
			p, _ := w.portals().Find(startURL)
			return p.StartURL == corrected && w.adding() == message.Adding{}
		})
		w.phase(message.ShowCode)
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "http://127.0.0.1:9/start", Region: "us-east-1"}.Fields())
		n.StartURL = "http://127.0.0.1:9/start"
		n.Region = "eu-west-1"
		w.ok(message.PortalAsk, n.Fields())
		if a := w.said(); a.Silent || a.Problem.Field != message.StartURLField {
			t.Errorf("%+v", a.Problem)
		}
		// One that was removed meanwhile is corrected no more.
		hold := w.net.hold("/client/register")
		n.StartURL = "http://127.0.0.1:10/start"
		w.ok(message.PortalAsk, n.Fields())
		<-hold.arrived
		w.ok(message.PortalRemove, ref())
		close(hold.release)
		if a := w.said(); a.Problem.Code != message.UnknownPortal {
			t.Errorf("%+v", a.Problem)
		}
	})
}

// A page that is ready long after access was granted does not open by itself.
func TestAPortalThatAnswersLateSurprisesNobody(t *testing.T) {
	slow := portaltest.FaultRule{Fault: portaltest.FaultSlow, Time: 14 * time.Second, Count: 3}
	inBrowserWorld(t, portaltest.Config{Faults: []portaltest.FaultRule{slow}}, func(w *world) {
		w.askPortal()
		w.until("the page", 2*time.Minute, func() bool { return w.status().SignIn == message.ShowCode })
		if tabs := w.browser.opened(); len(tabs) != 0 {
			t.Errorf("opened %q", tabs)
		}
	})
}

// The worker is killed at the n-th write from the form to the open page, for every n:
// the portal is there once, and the sign-in under way.
func TestWorkerKilledAtEveryWriteOfAnAdding(t *testing.T) {
	add := func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.ask(message.PortalAsk, asks().Fields())
		if w.dead() {
			w.begin()
			w.ask(message.PortalAsk, asks().Fields()) // the popup asks again
		}
		w.set(func() { w.browser.hosts = true })
		w.life.backend.Granted(w.life.ctx)
	}
	var points int
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		add(w)
		w.phase(message.Waiting)
		points = w.written()
	})
	for _, name := range slices.Sorted(maps.Keys(revivals)) {
		for _, kept := range []bool{false, true} {
			for n := 1; n <= points; n++ {
				inBrowserWorld(t, portaltest.Config{}, func(w *world) {
					w.killAtWrite(n, kept)
					add(w)
					w.until("the sign-in", 3*time.Minute, func() bool {
						if w.dead() {
							w.begin()
							revivals[name](w)
							if w.adding().Phase == message.AddWanted {
								w.wake() // who allowed it and sees nothing opens the popup
							}
						}
						if w.browser.due() {
							w.life.backend.Alarm(w.life.ctx)
						}
						s := w.status()
						return s.SignIn == message.Waiting || s.SignIn == message.ShowCode && len(w.browser.opened()) == 0
					})
					if w.lives == 1 {
						t.Errorf("the worker was not killed")
					}
					if got := w.portals(); len(got.All) != 1 || got.Active != startURL || w.session.get(message.AddingKey) != "" {
						t.Errorf("portals %+v, adding %+v", got, w.adding())
					}
					if n := w.portal.Requests(); n["RegisterClient"] > 3 || n["StartDeviceAuthorization"] > 2 {
						t.Errorf("%v", n)
					}
					if t.Failed() {
						t.Fatalf("killed at write %d of %d (done: %v); then %s", n, points, kept, name)
					}
				})
			}
		}
	}
	t.Logf("%d kill points", points)
}

// The n-th write is refused, for every n, by a worker that lives on: it is said, or done
// once more.
func TestEveryWriteOfAnAddingFailsOnce(t *testing.T) {
	for n, points := 1, 99; n <= points; n++ {
		inBrowserWorld(t, portaltest.Config{}, func(w *world) {
			w.set(func() { w.browser.hosts = false })
			w.disk = func(i int, _ string) error {
				if i == n {
					return errDisk
				}
				return nil
			}
			for tries := 0; ; tries++ {
				_, refused := w.ask(message.PortalAsk, asks().Fields())
				if refused == nil {
					break
				}
				if tries > 0 || refused.Code != message.Internal || !refused.Retryable {
					t.Fatalf("%+v", refused)
				}
			}
			w.set(func() { w.browser.hosts = true })
			w.life.backend.Granted(w.life.ctx)
			w.until("the sign-in", 3*time.Minute, func() bool {
				if w.adding().Phase == message.AddWanted {
					w.wake()
				}
				s := w.status()
				return s.SignIn == message.Waiting || s.SignIn == message.ShowCode && len(w.browser.opened()) == 0
			})
			if got := w.portals(); len(got.All) != 1 || w.adding() != (message.Adding{}) {
				t.Errorf("portals %+v, adding %+v", got, w.adding())
			}
			points = w.written()
			if t.Failed() {
				t.Fatalf("write %d failed", n)
			}
		})
	}
}
