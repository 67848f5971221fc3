//go:build stress

package e2e

import (
	"cmp"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// ordeal is one cell of the table: what the portal does to a person at one step
// of the main job, at which moreover the worker is stopped and the popup closed.
type ordeal struct {
	step  step
	fault portaltest.Fault
}

// step is a step of the main job at which something is stored, with the
// operation that is under way or comes next.
type step struct{ name, operation string }

var (
	portalAdded     = step{"portal added", "RegisterClient"}
	signInStarting  = step{"sign-in starting", "StartDeviceAuthorization"}
	codeShown       = step{"code shown", "CreateToken"}
	codeApproved    = step{"code approved", "CreateToken"}
	listingAccounts = step{"listing accounts", "ListAccounts"}
	listingRoles    = step{"listing roles", "ListAccountRoles"}
	copying         = step{"copying", "GetRoleCredentials"}
	bookmarking     = step{"bookmarking", ""}
	signingOut      = step{"signing out", "Logout"}

	steps = []step{portalAdded, signInStarting, codeShown, codeApproved, listingAccounts, listingRoles, copying, bookmarking, signingOut}
)

const (
	// noFault is the kill alone.
	noFault portaltest.Fault = ""
	// The portal's clock shows two hours less or more than ours.
	clockAhead  portaltest.Fault = "clock ahead"
	clockBehind portaltest.Fault = "clock behind"
	// What is stored of the portal, its list aside, is of other types than ours.
	wrongTypes portaltest.Fault = "wrong types"
	// The browser keeps no more than it has.
	fullStorage portaltest.Fault = "full storage"
)

// faults are the columns of the table.
var faults = []portaltest.Fault{noFault, portaltest.FaultServerError, portaltest.FaultUnavailable, portaltest.FaultTimeout,
	portaltest.FaultReset, portaltest.FaultHTML, portaltest.FaultTruncated, portaltest.FaultSlow, clockAhead, clockBehind,
	portaltest.FaultThrottle, portaltest.FaultExpired, portaltest.FaultRevoked, portaltest.FaultGateway, portaltest.FaultMissing,
	portaltest.FaultDeep, portaltest.FaultEndless, portaltest.FaultHoles, portaltest.FaultTimeless, wrongTypes, fullStorage}

// stored tells whether a fault is the browser's, in what it keeps.
func (o ordeal) stored() bool { return o.fault == wrongTypes || o.fault == fullStorage }

// hits tells whether a fault can hit a step.
func (o ordeal) hits() bool {
	switch o.fault {
	case noFault:
		return true
	case wrongTypes, fullStorage:
		return true
	case portaltest.FaultThrottle:
		return slices.Contains([]step{listingAccounts, listingRoles, copying, signingOut}, o.step)
	case portaltest.FaultEndless, portaltest.FaultHoles:
		return o.step == listingAccounts || o.step == listingRoles
	case portaltest.FaultTimeless:
		return !slices.Contains([]step{listingAccounts, listingRoles, bookmarking, signingOut}, o.step)
	case portaltest.FaultExpired:
		return slices.Contains([]step{listingAccounts, listingRoles, copying}, o.step)
	case portaltest.FaultRevoked:
		return o.step == copying
	}
	return o.step != bookmarking // which asks the portal for nothing
}

// rule has a fault meet the first two requests of an operation: the client's own
// retries get past some faults, the person past the others.
func (o ordeal) rule() portaltest.FaultRule {
	r := portaltest.FaultRule{Operation: o.step.operation, Count: 2, Fault: o.fault}
	switch o.fault {
	case portaltest.FaultSlow:
		r.Time = 2 * time.Second
	case clockBehind:
		r.Fault, r.Time = portaltest.FaultSkew, -2*time.Hour // credentials seem to have expired when they come
	case clockAhead:
		r.Fault, r.Time = portaltest.FaultSkew, 2*time.Hour
	case portaltest.FaultEndless:
		r.Count = 0 // until it is over
	case portaltest.FaultExpired:
		r.Count = 1 // the next token is good
	}
	return r
}

func TestTheMainJobSurvivesEveryKillTimesEveryFault(t *testing.T) {
	var mu sync.Mutex
	passed := make(map[ordeal]bool)
	t.Run("ordeal", func(t *testing.T) {
		for _, step := range steps {
			for _, fault := range faults {
				o := ordeal{step, fault}
				if !o.hits() {
					continue
				}
				t.Run(step.name+" "+string(cmp.Or(fault, "kill")), func(t *testing.T) {
					t.Parallel()   // they mostly wait
					defer func() { // when a step failed, too
						mu.Lock()
						defer mu.Unlock()
						passed[o] = !t.Failed()
					}()
					o.run(t)
				})
			}
		}
	})
	t.Log(table(steps, passed))
}

// table prints which ordeals were passed, steps by faults.
func table(steps []step, passed map[ordeal]bool) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "steps x faults, each with the worker killed and the popup closed\n")
	for _, fault := range faults {
		fmt.Fprintf(w, "\t%s", cmp.Or(fault, "kill"))
	}
	n := 0
	for _, step := range steps {
		fmt.Fprintf(w, "\n%s", step.name)
		for _, fault := range faults {
			o := ordeal{step, fault}
			ok, tried := passed[o]
			switch {
			case ok:
				fmt.Fprint(w, "\tpassed")
				n++
			case tried:
				fmt.Fprint(w, "\tFAILED")
			case o.hits():
				fmt.Fprint(w, "\tnot run")
			default:
				fmt.Fprint(w, "\t-")
			}
		}
	}
	w.Flush()
	return fmt.Sprintf("%s\n%d of %d passed", b.String(), n, len(passed))
}

