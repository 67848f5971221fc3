package ssocore_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portico/ssocore"
)

// outcome is what a call came to, in terms that both clients have.
type outcome struct {
	Output map[string]any
	Error  string // param, transport, unreadable, or code, message and status
}

// step is an operation with its parameters by name. What is empty is not given.
type step struct {
	operation string
	params    map[string]string
	list      []string
	number    int32
	plan      []fault
	wait      time.Duration
}

// world is what the two clients talk to, and what they were given so far: the
// two portals give the same to the same requests.
type world struct {
	now     time.Time
	ours    *side
	sdk     *side
	known   map[string][]string // values of a parameter that were seen
	client  *ssocore.Client
	clients sdkClients
	came    map[string]int
}

func newWorld(t *rapid.T) *world {
	// The SDK takes a denial from a portal whose clock is off for the clock's fault.
	w := &world{now: time.Now().Truncate(time.Second), known: map[string][]string{}}
	w.ours, w.sdk = newSide(&w.now), newSide(&w.now)
	w.clients = newSDKClients(w.sdk)
	var err error
	w.client, err = ssocore.New(ssocore.Options{
		Region: "us-east-1", Endpoint: differentialHost, OIDCEndpoint: differentialHost,
		Fetcher: w.ours, Clock: stillClock{},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, account := range w.ours.portal.Directory()[:5] {
		w.known["accountId"] = append(w.known["accountId"], account.ID)
		w.known["roleName"] = append(w.known["roleName"], account.Roles...)
	}
	w.known["startUrl"] = []string{differentialHost + "/start"}
	w.known["clientType"] = []string{"public"}
	w.known["grantType"] = []string{ssocore.GrantTypeDeviceCode, ssocore.GrantTypeRefreshToken}
	return w
}

// stillClock does not wait.
type stillClock struct{}

func (stillClock) Now() time.Time                                   { return time.Unix(0, 0) }
func (stillClock) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

var stepParams = map[string][]string{
	"ListAccounts":             {"accessToken", "nextToken"},
	"ListAccountRoles":         {"accessToken", "nextToken", "accountId"},
	"GetRoleCredentials":       {"accessToken", "accountId", "roleName"},
	"Logout":                   {"accessToken"},
	"RegisterClient":           {"clientName", "clientType"},
	"StartDeviceAuthorization": {"clientId", "clientSecret", "startUrl"},
	"CreateToken":              {"clientId", "clientSecret", "grantType", "deviceCode", "refreshToken"},
}

var stepNames = []string{
	"ListAccounts", "ListAccountRoles", "GetRoleCredentials", "Logout",
	"RegisterClient", "StartDeviceAuthorization", "CreateToken",
}

// draw draws the next step: mostly with parameters that the portal knows.
func (w *world) draw(t *rapid.T) step {
	s := step{operation: rapid.SampledFrom(stepNames).Draw(t, "operation"), params: map[string]string{}}
	for _, name := range stepParams[s.operation] {
		s.params[name] = w.drawParam(t, name)
	}
	switch s.operation {
	case "ListAccounts", "ListAccountRoles":
		s.number = rapid.Int32Range(0, 120).Draw(t, "maxResults")
	case "RegisterClient", "CreateToken":
		s.list = rapid.SliceOfN(rapid.SampledFrom([]string{ssocore.ScopeAccountAccess, "Ü管"}), 0, 2).Draw(t, "scopes")
	}
	s.plan = rapid.SliceOfN(rapid.SampledFrom(append([]fault{{status: -1}, {status: -1}, {status: -1}}, faults...)), 0, 3).Draw(t, "faults")
	s.wait = time.Duration(rapid.IntRange(0, 10).Draw(t, "seconds")) * time.Second
	return s
}

func (w *world) drawParam(t *rapid.T, name string) string {
	known := w.known[name]
	switch choice := rapid.IntRange(0, 9).Draw(t, name+" is"); {
	case len(known) > 0 && choice < 8:
		return known[len(known)-1-rapid.IntRange(0, min(len(known), 3)-1).Draw(t, name)]
	case choice == 8 || name == "nextToken":
		return ""
	case name == "accessToken":
		return rapid.StringMatching(`[!-~]([ -~]{0,30}[!-~])?`).Draw(t, name)
	}
	return rapid.String().Draw(t, name)
}

// TestBothClientsDoTheSame makes the same calls by ssocore and by
// aws-sdk-go-v2, each against a portal of its own with the same faults: what
// arrives there is the same, and so is what comes of it.
func TestBothClientsDoTheSame(t *testing.T) {
	came := map[string]int{} // how often each operation came to what
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.came = came
		if rapid.IntRange(0, 3).Draw(t, "signed in") > 0 {
			w.signIn(t)
		}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			w.learn(t, w.take(t, w.draw(t)))
		}
	})
	t.Log(came)
	for _, operation := range stepNames {
		if came[operation+" succeeded"] == 0 || came[operation+" was refused"] == 0 {
			t.Errorf("%s never succeeded, or was never refused: %v", operation, came)
		}
	}
}

