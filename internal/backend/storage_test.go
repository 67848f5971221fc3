package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// failing has writes of keys with a prefix refused.
func failing(prefix string) func(int, string) error {
	return func(_ int, key string) error {
		if strings.HasPrefix(key, prefix) {
			return errDisk
		}
		return nil
	}
}

func TestDirectoryThatDoesNotFitOnTheDisk(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		before := w.local.dump()
		w.set(func() { w.disk = failing(message.DirectoryPrefix) })
		w.ok(message.SyncStart, ref())
		synctest.Wait()
		time.Sleep(10 * time.Second)
		s := w.status()
		if s.Problem == nil || s.Problem.Code != message.Internal || !strings.Contains(s.Problem.Message, "quota exceeded") || s.Sync != message.Idle {
			t.Fatalf("status %+v", s)
		}
		if w.local.dump() != before {
			t.Error("the last directory was not kept")
		}
		w.ok(message.CredentialsCopy, w.order().Fields())
		w.set(func() { w.disk = nil })
		w.life.backend.Alarm(w.life.ctx)
		w.listed()
		if w.status().Problem != nil {
			t.Errorf("problem %v is left", w.status().Problem)
		}
		w.quiet()
	})
}

func TestRequestsThatCanNotBeStored(t *testing.T) {
	requests := []message.Type{message.SignInStart, message.SignOut, message.SyncStart, message.PortalUse, message.PortalRemove, message.SignInCancel, message.Wake}
	for _, request := range requests {
		t.Run(string(request), func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				before := w.local.dump() + w.session.dump()
				w.set(func() { w.disk = failing("") })
				e := w.refused(request, ref(), message.Internal)
				if !strings.Contains(e.Message, "storage failed") || !e.Retryable {
					t.Errorf("%+v", e)
				}
				synctest.Wait()
				if w.local.dump()+w.session.dump() != before {
					t.Error("half of it was stored")
				}
				w.set(func() { w.disk = nil })
				w.ok(message.CredentialsCopy, w.order().Fields())
			})
		})
	}
}

// What can not be noted is not asked for: nothing would go on from it.
func TestAccessIsNotAskedForWhenTheWishIsNotStored(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		w.set(func() { w.browser.hosts = false })
		w.set(func() { w.disk = failing("") })
		w.refused(message.SignInStart, ref(), message.Internal)
		w.refused(message.BookmarkAdd, w.role().Fields(), message.Internal)
	})
}

// Storage that can not be read says nothing about what is in it.
func TestStorageThatCanNotBeRead(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		before := w.local.dump() + w.session.dump()
		w.set(func() { w.unreadable = true })
		for _, request := range []message.Type{message.Wake, message.SignInStart, message.CredentialsCopy, message.PortalRemove} {
			w.refused(request, ref(), message.Internal)
		}
		w.refused(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "eu-west-1"}.Fields(), message.Internal)
		w.life.backend.Alarm(w.life.ctx)
		w.life.backend.Granted(w.life.ctx)
		time.Sleep(time.Minute)
		if w.local.dump()+w.session.dump() != before || w.browser.ringing() == nil {
			t.Error("something was changed without knowing what was there")
		}
		w.set(func() { w.unreadable = false })
		w.portal.Approve(w.status().UserCode)
		w.life.backend.Alarm(w.life.ctx)
		w.phase(message.SignedIn)
	})
}

func TestSignInWithoutAlarmIsNotBegun(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		w.ok(message.SignInCancel, ref())
		w.set(func() { w.browser.broken = errDisk })
		if _, failure := w.ask(message.SignInStart, ref()); failure == nil {
			t.Error("a sign-in without an alarm")
		}
		if w.status().SignIn != message.SignedOutPhase {
			t.Errorf("phase %q", w.status().SignIn)
		}
	})
}
