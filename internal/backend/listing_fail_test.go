package backend_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

func readable(body string) *ssocore.Response {
	return &ssocore.Response{Status: 200, Header: ssocore.Header{"x-amzn-requestid": "r", "content-type": "application/json"}, Body: []byte(body)}
}

// One account whose answer makes no sense is marked; all others are listed.
func TestOneAccountDoesNotStopTheListing(t *testing.T) {
	pages := 0
	tests := map[string]struct {
		answer func() *ssocore.Response
		code   string
	}{
		"unreadable":       {func() *ssocore.Response { return readable(`{"roleList":[{"roleName`) }, "UnreadableAnswer"},
		"of another shape": {func() *ssocore.Response { return readable(`{"roleList":{"roleName":"Admin"}}`) }, "UnreadableAnswer"},
		"without a list":   {func() *ssocore.Response { return readable(`{}`) }, "UnreadableAnswer"},
		"of no names":      {func() *ssocore.Response { return readable(`{"roleList":[null,{},{"roleName":null},{"roleName":""}]}`) }, "UnreadableAnswer"},
		"another account’s": {func() *ssocore.Response {
			return readable(`{"roleList":[{"roleName":"AdministratorAccess","accountId":"999999999999"}]}`)
		}, "UnreadableAnswer"},
		"empty":            {func() *ssocore.Response { return readable("") }, "UnreadableAnswer"},
		"nesting too deep": {func() *ssocore.Response { return readable(`{"roleList":` + strings.Repeat("[", 9990)) }, "UnreadableAnswer"},
		"the same page":    {func() *ssocore.Response { return readable(`{"roleList":[{"roleName":"A"}],"nextToken":"t"}`) }, "EndlessList"},
		"two pages in turn": {func() *ssocore.Response {
			pages++
			return readable(fmt.Sprintf(`{"roleList":[{"roleName":"A"}],"nextToken":"t%d"}`, pages%2))
		}, "EndlessList"},
		"pages without end": {func() *ssocore.Response {
			pages++
			return readable(fmt.Sprintf(`{"roleList":[],"nextToken":"t%d"}`, pages))
		}, "EndlessList"},
		"names without end": {func() *ssocore.Response {
			pages++
			return readable(fmt.Sprintf(`{"roleList":[{"roleName":"%s"}],"nextToken":"t%d"}`, strings.Repeat("x", 1<<19), pages))
		}, "EndlessList"},
		"refused":        {func() *ssocore.Response { return refusal(403, "ForbiddenException") }, "ForbiddenException"},
		"gone":           {func() *ssocore.Response { return refusal(404, "ResourceNotFoundException") }, "ResourceNotFoundException"},
		"always failing": {func() *ssocore.Response { return refusal(500, "InternalServerException") }, "InternalServerException"},

		// What mostly is about all accounts alike is about this one where others
		// are answered for.
		"unauthorized":           {func() *ssocore.Response { return refusal(401, "UnauthorizedException") }, "UnauthorizedException"},
		"401 of another type":    {func() *ssocore.Response { return refusal(401, "SomethingException") }, "SomethingException"},
		"throttled for ever":     {func() *ssocore.Response { return refusal(429, "TooManyRequestsException") }, "TooManyRequestsException"},
		"blocked with a page":    {func() *ssocore.Response { return page(403) }, "BlockedByNetwork"},
		"blocked with a 200":     {func() *ssocore.Response { return page(200) }, "BlockedByNetwork"},
		"redirected":             {func() *ssocore.Response { return &ssocore.Response{Status: 302} }, "BlockedByNetwork"},
		"blocked with JSON":      {func() *ssocore.Response { return gatewayAnswers["JSON with 403"] }, "BlockedByNetwork"},
		"blocked with JSON, 401": {func() *ssocore.Response { return gatewayAnswers["JSON with 401"] }, "BlockedByNetwork"},
		"blocked with JSON, 200": {func() *ssocore.Response { return &ssocore.Response{Status: 200, Body: []byte(`{"error":"x"}`)} }, "UnreadableAnswer"},
		"refused, to page 2 only": {func() *ssocore.Response {
			pages++
			return [...]*ssocore.Response{refusal(401, "UnauthorizedException"), readable(fmt.Sprintf(`{"roleList":[{"roleName":"A"}],"nextToken":"t%d"}`, pages))}[pages%2]
		}, "UnauthorizedException"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
				bad := w.portal.Directory()[7].ID
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if strings.Contains(r.URL, "account_id="+bad) {
						return test.answer()
					}
					return nil
				})
				w.signIn()
				w.until("listing", time.Hour, func() bool { return !pending(w.secretState()) })
				d := w.directory()
				if d.Count(directory.Done) != 59 || d.Find(bad).State != directory.Failed || d.Find(bad).Problem != test.code || d.Updated == 0 {
					t.Errorf("%d of 59 are done; the bad account is %+v", d.Count(directory.Done), d.Find(bad))
				}
				if s := w.status(); s.Problem != nil || s.SignIn != message.SignedIn {
					t.Errorf("problem %+v, the session is %q", s.Problem, s.SignIn)
				}
				w.quiet()
			})
		})
	}
}

