package backend

import (
	"context"
	"strconv"
	"time"

	"portico/internal/message"
	"portico/internal/words"
)

// endingKind is the kind of an ending.
const endingKind = "ending"

// endAhead is how long before a session's end the toolbar button counts its minutes.
const endAhead = 15 * time.Minute

// ending waits for the end of a session that can't be refreshed any more, and has the
// toolbar button count its last minutes while the portal is shown, if that is chosen.
// With the end goes what is kept of the session on the disk.
type ending struct {
	record
	end    time.Time
	counts bool // its last minutes, on the toolbar button
}

func (j *ending) list(c message.Codec) {
	c.Time("end", &j.end)
	c.Bool("counts", &j.counts)
}

// endKnown gives when the session ends; zero if nobody knows. Of one whose token is
// replaced the portal does not say.
func (s *session) endKnown() time.Time {
	if !s.alive() || s.refresh != "" {
		return time.Time{}
	}
	return s.tokenExpires
}

// awaitEnd has a job wait for the session's end, if it is known and of use to anybody.
func (s *session) awaitEnd() {
	j, end := jobOf[*ending](s), s.endKnown()
	if !s.chosen.SayEnd && !s.chosen.StaySignedIn {
		end = time.Time{}
	}
	switch {
	case j != nil && j.end.Equal(end) && j.counts == s.chosen.SayEnd:
		return
	case j != nil:
		s.end(j)
	}
	if !end.IsZero() {
		j = &ending{end: end, counts: s.chosen.SayEnd}
		s.desk.add(j, endingKind, s.portal, s.now)
		j.rest(s.now)
	}
}

// minutes is how many are left, if they are to be counted; else 0.
func (j *ending) minutes(now time.Time) int {
	if left := j.end.Sub(now); j.counts && left > 0 && left <= endAhead {
		return int((left + time.Minute - 1) / time.Minute)
	}
	return 0
}

// rest waits until another number of minutes is left.
func (j *ending) rest(now time.Time) {
	left := j.end.Sub(now)
	switch n := j.minutes(now); {
	case n > 0:
		j.at(now, left-time.Duration(n-1)*time.Minute)
	case j.counts && left > endAhead:
		j.at(now, min(left-endAhead, longestRest))
	case left > 0:
		j.at(now, min(left, longestRest))
	default: // by the portal's clock it is not over
		j.at(now, time.Minute)
	}
}

// do counts.
func (j *ending) do(ctx context.Context, b *Backend) error {
	return advance(ctx, b, j, func(s *session, current *ending) error {
		current.rest(s.now)
		if s.shown && current.minutes(s.now) > 0 {
			b.mark(ctx, s)
		}
		return nil
	})
}

func (j *ending) fail(_ *session, now time.Time, err error) {
	j.putOff(now, err)
	j.problem = nil // the session is well
}

func (j *ending) expire(*session) {}

// counted tells whether the toolbar button may count the minutes of the session.
func (s *session) counted() bool {
	j := jobOf[*ending](s)
	return j != nil && j.end.Sub(s.now) <= endAhead
}

// mark shows on the toolbar button what is to be seen there of the session of the
// shown portal. That it does not is no reason to do nothing else.
func (b *Backend) mark(ctx context.Context, s *session) {
	text, title := "", ""
	if j := jobOf[*ending](s); j != nil {
		if n := j.minutes(s.now); n > 0 {
			text = strconv.Itoa(n) + "m"
			title = words.SessionEnds.With(words.Minutes(int64(n)))
		}
	}
	_ = b.Browser.SetBadge(ctx, text, title)
}
