package backend_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// deeds are what people, the portal, the browser and clocks do to a sign-in.
var deeds = map[string]func(w *world){
	"add": func(w *world) {
		w.try(message.PortalAsk, asks().Fields())
	},
	"add it unasked": func(w *world) {
		n := asks()
		n.Unasked = true
		w.try(message.PortalAsk, n.Fields())
	},
	"leave the form":   func(w *world) { w.try(message.PortalAskNoMore, nil) },
	"close the page":   func(w *world) { w.browser.close(w.browser.last()) },
	"go on in it":      func(w *world) { w.browser.lead(w.browser.last(), "https://elsewhere.example") },
	"where none sees":  func(w *world) { w.browser.lead(w.browser.last(), "") },
	"sign in":          func(w *world) { w.try(message.SignInStart, ref()) },
	"by code":          func(w *world) { w.try(message.SignInStart, message.SignIn{Portal: startURL, ByCode: true}.Fields()) },
	"afresh":           func(w *world) { w.try(message.SignInStart, message.SignIn{Portal: startURL, Fresh: true}.Fields()) },
	"open":             func(w *world) { w.try(message.SignInOpen, ref()) },
	"cancel":           func(w *world) { w.try(message.SignInCancel, ref()) },
	"sign out":         func(w *world) { w.try(message.SignOut, ref()) },
	"remove":           func(w *world) { w.try(message.PortalRemove, ref()) },
	"copy":             func(w *world) { w.try(message.CredentialsCopy, w.order().Fields()) },
	"allow":            func(w *world) { w.answer("allow", -1) },
	"deny":             func(w *world) { w.answer("deny", -1) },
	"allow the first":  func(w *world) { w.answer("allow", 0) },
	"forge":            func(w *world) { w.try(message.SignInReturn, message.Return{State: "x", Code: "y"}.Fields()) },
	"approve the code": func(w *world) { w.portal.Approve(w.status().UserCode) },
	"deny the code":    func(w *world) { w.portal.Deny(w.status().UserCode) },
	"open the popup":   func(w *world) { w.try(message.Wake, nil) },
	"kill":             func(w *world) { w.kill() },
	"kill at a write":  func(w *world) { w.killAtWrite(1, true) },
	"kill before one":  func(w *world) { w.killAtWrite(2, false) },
	"a second":         func(*world) { time.Sleep(time.Second) },
	"half a minute":    func(*world) { time.Sleep(31 * time.Second) },
	"minutes":          func(*world) { time.Sleep(4 * time.Minute) },
	"hours":            func(*world) { time.Sleep(3 * time.Hour) },
	"clock ahead":      func(w *world) { w.set(func() { w.ahead += 2 * time.Hour }) },
	"clock back":       func(w *world) { w.set(func() { w.ahead -= 3 * time.Hour }) },
	"offline":          func(w *world) { w.net.setOffline(true) },
	"online":           func(w *world) { w.net.setOffline(false) },
	"the portal fails": func(w *world) { w.portal.SetFaults(portaltest.FaultRule{Fault: portaltest.FaultServerError}) },
	"it hangs":         func(w *world) { w.portal.SetFaults(portaltest.FaultRule{Fault: portaltest.FaultTimeout}) },
	"it is well":       func(w *world) { w.portal.SetFaults() },
	"it ends sessions": func(w *world) { w.portal.ExpireTokens() },
	"access taken":     func(w *world) { w.set(func() { w.browser.hosts = false }) },
	"access granted":   func(w *world) { w.set(func() { w.browser.hosts = true }); w.life.backend.Granted(w.life.ctx) },
	"the alarm":        func(w *world) { w.life.backend.Alarm(w.life.ctx) },
}

// try asks for something that may be refused.
func (w *world) try(t message.Type, f message.Fields) { w.life.backend.Handle(w.life.ctx, t, f) }

// answer presses a button on a page that was opened, the last one or another.
func (w *world) answer(decision string, i int) {
	tabs := w.browser.opened()
	if i < 0 {
		i = len(tabs) - 1
	}
	if i < 0 || i >= len(tabs) || w.status().UserCode != "" {
		return // a page for codes is decided on otherwise
	}
	if back, ok := w.leadsBack(tabs[i], decision); ok {
		w.try(message.SignInReturn, back.Fields())
	}
}

