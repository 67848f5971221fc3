package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"portico/internal/browser"
)

// What the worker's page can do with the clipboard is the browser's to say, so this
// asks it: an extension that has all the permissions, with such a page that does what
// it is told.
func TestAPageWithoutFocusWritesReadsAndEmptiesTheClipboard(t *testing.T) {
	folder := t.TempDir()
	manifest, err := json.Marshal(map[string]any{"manifest_version": 3, "name": "clipboard", "version": "1",
		"permissions": []string{"offscreen", "clipboardRead", "clipboardWrite"}})
	must(t, err, os.Mkdir(filepath.Join(folder, "icons"), 0o755))
	icon, err := os.ReadFile(filepath.Join(devBuild, "icons", "16.png"))
	must(t, err)
	for name, text := range map[string]string{
		"icons/16.png":  string(icon),
		"manifest.json": string(manifest),
		"page.html":     `<!doctype html><textarea></textarea><script src="page.js"></script>`,
		"page.js": `
			const area = document.querySelector('textarea');
			const does = {
				focus: () => document.hasFocus(),
				async: () => navigator.clipboard.writeText('by promise').then(() => 'done', (e) => e.name),
				write: (text) => { area.value = text; area.select(); return document.execCommand('copy'); },
				read: () => { area.value = ''; area.focus(); return document.execCommand('paste') && area.value; },
				empty: () => {
					document.addEventListener('copy', (e) => { e.clipboardData.setData('text/plain', ''); e.preventDefault(); }, {once: true});
					return document.execCommand('copy');
				},
			};
			chrome.runtime.onMessage.addListener(([what, text], _, answer) => { Promise.resolve(does[what](text)).then(answer); return true; });`,
	} {
		must(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	b := launch(t, browser.Options{Extension: folder})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	tab, err := b.NewTab(server.URL)
	must(t, err, tab.Wait("!!navigator.clipboard"))
	eval[bool](t, b.Control(), `chrome.offscreen.createDocument({url: 'page.html', reasons: ['CLIPBOARD'], justification: 'test'}).then(() => true)`)

	says := func(want, what, text string) {
		t.Helper()
		message, err := json.Marshal([]string{what, text})
		must(t, err)
		if got := eval[string](t, b.Control(), "chrome.runtime.sendMessage("+string(message)+").then(String)"); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	has := func(want string) {
		t.Helper()
		if got := saw(t)(b.Clipboard(tab, server.URL)); got != want {
			t.Errorf("on the clipboard is %q, want %q", got, want)
		}
	}
	says("false", "focus", "")
	says("NotAllowedError", "async", "")
	says("true", "write", "one\ntwo")
	has("one\ntwo")
	eval[bool](t, tab, "navigator.clipboard.writeText('another’s').then(() => true)")
	says("another’s", "read", "")
	says("true", "empty", "")
	has("")
	says("", "read", "")
}
