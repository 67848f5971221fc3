package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// What screen readers and keyboards get.
func TestPopupIsAComboboxWithAListbox(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 30, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	const input = "document.getElementById('query')"
	for expression, want := range map[string]string{
		input + ".role":                             "combobox",
		input + ".ariaLabel":                        "Search accounts and roles",
		input + ".getAttribute('aria-controls')":    "rows",
		"document.getElementById('rows').role":      "listbox",
		"document.getElementById('rows').ariaLabel": "Accounts and roles",
		"document.activeElement.id":                 "query",
	} {
		if got := eval[string](t, p, expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	if n := eval[int](t, p, "document.querySelectorAll('[role=option]').length"); n > 30 {
		t.Errorf("%d rows are painted of 90", n)
	}

	active := func() string {
		t.Helper()
		if focus := eval[string](t, p, "document.activeElement.id"); focus != "query" {
			t.Errorf("the focus went to %q", focus)
		}
		return eval[string](t, p, `(() => {
			const row = document.getElementById(`+input+`.getAttribute('aria-activedescendant'));
			const box = row.getBoundingClientRect(), list = document.getElementById('rows').getBoundingClientRect();
			if (row.ariaSelected !== 'true') return 'not selected';
			const name = row.closest('.group').querySelector('.account').getBoundingClientRect();
			if (name.top < list.top - 1 || box.top < name.bottom - 1 || box.bottom > list.bottom + 1) return 'out of sight';
			return row.ariaPosInSet + ' of ' + row.ariaSetSize;
		})()`)
	}
	press := func(key, want string) {
		t.Helper()
		must(t, p.Press(key))
		// The list scrolls in the next frame.
		if err := p.Wait(`document.getElementById(` + input + `.getAttribute('aria-activedescendant'))?.ariaPosInSet === '` + strings.Fields(want)[0] + `'`); err != nil {
			t.Errorf("after %q: %v", key, err)
		}
		if got := active(); got != want {
			t.Errorf("after %q: %s, want %s", key, got, want)
		}
	}
	press("ArrowDown", "2 of 90")
	press("ArrowUp", "1 of 90")
	press("ArrowUp", "90 of 90")
	press("ArrowDown", "1 of 90")
	for range 12 {
		must(t, p.Press("ArrowDown"))
	}
	press("ArrowDown", "14 of 90")

	must(t, p.Click(".row[aria-selected=false]"))
	must(t, p.Wait("document.activeElement.id === 'query'"))
	saw(t)(j.Search("prod"))
	press("ArrowDown", "2 of "+eval[string](t, p, "document.querySelector('.row').ariaSetSize"))
	must(t, p.Press("Escape"))
	must(t, p.Wait(input+".value === ''"))
	saw(t)(j.Search("zzzzqqq"))
	saw(t)(p.WaitText("#empty", "No match"))
	must(t, j.Shot("no-match"))
	must(t, p.Press("Escape")) // clears the search
	must(t, p.Wait(input+".value === ''"))
	_ = p.Press("Escape") // closes the popup, maybe before it is confirmed
	must(t, j.Closed())
}

// The wheel moves the window of rows that are painted.
func TestScrollingPaintsWhatShows(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 200, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	for _, top := range []int{3000, 12345, 0, 999999} {
		eval[bool](t, p, "(document.getElementById('rows').scrollTop = "+strconv.Itoa(top)+", true)")
		must(t, p.Wait(`(() => {
			const list = document.getElementById('rows').getBoundingClientRect();
			for (let y = list.top + 5; y < list.bottom; y += 40) {
				if (!document.elementFromPoint(60, y)?.closest('.row, .account')) return false;
			}
			return true;
		})()`))
	}
	holds(t, eval[string](t, p, "[...document.querySelectorAll('.row')].map(r => r.ariaPosInSet).join(' ')"), "600")
}

// Nothing is cut off where there is little room. The size of a popup can not be
// emulated, so this is its page in a tab.
func TestPopupFits360Pixels(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 20, Roles: 3, TPS: -1, Interval: time.Second})
	p, err := j.Browser.NewTab(j.Browser.Address("popup/popup.html"))
	must(t, err)
	must(t, p.Resize(360, 560), p.Wait("document.querySelectorAll('.row').length > 0"))
	must(t, p.Screenshot(shots(t)+"/narrow.png"))
	fits(t, p)
}

// fits fails the test if something visible sticks out of the page.
func fits(t *testing.T, p *browser.Page) {
	t.Helper()
	const out = `[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.unseen') &&
		(e.getBoundingClientRect().right > innerWidth + 0.5 || e.closest('.actions') && e.getBoundingClientRect().bottom > innerHeight + 0.5)
		).map(e => e.id || e.className).join(' ')`
	if err := p.Wait("(" + out + ") === ''"); err != nil { // once the page has heard of its size
		t.Errorf("at %d px these stick out: %s", eval[int](t, p, "innerWidth"), eval[string](t, p, out))
	}
}
