package backend_test

import (
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/internal/words"
	"portico/ssocore"
)

func TestLargeListingStaysWithinTheQuota(t *testing.T) {
	for _, quota := range []portaltest.Quota{portaltest.TokenBucket, portaltest.FixedWindow} {
		for _, tps := range []float64{20, 10} { // what is believed, and half of it
			config := portaltest.Config{Accounts: 230, TPS: tps, Quota: quota, Latency: 80 * time.Millisecond}
			inWorld(t, config, func(w *world) {
				w.signIn()
				w.listed()
				for _, entry := range w.session.history() {
					if s := message.ParseStatus(entry.value); strings.HasPrefix(entry.key, "status:") && s.Problem != nil {
						t.Errorf("the person saw %+v", s.Problem)
					}
				}
				t.Logf("%s of %v a second: %d rows; %d of %d requests throttled",
					quota, tps, w.directory().Rows(), w.portal.Throttled(), len(w.net.sent("")))
				w.quiet()
			})
		}
	}
}

// Somebody copies credentials all the while that a listing uses up the quota.
func TestCredentialsPassTheListing(t *testing.T) {
	for _, quota := range []portaltest.Quota{portaltest.TokenBucket, portaltest.FixedWindow} {
		inWorld(t, portaltest.Config{Accounts: 230, Quota: quota, Latency: 80 * time.Millisecond}, func(w *world) {
			w.signIn()
			var waits []time.Duration
			for pending(w.secretState()) {
				start := time.Now()
				c := message.CopyFrom(w.ok(message.CredentialsCopy, w.order().Fields()))
				if len(pasted(c)) != 4 || c.Expiration == 0 {
					t.Fatal("incomplete credentials")
				}
				waits = append(waits, time.Since(start))
				time.Sleep(700 * time.Millisecond)
			}
			w.listed()
			// While the quota is looked for, now and then one is refused and asked for again.
			if slices.Sort(waits); len(waits) < 10 || waits[len(waits)/2] > 100*time.Millisecond || waits[len(waits)-1] > time.Second {
				t.Errorf("%s: credentials took %v, an answer takes 80 ms", quota, waits)
			}
		})
	}
}

func TestProgressIsShown(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		w.ready()
		var phases []message.SyncPhase
		done := int64(-1)
		for _, entry := range w.session.history() {
			if !strings.HasPrefix(entry.key, "status:") {
				continue
			}
			s := message.ParseStatus(entry.value)
			if len(phases) == 0 || phases[len(phases)-1] != s.Sync {
				phases = append(phases, s.Sync)
			}
			if s.Sync == message.ListingRoles {
				if s.Total != 120 || s.Done < done {
					t.Errorf("%d of %d after %d", s.Done, s.Total, done)
				}
				done = s.Done
				left, unit, _ := strings.Cut(s.Left, " ")
				if n := message.ParseInt(left); s.Left != "" && (unit != "s" || n < 1 || n > 12) || s.Left == "" && s.Done > 80 && s.Done < 120 {
					t.Errorf("%q left at %d accounts", s.Left, s.Done)
				}
			}
		}
		if want := []message.SyncPhase{message.Idle, message.ListingAccounts, message.ListingRoles, message.Idle}; !slices.Equal(phases, want) {
			t.Errorf("phases %q", phases)
		}
	})
}

func TestResumedListingAsksForWhatIsMissing(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		w.signIn()
		time.Sleep(3500 * time.Millisecond)
		w.kill()
		saved := w.directory()
		before := len(w.net.sent("/assignment/roles"))
		w.begin()
		w.life.backend.Alarm(w.life.ctx)
		w.listed()
		if n := saved.Count(directory.Done); n < 40 {
			t.Fatalf("%d accounts were stored after 3.5 s", n)
		}
		if n := len(w.net.sent("/assignment/accounts")); n != 2 {
			t.Errorf("%d pages of accounts, want 2: they were stored", n)
		}
		for _, r := range w.net.sent("/assignment/roles")[before:] {
			if a := saved.Find(r.query.Get("account_id")); a.State == directory.Done {
				t.Errorf("roles of %s were asked for again", a.ID)
			}
		}
		w.quiet()
	})
}

