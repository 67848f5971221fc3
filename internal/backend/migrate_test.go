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

func TestStorageOf010BecomesOfThisVersion(t *testing.T) {
	inWorld(t, recordedOrganisation, func(w *world) {
		w.inherit(readRecorded(t))
		w.life.backend.Alarm(w.life.ctx)
		const first = startURL + "\n24\t0\t0\t0\naudit\t374022605707\tReadOnlyAccess\n"
		if head := w.local.get(message.HeadKey); !strings.HasPrefix(head, first) || w.local.get("version") != version {
			t.Errorf("head is %q of version %q", head, w.local.get("version"))
		}
		// It is done once.
		w.set(func() { w.local.data[message.HeadKey] = "" })
		w.restart()
		w.wake()
		if head := w.local.get(message.HeadKey); head != "" {
			t.Errorf("again: %q", head)
		}
	})
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
					w.inherit(readRecorded(t))
					w.killAtWrite(n, kept)
					first(w)
					if !w.dead() {
						t.Fatalf("%s: the worker was not killed at write %d", name, n)
					}
					w.restart()
					if told := w.opened(); told != "" {
						t.Errorf("told of %q", told)
					}
					w.checkInherited()
					if w.local.get("version") != version || w.local.get(message.HeadKey) == "" {
						t.Errorf("%s, write %d (%v): %s", name, n, kept, w.local.dump())
					}
					w.ok(message.CredentialsGet, w.role().Fields())
				})
			}
		}
	}
}

// A disk that is full is said, and the next request tries again.
func TestMigratingThatCanNotBeStored(t *testing.T) {
	inWorld(t, recordedOrganisation, func(w *world) {
		w.inherit(readRecorded(t))
		before := w.local.dump()
		w.set(func() { w.disk = failing("") })
		if e := w.refused(message.Wake, nil, message.Internal); !e.Retryable || w.local.dump() != before {
			t.Errorf("%+v; stored is %s", e, w.local.dump())
		}
		w.set(func() { w.disk = nil })
		w.wake()
		w.checkInherited()
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
			for _, request := range []message.Type{message.Wake, message.PortalAdd, message.PortalRemove, message.SettingsSet, message.SignOut, message.CredentialsGet} {
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
				w.inherit(readRecorded(t))
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
