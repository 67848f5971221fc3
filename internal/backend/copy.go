package backend

import (
	"cmp"
	"context"
	"strings"
	"time"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/portal"
	"portico/internal/profile"
	"portico/internal/words"
)

// copyKind is the kind of a copyJob.
const copyKind = "copy"

// copyLife is how long a copy that came to nothing is of interest.
const copyLife = 2 * time.Minute

// copyJob is a copy that a popup asked for and has not told the end of. If that
// popup is gone, which only the next one shows, the person has to be told. It holds
// nothing secret, and no step is ever taken: what was fetched for a popup that is
// gone is dropped.
type copyJob struct {
	record
	account, role, popup string
}

func (j *copyJob) list(c message.Codec) {
	c.Text("copyAccount", &j.account)
	c.Text("copyRole", &j.role)
	c.Text("copyPopup", &j.popup)
}

func (j *copyJob) do(ctx context.Context, b *Backend) error {
	return advance(ctx, b, j, func(s *session, current *copyJob) error {
		s.end(current)
		return nil
	})
}

func (j *copyJob) fail(s *session, _ time.Time, _ error) { s.end(j) }

func (j *copyJob) expire(*session) {}

// copy fetches a role's short-term credentials and writes them in a format. They
// pass through and are kept nowhere; what is secret of them is, until it is text.
func (b *Backend) copy(ctx context.Context, p portal.Portal, o message.Order) (message.Copy, error) {
	if _, known := list.Find(o.Format); !known {
		return message.Copy{}, words.UnknownFormat(printable(o.Format))
	}
	var chosen message.Settings
	order := b.copies.Add(1)
	noted := meanwhile(func() error { b.noteCopy(ctx, p, o, order); return nil })
	chose := meanwhile(func() (err error) { chosen, err = b.settings(ctx); return err })
	c, ahead, err := b.credentials(ctx, p, o)
	if err := cmp.Or(err, noted(), chose()); err != nil {
		return message.Copy{}, err
	}
	if wrong := checkFormat(chosen, o.Format); wrong != nil {
		return message.Copy{}, wrong
	}
	expires := believable(c.Expiration, b.Clock.Now().Add(ahead))
	of := &credfmt.Credentials{AccountID: o.AccountID, RoleName: o.RoleName, AccessKeyID: c.AccessKeyID,
		SecretAccessKey: c.SecretAccessKey.Reveal(), SessionToken: c.SessionToken.Reveal(), Expiration: expires}
	if err := b.name(ctx, p, chosen, of); err != nil {
		return message.Copy{}, err
	}
	written, err := credfmt.Write(o.Format, of, optionsFor(chosen, roleIn(p, of)))
	if err != nil {
		return message.Copy{}, err
	}
	if err := b.clearLater(ctx, p, chosen, written.Text); err != nil {
		return message.Copy{}, err
	}
	done := message.Copy{Text: written.Text, Ahead: shift(ahead).Milliseconds()}
	if !expires.IsZero() {
		done.Expiration = expires.UnixMilli()
	}
	for _, r := range written.Replaced {
		done.Replaced = strings.TrimSpace(done.Replaced + " " + r.Name)
	}
	go func() { // nobody who still waits is to wait for that
		_ = guarded(func() error {
			if open, err := b.Browser.PopupOpen(b.ctx); err == nil && !open {
				b.finishCopy(b.ctx, p, o, done, order)
			}
			return nil
		})
	}()
	return done, nil
}

// copyPermissions are what writing the clipboard without a popup takes.
var copyPermissions = []string{"clipboardWrite", "offscreen"}

// finishCopy writes the clipboard for a popup that is gone, if the person has allowed
// that. Else, or if it fails, the next popup says that nothing was copied.
func (b *Backend) finishCopy(ctx context.Context, p portal.Portal, o message.Order, c message.Copy, n int64) {
	if granted, err := b.Browser.HasPermissions(ctx, copyPermissions, nil); err != nil || !granted {
		return
	}
	// Of several that were asked for, the last is meant.
	if s, err := b.load(ctx, p); err != nil || n != b.copies.Load() || jobOf[*copyJob](s) == nil || !jobOf[*copyJob](s).is(o) {
		return
	}
	portals, err := b.portals(ctx)
	if err != nil {
		return
	}
	d, err := b.directory(ctx, p)
	if err != nil || b.Browser.WriteClipboard(ctx, c.Text, words.FinishCopies) != nil {
		return
	}
	format, _ := list.Find(o.Format)
	said := words.Copied.With(format.Name, rowOf(d, o), directory.Isolate(p.NameAmong(portals.All)))
	if c.Replaced != "" {
		said += words.Replaced.With(c.Replaced)
	}
	_ = b.Browser.SetBadge(ctx, doneBadge, words.CopiedMeanwhile)
	_, _ = b.update(ctx, p, func(s *session) error {
		if j := jobOf[*copyJob](s); j != nil && j.is(o) {
			s.end(j)
		}
		s.status.Notice, s.status.Good = said, true
		s.copied(message.Told{Order: o, Expires: max(0, c.Expiration-c.Ahead)})
		return nil
	})
	b.use(ctx, p, o.AccountID, o.RoleName, o.Typed)
}

