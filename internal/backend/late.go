package backend

import (
	"context"

	"portico/internal/message"
	"portico/internal/portal"
)

// missed says which permissions somebody wanted something with, and did not grant
// in time.
type missed struct{ hosts, bookmarks bool }

// late takes note of permissions of a portal that were granted when what they
// were for was forgotten: the question was read for too long. That does not come
// true any more, but whoever said yes is to see the popup again, from which
// nothing is missing now. It tells whether there was anything.
func (b *Backend) late(ctx context.Context, p portal.Portal) bool {
	granted := b.granted(ctx, p)
	if granted == (missed{}) {
		return false
	}
	was := false
	_, err := b.update(ctx, p, func(s *session) error {
		s.forgetWishes()
		was = s.missed.hosts && granted.hosts || s.missed.bookmarks && granted.bookmarks
		if granted.hosts {
			s.missed.hosts = false
		}
		if granted.bookmarks {
			s.missed.bookmarks = false
		}
		cleared := granted.hosts && s.problem != nil && s.problem.Code == message.NeedsAccess && s.problem.Origins != ""
		if cleared {
			s.problem = nil
		}
		if !was && !cleared {
			return errStale // nothing to note
		}
		return nil
	})
	return was && err == nil
}

// granted tells which of a portal's permissions there are.
func (b *Backend) granted(ctx context.Context, p portal.Portal) missed {
	hosts, err := b.Browser.HasPermissions(ctx, nil, p.Patterns())
	hosts = hosts && err == nil
	marks, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	return missed{hosts, marks && err == nil}
}

// forgetWishes ends what waited for a permission for too long.
func (s *session) forgetWishes() {
	if in := jobOf[*signInJob](s); in != nil && in.wanted && in.over(s.now) {
		s.end(in)
		in.expire(s)
	}
	if mark := jobOf[*bookmarkJob](s); mark != nil && mark.held && mark.over(s.now) {
		s.end(mark)
		mark.expire(s)
	}
}
