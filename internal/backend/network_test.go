package backend_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"

	"portico/internal/portaltest"
	"portico/ssocore"
)

// network carries requests to the portal, in memory.
type network struct {
	world   *world
	handler http.Handler

	offline  bool
	answer   func(r *ssocore.Request) *ssocore.Response // instead of the portal's, if not nil
	held     map[string]*hold                           // by path
	requests []request
}

// request is one that reached the portal.
type request struct {
	at    time.Time
	path  string
	query url.Values
}

// hold keeps answers back, also from those who no longer wait for them.
type hold struct{ arrived, release chan struct{} }

// hold has the next answer of a path kept back until it is released. It is
// given once the portal has answered.
func (n *network) hold(path string) *hold {
	n.world.mu.Lock()
	defer n.world.mu.Unlock()
	h := &hold{make(chan struct{}), make(chan struct{})}
	n.held[path] = h
	return h
}

func (n *network) setOffline(offline bool) { n.world.set(func() { n.offline = offline }) }

func (n *network) setAnswer(answer func(r *ssocore.Request) *ssocore.Response) {
	n.world.set(func() { n.answer = answer })
}

func (n *network) setPortal(p *portaltest.Portal) { n.world.set(func() { n.handler = p }) }

// sent gives the requests of a path, or all.
func (n *network) sent(path string) []request {
	n.world.mu.Lock()
	defer n.world.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(n.requests), func(r request) bool { return path != "" && r.path != path })
}

func (n *network) of(l *life) ssocore.Fetcher { return wire{n, l} }

// wire is the network of one life.
type wire struct {
	*network
	life *life
}

var errOffline = errors.New("failed to fetch")

func (n wire) Fetch(ctx context.Context, r *ssocore.Request) (*ssocore.Response, error) {
	if err := cmpErr(n.life.ctx.Err(), ctx.Err()); err != nil {
		return nil, err
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	n.world.mu.Lock()
	offline, answer, held := n.offline, n.answer, n.held[u.Path]
	delete(n.held, u.Path)
	if !offline {
		n.requests = append(n.requests, request{time.Now(), u.Path, u.Query()})
	}
	handler := n.handler
	n.world.mu.Unlock()
	if offline {
		return nil, errOffline
	}
	var response *ssocore.Response
	if answer != nil {
		response = answer(r)
	}
	if response == nil {
		response = serve(ctx, handler, r)
	}
	if held != nil {
		close(held.arrived)
		<-held.release
		return response, n.life.ctx.Err()
	}
	return response, cmpErr(n.life.ctx.Err(), ctx.Err())
}

func serve(ctx context.Context, handler http.Handler, r *ssocore.Request) *ssocore.Response {
	sent := httptest.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	for name, value := range r.Header {
		sent.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, sent)
	header := ssocore.Header{}
	for name, values := range recorder.Header() {
		header[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return &ssocore.Response{Status: recorder.Code, Header: header, Body: recorder.Body.Bytes()}
}

// refusal is an answer of an API error.
func refusal(status int, code string) *ssocore.Response {
	return &ssocore.Response{Status: status, Header: ssocore.Header{"x-amzn-errortype": code},
		Body: []byte(`{"message":"no"}`)}
}
