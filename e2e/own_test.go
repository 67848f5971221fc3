package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

// What somebody makes of roles shows at once, in the next popup before Go is there, and
// goes with the portal.
func TestFavouritesLabelsAndWhatIsHidden(t *testing.T) {
	j, portal := startBuild(t, heldBuild(t), portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	p := open(t, j)
	row := saw(t)(j.Search("payments prod"))
	id := strings.Split(row, " | ")[1]
	openActions(t, p, "favourites")
	must(t, p.Press("Enter"))
	closed(t, p, "query")
	saw(t)(p.WaitText("#notice", "Among your favourites"))
	must(t, p.Press("Ctrl+e"))
	focus(t, p, "label-text")
	must(t, p.Fill("#label-text", "till"), p.Press("Enter"))
	closed(t, p, "query")
	must(t, p.Wait("document.querySelector('.row .label')?.textContent === 'till'"))
	if got := saw(t)(j.Search("till")); got != row {
		t.Errorf("its label finds %q, want %q", got, row)
	}
	n := told(t, p, "option", strings.Split(row, " | ")[2])
	holds(t, n.Name, id, "till", "favourite")

	// The star of a row is where one clicks to take it off again, and to set it.
	star := func(want string) {
		t.Helper()
		eval[bool](t, p, `(() => {
			const row = document.querySelector('.row');
			const box = row.getBoundingClientRect();
			const at = { bubbles: true, detail: 1, clientX: box.right - 10, clientY: box.top + 10 };
			row.dispatchEvent(new MouseEvent('mousedown', at));
			return row.dispatchEvent(new MouseEvent('click', at));
		})()`)
		must(t, p.Wait("document.querySelector('.row').matches('.favourite') === "+want))
	}
	star("false")
	star("true")

	saw(t)(j.Search("data prod"))
	hidden := saw(t)(j.Selected())
	openActions(t, p, "hide from")
	must(t, p.Press("Enter"))
	closed(t, p, "query")
	must(t, p.Wait("document.querySelector('.row .note').textContent.includes('hidden')"))
	if got := saw(t)(j.Selected()); got != hidden {
		t.Errorf("a search shows %q in place of %q", got, hidden)
	}
	must(t, j.Close())
	eval[bool](t, j.Browser.Control(), "chrome.storage.session.remove('view').then(() => true)")
	held := openHeld(t, j.Browser, "query")
	before := eval[string](t, held, looks)
	holds(t, before, "favourite", "till")
	letGo(t, held)
	if after := eval[string](t, held, looks); after != before {
		t.Errorf("painted was\n%s\nthen\n%s", before, after)
	}
	must(t, held.Close())
	p = open(t, j)
	if got := eval[string](t, p, firstRow); got != row {
		t.Errorf("first is %q, want %q", got, row)
	}
	rows := func() string { return eval[string](t, p, "document.querySelector('.row').ariaSetSize") }
	if got := rows(); got != "179" {
		t.Errorf("%s rows of 180 show, one being hidden", got)
	}
	openActions(t, p, "show what")
	must(t, p.Press("Enter"))
	closed(t, p, "query")
	must(t, p.Wait("document.querySelector('.row').ariaSetSize === '180'"))
	fetched(t, portal)
	remove(t, j)
	must(t, j.Browser.Control().Wait("chrome.storage.local.get(null).then((all) => !Object.keys(all).some((key) => key.startsWith('own:')))"))
}

// The window closes after a copy if that is chosen, and the next one says nothing of it.
func TestTheWindowClosesAfterACopy(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Click("#closeAfterCopy"))
	must(t, page.Wait("chrome.storage.local.get('settings').then(({ settings }) => settings.includes('closeAfterCopy\\ttrue'))"), page.Close())
	p := open(t, j)
	must(t, p.Press("Enter"), p.WaitGone())
	holds(t, saw(t)(j.Clipboard()), "AWS_SECRET_ACCESS_KEY")
	p = open(t, j)
	if got := saw(t)(p.Text("#notice")); got != "" {
		t.Errorf("the next window says %q", got)
	}
}
