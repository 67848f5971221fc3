package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// clearing is a world in which a copy is to be taken off the clipboard after 30 s.
func (w *world) clearing() {
	w.t.Helper()
	w.ready()
	w.ok(message.SettingsSet, message.Fields{"clearAfter": "30"})
	w.set(func() { w.browser.copies, w.browser.clears, w.browser.open = true, true, true })
}

// copied has a popup copy, and gives what it put on the clipboard.
func (w *world) copied() string {
	w.t.Helper()
	text := message.CopyFrom(w.ok(message.CredentialsCopy, w.orderOf("first"))).Text
	w.set(func() { w.browser.clipboard = text })
	w.ok(message.CredentialsTold, w.orderOf("first"))
	return text
}

func (w *world) clipboard() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.browser.clipboard
}

// passes lets time pass, in which the alarm rings.
func (w *world) passes(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(min(5*time.Second, time.Until(end)))
		synctest.Wait()
		if w.browser.due() {
			w.life.backend.Alarm(w.life.ctx)
		}
	}
	synctest.Wait()
}

func TestACopyIsTakenOffTheClipboard(t *testing.T) {
	for name, between := range map[string]func(w *world){
		"nothing happens":       func(*world) {},
		"the worker ends":       (*world).restart,
		"the person signs out":  func(w *world) { w.ok(message.SignOut, ref()) },
		"the portal is removed": func(w *world) { w.ok(message.PortalRemove, ref()) },
		"the clipboard is busy": func(w *world) {
			w.set(func() { w.browser.noClipboard = true })
			w.passes(time.Minute)
			w.set(func() { w.browser.noClipboard = false })
		},
		"the clock is set back":  func(w *world) { w.set(func() { w.ahead = -time.Hour }) },
		"the clock is set ahead": func(w *world) { w.set(func() { w.ahead = time.Minute }) },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.clearing()
				text := w.copied()
				if strings.Contains(name, "busy") || !strings.Contains(name, "ahead") {
					w.passes(25 * time.Second)
					if w.clipboard() != text {
						t.Fatalf("after 25 s the clipboard holds %q", w.clipboard())
					}
				}
				between(w)
				w.passes(70 * time.Second)
				if got := w.clipboard(); got != "" {
					t.Errorf("the clipboard holds %q", got)
				}
				if w.local.get(message.PortalsKey) != "\n" && w.status().Notice != "" {
					t.Errorf("says %q", w.status().Notice)
				}
				w.quiet()
			})
		})
	}
}

func TestWhatIsOnTheClipboardSinceStaysThere(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.clearing()
		w.copied()
		w.set(func() { w.browser.clipboard = "a poem" })
		w.passes(time.Minute)
		if got := w.clipboard(); got != "a poem" {
			t.Errorf("the clipboard holds %q", got)
		}
		w.quiet()
	})
}

// The time begins anew with each copy.
func TestTheLastCopyIsCleared(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.clearing()
		w.copied()
		w.passes(20 * time.Second)
		last := w.copied()
		w.passes(20 * time.Second)
		if w.clipboard() != last {
			t.Error("the second copy is gone 40 s after the first")
		}
		w.passes(20 * time.Second)
		if w.clipboard() != "" {
			t.Error("the second copy is there still")
		}
		w.quiet()
	})
}

// A copy that never came to the clipboard leaves the time of the one before alone.
func TestACopyThatIsNotMadeLeavesTheOneBeforeToBeCleared(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.clearing()
		w.copied()
		w.passes(10 * time.Second)
		w.ok(message.CredentialsCopy, w.orderOf("second")) // and its popup is gone
		w.passes(25 * time.Second)
		if got := w.clipboard(); got != "" {
			t.Errorf("the clipboard holds %q", got)
		}
		for range 30 {
			w.copied()
		}
		if n := strings.Count(w.session.get("jobs"), "clearing"); n > 10 {
			t.Errorf("%d are remembered", n)
		}
		w.passes(time.Minute)
		if w.clipboard() != "" {
			t.Error("the last of many is there still")
		}
		w.quiet()
	})
}

func TestWhatCanNotBeClearedIsSaid(t *testing.T) {
	for name, spoil := range map[string]func(w *world){
		"not allowed any more": func(w *world) { w.browser.clears = false },
		"never free":           func(w *world) { w.browser.noClipboard = true },
	} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.clearing()
			text := w.copied()
			w.set(func() { spoil(w) })
			w.passes(15 * time.Minute)
			if w.clipboard() != text || !strings.Contains(w.status().Notice, "may still be on the clipboard") {
				t.Errorf("%s: says %q", name, w.status().Notice)
			}
			w.quiet()
		})
	}
}

func TestWithoutTheSettingNothingIsSealed(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.clearing()
		w.ok(message.SettingsSet, message.Fields{"clearAfter": ""})
		text := w.copied()
		w.passes(15 * time.Minute)
		if w.clipboard() != text {
			t.Error("the clipboard was cleared unasked")
		}
	})
}
