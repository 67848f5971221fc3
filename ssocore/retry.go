package ssocore

import (
	"errors"
	"math"
	"strconv"
	"time"
)

// Retries follow the standard mode of the AWS SDKs: three attempts in all, and
// before the second and third a random part of 1 s and 2 s. Throttled attempts
// of a paced call are counted apart: the Limiter is still looking for the rate
// then, and a listing must not fail for that.
const (
	defaultAttempts = 3
	maxThrottled    = 10
	maxUrgent       = 20 // maxThrottled of an urgent call, whose attempts follow sooner

	maxBackoff = 20 * time.Second

	// maxExtraWait bounds what x-amz-retry-after adds to a backoff.
	maxExtraWait = 5 * time.Second

	// A throttled attempt of a paced call is spread over refusedBackoff instead
	// of a second, and only after patience refusals: by then the rate is far
	// from what the quota allows, and trying often would use up the attempts
	// before the Limiter has found it. Urgent calls back off at once, since the
	// Limiter does not hold them; but after urgentBackoffs refusals no longer
	// than before, since it holds the others, which leaves room.
	refusedBackoff = 250 * time.Millisecond
	patience       = 2
	urgentBackoffs = 2
)

// attempts counts the attempts of one call.
type attempts struct {
	limited   bool // paced by a Limiter
	urgent    bool // lets the Limiter hold others, not itself
	allowed   int  // in all, throttled ones of a paced call apart
	made      int
	failed    int
	refused   int           // for coming too soon, if limited
	throttled bool          // the last one was
	delay     time.Duration // before the next one
	paid      bool          // the last retry was taken from the quota
	broke     bool          // the next one could not be
}

// again counts a failed attempt, reports whether another one is due, and sets
// the delay before it.
func (a *attempts) again(err error, random func() float64, quota *retryQuota) bool {
	a.throttled = isThrottled(err)
	if !a.throttled && !isTransient(err) {
		return false
	}
	if a.limited && a.throttled {
		a.refused++
		if a.urgent {
			a.delay = delay(min(a.refused, urgentBackoffs), refusedBackoff, random, err)
			return a.refused < maxUrgent
		}
		a.delay = delay(a.refused, refusedBackoff, random, err)
		return a.refused < maxThrottled
	}
	a.failed++
	a.delay = delay(a.failed, time.Second, random, err)
	if a.failed >= a.allowed {
		return false
	}
	a.paid = quota.take()
	a.broke = !a.paid
	return a.paid
}

// annotate tells an error how many attempts it took.
func (a *attempts) annotate(err error) error {
	var e *APIError
	var lost *TransportError
	switch {
	case errors.As(err, &e):
		e.Attempts, e.RetryQuotaReached = a.made, a.broke
	case errors.As(err, &lost):
		lost.Attempts = a.made
	}
	return err
}

// delay returns how long to wait after the n-th failure: a random part of
// base * 2^(n-1), at least as long as the service asked for within reason.
func delay(n int, base time.Duration, random func() float64, err error) time.Duration {
	backoff := min(base<<min(n-1, 16), maxBackoff)
	wait := time.Duration(random() * float64(backoff))
	var e *APIError
	if !errors.As(err, &e) {
		return wait
	}
	bound := maxBackoff
	if e.retryAfterCapped {
		bound = wait + maxExtraWait
	}
	return max(wait, min(e.RetryAfter, bound))
}

func isThrottled(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Throttled()
}

// isTransient reports failures that often pass by themselves.
func isTransient(err error) bool {
	var lost *TransportError
	if errors.As(err, &lost) {
		return true
	}
	var e *APIError
	return errors.As(err, &e) && e.transient()
}

// retryAfter reads how long a service asks to wait: x-amz-retry-after in
// milliseconds, else Retry-After in seconds (RFC 9110 section 10.2.3; AWS never
// sends the date form). What is no whole number counts as absent.
func retryAfter(h Header) (d time.Duration, capped bool) {
	if ms, ok := wholeNumber(h["x-amz-retry-after"]); ok {
		return scale(ms, time.Millisecond), true
	}
	if s, ok := wholeNumber(h["retry-after"]); ok {
		return scale(s, time.Second), false
	}
	return 0, false
}

func wholeNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// scale returns n units, or the longest Duration if that is less.
func scale(n int64, unit time.Duration) time.Duration {
	if n > math.MaxInt64/int64(unit) {
		return math.MaxInt64
	}
	return time.Duration(n) * unit
}
