package backend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// crowd is an organisation whose listing takes several saves.
const crowd = 60

// person does what somebody at the popup does, until the directory is there:
// each half second they look at the status and press what it calls for. The
// alarm rings as it is set. A dead worker is started by whatever comes next. It
// returns how often the sign-in was begun.
func (w *world) person(revive func(w *world)) (begun int) {
	w.t.Helper()
	polled := 0 // when the page was opened
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(500 * time.Millisecond) {
		synctest.Wait()
		if w.dead() {
			w.begin()
			revive(w)
		}
		if w.browser.due() {
			w.life.backend.Alarm(w.life.ctx)
		}
		s := w.status()
		switch {
		case !time.Now().Before(end):
			w.t.Fatalf("not done after 5 minutes: %+v, alarm %v", s, w.browser.ringing())
		case message.ParsePortals(w.local.get(message.PortalsKey)).Active == "":
			w.ask(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "us-east-1"}.Fields())
		case s.SignIn == message.SignedOutPhase, s.SignIn == message.Wanted:
			begun++
			w.ask(message.SignInStart, ref())
		case s.SignIn == message.Waiting && s.UserCode == "":
			if tabs := w.browser.opened(); len(tabs) == 0 {
				w.ask(message.SignInOpen, ref()) // it died before it could
			} else {
				w.ask(message.SignInReturn, w.decide(tabs[len(tabs)-1], "allow").Fields())
			}
		case s.SignIn == message.ShowCode:
			w.ask(message.SignInOpen, ref())
			polled = len(w.net.sent("/token"))
		case s.SignIn == message.Waiting && len(w.net.sent("/token")) > polled:
			w.portal.Approve(s.UserCode)
		case s.SignIn == message.SignedIn && !pending(w.secretState()) && w.browser.ringing() == nil:
			return begun
		}
	}
}

var revivals = map[string]func(w *world){
	"the alarm rings":   func(*world) {}, // when it is due
	"the popup opens":   func(w *world) { w.wake() },
	"the alarm at once": func(w *world) { w.life.backend.Alarm(w.life.ctx) },
}

// TestWorkerKilledAtEveryWrite kills the worker at the n-th write of signing in
// and listing, once before the write is done and once after, for every n.
func TestWorkerKilledAtEveryWrite(t *testing.T) {
	points := writesOf(t)
	passes := 0
	for name, revive := range revivals {
		for _, kept := range []bool{false, true} {
			for n := 1; n <= points; n++ {
				inWorld(t, portaltest.Config{Accounts: crowd}, func(w *world) {
					w.killAtWrite(n, kept)
					begun := w.person(revive)
					if w.lives == 1 && n == points {
						return // progress is saved at times: an answer at one of them may come before or behind it
					}
					if w.lives == 1 {
						t.Fatalf("the worker was not killed at write %d of %d", n, points)
					}
					passes++
					w.checkComplete(begun)
					if t.Failed() {
						t.Fatalf("killed at write %d of %d (done: %v); then %s", n, points, kept, name)
					}
				})
			}
		}
	}
	t.Logf("%d kill points, %d passes", points, passes)
}

// writesOf counts the writes when nothing goes wrong.
func writesOf(t *testing.T) (n int) {
	t.Helper()
	inWorld(t, portaltest.Config{Accounts: crowd}, func(w *world) {
		if begun := w.person(nil); begun != 0 && begun != 1 {
			t.Errorf("the sign-in was begun %d times", begun)
		}
		w.checkComplete(1)
		n = w.written()
	})
	return n
}

// checkComplete checks that all is there and that no more than a step was done
// twice. A token whose write was lost is lost for good: then the sign-in was
// begun twice.
func (w *world) checkComplete(begun int) {
	w.t.Helper()
	d := w.directory()
	if d.Rows() != 3*crowd || d.Count(directory.Done) != crowd || w.status().Problem != nil {
		w.t.Errorf("%d rows, status %+v", d.Rows(), w.status())
	}
	const second = 2*20 + 8 // a second's requests and a burst, which is what a save may lose, and those under way
	most := map[string]int{"RegisterClient": 2, "StartDeviceAuthorization": 2, "ListAccounts": 2, "ListAccountRoles": crowd + second + w.portal.Throttled()}
	for operation, n := range w.portal.Requests() {
		if limit, ok := most[operation]; ok && n > limit {
			w.t.Errorf("%d requests of %s, want at most %d", n, operation, limit)
		}
	}
	if begun > 2 {
		w.t.Errorf("the sign-in was begun %d times", begun)
	}
	w.quiet()
	w.ok(message.CredentialsCopy, w.order().Fields())
}

// TestEveryWriteFailsOnce has the n-th write refused, for every n, by a worker
// that lives on: an error is said, nothing is lost.
func TestEveryWriteFailsOnce(t *testing.T) {
	points := writesOf(t)
	for n := 1; n <= points; n++ {
		inWorld(t, portaltest.Config{Accounts: crowd}, func(w *world) {
			w.disk = func(i int, _ string) error {
				if i == n {
					return errDisk
				}
				return nil
			}
			w.checkComplete(w.person(nil))
			if n := w.portal.Requests()["StartDeviceAuthorization"]; n != 1 {
				t.Errorf("%d codes were asked for", n)
			}
			for _, e := range w.errors {
				if e.Code != message.Internal || !e.Retryable || e.Hint == "" {
					t.Errorf("an error says %+v", e)
				}
			}
			if t.Failed() {
				t.Fatalf("write %d of %d failed", n, points)
			}
		})
	}
	t.Logf("%d writes failed, one at a time", points)
}