// One that never answers costs the patience of every try, and no more.
func TestAnAccountThatNeverAnswersDoesNotStopTheListing(t *testing.T) {
	for _, accounts := range []int{2, 40, 400} {
		inWorld(t, portaltest.Config{Accounts: accounts}, func(w *world) {
			bad := w.portal.Directory()[1].ID
			w.portal.SetFaults(portaltest.FaultRule{Operation: "ListAccountRoles", Account: bad, Fault: portaltest.FaultTimeout})
			w.signIn()
			w.until("listing", 10*time.Minute, func() bool { return !pending(w.secretState()) })
			if d, a := w.directory(), w.directory().Find(bad); d.Count(directory.Done) != accounts-1 || a.Problem != "NoAnswer" || d.Updated == 0 {
				t.Errorf("%d of %d are done; the silent account is %+v", d.Count(directory.Done), accounts, a)
			}
		})
	}
}

// However many they are, and wherever they stand, the others are listed beside them.
func TestSilentAccountsKeepNoOthersWaiting(t *testing.T) {
	for _, silent := range []int{7, 8, 12, 30} {
		inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
			var rules []portaltest.FaultRule
			for _, a := range w.portal.Directory()[:silent] {
				rules = append(rules, portaltest.FaultRule{Operation: "ListAccountRoles", Account: a.ID, Fault: portaltest.FaultTimeout})
			}
			w.portal.SetFaults(rules...)
			w.signIn()
			w.until("listing", 10*time.Minute, func() bool { return !pending(w.secretState()) })
			if d := w.directory(); d.Count(directory.Done) != 60-silent || d.Count(directory.Failed) != silent {
				t.Errorf("%d silent: %d are done, %d failed", silent, d.Count(directory.Done), d.Count(directory.Failed))
			}
		})
	}
}

// Nor do they where each attempt ends the worker before they could be blamed.
func TestAccountsThatOutlastTheWorkerKeepNoOthersWaiting(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
		var rules []portaltest.FaultRule
		for _, a := range w.portal.Directory()[:10] {
			rules = append(rules, portaltest.FaultRule{Operation: "ListAccountRoles", Account: a.ID, Fault: portaltest.FaultTimeout})
		}
		w.portal.SetFaults(rules...)
		w.signIn()
		w.until("all others", time.Hour, func() bool {
			time.Sleep(30 * time.Second)
			w.restart()
			w.life.backend.Alarm(w.life.ctx)
			return w.directory().Count(directory.Done) == 50
		})
	})
}

// A portal that lists accounts and is silent about all their roles is said to be.
func TestASilentPortalIsSaidToBe(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
		w.portal.SetFaults(portaltest.FaultRule{Operation: "ListAccountRoles", Fault: portaltest.FaultTimeout})
		w.signIn()
		w.until("problem", 5*time.Minute, func() bool { return w.status().Problem != nil })
		if p := w.status().Problem; p.Code != message.Offline || w.directory().Count(directory.Failed) != 0 {
			t.Errorf("problem %+v, %d accounts are blamed", p, w.directory().Count(directory.Failed))
		}
		w.portal.SetFaults()
		w.listed()
	})
}

