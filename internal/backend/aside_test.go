package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"portico/internal/backend"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// spoil stores what is no text in place of what a key has.
func (a *area) spoil(key, json string) {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	delete(a.data, key)
	a.odd = map[string]string{key: json}
}

// opened opens the popup and gives what it tells could not be read.
func (w *world) opened() string {
	w.t.Helper()
	woken := message.WokenFrom(w.ok(message.Wake, nil))
	synctest.Wait()
	w.ok(message.Wake, message.Visit{Told: woken.Keys}.Fields())
	return woken.Problem
}

func TestWhatIsNoTextIsSetAsideAndTheRestGoesOn(t *testing.T) {
	for key, area := range map[string]func(w *world) *area{
		message.PortalsKey:                 func(w *world) *area { return w.local },
		message.SettingsKey:                func(w *world) *area { return w.local },
		message.DirectoryPrefix + startURL: func(w *world) *area { return w.local },
		message.HeadKey:                    func(w *world) *area { return w.local },
		"session:" + startURL:              func(w *world) *area { return w.session },
		message.StatusPrefix + startURL:    func(w *world) *area { return w.session },
		"jobs":                             func(w *world) *area { return w.session },
	} {
		for _, value := range []string{"42", "[]", "null", "{}", `{"a":["` + strings.Repeat("x", 300_000) + `"]}`} {
			t.Run(key+" "+value[:min(8, len(value))], func(t *testing.T) {
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.ready()
					a := area(w)
					a.spoil(key, value)
					w.restart()
					w.wake() // by a popup that does not live to tell
					if told := w.opened(); told != backend.Lost(key) {
						t.Errorf("told of %q", told)
					}
					secret := key == "jobs" || strings.HasPrefix(key, "session:")
					if kept := a.get("aside:" + key); (kept == "") != secret || !strings.HasPrefix(value, kept) || len(kept) > 100_000 {
						t.Errorf("kept %.100q of %.100q", kept, value)
					}
					if told := w.opened(); told != "" {
						t.Errorf("told again of %q", told)
					}
					// The job is done as ever: what is lost can be made anew.
					w.ready()
					w.ok(message.CredentialsCopy, w.order().Fields())
					w.quiet()
					// What was set aside of a portal goes with it.
					w.ok(message.PortalRemove, ref())
					if left := a.get("aside:" + key); strings.HasSuffix(key, startURL) && left != "" {
						t.Errorf("the portal was removed, and %.100q is left", left)
					}
				})
			})
		}
	}
}

// A worker that dies while it sets aside loses neither the value nor the word of it.
func TestSettingAsideSurvivesTheWorkersDeath(t *testing.T) {
	for n := 1; n <= 2; n++ {
		for _, kept := range []bool{true, false} {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.local.spoil(message.PortalsKey, "[1]")
				w.restart()
				w.killAtWrite(n, kept)
				result, _ := w.life.backend.Handle(w.life.ctx, message.Wake, nil)
				told := message.WokenFrom(result).Problem
				synctest.Wait()
				w.restart()
				if again := w.opened(); w.local.get("aside:portals") != "[1]" || told+again == "" {
					t.Errorf("write %d (%v): kept %q, told %q and %q", n, kept, w.local.get("aside:portals"), told, again)
				}
			})
		}
	}
}

func TestTextThatIsOfNoFormIsSetAside(t *testing.T) {
	const line = startURL + "\t" + startURL + "\tus-east-1\n"
	for _, test := range []struct{ name, key, text, rest string }{
		{"no list of portals", message.PortalsKey, "hello", ""},
		{"a list with a line of another form", message.PortalsKey, startURL + "\n" + line + "{}\n", startURL + "\n" + line},
		{"the shown one is not in it", message.PortalsKey, "https://gone.awsapps.com/start\n" + line, startURL + "\n" + line},
		{"no directory", message.DirectoryPrefix + startURL, "{}", ""},
		{"a directory that was cut off", message.DirectoryPrefix + startURL, "portico-directory\t1\t1\t1\nA\t1\tna", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL, Region: "us-east-1"}.Fields())
				w.set(func() { w.local.data[test.key] = test.text })
				w.restart()
				if told := w.opened(); told != backend.Lost(test.key) || w.local.get("aside:"+test.key) != test.text || w.local.get(test.key) != test.rest {
					t.Errorf("told of %q, kept %q, left %q", told, w.local.get("aside:"+test.key), w.local.get(test.key))
				}
				if told := w.opened(); told != "" {
					t.Errorf("told again of %q", told)
				}
			})
		})
	}
}

