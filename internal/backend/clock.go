package backend

import (
	"context"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// skewTold is how far the computer's clock may be off before it is said, and
// before times of the portal are shown as that clock would.
const skewTold = 2 * time.Minute

// skew is how far the portal's clock is ahead of ours, and when an answer told
// that, by our clock; the zero time if none did.
type skew struct {
	ahead time.Duration
	at    time.Time
}

// now is what is known of the skew by now. It is believed for as long as the
// least that is told of: so a clock that was set by that much, either way, shows
// in when the answer came, and what it said is of another clock.
func (k skew) now(now time.Time) time.Duration {
	if age := now.Sub(k.at); age < -time.Second || age > skewTold {
		return 0
	}
	return k.ahead
}

// skew tells what one of the portal's answers in this worker's life has told.
func (b *Backend) skew(p portal.Portal) (learnt skew, known bool) {
	b.reaching.Lock()
	defer b.reaching.Unlock()
	if c := b.clients[p]; c != nil {
		learnt.ahead, known = c.Skew()
		learnt.at = c.SkewTime()
	}
	return learnt, known
}

// noteSkew stores how far the clock is off, should that have changed.
func (b *Backend) noteSkew(ctx context.Context, p portal.Portal) {
	s, err := b.load(ctx, p)
	if err != nil {
		return
	}
	learnt, known := b.skew(p)
	said := s.status.Problem != nil && s.status.Problem.Code == message.WrongClock
	if !known || off(learnt.ahead) == said && (!said || (learnt.ahead-s.skew.ahead).Abs() < skewTold) {
		return
	}
	// Storing takes the skew. If it fails, the next answer tells again.
	_, _ = b.update(ctx, p, func(*session) error { return nil })
}

func off(ahead time.Duration) bool { return ahead.Abs() > skewTold }

// shift is what is taken off a time of the portal where it is shown.
func shift(ahead time.Duration) time.Duration {
	if off(ahead) {
		return ahead
	}
	return 0
}

// clockProblem says that the computer's clock is off; nil if it is not.
func clockProblem(ahead time.Duration) *message.Error {
	if !off(ahead) {
		return nil
	}
	return words.WrongClock(words.Span(ahead.Abs()), ahead < 0)
}
