package e2e

import (
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// overhear has the popup note whatever its console says, and what nobody caught,
// where it outlives the popup. A Go program that dies says so there alone.
func overhear(t *testing.T, p *browser.Page) {
	t.Helper()
	eval[bool](t, p, `(() => {
		const note = (...said) => { localStorage.overheard = (localStorage.overheard ?? '') + said.map(String).join(' ') + '\n'; };
		for (const level of ['log', 'info', 'warn', 'error']) console[level] = note;
		addEventListener('error', (e) => note(e.message));
		addEventListener('unhandledrejection', (e) => note(e.reason));
		return true;
	})()`)
}

// quiet fails the test if a popup that was overheard said anything.
func quiet(t *testing.T, j *mainjob.Job) {
	t.Helper()
	popup := open(t, j)
	if said := eval[string](t, popup, "localStorage.overheard ?? ''"); said != "" {
		t.Errorf("as it closed, the popup said:\n%s", said)
	}
}

// The popup ends without a word, however it is closed, and the next one goes on
// where it was: the last letter was typed just before.
func TestAPopupThatClosesDiesQuietlyAndIsContinued(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	for _, way := range []struct {
		name, query string
		close       func(t *testing.T, p *browser.Page)
	}{
		{"by a click beside it", "prod", func(t *testing.T, _ *browser.Page) { must(t, j.Close()) }},
		{"by Escape", "", func(t *testing.T, p *browser.Page) {
			must(t, p.Press("Escape"), p.Wait("document.querySelector('#query').value === ''"))
			_ = p.Press("Escape") // it may be gone before that is confirmed
			must(t, j.Closed())
		}},
		{"by the console's tab", "prod", func(t *testing.T, p *browser.Page) {
			_ = p.Press("Ctrl+Enter") // as above
			page, err := j.Browser.Page("/console/home")
			must(t, err, j.Closed(), page.Close())
		}},
		{"by going elsewhere", "prod", func(t *testing.T, p *browser.Page) {
			must(t, p.Navigate(j.Browser.Address("icons/16.png")), j.Close())
		}},
	} {
		t.Run(way.name, func(t *testing.T) {
			p := open(t, j)
			overhear(t, p)
			saw(t)(j.Search("prod"))
			must(t, p.Press("ArrowDown"))
			row := saw(t)(j.Selected())
			way.close(t, p)
			quiet(t, j)
			if got := eval[string](t, open(t, j), "document.querySelector('#query').value"); got != way.query {
				t.Errorf("the next popup searches %q", got)
			}
			if got := saw(t)(j.Selected()); way.query != "" && got != row {
				t.Errorf("the next popup selects %q, was %q", got, row)
			}
			saw(t)(j.Search("dev")) // or the next case could do with this one's view
			must(t, j.Close())
		})
	}
}

// A popup closes quietly on every screen, and before Go has started too.
func TestAPopupClosesQuietlyOnEveryScreen(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	closes := func() {
		t.Helper()
		overhear(t, open(t, j))
		must(t, j.Close())
		quiet(t, j)
	}
	closes() // at the form
	saw(t)(j.AddPortal())
	saw(t)(j.Code())
	closes() // at the code
	saw(t)(j.SignIn())
	closes() // at the list, maybe while it is filled
	must(t, open(t, j).Click("#portal"))
	closes() // with the menu open
	must(t, j.Close())
	popup, err := j.Browser.OpenPopup()
	must(t, err)
	overhear(t, popup)
	must(t, popup.Close())
	quiet(t, j)
}
