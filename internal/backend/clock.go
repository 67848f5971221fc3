package backend

import (
	"context"
	"strconv"
	"time"

	"portico/internal/message"
)

// skewTold is how far the computer's clock may be off before it is said, and
// before times of the portal are shown as that clock would.
const skewTold = 2 * time.Minute

// skew tells how far the portal's clock is ahead of ours, if one of its answers
// in this worker's life has told.
func (b *Backend) skew(p message.Portal) (ahead time.Duration, known bool) {
	b.reaching.Lock()
	defer b.reaching.Unlock()
	if c := b.clients[p]; c != nil {
		return c.Skew()
	}
	return 0, false
}

// noteSkew stores how far the clock is off, should that have changed.
func (b *Backend) noteSkew(ctx context.Context, s *session) {
	ahead, known := b.skew(s.portal)
	if !known || off(ahead) == off(s.ahead) && (ahead-s.ahead).Abs() < skewTold {
		return
	}
	// Storing takes the skew. If it fails, the next answer tells again.
	_, _ = b.update(ctx, s.portal, func(*session) error { return nil })
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
	direction := "behind"
	if ahead < 0 {
		direction = "ahead"
	}
	return &message.Error{Code: message.WrongClock, Message: "This computer’s clock is " + span(ahead.Abs()) + " " + direction + ".",
		Hint: "Set it right: AWS refuses requests that are signed with a wrong time. Until then times are shown as it shows them."}
}

// span says how long something is, roughly.
func span(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Round(time.Minute)/time.Minute)) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Round(time.Hour)/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d.Round(24*time.Hour)/(24*time.Hour))) + " days"
}
