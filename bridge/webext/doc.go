// Package webext speaks to the browser's extension APIs: storage, alarms,
// tabs, bookmarks, permissions, request rules and messages, and the promises
// they answer with. It knows their shapes, never what Portico uses them for,
// and it imports nothing of ours: it is linked into the popup, where every
// byte is paid for at each opening.
//
// The package exists under js/wasm only. Its functions wait for promises, so
// they must run in a goroutine of their own: called straight from a JavaScript
// callback they would stop the event loop that is to settle the promise.
package webext