// Where no account's roles are listed none is to blame, and the session is as good
// as the accounts' list says.
func TestRolesThatNobodyIsListedBlameNoAccount(t *testing.T) {
	for _, test := range []struct {
		answer *ssocore.Response
		code   message.Code
	}{
		{refusal(401, "UnauthorizedException"), message.PortalFault}, {page(403), message.PortalFault},
		{refusal(429, "TooManyRequestsException"), message.Throttled},
	} {
		inWorld(t, portaltest.Config{Accounts: 20}, func(w *world) {
			w.net.setAnswer(at("/assignment/roles", "", test.answer))
			w.signIn()
			w.until("problem", 30*time.Minute, func() bool { return w.status().Problem != nil })
			s, d := w.status(), w.directory()
			if s.Problem.Code != test.code || s.SignIn != message.SignedIn || d.Count(directory.Pending) != 20 || d.Updated != 0 {
				t.Errorf("problem %+v, session %q, %d pending", s.Problem, s.SignIn, d.Count(directory.Pending))
			}
			w.net.setAnswer(nil)
			w.listed()
		})
	}
}

// A session that ended at the portal is over at once.
func TestASessionThatEndedEndsTheListingAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		w.signIn()
		time.Sleep(2500 * time.Millisecond)
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { return refusal(401, "UnauthorizedException") }))
		w.until("the end of the session", 3*time.Second, func() bool { return w.status().SignIn == message.ExpiredPhase })
		if d := w.directory(); d.Count(directory.Failed) != 0 || d.Updated != 0 {
			t.Errorf("%d accounts are blamed", d.Count(directory.Failed))
		}
	})
}

// Refusals come one after the other, while the calls behind them are given up:
// the session is over all the same, and the portal is not asked again and again.
func TestASessionIsOverHoweverItsRefusalsCome(t *testing.T) {
	for _, apart := range []time.Duration{time.Millisecond, 20 * time.Millisecond, 150 * time.Millisecond} {
		inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
			var late atomic.Int64
			w.net.setAnswer(onPortal(func(r *ssocore.Request) *ssocore.Response {
				if strings.Contains(r.URL, "/assignment/accounts") && late.Load() == 0 {
					return nil
				}
				time.Sleep(time.Duration(late.Add(1)) * apart)
				return refusal(401, "UnauthorizedException")
			}))
			w.showCode()
			w.portal.Approve(w.status().UserCode)
			w.phase(message.ExpiredPhase)
			asked := len(w.net.sent(""))
			time.Sleep(5 * time.Minute)
			w.life.backend.Alarm(w.life.ctx)
			synctest.Wait()
			if more := len(w.net.sent("")) - asked; more > 8 {
				t.Errorf("%d requests after the end of the session", more)
			}
			w.net.setAnswer(nil)
			w.ready()
		})
	}
}

// Trying again is for those accounts alone, also if the worker dies meanwhile.
func TestTryingAgainListsTheFailedAccountsAlone(t *testing.T) {
	for _, dies := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 60}, func(w *world) {
			bad := map[string]bool{}
			for _, a := range w.portal.Directory()[10:14] {
				bad[a.ID] = true
			}
			w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
				if _, id, ok := strings.Cut(r.URL, "account_id="); ok && bad[id] {
					return refusal(403, "ForbiddenException")
				}
				return nil
			})
			w.signIn()
			w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
			if n := w.directory().Count(directory.Failed); n != 4 {
				t.Fatalf("%d accounts failed", n)
			}
			w.net.setAnswer(nil)
			before, lists := len(w.net.sent("/assignment/roles")), len(w.net.sent("/assignment/accounts"))
			var h *hold
			if dies {
				h = w.net.hold("/assignment/roles")
			}
			w.ok(message.SyncRetry, ref())
			if dies {
				<-h.arrived
				w.life.end()
				close(h.release)
				w.restart()
				w.wake()
			}
			w.listed()
			again := w.net.sent("/assignment/roles")[before:]
			for _, r := range again {
				if !bad[r.query.Get("account_id")] {
					t.Errorf("the roles of %s were asked for again", r.query.Get("account_id"))
				}
			}
			if n := len(w.net.sent("/assignment/accounts")); n != lists || len(again) < 4 || len(again) > 8 {
				t.Errorf("asked %d times for roles, %d for accounts", len(again), n-lists)
			}
			w.quiet()
		})
	}
}

// With nothing that failed, or long after, all is listed.
func TestTryingAgainWithoutFailedAccountsListsAll(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.SyncRetry, ref())
		w.listed()
		if n := w.portal.Requests()["ListAccounts"]; n != 2 {
			t.Errorf("accounts were listed %d times", n)
		}
		w.ok(message.SignOut, ref())
		w.refused(message.SyncRetry, ref(), message.NotSignedIn)
	})
}