// wrong says what must never be, whatever happened.
func (w *world) wrong() string {
	signIns, tokens := 0, 0
	for _, j := range w.jobs() {
		if j["kind"] == "signin" {
			signIns++
		}
	}
	if message.ParseText(w.session.get("session:" + startURL))["token"] != "" {
		tokens++
	}
	s := w.status()
	switch {
	case signIns > 1:
		return fmt.Sprint(signIns, " sign-ins are under way")
	case s.SignIn == message.SignedIn && tokens == 0:
		return "signed in without a token"
	case !w.dead() && (w.browser.catches() != "") != w.awaitsPage():
		return fmt.Sprintf("the way back is %q, awaited: %v", w.browser.catches(), w.awaitsPage())
	case s.SignIn == message.ShowCode && s.UserCode == "" && !w.awaitsPage():
		return "there is neither a code nor a page"
	case (w.adding().Phase == message.AddNothing) != !slices.ContainsFunc(w.jobs(), func(j message.Fields) bool { return j["kind"] == "adding" }):
		return fmt.Sprintf("the form is told %+v", w.adding())
	}
	return ""
}

// Whatever people, the portal, the browser and clocks do in whatever order: there is
// one sign-in at a time, no token where none belongs, a way back while a page is
// awaited and only then, and in the end a way to everything listed.
func TestASignInSurvivesWhateverHappens(t *testing.T) {
	names := make([]string, 0, len(deeds))
	for name := range deeds {
		names = append(names, name)
	}
	rapid.Check(t, func(r *rapid.T) {
		config := portaltest.Config{Accounts: 2, TPS: -1}
		if rapid.Bool().Draw(r, "refreshed") {
			config.SessionTTL, config.TokenTTL = 8*time.Hour, time.Hour
		}
		history := rapid.SliceOfN(rapid.SampledFrom(slices.Sorted(slices.Values(names))), 1, 30).Draw(r, "deeds")
		fault := "" // said outside of the bubble
		inWorld(t, config, func(w *world) {
			w.redirect = redirect
			w.restart()
			for i, name := range history {
				if w.dead() { // the next is started by something
					w.begin()
					deeds["open the popup"](w)
					synctest.Wait()
				}
				deeds[name](w)
				synctest.Wait()
				if wrong := w.wrong(); wrong != "" {
					fault = fmt.Sprintf("after %q: %s; status %+v", history[:i+1], wrong, w.status())
					return
				}
			}
			w.net.setOffline(false)
			w.portal.SetFaults()
			w.set(func() { w.browser.hosts, w.ahead, w.killAt = true, 0, 0 })
			if w.dead() {
				w.begin()
			}
			if stuck := w.stuck(); stuck != "" {
				fault = fmt.Sprintf("after %q: %s", history, stuck)
			}
		})
		if fault != "" {
			r.Fatal(fault)
		}
	})
}

// stuck has a person go on from here; it says where that ends, unless all is listed.
func (w *world) stuck() string {
	return w.stuckBefore(func() bool { return w.directory().Updated != 0 && w.directory().Rows() == rows(w.portal) })
}

// stuckBefore is stuck for another end, signed in and with no listing under way.
func (w *world) stuckBefore(done func() bool) string {
	for end := time.Now().Add(30 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Second) {
		synctest.Wait()
		if w.browser.due() {
			w.life.backend.Alarm(w.life.ctx)
		}
		s := w.status()
		switch {
		case message.ParsePortals(w.local.get(message.PortalsKey)).Active == "":
			deeds["add"](w)
			deeds["access granted"](w) // at the browser's question
		case s.SignIn == message.Waiting && s.UserCode == "":
			if tabs := w.browser.opened(); len(tabs) == 0 {
				deeds["open"](w)
			} else {
				w.answer("allow", -1)
				deeds["open"](w) // if that page was of an earlier one
			}
		case s.SignIn == message.ShowCode:
			deeds["open"](w)
		case s.SignIn == message.Waiting:
			deeds["approve the code"](w)
		case s.SignIn == message.SignedIn && s.Sync == message.Idle && done():
			return ""
		case s.SignIn == message.SignedIn:
			deeds["open the popup"](w)
		default:
			deeds["sign in"](w)
			deeds["access granted"](w) // at the browser's question
		}
	}
	return fmt.Sprintf("no way on: %+v, problem %v", w.status(), w.status().Problem)
}
