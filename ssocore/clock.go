package ssocore

import (
	"context"
	"time"
)

// A Clock tells the time and waits. Tests inject one that they drive by hand.
// A Clock is safe for concurrent use.
type Clock interface {
	Now() time.Time

	// Sleep returns nil after d, or ctx.Err() as soon as ctx is done. It
	// returns at once for a d that is not positive, unless ctx is done.
	Sleep(ctx context.Context, d time.Duration) error
}

// SystemClock is the [Clock] of the machine.
type SystemClock struct{}

// Now returns [time.Now].
func (SystemClock) Now() time.Time { return time.Now() }

// Sleep waits for d on a timer.
func (SystemClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