func (o outcome) kind() string {
	switch o.Error {
	case "":
		return "succeeded"
	case "transport", "unreadable", "param":
		return "failed"
	}
	return "was refused"
}

// take makes a step with both clients and compares.
func (w *world) take(t *rapid.T, s step) outcome {
	w.now = w.now.Add(s.wait)
	w.ours.seen, w.sdk.seen = nil, nil
	w.ours.plan, w.sdk.plan = s.plan, s.plan
	ours, theirs := callOurs(w.client, s), callSDK(w.clients, s)
	if !reflect.DeepEqual(w.ours.seen, w.sdk.seen) {
		t.Fatalf("%+v: the portal saw\n%+v of ssocore, but\n%+v", s, w.ours.seen, w.sdk.seen)
	}
	if !reflect.DeepEqual(ours, theirs) {
		t.Fatalf("%+v: came to\n%+v with ssocore, but\n%+v", s, ours, theirs)
	}
	w.came[s.operation+" "+ours.kind()]++
	return ours
}

// signIn takes the steps to an access token.
func (w *world) signIn(t *rapid.T) {
	for _, s := range []step{
		{operation: "RegisterClient", params: map[string]string{"clientName": "n", "clientType": "public"}},
		{operation: "StartDeviceAuthorization", params: map[string]string{"startUrl": w.known["startUrl"][0]}},
		{operation: "CreateToken", params: map[string]string{"grantType": ssocore.GrantTypeDeviceCode}, wait: 10 * time.Second},
	} {
		for _, name := range stepParams[s.operation] {
			if known := w.known[name]; s.params[name] == "" && len(known) > 0 {
				s.params[name] = known[len(known)-1]
			}
		}
		o := w.take(t, s)
		if o.Error != "" {
			t.Fatalf("%s: %s", s.operation, o.Error)
		}
		w.keep(o)
		if code, ok := o.Output["userCode"].(string); ok {
			w.ours.portal.Approve(code)
			w.sdk.portal.Approve(code)
		}
	}
}

// keep remembers what an answer gave, for the steps that follow.
func (w *world) keep(o outcome) {
	for name, value := range o.Output {
		if text, ok := value.(string); ok {
			w.known[name] = append(w.known[name], text)
		}
	}
}

// learn keeps what an answer gave, and allows or denies a device code as a
// person would.
func (w *world) learn(t *rapid.T, o outcome) {
	w.keep(o)
	code, ok := o.Output["userCode"].(string)
	if !ok {
		return
	}
	switch rapid.SampledFrom([]string{"allow", "deny", "wait"}).Draw(t, "decision") {
	case "allow":
		w.ours.portal.Approve(code)
		w.sdk.portal.Approve(code)
	case "deny":
		w.ours.portal.Deny(code)
		w.sdk.portal.Deny(code)
	}
}

// callOurs makes a step by name, which the typed methods share their way with.
func callOurs(c *ssocore.Client, s step) outcome {
	var p ssocore.Params
	for _, name := range stepParams[s.operation] {
		if value := s.params[name]; value != "" {
			p = append(p, ssocore.Param{Name: name, Value: value})
		}
	}
	if s.number != 0 {
		p = append(p, ssocore.Param{Name: "maxResults", Value: s.number})
	}
	if name := map[string]string{"RegisterClient": "scopes", "CreateToken": "scope"}[s.operation]; name != "" && s.list != nil {
		p = append(p, ssocore.Param{Name: name, Value: s.list})
	}
	for method, operation := range methodsOfBoth() {
		if operation == s.operation {
			out, err := c.Call(context.Background(), method, p)
			return ourOutcome(out, err)
		}
	}
	return outcome{Error: "no method"}
}

func methodsOfBoth() map[string]string {
	methods := ssocore.PortalAPI.Methods()
	for method, operation := range ssocore.OIDCAPI.Methods() {
		methods[method] = operation
	}
	return methods
}

func ourOutcome(out any, err error) outcome {
	var param *ssocore.ParamError
	var lost *ssocore.TransportError
	var unreadable *ssocore.DecodeError
	var api *ssocore.APIError
	switch {
	case err == nil:
		return outcome{Output: fieldsOf(out)}
	case errors.As(err, &param):
		return outcome{Error: "param"}
	case errors.As(err, &lost):
		return outcome{Error: "transport"}
	case errors.As(err, &unreadable):
		return outcome{Error: "unreadable"}
	case errors.As(err, &api):
		return outcome{Error: apiOutcome(api.Code, api.Message, api.Status)}
	}
	return outcome{Error: err.Error()}
}

// apiOutcome names a refusal. Where something in front of the service answered,
// each client has words of its own.
func apiOutcome(code, message string, status int) string {
	if status >= 500 || code == fmt.Sprint(status) || code == "UnknownError" {
		return fmt.Sprint(status)
	}
	return fmt.Sprint(status, " ", code, ": ", message)
}
