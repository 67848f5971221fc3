//go:build js && wasm

package webext

import (
	"context"
	"os"
	"strings"
	"syscall/js"
	"testing"
	"time"
)

// source evaluates a JavaScript expression.
func source(expression string) js.Value {
	return js.Global().Get("Function").New("return (" + expression + ")").Invoke()
}

// noLeaks fails the test if it ends with more callbacks than it began with.
func noLeaks(t *testing.T) {
	t.Helper()
	before := Live()
	t.Cleanup(func() {
		for range 10_000 {
			if Live() == before {
				return
			}
			time.Sleep(time.Millisecond)
		}
		t.Errorf("%d callbacks live, %d before", Live(), before)
	})
}

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// fakeChrome is a browser with the shape of `chrome`: its methods answer with
// real promises and it writes the arguments of each call to `calls` as JSON.
const fakeChrome = `(() => {
	const calls = [];
	const record = (name, answer) => async (...args) => {
		calls.push(name + ' ' + JSON.stringify(args));
		return answer(...args);
	};
	const area = name => {
		const stored = new Map();
		return {
			stored,
			get: record(name + '.get', wanted => Object.fromEntries(
				[...stored].filter(([key]) => wanted === null || wanted.includes(key)))),
			set: record(name + '.set', values => { for (const [k, v] of Object.entries(values)) stored.set(k, v); }),
			remove: record(name + '.remove', keys => { for (const key of keys) stored.delete(key); }),
		};
	};
	const nodes = [];
	return {
		calls,
		nodes,
		runtime: {
			getURL: path => 'chrome-extension://portico-id/' + path,
			getManifest: () => ({version: '1.2.3'}),
			sendMessage: record('sendMessage', message => ({echo: message.type})),
		},
		storage: {local: area('local'), session: area('session')},
		alarms: {create: record('alarms.create', () => {}), clear: record('alarms.clear', () => false)},
		action: {openPopup: record('action.openPopup', () => {}), setBadgeText: record('action.setBadgeText', () => {}),
			setTitle: record('action.setTitle', () => {}), getUserSettings: record('action.getUserSettings', () => ({isOnToolbar: true}))},
		tabs: {create: record('tabs.create', () => ({id: 7})), get: record('tabs.get', () => ({id: 7, url: 'https://d-1.awsapps.com/start'})), remove: record('tabs.remove', () => {})},
		permissions: {
			contains: record('permissions.contains', p => p.permissions.includes('bookmarks')),
			request: record('permissions.request', p => p.origins.length > 0),
			remove: record('permissions.remove', () => true),
		},
		declarativeNetRequest: {updateSessionRules: record('updateSessionRules', () => {})},
		bookmarks: {
			getTree: () => {
				const under = id => nodes.filter(n => n.parentId === id).map(n => n.url ? n : {...n, children: under(n.id)});
				return Promise.resolve([{id: '0', title: '', children: [{id: '2', parentId: '0', title: 'Other bookmarks', children: under('2')}]}]);
			},
			create: record('bookmarks.create', details => {
				if (details.url && !details.url.startsWith('http')) throw new TypeError('Invalid url.');
				const node = {parentId: '2', ...details, id: String(nodes.length + 10), index: 0};
				nodes.push(node);
				return node;
			}),
			update: record('bookmarks.update', (id, changes) => {
				const node = nodes.find(n => n.id === id);
				if (!node) throw new Error("Can't find bookmark for id.");
				return Object.assign(node, changes);
			}),
			remove: record('bookmarks.remove', id => {
				if (nodes.some(n => n.parentId === id)) throw new Error("Can't remove non-empty folder (use recursive to force).");
				nodes.splice(nodes.findIndex(n => n.id === id), 1);
			}),
		},
	};
})()`

// newAPI is the APIs of the table that the extension has, over an expression's
// value as the browser.
func newAPI(t *testing.T, browser js.Value) API {
	t.Helper()
	module, err := os.ReadFile("../../extension/apis.js")
	if err != nil {
		t.Fatal(err)
	}
	script := strings.Replace(string(module), "export const apis", "const apis", 1) + "return apis;"
	return New(js.Global().Get("Function").New(script).Invoke().Invoke(browser))
}

// lastCall returns the method and the arguments of the fake's latest call.
func lastCall(fake js.Value) string { return fake.Get("calls").Call("at", -1).String() }