// A portal that is away for a while refuses nobody.
func TestAnOutageIsWaitedOut(t *testing.T) {
	for _, begins := range []time.Duration{0, 2500 * time.Millisecond, 8500 * time.Millisecond} {
		t.Run(begins.String(), func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 180, Roles: 1}, func(w *world) {
				w.signIn()
				from := time.Now().Add(begins)
				w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response {
					if since := time.Since(from); since >= 0 && since < 20*time.Second {
						return refusal(503, "ServiceUnavailableException")
					}
					return nil
				}))
				w.listed()
				if d := w.directory(); d.Count(directory.Done) != 180 || w.status().Problem != nil {
					t.Errorf("%d of 180 are done, problem %+v", d.Count(directory.Done), w.status().Problem)
				}
				w.quiet()
			})
		})
	}
}

// A list of accounts that is none takes nothing away.
func TestAListOfAccountsThatIsNoneChangesNothing(t *testing.T) {
	for _, body := range []string{`{}`, `{"accountList":null}`, `{"accountList":null,"nextToken":null}`, `{"accounts":[]}`,
		`{"accountList":` + strings.Repeat("[", 9990) + strings.Repeat("]", 9990) + `}`, `{"accountList":[{"accountId":"1"}],"nextToken":"t"}`,
		`{"accountList":[null]}`, `{"accountList":[{},{"accountId":null,"accountName":"x"},{"accountId":""}]}`} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			before := w.directory()
			w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
				if strings.Contains(r.URL, "/assignment/accounts") {
					return readable(body)
				}
				return nil
			})
			w.ok(message.SyncStart, ref())
			w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
			if p := w.status().Problem; p.Code != message.PortalFault {
				t.Errorf("%.60s: problem %+v", body, p)
			}
			if d := w.directory(); directory.Encode(d) != directory.Encode(before) {
				t.Errorf("%.60s: the directory changed", body)
			}
		})
	}
}

// A page that is none ends the list no more than the first would: what follows it
// was not said to be gone.
func TestALaterPageThatIsNoneChangesNothing(t *testing.T) {
	for name, answer := range map[string]*ssocore.Response{
		"empty object": readable(`{}`), "null list": readable(`{"accountList":null,"roleList":null,"nextToken":null}`),
		"of another shape": readable(`{"accounts":[]}`), "token without a list": readable(`{"nextToken":"t"}`),
		"JSON of a gateway": {Status: 200, Header: ssocore.Header{"content-type": "application/json"}, Body: []byte(`{"error":"blocked"}`)},
		"unmarked":          {Status: 200, Header: ssocore.Header{}, Body: []byte(`{}`)},
	} {
		t.Run(name, func(t *testing.T) {
			inWorld(t, portaltest.Config{Accounts: 250}, func(w *world) {
				w.ready()
				before := w.directory()
				for _, page := range []string{"next_token=", ""} {
					w.net.setAnswer(at("/assignment/accounts", page, answer))
					w.ok(message.SyncStart, ref())
					w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
					if p := w.status().Problem; p.Code != message.PortalFault {
						t.Errorf("page %q: problem %+v", page, p)
					}
					if d := w.directory(); directory.Encode(d) != directory.Encode(before) {
						t.Errorf("page %q: %d accounts are left, updated %d after %d", page, len(d.Accounts), d.Updated, before.Updated)
					}
				}
				w.net.setAnswer(nil)
				w.listed() // by itself
				w.quiet()
			})
		})
	}
}

// at has a part of the portal's addresses answered so.
func at(path, query string, answer *ssocore.Response) func(*ssocore.Request) *ssocore.Response {
	return func(r *ssocore.Request) *ssocore.Response {
		if strings.Contains(r.URL, path) && strings.Contains(r.URL, query) {
			return answer
		}
		return nil
	}
}

