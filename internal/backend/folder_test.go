package backend_test

import (
	"slices"
	"testing"

	"portico/internal/backend"
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
		theirs := []backend.Bookmark{
			{ID: "1", Title: title, URL: "https://example.com/"}, // no folder
			{ID: "2", Title: "mine"},
			{ID: "3", Title: "the one I use", URL: link, ParentID: "2"},
			{ID: "4", Title: title},
			{ID: "5", Title: title},
		}
		w.set(func() { w.bookmarks.nodes = slices.Clone(theirs) })
		for _, fresh := range []bool{true, false} {
			done := message.BookmarkedFrom(w.ok(message.BookmarkAdd, r.Fields()))
			want := append(slices.Clone(theirs), backend.Bookmark{ID: "6", ParentID: "4", Title: done.Title, URL: link})
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
		other.RoleName = "Other"
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