// rowOf names the role of an order in a sentence.
func rowOf(d *directory.Directory, o message.Order) string {
	id, role := directory.Escape(o.AccountID), directory.Escape(o.RoleName)
	name := id
	if a := d.Find(id); a != nil {
		name = a.Name
	}
	return words.Row.With(directory.Isolate(name), directory.Isolate(id), directory.Isolate(role))
}

// name adds the account's name, and the portal's other roles, where what is chosen
// takes them.
func (b *Backend) name(ctx context.Context, p portal.Portal, s message.Settings, c *credfmt.Credentials) error {
	if !s.Names && s.Rules == "" && s.Profile == "" && s.Template == "" {
		return nil
	}
	d, err := b.directory(ctx, p)
	if err != nil {
		return err
	}
	if a := d.Find(directory.Escape(c.AccountID)); a != nil {
		c.AccountName = directory.Unescape(a.Name)
	}
	if s.Profile != "" {
		c.Among = profilesOf(d)
	}
	return nil
}

// profilesOf gives all roles of a directory, as profiles are named after them.
func profilesOf(d *directory.Directory) []profile.Role {
	all := make([]profile.Role, 0, d.Rows())
	for i := range d.Accounts {
		a := &d.Accounts[i]
		for _, role := range a.Roles {
			all = append(all, profile.Role{AccountID: directory.Unescape(a.ID), AccountName: directory.Unescape(a.Name), RoleName: directory.Unescape(role)})
		}
	}
	return all
}

// roleIn is the role of credentials as patterns see it: by the names that show.
func roleIn(p portal.Portal, c *credfmt.Credentials) pattern.Role {
	return pattern.Role{Portal: p.ID, AccountID: c.AccountID, AccountName: directory.Escape(c.AccountName), RoleName: directory.Escape(c.RoleName)}
}

// noteCopy notes that a copy was asked for, the n-th of this worker, unless a later
// one is noted: that is the one that is meant. If it can't be stored the copy is made
// all the same.
func (b *Backend) noteCopy(ctx context.Context, p portal.Portal, o message.Order, n int64) {
	_, _ = b.update(ctx, p, func(s *session) error {
		if n < b.lastCopy {
			return errStale
		}
		b.lastCopy = n
		if last := jobOf[*copyJob](s); last != nil {
			s.end(last)
		}
		j := &copyJob{account: o.AccountID, role: o.RoleName, popup: o.Popup}
		s.desk.add(j, copyKind, p, b.Clock.Now())
		j.held, j.life = true, copyLife
		return nil
	})
}

// toldOfCopy ends a copy of which the person was told how it ended.
func (b *Backend) toldOfCopy(ctx context.Context, p portal.Portal, told message.Told) error {
	_, err := b.update(ctx, p, func(s *session) error {
		if j := jobOf[*copyJob](s); j != nil && j.is(told.Order) {
			s.end(j)
		}
		if told.Done {
			s.copied(told)
		}
		return nil
	})
	if err == nil && told.Done {
		b.use(ctx, p, told.AccountID, told.RoleName, told.Typed)
	}
	return err
}

// copied notes what is on the clipboard.
func (s *session) copied(t message.Told) {
	s.last = message.Last{AccountID: directory.Escape(t.AccountID), RoleName: directory.Escape(t.RoleName), Expires: t.Expires}
}

// is tells whether a copy is the one that was ordered.
func (j *copyJob) is(o message.Order) bool {
	return *j == copyJob{j.record, o.AccountID, o.RoleName, o.Popup}
}

// tellMissedCopy has a popup tell of a copy at the shown portal of which no other has
// told the end.
func (b *Backend) tellMissedCopy(ctx context.Context, popup string, w *message.Woken) {
	portals, err := b.portals(ctx)
	if err != nil {
		return
	}
	p, ok := portals.Find(portals.Active)
	if s, err := b.load(ctx, p); !ok || err != nil || jobOf[*copyJob](s) == nil {
		return
	}
	_, _ = b.update(ctx, p, func(s *session) error { // or the next popup tells
		j := jobOf[*copyJob](s)
		if j == nil || j.popup == popup {
			return nil
		}
		s.end(j)
		if !j.over(b.Clock.Now()) {
			w.Portal, w.AccountID, w.RoleName = p.ID, j.account, j.role
		}
		return nil
	})
	if granted, err := b.Browser.HasPermissions(ctx, copyPermissions, nil); err == nil && !granted && w.Portal != "" {
		w.Permissions = strings.Join(copyPermissions, " ")
	}
}