// A popup that is opened at the moment in which a listing ends does not have it done
// again, though what is stored takes a while to be read.
func TestAPopupOpenedAsAListingEndsListsNothing(t *testing.T) {
	config := portaltest.Config{Accounts: 30, Latency: 80 * time.Millisecond}
	var lasts time.Duration
	inWorld(t, config, func(w *world) {
		var last time.Time
		w.disk = func(_ int, key string) error {
			if strings.HasPrefix(key, message.DirectoryPrefix) {
				last = time.Now()
			}
			return nil
		}
		w.signIn()
		began := time.Now()
		w.listed()
		lasts = last.Sub(began)
	})
	for range 10 { // who comes first in that moment is left to chance
		inWorld(t, config, func(w *world) {
			w.slow = func([]string) {
				// By turns of others, not by time: no clock runs while somebody waits for a lock.
				for range 1000 {
					runtime.Gosched()
				}
			}
			w.signIn()
			time.Sleep(lasts)
			w.wake()
			w.listed()
			if n := w.portal.Requests()["ListAccounts"]; n != 1 {
				t.Errorf("%d pages of accounts, want 1", n)
			}
			w.quiet()
		})
	}
}

func TestStaleDirectoryIsListedWhenThePopupOpens(t *testing.T) {
	for _, test := range []struct {
		chosen       string
		fresh, stale time.Duration // 0 for never
	}{
		{"", 11 * time.Hour, 13 * time.Hour}, {"1", 50 * time.Minute, 70 * time.Minute}, {"168", 160 * time.Hour, 170 * time.Hour}, {"0", 1000 * time.Hour, 0},
	} {
		inWorld(t, portaltest.Config{TokenTTL: 2000 * time.Hour}, func(w *world) {
			w.ready()
			w.ok(message.SettingsSet, message.Fields{"listAfter": test.chosen})
			listings := func() int { w.listed(); return w.portal.Requests()["ListAccounts"] }
			time.Sleep(test.fresh)
			w.wake()
			if n := listings(); n != 1 {
				t.Errorf("%q: %d listings of a fresh directory", test.chosen, n)
			}
			want := 1
			if test.stale > 0 {
				time.Sleep(test.stale - test.fresh)
				w.wake()
				want = 2
			}
			if n := listings(); n != want {
				t.Errorf("%q: %d listings, want %d: a stale directory is listed anew", test.chosen, n, want)
			}
			w.ok(message.SyncStart, ref())
			if n := listings(); n != want+1 {
				t.Errorf("%q: %d listings, want another when asked for", test.chosen, n)
			}
			w.quiet()
		})
	}
}

func TestListingCutOffGoesOnWithTheAlarm(t *testing.T) {
	tests := []struct {
		name   string
		answer func(r *ssocore.Request) *ssocore.Response
		code   message.Code
	}{
		{"server failure", func(*ssocore.Request) *ssocore.Response { return refusal(503, "ServiceUnavailable") }, message.PortalFault},
		{"log-in page of a hotel", func(*ssocore.Request) *ssocore.Response {
			return &ssocore.Response{Status: 200, Header: ssocore.Header{"content-type": "text/html"}, Body: []byte("<html>")}
		}, message.PortalFault},
		{"truncated", func(*ssocore.Request) *ssocore.Response {
			return &ssocore.Response{Status: 200, Body: []byte(`{"accountList":[`)}
		}, message.PortalFault},
		{"quota used up by others", func(*ssocore.Request) *ssocore.Response { return refusal(429, "TooManyRequestsException") }, message.Throttled},
	}
	for _, after := range []time.Duration{0, 1500 * time.Millisecond} {
		for _, test := range tests {
			t.Run(test.name+" after "+after.String(), func(t *testing.T) {
				inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
					if after == 0 {
						w.net.setAnswer(onPortal(test.answer))
					}
					w.signIn()
					time.Sleep(after)
					w.net.setAnswer(onPortal(test.answer))
					w.until("problem", 30*time.Minute, func() bool { return w.status().Problem != nil })
					if p := w.status().Problem; p.Code != test.code || !p.Retryable {
						t.Errorf("problem %+v", p)
					}
					if w.browser.ringing() == nil {
						t.Fatal("no alarm")
					}
					w.net.setAnswer(nil)
					w.life.backend.Alarm(w.life.ctx)
					// After a storm the limiter takes minutes to trust the quota again.
					w.until("listing", 10*time.Minute, func() bool { return !pending(w.secretState()) })
					d := w.directory()
					if done := d.Count(directory.Done); d.Updated == 0 || done != 120 || w.status().Problem != nil {
						t.Errorf("%d of 120 done, problem %v", done, w.status().Problem)
					}
					w.ok(message.SyncStart, ref())
					w.listed()
					w.quiet()
				})
			})
		}
	}
}

