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

	mu       sync.Mutex
	taken    int
	refused  int
	arrivals []time.Time
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
	p.arrivals = append(p.arrivals, time.Now())
	if !p.quota.take(time.Now()) {
		p.refused++
		return &Response{Status: 429, Header: Header{}, Body: []byte(
			`{"message":"HTTP 429 Unknown Code","__type":"com.amazonaws.switchboard.portal#TooManyRequestsException"}`)}
	}
	p.taken++
	if p.taken < p.pages {
		return &Response{Status: 200, Body: []byte(`{"accountList":[],"nextToken":"` + strconv.Itoa(p.taken) + `"}`)}
	}
	return &Response{Status: 200, Body: []byte(fullAnswer)}
}

// listAll lists 10 pages of accounts, then the roles of 1,000 accounts with 8
// workers, and returns how long that took.
func listAll(t *testing.T, portal *throttlingPortal, limiter *Limiter, random func() float64) time.Duration {
	c, err := New(Options{Region: "eu-west-1", Fetcher: portal, Limiter: limiter, Random: random})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	portal.pages = 10
	for _, err := range NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: "token"}).Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	accounts := make(chan int)
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for id := range accounts {
				_, err := c.ListAccountRoles(t.Context(), &ListAccountRolesInput{
					AccessToken: "token", AccountID: fmt.Sprintf("%012d", id)})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for id := range 1000 {
		accounts <- id
	}
	close(accounts)
	workers.Wait()
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

// TestLimiterKeepsCloseToTheQuota lists a large organisation in simulated time
// and measures how much longer it takes than 1,010 requests at the quota's
// rate. A Limiter whose ceiling is the quota stays within 5 %; where the quota
// is lower, because the user's tabs take their share, within 10 %. Even a
// twentieth of the ceiling makes no listing fail.
func TestLimiterKeepsCloseToTheQuota(t *testing.T) {
	latencies := []struct {
		name       string
		each, upTo time.Duration // of one way: fixed, and a random part
	}{
		{"0 ms", 0, 0},
		{"50 ms", 25 * time.Millisecond, 0},
		{"200 ms", 100 * time.Millisecond, 0},
		{"0 to 200 ms", 0, 100 * time.Millisecond},
	}
	bounds := map[int]float64{20: 1.05, 15: 1.10, 8: 1.10, 3: 1.10, 1: 1.35}
	var table strings.Builder
	for _, kind := range []string{"token bucket", "fixed window"} {
		for _, rate := range []int{20, 15, 8, 3, 1} {
			for _, latency := range latencies {
				worst, refused := 0.0, 0
				for seed := range uint64(2) {
					synctest.Test(t, func(t *testing.T) {
						random := lockedRandom(seed)
						portal := &throttlingPortal{
							quota: newQuota(kind, rate, random()),
							latency: func() time.Duration {
								return latency.each + time.Duration(random()*float64(latency.upTo))
							},
						}
						var clock Clock = SystemClock{}
						if seed%2 == 1 {
							clock = lateClock{random: random}
						}
						took := listAll(t, portal, NewLimiter(clock, 20), random)
						worst = max(worst, took.Seconds()/(1010/float64(rate)))
						refused = max(refused, portal.refused)
					})
				}
				fmt.Fprintf(&table, "\n%s of %2d/s, latency %-11s  %.3f of the floor, %3d refused", kind, rate, latency.name, worst, refused)
				if bound := bounds[rate]; worst > bound {
					t.Errorf("%s of %d/s, latency %s: %.3f of the floor, want at most %.2f", kind, rate, latency.name, worst, bound)
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

func TestLimiterLowersAndRaisesItsRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLimiter(nil, 20)
		l.Throttled(0)
		l.Throttled(0) // was on its way already
		if l.rate != 20*rateCut {
			t.Errorf("rate is %v after one overflow, want %v", l.rate, 20*rateCut)
		}
		for range 1000 {
			l.OK()
		}
		if l.rate != 20 {
			t.Errorf("rate is %v after many good answers, want the ceiling", l.rate)
		}
		for range 1000 {
			l.Throttled(0)
			time.Sleep(time.Second)
		}
		if want := 20 * minRateShare; l.rate != want {
			t.Errorf("rate is %v after nothing but refusals, want %v", l.rate, want)
		}
		l.Throttled(time.Hour)
		if wait := time.Until(l.next); wait > maxPause {
			t.Errorf("paused for %v, want at most %v", wait, maxPause)
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
