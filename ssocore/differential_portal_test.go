package ssocore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"portico/internal/portaltest"
	"portico/ssocore"
)

const differentialHost = "http://portal.test"

// exchange is a request as the portal decoded it.
type exchange struct {
	Method, Path string
	Query        url.Values
	Token        []string
	Body         any
}

// fault is what goes wrong with one request.
type fault struct {
	name   string
	status int    // 0 for a connection that breaks
	code   string // in the header x-amzn-errortype, if any
	body   string
	after  bool // the portal has done its work already
	cut    bool // an answer of success is cut off in the middle
}

var faults = []fault{
	{name: "no connection"},
	{name: "connection lost after the request", after: true},
	{name: "answer cut off", after: true, cut: true},
	{name: "500", status: 500, body: `{"message":"m"}`},
	{name: "502 by a gateway", status: 502, body: "<html><body>Bad Gateway</body></html>"},
	{name: "503", status: 503, code: "ServiceUnavailable", body: `{"message":"m"}`},
	{name: "504 without a body", status: 504},
	{name: "throttled", status: 429, code: "TooManyRequestsException", body: `{"message":"HTTP 429 Unknown Code"}`},
	{name: "throttled by another name", status: 400, body: `{"__type":"x#ThrottlingException:http://y/","message":"m"}`},
	{name: "forbidden", status: 403, code: "ForbiddenException", body: `{"message":"No access"}`},
	{name: "expired", status: 401, code: "a.b#UnauthorizedException:c", body: `{"message":"Session token not found or invalid"}`},
	{name: "unmodelled", status: 418, body: `{"code":"TeapotException","message":"short and stout"}`},
	{name: "captive portal", status: 200, body: "<html><body>Welcome to the hotel</body></html>"},
}

// side is one of the two clients' portals, with what it saw and what goes wrong.
type side struct {
	portal *portaltest.Portal
	seen   []exchange
	plan   []fault // of the next requests
}

func newSide(now *time.Time) *side {
	return &side{portal: portaltest.New(portaltest.Config{
		Accounts: 130, Roles: 2, Seed: 7, TPS: -1, Now: func() time.Time { return *now },
	})}
}

var errConnection = errors.New("connection reset by peer")

// serve answers a request, or breaks it as planned.
func (s *side) serve(req *http.Request) (status int, header http.Header, body []byte, err error) {
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		return 0, nil, nil, err
	}
	req.Body = io.NopCloser(bytes.NewReader(raw))
	e := exchange{Method: req.Method, Path: req.URL.Path, Query: req.URL.Query(), Token: req.Header.Values("X-Amz-Sso_bearer_token")}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &e.Body); err != nil {
			return 0, nil, nil, err
		}
	}
	s.seen = append(s.seen, e)
	f := fault{status: -1}
	if len(s.plan) > 0 {
		f, s.plan = s.plan[0], s.plan[1:]
	}
	if f.status > 0 {
		header := http.Header{"Content-Type": {"application/json"}, "X-Amzn-Requestid": {"req-" + f.name}}
		if f.code != "" {
			header.Set("x-amzn-errortype", f.code)
		}
		return f.status, header, []byte(f.body), nil
	}
	if f.status == 0 && !f.after {
		return 0, nil, nil, errConnection
	}
	w := httptest.NewRecorder()
	s.portal.ServeHTTP(w, req)
	body = w.Body.Bytes()
	switch {
	case f.cut && w.Code == 200:
		return w.Code, w.Header(), body[:len(body)/2], nil
	case f.after && !f.cut:
		return 0, nil, nil, errConnection
	}
	return w.Code, w.Header(), body, nil
}

// Fetch is the portal to ssocore.
func (s *side) Fetch(ctx context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	r, err := http.NewRequestWithContext(ctx, req.Method, req.URL, bytes.NewReader(req.Body))
	if err != nil {
		return nil, err
	}
	for name, value := range req.Header {
		r.Header.Set(name, value)
	}
	status, header, body, err := s.serve(r)
	if err != nil {
		return nil, err
	}
	fields := ssocore.Header{}
	for name, values := range header {
		fields[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return &ssocore.Response{Status: status, Header: fields, Body: body}, nil
}

// Do is the portal to aws-sdk-go-v2.
func (s *side) Do(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		req.Body = http.NoBody
	}
	status, header, body, err := s.serve(req)
	if err != nil {
		return nil, &url.Error{Op: req.Method, URL: req.URL.String(), Err: err}
	}
	return &http.Response{StatusCode: status, Header: header, Request: req, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body))}, nil
}