func TestALaterPageOfRolesThatIsNoneTakesNoRole(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 20}, func(w *world) {
		w.ready()
		known := w.directory().Accounts[3]
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			switch {
			case !strings.Contains(r.URL, "account_id="+known.ID):
				return nil
			case strings.Contains(r.URL, "next_token="):
				return readable(`{}`)
			}
			return readable(`{"roleList":[{"roleName":"` + known.Roles[0] + `"}],"nextToken":"t"}`)
		})
		w.ok(message.SyncStart, ref())
		w.until("listing", 5*time.Minute, func() bool { return !pending(w.secretState()) })
		if a := w.directory().Find(known.ID); a.State != directory.Failed || a.Problem != "UnreadableAnswer" || !slices.Equal(a.Roles, known.Roles) {
			t.Errorf("the account is %+v", a)
		}
	})
}

// That nothing is left of a directory has to be said twice, and is told of.
func TestADirectoryIsNotEmptiedWithoutWords(t *testing.T) {
	for _, always := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 20}, func(w *world) {
			w.ready()
			asked := len(w.net.sent("/assignment/accounts"))
			w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
				if strings.Contains(r.URL, "/assignment/accounts") && (always || len(w.net.sent("/assignment/accounts")) == asked+1) {
					return readable(`{"accountList":[]}`)
				}
				return nil
			})
			w.ok(message.SyncStart, ref())
			w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
			if n := len(w.net.sent("/assignment/accounts")) - asked; n != 2 {
				t.Errorf("the accounts were asked for %d times", n)
			}
			if d, notice := w.directory(), w.status().Notice; (len(d.Accounts) == 0) != always || (notice != "") != always {
				t.Errorf("always empty: %v; %d accounts are left, notice %q", always, len(d.Accounts), notice)
			}
		})
	}
}

// Nor is an account, which the portal lists because of a role.
func TestAnAccountLosesItsLastRoleOnlyIfThatIsSaidTwice(t *testing.T) {
	for _, always := range []bool{false, true} {
		for _, known := range []bool{false, true} {
			inWorld(t, portaltest.Config{Accounts: 20}, func(w *world) {
				if known {
					w.ready()
				}
				id, asked := w.portal.Directory()[7].ID, 0
				w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
					if !strings.Contains(r.URL, "account_id="+id) {
						return nil
					}
					if asked++; asked > 1 && !always {
						return nil
					}
					return readable(`{"roleList":[]}`)
				})
				if known {
					w.ok(message.SyncStart, ref())
				} else {
					w.signIn()
				}
				w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
				a := w.directory().Find(id)
				if (len(a.Roles) == 0) != always || a.State != directory.Done || asked != 2 || w.directory().Updated == 0 {
					t.Errorf("always empty: %v; asked %d times, the account is %+v", always, asked, a)
				}
			})
		}
	}
}

func TestOddAccountsMakeNoRows(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		good := w.portal.Directory()[0]
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.Contains(r.URL, "/assignment/accounts") {
				return readable(`{"accountList":[null,{},{"accountName":"nobody"},{"accountId":null,"accountName":"x"},{"accountId":"","emailAddress":"e"},
					{"accountId":"` + good.ID + `","accountName":null},{"accountId":"` + good.ID + `","accountName":null}]}`)
			}
			return nil
		})
		w.signIn()
		w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
		d := w.directory()
		if len(d.Accounts) != 1 || d.Accounts[0].ID != good.ID || d.Accounts[0].Name != good.ID || len(d.Accounts[0].Roles) != len(good.Roles) {
			t.Errorf("listed %+v", d.Accounts)
		}
	})
}

// What was given up is not said to go on.
func TestListingThatWasGivenUpDoesNotSayItGoesOn(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3, TokenTTL: 100 * time.Hour}, func(w *world) {
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { return refusal(503, "ServiceUnavailable") }))
		w.signIn()
		const says = "goes on trying by itself"
		w.until("said", time.Hour, func() bool { return w.status().Problem != nil && strings.Contains(w.status().Problem.Hint, says) })
		time.Sleep(24 * time.Hour)
		w.until("given up", time.Minute, func() bool { return len(w.jobs()) == 0 })
		if p := w.status().Problem; p == nil || strings.Contains(p.Hint, says) || p.Hint == "" {
			t.Errorf("problem %+v", p)
		}
	})
}

