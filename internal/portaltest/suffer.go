package portaltest

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// AWS publishes no body for either; the sign-in service's model has the first.
var (
	errInternal    = newError(http.StatusInternalServerError, "InternalServerException", "server_error", "Internal failure")
	errUnavailable = newError(http.StatusServiceUnavailable, "ServiceUnavailableException", "temporarily_unavailable", "Service is unavailable")
)

// suffer returns next with a fault before it, around it or in its place.
func (p *Portal) suffer(rule FaultRule, e endpoint, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch rule.Fault {
		case FaultServerError:
			p.fail(w, e.service(), errInternal)
		case FaultUnavailable:
			p.fail(w, e.service(), errUnavailable)
		case FaultThrottle:
			p.throttle(w, e)
		case FaultTimeout:
			keepSilent(r)
		case FaultReset:
			dropConnection(w)
		case FaultHTML:
			sendCaptivePage(w)
		case FaultTruncated:
			sendHalf(w, r, next)
		case FaultSlow:
			if pause(r, rule.Time) {
				p.setDate(w, r)
				next(w, r)
			}
		case FaultSkew:
			r = inCondition(r, func(c *condition) { c.skew = rule.Time })
			p.setDate(w, r)
			next(w, r)
		case FaultExpired:
			p.endSession(r)
			next(w, r)
		case FaultForbidden:
			p.fail(w, e.service(), errForbidden)
		case FaultGateway:
			sendBlockPage(w)
		case FaultMissing:
			p.reply(w, http.StatusOK, struct{}{})
		case FaultDeep:
			p.sendDeep(w)
		case FaultEndless:
			withoutEnd(w, r, next)
		case FaultHoles:
			altered(w, r, next, withHoles)
		case FaultTimeless:
			altered(w, r, next, withoutTimes)
		case FaultRevoked:
			next(w, inCondition(r, func(c *condition) { c.revoked = true }))
		default:
			p.fail(w, oidcService, refusals[rule.Fault])
		}
	}
}

// condition is what faults change for the operation itself.
type condition struct {
	skew    time.Duration
	revoked bool
}

type conditionKey struct{}

func conditionOf(r *http.Request) condition {
	c, _ := r.Context().Value(conditionKey{}).(condition)
	return c
}

func inCondition(r *http.Request, change func(*condition)) *http.Request {
	c := conditionOf(r)
	change(&c)
	return r.WithContext(context.WithValue(r.Context(), conditionKey{}, c))
}

func (p *Portal) throttle(w http.ResponseWriter, e endpoint) {
	p.mu.Lock()
	p.throttled++
	p.mu.Unlock()
	p.fail(w, e.service(), errTooManyRequests)
}

// keepSilent waits until the client goes. If nobody would tell, it does not
// wait: a goroutine would be left behind for each request.
func keepSilent(r *http.Request) {
	gone := r.Context().Done()
	if gone == nil {
		panic(http.ErrAbortHandler)
	}
	takeBody(r)
	<-gone
}

// takeBody reads the body before a wait: until it is read, net/http does not
// notice that the client went away.
func takeBody(r *http.Request) {
	if r.Body == nil {
		return
	}
	rest := r.Body
	taken, _ := io.ReadAll(io.LimitReader(rest, largestBody+1)) // a failing body fails again when it is used
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(taken), rest), rest}
}

// dropConnection resets the connection, as a router does that lost its state.
func dropConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

const captivePage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Welcome to Guest Wi-Fi</title></head>
<body>
<h1>Guest Wi-Fi</h1>
<p>Accept the terms of use to go online.</p>
<form method="post" action="http://captive.example/accept"><button>Accept</button></form>
</body>
</html>
`

func sendCaptivePage(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, captivePage)
}

// sendHalf sends the first half of next's answer. Content-Length is that of
// the half, so nothing but the text itself tells that it is not all; it works
// without a connection that could be closed early.
func sendHalf(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	whole := &heldAnswer{header: w.Header(), status: http.StatusOK}
	next(whole, r)
	half := whole.body.Bytes()[:whole.body.Len()/2]
	if len(half) > 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(half)))
	}
	w.WriteHeader(whole.status)
	_, _ = w.Write(half)
}

// heldAnswer keeps an answer instead of sending it.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *heldAnswer) Header() http.Header            { return a.header }
func (a *heldAnswer) WriteHeader(status int)         { a.status = status }
func (a *heldAnswer) Write(text []byte) (int, error) { return a.body.Write(text) }