// onPortal is for the portal API alone.
func onPortal(answer func(*ssocore.Request) *ssocore.Response) func(*ssocore.Request) *ssocore.Response {
	return func(r *ssocore.Request) *ssocore.Response {
		if strings.Contains(r.URL, "/assignment/") {
			return answer(r)
		}
		return nil
	}
}

func TestRefusedAccountsDoNotEndTheListing(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		bad := w.portal.Directory()[:2]
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			switch {
			case strings.Contains(r.URL, "account_id="+bad[0].ID):
				return refusal(403, "ForbiddenException")
			case strings.Contains(r.URL, "account_id="+bad[1].ID):
				return refusal(500, "InternalServerException")
			}
			return nil
		})
		w.signIn()
		w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
		d := w.directory()
		if d.Count(directory.Failed) != 2 || d.Count(directory.Done) != 38 || w.status().Problem != nil {
			t.Errorf("%d failed, %d done, problem %v", d.Count(directory.Failed), d.Count(directory.Done), w.status().Problem)
		}
		if a := d.Find(bad[0].ID); a.Problem != "ForbiddenException" {
			t.Errorf("account says %q", a.Problem)
		}
		w.quiet()
	})
}

// A session that ends while accounts are about to be tried again says nothing
// about these.
func TestListingThatIsCutOffBlamesNoAccount(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		var asked atomic.Int32
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			switch roles := strings.Contains(r.URL, "account_id="); {
			case roles && asked.Add(1) < 4:
				return refusal(500, "InternalServerException")
			case roles, strings.Contains(r.URL, "/assignment/accounts") && asked.Load() >= 4:
				return refusal(401, "UnauthorizedException")
			}
			return nil
		})
		w.signIn()
		w.phase(message.ExpiredPhase)
		w.quiet()
		if n := w.directory().Count(directory.Failed); n != 0 {
			t.Errorf("%d accounts are said to have failed", n)
		}
	})
}

// A few accounts that the portal always fails for are no outage, as long as it
// answers for others in between.
func TestAccountsThatAlwaysFail(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 120}, func(w *world) {
		accounts := w.portal.Directory()
		slices.SortFunc(accounts, func(a, b portaltest.Account) int { return strings.Compare(a.Name, b.Name) })
		bad := map[string]bool{}
		for i := 0; i < 100; i += 20 {
			bad[accounts[i].ID] = true
		}
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if _, id, ok := strings.Cut(r.URL, "account_id="); ok && bad[id] {
				return refusal(500, "InternalServerException")
			}
			return nil
		})
		w.signIn()
		w.until("listing", time.Minute, func() bool { return !pending(w.secretState()) })
		if d := w.directory(); d.Count(directory.Failed) != len(bad) || d.Count(directory.Done) != 120-len(bad) || w.status().Problem != nil {
			t.Errorf("%d failed, problem %v", d.Count(directory.Failed), w.status().Problem)
		}
	})
}

// Asked for while an attempt is about to fail, a listing begins again at once.
func TestRefreshDuringAFailureIsNotLost(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response {
			return &ssocore.Response{Status: 200, Body: []byte("<html>")}
		}))
		h := w.net.hold("/assignment/accounts")
		w.signIn()
		<-h.arrived
		w.net.setAnswer(nil)
		w.ok(message.SyncStart, ref())
		close(h.release)
		w.listed()
		w.quiet()
	})
}

func TestListingThatCanNotSucceedIsNotRepeated(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(onPortal(func(*ssocore.Request) *ssocore.Response { return refusal(403, "ForbiddenException") }))
		w.signIn()
		synctest.Wait()
		if p := w.status().Problem; p == nil || p.Code != message.Denied {
			t.Errorf("problem %+v", p)
		}
		w.quiet()
	})
}

func TestAnswersThatDoNotCome(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		silent := portaltest.New(portaltest.Config{Latency: time.Hour})
		w.net.handler = silent
		start := time.Now()
		e := w.refused(message.CredentialsCopy, w.order().Fields(), message.Offline)
		if took := time.Since(start); took > 30*time.Second || !e.Retryable {
			t.Errorf("%+v after %v", e, took)
		}
		w.ok(message.SyncStart, ref())
		w.until("problem", 2*time.Minute, func() bool { return w.status().Problem != nil })
		if p := w.status().Problem; p.Code != message.Offline {
			t.Errorf("problem %+v", p)
		}
		w.net.setPortal(w.portal)
		w.wake()
		w.listed()
	})
}

