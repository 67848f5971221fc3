package backend_test

import (
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"portico/internal/backend"
	"portico/internal/message"
	"portico/internal/portaltest"
)

var version = strconv.Itoa(backend.Version)

func TestEarlierStorageBecomesOfThisVersion(t *testing.T) {
	inherited(t, func(t *testing.T, w *world, r recorded) {
		w.inherit(r)
		w.life.backend.Alarm(w.life.ctx)
		w.checkInherited(r)
		// It is done once.
		w.set(func() { w.local.data[message.HeadKey] = "" })
		w.restart()
		w.wake()
		if head := w.local.get(message.HeadKey); head != "" {
			t.Errorf("again: %q", head)
		}
	})
}

// What is there already of the next form is not changed again, and what is of no
// form is left to be set aside.
func TestPortalsGetAnIDOnce(t *testing.T) {
	const old, done = startURL + "\tus-east-1\n", startURL + "\t" + startURL + "\tus-east-1\n"
	for text, want := range map[string]string{
		"": "", "\n": "\n", startURL + "\n" + old: startURL + "\n" + done, startURL + "\n" + done: startURL + "\n" + done,
		startURL + "\n" + old + "x": startURL + "\n" + done + "x", "hello": "hello\n",
	} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.set(func() { w.local.data[message.PortalsKey] = text })
			w.life.backend.Alarm(w.life.ctx)
			if got := w.local.get(message.PortalsKey); got != want {
				t.Errorf("%q became %q", text, got)
			}
		})
	}
}

func TestAnEmptyStorageIsOfThisVersionAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.wake()
		if dump := w.local.dump(); dump != "version="+version+"\n" {
			t.Errorf("stored is %q", dump)
		}
	})
}

// A worker that dies while it migrates leaves all to the next.
func TestMigratingSurvivesTheWorkersDeath(t *testing.T) {
	for n := 1; n <= backend.Version; n++ {
		for _, kept := range []bool{true, false} {
			for name, first := range map[string]func(w *world){
				"popup": func(w *world) { w.ask(message.Wake, nil) },
				"alarm": func(w *world) { w.life.backend.Alarm(w.life.ctx) },
			} {
				inWorld(t, recordedOrganisation, func(w *world) {
					r := readRecorded(t, recordings[0])
					w.inherit(r)
					w.killAtWrite(n, kept)
					first(w)
					if !w.dead() {
						t.Fatalf("%s: the worker was not killed at write %d", name, n)
					}
					w.restart()
					if told := w.opened(); told != "" {
						t.Errorf("told of %q", told)
					}
					w.checkInherited(r)
					w.ok(message.CredentialsCopy, w.order().Fields())
				})
			}
		}
	}
}

// A disk that is full is said, and the next request tries again.
func TestMigratingThatCanNotBeStored(t *testing.T) {
	inWorld(t, recordedOrganisation, func(w *world) {
		r := readRecorded(t, recordings[0])
		w.inherit(r)
		before := w.local.dump()
		w.set(func() { w.disk = failing("") })
		if e := w.refused(message.Wake, nil, message.Internal); !e.Retryable || w.local.dump() != before {
			t.Errorf("%+v; stored is %s", e, w.local.dump())
		}
		w.set(func() { w.disk = nil })
		w.wake()
		w.checkInherited(r)
	})
}

// What a newer Portico stored is not touched by an older one, which says so.
func TestStorageOfANewerVersionIsLeftAlone(t *testing.T) {
	for _, newer := range []string{strconv.Itoa(backend.Version + 1), "99"} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			w.set(func() {
				w.local.data["version"] = newer
				w.local.data[message.PortalsKey] = "a form that nobody knows yet"
				w.local.odd = map[string]string{message.SettingsKey: "[1]"}
			})
			w.restart()
			before, written := w.local.dump()+w.session.dump(), w.written()
			for _, request := range []message.Type{message.Wake, message.PortalAdd, message.PortalRemove, message.SettingsSet, message.SignOut, message.CredentialsCopy} {
				e := w.refused(request, ref(), message.Internal)
				if e.Retryable || !strings.Contains(e.Message, "newer") || !strings.Contains(e.Hint, "Update") {
					t.Errorf("%s: %+v", request, e)
				}
			}
			w.life.backend.Alarm(w.life.ctx)
			w.life.backend.Granted(w.life.ctx)
			synctest.Wait()
			if w.local.dump()+w.session.dump() != before || w.written() != written || w.local.odd[message.SettingsKey] != "[1]" {
				t.Error("something was changed")
			}
		})
	}
}

// A version that can't be read is told of, and takes nothing with it.
func TestAVersionThatIsNoneIsSetAside(t *testing.T) {
	for _, garbled := range []string{"x", "-1", "1.5", "1\n", " ", "99999999999999999999"} {
		for _, text := range []bool{true, false} {
			inWorld(t, recordedOrganisation, func(w *world) {
				w.inherit(readRecorded(t, recordings[0]))
				w.wake()
				before := w.local.dump()
				if text {
					w.set(func() { w.local.data["version"] = garbled })
				} else {
					w.local.spoil("version", garbled)
				}
				w.restart()
				if told := w.opened(); told != backend.Lost("version") || w.local.get("aside:version") != garbled {
					t.Errorf("%q: told of %q, kept %q", garbled, told, w.local.get("aside:version"))
				}
				w.set(func() { delete(w.local.data, "aside:version") })
				if w.local.dump() != before {
					t.Errorf("%q: %s became %s", garbled, before, w.local.dump())
				}
				if told := w.opened(); told != "" {
					t.Errorf("told again of %q", told)
				}
			})
		}
	}
}
