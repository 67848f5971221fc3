package backend_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

// listingFaults are what a portal, or what stands before it, may answer to a listing
// call instead of the truth. n counts the calls that were met.
var listingFaults = map[string]func(n int, truth *ssocore.Response) *ssocore.Response{
	"unavailable":    always(refusal(503, "ServiceUnavailableException")),
	"failing":        always(refusal(500, "InternalServerException")),
	"throttled":      always(refusal(429, "TooManyRequestsException")),
	"away for long":  always(&ssocore.Response{Status: 429, Header: ssocore.Header{"retry-after": "3600", "x-amzn-errortype": "TooManyRequestsException"}, Body: []byte("{}")}),
	"invalid":        always(refusal(400, "InvalidRequestException")),
	"not found":      always(refusal(404, "ResourceNotFoundException")),
	"unauthorized":   always(refusal(401, "UnauthorizedException")),
	"forbidden":      always(refusal(403, "ForbiddenException")),
	"a page, 200":    always(page(200)),
	"a page, 403":    always(page(403)),
	"a page, 429":    always(page(429)),
	"a page, 511":    always(page(511)),
	"redirect":       always(&ssocore.Response{Status: 301}),
	"status 0":       always(&ssocore.Response{}),
	"status 999":     always(&ssocore.Response{Status: 999}),
	"nothing":        always(readable("")),
	"empty object":   always(readable("{}")),
	"null":           always(readable("null")),
	"a list":         always(readable("[]")),
	"a number":       always(readable("7")),
	"deep":           always(readable(`{"accountList":` + strings.Repeat("[", 5000))),
	"no names":       always(readable(`{"accountList":[null,{},{"accountId":null}],"roleList":[null,{},{"roleName":""}]}`)),
	"other types":    always(readable(`{"accountList":{"accountId":12},"roleList":"x"}`)),
	"the same page":  always(readable(`{"accountList":[{"accountId":"1"}],"roleList":[{"roleName":"X"}],"nextToken":"t"}`)),
	"a page of none": always(readable(`{"accountList":[],"roleList":[],"nextToken":"t"}`)),
	"pages for ever": func(n int, _ *ssocore.Response) *ssocore.Response {
		return readable(fmt.Sprintf(`{"accountList":[],"roleList":[],"nextToken":"t%d"}`, n))
	},
	"half an answer": func(_ int, truth *ssocore.Response) *ssocore.Response {
		truth.Body = truth.Body[:len(truth.Body)/2]
		return truth
	},
	"all of it twice": func(_ int, truth *ssocore.Response) *ssocore.Response { truth.Body = twice(truth.Body); return truth },
	"slow":            func(_ int, truth *ssocore.Response) *ssocore.Response { time.Sleep(15 * time.Second); return truth },
}

func always(answer *ssocore.Response) func(int, *ssocore.Response) *ssocore.Response {
	return func(int, *ssocore.Response) *ssocore.Response { return answer }
}

// twice has what a list holds follow itself.
func twice(body []byte) []byte {
	before, rest, _ := strings.Cut(string(body), "[")
	items, after, _ := strings.Cut(rest, "]")
	return []byte(before + "[" + items + "," + items + "]" + after)
}

// disturbances happen every five minutes while a fault lasts.
var disturbances = []func(w *world){
	func(*world) {},
	func(w *world) { w.restart() },
	func(w *world) { w.wake() },
	func(w *world) { w.setClock(365 * 24 * time.Hour) },
	func(w *world) { w.setClock(-24 * time.Hour) },
	func(w *world) { _, _ = w.ask(message.SyncStart, ref()) },
	func(w *world) { _, _ = w.ask(message.SyncRetry, ref()) },
	func(w *world) {
		last := w.written() + 3
		w.set(func() {
			w.disk = func(n int, key string) error {
				if n <= last && strings.HasPrefix(key, message.DirectoryPrefix) {
					return errDisk
				}
				return nil
			}
		})
	},
}

// Whatever a portal answers to a listing, once or for an hour, and whatever happens
// beside it: nothing that was known is lost, the portal is not stormed, and when it
// answers again the list is whole, at the latest when the popup is opened and the
// accounts that failed are tried again.
func TestListingsLoseNothingAndHeal(t *testing.T) {
	turn := 0
	for _, name := range slices.Sorted(maps.Keys(listingFaults)) {
		for _, path := range []string{"/assignment/accounts", "/assignment/roles"} {
			for _, calls := range []int{1, 5, math.MaxInt} {
				for _, known := range []bool{false, true} {
					disturb := disturbances[turn%len(disturbances)]
					turn += 3 // which meets all of them in turns, as 3 and 8 have no divisor
					t.Run(fmt.Sprintf("%s%s/%d/%v", name, path, calls, known), func(t *testing.T) {
						inWorld(t, portaltest.Config{Accounts: 30, Roles: 2, TokenTTL: 8 * time.Hour}, func(w *world) {
							w.listThrough(listingFaults[name], path, calls, known, disturb)
						})
					})
				}
			}
		}
	}
}

func (w *world) listThrough(fault func(int, *ssocore.Response) *ssocore.Response, path string, calls int, known bool, disturb func(*world)) {
	t := w.t
	before := &directory.Directory{}
	if known {
		w.ready()
		before = w.directory()
	}
	met := 0
	w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
		if !strings.Contains(r.URL, path) {
			return nil
		}
		truth := serve(t.Context(), w.portal, r)
		w.mu.Lock()
		met++
		n := met
		w.mu.Unlock()
		if n > calls {
			return truth
		}
		return fault(n, truth)
	})
	if known {
		w.ok(message.SyncStart, ref())
	} else {
		w.showCode()
		w.portal.Approve(w.status().UserCode)
		time.Sleep(10 * time.Second)
	}
	const anHour = 12
	for range anHour {
		asked := len(w.net.sent(""))
		time.Sleep(5 * time.Minute)
		disturb(w)
		w.life.backend.Alarm(w.life.ctx)
		synctest.Wait()
		if n := len(w.net.sent("")) - asked; n > 700 { // of 31 calls, in four rounds, asked for four times each
			t.Errorf("%d requests in five minutes", n)
		}
	}
	now := w.directory()
	for i := range before.Accounts {
		was := &before.Accounts[i]
		if a := now.Find(was.ID); a == nil || !slices.Equal(a.Roles, was.Roles) {
			t.Errorf("%+v became %+v", was, a)
		}
	}

	w.net.setAnswer(nil)
	w.set(func() { w.disk = nil })
	w.setClock(0)
	if w.wake(); w.status().SignIn != message.SignedIn {
		w.signIn() // the portal had said that the session is over
	}
	w.until("the end of the listing", 40*time.Minute, func() bool { return !pending(w.secretState()) })
	if w.directory().Count(directory.Failed) > 0 {
		w.ok(message.SyncRetry, ref())
	}
	w.listed()
	if n := w.directory().Count(directory.Done); n != 30 {
		t.Errorf("%d of 30 accounts are done in the end", n)
	}
	w.quiet()
}