// run has a person do the main job, and puts them through the ordeal at its step.
func (o ordeal) run(t *testing.T) {
	portal := portaltest.New(portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	if o.fault == portaltest.FaultReset {
		server.Config.SetKeepAlivesEnabled(false) // or the browser tries again on its own
	}
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"bookmarks"}})
	p := &person{t: t, portal: portal, j: &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}}
	must(t, p.j.UseCodes())

	// What happens before and after the one moment of each step.
	strike := func(at step) {
		if at == o.step && o.fault != noFault && !o.stored() {
			portal.SetFaults(o.rule())
		}
	}
	kill := func(at step) {
		t.Helper()
		if at != o.step {
			return
		}
		if o.fault == fullStorage {
			store(t, b, fill)
		}
		must(t, b.StopWorker(), p.j.Close())
		switch o.fault {
		case wrongTypes:
			store(t, b, garble)
			must(t, p.j.UseCodes()) // which stood among it
		case fullStorage: // somebody looks, and makes room
			open(t, p.j)
			must(t, p.j.Close())
			store(t, b, makeRoom)
		}
	}
	struck := func(at step) {
		t.Helper()
		if at == o.step && o.fault != noFault && !o.stored() {
			must(t, browser.Until(patience, "the fault", func() (bool, error) { return portal.Spoiled() > 0, nil }))
		}
	}

	strike(portalAdded)
	strike(signInStarting)
	saw(t)(p.j.AddPortal())
	asked(t, p.j)
	kill(portalAdded)
	if o.step == signInStarting {
		must(t, browser.Until(patience, "a code to be asked for", func() (bool, error) { return portal.Requests()[o.step.operation] > 0, nil }))
	}
	kill(signInStarting)
	code := p.code()
	strike(codeShown)
	kill(codeShown)
	strike(codeApproved)
	strike(listingAccounts)
	strike(listingRoles)
	portal.Approve(code)
	kill(codeApproved)
	if o.step == listingAccounts || o.step == listingRoles {
		phase(t, p.j, "in", "expired")
	}
	if o.fault == portaltest.FaultEndless {
		struck(o.step)
	}
	kill(listingAccounts)
	kill(listingRoles)
	if o.fault == portaltest.FaultEndless {
		portal.SetFaults()
	}
	p.until("everything listed", listed)

	saw(t)(p.j.Search("prod"))
	strike(copying)
	if o.step == copying {
		must(t, open(t, p.j).Press("Enter"))
		struck(copying)
		kill(copying)
		portal.SetFaults() // a role that is refused stays refused otherwise
		p.until("signed in", listed)
	}
	p.until("copied", copied)

	if o.step == bookmarking {
		must(t, open(t, p.j).Press("Ctrl+d"))
		kill(bookmarking)
	}
	if o.step == bookmarking && o.fault == wrongTypes {
		p.until("listed anew", listed)
	}
	saw(t)(p.j.Bookmark())
	if marks := saw(t)(p.j.Bookmarks()); strings.Count(marks, server.URL) != 1 {
		t.Errorf("bookmarks: %s", marks)
	}

	strike(signingOut)
	if o.step == signingOut {
		must(t, open(t, p.j).Click("#portal"), open(t, p.j).Click("#menu-signout"))
		phase(t, p.j, "leaving", "") // a click that reached nobody is no sign-out
		struck(signingOut)
		kill(signingOut)
	} else {
		saw(t)(p.j.SignOut())
	}
	phase(t, p.j, "")
	if o.fault != noFault && !o.stored() && portal.Spoiled() == 0 {
		t.Error("no request met the fault: nothing was tested")
	}
	noSecrets(t, p.j, portal, "local")
	p.remove()
	for _, area := range []string{"local", "session", "sync"} {
		noSecrets(t, p.j, portal, area)
	}
}

