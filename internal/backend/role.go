package backend

import (
	"cmp"
	"context"
	"errors"
	"time"

	"portico/internal/console"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/ssocore"
)

// credentialsPatience is how long somebody waits for credentials, all attempts
// together, before hearing that there is no answer.
const credentialsPatience = 20 * time.Second

// credentials fetches a role's short-term credentials. They pass through and
// are kept nowhere.
func (b *Backend) credentials(ctx context.Context, p message.Portal, r message.Role) (message.Credentials, error) {
	token, err := b.token(ctx, p)
	if err != nil {
		return message.Credentials{}, err
	}
	client, err := b.client(ctx, p)
	if err != nil {
		return message.Credentials{}, err
	}
	// Somebody waits for this: a listing under way lets it pass.
	urgent, cancel := context.WithTimeout(ssocore.Urgent(ctx), credentialsPatience)
	defer cancel()
	out, err := client.GetRoleCredentials(urgent,
		&ssocore.GetRoleCredentialsInput{AccessToken: token, AccountID: r.AccountID, RoleName: r.RoleName})
	if over := (*ssocore.UnauthorizedException)(nil); errors.As(err, &over) {
		_, updateErr := b.update(ctx, p, func(s *session) error {
			s.refused(token)
			return nil
		})
		b.kick(p) // nothing may be pending any more
		return message.Credentials{}, errors.Join(err, updateErr)
	}
	if err != nil {
		return message.Credentials{}, err
	}
	c := out.RoleCredentials
	if !c.Complete() {
		return message.Credentials{}, &message.Error{Code: message.PortalFault, Retryable: true,
			Message: "The portal’s answer held no complete credentials.", Hint: "Try again."}
	}
	if s, err := b.load(ctx, p); err != nil || s.token != token {
		return message.Credentials{}, cmp.Or(err, errStale) // signed out while we asked
	}
	return message.Credentials{AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey.Reveal(),
		SessionToken: c.SessionToken.Reveal(), Expiration: c.Expiration.UnixMilli()}, nil
}

// token gives the session's token. That it has run out is stored, for the popup
// to show.
func (b *Backend) token(ctx context.Context, p message.Portal) (ssocore.Secret, error) {
	s, err := b.load(ctx, p)
	if err != nil {
		return "", err
	}
	had := s.token
	token, err := s.live(b.Clock.Now())
	if had != "" && err != nil {
		_, updateErr := b.update(ctx, p, func(s *session) error {
			s.refused(had)
			return nil
		})
		b.kick(p)
		return "", errors.Join(err, updateErr)
	}
	return token, err
}

// openConsole opens the console of a role by the portal's own link. It needs no
// session of ours: the browser's login at the portal does.
func (b *Backend) openConsole(ctx context.Context, p message.Portal, r message.Role) error {
	return b.Browser.OpenTab(ctx, console.Shortcut(p.StartURL, r.AccountID, r.RoleName, ""))
}

// bookmarksPermission is what the bookmark tree is behind.
const bookmarksPermission = "bookmarks"

// addBookmark bookmarks a role's link in the portal's folder. Without the
// permission it notes what is wanted and asks for it.
func (b *Backend) addBookmark(ctx context.Context, p message.Portal, r message.Role) (message.Bookmarked, error) {
	granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	if err != nil {
		return message.Bookmarked{}, err
	}
	if !granted {
		if _, err := b.update(ctx, p, func(s *session) error {
			s.bookmark = r
			return nil
		}); err != nil {
			return message.Bookmarked{}, err
		}
		return message.Bookmarked{}, &message.Error{Code: message.NeedsAccess, Permissions: bookmarksPermission,
			Message: "Portico may not keep bookmarks yet.", Hint: "Try again and choose Allow."}
	}
	done, err := b.bookmark(ctx, p, r)
	if err != nil {
		return done, err
	}
	_, err = b.update(ctx, p, func(s *session) error {
		if s.bookmark.AccountID == r.AccountID && s.bookmark.RoleName == r.RoleName {
			s.bookmark = message.Role{}
		}
		return nil
	})
	return done, err
}

// finishBookmark adds the bookmark that waited for the permission, unless it
// still lacks it.
func (b *Backend) finishBookmark(ctx context.Context, p message.Portal, r message.Role) bool {
	granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	if err != nil || !granted {
		return false
	}
	done, err := b.bookmark(ctx, p, r)
	// If this is not stored, the bookmark is there all the same.
	_, _ = b.update(ctx, p, func(s *session) error {
		s.bookmark = message.Role{}
		if err != nil {
			s.status.Problem = explain(err)
			return nil
		}
		s.status.Notice = "Bookmarked “" + done.Title + "” in “" + done.Folder + "”."
		return nil
	})
	return true
}

// bookmark adds the bookmark or brings its title up to date.
func (b *Backend) bookmark(ctx context.Context, p message.Portal, r message.Role) (message.Bookmarked, error) {
	// One at a time: two that look before they add would add twice.
	b.bookmarking.Lock()
	defer b.bookmarking.Unlock()
	done := message.Bookmarked{Folder: "Portico · " + p.Name()}
	var err error
	if done.Title, err = b.bookmarkTitle(ctx, p, r); err != nil {
		return done, err
	}
	folder, err := b.Bookmarks.Folder(ctx, done.Folder)
	if err != nil {
		return done, err
	}
	link := console.Shortcut(p.StartURL, r.AccountID, r.RoleName, "")
	id, was, err := b.Bookmarks.Find(ctx, folder, link)
	if err != nil {
		return done, err
	}
	switch {
	case id == "":
		done.Fresh = true
		err = b.Bookmarks.Add(ctx, folder, done.Title, link)
	case was != done.Title:
		err = b.Bookmarks.Rename(ctx, id, done.Title)
	}
	return done, err
}

func (b *Backend) bookmarkTitle(ctx context.Context, p message.Portal, r message.Role) (string, error) {
	d, err := b.directory(ctx, p)
	if err != nil {
		return "", err
	}
	name := r.AccountID
	if a := d.Find(directory.Escape(r.AccountID)); a != nil {
		name = a.Name
	}
	return name + " · " + directory.Escape(r.RoleName), nil
}
