package directory_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
)

// pacedPortal lets so many questions in a second, and lists its accounts in pages,
// each after its latency.
type pacedPortal struct {
	*portal
	perSecond   int
	connections chan struct{} // as a browser has; nil for any number
	next        time.Time
	inside      int
	queued      int // questions under way at once, at most, if there are few connections
	cut         int // the page that doesn't come; 0 for none
}

func (p *pacedPortal) Wait(ctx context.Context) error {
	if now := time.Now(); p.next.Before(now) {
		p.next = now
	}
	wait := time.Until(p.next)
	p.next = p.next.Add(time.Second / time.Duration(p.perSecond))
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pacedPortal) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		n := 0
		for page := range slices.Chunk(p.accounts, 100) {
			time.Sleep(p.latency)
			if n++; n == p.cut {
				yield(directory.Account{}, errNetwork)
				return
			}
			for _, a := range page {
				if !yield(a, nil) {
					return
				}
			}
		}
	}
}

func (p *pacedPortal) Roles(ctx context.Context, id string) ([]string, error) {
	if p.connections != nil {
		p.mu.Lock()
		p.inside++
		p.queued = max(p.queued, p.inside)
		p.mu.Unlock()
		p.connections <- struct{}{}
		defer func() {
			<-p.connections
			p.mu.Lock()
			p.inside--
			p.mu.Unlock()
		}()
	}
	return p.portal.Roles(ctx, id)
}

// inPacedBubble runs a sync of n accounts.
func inPacedBubble(t *testing.T, n int, p pacedPortal, test func(t *testing.T, r *rig, p *pacedPortal, sync func() error)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &rig{portal: newPortal(n)}
		p.portal = r.portal
		test(t, r, &p, func() error {
			s := directory.Syncer{Source: &p, Now: time.Now, Save: r.disk.save(t)}
			return s.Run(t.Context(), &r.dir)
		})
	})
}

func TestQuestionsUnderWayFollowTheLatency(t *testing.T) {
	for _, test := range []struct {
		perSecond int
		latency   time.Duration
		most      int
	}{
		{20, 20 * time.Millisecond, 1}, {20, 800 * time.Millisecond, 17}, {50, 800 * time.Millisecond, 41}, {1000, 100 * time.Millisecond, 64},
	} {
		inPacedBubble(t, 600, pacedPortal{perSecond: test.perSecond}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
			p.latency = test.latency
			start := time.Now()
			if err := sync(); err != nil {
				t.Fatal(err)
			}
			r.counts(t, 0, 600, 0)
			if r.most > test.most {
				t.Errorf("%d/s, %v: %d under way at once, want at most %d", test.perSecond, test.latency, r.most, test.most)
			}
			quickest := 600*time.Second/time.Duration(min(test.perSecond, int(64*time.Second/test.latency))) + 2*test.latency
			if took := time.Since(start); took > quickest+4*time.Second {
				t.Errorf("%d/s, %v: took %v, want about %v", test.perSecond, test.latency, took, quickest)
			}
		})
	}
}

// What waits in the browser keeps what a person asks for waiting, too.
func TestFewQuestionsQueueForConnections(t *testing.T) {
	inPacedBubble(t, 600, pacedPortal{perSecond: 50}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
		p.latency, p.connections = 400*time.Millisecond, make(chan struct{}, 6)
		start := time.Now()
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		if p.queued > 24 {
			t.Errorf("%d under way with six connections", p.queued)
		}
		if took, quickest := time.Since(start), 600/6*p.latency; took > quickest+2*time.Second {
			t.Errorf("took %v, the connections allow %v", took, quickest)
		}
	})
}

func TestRolesAreAskedForWhileTheAccountsStillCome(t *testing.T) {
	inPacedBubble(t, 1000, pacedPortal{perSecond: 20}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
		p.latency = 800 * time.Millisecond // eight seconds for the accounts
		start := time.Now()
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 52*time.Second {
			t.Errorf("took %v", took)
		}
		if len(r.asked) != 1000 || r.disk.times[0].Sub(start) > 8100*time.Millisecond {
			t.Errorf("asked %d times, saved first after %v", len(r.asked), r.disk.times[0].Sub(start))
		}
		r.counts(t, 0, 1000, 0)
		r.savedAll(t)
	})
}

func TestAnAccountThatIsRefusedAheadIsRefused(t *testing.T) {
	inPacedBubble(t, 300, pacedPortal{perSecond: 20}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
		p.latency = 400 * time.Millisecond
		r.problems[accountID(5)] = &directory.RefusedError{Code: "ForbiddenException"}
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 299, 1)
		if len(r.asked) != 300 {
			t.Errorf("asked %d times", len(r.asked))
		}
	})
}

func TestAListThatIsCutOffTakesNothingOfWhatWasAskedAhead(t *testing.T) {
	inPacedBubble(t, 1000, pacedPortal{perSecond: 20, cut: 8}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
		p.latency = 800 * time.Millisecond
		if err := sync(); !errors.Is(err, errNetwork) {
			t.Fatalf("got %v", err)
		}
		if d := r.disk.last(t); len(r.dir.Accounts) != 0 || d.Rows() != 0 || d.Started != 0 || r.running != 0 {
			t.Errorf("%d accounts, %d rows of a sync at %d, %d questions under way", len(r.dir.Accounts), d.Rows(), d.Started, r.running)
		}
		r.dir = *r.disk.last(t)
		if p.cut = 0; sync() != nil {
			t.Error("the next sync fails")
		}
		r.counts(t, 0, 1000, 0)
		if len(r.changes.Text()) > 0 {
			t.Errorf("changes are %q", r.changes.Text())
		}
	})
}

// Who opens the popup while a long list comes finds what has come.
func TestAccountsAreSavedAsTheyComeOfAPortalThatNeverWasListed(t *testing.T) {
	inPacedBubble(t, 1000, pacedPortal{perSecond: 20}, func(t *testing.T, r *rig, p *pacedPortal, sync func() error) {
		p.latency = 800 * time.Millisecond
		began := time.Now()
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		shown := 0
		for i, d := range r.disk.all(t) {
			came := min(int(r.disk.times[i].Sub(began)/p.latency), 10) * 100
			if n := len(d.Accounts); n < shown || d.Started == 0 && (n != came || d.Rows() > 0 || d.Updated != 0) || d.Started > 0 && n != 1000 {
				t.Errorf("after %v %d accounts are saved, %d have come", r.disk.times[i].Sub(began), n, came)
			}
			shown = len(d.Accounts)
		}
		if len(r.disk.all(t)[0].Accounts) == 1000 {
			t.Error("the list is saved as a whole")
		}
		if n := len(r.disk.all(t)[2].Accounts); n < 400 {
			t.Errorf("after three saves there are %d", n)
		}
		r.counts(t, 0, 1000, 0)
		// The next one takes the place of a list only when it is whole.
		r.disk.texts = nil
		if err := sync(); err != nil {
			t.Fatal(err)
		}
		for _, d := range r.disk.all(t) {
			if len(d.Accounts) != 1000 || d.Rows() != 1000 {
				t.Errorf("%d accounts, %d rows", len(d.Accounts), d.Rows())
			}
		}
	})
}
