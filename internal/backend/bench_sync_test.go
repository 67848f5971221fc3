package backend_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/internal/portaltest"
)

const listedAccounts = 1000

// portalSetting is a portal that allows so many requests a second, of which a tab
// of the user's may take some.
type portalSetting struct {
	name    string
	tps     float64
	quota   portaltest.Quota
	latency time.Duration
	tab     float64 // requests a second
}

var portalSettings = []portalSetting{
	{"20/s, 100 ms", 20, portaltest.TokenBucket, 100 * time.Millisecond, 0},
	{"20/s, 20 ms", 20, portaltest.TokenBucket, 20 * time.Millisecond, 0},
	{"20/s, 800 ms", 20, portaltest.TokenBucket, 800 * time.Millisecond, 0},
	{"50/s, 100 ms", 50, portaltest.TokenBucket, 100 * time.Millisecond, 0},
	{"5/s, 100 ms", 5, portaltest.TokenBucket, 100 * time.Millisecond, 0},
	{"fixed window of 20/s, 100 ms", 20, portaltest.FixedWindow, 100 * time.Millisecond, 0},
	{"20/s, 100 ms, a tab takes 10", 20, portaltest.TokenBucket, 100 * time.Millisecond, 10},
}

// floor is the least time in which the quota lets a listing be complete: a request
// for a hundred accounts, and one for each.
func (s portalSetting) floor() float64 {
	const requests = listedAccounts + listedAccounts/100
	return (requests - s.tps) / (s.tps - s.tab)
}

// gauge is a portal that counts what is asked of it to list.
type gauge struct {
	*portaltest.Portal

	mu          sync.Mutex
	first, last time.Time
	asked       int
	refused     int
	late        int // refused after the first five seconds
}

func (g *gauge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	came, answer := time.Now(), &answered{ResponseWriter: w}
	g.Portal.ServeHTTP(answer, r)
	if !strings.HasPrefix(r.URL.Path, "/assignment/") {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.asked++; g.first.IsZero() {
		g.first = came
	}
	g.last = time.Now()
	if answer.code == http.StatusTooManyRequests {
		if g.refused++; g.last.Sub(g.first) > 5*time.Second {
			g.late++
		}
	}
}

// answered knows with which status a request was answered.
type answered struct {
	http.ResponseWriter
	code int
}

func (a *answered) WriteHeader(code int) {
	a.code = code
	a.ResponseWriter.WriteHeader(code)
}

// browse asks the portal as a tab does, at no even pace, until ctx is done.
func (s portalSetting) browse(ctx context.Context, portal http.Handler) (asked, refused int) {
	random := rand.New(rand.NewPCG(1, 1))
	var mu sync.Mutex
	var running sync.WaitGroup
	for s.tab > 0 && ctx.Err() == nil {
		time.Sleep(time.Duration((0.5 + random.Float64()) / s.tab * float64(time.Second)))
		asked++
		running.Go(func() {
			answer := httptest.NewRecorder()
			portal.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/assignment/accounts", nil))
			if mu.Lock(); answer.Code == http.StatusTooManyRequests {
				refused++
			}
			mu.Unlock()
		})
	}
	running.Wait()
	return asked, refused
}

// outcome is what listing came to.
type outcome struct {
	took     float64 // of the floor
	asked    int
	refused  int
	late     float64 // refused after the first five seconds, of all
	complete int     // accounts
	tab      float64 // refused of the tab's requests
}

func (o outcome) String() string {
	return fmt.Sprintf("%.3f of the floor, %4d requests, %3d refused (%.1f %% late), %4d accounts complete, %.1f %% of the tab's refused",
		o.took, o.asked, o.refused, 100*o.late, o.complete, 100*o.tab)
}

// measure has something list a portal's accounts, and looks on.
func (s portalSetting) measure(portal *portaltest.Portal, list func(*gauge) int) outcome {
	g := &gauge{Portal: portal}
	ctx, leave := context.WithCancel(context.Background())
	var o outcome
	var tab sync.WaitGroup
	tab.Go(func() {
		if asked, refused := s.browse(ctx, portal); asked > 0 {
			o.tab = float64(refused) / float64(asked)
		}
	})
	defer leave() // also when the listing fails
	time.Sleep(2 * time.Second)
	o.complete = list(g)
	leave()
	tab.Wait()
	o.took = g.last.Sub(g.first).Seconds() / s.floor()
	o.asked, o.refused, o.late = g.asked, g.refused, float64(g.late)/float64(g.asked)
	return o
}

func (s portalSetting) config() portaltest.Config {
	return portaltest.Config{Accounts: listedAccounts, TPS: s.tps, Quota: s.quota, Latency: s.latency}
}

// TestAListingTakesWhatTheQuotaAllows lists a thousand accounts in simulated time,
// by the whole worker.
func TestAListingTakesWhatTheQuotaAllows(t *testing.T) {
	for _, s := range portalSettings {
		inWorld(t, s.config(), func(w *world) {
			o := s.measure(w.portal, func(g *gauge) int {
				w.set(func() { w.net.handler = g })
				w.ready()
				return len(w.directory().Accounts)
			})
			t.Logf("%-28s %v", s.name, o)
			// Of an answer that takes long the first refusals are known late.
			if late := 0.03; o.took > 1.07 || o.complete != listedAccounts || o.late > late || o.tab > 2*late {
				t.Errorf("%s: %v", s.name, o)
			}
		})
	}
}
