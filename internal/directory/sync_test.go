package directory_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
)

// portal is a Source whose answers take time.
type portal struct {
	accounts []directory.Account // as listed, page after page
	listing  error               // ends the list of accounts
	roles    map[string][]string
	problems map[string]error // by account ID
	latency  time.Duration

	mu            sync.Mutex
	asked         []string // IDs whose roles were asked for
	running, most int      // questions under way
}

func (p *portal) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		for _, a := range p.accounts {
			if !yield(a, nil) {
				return
			}
		}
		if err := cmpErr(ctx.Err(), p.listing); err != nil {
			yield(directory.Account{}, err)
		}
	}
}

func (p *portal) Roles(ctx context.Context, id string) ([]string, error) {
	p.mu.Lock()
	p.asked = append(p.asked, id)
	p.running++
	p.most = max(p.most, p.running)
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		p.running--
		p.mu.Unlock()
	}()
	select {
	case <-time.After(p.latency):
		return p.roles[id], p.problems[id]
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// newPortal has n accounts of one role.
func newPortal(n int) *portal {
	p := &portal{roles: map[string][]string{}, problems: map[string]error{}, latency: 100 * time.Millisecond}
	for i := range n {
		id := accountID(i)
		p.accounts = append(p.accounts, directory.Account{ID: id, Name: fmt.Sprintf("account-%03d", i)})
		p.roles[id] = []string{"Admin"}
	}
	return p
}

func accountID(i int) string { return fmt.Sprintf("%012d", i) }

// disk keeps what is saved.
type disk struct {
	texts []string
	times []time.Time
	cost  time.Duration
	fail  func(nth int) error

	mu sync.Mutex
}

func (d *disk) save(t *testing.T) func(context.Context, *directory.Directory) error {
	return func(ctx context.Context, dir *directory.Directory) error {
		if !d.mu.TryLock() {
			t.Error("two saves overlap")
			return nil
		}
		defer d.mu.Unlock()
		d.texts, d.times = append(d.texts, directory.Encode(dir)), append(d.times, time.Now())
		time.Sleep(d.cost)
		if d.fail != nil {
			return d.fail(len(d.texts))
		}
		return ctx.Err()
	}
}

func (d *disk) last(t *testing.T) *directory.Directory {
	t.Helper()
	if len(d.texts) == 0 {
		t.Fatal("nothing was saved")
	}
	dir, err := directory.Decode(d.texts[len(d.texts)-1])
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// rig is one portal, one disk and the directory between them.
type rig struct {
	*portal
	disk disk
	dir  directory.Directory
}

func (r *rig) run(ctx context.Context, t *testing.T) error {
	s := directory.Syncer{Source: r.portal, Now: time.Now, Save: r.disk.save(t)}
	return s.Run(ctx, &r.dir)
}

// inBubble runs a test with a clock of its own, which moves only when all wait.
func inBubble(t *testing.T, n int, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, &rig{portal: newPortal(n)}) })
}

func (r *rig) savedAll(t *testing.T) {
	t.Helper()
	if saved := r.disk.last(t); directory.Encode(saved) != directory.Encode(&r.dir) {
		t.Error("what was learnt last is not saved")
	}
}

func (r *rig) counts(t *testing.T, pending, done, failed int) {
	t.Helper()
	p, d, f := r.dir.Count(directory.Pending), r.dir.Count(directory.Done), r.dir.Count(directory.Failed)
	if p != pending || d != done || f != failed {
		t.Errorf("%d pending, %d done, %d failed; want %d, %d, %d", p, d, f, pending, done, failed)
	}
}

func TestSyncListsEverythingInOrder(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		r.accounts = []directory.Account{
			{ID: "000000000003", Name: "zoo", Email: "z@example.com"},
			{ID: "000000000002", Name: "same"},
			{ID: "000000000001", Name: "same"},
			{ID: "000000000004", Name: "a\u200bb"},
		}
		r.roles = map[string][]string{
			"000000000003": {"ReadOnly", "Admin", "ReadOnly"},
			"000000000004": {"x\ty"},
		}
		started := time.Now()
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		want := directory.Directory{Started: started.UnixMilli(), Updated: time.Now().UnixMilli(), Accounts: []directory.Account{
			{ID: "000000000004", Name: `a\u{200b}b`, Roles: []string{`x\u{9}y`}, State: directory.Done},
			{ID: "000000000001", Name: "same", Roles: []string{}, State: directory.Done},
			{ID: "000000000002", Name: "same", Roles: []string{}, State: directory.Done},
			{ID: "000000000003", Name: "zoo", Email: "z@example.com", Roles: []string{"Admin", "ReadOnly"}, State: directory.Done},
		}}
		if !reflect.DeepEqual(r.dir, want) {
			t.Errorf("got %+v\nwant %+v", r.dir, want)
		}
		r.savedAll(t)
	})
}

