package portaltest

import (
	"fmt"
	"math"
	"time"
)

// Quota is the way a request limit is enforced.
type Quota string

const (
	// TokenBucket lets a burst of one second's worth through and then refills
	// continuously.
	TokenBucket Quota = "token-bucket"
	// FixedWindow lets one second's worth through in each second of the clock.
	FixedWindow Quota = "fixed-window"
)

// limiter decides on requests in the order of their arrival. A refused request
// costs nothing.
type limiter interface {
	allow(now time.Time) bool
}

func newLimiter(q Quota, tps float64, now time.Time) limiter {
	switch {
	case tps < 0:
		return unlimited{}
	case q == TokenBucket:
		burst := math.Max(1, tps)
		return &tokenBucket{tps: tps, burst: burst, tokens: burst, filled: now}
	case q == FixedWindow:
		return &fixedWindow{tps: tps}
	}
	panic(fmt.Sprintf("portaltest: unknown quota %q", q))
}

// SetQuota has requests be limited otherwise from now on; see [Config].
func (p *Portal) SetQuota(q Quota, tps float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.limit = newLimiter(q, tps, p.config.Now())
}

type unlimited struct{}

func (unlimited) allow(time.Time) bool { return true }

type tokenBucket struct {
	tps, burst, tokens float64
	filled             time.Time
}

func (b *tokenBucket) allow(now time.Time) bool {
	if elapsed := now.Sub(b.filled); elapsed > 0 {
		b.tokens = math.Min(b.burst, b.tokens+b.tps*elapsed.Seconds())
		b.filled = now
	}
	// Sums of fractions fall a hair short of the whole they should give.
	const almostOne = 1 - 1e-9
	if b.tokens < almostOne {
		return false
	}
	b.tokens--
	return true
}

// fixedWindow counts in windows of one second, or of 1/tps seconds if fewer
// than one request a second is allowed.
type fixedWindow struct {
	tps    float64
	window int64
	used   int
}

func (f *fixedWindow) allow(now time.Time) bool {
	length := time.Second
	if f.tps < 1 {
		length = time.Duration(float64(time.Second) / f.tps)
	}
	if window := now.UnixNano() / int64(length); window != f.window {
		f.window, f.used = window, 0
	}
	if f.used >= max(1, int(f.tps)) {
		return false
	}
	f.used++
	return true
}
