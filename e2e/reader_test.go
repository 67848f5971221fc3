package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// told gives the one element of a role whose name begins so, as screen readers
// are told of it.
func told(t *testing.T, p *browser.Page, role, name string) browser.Node {
	t.Helper()
	nodes, err := p.Tree()
	must(t, err)
	var found []browser.Node
	for _, n := range nodes {
		if n.Role == role && strings.HasPrefix(n.Name, name) {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d elements of role %s are called %q: %+v", len(found), role, name, nodes)
	}
	return found[0]
}

func TestScreenReadersAreToldOfButtonsAndTheirKeys(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	for name, keys := range map[string]string{"Copy credentials": "Enter", "Console": "Control+Enter", "Actions": "Control+K"} {
		if n := told(t, p, "button", name); n.Name != name || n.Properties["keyshortcuts"] != keys {
			t.Errorf("%q has the keys %q, want %q alone as its name and %q", n.Name, n.Properties["keyshortcuts"], name, keys)
		}
	}
	if n := told(t, p, "button", "Portal "); n.Properties["hasPopup"] != "menu" || n.Properties["expanded"] != "false" {
		t.Errorf("the portal's button is %+v", n)
	}
	must(t, p.Click("#portal"))
	told(t, p, "menu", "Portal ")
	told(t, p, "menuitem", "Sign out")
}

// What the buttons act on is told with them, and at the search field where the
// selected row is scrolled away, so that no option can be read out.
func TestSelectionIsToldWhereItDoesNotShow(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := strings.Split(saw(t)(j.Selected()), " | ")
	if got, want := saw(t)(p.Text("#target")), row[0]+" "+row[1]+" · "+row[2]; got != want {
		t.Errorf("below the list stands %q, want %q", got, want)
	}
	for _, name := range []string{"Copy credentials", "Console", "Actions"} {
		if n := told(t, p, "button", name); n.Description != saw(t)(p.Text("#target")) {
			t.Errorf("%s is described by %q", name, n.Description)
		}
	}
	const atField = "document.getElementById('query').getAttribute('aria-describedby') === 'target'"
	if eval[bool](t, p, atField) {
		t.Error("what is read out as an option is told twice")
	}
	eval[bool](t, p, "(document.getElementById('rows').scrollTop = 4000, true)")
	must(t, p.Wait("!document.querySelector('[aria-selected=true]') && "+atField))
	eval[bool](t, p, "(document.getElementById('rows').scrollTop = 0, true)")
	must(t, p.Wait("!!document.querySelector('[aria-selected=true]') && !("+atField+")"))
}

// The option that is read out is another one whenever the row behind it is.
func TestActiveDescendantChangesWithTheRow(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	seen := map[string]string{} // row by ID
	look := func() {
		t.Helper()
		id := eval[string](t, p, "document.getElementById('query').getAttribute('aria-activedescendant')")
		row := saw(t)(j.Selected())
		if was, ok := seen[id]; ok && was != row {
			t.Errorf("%s is %q, was %q", id, row, was)
		}
		for other, was := range seen {
			if was == row && other != id {
				t.Errorf("%q is %s, was %s", row, id, other)
			}
		}
		if seen[id] = row; !eval[bool](t, p, fmt.Sprintf("document.getElementById(%q)?.ariaSelected === 'true'", id)) {
			t.Errorf("%s is not the selected row", id)
		}
	}
	for _, query := range []string{"", "prod", "dev", "data", "payments prod", ""} {
		saw(t)(j.Search(query))
		look()
		must(t, p.Press("ArrowDown"))
		look()
	}
	if len(seen) < 6 {
		t.Errorf("only %d rows were selected", len(seen))
	}
	ids := eval[[]string](t, p, "[...document.querySelectorAll('[role=option]')].map(row => row.id)")
	all := map[string]bool{}
	for _, id := range ids {
		if all[id] || strings.ContainsAny(id, " \t\n") {
			t.Errorf("%q names two rows, or is no ID", id)
		}
		all[id] = true
	}
}

// What changes is announced: the regions are there before anything is said in
// them, and say the count of matches, the remark above the list and what was done.
func TestWhatChangesIsAnnounced(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	rendered := func(id string) bool {
		return eval[bool](t, p, "(() => { const region = document.getElementById('"+id+"').closest('[aria-live], [role=status]');"+
			"return region.ariaLive !== 'off' && region.checkVisibility() })()")
	}
	must(t, p.Wait("document.getElementById('notice').textContent === ''"))
	for _, id := range []string{"notice", "summary", "banner"} {
		if !rendered(id) {
			t.Errorf("the live region of #%s is not rendered", id)
		}
	}
	saw(t)(j.Search("prod"))
	saw(t)(p.WaitText("#summary", "match"))
	portal.ExpireTokens()
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#banner", "session"))
	for _, id := range []string{"notice", "summary", "banner"} {
		if !rendered(id) {
			t.Errorf("the live region of #%s went away", id)
		}
	}
}

func TestMenuIsUsedByKeys(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	focus := func(expression string) {
		t.Helper()
		must(t, p.Wait("document.activeElement === document.querySelector('"+expression+"')"))
	}
	openMenu := func() {
		t.Helper()
		eval[bool](t, p, "(document.getElementById('portal').focus(), true)")
		must(t, p.Press("Enter"))
		focus("#menu-refresh")
	}
	closed := func() {
		t.Helper()
		must(t, p.Wait("document.getElementById('menu').hidden && document.getElementById('portal').ariaExpanded === 'false'"))
	}
	openMenu()
	must(t, p.Press("ArrowDown"))
	focus("[data-action=show-add]")
	must(t, p.Press("End"))
	focus("#menu-remove")
	must(t, p.Press("ArrowDown"))
	focus("#menu-refresh")
	must(t, p.Press("ArrowUp"))
	focus("#menu-remove")
	must(t, p.Press("Home"))
	focus("#menu-refresh")
	must(t, p.Press("Escape"))
	closed()
	focus("#portal")

	openMenu()
	must(t, p.Press("Tab"))
	closed()
	focus("#query")

	must(t, p.Click("#portal"))
	focus("#menu-refresh")
	must(t, p.Press("Escape"))
	closed()
	focus("#query") // which had it before
	must(t, p.Click("#portal"))
	focus("#menu-refresh")
	must(t, p.Click("#portal")) // once more closes it
	closed()
	if selected := eval[string](t, p, "document.querySelector('[aria-selected=true]').ariaPosInSet"); selected != "1" {
		t.Errorf("the menu's keys moved the selection to %s", selected)
	}
}

// A name that is written from right to left keeps to itself, wherever it stands.
func TestNamesAreIsolatedFromEachOther(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := strings.Split(saw(t)(j.Selected()), " | ")
	names := func(selector string) string {
		return eval[string](t, p, "[...document.querySelectorAll('"+selector+" bdi')].map(e => e.textContent).join(' | ')")
	}
	if got, want := names("#target"), strings.Join(row, " | "); got != want {
		t.Errorf("the target isolates %q, want %q", got, want)
	}
	saw(t)(j.Copy())
	holds(t, names("#notice"), row[0]+" | "+row[1]+" | "+row[2])
	if got := eval[string](t, p, "document.body.textContent"); strings.ContainsAny(got, "\u2068\u2069") {
		t.Error("the marks of names are on the page")
	}
}
