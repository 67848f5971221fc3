package backend_test

import (
	"strings"
	"testing"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// gatewayAnswers are what stands between a person and the portal and answers by
// itself.
var gatewayAnswers = map[string]*ssocore.Response{
	"page with 403":      page(403),
	"page with 401":      page(401),
	"page with 407":      page(407),
	"page with 451":      page(451),
	"page with 404":      page(404),
	"page with 200":      page(200),
	"page with 511":      page(511),
	"nothing with 403":   {Status: 403, Header: ssocore.Header{}},
	"text with 403":      {Status: 403, Header: ssocore.Header{"content-type": "text/plain"}, Body: []byte("Forbidden")},
	"JSON with 403":      {Status: 403, Header: ssocore.Header{"content-type": "application/json"}, Body: []byte(`{"error":"blocked"}`)},
	"JSON with 401":      {Status: 401, Header: ssocore.Header{"content-type": "application/json"}, Body: []byte(`{"message":"Unauthorized"}`)},
	"redirect to itself": {Status: 300, Header: ssocore.Header{"location": "https://gateway.example/"}},
}

func page(status int) *ssocore.Response {
	return &ssocore.Response{Status: status, Header: ssocore.Header{"content-type": "text/html"},
		Body: []byte("<!doctype html><title>Blocked</title><h1>This site is blocked</h1>")}
}

func eachGateway(t *testing.T, config portaltest.Config, test func(w *world, block func())) {
	for name, answer := range gatewayAnswers {
		t.Run(name, func(t *testing.T) {
			inWorld(t, config, func(w *world) {
				test(w, func() { w.net.setAnswer(func(*ssocore.Request) *ssocore.Response { return answer }) })
			})
		})
	}
}

func saysNetwork(t *testing.T, e *message.Error) {
	t.Helper()
	if e == nil || e.Code != message.PortalFault || !e.Retryable || !strings.Contains(e.Message, "Your network answered instead of") {
		t.Errorf("got %+v", e)
	}
}

// A network that answers by itself says nothing of any account, and the listing
// does not count as done.
func TestAGatewayEndsAListingWithoutAStamp(t *testing.T) {
	eachGateway(t, portaltest.Config{Accounts: 120}, func(w *world, block func()) {
		w.signIn()
		time.Sleep(2500 * time.Millisecond)
		block()
		w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
		saysNetwork(w.t, w.status().Problem)
		if d := w.directory(); d.Count(directory.Failed) != 0 || d.Updated != 0 || d.Count(directory.Done) == 0 {
			w.t.Errorf("%d accounts failed, %d are done, updated %d", d.Count(directory.Failed), d.Count(directory.Done), d.Updated)
		}
		if w.status().SignIn != message.SignedIn {
			w.t.Errorf("the session is %q", w.status().SignIn)
		}
		w.net.setAnswer(nil)
		w.listed()
		w.quiet()
	})
}

func TestAGatewayTakesNoRoleAndEndsNoSession(t *testing.T) {
	eachGateway(t, portaltest.Config{Accounts: 3}, func(w *world, block func()) {
		w.ready()
		block()
		saysNetwork(w.t, w.refused(message.CredentialsCopy, w.order().Fields(), message.PortalFault))
		w.net.setAnswer(nil)
		w.ok(message.CredentialsCopy, w.order().Fields())
	})
}

func TestAGatewayDoesNotEndASignIn(t *testing.T) {
	eachGateway(t, portaltest.Config{Accounts: 3}, func(w *world, block func()) {
		w.showCode()
		code := w.status().UserCode
		block()
		time.Sleep(2 * time.Minute)
		if s := w.status(); s.UserCode != code || s.Problem != nil {
			w.t.Fatalf("status %+v", s)
		}
		w.net.setAnswer(nil)
		w.portal.Approve(code)
		w.phase(message.SignedIn)
		w.listed()
	})
}

// A page that answers the sign-out is no confirmation.
func TestAGatewayConfirmsNoSignOut(t *testing.T) {
	eachGateway(t, portaltest.Config{Accounts: 3}, func(w *world, block func()) {
		w.ready()
		block()
		if done := message.SignedOutFrom(w.ok(message.SignOut, ref())); done.Confirmed {
			w.t.Error("the sign-out is said to be confirmed")
		}
	})
}

// What is not marked as the portal's own confirms no sign-out, whatever it says.
func TestOnlyThePortalConfirmsASignOut(t *testing.T) {
	header := func(kind string, more ...string) ssocore.Header {
		h := ssocore.Header{"content-type": kind}
		for _, name := range more {
			h[name] = "forged"
		}
		return h
	}
	for name, answer := range map[string]*ssocore.Response{
		"JSON":                         {Status: 200, Header: header("application/json"), Body: []byte(`{"error":"blocked by policy"}`)},
		"text":                         {Status: 200, Header: header("text/plain"), Body: []byte("Blocked")},
		"garbage":                      {Status: 200, Header: header("application/octet-stream"), Body: []byte("\x1f\x8b\x08\x00")},
		"XHTML":                        {Status: 200, Header: header("application/xhtml+xml"), Body: []byte("<html>")},
		"page without a type":          {Status: 200, Header: ssocore.Header{}, Body: []byte("<!doctype html>")},
		"nothing":                      {Status: 200, Header: ssocore.Header{}},
		"nothing with 204":             {Status: 204, Header: ssocore.Header{}},
		"page with a forged ID":        {Status: 200, Header: header("text/html", "x-amzn-requestid"), Body: []byte("<html>")},
		"code in the body alone":       {Status: 401, Header: header("application/json"), Body: []byte(`{"code":"UnauthorizedException"}`)},
		"type in the body alone":       {Status: 401, Header: header("application/json"), Body: []byte(`{"__type":"UnauthorizedException"}`)},
		"redirect to a log-in page":    {Status: 302, Header: ssocore.Header{"location": "https://login"}},
		"success in words of a server": {Status: 200, Header: header("application/json"), Body: []byte(`{}`)},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
				w.ready()
				w.net.setAnswer(func(*ssocore.Request) *ssocore.Response { return answer })
				if done := message.SignedOutFrom(w.ok(message.SignOut, ref())); done.Confirmed {
					t.Error("the sign-out is said to be confirmed")
				}
				if p := w.status().Problem; p == nil || p.Code != message.Unconfirmed {
					t.Errorf("problem %+v", p)
				}
			})
		})
	}
}
