package backend_test

import (
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/bookmarks"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// TestWorkerKilledAtEveryWriteOfAJob has the worker die at each write of work
// that goes on without the popup, once before the write is done and once after.
// The alarm, or the next popup, brings it to its end.
func TestWorkerKilledAtEveryWriteOfAJob(t *testing.T) {
	var tree []bookmarks.Node
	jobs := []struct {
		name  string
		first int // the first write that the worker may die before
		begin func(w *world) (work func())
		check func(w *world)
	}{
		{"bookmark", 1, func(w *world) func() {
			w.refused(message.BookmarkAdd, w.role().Fields(), message.NeedsAccess)
			w.set(func() { w.browser.marks = true })
			return func() { w.life.backend.Granted(w.life.ctx) }
		}, func(w *world) {
			if n := len(w.bookmarks.all()); n != 1 {
				w.t.Errorf("%d bookmarks", n)
			}
			w.set(func() { w.killAt = 0 })
			w.ok(message.BookmarkAdd, w.role().Fields())
			if n := len(w.bookmarks.nodes); n != 2 {
				w.t.Errorf("%d folders and bookmarks", n)
			}
		}},
		// Until it is noted nobody is known to have asked for it.
		{"bookmarks that follow", 2, func(w *world) func() {
			tree = w.outdated()
			return func() { w.ask(message.SyncStart, ref()) }
		}, func(w *world) { w.checkTree(tree) }},
		// Until the token is stored nobody but this worker knows it.
		{"token that nobody wants", 2, func(w *world) func() {
			w.ok(message.SignOut, ref())
			w.ok(message.SignInStart, ref())
			w.phase(message.ShowCode)
			poll := w.net.hold("/token")
			w.portal.Approve(w.status().UserCode)
			<-poll.arrived
			w.ok(message.SignInCancel, ref())
			return func() { close(poll.release) }
		}, (*world).checkEnded},
		{"clearing", 1, func(w *world) func() {
			w.clearing()
			return func() {
				r, _ := w.ask(message.CredentialsCopy, w.orderOf("first"))
				w.set(func() { w.browser.clipboard = message.CopyFrom(r).Text })
			}
		}, func(w *world) {
			if got := w.clipboard(); got != "" {
				w.t.Errorf("the clipboard holds %q", got)
			}
		}},
		{"listing", 1, func(w *world) func() {
			return func() { w.ask(message.SyncStart, ref()) }
		}, func(w *world) {
			if d := w.directory(); d.Rows() != 120 || w.status().Problem != nil {
				w.t.Errorf("%d rows, status %+v", d.Rows(), w.status())
			}
		}},
	}
	for _, job := range jobs {
		for _, kept := range []bool{false, true} {
			for n := job.first; ; n++ {
				died := true
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.ready()
					work := job.begin(w)
					w.killAtWrite(n, kept)
					work()
					time.Sleep(40 * time.Second)
					synctest.Wait()
					if died = w.dead(); died {
						w.begin()
						w.wake()
						synctest.Wait()
					}
					for range 4 {
						time.Sleep(30 * time.Second)
						if w.browser.due() {
							w.life.backend.Alarm(w.life.ctx)
						}
					}
					job.check(w)
					w.quiet()
				})
				if t.Failed() {
					t.Fatalf("%s: killed at write %d (done: %v)", job.name, n, kept)
				}
				if !died {
					break
				}
			}
		}
	}
}
