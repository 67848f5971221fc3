package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/directory"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// heldBuild is the development build, with a popup whose Go can be held back: a
// slow computer, to be looked at as long as a test likes.
func heldBuild(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "held")
	must(t, os.CopyFS(dir, os.DirFS(devBuild)))
	script := filepath.Join(dir, "popup", "popup.js")
	const before = "await run(code"
	source := string(read(t, script))
	if strings.Count(source, before) != 1 {
		t.Fatalf("popup.js does not start Go by %q", before)
	}
	must(t, os.WriteFile(script, []byte(strings.Replace(source, before,
		"if (localStorage.hold) await new Promise((letGo) => { globalThis.letGo = letGo; }); "+before, 1)), 0o600))
	return dir
}

// openHeld opens a popup that has painted first and has no Go yet. It waits for
// the field with an ID to have the focus.
func openHeld(t *testing.T, b *browser.Browser, focused string) *browser.Page {
	t.Helper()
	eval[bool](t, b.Control(), "(localStorage.hold = 'on', true)")
	p, err := b.OpenPopup()
	must(t, err, p.Wait("!!globalThis.letGo"))
	focus(t, p, focused)
	return p
}

// letGo has Go take over: it has taken what was pressed meanwhile when it is back.
func letGo(t *testing.T, p *browser.Page) {
	t.Helper()
	eval[bool](t, p, "(letGo(), delete localStorage.hold, true)")
	must(t, p.Wait("!!portico.event"))
}

const firstRow = mainjob.RowText + "(document.querySelector('.row'))"

// use has a portal shown, as a popup in another window might.
func use(t *testing.T, j *mainjob.Job) {
	t.Helper()
	eval[bool](t, j.Browser.Control(), fmt.Sprintf("chrome.runtime.sendMessage({v: '1', type: 'portal.use', args: {portal: %q}}).then(r => r.ok)", j.StartURL))
}

// fetched fails the test if other credentials were fetched than those of roles,
// each "account ID role".
func fetched(t *testing.T, portal *portaltest.Portal, roles ...string) {
	t.Helper()
	var got []string
	for _, c := range portal.Credentials() {
		got = append(got, c.AccountID+" "+c.RoleName)
	}
	if strings.Join(got, ", ") != strings.Join(roles, ", ") {
		t.Errorf("credentials were fetched of %q, want %q", got, roles)
	}
}

// twoPortals runs two portals for one browser, signed in to and listed. The first is
// shown.
func twoPortals(t *testing.T) (first, second *mainjob.Job, one, two *portaltest.Portal) {
	t.Helper()
	first, one = startBuild(t, heldBuild(t), portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second, Seed: 1})
	saw(t)(first.AddPortal())
	saw(t)(first.SignIn())
	saw(t)(first.Listed())
	second, two = another(t, first.Browser, portaltest.Config{Accounts: 9, Roles: 3, TPS: -1, Interval: time.Second, Seed: 2})
	must(t, first.Close(), open(t, second).Click("#portal"), open(t, second).Click("[data-action=show-add]"))
	saw(t)(second.AddPortal())
	saw(t)(second.SignIn())
	saw(t)(second.Listed())
	must(t, second.Close())
	use(t, first)
	return first, second, one, two
}

func TestTheFirstPaintIsOfTheShownPortalAndAQueuedEnterActsOnIt(t *testing.T) {
	first, second, one, two := twoPortals(t)
	saw(t)(first.Search("prod"))
	must(t, first.Close())
	use(t, second)
	p := openHeld(t, second.Browser, "query")
	row := eval[string](t, p, firstRow)
	accounts := map[string]bool{}
	for _, a := range two.Directory() {
		accounts[a.ID] = true
	}
	cells := strings.Split(row, " | ")
	if !accounts[cells[1]] || eval[string](t, p, "document.querySelector('#query').value") != "" {
		t.Fatalf("the first paint shows %q", row)
	}
	must(t, p.Press("Enter"))
	letGo(t, p)
	holds(t, saw(t)(p.WaitText("#notice", "Copied")), cells[1], cells[2])
	fetched(t, one)
	fetched(t, two, cells[1]+" "+cells[2])
	must(t, p.Close())

	// And back, with a view of its own.
	saw(t)(second.Search("dev"))
	must(t, second.Close())
	use(t, first)
	p = openHeld(t, first.Browser, "query")
	if again := eval[string](t, p, firstRow); strings.Contains(again, cells[1]) {
		t.Errorf("the first paint shows %q", again)
	}
	letGo(t, p)
	must(t, p.Close())

	// A portal that was just added has no rows yet.
	eval[bool](t, first.Browser.Control(), `chrome.runtime.sendMessage({v: '1', type: 'portal.add',
		args: {startUrl: 'https://new.awsapps.com/start', region: 'eu-west-1'}}).then(r => r.ok)`)
	p = openHeld(t, first.Browser, "")
	if rows := eval[int](t, p, "document.querySelectorAll('.row').length"); rows != 0 {
		t.Errorf("the first paint of a portal that was just added shows %d rows", rows)
	}
	letGo(t, p)
}

