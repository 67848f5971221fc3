package backend_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

const redirect = "http://127.0.0.1:1/oauth/callback"

// inBrowserWorld is inWorld where pages can lead back.
func inBrowserWorld(t *testing.T, config portaltest.Config, test func(w *world)) {
	t.Helper()
	inWorld(t, config, func(w *world) {
		w.redirect = redirect
		w.restart()
		test(w)
		synctest.Wait()
		if caught, awaited := w.browser.catches() != "", w.awaitsPage(); caught != awaited {
			t.Errorf("the browser leads back: %v; a sign-in waits for that: %v", caught, awaited)
		}
	})
}

// awaitsPage tells whether a sign-in waits for its page to lead back.
func (w *world) awaitsPage() bool {
	for _, j := range w.jobs() {
		if j["kind"] == "page" || j["kind"] == "signin" && j["nonce"] != "" && j["code"] == "" {
			return true
		}
	}
	return false
}

// decide presses a button on a page that was opened, and gives what it leads back
// with.
func (w *world) decide(page, decision string) message.Return {
	w.t.Helper()
	back, ok := w.leadsBack(page, decision)
	if !ok {
		w.t.Fatalf("%s leads nowhere", page)
	}
	return back
}

// leadsBack is decide where the page may be of a portal that does not answer.
func (w *world) leadsBack(page, decision string) (back message.Return, ok bool) {
	got := serve(w.t.Context(), w.portal, &ssocore.Request{Method: "POST", URL: page, Body: []byte("decision=" + decision),
		Header: ssocore.Header{"content-type": "application/x-www-form-urlencoded"}})
	place, query, _ := strings.Cut(got.Header["location"], "?")
	values, err := url.ParseQuery(query)
	return message.Return{State: values.Get("state"), Code: values.Get("code"), Error: values.Get("error")}, err == nil && place == redirect
}

// openPage signs in until the page is open, and gives its address.
func (w *world) openPage() string {
	w.t.Helper()
	w.add()
	w.ok(message.SignInStart, ref())
	w.phase(message.Waiting)
	tabs := w.browser.opened()
	if len(tabs) != 1 {
		w.t.Fatalf("opened %q", tabs)
	}
	return tabs[0]
}

func TestSigningInByTheBrowser(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{SessionTTL: 8 * time.Hour, TokenTTL: time.Hour}, func(w *world) {
		page := w.openPage()
		if w.browser.catches() != redirect {
			t.Error("nothing leads back")
		}
		if s := w.status(); s.UserCode != "" || s.Problem != nil {
			t.Errorf("status %+v", s)
		}
		back := w.decide(page, "allow")
		const callback = "chrome-extension://portico/callback/callback.html"
		back.Tab, back.Page = firstTab, callback
		w.browser.lead(firstTab, callback)
		done := message.ReturnedFrom(w.ok(message.SignInReturn, back.Fields()))
		if done.Portal == "" || w.status().SignIn != message.SignedIn || w.browser.catches() != "" {
			t.Errorf("%+v; status %+v; leads back from %q", done, w.status(), w.browser.catches())
		}
		if popups, _ := w.browser.summoned(); popups != 1 || !slices.Equal(w.browser.closed, []int64{firstTab}) {
			t.Errorf("the popup was opened %d times, tabs %d are closed", popups, w.browser.closed)
		}
		w.listed()
		// What comes a second time changes nothing.
		w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
		if w.status().SignIn != message.SignedIn {
			t.Errorf("after that: %+v", w.status())
		}
		// The token is replaced by the registration that it came with.
		time.Sleep(50 * time.Minute)
		synctest.Wait()
		if w.ok(message.CredentialsCopy, w.order().Fields()); w.portal.Requests()["RegisterClient"] != 1 {
			t.Errorf("%v", w.portal.Requests())
		}
		// So is the next session's, and no other client is registered for it.
		w.ok(message.SignOut, ref())
		w.ok(message.SignInStart, ref())
		w.phase(message.Waiting)
		tabs := w.browser.opened()
		w.ok(message.SignInReturn, w.decide(tabs[len(tabs)-1], "allow").Fields())
		if w.status().SignIn != message.SignedIn || w.portal.Requests()["RegisterClient"] != 1 {
			t.Errorf("status %+v, %v", w.status(), w.portal.Requests())
		}
	})
}

