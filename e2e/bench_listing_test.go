package e2e

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// BenchmarkThousandAccounts lists a thousand accounts at the portal's quota while
// the popup is in use: how long that takes, to the time that the quota allows,
// and what kept the popup from a frame for more than 50 ms meanwhile. It is a
// benchmark, not a test, since a busy machine slows both.
func BenchmarkThousandAccounts(b *testing.B) {
	const accounts, roles, tps = 1000, 3, 20
	const floor = (accounts + accounts/100) / float64(tps) // seconds
	fatal(b, built())
	for b.Loop() {
		portal := portaltest.New(portaltest.Config{Accounts: accounts, Roles: roles, TPS: tps, Interval: time.Second})
		listing := &stopwatch{next: portal}
		server := httptest.NewServer(listing)
		br, err := browser.Launch(b.Context(), browser.Options{Extension: devBuild})
		fatal(b, err)
		j := &mainjob.Job{Browser: br, StartURL: server.URL + "/start", Region: portal.Region()}
		_, err1 := j.AddPortal()
		_, err2 := j.SignIn()
		p, err3 := j.Open()
		fatal(b, errors.Join(err1, err2, err3))
		// The browser itself tells of what takes a page more than 50 ms.
		_, err = browser.Eval[bool](p, "(globalThis.long = [], new PerformanceObserver((l) => long.push(...l.getEntries().map(e => e.duration))).observe({type: 'longtask'}), true)")
		fatal(b, err)
		fatal(b, browser.Until(5*time.Minute, "everything listed", func() (bool, error) {
			_, searching := j.Search("payments") // the person goes on meanwhile
			_, clearing := j.Search("")
			summary, err := p.Text("#summary")
			return summary == "3\u2009000 roles in 1\u2009000 accounts", errors.Join(searching, clearing, err)
		}))
		long, err := browser.Eval[[]float64](p, "long")
		fatal(b, err)
		b.ReportMetric(listing.took().Seconds()/floor, "of-floor")
		b.ReportMetric(float64(portal.Throttled()), "refused")
		b.ReportMetric(float64(len(long)), "long-tasks")
		br.Close()
		server.Close()
	}
	b.ReportMetric(0, "ns/op")
}

// stopwatch measures from the first answer of a listing to the last.
type stopwatch struct {
	next        http.Handler
	mu          sync.Mutex
	first, last time.Time
}

func (s *stopwatch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.next.ServeHTTP(w, r)
	if !strings.HasPrefix(r.URL.Path, "/assignment/") {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = time.Now()
	if s.first.IsZero() {
		s.first = s.last
	}
}

func (s *stopwatch) took() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last.Sub(s.first)
}
