package backend

import (
	"context"
	"time"

	"portico/internal/bookmarks"
	"portico/internal/console"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// bookmarksPermission is what the bookmark tree is behind.
const bookmarksPermission = "bookmarks"

// bookmarkKind is the kind of a bookmarkJob.
const bookmarkKind = "bookmark"

// bookmarkLife is how long a bookmark that was granted may take: the browser may
// end first.
const bookmarkLife = 24 * time.Hour

// bookmarkJob is a bookmark that waits for the permission to add it.
type bookmarkJob struct {
	record
	role message.Role
}

func (j *bookmarkJob) list(c message.Codec) {
	c.Text("bookmarkAccount", &j.role.AccountID)
	c.Text("bookmarkRole", &j.role.RoleName)
	c.Text("bookmarkTyped", &j.role.Typed)
}

// want has the bookmark wait for the permission, which the person is asked for
// now.
func (j *bookmarkJob) want(now time.Time) { j.held, j.since, j.life = true, now, wishLife }

// expire ends a wish that was refused without a word.
func (j *bookmarkJob) expire(s *session) { s.missed.bookmarks = s.missed.bookmarks || j.held }

// fail says why there is no bookmark: somebody looked on as it was asked for,
// and can ask again.
func (j *bookmarkJob) fail(s *session, _ time.Time, err error) {
	s.end(j)
	s.problem = explain(err)
}

// do adds the bookmark, now that it may.
func (j *bookmarkJob) do(ctx context.Context, b *Backend) error {
	done, err := b.bookmark(ctx, j.portal, j.role)
	defer b.summon(b.ctx) // from the browser's prompt
	if err != nil {
		return err
	}
	// If this is not stored, the bookmark is there all the same.
	return advance(ctx, b, j, func(s *session, current *bookmarkJob) error {
		s.end(current)
		s.status.Notice, s.status.Good = words.Bookmarked.With(directory.Isolate(done.Title), directory.Isolate(done.Folder)), true
		return nil
	})
}

// addBookmark bookmarks a role's link in the portal's folder. Without the
// permission it notes what is wanted and asks for it.
func (b *Backend) addBookmark(ctx context.Context, p portal.Portal, r message.Role) (message.Bookmarked, error) {
	if r.AccountID == "" || r.RoleName == "" {
		return message.Bookmarked{}, words.UnknownRequest(string(message.BookmarkAdd)) // a plan would take it for a whole account
	}
	granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	if err != nil {
		return message.Bookmarked{}, err
	}
	if !granted {
		if err := b.wantBookmark(ctx, p, r); err != nil {
			return message.Bookmarked{}, err
		}
		return message.Bookmarked{}, words.NeedsBookmarks(bookmarksPermission)
	}
	done, err := b.bookmark(ctx, p, r)
	if err != nil {
		return done, err
	}
	b.use(ctx, p, r.AccountID, r.RoleName, r.Typed)
	_, err = b.update(ctx, p, func(s *session) error {
		if j := jobOf[*bookmarkJob](s); j != nil && j.role.AccountID == r.AccountID && j.role.RoleName == r.RoleName {
			s.end(j)
		}
		return nil
	})
	return done, err
}

// wantBookmark notes which bookmark waits for the permission.
func (b *Backend) wantBookmark(ctx context.Context, p portal.Portal, r message.Role) error {
	_, err := b.update(ctx, p, func(s *session) error {
		j := jobOf[*bookmarkJob](s)
		if j == nil {
			j = &bookmarkJob{}
			s.desk.add(j, bookmarkKind, p, b.Clock.Now())
		}
		j.role = r
		j.want(b.Clock.Now())
		s.missed.bookmarks = false
		return nil
	})
	return err
}

// goOnBookmarking lets go of the bookmark that waited for the permission.
func (b *Backend) goOnBookmarking(ctx context.Context, p portal.Portal) {
	granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	if err != nil || !granted {
		return
	}
	_, _ = b.update(ctx, p, func(s *session) error { // else at the next popup
		if j := jobOf[*bookmarkJob](s); j != nil && !j.over(b.Clock.Now()) {
			j.held, j.since, j.life = false, b.Clock.Now(), bookmarkLife
		}
		return nil
	})
}

// bookmark adds a role's bookmark, with whatever else its portal's need.
func (b *Backend) bookmark(ctx context.Context, p portal.Portal, r message.Role) (done message.Bookmarked, err error) {
	key := bookmarks.Key{Account: directory.Escape(r.AccountID), Role: directory.Escape(r.RoleName)}
	g, err := b.tend(ctx, p, bookmarks.Pick{Key: key})
	if err != nil {
		return done, err
	}
	made := g.made[key]
	n := g.node(made.ID)
	switch {
	case console.Shortcut(p, r.AccountID, r.RoleName, console.Page{}) == "":
		return done, words.NoLink()
	case n == nil || made.State != bookmarks.There:
		return done, words.NotGrantedAnyMore()
	}
	done.Title, done.Fresh = n.Title, g.fresh[key]
	if folder := g.node(n.Parent); folder != nil {
		done.Folder = folder.Title
	}
	return done, nil
}