// Who goes on elsewhere in the tab, while the code is redeemed, keeps it.
func TestATabInWhichThePersonWentOnStays(t *testing.T) {
	for _, shows := range []string{"", "https://mail.example/draft"} { // the first where the browser keeps it to itself
		inBrowserWorld(t, portaltest.Config{}, func(w *world) {
			back := w.decide(w.openPage(), "allow")
			back.Tab, back.Page = firstTab, "chrome-extension://portico/callback/callback.html"
			w.browser.lead(firstTab, shows)
			w.ok(message.SignInReturn, back.Fields())
			if w.browser.isClosed(firstTab) || w.status().SignIn != message.SignedIn {
				t.Errorf("the tab that shows %q is closed: %v; status %+v", shows, w.browser.isClosed(firstTab), w.status())
			}
		})
	}
}

func TestWhatComesBackIsBelievedByItsStateAlone(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		page := w.openPage()
		back := w.decide(page, "allow")
		for _, r := range []message.Return{
			{}, {Code: back.Code}, {State: "x", Code: back.Code}, {State: back.State + "x", Code: back.Code}, {State: "x", Error: "access_denied"},
			{State: back.State, Code: strings.Repeat("x", 5000)},
		} {
			w.refused(message.SignInReturn, r.Fields(), message.CodeExpired)
			if s := w.status(); s.SignIn != message.Waiting || s.Problem != nil {
				t.Fatalf("%+v changed the sign-in: %+v", r, s)
			}
		}
		w.ok(message.SignInReturn, back.Fields())
	})
}

func TestASignInByTheBrowserThatEndsOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(w *world, page string)
		phase   message.SignInPhase
		says    string // of the status
	}{
		"denied": {func(w *world, page string) {
			w.refused(message.SignInReturn, w.decide(page, "deny").Fields(), message.Denied)
		}, message.SignedOutPhase, "denied"},
		"refused": {func(w *world, page string) {
			back := w.decide(page, "deny")
			back.Error = "server_error"
			w.refused(message.SignInReturn, back.Fields(), message.PortalFault)
		}, message.SignedOutPhase, "server_error"},
		"refused with prose": {func(w *world, page string) {
			back := w.decide(page, "deny")
			back.Error = "The request (for a \u202esession) was not understood. " + strings.Repeat("Sorry. ", 100)
			if e := w.refused(message.SignInReturn, back.Fields(), message.PortalFault); len(e.Error()) > 100 {
				w.t.Errorf("says %v", e)
			}
		}, message.SignedOutPhase, "did not let Portico sign in."},
		"refused without a word": {func(w *world, page string) {
			back := w.decide(page, "deny")
			back.Error = ""
			w.refused(message.SignInReturn, back.Fields(), message.PortalFault)
		}, message.SignedOutPhase, "did not let Portico sign in."},
		"nothing comes": {func(_ *world, _ string) { time.Sleep(11 * time.Minute) }, message.SignedOutPhase, "not answered in time"},
		"cancelled": {func(w *world, page string) {
			back := w.decide(page, "allow")
			w.ok(message.SignInCancel, ref())
			w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
		}, message.SignedOutPhase, ""},
		"too late": {func(w *world, page string) {
			back := w.decide(page, "allow")
			time.Sleep(2 * time.Minute)
			w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
		}, message.SignedOutPhase, "cut off"},
		"another's code": {func(w *world, page string) {
			back := w.decide(page, "allow")
			back.Code = "x"
			w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
		}, message.SignedOutPhase, "cut off"},
		"removed": {func(w *world, _ string) { w.ok(message.PortalRemove, ref()) }, message.SignedOutPhase, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inBrowserWorld(t, portaltest.Config{}, func(w *world) {
				page := w.openPage()
				c.happens(w, page)
				synctest.Wait()
				s := w.status()
				if said := s.Problem; s.SignIn != c.phase || (said == nil) != (c.says == "") || said != nil && !strings.Contains(said.Message, c.says) {
					t.Errorf("status %+v, problem %v", s, said)
				}
				w.quiet()
				w.checkForgotten()
				for _, secret := range []string{"verifier", "nonce"} {
					if v := w.secretState()[secret]; v != "" {
						t.Errorf("the %s is left", secret)
					}
				}
			})
		})
	}
}

