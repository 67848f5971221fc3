package ssocore

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// setClock is a wall clock that can be set while others wait by it.
type setClock struct{ ahead *time.Duration }

func (c setClock) Now() time.Time { return time.Now().Round(0).Add(*c.ahead) }
func (c setClock) Sleep(ctx context.Context, d time.Duration) error {
	return SystemClock{}.Sleep(ctx, d)
}

func TestLimiterGoesOnWhenTheClockIsSet(t *testing.T) {
	for _, set := range []time.Duration{-24 * time.Hour, -time.Hour, -9 * time.Minute, -10 * time.Second, -time.Second, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			var ahead time.Duration
			l := NewLimiter(setClock{&ahead}, 20)
			wait := func() {
				if err := l.Wait(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			wait()
			ahead = set
			start := time.Now()
			for range 20 {
				wait()
			}
			if took := time.Since(start); took < 900*time.Millisecond || took > 2*time.Second {
				t.Errorf("20 attempts took %v after the clock was set by %v", took, set)
			}
		})
	}
}