// Nothing is set aside that is as it should be.
func TestWhatCanBeReadIsLeftAlone(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		if told := w.opened(); told != "" || strings.Contains(w.local.dump()+w.session.dump(), "aside") {
			t.Errorf("told of %q", told)
		}
	})
}

// What can't be kept is not forgotten either.
func TestWhatCanNotBeSetAsideStays(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.local.spoil(message.PortalsKey, "42")
		w.set(func() { w.disk = failing("") })
		w.refused(message.Wake, nil, message.Internal)
		if w.local.odd[message.PortalsKey] != "42" {
			t.Error("it is gone")
		}
		w.set(func() { w.disk = nil })
		if told := w.opened(); told != backend.Lost(message.PortalsKey) {
			t.Errorf("told of %q", told)
		}
	})
}

// A value that may hold a token is not kept, in whatever form it is.
func TestNothingSecretIsSetAside(t *testing.T) {
	for _, key := range []string{"session:" + startURL, "jobs"} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ready()
			token := w.secretState()["token"]
			w.session.spoil(key, `{"1":{"kind":"leaving","token":"`+token+`"}}`)
			if told := w.opened(); told != backend.Lost(key) {
				t.Errorf("told of %q", told)
			}
			w.ok(message.SignOut, ref())
			if strings.Contains(w.session.dump()+w.local.dump(), token) {
				t.Errorf("%s: the token is left", key)
			}
			w.ask(message.PortalRemove, ref())
			if dump := w.session.dump() + w.local.dump(); strings.Contains(dump, "127.0.0.1") {
				t.Errorf("left behind: %s", dump)
			}
		})
	}
}

// What was set aside and not told of yet names no portal that is removed.
func TestNothingSetAsideNamesARemovedPortal(t *testing.T) {
	const other = "https://other.awsapps.com/start"
	for name, spoil := range map[string]func(w *world){
		"directory": func(w *world) { w.local.spoil(message.DirectoryPrefix+startURL, `{"x":1}`) },
		"head":      func(w *world) { w.local.spoil(message.HeadKey, `{"x":1}`) },
		"portals": func(w *world) {
			w.set(func() { w.local.data[message.PortalsKey] += "odd " + startURL + "\nodd " + other + "\n" })
		},
		"told before": func(w *world) {
			w.set(func() { w.local.data["aside"] = "settings\n" + message.DirectoryPrefix + startURL })
		},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.ready()
				spoil(w)
				w.ok(message.SyncStart, ref())
				w.listed()
				w.ok(message.PortalRemove, ref())
				if dump := w.local.dump() + w.session.dump(); strings.Contains(dump, "127.0.0.1") {
					t.Errorf("left behind: %s", dump)
				}
			})
		})
	}
}

// The list of what was set aside may be no text itself.
func TestListOfWhatWasSetAsideIsNoText(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.ready()
		w.local.spoil("aside", "[1]")
		if told := w.opened(); told != "" || w.local.odd["aside"] != "" {
			t.Errorf("told of %q, left %q", told, w.local.odd["aside"])
		}
		w.local.spoil("aside", "[1]")
		w.set(func() {
			w.local.odd[message.SettingsKey] = "7"
			delete(w.local.data, message.SettingsKey)
		})
		if told := w.opened() + w.opened(); !strings.Contains(told, "settings") {
			t.Errorf("told of %q", told)
		}
	})
}