// Every key and button of a row, pressed before Go is there while rows show of a
// portal that is the shown one no more.
func TestWhatIsQueuedForAnotherPortalIsNotDone(t *testing.T) {
	first, second, one, two := twoPortals(t)
	for name, press := range map[string]func(p *browser.Page) error{
		"Enter":      func(p *browser.Page) error { return p.Press("Enter") },
		"Ctrl+Enter": func(p *browser.Page) error { return p.Press("Ctrl+Enter") },
		"Ctrl+D":     func(p *browser.Page) error { return p.Press("Ctrl+d") },
		"a button":   func(p *browser.Page) error { return p.Click("#act-copy") },
		"two clicks": func(p *browser.Page) error { return p.DoubleClick(".row:nth-child(3) .role") },
	} {
		use(t, first)
		p := openHeld(t, first.Browser, "query")
		eval[bool](t, p, "(chrome.storage.onChanged.addListener((changes) => { globalThis.heard ||= 'portals' in changes; }), true)")
		use(t, second)
		must(t, p.Wait("!!globalThis.heard"))
		if err := press(p); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		letGo(t, p)
		saw(t)(p.WaitText("#summary", "27 roles in 9 accounts"))
		if said := eval[string](t, p, "document.querySelector('#notice').textContent"); said != "" {
			t.Errorf("%s: the popup says %q", name, said)
		}
		must(t, p.Close())
	}
	fetched(t, one)
	fetched(t, two)
	if !eval[bool](t, first.Browser.Control(), "chrome.bookmarks === undefined") {
		t.Error("bookmarks were asked for")
	}
}

// Nobody has seen yet what was typed for.
func TestAnEnterQueuedBehindTypingIsNotDone(t *testing.T) {
	j, portal := startBuild(t, heldBuild(t), portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	must(t, j.Close())
	for name, move := range map[string]func(p *browser.Page) error{
		"typing": func(p *browser.Page) error { return p.Type("prod") },
		"arrows": func(p *browser.Page) error { return p.Press("ArrowDown") },
		"click":  func(p *browser.Page) error { return p.Click(".row:nth-child(3) .role") },
	} {
		p := openHeld(t, j.Browser, "query")
		must(t, move(p), p.Press("Enter"))
		letGo(t, p)
		if _, err := p.WaitText("#notice", "Press the key again"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		must(t, p.Close())
	}
	fetched(t, portal)
}

// The list changes between the press of a key and the moment in which the popup
// hears of it: the event is as old as the press.
func TestAKeyActsOnWhatShowedWhenItWasPressed(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := strings.Split(saw(t)(j.Selected()), " | ")
	// Only the selected account goes; then it comes back.
	eval[bool](t, p, "(globalThis.late = new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true}), true)")
	edit(t, p, j.StartURL, func(d *directory.Directory) {
		d.Accounts = slices.DeleteFunc(d.Accounts, func(a directory.Account) bool { return a.ID == row[1] })
	})
	must(t, p.Wait(fmt.Sprintf("document.querySelector('.group:has([aria-selected=true]) .id')?.textContent !== %q", row[1])))
	eval[bool](t, p, "(document.querySelector('#query').dispatchEvent(late), true)")
	holds(t, saw(t)(p.WaitText("#notice", "Nothing was done")), row[1], row[2])
	fetched(t, portal)
	row = strings.Split(saw(t)(j.Selected()), " | ")
	saw(t)(j.Copy())
	fetched(t, portal, row[1]+" "+row[2])
}

// The line below the list names the selected row wherever that has scrolled to.
func TestEnterActsOnTheSelectedRowThoughItIsScrolledAway(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 200, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	must(t, p.Press("ArrowDown"))
	row := strings.Split(saw(t)(j.Selected()), " | ")
	eval[bool](t, p, "(document.querySelector('#rows').scrollTop = 9000, true)")
	must(t, p.Wait("document.querySelector('.row')?.ariaPosInSet > 100"))
	saw(t)(j.Copy())
	fetched(t, portal, row[1]+" "+row[2])
}

// A portal's rows go with it, though a popup that shows them closes at once.
func TestNothingIsLeftOfThePortalThatWasRemoved(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.Search("prod"))
	stored := func() string {
		return eval[string](t, j.Browser.Control(), "chrome.storage.session.get('view').then(s => s.view ?? '')")
	}
	must(t, browser.Until(patience, "a stored view", func() (bool, error) { return stored() != "", nil }))
	view := stored()
	remove(t, j)
	must(t, j.Close(), browser.Until(patience, "the portal to go", func() (bool, error) {
		return browser.Eval[bool](j.Browser.Control(), "chrome.storage.local.get('portals').then(s => !s.portals.trim())")
	}))
	if left := stored(); left != "" {
		t.Errorf("left of it: %q", left)
	}
	// As if it had been written too late.
	eval[bool](t, j.Browser.Control(), fmt.Sprintf("chrome.storage.session.set({view: %q}).then(() => true)", view))
	p := open(t, j)
	if eval[bool](t, p, "document.querySelector('.row') !== null") {
		t.Error("it is painted")
	}
	must(t, browser.Until(patience, "the view to go", func() (bool, error) { return stored() == "", nil }))
}