// After half a minute a code is what helps, and then what comes back counts no more.
func TestACodeIsOfferedWhereThePageLeadsNowhere(t *testing.T) {
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		page := w.openPage()
		if s := w.status(); s.Caution != "" {
			t.Errorf("at once: %+v", s)
		}
		time.Sleep(31 * time.Second)
		synctest.Wait()
		if s := w.status(); s.SignIn != message.Waiting || !strings.Contains(s.Caution, "use a code instead") {
			t.Errorf("after half a minute: %+v", s)
		}
		back := w.decide(page, "allow")
		w.ok(message.SignInStart, message.SignIn{Portal: startURL, ByCode: true}.Fields())
		w.phase(message.ShowCode)
		w.refused(message.SignInReturn, back.Fields(), message.CodeExpired)
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		if n := w.portal.Requests()["RegisterClient"]; n != 2 {
			t.Errorf("%d registrations, want one for each way", n)
		}
	})
}

// A page that is ready long after it was asked for does not open by itself.
func TestAPageIsNoSurprise(t *testing.T) {
	slow := portaltest.FaultRule{Operation: "RegisterClient", Fault: portaltest.FaultTimeout, Count: 2}
	inBrowserWorld(t, portaltest.Config{Faults: []portaltest.FaultRule{slow}}, func(w *world) {
		w.add()
		w.ok(message.SignInStart, ref())
		w.until("the page is ready", 2*time.Minute, func() bool { return w.status().SignIn == message.ShowCode })
		if tabs := w.browser.opened(); len(tabs) != 0 {
			t.Fatalf("opened %q", tabs)
		}
		w.ok(message.SignInOpen, ref())
		w.ok(message.SignInReturn, w.decide(w.browser.opened()[0], "allow").Fields())
	})
}

func TestWhatSigningInAsksAccessFor(t *testing.T) {
	const code, page = "https://oidc.us-east-1.amazonaws.com/*", "http://127.0.0.1/*"
	for name, c := range map[string]struct {
		redirect string
		settings message.Fields
		want     bool
	}{
		"by the browser": {redirect, nil, true},
		"by code":        {redirect, message.Settings{SignInByCode: true}.Fields(), false},
		"without a page": {"", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.redirect, w.browser.hosts = c.redirect, false
				w.restart()
				if c.settings != nil {
					w.ok(message.SettingsSet, c.settings)
				}
				n := message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "us-east-1"}
				access := message.AccessFrom(w.ok(message.PortalAdd, n.Fields()))
				e := w.refused(message.SignInStart, message.PortalRef{Portal: access.Portal}.Fields(), message.NeedsAccess)
				for _, origins := range []string{access.Origins, e.Origins} {
					if !strings.Contains(origins, code) || strings.Contains(origins, page) != c.want {
						t.Errorf("asks for %q", origins)
					}
				}
			})
		})
	}
}

// Two portals are signed in to at once, each by its own page.
func TestTwoSignInsAtOnce(t *testing.T) {
	const other = "http://localhost:8765/start"
	inBrowserWorld(t, portaltest.Config{}, func(w *world) {
		first := w.openPage()
		w.ok(message.PortalAdd, message.NewPortal{StartURL: other, Region: "us-east-1"}.Fields())
		w.ok(message.SignInStart, message.PortalRef{Portal: other}.Fields())
		w.until("the other page", time.Minute, func() bool { return len(w.browser.opened()) == 2 })
		w.ok(message.SignInReturn, w.decide(first, "allow").Fields())
		if w.browser.catches() == "" {
			t.Error("the second can't come back any more")
		}
		w.ok(message.SignInReturn, w.decide(w.browser.opened()[1], "allow").Fields())
		for _, id := range []string{startURL, other} {
			if s := message.ParseStatus(w.session.get(message.StatusPrefix + id)); s.SignIn != message.SignedIn {
				t.Errorf("%s: %+v", id, s)
			}
		}
	})
}

// The worker is killed at the n-th write of a sign-in by the browser, for every n.
func TestWorkerKilledAtEveryWriteOfASignInByTheBrowser(t *testing.T) {
	var points int
	inBrowserWorld(t, portaltest.Config{Accounts: 2}, func(w *world) {
		w.person(nil)
		points = w.written()
	})
	for name, revive := range revivals {
		for _, kept := range []bool{false, true} {
			for n := 1; n <= points; n++ {
				inBrowserWorld(t, portaltest.Config{Accounts: 2}, func(w *world) {
					w.killAtWrite(n, kept)
					begun := w.person(revive)
					if begun > 2 || w.status().SignIn != message.SignedIn || w.directory().Rows() != 6 {
						t.Errorf("begun %d times, status %+v", begun, w.status())
					}
					w.quiet()
					if t.Failed() {
						t.Fatalf("killed at write %d of %d (done: %v); then %s", n, points, kept, name)
					}
				})
			}
		}
	}
	t.Logf("%d kill points", points)
}

