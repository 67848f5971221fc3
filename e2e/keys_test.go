package e2e

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// heard has the popup note the keys that Go is told of in place of telling it.
func heard(t *testing.T, p *browser.Page) {
	t.Helper()
	eval[bool](t, p, `(() => {
		const tell = portico.event;
		globalThis.heard = [];
		portico.event = (kind, ...event) => (kind === 'key' ? heard.push((event[1] ? 'Ctrl+' : '') + event[0]) > 0 : tell(kind, ...event));
		return true;
	})()`)
}

// keyDown sends a key event as a keyboard of any layout might, and gives what
// became of it: what Go heard, and whether the browser was kept from it.
func keyDown(t *testing.T, p *browser.Page, init map[string]any) string {
	t.Helper()
	init["bubbles"], init["cancelable"] = true, true
	text, err := json.Marshal(init)
	must(t, err)
	return eval[string](t, p, `(() => {
		const before = globalThis.heard?.length ?? 0;
		const e = new KeyboardEvent('keydown', `+string(text)+`);
		document.activeElement.dispatchEvent(e);
		return (globalThis.heard ?? []).slice(before).join(' ') + (e.defaultPrevented ? ', kept' : '');
	})()`)
}

type keyInit = map[string]any

func TestShortcutsFollowTheKeyOnEveryLayout(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	heard(t, p)
	for _, test := range []struct {
		name string
		key  keyInit
		want string
	}{
		{"Latin", keyInit{"key": "d", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Command", keyInit{"key": "d", "code": "KeyD", "metaKey": true}, "Ctrl+d, kept"},
		{"Caps Lock", keyInit{"key": "D", "code": "KeyD", "ctrlKey": true}, "Ctrl+D, kept"},
		{"Cyrillic", keyInit{"key": "в", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Cyrillic, Caps Lock", keyInit{"key": "В", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Greek", keyInit{"key": "δ", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Hebrew", keyInit{"key": "ג", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Arabic", keyInit{"key": "ي", "code": "KeyD", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Dvorak, D", keyInit{"key": "d", "code": "KeyH", "ctrlKey": true}, "Ctrl+d, kept"},
		{"Dvorak, where D was", keyInit{"key": "e", "code": "KeyD", "ctrlKey": true}, "Ctrl+e, kept"},
		{"Enter", keyInit{"key": "Enter", "code": "Enter", "ctrlKey": true}, "Ctrl+Enter, kept"},
		{"keypad", keyInit{"key": "Enter", "code": "NumpadEnter"}, "Enter, kept"},
		{"AltGr on Windows", keyInit{"key": "đ", "code": "KeyD", "ctrlKey": true, "altKey": true, "modifierAltGraph": true}, ""},
		{"AltGr on Linux", keyInit{"key": "ð", "code": "KeyD", "modifierAltGraph": true}, ""},
		{"AltGr and Enter", keyInit{"key": "Enter", "code": "Enter", "ctrlKey": true, "altKey": true, "modifierAltGraph": true}, ""},
		{"Ctrl and Alt", keyInit{"key": "d", "code": "KeyD", "ctrlKey": true, "altKey": true}, ""},
		{"input method", keyInit{"key": "Enter", "code": "Enter", "isComposing": true}, ""},
		{"input method's last key", keyInit{"key": "Enter", "code": "Enter", "keyCode": 229}, ""},
		{"letter", keyInit{"key": "в", "code": "KeyD"}, ""},
	} {
		if got := keyDown(t, p, test.key); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// On no screen does a shortcut of ours reach the browser, which would bookmark the
// page behind.
func TestShortcutsNeverReachThePageBehind(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	shortcuts := func(screen string) {
		t.Helper()
		p := open(t, j)
		heard(t, p)
		for _, key := range []keyInit{
			{"key": "d", "code": "KeyD", "ctrlKey": true}, {"key": "в", "code": "KeyD", "ctrlKey": true},
			{"key": "D", "code": "KeyD", "ctrlKey": true, "shiftKey": true}, {"key": "Enter", "code": "Enter", "ctrlKey": true},
		} {
			if got := keyDown(t, p, key); !strings.HasSuffix(got, ", kept") {
				t.Errorf("%s: %v reaches the browser", screen, key)
			}
		}
		must(t, j.Close())
	}
	shortcuts("add")
	saw(t)(j.AddPortal())
	saw(t)(j.Code())
	shortcuts("code")
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	must(t, open(t, j).Click("#portal"))
	shortcuts("menu")
	must(t, open(t, j).Click("#portal"), open(t, j).Click("#menu-remove"))
	shortcuts("remove")
}

// buttons are the elements of the list's screen that can have the focus, but for
// the search field.
var buttons = []string{"portal", "format", "act-copy", "act-console", "act-more"}

func TestLettersReturnToTheSearchFromEverywhere(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, TPS: -1, Interval: time.Second})
	p := open(t, j)
	to := func(id string) {
		t.Helper()
		if id == "" {
			eval[bool](t, p, "(document.activeElement.blur(), true)")
		} else {
			eval[bool](t, p, "(document.getElementById('"+id+"').focus(), true)")
			focus(t, p, id)
		}
	}
	for _, id := range append(buttons, "") {
		saw(t)(j.Search("pro"))
		for _, press := range []struct{ key, want string }{{"d", "prod"}, {"Backspace", "pro"}} {
			to(id)
			must(t, p.Press(press.key))
			focus(t, p, "query")
			if err := p.Wait("document.querySelector('#query').value === '" + press.want + "'"); err != nil {
				t.Errorf("#%s: %v", id, err)
			}
		}
		for _, key := range []string{"ж", "لا", "Dead"} { // Russian, an Arabic key of two letters, an accent
			to(id)
			keyDown(t, p, keyInit{"key": key, "code": "KeyB"})
			focus(t, p, "query")
		}
		if id == "format" || id == "portal" {
			continue // there arrows open what can be chosen
		}
		to(id)
		must(t, p.Press("ArrowDown"), p.Wait("document.querySelector('.row[aria-selected=true]').ariaPosInSet === '2'"))
		focus(t, p, "query")
	}
}

func TestKeysActWhereverTheFocusIs(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, TPS: -1, Interval: time.Second})
	for _, id := range append(buttons, "") {
		p := open(t, j)
		row := strings.Split(saw(t)(j.Search("prod")), " | ")
		to := "(document.activeElement.blur(), document.getElementById('" + id + "')?.focus(), true)"
		eval[bool](t, p, to)
		must(t, p.Press("Ctrl+d"))
		holds(t, saw(t)(p.WaitText("#notice", "ookmarked")), row[0])
		eval[bool](t, p, to)
		holds(t, saw(t)(j.Console()), row[1], row[2])
	}
	if got := strings.Split(saw(t)(j.Bookmarks()), "\n"); len(got) != 1 {
		t.Errorf("bookmarked: %q", got)
	}
	fetched(t, portal)
}

// A focused button is pressed by Enter and by the space bar, as everywhere.
func TestButtonsArePressedByTheirOwnKeys(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, TPS: -1, Interval: time.Second})
	for _, key := range []string{"Enter", " "} {
		p := open(t, j)
		saw(t)(j.Search("prod"))
		eval[bool](t, p, "(document.querySelector('#act-more').focus(), true)")
		must(t, p.Press(key), p.Wait("document.activeElement.id === 'actions-query'"), p.Press("Escape"))
		focus(t, p, "act-more")
		eval[bool](t, p, "(document.querySelector('#portal').focus(), true)")
		must(t, p.Press(key), p.Wait("!document.querySelector('#menu').hidden"))
		must(t, j.Close())
	}
	fetched(t, portal)
	if got := eval[string](t, open(t, j), "document.querySelector('#query').value"); got != "prod" {
		t.Errorf("the search holds %q", got)
	}
}
