package ssocore

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"
)

// A Limiter keeps the callers of one portal below its quota, which it finds
// from the answers. It starts at its ceiling, the rate the quota is believed
// to allow, and spaces attempts evenly, which suits a quota counted per second
// as well as one that refills all the time. An answer of "too many requests"
// holds everybody back for a moment and lowers the rate a little; each other
// answer raises it towards the ceiling again.
//
// A Limiter is safe for concurrent use.
type Limiter struct {
	clock   Clock
	ceiling float64       // attempts per second
	turn    chan struct{} // held by the first in the queue

	mu       sync.Mutex
	rate     float64   // attempts per second, now
	next     time.Time // when the next attempt may start
	lastCut  time.Time
	seen     time.Time // when the clock was last read
	throttle int       // throttled answers not yet outweighed by good ones
}

// NewLimiter returns a Limiter of at most perSecond attempts a second, which
// must be positive. A nil clock means [SystemClock].
func NewLimiter(clock Clock, perSecond float64) *Limiter {
	if clock == nil {
		clock = SystemClock{}
	}
	return &Limiter{
		clock:   clock,
		ceiling: perSecond,
		turn:    make(chan struct{}, 1),
		rate:    perSecond,
	}
}

// These constants trade the time lost to refused attempts against the time
// lost by being slower than the quota allows. The simulation in
// TestLimiterKeepsCloseToTheQuota measures both.
const (
	// rateCut is what a single overflow leaves of the rate: a second that was
	// one attempt too full asks for no more. The n-th in a row counts as
	// 2n-1, so that a rate far too high falls fast.
	rateCut = 0.98

	// rateGain is what a good answer adds, as a share of the geometric mean of
	// rate and ceiling: a rate far below its ceiling is there for a reason and
	// climbs slower, yet not as slow as in proportion to itself.
	rateGain = 0.0005

	// minRateShare is the share of the ceiling the rate never falls below.
	minRateShare = 0.02

	// cutEvery is how long one cut covers the throttled answers that follow:
	// they were on their way already.
	cutEvery = 500 * time.Millisecond

	// maxPause bounds a pause, whatever the service asks for.
	maxPause = 30 * time.Second
)

// Wait returns when the caller may start an attempt, or ctx.Err() once ctx is
// done. Callers are served in the order they came. A call whose context is
// [Urgent] passes at once, and those that wait pay for it.
func (l *Limiter) Wait(ctx context.Context) error {
	if isUrgent(ctx) && ctx.Err() == nil {
		l.WaitUrgent()
		return nil
	}
	return l.wait(ctx)
}

// WaitUrgent accounts for an attempt that starts now, whatever the rate.
func (l *Limiter) WaitUrgent() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.takeSlot()
}

// wait queues for a turn, then for the next slot.
func (l *Limiter) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		wait := l.tryTake()
		if wait <= 0 {
			return nil
		}
		if err := l.clock.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// tryTake takes the next slot if its time has come, and returns how long that
// is off otherwise.
func (l *Limiter) tryTake() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if wait := l.next.Sub(l.now()); wait > 0 {
		return wait
	}
	l.takeSlot()
	return 0
}

// now tells the time. Should the clock have been set back since it was last read,
// what is to come moves with it: nobody waits longer than was meant.
func (l *Limiter) now() time.Time {
	now := l.clock.Now()
	if back := l.seen.Sub(now); back > 0 {
		l.next, l.lastCut = l.next.Add(-back), l.lastCut.Add(-back)
	}
	l.seen = now
	return now
}

// takeSlot moves next on by a slot. A timer that came late is no reason to be
// late for ever: next counts from the slot's own time, unless that is more
// than a slot ago.
func (l *Limiter) takeSlot() {
	now, interval := l.now(), l.interval()
	if l.next.Before(now.Add(-interval)) {
		l.next = now
	}
	l.next = l.next.Add(interval)
}

func (l *Limiter) interval() time.Duration {
	return time.Duration(float64(time.Second) / l.rate)
}

// Throttled tells of an attempt that was refused for coming too soon, and how
// long the service asked to wait (0 if it did not say).
func (l *Limiter) Throttled(retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	l.throttle++
	if now.Sub(l.lastCut) >= cutEvery {
		l.lastCut = now
		l.rate = max(l.rate*math.Pow(rateCut, float64(2*l.throttle-1)), l.ceiling*minRateShare)
	}
	pause := max(l.interval()*time.Duration(l.throttle), retryAfter)
	if until := now.Add(min(pause, maxPause)); l.next.Before(until) {
		l.next = until
	}
}

// OK tells of an attempt that was not refused for coming too soon.
func (l *Limiter) OK() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.throttle = max(l.throttle-1, 0)
	l.rate = min(l.rate+rateGain*math.Sqrt(l.rate*l.ceiling), l.ceiling)
}

// learn takes the outcome of an attempt into account. One that got no answer,
// or was given up, says nothing.
func (l *Limiter) learn(err error) {
	var e *APIError
	switch {
	case err == nil:
		l.OK()
	case !errors.As(err, &e):
	case e.Throttled():
		l.Throttled(e.RetryAfter)
	default:
		l.OK()
	}
}

type urgentKey struct{}

// Urgent returns a context whose calls a [Limiter] lets pass at once, for what
// a person waits for.
func Urgent(ctx context.Context) context.Context {
	return context.WithValue(ctx, urgentKey{}, true)
}

func isUrgent(ctx context.Context) bool { return ctx.Value(urgentKey{}) != nil }
