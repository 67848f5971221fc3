package e2e

import (
	"maps"
	"testing"

	"portico/internal/browser"
)

// askedBy loads the worker's shell into a page of the extension, over a browser whose
// extension is called "us", and gives what it says to messages of an outdated popup
// from several senders. Chromium itself always tells a sender's origin.
const askedBy = `(async () => {
	const real = chrome;
	const event = {addListener() {}};
	let ask;
	globalThis.chrome = {
		runtime: {id: 'us', getURL: (path) => 'moz-extension://our-pages/' + path, onMessage: {addListener(f) { ask = f; }}, onInstalled: event, onStartup: event},
		alarms: {onAlarm: event}, permissions: {onAdded: event}, storage: {managed: {onChanged: event}},
	};
	try {
		await import(real.runtime.getURL('background.js'));
		const answers = {};
		for (const [name, sender] of Object.entries({
			popup: {id: 'us', url: 'moz-extension://our-pages/popup/popup.html'},
			popupWithOrigin: {id: 'us', url: 'moz-extension://our-pages/popup/popup.html', origin: 'moz-extension://our-pages'},
			page: {url: 'https://example.com/', origin: 'https://example.com'},
			pageWithOurID: {id: 'us', url: 'https://example.com/moz-extension://our-pages/', origin: 'https://example.com'},
			alike: {id: 'us', url: 'moz-extension://our-pages.example.com/'},
			otherExtension: {id: 'them', url: 'moz-extension://their-pages/'},
			ourPageOfOthers: {id: 'them', url: 'moz-extension://our-pages/popup/popup.html'},
			nameless: {id: 'us'},
			nobody: {},
		})) {
			answers[name] = 'none';
			ask({v: '0', type: 'wake'}, sender, (a) => { answers[name] = a.error.message; });
		}
		return answers;
	} finally {
		globalThis.chrome = real;
	}
})()`

func TestOnlyOurPagesMaySpeak(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	got := eval[map[string]string](t, b.Control(), askedBy)
	const heard = "Portico was updated meanwhile."
	want := map[string]string{"popup": heard, "popupWithOrigin": heard, "page": "none", "pageWithOurID": "none", "alike": "none",
		"otherExtension": "none", "ourPageOfOthers": "none", "nameless": "none", "nobody": "none"}
	if !maps.Equal(got, want) {
		t.Errorf("answers %q, want %q", got, want)
	}
}