// What a test does to what the browser keeps, as JavaScript.
const (
	// garble puts a number in the place of all that is stored but the portals.
	garble = `(async () => {
		for (const area of [chrome.storage.local, chrome.storage.session]) {
			for (const key of Object.keys(await area.get())) if (key !== 'portals') await area.set({[key]: 42});
		}
		return true;
	})()`
	// fill leaves no room for anything. What a value takes beside its letters is
	// the browser's own affair, so it comes near in two steps.
	fill = `(async () => {
		for (const area of [chrome.storage.local, chrome.storage.session]) {
			for (const step of [4096, 16]) {
				let room = area.QUOTA_BYTES - await area.getBytesInUse();
				const fits = () => area.set({['filler' + step]: 'x'.repeat(room)}).then(() => true, () => false);
				while (room > 0 && !await fits()) room -= step;
			}
		}
		return true;
	})()`
	makeRoom = `Promise.all([chrome.storage.local, chrome.storage.session].map((area) => area.remove(['filler4096', 'filler16']))).then(() => true)`
)

func store(t *testing.T, b *browser.Browser, change string) {
	t.Helper()
	_, err := browser.Eval[bool](b.Control(), change)
	must(t, err)
}

// person does what a person would who looks at the popup and presses what it
// offers. What comes of a press is seen at the next look: the popup may show
// something else by then, or have closed.
type person struct {
	t      *testing.T
	j      *mainjob.Job
	portal *portaltest.Portal
}

// until goes on pressing what is offered until done.
func (p *person) until(what string, done func(popup *browser.Page) bool) {
	p.t.Helper()
	var shown string
	err := browser.Until(2*time.Minute, what, func() (bool, error) {
		popup, err := p.j.Open()
		if err != nil {
			return false, nil // the next look opens another
		}
		if done(popup) {
			return true, nil
		}
		shown, _ = popup.Text("body")
		p.press(popup)
		return false, nil
	})
	if err != nil {
		p.t.Fatalf("%v; the popup shows %.400q", err, shown)
	}
}

// code waits for the code that has to be approved.
func (p *person) code() (code string) {
	p.t.Helper()
	p.until("code shown", func(popup *browser.Page) bool {
		if shows(popup, "#signin-code") {
			code, _ = popup.Text("#signin-code")
		}
		return code != ""
	})
	return code
}

// press presses what the popup offers, if it offers anything.
func (p *person) press(popup *browser.Page) {
	switch {
	case shows(popup, "#signin-code"):
		if code, err := popup.Text("#signin-code"); err == nil {
			p.portal.Approve(code)
		}
	case shows(popup, "#signin-primary"):
		_ = popup.Click("#signin-primary")
	case shows(popup, "#banner-action"):
		_ = popup.Click("#banner-action")
	case shows(popup, "#add-submit:enabled"):
		_, _ = p.j.AddPortal() // what was typed may be lost
	}
}

// asked waits until the form has reached the worker.
func asked(t *testing.T, j *mainjob.Job) {
	t.Helper()
	must(t, browser.Until(time.Minute, "the portal to be asked", func() (bool, error) {
		return browser.Eval[bool](j.Browser.Control(), "chrome.storage.session.get().then((s) => !!s.adding || Object.keys(s).some((key) => key.startsWith('status:')))")
	}))
}

func shows(popup *browser.Page, selector string) bool {
	shown, err := browser.Eval[bool](popup, fmt.Sprintf("!!document.querySelector(%q)?.checkVisibility()", selector))
	return err == nil && shown
}

func listed(popup *browser.Page) bool {
	text, err := popup.Text("#summary")
	return err == nil && (strings.HasPrefix(text, "24 roles in 12") || strings.Contains(text, "match")) && !complains(popup) && shows(popup, "#list")
}

// complains tells whether there is a banner. One about the clock stays until the
// portal tells another time, which it does with the next answer.
func complains(popup *browser.Page) bool {
	text, err := popup.Text("#banner")
	return err != nil || shows(popup, "#banner") && !strings.Contains(text, "clock is 2 h")
}

func copied(popup *browser.Page) bool {
	if popup.Press("Enter") != nil || popup.Wait("!/Fetching|^$/.test(document.getElementById('notice').textContent)") != nil {
		return false
	}
	text, err := popup.Text("#notice")
	return err == nil && strings.HasPrefix(text, "Copied")
}

func (p *person) remove() {
	remove(p.t, p.j)
	must(p.t, open(p.t, p.j).Wait("document.getElementById('add').checkVisibility()"), p.j.Close())
}
