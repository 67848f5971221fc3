package backend_test

import (
	"testing"
	"testing/synctest"

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
