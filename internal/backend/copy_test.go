package backend_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// missed opens another popup and gives which copy it has to tell of.
func (w *world) missed(popup string) message.Role {
	w.t.Helper()
	woken := message.WokenFrom(w.ok(message.Wake, message.Visit{Popup: popup}.Fields()))
	return message.Role{Portal: woken.Portal, AccountID: woken.AccountID, RoleName: woken.RoleName}
}

// orderOf is an order of one popup.
func (w *world) orderOf(popup string) message.Fields {
	o := w.order()
	o.Popup = popup
	return o.Fields()
}

// The next popup, and only that, hears of a copy of which nobody was told the end,
// whenever the worker dies, and not for long.
func TestACopyThatAPopupDidNotLiveToMakeIsTold(t *testing.T) {
	none := message.Role{}
	for name, test := range map[string]struct {
		then func(w *world)
		told bool
	}{
		"the popup goes":      {func(*world) {}, true},
		"the worker goes too": {(*world).restart, true},
		"a minute passes":     {func(*world) { time.Sleep(time.Minute) }, true},
		"three minutes pass":  {func(*world) { time.Sleep(3 * time.Minute) }, false},
		"it lives to tell":    {func(w *world) { w.ok(message.CredentialsTold, w.orderOf("first")) }, false},
		"it lives to ask for another": {func(w *world) {
			w.ok(message.CredentialsCopy, w.orderOf("first"))
			w.ok(message.CredentialsTold, w.orderOf("first"))
		}, false},
		"another is told of its own": {func(w *world) { w.ok(message.CredentialsTold, w.orderOf("second")) }, true},
		"the person signs out":       {func(w *world) { w.ok(message.SignOut, ref()) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.ok(message.CredentialsCopy, w.orderOf("first"))
				if got := w.missed("first"); got != none {
					t.Errorf("the popup itself hears of %+v", got)
				}
				test.then(w)
				want := none
				if test.told {
					want = w.role()
				}
				if got := w.missed("second"); got != want {
					t.Errorf("the next popup hears of %+v, want %+v", got, want)
				}
				if got := w.missed("third"); got != none {
					t.Errorf("the one after it hears of %+v", got)
				}
				w.quiet()
			})
		})
	}
}

// It is so however far the copy came: with the request under way, too.
func TestACopyUnderWayIsTold(t *testing.T) {
	for _, dies := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			h := w.net.hold("/federation/credentials")
			done := make(chan bool)
			life := w.life
			go func() {
				_, _ = life.backend.Handle(life.ctx, message.CredentialsCopy, w.orderOf("first"))
				close(done)
			}()
			<-h.arrived
			synctest.Wait()
			if dies {
				w.restart()
			}
			if got := w.missed("second"); got != w.role() {
				t.Errorf("the next popup hears of %+v", got)
			}
			close(h.release)
			<-done
			if got := w.missed("third"); got != (message.Role{}) {
				t.Errorf("the one after it hears of %+v", got)
			}
		})
	}
}

// Where the person has allowed it the copy is finished without the popup: the button
// says so, and the next popup, which has nothing to offer.
func TestACopyIsFinishedWithoutThePopup(t *testing.T) {
	for name, test := range map[string]struct {
		set      func(b *browser)
		finished bool
	}{
		"allowed":             {func(b *browser) { b.copies = true }, true},
		"not allowed":         {func(*browser) {}, false},
		"the popup is there":  {func(b *browser) { b.copies, b.open = true, true }, false},
		"the browser refuses": {func(b *browser) { b.copies, b.noClipboard = true, true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.set(func() { test.set(w.browser) })
				c := message.CopyFrom(w.ok(message.CredentialsCopy, w.orderOf("first")))
				synctest.Wait()
				if n := len(w.browser.copied); (n == 1 && w.browser.copied[0] == c.Text) != test.finished || n > 1 {
					t.Errorf("%d copies were finished", n)
				}
				s := w.status()
				if said := strings.HasPrefix(s.Notice, "Copied for bash and zsh: ") && s.Good; said != test.finished || said != (w.browser.badge == "✓") {
					t.Errorf("says %q, the button %q", s.Notice, w.browser.badge)
				}
				if got := w.missed("second"); (got == message.Role{}) != test.finished {
					t.Errorf("the next popup hears of %+v", got)
				}
				if w.browser.badge != "" {
					t.Error("the mark stays on the button")
				}
			})
		})
	}
}

// Two were asked for, and the answer to the first comes last: it is not what the
// clipboard holds in the end.
func TestTheLastCopyIsTheOneThatIsFinished(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.copies = true })
		h := w.net.hold("/federation/credentials")
		done := make(chan bool)
		go func() {
			_, _ = w.life.backend.Handle(w.life.ctx, message.CredentialsCopy, w.orderOf("first"))
			close(done)
		}()
		<-h.arrived
		other := w.order()
		other.AccountID = w.portal.Directory()[1].ID
		other.RoleName, other.Popup = w.portal.Directory()[1].Roles[0], "first"
		c := message.CopyFrom(w.ok(message.CredentialsCopy, other.Fields()))
		close(h.release)
		<-done
		synctest.Wait()
		if len(w.browser.copied) != 1 || w.browser.copied[0] != c.Text {
			t.Errorf("%d copies were finished, the last one is right: %v", len(w.browser.copied), w.browser.copied[len(w.browser.copied)-1] == c.Text)
		}
	})
}

// Credentials are copied though nobody can note that they were asked for.
func TestACopyThatCanNotBeNotedIsMade(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.disk = func(int, string) error { return errors.New("full") } })
		if c := message.CopyFrom(w.ok(message.CredentialsCopy, w.orderOf("first"))); len(pasted(c)) != 4 {
			t.Error("nothing was copied")
		}
	})
}

// What was copied last, and until when it is of use by this computer's clock, stays
// known as long as the session.
func TestWhatWasCopiedLastIsKnown(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		told := message.Told{Order: message.OrderFrom(w.orderOf("first")), Done: true, Expires: 1_800_000_000_000}
		w.ok(message.CredentialsTold, told.Fields())
		want := message.Last{AccountID: told.AccountID, RoleName: told.RoleName, Expires: told.Expires}
		failed := told
		failed.RoleName, failed.Done = "Other", false
		w.ok(message.CredentialsTold, failed.Fields())
		w.restart()
		w.wake()
		if got := w.status().Last; got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		w.ok(message.SignOut, ref())
		if got := w.status().Last; got != (message.Last{}) {
			t.Errorf("after signing out: %+v", got)
		}
	})
}