// faults are those that a request of the sign-in service can meet.
var faults = []portaltest.Fault{portaltest.FaultServerError, portaltest.FaultUnavailable, portaltest.FaultTimeout, portaltest.FaultReset, portaltest.FaultHTML,
	portaltest.FaultTruncated, portaltest.FaultThrottle, portaltest.FaultSlow, portaltest.FaultSkew, portaltest.FaultForbidden, portaltest.FaultGateway,
	portaltest.FaultMissing, portaltest.FaultDeep, portaltest.FaultTimeless}

// Each request of a sign-in by the browser meets each fault, once.
func TestFaultsOfASignInByTheBrowser(t *testing.T) {
	for _, operation := range []string{"RegisterClient", "CreateToken"} {
		for _, fault := range faults {
			t.Run(operation+" "+string(fault), func(t *testing.T) {
				rule := portaltest.FaultRule{Operation: operation, Fault: fault, Count: 1}
				if fault == portaltest.FaultSlow || fault == portaltest.FaultSkew {
					rule.Time = 20 * time.Second
				}
				inBrowserWorld(t, portaltest.Config{Accounts: 2, Faults: []portaltest.FaultRule{rule}}, func(w *world) {
					w.person(nil)
					if w.status().SignIn != message.SignedIn {
						t.Errorf("status %+v", w.status())
					}
				})
			})
		}
	}
}

// What was asked for beside the portal's hosts goes with the last portal.
func TestAccessForTheWayBackGoesWithTheLastPortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.redirect, w.loopback = redirect, false
		w.restart()
		for _, name := range []string{"acme", "other"} {
			w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://" + name + ".awsapps.com/start", Region: "us-east-1"}.Fields())
		}
		for i, name := range []string{"acme", "other"} {
			w.ok(message.PortalRemove, message.PortalRef{Portal: "https://" + name + ".awsapps.com/start"}.Fields())
			if gone := slices.Contains(w.browser.givenBack(), "http://127.0.0.1/*"); gone != (i == 1) {
				t.Errorf("%d portals removed, given back %q", i+1, w.browser.givenBack())
			}
		}
	})
}

// Who is asked to slow down does, and gets in; a key that fails is named; and that a
// session that was allowed is not handed out is said while it is asked for again.
func TestASignInByTheBrowserThatIsHeldUp(t *testing.T) {
	for _, test := range []struct {
		operation string
		fault     portaltest.Fault
		times     int
		says      string // while it goes on, or in the end
		in        bool
	}{
		{"RegisterClient", "SlowDownException", 2, "too many", true},
		{"CreateToken", "SlowDownException", 2, "does not hand out the session yet", true},
		{"CreateToken", portaltest.FaultServerError, 6, "does not hand out the session yet", true},
		{"CreateToken", portaltest.FaultHTML, 6, "does not hand out the session yet", true},
		{"RegisterClient", "KMS_DisabledException", 6, "KMS_DisabledException", false},
	} {
		t.Run(test.operation+" "+string(test.fault), func(t *testing.T) {
			inBrowserWorld(t, portaltest.Config{Accounts: 2, Faults: []portaltest.FaultRule{{Operation: test.operation, Fault: test.fault, Count: test.times}}}, func(w *world) {
				ended := make(chan struct{})
				if test.operation == "CreateToken" {
					page := w.openPage()
					go func() {
						defer close(ended)
						if back, ok := w.leadsBack(page, "allow"); ok {
							w.ask(message.SignInReturn, back.Fields())
						}
					}()
				} else {
					w.add()
					w.ok(message.SignInStart, ref())
				}
				w.until("it is said", time.Minute, func() bool {
					p := w.status().Problem
					return p != nil && strings.Contains(p.Error(), test.says)
				})
				if test.operation != "CreateToken" {
					w.until("it goes on", 2*time.Minute, func() bool { return w.status().SignIn == message.ShowCode || !test.in })
					return
				}
				<-ended
				w.until("the session", 2*time.Minute, func() bool { return w.status().SignIn == message.SignedIn && w.status().Problem == nil })
			})
		})
	}
}
