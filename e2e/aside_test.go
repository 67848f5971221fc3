package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// spoil stores a value, given as JavaScript, in place of what a key has.
func spoil(t *testing.T, j *mainjob.Job, area, key, value string) {
	t.Helper()
	eval[bool](t, j.Browser.Control(), fmt.Sprintf("chrome.storage.%s.set({[%q]: %s}).then(() => true)", area, key, value))
}

// Whatever is stored in place of a text: the popup opens, says what is lost, and
// the rest goes on.
func TestPopupOpensWhateverIsStored(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	const all = "chrome.storage.local.get(null).then(all => JSON.stringify(all))"
	before := eval[string](t, j.Browser.Control(), all)
	for _, test := range []struct{ area, key, value, says, shows string }{
		{"session", "view", "42", "", "#query"},
		{"session", "view", "{}", "", "#query"},
		{"session", "view", "'no view at all'", "", "#query"},
		{"local", "settings", "[]", "could not read your settings", "#query"},
		{"local", "directory:" + j.StartURL, "{}", "could not read the list of accounts", "#query"},
		{"local", "directory:" + j.StartURL, "'garbled'", "could not read the list of accounts", "#query"},
		{"local", "part:0:" + j.StartURL, "'garbled'", "could not read the list of accounts", "#query"},
		{"local", "part:0:" + j.StartURL, "42", "could not read the list of accounts", "#query"},
		{"session", "status:" + j.StartURL, "null", "could not read your session", "#query"},
		{"session", "status:" + j.StartURL, "'garbled'", "", "#query"},
		{"session", "session:" + j.StartURL, "[1, 2]", "could not read your session", "#query"},
		{"local", "portals", "42", "could not read the list of portals", "#start-url"},
		{"local", "portals", "null", "could not read the list of portals", "#start-url"},
		{"local", "portals", "'garbled'", "could not read the list of portals", "#start-url"},
	} {
		name := test.key + " " + test.value
		must(t, j.Close())
		spoil(t, j, test.area, test.key, test.value)
		p := open(t, j)
		if test.says != "" {
			if _, err := p.WaitText("#notice", test.says); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			kept := eval[string](t, j.Browser.Control(), fmt.Sprintf("chrome.storage.%s.get('aside:' + %q).then(s => Object.values(s)[0] ?? 'nothing')", test.area, test.key))
			want := eval[string](t, j.Browser.Control(), "(v => typeof v === 'string' ? v : JSON.stringify(v))("+test.value+")")
			if strings.HasPrefix(test.key, "session:") {
				want = "nothing" // it may hold a token
			}
			if kept != want {
				t.Errorf("%s: kept %q, want %q", name, kept, want)
			}
		}
		if err := p.Wait(fmt.Sprintf("document.querySelector(%q).checkVisibility()", test.shows)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.HasPrefix(test.key, "directory:") || strings.HasPrefix(test.key, "part:") {
			saw(t)(p.WaitText("#summary", "24 roles in 12 accounts")) // listed anew
		}
		must(t, j.Shot(strings.NewReplacer("/", "", ":", "-").Replace(name)), j.Close())
		eval[bool](t, j.Browser.Control(), "chrome.storage.local.clear().then(() => chrome.storage.local.set("+before+")).then(() => true)")
	}
}

// What a newer Portico has stored is said as the popup opens, and left alone.
func TestStorageOfANewerVersionIsSaid(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	must(t, j.Close())
	spoil(t, j, "local", "version", "'99'")
	const all = "chrome.storage.local.get(null).then(all => JSON.stringify(all))"
	before := eval[string](t, j.Browser.Control(), all)
	must(t, j.Browser.StopWorker())
	p := open(t, j)
	saw(t)(p.WaitText("#notice", "of a newer Portico"))
	saw(t)(p.WaitText("#summary", "24 roles in 12 accounts"))
	must(t, j.Shot("newer"))
	if after := eval[string](t, j.Browser.Control(), all); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

// broken copies the build and spoils one of its files.
func broken(t *testing.T, file string, spoil func(content []byte) []byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "broken")
	must(t, os.CopyFS(dir, os.DirFS(devBuild)))
	name := filepath.Join(dir, file)
	if content := spoil(read(t, name)); content != nil {
		must(t, os.WriteFile(name, content, 0o644))
	} else {
		must(t, os.Remove(name))
	}
	return dir
}

// A popup that can't start says so and hands out what is left, but no secret.
func TestPopupThatCanNotStartSaysSo(t *testing.T) {
	for name, build := range map[string]func(t *testing.T) string{
		"truncated program": func(t *testing.T) string {
			return broken(t, "popup.wasm", func(b []byte) []byte { return b[:len(b)/2] })
		},
		"no program": func(t *testing.T) string { return broken(t, "popup.wasm", func([]byte) []byte { return nil }) },
		"a program that panics at once": func(t *testing.T) string {
			return broken(t, "popup/popup.js", func(b []byte) []byte {
				return []byte(strings.Replace(string(b), "portico.stored = {", "portico.spoiled = {", 1))
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := launch(t, browser.Options{Extension: build(t)})
			j := &mainjob.Job{Browser: b, StartURL: "https://acme.awsapps.com/start", Shots: shots(t)}
			spoil(t, j, "local", "portals", `"https://acme.awsapps.com/start\nhttps://acme.awsapps.com/start\teu-west-1\n"`)
			spoil(t, j, "local", "aside:settings", `"[1]"`)
			spoil(t, j, "session", "session:"+j.StartURL, `"token\tsecret"`)
			p, err := b.OpenPopup()
			must(t, err)
			saw(t)(p.WaitText("#rescue h2", "Portico could not start"))
			must(t, p.Screenshot(filepath.Join(shots(t), "rescue.png")))
			must(t, p.Press("Enter")) // the focus is on the button
			must(t, p.Wait("document.querySelector('#rescue textarea').value.includes('acme.awsapps.com')"))
			stored := eval[string](t, p, "document.querySelector('#rescue textarea').value")
			holds(t, stored, "portals", "eu-west-1", "aside:settings\n[1]")
			if strings.Contains(stored, "secret") {
				t.Error("a secret was handed out")
			}
			must(t, p.Screenshot(filepath.Join(shots(t), "stored.png")))
			press := func(label string) {
				t.Helper()
				must(t, p.Wait(fmt.Sprintf("!![...document.querySelectorAll('button')].find(b => b.textContent.startsWith(%q) && b.checkVisibility())", label)))
				eval[bool](t, p, fmt.Sprintf("([...document.querySelectorAll('button')].find(b => b.textContent.startsWith(%q)).click(), true)", label))
			}
			press("Reset Portico")
			if focus := eval[string](t, p, "document.activeElement.textContent"); focus != "Cancel" {
				t.Errorf("the focus is on %q", focus)
			}
			must(t, p.Screenshot(filepath.Join(shots(t), "sure.png")))
			press("Cancel")
			press("Reset Portico")
			press("Erase everything")
			saw(t)(p.WaitText("#rescue [role=status]", "Everything stored is erased"))
			for _, area := range []string{"local", "session"} {
				if left := eval[string](t, b.Control(), "chrome.storage."+area+".get(null).then(all => Object.keys(all).join())"); left != "" {
					t.Errorf("storage.%s still has %s", area, left)
				}
			}
		})
	}
}

func TestPopupWhoseProgramDiesSaysSo(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	for _, death := range []string{"portico.event()", "portico.event('key', 'x', 'no truth value')"} {
		p := open(t, j)
		eval[bool](t, p, "(() => { try { "+death+" } catch {} return true; })()")
		saw(t)(p.WaitText("#rescue h2", "Portico has stopped"))
		must(t, j.Shot("stopped"), j.Close())
	}
	saw(t)(j.Copy()) // the next one is as ever
}
