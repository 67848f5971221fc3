package backend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// The prompt closed the popup; after Allow it is there again, with what was
// wanted going on.
func TestPopupComesBackAfterAllow(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.add()
		w.life.backend.Granted(w.life.ctx) // something else was granted
		if popups, _ := w.browser.summoned(); popups != 0 {
			t.Error("the popup came although access is still missing")
		}
		w.set(func() { w.browser.hosts = true })
		w.restart()
		w.life.backend.Granted(w.life.ctx)
		if popups, badge := w.browser.summoned(); popups != 1 || badge != "" {
			t.Errorf("opened %d times, badge %q", popups, badge)
		}
		w.phase(message.ShowCode)
	})
}

func TestPopupComesBackWithTheBookmark(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		before, _ := w.browser.summoned()
		w.set(func() { w.browser.marks = true })
		w.life.backend.Granted(w.life.ctx)
		synctest.Wait()
		if popups, _ := w.browser.summoned(); popups != before+1 || w.status().Notice == "" {
			t.Errorf("opened %d times, notice %q", popups-before, w.status().Notice)
		}
	})
}

// Nobody waited for this grant: it was given on the browser's own page.
func TestPopupStaysAwayWhereNothingWaited(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		before, _ := w.browser.summoned()
		w.life.backend.Granted(w.life.ctx)
		if popups, _ := w.browser.summoned(); popups != before {
			t.Error("the popup came although nobody asked for it")
		}
	})
}

func TestPopupComesBackOnceAfterApproval(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		if popups, _ := w.browser.summoned(); popups != 0 {
			t.Errorf("opened %d times before the approval", popups)
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		w.listed()
		w.quiet()
		if popups, badge := w.browser.summoned(); popups != 1 || badge != "" {
			t.Errorf("opened %d times, badge %q", popups, badge)
		}
	})
}

// Where no window can show the popup, the toolbar button says that all is done,
// until the popup was opened.
func TestBadgeStandsInForThePopup(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.shut = true })
		w.showCode()
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		synctest.Wait()
		if _, badge := w.browser.summoned(); badge != "✓" {
			t.Errorf("badge %q after the approval", badge)
		}
		w.wake()
		if _, badge := w.browser.summoned(); badge != "" {
			t.Errorf("badge %q once the popup is open", badge)
		}
	})
}

// Whoever read the browser's question for longer than a wish lives is led back to
// the popup, in which nothing is said to be missing. Nothing comes true by itself.
func TestPopupComesBackAfterALateGrant(t *testing.T) {
	wishes := map[string]func(w *world){
		"sign-in": func(w *world) {
			w.set(func() { w.browser.hosts = false })
			w.add()
			w.refused(message.SignInStart, ref(), message.NeedsAccess)
		},
		"bookmark": func(w *world) {
			w.ready()
			w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
		},
	}
	for name, wish := range wishes {
		for _, dies := range []bool{false, true} {
			for _, after := range []time.Duration{121 * time.Second, 3 * time.Minute, 2 * time.Hour} {
				t.Run(name, func(t *testing.T) {
					inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
						wish(w)
						if dies {
							w.kill()
						}
						time.Sleep(after)
						if dies {
							w.begin()
						}
						w.life.backend.Granted(w.life.ctx) // something else
						before, _ := w.browser.summoned()
						requests := len(w.net.sent(""))
						w.set(func() { w.browser.hosts, w.browser.marks = true, true })
						for range 2 {
							w.life.backend.Granted(w.life.ctx)
							synctest.Wait()
						}
						if popups, _ := w.browser.summoned(); popups != before+1 {
							t.Errorf("the popup came %d times", popups-before)
						}
						if s := w.status(); s.Problem != nil || len(w.jobs()) != 0 {
							t.Errorf("status %+v, jobs %v", s, w.jobs())
						}
						if len(w.net.sent("")) != requests || len(w.bookmarks.all()) != 0 {
							t.Error("it came true")
						}
					})
				})
			}
		}
	}
}

// Whoever said no is not led back by a grant of something later.
func TestPopupStaysAwayAfterANo(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.add()
		w.refused(message.SignInStart, ref(), message.NeedsAccess)
		w.ok(message.SignInCancel, ref())
		time.Sleep(3 * time.Minute)
		w.set(func() { w.browser.hosts = true })
		w.life.backend.Granted(w.life.ctx)
		if popups, badge := w.browser.summoned(); popups != 0 || badge != "" {
			t.Errorf("the popup came %d times, badge %q", popups, badge)
		}
	})
}
