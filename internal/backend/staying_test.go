package backend_test

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
)

// stay chooses that sessions outlive the browser.
func (w *world) stay() {
	w.t.Helper()
	w.stays = true
	w.ok(message.SettingsSet, message.Fields{"staySignedIn": "true"})
}

// browserEnds has all that is in memory only be gone, and the worker with it.
func (w *world) browserEnds() {
	w.kill()
	w.set(func() {
		w.session.data = map[string]string{}
		w.browser.badge, w.browser.caught = "", ""
	})
}

// browserStarts starts another.
func (w *world) browserStarts() {
	w.begin()
	w.life.backend.Started(w.life.ctx)
	synctest.Wait()
}

func (w *world) onDisk() string { return w.local.get("kept:" + startURL) }

// nothingKept checks that the disk holds no byte of any secret.
func (w *world) nothingKept() {
	w.t.Helper()
	synctest.Wait()
	dump := w.local.dump()
	for _, secret := range w.portal.Secrets() {
		if strings.Contains(dump, secret) {
			w.t.Error("a secret is on disk")
		}
	}
	if strings.Contains(dump, "kept:") {
		w.t.Errorf("kept is %q", w.onDisk())
	}
}

// A session goes on in the next browser, for as long as the portal lets it live.
func TestASessionOutlivesTheBrowser(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.stay()
		w.ready()
		for range 6 {
			w.passes(10 * time.Minute)
			w.browserEnds()
			time.Sleep(time.Hour) // the token runs out meanwhile
			w.browserStarts()
			if got := w.status().SignIn; got != message.SignedIn {
				t.Fatalf("phase %q", got)
			}
			w.worksOn()
		}
		w.passes(3 * time.Hour)
		w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
		w.nothingKept()
	})
}

// The next popup is enough where the browser tells of no start.
func TestASessionIsTakenBackByWhateverComesFirst(t *testing.T) {
	for name, first := range map[string]func(w *world){
		"the popup": (*world).wake,
		"an alarm":  func(w *world) { w.life.backend.Alarm(w.life.ctx) },
		"a copy":    func(w *world) { w.ok(message.CredentialsCopy, w.orderOf("first")) },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, anHour, func(w *world) {
				w.stay()
				w.ready()
				w.browserEnds()
				w.begin()
				first(w)
				w.worksOn()
			})
		})
	}
}

// By default, and once it is over, nothing of a session is on the disk.
func TestNothingIsKeptOnceItIsOver(t *testing.T) {
	for name, ends := range map[string]func(w *world){
		"signed out":   func(w *world) { w.ok(message.SignOut, ref()) },
		"removed":      func(w *world) { w.ok(message.PortalRemove, ref()) },
		"switched off": func(w *world) { w.ok(message.SettingsSet, message.Fields{"staySignedIn": ""}) },
		"corrected": func(w *world) {
			w.ok(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: startURL, Region: "eu-west-1"}.Fields())
		},
		"refused": func(w *world) {
			w.portal.ExpireTokens()
			w.refused(message.CredentialsCopy, w.orderOf("first"), message.Expired)
		},
		"it ended": func(w *world) { w.passes(61 * time.Minute) },
		"it ended without a browser": func(w *world) {
			w.browserEnds()
			time.Sleep(2 * time.Hour)
			w.browserStarts()
			if got := w.status().SignIn; got != message.ExpiredPhase {
				w.t.Errorf("phase %q", got)
			}
		},
		"removed by hand from the list": func(w *world) {
			w.browserEnds()
			w.set(func() {
				w.local.data[message.PortalsKey] = startURL + "\n" + startURL + "\t" + startURL + "\teu-west-1\n"
			})
			w.browserStarts()
		},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, anHour, func(w *world) {
				w.stay()
				w.ready()
				if !strings.Contains(w.onDisk(), "token") {
					t.Fatalf("kept is %q", w.onDisk())
				}
				ends(w)
				w.nothingKept()
				w.browserEnds()
				w.browserStarts()
				if w.status().SignIn == message.SignedIn {
					t.Error("signed in again")
				}
			})
		})
	}
}

// What is kept is what it takes to go on, and nothing else.
func TestOnlyWhatIsNeededIsKept(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		w.stay()
		w.ready()
		w.ok(message.CredentialsCopy, w.orderOf("first"))
		w.passes(time.Hour)
		kept, s := message.ParseText(w.onDisk()), message.ParseText(w.session.get("session:"+startURL))
		for name, value := range kept {
			switch name {
			case "startUrl", "region", "way", "token", "tokenExpires", "tokenAhead", "refresh":
				if value != s[name] {
					t.Errorf("%s is %q, in memory %q", name, value, s[name])
				}
			default:
				if !strings.HasPrefix(name, "client") || value != s[name] {
					t.Errorf("%s is kept", name)
				}
			}
		}
		if kept["token"] == "" || kept["refresh"] == "" || kept["clientSecret"] == "" {
			t.Errorf("%d fields are kept", len(kept))
		}
		for _, c := range w.portal.Credentials() {
			if strings.Contains(w.local.dump(), c.SecretAccessKey) {
				t.Error("credentials are on disk")
			}
		}
	})
}

