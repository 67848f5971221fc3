package backend_test

import (
	"errors"
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
