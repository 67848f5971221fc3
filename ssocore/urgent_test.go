package ssocore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestUrgentCallsWaitLittleDuringAListing has somebody ask for credentials every
// few seconds while a large organisation is listed, in simulated time, with the
// quota that is believed in and with less. Hardly anybody notices the listing.
func TestUrgentCallsWaitLittleDuringAListing(t *testing.T) {
	var table strings.Builder
	for _, kind := range []string{"token bucket", "fixed window"} {
		for _, rate := range []int{20, 15, 10, 8} {
			var waits []time.Duration
			failed := 0
			for seed := range uint64(8) {
				synctest.Test(t, func(t *testing.T) {
					random := lockedRandom(seed)
					portal := &throttlingPortal{pages: 10, quota: newQuota(kind, rate, random()),
						latency: func() time.Duration { return 50 * time.Millisecond }}
					limiter := NewLimiter(nil, 20)
					c, err := New(Options{Region: "eu-west-1", Fetcher: portal, Limiter: limiter, Random: random})
					if err != nil {
						t.Fatal(err)
					}
					ctx, stop := context.WithCancel(t.Context())
					done := make(chan struct{})
					go func() {
						defer close(done)
						for {
							time.Sleep(time.Duration((1 + 4*random()) * float64(time.Second)))
							if ctx.Err() != nil {
								return
							}
							start := time.Now()
							_, err := c.GetRoleCredentials(Urgent(t.Context()), &GetRoleCredentialsInput{
								AccessToken: "token", AccountID: "000000000001", RoleName: "Admin"})
							waits = append(waits, time.Since(start))
							if err != nil {
								failed++
							}
						}
					}()
					listAll(t, portal, limiter, random)
					stop()
					<-done
				})
			}
			slices.Sort(waits)
			at := func(share float64) time.Duration {
				return waits[int(share*float64(len(waits)-1))].Round(time.Millisecond)
			}
			if failed > 0 || at(0.99) > 3*time.Second || at(1) > 10*time.Second {
				t.Errorf("%s of %d/s: %d failed, waited %v p99, %v most", kind, rate, failed, at(0.99), at(1))
			}
			fmt.Fprintf(&table, "\n%s of %2d/s: %d calls, %d failed, waited %v median, %v p90, %v p99, %v most",
				kind, rate, len(waits), failed, at(0.5), at(0.9), at(0.99), at(1))
		}
	}
	t.Log(table.String())
}
