package backend

import (
	"context"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
)

// staleAfter is how many hours old a directory may be before an opened popup has it
// listed anew, unless another age is chosen. Assignments change seldom; a listing
// costs quota that the person's own tabs share.
const staleAfter = 12

// startSync has the directory listed anew.
func (b *Backend) startSync(ctx context.Context, p portal.Portal) error {
	if _, err := b.token(ctx, p); err != nil {
		return err
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		now := b.Clock.Now()
		s.problem = nil
		l := s.wantListing(now)
		l.since, l.asked, l.retry = now, true, false
		l.atOnce()
		return nil
	}); err != nil {
		return err
	}
	return nil
}

// listAgain has some accounts listed, by their IDs a line each, and only these as long as
// the list is no older than an hour; if none is named, those that failed. A listing under
// way does it anyway, these first.
func (b *Backend) listAgain(ctx context.Context, p portal.Portal, accounts string) error {
	if _, err := b.token(ctx, p); err != nil {
		return err
	}
	_, err := b.update(ctx, p, func(s *session) error {
		if jobOf[*listing](s) == nil {
			l := s.wantListing(b.Clock.Now())
			l.retry, l.again = true, accounts
		}
		if accounts != "" {
			b.listAhead(p, accounts)
		}
		s.problem = nil
		return nil
	})
	return err
}

// freshen is what opening the popup does for the portal it shows: it takes note
// of a session that has run out, has a stale directory listed anew, and drops
// the notice that the popup has read by now.
func (b *Backend) freshen(ctx context.Context, p portal.Portal) error {
	chosen, err := b.settings(ctx)
	if err != nil {
		return err
	}
	_, err = b.update(ctx, p, func(s *session) error {
		// Read here, where no listing can end between the look at the directory and
		// the look at the jobs: that one would be done again at once.
		stored, err := b.Local.Get(ctx, message.DirectoryPrefix+p.ID)
		if err != nil {
			return err
		}
		updated := directory.UpdatedAt(stored[message.DirectoryPrefix+p.ID])
		now := b.Clock.Now()
		if s.alive() {
			s.release() // a clock that was set right brings the session back
			if s.unlisted != nil || stale(updated, now, chosen.ListAfter) {
				s.wantListing(now).since = now // nobody gives up what somebody waits for
			}
			if l := jobOf[*listing](s); l != nil {
				l.goOn()
			}
		}
		s.status.Notice, s.status.Good, s.missed = "", false, missed{}
		return nil
	})
	return err
}

// stale tells whether a directory is to be listed anew, after as many hours as are
// chosen; one that was never complete always is. A time in the future is not believed:
// the clock was ahead.
func stale(updated, now time.Time, hours string) bool {
	after := message.ParseInt(hours)
	switch {
	case hours == "":
		after = staleAfter
	case after == 0:
		return updated.IsZero()
	}
	return now.Sub(updated) > time.Duration(after)*time.Hour || updated.After(now)
}
