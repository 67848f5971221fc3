//go:build stress

package e2e

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// ordeal is one cell of the table: what the portal does to a person at one step
// of the main job, at which moreover the worker is stopped and the popup closed.
type ordeal struct {
	step, operation string
	fault           portaltest.Fault
}

// steps are the steps of the main job at which something is stored, with the
// operation that is under way or comes next.
var steps = []struct{ name, operation string }{
	{"portal added", "RegisterClient"},
	{"starting to sign in", "StartDeviceAuthorization"},
	{"code shown", "CreateToken"},
	{"code approved", "CreateToken"},
	{"listing accounts", "ListAccounts"},
	{"listing roles", "ListAccountRoles"},
	{"copying", "GetRoleCredentials"},
	{"bookmarking", ""},
	{"signing out", "Logout"},
}

// faultsOf are the faults that can hit an operation.
func faultsOf(operation string) []portaltest.Fault {
	if operation == "" {
		return []portaltest.Fault{""} // no request is made: the kill alone
	}
	all := []portaltest.Fault{"", portaltest.FaultServerError, portaltest.FaultUnavailable, portaltest.FaultTimeout, portaltest.FaultReset,
		portaltest.FaultHTML, portaltest.FaultTruncated, portaltest.FaultSlow}
	switch operation {
	case "RegisterClient", "StartDeviceAuthorization", "CreateToken":
		return all
	case "ListAccounts", "ListAccountRoles":
		return append(all, portaltest.FaultThrottle, portaltest.FaultExpired)
	case "GetRoleCredentials":
		return append(all, portaltest.FaultThrottle, portaltest.FaultExpired, portaltest.FaultRevoked)
	}
	return append(all, portaltest.FaultThrottle)
}

// rule has a fault meet the first two requests of an operation: the client's own
// retries get past some faults, the person past the others.
func (o ordeal) rule() []portaltest.FaultRule {
	if o.fault == "" {
		return nil
	}
	r := portaltest.FaultRule{Operation: o.operation, Count: 2, Fault: o.fault}
	if o.fault == portaltest.FaultSlow {
		r.Time = 2 * time.Second
	}
	if o.fault == portaltest.FaultExpired {
		r.Count = 1
	}
	return []portaltest.FaultRule{r}
}

func TestTheMainJobSurvivesEveryKillTimesEveryFault(t *testing.T) {
	var passed, all atomic.Int32
	t.Run("steps", func(t *testing.T) {
		for _, step := range steps {
			for _, fault := range faultsOf(step.operation) {
				all.Add(1)
				o := ordeal{step.name, step.operation, fault}
				t.Run(step.name+" fault "+string(fault), func(t *testing.T) {
					t.Parallel() // they mostly wait
					o.run(t, launch(t, browser.Options{Extension: devBuild, Granted: []string{"bookmarks"}}))
					passed.Add(1)
				})
			}
		}
	})
	t.Logf("steps x faults: %d of %d passed", passed.Load(), all.Load())
}

func (o ordeal) run(t *testing.T, b *browser.Browser) {
	portal := portaltest.New(portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second, Seed: uint64(time.Now().UnixNano())})
	server := httptest.NewServer(portal)
	defer server.Close()
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	defer j.Close() // a popup that is left open keeps the next from opening
	p := &person{t: t, j: j, portal: portal}
	strike := func() {
		portal.SetFaults(o.rule()...)
	}
	kill := func() {
		t.Helper()
		must(t, b.StopWorker(), j.Close())
	}

	if o.step == "portal added" {
		strike()
	}
	saw(t)(j.AddPortal())
	phase(t, j, "wanted", "starting", "code")
	if o.step == "portal added" {
		kill()
	}
	if o.step == "starting to sign in" {
		strike()
		kill()
	}
	p.until("code shown", func() bool { return p.shows("#signin-code") })
	if o.step == "code shown" {
		strike()
		kill()
	}
	if o.step == "code approved" {
		strike()
	}
	if strings.HasPrefix(o.step, "listing") {
		strike()
	}
	code := saw(t)(j.Code())
	portal.Approve(code)
	if o.step == "code approved" {
		kill()
	}
	if strings.HasPrefix(o.step, "listing") {
		phase(t, j, "in", "expired")
		kill()
	}
	p.until("everything listed", p.listed)

	saw(t)(j.Search("prod"))
	if o.step == "copying" {
		strike()
		must(t, open(t, j).Press(kb.Enter))
		kill()
		// A row of which the portal has just said no is not asked for again.
		portal.SetFaults()
		p.until("signed in", p.listed)
	}
	p.until("copied", func() bool { return p.copied() })

	if o.step == "bookmarking" {
		must(t, open(t, j).Press("d", chromedp.KeyModifiers(2)))
		kill()
	}
	saw(t)(j.Bookmark())
	if marks := saw(t)(j.Bookmarks()); strings.Count(marks, server.URL) != 1 {
		t.Errorf("bookmarks: %s", marks)
	}

	if o.step == "signing out" {
		strike()
		must(t, open(t, j).Click("#portal"), open(t, j).Click("#menu-signout"))
		kill()
		portal.SetFaults()
	} else {
		saw(t)(j.SignOut())
	}
	phase(t, j, "")
	noSecrets(t, j, portal, "local")
	p.remove()
	noSecrets(t, j, portal, "session")
}

// person does what a person would who looks at the popup and presses what it
// offers.
type person struct {
	t      *testing.T
	j      *mainjob.Job
	portal *portaltest.Portal
}

// until goes on pressing what is offered until done.
func (p *person) until(what string, done func() bool) {
	p.t.Helper()
	err := browser.Until(2*time.Minute, what, func() (bool, error) {
		open(p.t, p.j)
		if done() {
			return true, nil
		}
		p.press()
		return false, nil
	})
	if err != nil {
		text, _ := open(p.t, p.j).Text("body")
		p.t.Fatalf("%v; the popup shows %.400q", err, text)
	}
}

// press presses what the popup offers, if it offers anything.
func (p *person) press() {
	popup := open(p.t, p.j)
	switch {
	case p.shows("#signin-code"):
		if code, err := popup.Text("#signin-code"); err == nil {
			p.portal.Approve(code)
		}
	case p.shows("#signin-primary"):
		_ = popup.Click("#signin-primary")
	case p.shows("#banner-action"):
		_ = popup.Click("#banner-action")
	}
}

func (p *person) shows(selector string) bool {
	shown, err := browser.Eval[bool](open(p.t, p.j), fmt.Sprintf("document.querySelector(%q).checkVisibility()", selector))
	return err == nil && shown
}

func (p *person) listed() bool {
	text, err := open(p.t, p.j).Text("#summary")
	return err == nil && (strings.HasPrefix(text, "24 roles in 12") || strings.Contains(text, "match")) && !p.shows("#banner") && p.shows("#list")
}

func (p *person) copied() bool {
	popup := open(p.t, p.j)
	must(p.t, popup.Press(kb.Enter))
	must(p.t, popup.Wait("!/Fetching|^$/.test(document.getElementById('notice').textContent)"))
	text, err := popup.Text("#notice")
	return err == nil && strings.HasPrefix(text, "Copied")
}

func (p *person) remove() {
	popup := open(p.t, p.j)
	must(p.t, popup.Click("#portal"), popup.Click("#menu-remove"), popup.Click("#menu-remove"),
		popup.Wait("document.getElementById('add').checkVisibility()"), p.j.Close())
}
