package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

func TestBookmarkWaitsForItsPermission(t *testing.T) {
	for _, died := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			e := w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
			if e.Permissions != "bookmarks" || e.Origins != "" {
				t.Errorf("asks for %q and %q", e.Permissions, e.Origins)
			}
			if died {
				w.restart()
			}
			w.life.backend.Granted(w.life.ctx) // something else was granted
			if len(w.bookmarks.all()) != 0 {
				t.Error("bookmarked without permission")
			}
			w.set(func() { w.browser.marks = true })
			w.life.backend.Granted(w.life.ctx)
			synctest.Wait()
			a, r := w.portal.Directory()[0], w.role()
			want := bookmark{folder: "Portico · 127.0.0.1:8765", title: a.Name + " · " + r.RoleName,
				url: startURL + "/#/console?account_id=" + a.ID + "&role_name=" + r.RoleName}
			if len(w.bookmarks.all()) != 1 || w.bookmarks.all()[0] != want {
				t.Errorf("bookmarks %+v, want %+v", w.bookmarks.all(), want)
			}
			if want := "Bookmarked “" + directory.Isolate(want.title) + "” in “" + directory.Isolate(want.folder) + "”."; w.status().Notice != want || !w.status().Good {
				t.Errorf("notice %q, want %q", w.status().Notice, want)
			}
			w.life.backend.Granted(w.life.ctx) // not again
			if len(w.bookmarks.all()) != 1 {
				t.Errorf("bookmarks %+v", w.bookmarks.all())
			}
			w.wake()
			if w.status().Notice != "" {
				t.Error("the notice stays for ever")
			}
		})
	}
}

func TestBookmarkingIsIdempotent(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		fresh := make(chan bool)
		for range 8 {
			go func() {
				f, _ := w.life.backend.Handle(w.life.ctx, message.BookmarkAdd, w.role().Fields())
				fresh <- message.BookmarkedFrom(f).Fresh
			}()
		}
		n := 0
		for range 8 {
			if <-fresh {
				n++
			}
		}
		if n != 1 || len(w.bookmarks.all()) != 1 {
			t.Errorf("%d of 8 were fresh, bookmarks %+v", n, w.bookmarks.all())
		}

		// The account is renamed; its bookmark is, too.
		d := w.directory()
		d.Find(w.role().AccountID).Name = `pay\u{202e}ments`
		w.store(d)
		done := message.BookmarkedFrom(w.ok(message.BookmarkAdd, w.role().Fields()))
		if done.Fresh || len(w.bookmarks.all()) != 1 || !strings.HasPrefix(w.bookmarks.all()[0].title, `pay\u{202e}ments · `) {
			t.Errorf("bookmarks %+v", w.bookmarks.all())
		}
	})
}

func TestBookmarkOfANameThatIsSharedSaysTheID(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.marks = true })
		d := w.directory()
		for i := range d.Accounts {
			d.Accounts[i].Name = "payments"
		}
		w.store(d)
		r := w.role()
		if title := message.BookmarkedFrom(w.ok(message.BookmarkAdd, r.Fields())).Title; title != "payments ("+r.AccountID+") · "+r.RoleName {
			t.Errorf("title %q", title)
		}
	})
}

func TestBookmarkWithoutADirectory(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		w.set(func() { w.browser.marks = true })
		r := message.Role{Portal: startURL, AccountID: "012345678901", RoleName: "Read\tOnly"}
		if title := message.BookmarkedFrom(w.ok(message.BookmarkAdd, r.Fields())).Title; title != `012345678901 · Read\u{9}Only` {
			t.Errorf("title %q", title)
		}
	})
}

func TestBookmarksThatFail(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		w.set(func() { w.browser.marks, w.bookmarks.broken = true, errDisk })
		if e := w.refused(message.BookmarkAdd, w.role().Fields(), message.Internal); !strings.Contains(e.Message, "uota exceeded") {
			t.Errorf("%+v", e)
		}
		w.life.backend.Granted(w.life.ctx)
		synctest.Wait()
		if s := w.status(); s.Problem == nil || s.Notice != "" {
			t.Errorf("status %+v", s)
		}
	})
}

func TestBookmarkDoneByHandIsNotWantedAnyMore(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		w.set(func() { w.browser.marks = true })
		w.ok(message.BookmarkAdd, w.role().Fields())
		w.life.backend.Granted(w.life.ctx)
		if w.status().Notice != "" || w.secretState()["bookmarkRole"] != "" {
			t.Errorf("notice %q of what was answered already", w.status().Notice)
		}
	})
}

// The portal is removed while the browser adds its bookmark.
func TestBookmarkOfAPortalThatIsGone(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		w.set(func() { w.browser.marks = true })
		w.set(func() { w.bookmarks.slow = time.Second })
		go w.life.backend.Granted(w.life.ctx)
		time.Sleep(time.Millisecond)
		w.ok(message.PortalRemove, ref())
		time.Sleep(time.Minute)
		if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
			t.Errorf("left behind: %s", dump)
		}
	})
}

// What names no role is no bookmark: least of all one of a whole account.
func TestABookmarkIsOfARole(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		for _, r := range []message.Role{{Portal: startURL}, {Portal: startURL, AccountID: w.role().AccountID}, {Portal: startURL, RoleName: "ReadOnlyAccess"}} {
			w.ask(message.BookmarkAdd, r.Fields())
			if n := len(w.bookmarks.all()); n != 0 || w.errors == nil {
				t.Errorf("%+v makes %d bookmarks", r, n)
			}
		}
	})
}
