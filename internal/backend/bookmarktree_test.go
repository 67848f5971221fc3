package backend_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/bookmarks"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// What the person keeps by themselves is neither taken for ours nor touched.
func TestBookmarksComeIntoTheFirstFolderOfThePortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		const title = "Portico · 127.0.0.1:8765"
		r := w.role()
		link := startURL + "/#/console?account_id=" + r.AccountID + "&role_name=" + r.RoleName
		theirs := []bookmarks.Node{
			{ID: "1", Title: title, URL: "https://example.com/"}, // no folder
			{ID: "2", Title: "mine"},
			{ID: "3", Title: "the one I use", URL: link, Parent: "2"},
			{ID: "4", Title: title},
			{ID: "5", Title: title},
		}
		w.set(func() { w.bookmarks.nodes = slices.Clone(theirs) })
		for _, fresh := range []bool{true, false} {
			done := message.BookmarkedFrom(w.ok(message.BookmarkAdd, r.Fields()))
			want := append(slices.Clone(theirs), bookmarks.Node{ID: "6", Parent: "4", Title: done.Title, URL: link})
			if done.Fresh != fresh || !slices.Equal(w.bookmarks.nodes, want) {
				t.Errorf("fresh %v, the tree is %+v, want %+v", done.Fresh, w.bookmarks.nodes, want)
			}
		}
	})
}

func TestFolderIsMadeOnce(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		r, other := w.role(), w.role()
		other.RoleName = w.portal.Directory()[0].Roles[1]
		w.ok(message.BookmarkAdd, r.Fields())
		w.ok(message.BookmarkAdd, other.Fields())
		folders := 0
		for _, node := range w.bookmarks.nodes {
			if node.URL == "" {
				folders++
			}
		}
		if folders != 1 || len(w.bookmarks.all()) != 2 {
			t.Errorf("the tree is %+v", w.bookmarks.nodes)
		}
	})
}

// outdate has an account be called differently than the portal calls it, and grant a
// role more, until it is listed again.
func (w *world) outdate(account int) {
	w.t.Helper()
	d := w.directory()
	a := d.Find(w.portal.Directory()[account].ID)
	a.Name, a.Roles = "old-"+a.Name, append(a.Roles, "Gone")
	w.store(d)
}

// bookmarked bookmarks a role of an account, and gives its node.
func (w *world) bookmarked(account int, role string) bookmarks.Node {
	w.t.Helper()
	done := message.BookmarkedFrom(w.ok(message.BookmarkAdd, message.Role{Portal: startURL, AccountID: w.portal.Directory()[account].ID, RoleName: role}.Fields()))
	for _, n := range w.bookmarks.nodes {
		if n.Title == done.Title {
			return n
		}
	}
	w.t.Fatalf("no node of %+v", done)
	return bookmarks.Node{}
}

// outdated bookmarks roles of accounts that were renamed since, some of which a person
// changed. It gives the tree as it should be after the next listing.
func (w *world) outdated() (want []bookmarks.Node) {
	w.t.Helper()
	w.set(func() { w.browser.marks = true })
	accounts := w.portal.Directory()
	for i := range 4 {
		w.outdate(i)
	}
	follows, mine, moved, gone := w.bookmarked(0, accounts[0].Roles[0]), w.bookmarked(1, accounts[1].Roles[0]), w.bookmarked(2, accounts[2].Roles[0]), w.bookmarked(3, "Gone")
	w.bookmarked(3, accounts[3].Roles[0]) // and deleted
	w.set(func() {
		nodes := w.bookmarks.nodes
		folder := nodes[0]
		mine.Title, moved.Parent = "mine", "bar"
		w.bookmarks.nodes = []bookmarks.Node{{ID: "bar", Title: "Bookmarks bar"}, folder, follows, mine, moved, gone}
		want = slices.Clone(w.bookmarks.nodes)
	})
	want[2].Title = accounts[0].Name + " · " + accounts[0].Roles[0]
	want[4].Title = accounts[2].Name + " · " + accounts[2].Roles[0]
	want[5].Title = "(revoked) " + gone.Title
	return want
}

func (w *world) checkTree(want []bookmarks.Node) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.bookmarks.nodes, want) {
		w.t.Errorf("the tree is\n%+v, want\n%+v", w.bookmarks.nodes, want)
	}
}

func TestBookmarksFollowAListing(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 5}, func(w *world) {
		w.ready()
		want := w.outdated()
		gone := message.Role{Portal: startURL, AccountID: w.portal.Directory()[3].ID, RoleName: "Gone"}
		w.ok(message.SyncStart, ref())
		w.quiet()
		w.checkTree(want)
		w.refused(message.BookmarkAdd, gone.Fields(), message.NotAssigned)

		// One that was moved is bookmarked where it is, and one that was deleted again
		// once somebody asks.
		moved := message.Role{Portal: startURL, AccountID: w.portal.Directory()[2].ID, RoleName: w.portal.Directory()[2].Roles[0]}
		if done := message.BookmarkedFrom(w.ok(message.BookmarkAdd, moved.Fields())); done.Fresh || done.Folder != "Bookmarks bar" {
			t.Errorf("%+v", done)
		}
		w.checkTree(want)
		again := w.bookmarked(3, w.portal.Directory()[3].Roles[0])
		w.checkTree(append(want, again))
	})
}

// What was bookmarked before there was a map follows, too.
func TestBookmarksMadeWithoutAMapAreTakenUp(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 5}, func(w *world) {
		w.ready()
		want := w.outdated()
		w.set(func() { delete(w.local.data, "bookmarks:"+startURL) })
		w.bookmarked(0, w.portal.Directory()[0].Roles[0])
		w.ok(message.SyncStart, ref())
		w.quiet()
		want[4].Title = "old-" + want[4].Title // it is not in the folder, so it is a person's
		w.checkTree(want)
	})
}