func TestWhatTheListOfAccountsIsRefusedWithIsNoWordOfARole(t *testing.T) {
	for _, code := range []string{"ResourceNotFoundException", "ForbiddenException", "InvalidRequestException", "AccessDeniedException", "ExpiredTokenException", "InvalidGrantException"} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ready()
			w.net.setAnswer(at("/assignment/accounts", "", refusal(404, code)))
			w.ok(message.SyncStart, ref())
			w.until("problem", time.Minute, func() bool { return w.status().Problem != nil })
			if p := w.status().Problem; p.Code != message.PortalFault || !strings.Contains(p.Message, code) || strings.Contains(p.Error(), "role") {
				t.Errorf("%s: %+v", code, p)
			}
		})
	}
}

// Setting the clock back costs a listing no time.
func TestAListingGoesOnWhenTheClockIsSetBack(t *testing.T) {
	for _, back := range []time.Duration{-time.Second, -time.Minute, -9 * time.Minute, -24 * time.Hour} {
		inWorld(t, portaltest.Config{Accounts: 400}, func(w *world) {
			w.signIn()
			time.Sleep(2 * time.Second)
			w.setClock(back)
			w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
			w.listed()
		})
	}
}

// A list that goes on for ever ends, long before ssocore would end it.
func TestListsThatGoOnForEverEnd(t *testing.T) {
	endless := func(path, page string, most int) {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			var asked atomic.Int64
			w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
				if !strings.Contains(r.URL, path) {
					return nil
				}
				return readable(strings.ReplaceAll(page, "%", strconv.FormatInt(asked.Add(1), 10)))
			})
			w.ok(message.SyncStart, ref())
			w.until("end", time.Hour, func() bool { return w.status().Problem != nil || w.directory().Count(directory.Failed) > 0 })
			if n := int(asked.Load()); n < most || n > most*50 {
				t.Errorf("%s: asked for %d pages, want %d", path, n, most)
			}
			if p := w.status().Problem; path == "/assignment/accounts" && !strings.Contains(p.Message, "no end") {
				t.Errorf("problem %+v", p)
			}
		})
	}
	endless("/assignment/accounts", `{"accountList":[{"accountId":"%"}],"nextToken":"t%"}`, 1000)
	endless("/assignment/roles", `{"roleList":[{"roleName":"r%"}],"nextToken":"t%"}`, 200)
}

// A listing that ended without all is begun anew by the next popup, though an older
// and complete list is there; until then it is said that it did not.
func TestAListingThatEndedWithoutAllIsBegunAnew(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.Contains(r.URL, "/assignment/accounts") {
				return readable(`{"accountList":[{"accountId":"1"}],"nextToken":"t` + strconv.Itoa(len(w.net.sent("/assignment/accounts"))) + `"}`)
			}
			return nil
		})
		w.ok(message.SyncStart, ref())
		w.until("problem", time.Hour, func() bool { return w.status().Problem != nil })
		w.ok(message.ConsoleOpen, w.role().Fields())
		w.ok(message.CredentialsTold, w.orderOf("none")) // changes the status
		w.restart()
		if w.status().Problem == nil {
			t.Error("it is not said any more")
		}
		w.net.setAnswer(nil)
		w.wake()
		w.listed()
		if p := w.status().Problem; p != nil {
			t.Errorf("problem %+v", p)
		}
		w.quiet()
	})
}

// A listing whose workers ended before they learnt anything goes on at once where
// somebody looks, but not for ever: it may be what ends them.
func TestSomebodyWhoLooksWaitsForNoDeadWorker(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 160, Roles: 1, TPS: 20}, func(w *world) {
		w.signIn()
		w.until("a listing", time.Minute, func() bool { return len(w.net.sent("/assignment/roles")) > 0 })
		// The next worker is woken, and dies as soon as it has asked for something.
		dies := func(wake func()) (after time.Duration) {
			w.restart()
			before, began := len(w.net.sent("/assignment/roles")), time.Now()
			go wake()
			for len(w.net.sent("/assignment/roles")) == before && time.Since(began) < 10*time.Minute {
				time.Sleep(10 * time.Millisecond)
			}
			return time.Since(began)
		}
		looks := func() { w.life.backend.Handle(w.life.ctx, message.Wake, nil) }
		for n := range 4 {
			if d := dies(looks); d > time.Second {
				t.Errorf("after %d dead workers it goes on after %v", n+1, d)
			}
		}
		for range 3 {
			dies(func() { w.life.backend.Alarm(w.life.ctx) })
		}
		if d := dies(looks); d < time.Minute {
			t.Errorf("after many dead workers it goes on after %v", d)
		}
	})
}
