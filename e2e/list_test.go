package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

// looks is what the list looks like: each name and row that shows, where it stands and
// how it is marked.
const looks = `(() => {
	const list = document.getElementById('rows').getBoundingClientRect();
	return [...document.querySelectorAll('.account, .row')].filter((e) => e.getBoundingClientRect().top < list.bottom)
		.map((e) => e.className + ' ' + (e.ariaSelected ?? '') + ' ' + (e.getBoundingClientRect().top - list.top) + ' ' + e.textContent).join('\n') + '\nof ' + document.getElementById('sizer').offsetHeight + '\n' + document.querySelector('footer .now').textContent.trim();
})()`

// What is painted before Go is there is what Go paints then.
func TestGoTakesTheListOverWithoutAJump(t *testing.T) {
	j, _ := startBuild(t, heldBuild(t), portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	for name, end := range map[string]func(){
		"a search, and the last row selected": func() {
			saw(t)(j.Search("prod"))
			p := open(t, j)
			must(t, p.Press("ArrowUp"))
			whole(t, p, "the last row") // the line below the list may have grown
		},
		"what was used": func() {
			saw(t)(j.Search("payments prod"))
			saw(t)(j.Bookmark())
			must(t, j.Close())
			eval[bool](t, j.Browser.Control(), "chrome.storage.session.remove('view').then(() => true)")
		},
		"anew": func() {
			must(t, j.Close())
			eval[bool](t, j.Browser.Control(), "chrome.storage.session.remove('view').then(() => true)")
		},
	} {
		open(t, j)
		end()
		must(t, j.Close())
		p := openHeld(t, j.Browser, "query")
		before := eval[string](t, p, looks)
		letGo(t, p)
		if after := eval[string](t, p, looks); after != before || strings.Count(before, "\n") < 8 {
			t.Errorf("%s: painted was\n%s\nthen\n%s", name, before, after)
		}
		must(t, p.Close())
	}
}

// Go knows how high each name is before it is painted: else rows would jump, or the last
// could not be scrolled to.
func TestTheListIsAsHighAsWhatIsInIt(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 300, Roles: 3, TPS: -1, Interval: time.Second})
	rename(t, j, messy(300))
	p := open(t, j)
	for _, query := range []string{"", "contoso", "平台", "המ", "sandbox"} {
		saw(t)(j.Search(query))
		eval[bool](t, p, "(document.getElementById('rows').scrollTop = 1e9, true)")
		must(t, p.Wait("(() => { const last = [...document.querySelectorAll('.row')].pop(); return !last || last.ariaPosInSet === last.ariaSetSize; })()"))
		if gap := eval[float64](t, p, `(() => {
			const last = [...document.querySelectorAll('.row')].pop();
			return last ? document.getElementById('sizer').getBoundingClientRect().bottom - last.getBoundingClientRect().bottom : 0;
		})()`); gap != 0 {
			t.Errorf("%q: the list ends %v pixels below its last row", query, gap)
		}
	}
}

// The name of an account stays in view as long as one of its roles is, says what the
// account is for, and what differs from the name above stands out.
func TestAnAccountStandsAboveItsRoles(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, Roles: 20, TPS: -1, Interval: time.Second})
	rename(t, j, []string{"payments-dev", "payments-prod", "payments-prod"})
	p := open(t, j)
	own := eval[string](t, p, `[...document.querySelectorAll('.account')].map((e) => {
		const name = e.querySelector('.name').cloneNode(true);
		for (const same of name.querySelectorAll('i')) same.remove();
		return name.textContent + ' ' + e.querySelector('.environment').textContent;
	}).join(', ')`)
	if !strings.HasPrefix(own, "payments-dev dev") {
		t.Errorf("accounts are told apart by %q", own)
	}
	eval[bool](t, p, "(document.getElementById('rows').scrollTop = 900, true)")
	must(t, p.Wait(`(() => {
		const list = document.getElementById('rows').getBoundingClientRect();
		const top = document.elementFromPoint(list.left + 20, list.top + 10)?.closest('.account');
		return top?.textContent.startsWith('payments-prod') && top.querySelector('i').textContent === 'payments-' && top.querySelector('.environment').textContent === 'prod';
	})()`))
	selected := saw(t)(p.Text("#target"))
	id := eval[string](t, p, "document.querySelector('.account .id').textContent")
	must(t, p.Click(".account .id"))
	holds(t, saw(t)(p.WaitText("#notice", "Copied account ID")), id)
	must(t, p.Wait(fmt.Sprintf("document.getElementById('notice').textContent === '' && document.getElementById('target').textContent === %q", selected)))
}
