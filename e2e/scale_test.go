package e2e

import (
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

// A thousand accounts at the portal's quota: nothing is lost, no time is lost,
// and the popup stays smooth while it goes on.
func TestThousandAccountsAreListedAtTheQuota(t *testing.T) {
	const accounts, roles, tps = 1000, 3, 20
	portal := portaltest.New(portaltest.Config{Accounts: accounts, Roles: roles, TPS: tps, Interval: time.Second})
	var mu sync.Mutex
	var first, last time.Time
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		portal.ServeHTTP(w, r)
		if strings.HasPrefix(r.URL.Path, "/assignment/") {
			mu.Lock()
			defer mu.Unlock()
			last = time.Now()
			if first.IsZero() {
				first = last
			}
		}
	}))
	defer server.Close()
	b := launch(t, browser.Options{Extension: devBuild})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region(), Shots: shots(t)}
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	p := open(t, j)
	// The browser itself tells of everything that keeps a page from a frame for
	// more than 50 ms.
	eval[bool](t, p, "(globalThis.long = [], new PerformanceObserver((l) => long.push(...l.getEntries().map(e => e.duration))).observe({type: 'longtask'}), true)")
	must(t, browser.Until(2*time.Minute, "everything listed", func() (bool, error) {
		summary, err := p.Text("#summary")
		if strings.Contains(summary, "500 of") {
			must(t, j.Shot("half-way"))
			saw(t)(j.Search("payments")) // the person goes on meanwhile
			saw(t)(j.Search(""))
		}
		return strings.Contains(summary, " in "), err
	}))
	holds(t, saw(t)(p.Text("#summary")), "3\u2009000 roles in 1\u2009000 accounts")
	if long := eval[[]float64](t, p, "long"); len(long) > 0 {
		t.Errorf("tasks of over 50 ms in the popup: %v", long)
	}
	mu.Lock()
	defer mu.Unlock()
	requests := portal.Requests()["ListAccounts"] + portal.Requests()["ListAccountRoles"]
	floor := time.Duration(accounts+accounts/100) * time.Second / tps
	took := last.Sub(first)
	t.Logf("%d requests, %d of them refused, in %v: %.3f of the floor", requests, portal.Throttled(), took.Round(time.Millisecond), took.Seconds()/floor.Seconds())
	if took > floor*105/100 {
		t.Errorf("listing took %v, the quota allows %v", took, floor)
	}
}
