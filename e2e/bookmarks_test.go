package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

// Bookmarks of accounts that are called otherwise after a refresh are, too, but for
// what a person changed.
func TestBookmarksFollowARefresh(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 3, Roles: 1, TPS: -1, Interval: time.Second})
	accounts := portal.Directory()
	old := []string{"former0", "former1", "former2"}
	rename(t, j, old)
	var titles []string // as they are to be
	for _, name := range old {
		row := saw(t)(j.Search(name))
		i := slices.IndexFunc(accounts, func(a portaltest.Account) bool { return strings.Contains(row, a.ID) })
		if i < 0 {
			t.Fatalf("no account of %q", row)
		}
		titles = append(titles, accounts[i].Name+" · "+accounts[i].Roles[0])
		holds(t, saw(t)(j.Bookmark()), name)
	}
	must(t, j.Close())
	// One is renamed by hand, and one moved to the bookmarks bar.
	eval[bool](t, j.Browser.Control(), `Promise.all([
		chrome.bookmarks.search('former1').then(([b]) => chrome.bookmarks.update(b.id, {title: 'mine'})),
		chrome.bookmarks.search('former2').then(([b]) => chrome.bookmarks.move(b.id, {parentId: '1'})),
	]).then(() => true)`)

	p := open(t, j)
	// Told by the browser, not asked for again and again.
	eval[bool](t, j.Browser.Control(), `(() => {
		globalThis.followed = new Promise((done) => {
			let left = 2;
			chrome.bookmarks.onChanged.addListener(() => { if (--left === 0) done(true); });
		});
		return true;
	})()`)
	must(t, p.Click("#portal"))
	must(t, p.Click("#menu-refresh"))
	eval[bool](t, j.Browser.Control(), `globalThis.followed`)
	where := eval[string](t, j.Browser.Control(), `chrome.bookmarks.getTree().then((roots) => {
		const lines = [];
		const walk = (folder) => folder.children.forEach((b) => b.url ? lines.push(folder.title + ': ' + b.title) : walk(b));
		walk(roots[0]);
		return lines.join('\n');
	})`)
	folder := "Portico · " + strings.TrimSuffix(strings.TrimPrefix(j.StartURL, "http://"), "/start")
	bar, _, _ := strings.Cut(where, ":")
	if want := bar + ": " + titles[2] + "\n" + folder + ": " + titles[0] + "\n" + folder + ": mine"; where != want || bar == folder {
		t.Errorf("bookmarks are\n%s\nwant\n%s", where, want)
	}
	moved, _, _ := strings.Cut(titles[2], " ")
	holds(t, saw(t)(j.Search(moved)), moved)
	holds(t, saw(t)(j.Bookmark()), "already", bar)
	must(t, j.Shot("bookmarked-moved"))
}

func TestBookmarksAreSavedForColleagues(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 1, Roles: 1, TPS: -1, Interval: time.Second})
	account := portal.Directory()[0]
	page := settings(t, j)
	eval[bool](t, page, "(() => { URL.createObjectURL = (blob) => { globalThis.saved = blob.text(); return 'blob:none'; }; return true; })()")
	const button = "#portals .save-bookmarks"
	must(t, page.Click(button))
	saw(t)(page.WaitText("#portals .said", "Nothing of this portal is bookmarked."))
	saw(t)(j.Bookmark())
	must(t, j.Close())
	must(t, page.Click(button))
	saw(t)(page.WaitText("#portals .said", "Saved as a download."))
	holds(t, eval[string](t, page, "saved"), "NETSCAPE-Bookmark-file-1", ">"+account.Name+" · "+account.Roles[0]+"</A>")
	must(t, page.Screenshot(filepath.Join(j.Shots, "saved.png")))
}

// A bookmark of a role that was revoked goes once somebody has looked at the list.
func TestRevokedBookmarksAreRemovedInTheSettings(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 1, Roles: 2, TPS: -1, Interval: time.Second})
	account := portal.Directory()[0]
	page := settings(t, j)
	const look, box = "#portals .look-revoked", "#portals .revoked input"
	must(t, page.Click(look))
	saw(t)(page.WaitText("#portals .said", "No bookmark of this portal is of a role that was revoked."))

	for _, role := range account.Roles {
		saw(t)(j.Search(role))
		holds(t, saw(t)(j.Bookmark()), role)
	}
	stays, goes := account.Roles[0], account.Roles[1]
	account.Roles = account.Roles[:1]
	portal.SetDirectory([]portaltest.Account{account})
	eval[bool](t, j.Browser.Control(), `(() => {
		globalThis.marked = new Promise((done) => chrome.bookmarks.onChanged.addListener(() => done(true)));
		return true;
	})()`)
	must(t, open(t, j).Click("#portal"), open(t, j).Click("#menu-refresh"))
	eval[bool](t, j.Browser.Control(), `globalThis.marked`)

	must(t, page.Click(look))
	saw(t)(page.WaitText("#portals .revoked", "(revoked) "+account.Name+" · "+goes))
	if n := eval[int](t, page, "document.querySelectorAll('"+box+"').length"); n != 1 {
		t.Errorf("%d bookmarks are offered", n)
	}
	must(t, page.Screenshot(filepath.Join(j.Shots, "revoked.png")))
	must(t, page.Click("#portals .revoked .danger"))
	saw(t)(page.WaitText("#portals .said", "Removed: 1."))
	if left := saw(t)(j.Bookmarks()); strings.Contains(left, goes) || !strings.Contains(left, stays) {
		t.Errorf("left are %s", left)
	}
}