func TestNoAssignmentsIsNoError(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: -1}, func(w *world) {
		w.ready()
		if s := w.status(); s.Problem != nil || s.Total != 0 {
			t.Errorf("status %+v", s)
		}
		w.quiet()
	})
}

// What is stored of a problem is its name and what it is about, beside the words
// for the popup. That a listing goes on is said while it does.
func TestAProblemIsStoredByItsName(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
		w.ready()
		w.net.setOffline(true)
		w.ok(message.SyncStart, ref())
		w.until("the problem", time.Minute, func() bool { return w.status().Problem != nil })
		p := w.status().Problem
		if p.Said != "NoAnswer\n127.0.0.1:8765" || !strings.HasSuffix(p.Hint, words.GoesOn) {
			t.Errorf("problem %+v", p)
		}
		kept := message.ErrorFrom(message.ParseText(w.jobs()[0]["problem"]))
		if kept == nil || kept.Said != p.Said || kept.Hint+words.GoesOn != p.Hint {
			t.Errorf("kept is %+v, shown %+v", kept, p)
		}
	})
}

// A worker that dies leaves to the next what the portal allows: it is not looked for
// again.
func TestTheNextWorkerKnowsTheRate(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 400, TPS: 8, Latency: 80 * time.Millisecond}, func(w *world) {
		w.signIn()
		time.Sleep(20 * time.Second)
		w.kill()
		before := w.portal.Throttled()
		time.Sleep(5 * time.Second)
		w.begin()
		w.wake()
		time.Sleep(10 * time.Second)
		if n := w.portal.Throttled() - before; n > 3 {
			t.Errorf("%d requests of the next worker are refused in ten seconds", n)
		}
		w.listed()
	})
}

// A search that meets accounts whose roles are not there yet has them within a second
// or two, however many others there are; what was used is there as soon.
func TestWhatIsSearchedForIsListedNow(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1000, Latency: 100 * time.Millisecond}, func(w *world) {
		w.signIn()
		w.until("the roles of some", 10*time.Second, func() bool { return w.status().Sync == message.ListingRoles && w.status().Done > 60 })
		d := w.directory()
		shown := d.Accounts[800:808]
		ids := ""
		for i := range shown {
			ids += shown[i].ID + "\n"
		}
		w.ok(message.SyncAhead, message.Ahead{Portal: startURL, Accounts: ids}.Fields())
		time.Sleep(2500 * time.Millisecond)
		for i := range shown {
			if a := w.directory().Find(shown[i].ID); a.State != directory.Done {
				t.Errorf("account %d is %+v after 2.5 s", i, a)
			}
		}
		w.listed()
		last := w.directory().Accounts[990]
		w.ok(message.ConsoleOpen, message.Role{Portal: startURL, AccountID: last.ID, RoleName: last.Roles[0]}.Fields())
		time.Sleep(time.Hour)
		asked := len(w.net.sent("/assignment/roles"))
		w.ok(message.SyncStart, ref())
		w.listed()
		for n, r := range w.net.sent("/assignment/roles")[asked:] {
			if r.query.Get("account_id") == last.ID && n > 100 {
				t.Errorf("what was used is asked for as number %d", n)
			}
		}
	})
}

// Who opens the popup while ten slow pages of accounts come finds those that came, also after
// a worker that died, and in the end all of them.
func TestAccountsCanBeSearchedForAsTheyCome(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 1000, Latency: 800 * time.Millisecond}, func(w *world) {
		w.signIn()
		began := time.Now()
		w.until("the first accounts", time.Minute, func() bool { return len(w.directory().Accounts) > 0 })
		d, s := w.directory(), w.status()
		if took := time.Since(began); took > 3*time.Second || len(d.Accounts) >= 1000 || d.Rows() > 0 {
			t.Errorf("after %v there are %d accounts, %d rows", took, len(d.Accounts), d.Rows())
		}
		if s.Sync != message.ListingAccounts || s.Problem != nil {
			t.Errorf("status %+v", s)
		}
		shown := len(d.Accounts)
		w.restart()
		w.wake()
		for w.status().Sync == message.ListingAccounts || w.status().Sync == message.Idle {
			time.Sleep(100 * time.Millisecond)
			if n := len(w.directory().Accounts); n < shown {
				t.Fatalf("%d accounts were shown, now %d", shown, n)
			}
		}
		w.listed()
		if n := len(w.directory().Accounts); n != 1000 || w.status().Notice != "" {
			t.Errorf("%d accounts, told %q", n, w.status().Notice)
		}
	})
}
