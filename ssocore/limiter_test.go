package ssocore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// quota decides which requests a service takes at a time.
type quota interface{ take(now time.Time) bool }

// tokenBucket refills rate tokens a second up to burst.
type tokenBucket struct {
	rate, burst, tokens float64
	last                time.Time
}

func (q *tokenBucket) take(now time.Time) bool {
	if q.last.IsZero() {
		q.tokens = q.burst
	} else {
		q.tokens = min(q.burst, q.tokens+q.rate*now.Sub(q.last).Seconds())
	}
	q.last = now
	if q.tokens < 1 {
		return false
	}
	q.tokens--
	return true
}

// fixedWindow takes limit requests in each second that begins at an offset.
type fixedWindow struct {
	limit, used int
	offset      time.Duration
	window      time.Time
}

func (q *fixedWindow) take(now time.Time) bool {
	if w := now.Add(-q.offset).Truncate(time.Second); !w.Equal(q.window) {
		q.window, q.used = w, 0
	}
	q.used++
	return q.used <= q.limit
}

// throttlingPortal answers listings, within a quota and after a latency of
// which one part passes before the request arrives and one after.
type throttlingPortal struct {
	quota   quota
	latency func() time.Duration
	pages   int
	page    int // pages of accounts given

	mu      sync.Mutex
	taken   int
	refused []time.Time
}

func (p *throttlingPortal) refusedAfter(t time.Time) (n int) {
	for _, at := range p.refused {
		if at.After(t) {
			n++
		}
	}
	return n
}

func (p *throttlingPortal) Fetch(ctx context.Context, req *Request) (*Response, error) {
	time.Sleep(p.latency())
	resp := p.answer(req)
	time.Sleep(p.latency())
	return resp, ctx.Err()
}

func (p *throttlingPortal) answer(req *Request) *Response {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.quota.take(time.Now()) {
		p.refused = append(p.refused, time.Now())
		return &Response{Status: 429, Header: Header{}, Body: []byte(
			`{"message":"HTTP 429 Unknown Code","__type":"com.amazonaws.switchboard.portal#TooManyRequestsException"}`)}
	}
	p.taken++
	if strings.Contains(req.URL, "/assignment/accounts") && p.page < p.pages-1 {
		p.page++
		return &Response{Status: 200, Body: []byte(`{"accountList":[],"nextToken":"` + strconv.Itoa(p.page) + `"}`)}
	}
	return &Response{Status: 200, Body: []byte(fullAnswer)}
}

// listAll lists pages of accounts and, while they come, the roles of 100 accounts
// of each, as many at once as the Limiter admits. It returns how long that took.
func listAll(t *testing.T, portal *throttlingPortal, limiter *Limiter, random func() float64) time.Duration {
	c, err := New(Options{Region: "eu-west-1", Fetcher: portal, Limiter: limiter, Random: random})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	ids := make(chan int, 100*portal.pages)
	go func() {
		defer close(ids)
		for _, err := range NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: "token"}).Pages(t.Context()) {
			if err != nil {
				t.Error(err)
				return
			}
			for range 100 {
				ids <- 0
			}
		}
	}()
	var running sync.WaitGroup
	for range ids {
		if err := c.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx := Admitted(t.Context())
		running.Go(func() {
			if _, err := c.ListAccountRoles(ctx, &ListAccountRolesInput{AccessToken: "token", AccountID: "000000000001"}); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	return time.Since(start)
}

// lateClock wakes up to 15 ms late, as the timers of a browser do.
type lateClock struct {
	SystemClock
	random func() float64
}

func (c lateClock) Sleep(ctx context.Context, d time.Duration) error {
	if d > 0 {
		d += time.Duration(c.random() * float64(15*time.Millisecond))
	}
	return c.SystemClock.Sleep(ctx, d)
}

// TestLimiterKeepsCloseToTheQuota lists a thousand accounts in simulated time, at
// quotas of which the Limiter knows nothing, and measures how much longer that
// takes than the quota and the first and the last answer demand, and what share of
// the attempts was refused after the first five seconds.
func TestLimiterKeepsCloseToTheQuota(t *testing.T) {
	latencies := []struct {
		name       string
		each, upTo time.Duration // of one way: fixed, and a random part
	}{
		{"20 ms", 10 * time.Millisecond, 0},
		{"100 ms", 50 * time.Millisecond, 0},
		{"800 ms", 400 * time.Millisecond, 0},
		{"0 to 200 ms", 0, 100 * time.Millisecond},
	}
	// Where attempts arrive unevenly, a window refuses some while others are not
	// full; where answers take long, a high rate is found late.
	// The bounds leave room for what the order of goroutines makes of one run.
	bounds := map[string]float64{"token bucket": 1.12, "fixed window": 1.25}
	var table strings.Builder
	for _, kind := range []string{"token bucket", "fixed window"} {
		for _, rate := range []int{50, 20, 10, 5, 2} {
			for _, latency := range latencies {
				worst, refused := 0.0, 0.0
				for seed := range uint64(6) {
					synctest.Test(t, func(t *testing.T) {
						random := lockedRandom(seed)
						portal := &throttlingPortal{pages: 10,
							quota: newQuota(kind, rate, random()),
							latency: func() time.Duration {
								return latency.each + time.Duration(random()*float64(latency.upTo))
							},
						}
						var clock Clock = SystemClock{}
						if seed%2 == 1 {
							clock = lateClock{random: random}
						}
						began := time.Now()
						took := listAll(t, portal, NewLimiter(clock, 20), random)
						floor := float64(1010-rate)/float64(rate) + (4*latency.each + 2*latency.upTo).Seconds()
						worst = max(worst, took.Seconds()/floor)
						refused = max(refused, float64(portal.refusedAfter(began.Add(5*time.Second)))/1010)
					})
				}
				fmt.Fprintf(&table, "\n%s of %2d/s, latency %-11s  %.3f of the floor, %.2f %% refused", kind, rate, latency.name, worst, 100*refused)
				if bound := bounds[kind]; worst > bound {
					t.Errorf("%s of %d/s, latency %s: %.3f of the floor, want at most %.2f", kind, rate, latency.name, worst, bound)
				}
				if rate >= 5 && rate <= 20 && latency.upTo == 0 && latency.each < 400*time.Millisecond && kind == "token bucket" && refused > 0.02 {
					t.Errorf("%s of %d/s, latency %s: %.2f %% are refused", kind, rate, latency.name, 100*refused)
				}
			}
		}
	}
	t.Log(table.String())
}

func newQuota(kind string, rate int, random float64) quota {
	if kind == "fixed window" {
		return &fixedWindow{limit: rate, offset: time.Duration(random * float64(time.Second))}
	}
	return &tokenBucket{rate: float64(rate), burst: float64(rate)}
}

// lockedRandom returns a seeded source for many goroutines.
func lockedRandom(seed uint64) func() float64 {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 1))
	return func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return random.Float64()
	}
}