func TestSyncAsksThePortalByItsOwnNames(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		const id = `odd\id`
		r.accounts, r.roles = []directory.Account{{ID: id}}, map[string][]string{id: {"Admin"}}
		for range 2 {
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(r.asked, []string{id, id}) || r.dir.Rows() != 1 {
			t.Errorf("asked for %q, %d rows", r.asked, r.dir.Rows())
		}
	})
}

func TestSyncOfAPortalWithoutAccountsIsComplete(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		if r.dir.Updated != time.Now().UnixMilli() || len(r.dir.Accounts) != 0 {
			t.Errorf("got %+v", r.dir)
		}
		r.savedAll(t)
	})
}

func TestOldRolesStayUntilNewOnesCome(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.roles[accountID(0)] = []string{"Auditor"}
		r.disk = disk{}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		first, err := directory.Decode(r.disk.texts[0])
		if err != nil {
			t.Fatal(err)
		}
		if a := first.Accounts[0]; a.State != directory.Pending || !slices.Equal(a.Roles, []string{"Admin"}) {
			t.Errorf("while listing: %+v", a)
		}
		if a := r.dir.Accounts[0]; a.State != directory.Done || !slices.Equal(a.Roles, []string{"Auditor"}) {
			t.Errorf("in the end: %+v", a)
		}
	})
}

func TestAccountsThatAreGoneVanishAndRenamedOnesKeepTheirRoles(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.accounts = []directory.Account{{ID: accountID(2), Name: "aaa"}, {ID: accountID(0), Name: "bbb"}}
		r.problems[accountID(2)] = &directory.RefusedError{Code: "ForbiddenException"}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		if len(r.dir.Accounts) != 2 || r.dir.Find(accountID(1)) != nil {
			t.Errorf("got %+v", r.dir.Accounts)
		}
		if a := r.dir.Accounts[0]; a.Name != "aaa" || !slices.Equal(a.Roles, []string{"Admin"}) {
			t.Errorf("the renamed account is %+v", a)
		}
	})
}

func TestAnAccountOnTwoPagesIsListedOnce(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		r.accounts = append(r.accounts, r.accounts[0], r.accounts[1])
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 3, 0)
		if len(r.asked) != 3 {
			t.Errorf("asked %d times", len(r.asked))
		}
	})
}

func TestARefusalConcernsOneAccountAlone(t *testing.T) {
	inBubble(t, 20, func(t *testing.T, r *rig) {
		r.problems[accountID(4)] = fmt.Errorf("list roles: %w", &directory.RefusedError{Code: "Forbid\tden"})
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 19, 1)
		if a := r.dir.Find(accountID(4)); a.Problem != `Forbid\u{9}den` || a.State != directory.Failed {
			t.Errorf("the account is %+v", a)
		}
		if r.dir.Updated == 0 {
			t.Error("the sync does not count as complete")
		}
		r.savedAll(t)
		delete(r.problems, accountID(4))
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 20, 0)
		if a := r.dir.Find(accountID(4)); a.Problem != "" {
			t.Errorf("the account still has a problem: %+v", a)
		}
	})
}

var errNetwork = errors.New("network is gone")

func TestAFatalErrorEndsTheSyncWithAllLearntSaved(t *testing.T) {
	inBubble(t, 100, func(t *testing.T, r *rig) {
		r.problems[accountID(50)] = errNetwork
		if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
			t.Fatalf("got %v", err)
		}
		if r.dir.Updated != 0 {
			t.Error("the sync counts as complete")
		}
		if done := r.dir.Count(directory.Done); done < 40 || done > 60 {
			t.Errorf("%d accounts are done", done)
		}
		if len(r.asked) > 64 { // seven rounds of eight, and one begun before the error was seen
			t.Errorf("asked on: %d questions", len(r.asked))
		}
		r.savedAll(t)
	})
}

func TestAFatalErrorWhileListingAccountsChangesNothing(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		before, saves := directory.Encode(&r.dir), len(r.disk.texts)
		r.accounts, r.listing = r.accounts[:1], errNetwork
		if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
			t.Fatalf("got %v", err)
		}
		if directory.Encode(&r.dir) != before || len(r.disk.texts) != saves {
			t.Error("a list that was cut off replaced a whole one")
		}
	})
}

func TestCancellingSavesWhatWasLearnt(t *testing.T) {
	inBubble(t, 100, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(450*time.Millisecond, cancel) // in the middle of the fifth round
		if err := r.run(ctx, t); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		r.counts(t, 68, 32, 0)
		r.savedAll(t)
	})
}

