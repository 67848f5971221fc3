package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// Whoever leaves the computer leaves no token in it, if that is chosen; the list stays,
// and the portal is asked nothing.
func TestNobodyAtTheComputer(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.stays = true
		w.ok(message.SettingsSet, message.Fields{"staySignedIn": "true"})
		w.ready()
		w.life.backend.Idle(w.life.ctx)
		if s := w.status(); s.SignIn != message.SignedIn || s.Problem != nil {
			t.Errorf("nobody chose that: %+v", s)
		}
		w.ok(message.SettingsSet, message.Fields{"lockAfter": "15"})
		before := len(w.net.sent(""))
		w.life.backend.Idle(w.life.ctx)
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := w.status(); s.SignIn != message.ExpiredPhase || s.Problem == nil || !strings.Contains(s.Problem.Message, "nobody was at this computer") {
			t.Errorf("status %+v", s)
		}
		if s := w.secretState(); s["token"] != "" || s["refresh"] != "" || w.local.get("kept:"+startURL) != "" {
			t.Errorf("left is %v", s)
		}
		if n := len(w.net.sent("")) - before; n != 0 || w.portal.Sessions() != 1 || w.directory().Rows() == 0 {
			t.Errorf("%d requests, %d sessions, %d rows", n, w.portal.Sessions(), w.directory().Rows())
		}
		w.refused(message.CredentialsCopy, w.order().Fields(), message.Expired)
		w.restart()
		w.wake()
		if s := w.status(); s.SignIn != message.ExpiredPhase {
			t.Errorf("status %+v", s)
		}
		w.life.backend.Idle(w.life.ctx) // again
		w.signIn()
		w.listed()
		if s := w.status(); s.Problem != nil {
			t.Errorf("problem %v", s.Problem)
		}
		w.refused(message.SettingsSet, message.Fields{"lockAfter": "1"}, message.InvalidInput)
	})
}

// The worker that dies at a write on the way leaves a session whole or none.
func TestTheWorkerDiesAsNobodyIsThere(t *testing.T) {
	for _, kept := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ok(message.SettingsSet, message.Fields{"lockAfter": "5"})
			w.ready()
			w.killAtWrite(1, kept)
			w.life.backend.Idle(w.life.ctx)
			w.restart()
			w.wake()
			want := message.SignedIn
			if kept {
				want = message.ExpiredPhase
			}
			w.phase(want)
		})
	}
}