// What can't be read of it is not taken, and no copy of it stays.
func TestWhatIsGarbledIsNotTakenBack(t *testing.T) {
	for name, garble := range map[string]func(w *world){
		"no text": func(w *world) {
			w.local.odd = map[string]string{"kept:" + startURL: `{"token":"aoa"}`}
			delete(w.local.data, "kept:"+startURL)
		},
		"no fields": func(w *world) { w.local.data["kept:"+startURL] = "aoa" },
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, anHour, func(w *world) {
				w.stay()
				w.ready()
				w.browserEnds()
				w.set(func() { garble(w) })
				w.browserStarts()
				w.wake()
				if got := w.status().SignIn; got == message.SignedIn {
					t.Error("signed in")
				}
				if dump := w.local.dump(); strings.Contains(dump, "aoa") {
					t.Errorf("a copy stays: %s", dump)
				}
			})
		})
	}
}

// A worker that dies at any write leaves a session that goes on, or nothing on the disk.
func TestWorkerKilledWhileASessionIsKept(t *testing.T) {
	steps := map[string]func(w *world){
		"switched on":  func(w *world) { w.ask(message.SettingsSet, message.Fields{"staySignedIn": "true"}) },
		"refreshed":    func(w *world) { w.passes(50 * time.Minute) },
		"signed out":   func(w *world) { w.ask(message.SignOut, ref()) },
		"switched off": func(w *world) { w.ask(message.SettingsSet, message.Fields{"staySignedIn": ""}) },
		"removed":      func(w *world) { w.ask(message.PortalRemove, ref()) },
		"taken back":   func(w *world) { w.ask(message.Wake, nil) },
	}
	for name, step := range steps {
		for _, done := range []bool{false, true} {
			for n := 1; ; n++ {
				died := true
				t.Run(name+" "+strconv.Itoa(n)+" "+strconv.FormatBool(done), func(t *testing.T) {
					inWorld(t, lasting, func(w *world) {
						w.ready()
						if w.stays = true; name != "switched on" {
							w.stay()
						}
						if name == "taken back" {
							w.browserEnds()
							w.begin()
						}
						w.killAtWrite(n, done)
						step(w)
						synctest.Wait()
						if died = w.dead(); died {
							w.begin()
						}
						w.set(func() { w.killAt = 0 })
						w.wake()
						w.passes(2 * time.Minute)
						signedIn, chosen := w.status().SignIn == message.SignedIn, w.settings().StaySignedIn
						if !signedIn || !chosen {
							w.nothingKept()
							return
						}
						w.browserEnds()
						w.browserStarts()
						w.worksOn()
					})
				})
				if !died || t.Failed() {
					break
				}
			}
		}
	}
}

// A disk that is full takes nothing but the next browser's session.
func TestASessionThatCanNotBeKept(t *testing.T) {
	inWorld(t, anHour, func(w *world) {
		w.stay()
		w.set(func() { w.disk = failing("kept:" + startURL) })
		w.ready()
		w.worksOn()
		w.browserEnds()
		w.browserStarts()
		if got := w.status().SignIn; got == message.SignedIn {
			t.Error("signed in")
		}
	})
}

// What the disk holds of a session is read once in a worker's life, however often the
// session changes; the choice is followed whoever makes it, and however often.
func TestWhatIsKeptIsReadOnce(t *testing.T) {
	inWorld(t, lasting, func(w *world) {
		var mu sync.Mutex
		reads := 0
		w.slow = func(keys []string) {
			mu.Lock()
			defer mu.Unlock()
			if slices.Contains(keys, "kept:"+startURL) {
				reads++
			}
		}
		w.ready()
		for range 3 {
			w.stay()
			synctest.Wait()
			if w.onDisk() == "" {
				t.Fatal("nothing is kept")
			}
			w.ok(message.CredentialsCopy, w.order().Fields())
			w.ok(message.SettingsSet, message.Fields{"staySignedIn": ""})
			w.nothingKept()
		}
		mu.Lock()
		if reads > 1 {
			t.Errorf("%d reads", reads)
		}
		mu.Unlock()
		w.restart()
		w.stay()
		synctest.Wait()
		if w.onDisk() == "" {
			t.Error("the next worker keeps nothing")
		}
	})
}