func TestCancellingAfterTheLastAnswerIsTooLate(t *testing.T) {
	inBubble(t, 8, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		r.disk.fail = func(int) error { return nil }
		r.problems[accountID(7)] = cancelling{cancel}
		if err := r.run(ctx, t); err != nil {
			t.Fatalf("got %v", err)
		}
		if r.dir.Updated == 0 {
			t.Error("the sync does not count as complete")
		}
	})
}

// cancelling is a refusal that ends a context when it is looked at.
type cancelling struct{ cancel context.CancelFunc }

func (cancelling) Error() string { return "refused" }
func (c cancelling) As(target any) bool {
	refused, ok := target.(**directory.RefusedError)
	if ok {
		c.cancel()
		*refused = &directory.RefusedError{Code: "Gone"}
	}
	return ok
}

func TestASyncThatWasCutOffGoesOnWhereItEnded(t *testing.T) {
	for _, test := range []struct {
		name   string
		pause  time.Duration
		afresh bool
	}{
		{"at once", 0, false},
		{"within the hour", 59 * time.Minute, false},
		{"after an hour", 61 * time.Minute, true},
		{"after the clock was set back", -time.Hour, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, 40, func(t *testing.T, r *rig) {
				r.problems[accountID(20)] = errNetwork
				if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
					t.Fatalf("got %v", err)
				}
				r.dir = *r.disk.last(t) // another worker takes over
				var pending []string
				for _, a := range r.dir.Accounts {
					if a.State == directory.Pending {
						pending = append(pending, a.ID)
					}
				}
				started := r.dir.Started
				delete(r.problems, accountID(20))
				r.asked = nil
				if test.pause < 0 {
					r.dir.Started = time.Now().Add(-test.pause).UnixMilli()
					started = r.dir.Started
				} else {
					time.Sleep(test.pause)
				}
				if err := r.run(t.Context(), t); err != nil {
					t.Fatal(err)
				}
				slices.Sort(r.asked)
				if got := len(r.asked) == 40; got != test.afresh {
					t.Errorf("asked for %d of 40", len(r.asked))
				}
				if !test.afresh && !slices.Equal(r.asked, pending) {
					t.Errorf("asked for %q, pending were %q", r.asked, pending)
				}
				if got := r.dir.Started != started; got != test.afresh {
					t.Errorf("started at %d, before at %d", r.dir.Started, started)
				}
				r.counts(t, 0, 40, 0)
			})
		})
	}
}

var errQuota = errors.New("storage is full")

func TestASaveThatFailsEndsTheSync(t *testing.T) {
	for _, test := range []struct {
		name      string
		nth       int // save that fails
		asked     int // questions at most
		completed bool
	}{
		{"the first", 1, 0, false},
		{"one in the middle", 2, 100, false},
		{"the last", 4, 200, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, 200, func(t *testing.T, r *rig) { // 25 rounds of 100 ms
				r.disk.fail = func(nth int) error {
					if nth == test.nth {
						return errQuota
					}
					return nil
				}
				if err := r.run(t.Context(), t); !errors.Is(err, errQuota) {
					t.Fatalf("got %v", err)
				}
				if len(r.asked) > test.asked {
					t.Errorf("asked %d times", len(r.asked))
				}
				if got := r.dir.Count(directory.Pending) == 0; got != test.completed {
					t.Errorf("%d accounts are pending", r.dir.Count(directory.Pending))
				}
			})
		})
	}
}

func TestProgressIsSavedAboutOnceASecond(t *testing.T) {
	for _, cost := range []time.Duration{0, 300 * time.Millisecond} {
		t.Run("a save takes "+cost.String(), func(t *testing.T) {
			inBubble(t, 400, func(t *testing.T, r *rig) { // 50 rounds of 100 ms
				r.disk.cost = cost
				started := time.Now()
				if err := r.run(t.Context(), t); err != nil {
					t.Fatal(err)
				}
				took := time.Since(started)
				if n := len(r.disk.times) - 2; n < int(took/(1500*time.Millisecond)) || n > int(took/time.Second) {
					t.Errorf("%d saves under way in %v", n, took)
				}
				middle := r.disk.times[:len(r.disk.times)-1]
				for i := 1; i < len(middle); i++ {
					if gap := middle[i].Sub(middle[i-1]); gap < time.Second || gap > 1500*time.Millisecond {
						t.Errorf("save %d came %v after the one before", i, gap)
					}
				}
			})
		})
	}
}

func TestAtMostEightQuestionsAreUnderWay(t *testing.T) {
	for _, n := range []int{1, 5, 8, 9, 100} {
		inBubble(t, n, func(t *testing.T, r *rig) {
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			if r.most != min(n, 8) || r.running != 0 {
				t.Errorf("%d accounts: %d questions at once, %d still under way", n, r.most, r.running)
			}
		})
	}
}
