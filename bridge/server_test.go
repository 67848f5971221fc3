//go:build js && wasm

package bridge

import (
	"context"
	"strconv"
	"syscall/js"
	"testing"
	"time"

	"portico/bridge/webext"
)

// A WASM program can not listen, so the server is Node's own: handler is the
// source of a function of (req, res, entry), called when the request's body
// has arrived in entry.body.
const serverSource = `
	const http = require('http');
	const seen = [];
	const server = http.createServer((req, res) => {
		const chunks = [];
		const entry = {method: req.method, url: req.url, headers: req.headers, closed: false};
		seen.push(entry);
		res.on('close', () => { entry.closed = true; });
		req.on('data', chunk => chunks.push(chunk));
		req.on('end', () => {
			entry.body = new Uint8Array(Buffer.concat(chunks));
			handler(req, res, entry);
		});
	});
	return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve({
		seen,
		port: server.address().port,
		close() { server.close(); server.closeAllConnections(); },
	})));`

type server struct {
	url  string // without a slash at the end
	node js.Value
}

// serve starts a server that ends with the test.
func serve(t *testing.T, handler string) server {
	t.Helper()
	started := js.Global().Get("Function").New("handler", serverSource).Invoke(source(handler))
	node, err := webext.Await(t.Context(), started)
	if err != nil {
		t.Fatal(err)
	}
	s := server{url: "http://127.0.0.1:" + strconv.Itoa(node.Get("port").Int()), node: node}
	t.Cleanup(s.close)
	return s
}

func (s server) close() { s.node.Call("close") }

// requests returns how many requests have reached the server.
func (s server) requests() int { return s.node.Get("seen").Length() }

func (s server) request(i int) js.Value { return s.node.Get("seen").Index(i) }

// source evaluates a JavaScript expression.
func source(expression string) js.Value {
	return js.Global().Get("Function").New("return (" + expression + ")").Invoke()
}

// eventually waits until condition holds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for range 3000 {
		if condition() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("never: %s", what)
}

// noLeaks fails the test if it ends with more callbacks than it began with.
// It must be called before anything that makes one.
func noLeaks(t *testing.T) {
	t.Helper()
	before := webext.Live()
	t.Cleanup(func() {
		eventually(t, "all callbacks released", func() bool { return webext.Live() == before })
	})
}

// soon is a context that ends long after any honest request.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}
