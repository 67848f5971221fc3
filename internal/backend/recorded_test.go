package backend_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// recorded is what version 0.1.0 had stored of three portals, one of them signed
// in to and listed. Where it had secrets stand words; see [world.inherit].
type recorded struct{ Local, Session map[string]string }

func readRecorded(t *testing.T) (r recorded) {
	t.Helper()
	text, err := os.ReadFile("testdata/storage-0.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// recordedOrganisation is the one that was listed.
var recordedOrganisation = portaltest.Config{Accounts: 8}

// inherit ends the worker and puts what 0.1.0 had stored in place of all that is.
// Its session is one that the portal knows.
func (w *world) inherit(r recorded) {
	w.t.Helper()
	w.ready()
	now := w.secretState()
	w.kill()
	w.set(func() {
		w.local.data, w.session.data = r.Local, r.Session
		for key, text := range w.session.data {
			for _, name := range []string{"token", "clientId", "clientSecret"} {
				text = strings.ReplaceAll(text, "RECORDED-"+name, now[name])
			}
			w.session.data[key] = text
		}
	})
	w.begin()
}

// checkInherited checks that nothing is lost of what 0.1.0 had stored for longer
// than the browser runs, and that nothing was set aside.
func (w *world) checkInherited() {
	w.t.Helper()
	was := readRecorded(w.t).Local
	for key, text := range was {
		if got := w.local.get(key); got != text {
			w.t.Errorf("%s: %q became %q", key, text, got)
		}
	}
	if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "aside") {
		w.t.Errorf("something was set aside: %s", dump)
	}
	if w.settings().CopyFormat != "powershell" {
		w.t.Errorf("settings are %+v", w.settings())
	}
	if p := message.ParsePortals(w.local.get(message.PortalsKey)); len(p.All) != 3 || p.Active != startURL {
		w.t.Errorf("portals are %+v", p)
	}
}

func TestWhatVersion010StoredIsGoneOnFrom(t *testing.T) {
	for name, open := range map[string]func(w *world){
		"the popup opens":   func(w *world) { w.wake() },
		"the alarm rings":   func(w *world) { w.life.backend.Alarm(w.life.ctx) },
		"a request is sent": func(w *world) { w.ok(message.CredentialsGet, w.role().Fields()) },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, recordedOrganisation, func(w *world) {
				w.inherit(readRecorded(t))
				before := w.portal.Requests()
				open(w)
				if told := w.opened(); told != "" {
					t.Errorf("told of %q", told)
				}
				w.quiet()
				w.checkInherited()
				// The session goes on, and nothing is listed again.
				after := w.portal.Requests()
				for _, op := range []string{"RegisterClient", "StartDeviceAuthorization", "ListAccounts"} {
					if after[op] != before[op] {
						t.Errorf("%s was asked again", op)
					}
				}
				w.ok(message.CredentialsGet, w.role().Fields())
				if s := w.status(); s.SignIn != message.SignedIn || s.Problem != nil {
					t.Errorf("status %+v", s)
				}
				w.ok(message.SignOut, ref())
			})
		})
	}
}

// An update, or the browser's end, leaves what is on the disk alone.
func TestWhatVersion010LeftOnDiskIsGoneOnFrom(t *testing.T) {
	inWorld(t, recordedOrganisation, func(w *world) {
		r := readRecorded(t)
		clear(r.Session)
		w.inherit(r)
		if told := w.opened(); told != "" {
			t.Errorf("told of %q", told)
		}
		w.checkInherited()
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		w.ok(message.SignInOpen, ref())
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		w.listed()
		for _, p := range message.ParsePortals(w.local.get(message.PortalsKey)).All {
			w.ok(message.PortalUse, message.PortalRef{Portal: p.StartURL}.Fields())
		}
		w.quiet()
	})
}
