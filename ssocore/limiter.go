package ssocore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// A Limiter keeps the callers of one portal below its quota, which nobody tells:
// it finds the rate from what is answered and what is refused, whatever it is,
// however it is counted, and whatever others use of it. It spaces attempts
// evenly; [estimate] says at what pace, and why that is right.
//
// A Limiter is safe for concurrent use.
type Limiter struct {
	clock Clock
	turn  chan struct{} // held by the first in the queue

	mu       sync.Mutex
	estimate estimate
	next     time.Time // when the next attempt may start
	seen     time.Time // when the clock was last read
	held     time.Time // when an attempt was last held back
	paused   time.Time // when the last pause began
	pauses   int       // in a row, with nothing taken between
	asked    time.Time // until when the service asked to wait
}

// NewLimiter returns a Limiter that begins with perSecond attempts a second,
// which must be positive. A nil clock means [SystemClock].
func NewLimiter(clock Clock, perSecond float64) *Limiter {
	if clock == nil {
		clock = SystemClock{}
	}
	return &Limiter{clock: clock, turn: make(chan struct{}, 1), estimate: estimate{pace: perSecond}}
}

// Found returns the rate that the portal was found to allow, in attempts a second;
// 0 as long as nothing was refused.
func (l *Limiter) Found() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.estimate.doubt == 1 {
		return 0
	}
	return l.estimate.found
}

// Expect has a Limiter that has found nothing yet begin with a positive rate that
// another has found of the same portal.
func (l *Limiter) Expect(rate float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.estimate.found == 0 {
		l.estimate.expect(rate)
	}
}

const (
	// mostPauses bounds how often a pause doubles while attempts are refused.
	mostPauses = 4

	// maxPause bounds a pause, whatever the service asks for.
	maxPause = 30 * time.Second

	// glance is how often it is looked whether a quota that was used up for long is open
	// again.
	glance = 100 * time.Millisecond

	// lateness is how late a timer may be without time being lost: those of
	// browsers are up to 15 ms late.
	lateness = 50 * time.Millisecond
)

// Wait returns when the caller may start an attempt, or ctx.Err() once ctx is
// done. Callers are served in the order they came. A call whose context is
// [Urgent] passes at once, and those that wait pay for it.
func (l *Limiter) Wait(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case isUrgent(ctx):
		l.WaitUrgent()
		return nil
	case admitted(ctx):
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
	now := l.now()
	if wait := l.next.Sub(now); wait > 0 {
		l.held = now
		if l.probing() {
			return min(wait, glance)
		}
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
		for _, t := range []*time.Time{&l.next, &l.held, &l.paused, &l.asked} {
			*t = t.Add(-back)
		}
		l.estimate.forget(now)
	}
	l.seen = now
	return now
}

// takeSlot moves next on by a slot. A timer that came late is no reason to be
// late for ever: next counts from the slot's own time, unless nobody wanted it.
func (l *Limiter) takeSlot() {
	now, interval := l.now(), l.interval()
	slack := max(interval, lateness)
	if l.next.Before(now.Add(-slack)) {
		if l.next.Before(now.Add(-2 * slack)) {
			l.estimate.forget(now)
		}
		l.next = now
	}
	if l.probing() {
		interval = l.rest()
	}
	l.next = l.next.Add(interval)
}

// probing reports whether what came after a pause was refused as well. Then one attempt at
// a time finds out when no more are.
func (l *Limiter) probing() bool { return l.pauses > 1 }

// rest is how long a pause lasts.
func (l *Limiter) rest() time.Duration {
	interval := l.interval()
	return max(interval, min(interval*time.Duration(l.estimate.reserve()<<l.pauses), time.Second))
}

func (l *Limiter) interval() time.Duration {
	return time.Duration(float64(time.Second) / l.estimate.pace)
}

// Throttled tells of an attempt that was refused for coming too soon, and how
// long the service asked to wait (0 if it did not say).
func (l *Limiter) Throttled(retryAfter time.Duration) { l.refused(l.clock.Now(), retryAfter) }

// refused is Throttled of an attempt that started at a time.
func (l *Limiter) refused(sent time.Time, retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.estimate.refuse(sent, now) { // else it was on its way before the pause
		l.paused = now
		l.pause(now, l.rest())
		l.pauses = min(l.pauses+1, mostPauses)
	}
	if retryAfter > 0 {
		l.asked = now.Add(min(retryAfter, maxPause))
		l.pause(now, l.asked.Sub(now))
	}
}

// pause has all wait from now on.
func (l *Limiter) pause(now time.Time, d time.Duration) {
	if until := now.Add(d); l.next.Before(until) {
		l.next = until
	}
}

// OK tells of an attempt that was not refused for coming too soon.
func (l *Limiter) OK() { l.taken(l.clock.Now()) }

// taken is OK of an attempt that started at a time.
func (l *Limiter) taken(sent time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if sent.After(l.paused) {
		if l.probing() && l.next.After(now) {
			l.next = now
			if l.asked.After(now) {
				l.next = l.asked
			}
		}
		l.pauses = 0
	}
	l.estimate.take(sent, now, now.Sub(l.held) <= 2*max(l.interval(), lateness))
}

// learn takes the outcome of an attempt into account that started at a time. One
// that got no answer, or was given up, says nothing.
func (l *Limiter) learn(sent time.Time, err error) {
	var e *APIError
	switch {
	case err == nil:
		l.taken(sent)
	case !errors.As(err, &e):
	case e.Throttled():
		l.refused(sent, e.RetryAfter)
	default:
		l.taken(sent)
	}
}

type urgentKey struct{}

// Urgent returns a context whose calls a [Limiter] lets pass at once, for what
// a person waits for.
func Urgent(ctx context.Context) context.Context {
	return context.WithValue(ctx, urgentKey{}, true)
}

func isUrgent(ctx context.Context) bool { return ctx.Value(urgentKey{}) != nil }

type admittedKey struct{}

// Admitted returns a context whose next attempt has waited already: who has many
// calls to make waits before each ([Client.Wait]) and then begins it, and so has no
// more under way than the portal's latency demands.
func Admitted(ctx context.Context) context.Context {
	return context.WithValue(ctx, admittedKey{}, new(atomic.Bool))
}

// admitted reports whether an attempt is the one that was admitted.
func admitted(ctx context.Context) bool {
	used, ok := ctx.Value(admittedKey{}).(*atomic.Bool)
	return ok && used.CompareAndSwap(false, true)
}
