package backend

import (
	"context"
	"time"

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

// bookmark adds the bookmark or brings its title up to date.
func (b *Backend) bookmark(ctx context.Context, p portal.Portal, r message.Role) (message.Bookmarked, error) {
	// One at a time: two that look before they add would add twice.
	b.bookmarking.Lock()
	defer b.bookmarking.Unlock()
	portals, err := b.portals(ctx)
	if err != nil {
		return message.Bookmarked{}, err
	}
	done := message.Bookmarked{Folder: "Portico · " + p.NameAmong(portals.All)}
	if done.Title, err = b.bookmarkTitle(ctx, p, r); err != nil {
		return done, err
	}
	folder, err := b.folder(ctx, done.Folder)
	if err != nil {
		return done, err
	}
	link := console.Shortcut(p, r.AccountID, r.RoleName, console.Page{})
	if link == "" {
		return done, words.NoLink()
	}
	done.Fresh, err = b.place(ctx, folder, done.Title, link)
	return done, err
}

// shared tells whether several accounts have a name.
func shared(d *directory.Directory, name string) bool {
	accounts := 0
	for i := range d.Accounts {
		if d.Accounts[i].Name == name {
			accounts++
		}
	}
	return accounts > 1
}

// bookmarkTitle names the role as rows do, with the account's ID where its name
// alone could be another's.
func (b *Backend) bookmarkTitle(ctx context.Context, p portal.Portal, r message.Role) (string, error) {
	d, err := b.directory(ctx, p)
	if err != nil {
		return "", err
	}
	name := r.AccountID
	if a := d.Find(directory.Escape(r.AccountID)); a != nil {
		if name = a.Name; shared(d, name) {
			name += " (" + a.ID + ")"
		}
	}
	return name + " · " + directory.Escape(r.RoleName), nil
}