// A line that reads like a portal, but is none that could be added, is set aside
// like one that does not read.
func TestAPortalThatCouldNotBeAddedIsSetAside(t *testing.T) {
	for name, line := range map[string]string{
		"script": "a\tjavascript:alert(1)//\tus-east-1", "region that leads elsewhere": "a\thttps://a.awsapps.com/start\tx.evil.com/#",
		"region with an end of line": "a\thttps://a.awsapps.com/start\tus-east-1\r", "half written": "a\thttps://a.awsapps.com/start\t",
		"no such region": "a\thttps://a.awsapps.com/start\tmars-1", "not normalised": "a\tHTTPS://A.awsapps.com/start/\tus-east-1", "another host": "a\thttps://a.awsapps.com.evil.com/start\tus-east-1",
		"snapshot of a directory": "A\t111122223333\tname\te@x\td\t\nR\tAdmin", "no URL": "a\t\tus-east-1", "demo elsewhere": "a\thttps://evil.com/demo/portal.html#\tus-east-1",
		"no ID": "\thttps://a.awsapps.com/start\tus-east-1", "blank in its ID": "a b\thttps://a.awsapps.com/start\tus-east-1",
		"more than a portal": "a\thttps://a.awsapps.com/start\tus-east-1\tx", "less than one": "https://a.awsapps.com/start", "region without a portal": "\tus-east-1",
	} {
		for _, active := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				inWorld(t, portaltest.Config{}, func(w *world) {
					w.ready()
					good := startURL + "\t" + startURL + "\tus-east-1\n"
					bad, _, _ := strings.Cut(line, "\t")
					first := startURL
					if active {
						first = bad
					}
					stored := first + "\n" + good + line + "\n"
					w.set(func() { w.local.data[message.PortalsKey] = stored })
					w.restart()
					w.life.backend.Alarm(w.life.ctx) // before any popup
					for _, m := range []message.Type{message.ConsoleOpen, message.CredentialsCopy} {
						if _, failure := w.ask(m, message.Role{Portal: bad, AccountID: "1", RoleName: "r"}.Fields()); failure == nil {
							t.Errorf("%s is done at %q", m, bad)
						}
					}
					if told := w.opened(); told != backend.Lost(message.PortalsKey) {
						t.Errorf("told of %q", told)
					}
					if kept := w.local.get("aside:portals"); kept != stored {
						t.Errorf("kept %q of %q", kept, stored)
					}
					if left := w.local.get(message.PortalsKey); left != startURL+"\n"+good {
						t.Errorf("left %q", left)
					}
					w.ok(message.CredentialsCopy, w.order().Fields())
				})
			})
		}
	}
}

// Also where a list is changed before a popup has it looked at.
func TestAddingAPortalKeepsWhatIsSetAside(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		stored := "javascript:1\njavascript:1\tjavascript:1\tus-east-1\n"
		w.set(func() { w.local.data[message.PortalsKey] = stored })
		w.add()
		if kept, left := w.local.get("aside:portals"), w.local.get(message.PortalsKey); kept != stored || left != startURL+"\n"+startURL+"\t"+startURL+"\tus-east-1\n" {
			t.Errorf("kept %q, left %q", kept, left)
		}
	})
}

func TestWhatWasSetAsideIsSaidWithWhatToDo(t *testing.T) {
	for keys, want := range map[string]string{
		"portals":                  "Portico could not read the list of portals: kept aside, the rest goes on. Add what is missing again.",
		"settings":                 "Portico could not read your settings: kept aside, the rest goes on. Choose again how to copy.",
		"directory:https://a head": "Portico could not read the list of accounts: kept aside, the rest goes on. Refresh to list them anew.",
		"version":                  "Portico could not read the version of what is stored: kept aside, the rest goes on.",
		"session:https://a status:https://a portals": "Portico could not read your session and the list of portals: kept aside, the rest goes on. Sign in again if asked. Add what is missing again.",
	} {
		if got := backend.Lost(strings.Fields(keys)...); got != want {
			t.Errorf("%s: %q", keys, got)
		}
	}
}
