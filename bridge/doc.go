// Package bridge sends HTTP requests through JavaScript's fetch: it is
// [portico/ssocore.Fetcher] in the browser. It knows requests and answers,
// nothing of portals; the extension APIs are in bridge/webext, whose promises
// it stands on.
//
// The package exists under js/wasm only. A request waits for the event loop,
// so it must be made from a goroutine, never straight from a JavaScript
// callback.
package bridge
