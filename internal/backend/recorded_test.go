package backend_test

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"portico/internal/backend"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/portaltest"
)

// recorded is what an earlier version had stored of three portals, one of them
// signed in to and listed. Where it had secrets stand words; see [world.inherit].
type recorded struct{ Local, Session map[string]string }

// recordings are of each version of what is stored; the first is of 0.1.0.
var recordings = [backend.Version]string{"storage-0.1.0.json", "storage-1.json", "storage-2.json"}

func readRecorded(t *testing.T, name string) (r recorded) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
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

// inherit ends the worker and puts what was stored in place of all that is.
// Its session is one that the portal knows.
func (w *world) inherit(r recorded) {
	w.t.Helper()
	w.ready()
	time.Sleep(time.Second) // what was stored is not to be of the future
	now := w.secretState()
	w.kill()
	w.set(func() {
		w.local.data, w.session.data = maps.Clone(r.Local), maps.Clone(r.Session)
		for key, text := range w.session.data {
			for _, name := range []string{"token", "clientId", "clientSecret"} {
				text = strings.ReplaceAll(text, "RECORDED-"+name, now[name])
			}
			w.session.data[key] = text
		}
	})
	w.begin()
}

// checkInherited checks that nothing is lost of what had been stored for longer
// than the browser runs, and that nothing was set aside.
func (w *world) checkInherited(r recorded) {
	w.t.Helper()
	for key, text := range r.Local {
		if got := w.local.get(key); got != text && key != message.PortalsKey && key != "version" && key != message.DirectoryPrefix+startURL {
			w.t.Errorf("%s: %q became %q", key, text, got)
		}
	}
	was, err := directory.DecodeV1(r.Local[message.DirectoryPrefix+startURL])
	if err != nil {
		w.t.Fatal(err)
	}
	if d := w.directory(); directory.Encode(d) != directory.Encode(was) || d.Rows() != 24 || d.ListedAt(&d.Accounts[0]) == 0 {
		w.t.Errorf("the directory is %+v", d)
	}
	if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "aside") {
		w.t.Errorf("something was set aside: %s", dump)
	}
	if w.settings().CopyFormat != "powershell" {
		w.t.Errorf("settings are %+v", w.settings())
	}
	const china = "https://start.cn-north-1.home.awsapps.cn/directory/d-9067123456"
	const acme = "https://acme.awsapps.com/start"
	want := message.Portals{Active: startURL, All: []portal.Portal{
		{ID: china, StartURL: china, Region: "cn-north-1"}, {ID: acme, StartURL: acme, Region: "eu-central-1"}, {ID: startURL, StartURL: startURL, Region: "us-east-1"},
	}}
	if text := w.local.get(message.PortalsKey); text != want.Text() {
		w.t.Errorf("portals are %q", text)
	}
	if head := w.local.get(message.HeadKey); !strings.HasPrefix(head, startURL+"\n24\t0\t0\t0") || !strings.Contains(head, "\naudit\t374022605707\tReadOnlyAccess\n") || w.local.get("version") != version {
		w.t.Errorf("head is %q of version %q", head, w.local.get("version"))
	}
}

// inherited runs a test on what each earlier version had stored.
func inherited(t *testing.T, test func(t *testing.T, w *world, r recorded)) {
	for _, name := range recordings {
		t.Run(name, func(t *testing.T) {
			inWorld(t, recordedOrganisation, func(w *world) { test(t, w, readRecorded(t, name)) })
		})
	}
}

func TestWhatAnEarlierVersionStoredIsGoneOnFrom(t *testing.T) {
	for name, open := range map[string]func(w *world){
		"the popup opens":   func(w *world) { w.wake() },
		"the alarm rings":   func(w *world) { w.life.backend.Alarm(w.life.ctx) },
		"a request is sent": func(w *world) { w.ok(message.CredentialsCopy, w.order().Fields()) },
	} {
		t.Run(name, func(t *testing.T) {
			inherited(t, func(t *testing.T, w *world, r recorded) {
				w.inherit(r)
				before := w.portal.Requests()
				open(w)
				if told := w.opened(); told != "" {
					t.Errorf("told of %q", told)
				}
				w.quiet()
				w.checkInherited(r)
				// The session goes on, and nothing is listed again.
				after := w.portal.Requests()
				for _, op := range []string{"RegisterClient", "StartDeviceAuthorization", "ListAccounts"} {
					if after[op] != before[op] {
						t.Errorf("%s was asked again", op)
					}
				}
				w.ok(message.CredentialsCopy, w.order().Fields())
				if s := w.status(); s.SignIn != message.SignedIn || s.Problem != nil {
					t.Errorf("status %+v", s)
				}
				w.ok(message.SignOut, ref())
			})
		})
	}
}

// An update, or the browser's end, leaves what is on the disk alone.
func TestWhatAnEarlierVersionLeftOnDiskIsGoneOnFrom(t *testing.T) {
	inherited(t, func(t *testing.T, w *world, r recorded) {
		clear(r.Session)
		w.inherit(r)
		if told := w.opened(); told != "" {
			t.Errorf("told of %q", told)
		}
		w.checkInherited(r)
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		w.ok(message.SignInOpen, ref())
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		w.listed()
		for _, p := range message.ParsePortals(w.local.get(message.PortalsKey)).All {
			w.ok(message.PortalUse, message.PortalRef{Portal: p.ID}.Fields())
		}
		w.quiet()
	})
}
