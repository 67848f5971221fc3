//go:build js && wasm

package bridge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"
	"testing"
	"time"

	"portico/bridge/webext"
	"portico/ssocore"
)

// endless answers for ever and stops when the connection is closed.
const endless = `(req, res, entry) => {
	const write = () => { while (!entry.closed && res.write('x'.repeat(65536))); };
	res.on('drain', write);
	write();
}`

// stalled sends headers and a first piece, and then nothing.
const stalled = `(req, res) => res.write('first')`

func fails(t *testing.T, ctx context.Context, req *ssocore.Request) error {
	t.Helper()
	res, err := NewFetcher(js.Undefined()).Fetch(ctx, req)
	if err == nil {
		t.Fatalf("answered %d %q, want an error", res.Status, res.Body)
	}
	return err
}

func TestRedirectsAreRefused(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			noLeaks(t)
			other := serve(t, answerOK)
			s := serve(t, fmt.Sprintf(`(req, res) => { res.writeHead(%d, {Location: %q}); res.end(); }`, status, other.url))
			req := get(s.url + "/assignment/accounts?next_token=secret")
			req.Header = ssocore.Header{"x-amz-sso_bearer_token": "token-1"}
			err := fails(t, soon(t), req)
			if !strings.Contains(err.Error(), "GET "+strings.TrimPrefix(s.url, "http://")+"/assignment/accounts: ") {
				t.Errorf("error does not say where: %v", err)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("error holds the query: %v", err)
			}
			if other.requests() != 0 {
				t.Error("the redirect was followed")
			}
		})
	}
}

func TestEndlessAnswerIsStopped(t *testing.T) {
	noLeaks(t)
	s := serve(t, endless)
	req := get(s.url)
	req.MaxBody = 100_000
	if err := fails(t, soon(t), req); !errors.Is(err, ssocore.ErrBodyTooLarge) {
		t.Errorf("got %v", err)
	}
	eventually(t, "the server sees the connection close", func() bool { return s.request(0).Get("closed").Bool() })
}

func TestBodyLimitIsExact(t *testing.T) {
	for _, c := range []struct {
		size, limit int
		tooLarge    bool
	}{{0, 0, false}, {1, 0, true}, {1000, 1000, false}, {1001, 1000, true}} {
		t.Run(fmt.Sprintf("%d of %d", c.size, c.limit), func(t *testing.T) {
			noLeaks(t)
			s := serve(t, fmt.Sprintf(`(req, res) => res.end('x'.repeat(%d))`, c.size))
			req := get(s.url)
			req.MaxBody = c.limit
			res, err := NewFetcher(js.Undefined()).Fetch(soon(t), req)
			if errors.Is(err, ssocore.ErrBodyTooLarge) != c.tooLarge || (err != nil) != c.tooLarge {
				t.Fatalf("error %v", err)
			}
			if err == nil && len(res.Body) != c.size {
				t.Errorf("%d bytes", len(res.Body))
			}
		})
	}
}

func TestLimitBoundsDecodedBytes(t *testing.T) {
	noLeaks(t)
	s := serve(t, `(req, res) => {
		res.setHeader('Content-Encoding', 'gzip');
		res.end(require('zlib').gzipSync(Buffer.alloc(8 << 20)));
	}`)
	req := get(s.url)
	req.MaxBody = 1 << 20
	if err := fails(t, soon(t), req); !errors.Is(err, ssocore.ErrBodyTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestCancelBeforeSending(t *testing.T) {
	noLeaks(t)
	s := serve(t, answerOK)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := fails(t, ctx, get(s.url)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if s.requests() != 0 {
		t.Error("the request was sent")
	}
}

func TestCancel(t *testing.T) {
	for name, handler := range map[string]string{
		"before the headers": `() => {}`,
		"in mid-body":        stalled,
		"in a flowing body":  endless,
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			s := serve(t, handler)
			ctx, cancel := context.WithCancelCause(t.Context())
			cause := errors.New("popup closed")
			go func() {
				eventually(t, "the request arrives", func() bool { return s.requests() == 1 })
				time.Sleep(30 * time.Millisecond)
				cancel(cause)
			}()
			req := get(s.url)
			req.MaxBody = 1 << 40
			err := fails(t, ctx, req)
			if !errors.Is(err, context.Canceled) || !errors.Is(err, cause) {
				t.Errorf("got %v, want it to be Canceled and its cause", err)
			}
			eventually(t, "the server sees the connection close", func() bool { return s.request(0).Get("closed").Bool() })
		})
	}
}

func TestDeadline(t *testing.T) {
	for name, handler := range map[string]string{"before the headers": `() => {}`, "in mid-body": stalled} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			s := serve(t, handler)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if err := fails(t, ctx, get(s.url)); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestBrokenConnections(t *testing.T) {
	for name, handler := range map[string]string{
		"reset before the headers": `(req) => req.socket.resetAndDestroy()`,
		"reset in mid-body":        `(req, res) => { res.write('first'); setTimeout(() => req.socket.resetAndDestroy(), 20); }`,
		"shorter than promised":    `(req, res) => { res.writeHead(200, {'Content-Length': 100}); res.write('first'); setTimeout(() => req.socket.end(), 20); }`,
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			s := serve(t, handler)
			err := fails(t, soon(t), get(s.url+"/x"))
			var thrown *webext.Error
			if !errors.As(err, &thrown) || thrown.Message == "" {
				t.Errorf("got %v, want what fetch said", err)
			}
		})
	}
}

func TestRefusedConnection(t *testing.T) {
	noLeaks(t)
	s := serve(t, answerOK)
	s.close()
	err := fails(t, soon(t), get(s.url+"/x?secret=1"))
	if !strings.Contains(err.Error(), "ECONNREFUSED") || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}