func TestLimiterSpacesAttemptsEvenly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 10)
		start := time.Now()
		for i := range 5 {
			if err := l.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got, want := time.Since(start), time.Duration(i)*100*time.Millisecond; got != want {
				t.Errorf("attempt %d at %v, want %v", i, got, want)
			}
		}
		time.Sleep(time.Minute)
		idle := time.Now()
		for range 3 {
			l.Wait(t.Context())
		}
		if got := time.Since(idle); got != 200*time.Millisecond {
			t.Errorf("three attempts after idling took %v, want 200ms: no burst", got)
		}
	})
}

func TestLimiterLetsUrgentCallsPassAndTheBackgroundPay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 10)
		start := time.Now()
		l.Wait(t.Context())
		l.Throttled(3 * time.Second)
		for range 5 {
			if err := l.Wait(Urgent(t.Context())); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(start); got != 0 {
			t.Errorf("urgent calls waited %v", got)
		}
		l.Wait(t.Context())
		if got := time.Since(start); got < 3500*time.Millisecond {
			t.Errorf("the background went on after %v, want the pause and five slots", got)
		}
	})
}

// fill has a Limiter make attempts until a quota has been met, and returns the rate
// at which they were taken in the last ten seconds.
func fill(t *testing.T, l *Limiter, q quota, lasts time.Duration) float64 {
	taken := 0
	for began := time.Now(); time.Since(began) < lasts; {
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !q.take(time.Now()) {
			l.Throttled(0)
			continue
		}
		l.OK()
		if time.Since(began) > lasts-10*time.Second {
			taken++
		}
	}
	return float64(taken) / 10
}

func TestLimiterFollowsAQuotaThatChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 20)
		for _, rate := range []int{20, 8, 20, 1, 40} {
			got := fill(t, l, newQuota("token bucket", rate, 0), 6*time.Minute)
			if got < 0.9*float64(rate) || got > 1.1*float64(rate) {
				t.Errorf("%.1f a second at a quota of %d", got, rate)
			}
		}
	})
}

func TestLimiterBeginsWithWhatAnotherFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := NewLimiter(nil, 20)
		if first.Found() != 0 {
			t.Errorf("found %v before anything was refused", first.Found())
		}
		fill(t, first, newQuota("token bucket", 8, 0), time.Minute)
		rate := first.Found()
		if rate < 7.5 || rate > 8.5 {
			t.Errorf("found %v of a quota of 8", rate)
		}
		next, refused := NewLimiter(nil, 20), 0
		next.Expect(rate)
		quota := newQuota("token bucket", 8, 0)
		for range 80 {
			if err := next.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			if quota.take(time.Now()) {
				next.OK()
			} else {
				refused++
				next.Throttled(0)
			}
		}
		if refused > 1 {
			t.Errorf("%d of the next 80 attempts are refused", refused)
		}
	})
}

func TestLimiterWaitsAsLongAsItIsAskedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for asked, want := range map[time.Duration]time.Duration{5 * time.Second: 5 * time.Second, time.Hour: maxPause} {
			l := NewLimiter(nil, 20)
			l.Throttled(asked)
			start := time.Now()
			if err := l.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := time.Since(start); got != want {
				t.Errorf("asked to wait %v: waited %v, want %v", asked, got, want)
			}
		}
	})
}

func TestAnAdmittedAttemptWaitsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 1)
		start := time.Now()
		if err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx := Admitted(t.Context())
		for i := range 3 { // the first is admitted, the others are a retry or a next page
			if err := l.Wait(ctx); err != nil {
				t.Fatal(err)
			}
			if got, want := time.Since(start), time.Duration(i)*time.Second; got != want {
				t.Errorf("attempt %d at %v, want %v", i, got, want)
			}
		}
	})
}

func TestLimiterWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 1)
		l.Throttled(10 * time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var waiting sync.WaitGroup
		for range 2 { // one has its turn, one queues for it
			waiting.Go(func() {
				if err := l.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("Wait = %v, want the context's error", err)
				}
			})
		}
		waiting.Wait()
		if err := l.Wait(Urgent(ctx)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("urgent Wait = %v, want the context's error", err)
		}
		if err := l.Wait(t.Context()); err != nil {
			t.Errorf("Wait after others gave up = %v", err)
		}
	})
}