func TestAListingReadsNoBookmarksWhereNoneWereMade(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks, w.bookmarks.slow = true, time.Hour })
		w.ok(message.SyncStart, ref())
		w.quiet()
	})
}

// Bookmarks that can not be changed are no reason not to list.
func TestAListingEndsThoughBookmarksFail(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 5}, func(w *world) {
		w.ready()
		want := w.outdated()
		w.set(func() { w.bookmarks.broken = errDisk })
		w.ok(message.SyncStart, ref())
		w.quiet()
		if s := w.status(); s.Problem != nil {
			t.Errorf("status %+v", s)
		}
		w.set(func() { w.bookmarks.broken = nil })
		w.ok(message.SyncStart, ref())
		w.quiet()
		w.checkTree(want)
	})
}

// The bookmarks stay, and what is known of them goes.
func TestWhichBookmarksWereMadeIsErasedWithThePortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		w.ok(message.BookmarkAdd, w.role().Fields())
		if w.local.get("bookmarks:"+startURL) == "" {
			t.Fatal("nothing is kept")
		}
		w.ok(message.PortalRemove, ref())
		if dump := w.local.dump(); strings.Contains(dump, "bookmarks:") || len(w.bookmarks.all()) != 1 {
			t.Errorf("stored: %s; bookmarks %+v", dump, w.bookmarks.all())
		}
	})
}

func TestBookmarksAreHandedOverAsAFile(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 5}, func(w *world) {
		w.ready()
		w.refused(message.BookmarksExport, ref(), message.InvalidInput)
		w.outdated()
		w.ok(message.SyncStart, ref())
		w.quiet()
		file := message.ConfigFrom(w.ok(message.BookmarksExport, ref())).Text
		accounts := w.portal.Directory()
		for i, in := range []bool{true, true, true, false} { // revoked, or deleted
			if link := "account_id=" + accounts[i].ID + "&amp;role_name="; strings.Contains(file, link) != in {
				t.Errorf("%s: %v is %v in\n%s", accounts[i].Name, link, !in, file)
			}
		}
	})
}

// What was revoked is removed after a look at it, and only what was chosen of that.
func TestRevokedBookmarksAreRemovedAfterALook(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.ready()
		look := func() []string {
			list := message.RevokedFrom(w.ok(message.BookmarksRevoked, ref())).List
			return strings.Split(strings.TrimSuffix(list, "\n"), "\n")
		}
		prune := func(ids string) int64 {
			return message.PrunedFrom(w.ok(message.BookmarksPrune, message.Prune{Portal: startURL, IDs: ids}.Fields())).Count
		}
		if got := look(); got[0] != "" || prune("1 2 3") != 0 {
			t.Errorf("without permission there are %q", got)
		}
		w.set(func() { w.browser.marks = true })
		for i := range 3 {
			w.outdate(i)
		}
		gone := []bookmarks.Node{w.bookmarked(0, "Gone"), w.bookmarked(1, "Gone"), w.bookmarked(2, "Gone")}
		stays := w.bookmarked(0, w.portal.Directory()[0].Roles[0])
		if got := look(); got[0] != "" {
			t.Errorf("before the listing there are %q", got)
		}
		w.ok(message.SyncStart, ref())
		w.quiet()
		w.set(func() {
			for i, n := range w.bookmarks.nodes {
				if n.ID == gone[2].ID {
					w.bookmarks.nodes[i].Title = "mine\nand more" // the person's name for it
				}
			}
		})
		got := look()
		if len(got) != 3 || !slices.Contains(got, gone[0].ID+"\t(revoked) "+gone[0].Title) || !slices.Contains(got, gone[2].ID+"\t"+directory.Escape("mine\nand more")) {
			t.Fatalf("there are %q", got)
		}
		if n := prune(gone[0].ID + " " + stays.ID + " 1 404 " + gone[2].ID); n != 2 {
			t.Errorf("%d were removed", n)
		}
		left := w.bookmarks.all()
		if len(left) != 2 || look()[0] != gone[1].ID+"\t(revoked) "+gone[1].Title {
			t.Errorf("left are %+v", left)
		}
		// A listing brings none of them back.
		w.ok(message.SyncStart, ref())
		w.quiet()
		if again := w.bookmarks.all(); !slices.Equal(again, left) {
			t.Errorf("after a listing there are %+v", again)
		}
	})
}

// A worker that dies over it leaves nothing that can't be done again.
func TestRemovingRevokedBookmarksSurvivesTheWorker(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 2}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		w.outdate(0)
		w.outdate(1)
		first, second := w.bookmarked(0, "Gone"), w.bookmarked(1, "Gone")
		w.ok(message.SyncStart, ref())
		w.quiet()
		w.set(func() { w.bookmarks.broken = errors.New("busy") })
		w.refused(message.BookmarksPrune, message.Prune{Portal: startURL, IDs: first.ID}.Fields(), message.Internal)
		w.set(func() { w.bookmarks.broken = nil })
		// It was removed, and that was not stored.
		w.set(func() {
			w.bookmarks.nodes = slices.DeleteFunc(w.bookmarks.nodes, func(n bookmarks.Node) bool { return n.ID == first.ID })
		})
		w.restart()
		done := message.PrunedFrom(w.ok(message.BookmarksPrune, message.Prune{Portal: startURL, IDs: first.ID + " " + second.ID}.Fields()))
		if done.Count != 1 || len(w.bookmarks.all()) != 0 {
			t.Errorf("%d were removed, left are %+v", done.Count, w.bookmarks.all())
		}
	})
}
