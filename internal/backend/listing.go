package backend

import (
	"context"
	"errors"
	"strings"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/pattern"
	"portico/internal/portal"
	"portico/internal/usage"
	"portico/internal/words"
)

// listingKind is the kind of a listing.
const listingKind = "listing"

const (
	// slice is how long one step of a listing lasts. In the end of each nothing is
	// asked while the last answers come.
	slice = time.Minute
	// listingLife is how long a listing that does not succeed is tried again.
	listingLife = 24 * time.Hour
)

// listing brings a portal's directory up to date. Its steps are slices: each
// goes on with the stored directory for a while.
type listing struct {
	record
	// run is the directory's Started of this listing; 0 before the accounts are
	// listed. The directory that bears it and has nothing pending is complete,
	// whatever the clock shows.
	run   int64
	phase message.SyncPhase
	done  int64 // accounts whose roles are listed
	total int64
	left  int64 // seconds until all are, about; 0 if nobody knows
	// starts counts the slices that were begun since something was learnt: one
	// that ended its worker is not begun again at once for ever.
	starts int
	rate   int64  // what the portal was found to allow, in requests per 1000 s; 0 if unknown
	asked  bool   // somebody asked for it while a slice was under way
	retry  bool   // it is for the accounts that failed alone, or for those of again
	again  string // accounts, by their IDs a line each; mostly none
}

func (l *listing) list(c message.Codec) {
	c.Int("run", &l.run)
	c.Text("phase", (*string)(&l.phase))
	c.Int("done", &l.done)
	c.Int("total", &l.total)
	c.Int("left", &l.left)
	c.Count("starts", &l.starts)
	c.Int("rate", &l.rate)
	c.Bool("asked", &l.asked)
	c.Bool("retry", &l.retry)
	c.Text("again", &l.again)
}

// show tells the popup how far the listing is, and that it goes on.
func (l *listing) show(s *message.Status) {
	s.Sync, s.Done, s.Total, s.Left = l.phase, l.done, l.total, ""
	if l.left > 0 && l.done < l.total {
		s.Left = words.Seconds(l.left)
	}
	if s.Problem == nil && l.problem != nil {
		problem := *l.problem
		problem.Hint += words.GoesOn
		s.Problem = &problem
	}
}

// wantListing has the directory listed anew, unless that is under way.
func (s *session) wantListing(now time.Time) *listing {
	l := jobOf[*listing](s)
	if l == nil {
		l, s.unlisted = &listing{}, nil
		s.desk.add(l, listingKind, s.portal, now)
		l.life, l.held = listingLife, !s.alive()
		l.done, l.total = s.status.Done, s.status.Total
	}
	return l
}

// hold has the listing wait for the next session.
func (l *listing) hold() {
	l.held, l.phase = true, message.Idle
	l.atOnce()
}

// expire gives up.
func (l *listing) expire(s *session) {
	s.unlisted = l.problem
}

// fail puts the listing off, or ends it where trying again leads nowhere.
func (l *listing) fail(s *session, now time.Time, err error) {
	e := explain(err)
	if l.phase = message.Idle; e.Code == message.Expired || e.Code == message.NotSignedIn {
		if !s.alive() {
			l.hold()
		}
		return // or it goes on with the new token, as its last begin has put it
	}
	l.starts = 0
	switch {
	case l.asked:
		l.asked = false
		l.atOnce()
	case e.Retryable:
		l.putOff(now, err)
	default:
		s.end(l)
		s.unlisted = e
	}
}

// do lists for the time of a slice.
func (l *listing) do(ctx context.Context, b *Backend) error {
	client, err := b.client(ctx, l.portal)
	if err != nil {
		return err
	}
	d, err := b.directory(ctx, l.portal)
	if err != nil {
		return err
	}
	if l.retry && l.run == 0 {
		d.Retry(l.again)
	}
	if l.complete(d) {
		return b.finishListing(ctx, l, d) // the worker was stopped before it could say so
	}
	if err := advance(ctx, b, l, func(_ *session, current *listing) error {
		current.begin(b.Clock.Now())
		return nil
	}); err != nil {
		return err
	}
	limiter := client.Limiter()
	if l.rate > 0 { // an earlier worker's limiter found it
		limiter.Expect(float64(l.rate) / 1000)
	}
	changes, err := b.changes(ctx, l.portal)
	if err != nil {
		return err
	}
	used, err := b.usedAccounts(ctx, l.portal, d)
	if err != nil {
		return err
	}
	lend := func() *lease { return &lease{b: b, portal: l.portal} }
	before, done, began := len(d.Accounts), l.done, time.Now()
	syncer := directory.Syncer{
		Source:    newSource(client, lend, d),
		Now:       b.Clock.Now,
		Fruitless: l.starts,
		Changes:   changes,
		Used:      used,
		Wanted:    b.wantedOf(l.portal),
	}
	syncer.Save = func(ctx context.Context, d *directory.Directory) error {
		l.rate = int64(1000 * limiter.Found())
		pace := limiter.Found()
		if took := time.Since(began); pace == 0 && took > settling {
			pace = float64(doneOf(d)-done) / took.Seconds()
		}
		l.left = timeLeft(d.Count(directory.Pending), pace)
		return b.saveDirectory(ctx, l, d, &syncer.Changes, before > 0 && len(d.Accounts) == 0)
	}
	switch err := syncer.Run(ctx, d); {
	case errors.Is(err, errSliceOver) && !unkept(err):
		return nil
	case err != nil:
		return b.refused(ctx, l.portal, err)
	}
	return b.finishListing(ctx, l, d)
}

// begin notes that a slice begins. Should it end the worker, the next has to
// wait.
func (l *listing) begin(now time.Time) {
	if l.run == 0 && !l.retry {
		l.phase, l.done, l.total = message.ListingAccounts, 0, 0
	}
	l.left = 0
	l.at(now, backoff(l.starts))
	l.starts++
	l.asked = false
}

// deadly is how many slices have ended their workers before one is not begun again at
// once, though somebody waits.
const deadly = 4

// goOn has somebody who looks not wait because earlier workers ended before they learnt
// anything: most were stopped by their browser.
func (l *listing) goOn() {
	if l.problem == nil && !l.held && l.starts <= deadly {
		l.atOnce()
	}
}

// complete tells whether a directory is what this listing has to come to.
func (l *listing) complete(d *directory.Directory) bool {
	return l.run != 0 && d.Started == l.run && d.Count(directory.Pending) == 0
}

// finishListing ends a listing whose directory is complete, once the bookmarks
// follow it, and tells what changed.
func (b *Backend) finishListing(ctx context.Context, l *listing, d *directory.Directory) error {
	changes, err := b.changes(ctx, l.portal)
	if err != nil {
		return err
	}
	if d.Updated < d.Started {
		d.Complete(b.Clock.Now())
		if err := b.saveDirectory(ctx, l, d, &changes, false); err != nil {
			return err
		}
	}
	b.followBookmarks(ctx, l.portal)
	all := changes.New + changes.Gone
	news := changes.Run == d.Started && changes.Told != all
	if err := advance(ctx, b, l, func(s *session, current *listing) error {
		if s.end(current); news && s.status.Notice == "" {
			s.status.Notice, s.status.Good = words.Changed.With(words.Roles(changes.New), words.Number(changes.Gone)), false
		}
		return nil
	}); err != nil || !news {
		return err
	}
	changes.Told = all
	_ = b.Local.Set(ctx, map[string]string{changesPrefix + l.portal.ID: changes.Text()}) // or it is told twice
	return nil
}

// saveDirectory stores the directory, what changed and how far its listing is. That it
// was emptied is told of: the rows a person knows do not go without words.
func (b *Backend) saveDirectory(ctx context.Context, l *listing, d *directory.Directory, changes *directory.Changes, emptied bool) error {
	return advance(ctx, b, l, func(s *session, current *listing) error {
		if s.gone {
			return errStale
		}
		current.learnt(d)
		current.rate, current.left = l.rate, l.left
		if emptied {
			s.status.Notice, s.status.Good = words.Emptied, false
		}
		values := make(map[string]string)
		if err := b.keepDirectory(ctx, values, l.portal.ID, d); err != nil {
			return err
		}
		if s.shown {
			chosen, err := b.settings(ctx)
			if err != nil {
				return err
			}
			its, err := b.customs(ctx, l.portal.ID)
			if err != nil {
				return err
			}
			stored, err := b.Local.Get(ctx, message.HeadKey)
			if err != nil {
				return err
			}
			rows := b.headOf(l.portal.ID, d, chosen.Guard(), its)
			if d.Count(directory.Pending) == 0 || withoutCount(rows) != withoutCount(stored[message.HeadKey]) {
				values[message.HeadKey] = rows
			}
		}
		values[changesPrefix+l.portal.ID] = changes.Text()
		return b.setChanged(ctx, values, message.HeadKey, changesPrefix+l.portal.ID)
	})
}

// withoutCount is a head's portal and rows. How many rows there are in all changes with
// each save, which nobody sees in the moment before the popup's Go is there.
func withoutCount(head string) string {
	id, rows, _ := strings.Cut(head, "\n")
	_, rows, _ = strings.Cut(rows, "\n")
	return id + "\n" + rows
}

// customs are what somebody made of a portal, knowingly or by using it.
type customs struct {
	uses usage.History
	own  own.Roles
}

func (b *Backend) customs(ctx context.Context, id string) (c customs, err error) {
	stored, err := b.Local.Get(ctx, message.UsesPrefix+id, message.OwnPrefix+id)
	c.uses = usage.Parse(stored[message.UsesPrefix+id])
	c.own, _ = own.Parse(stored[message.OwnPrefix+id])
	return c, err
}

// headOf gives the stored first rows of a portal: favourites, those that were used, and
// then the others.
func (b *Backend) headOf(id string, d *directory.Directory, g pattern.Guard, its customs) string {
	var used []directory.Place
	for _, u := range its.uses.Rank(d.Accounts, b.minute()) {
		used = append(used, u.Place)
	}
	return head(id, d, g, its.own, used)
}

// head is headOf by the places of what was used.
func head(id string, d *directory.Directory, g pattern.Guard, all own.Roles, used []directory.Place) string {
	return id + "\n" + directory.Head(d, all.First(d.Accounts, used), all.Hidden(d.Accounts), func(a *directory.Account, role string) directory.Looks {
		r := all.Of(a.ID, role)
		guarded := g.Guards(pattern.Role{Portal: id, AccountID: a.ID, AccountName: a.Name, RoleName: role})
		return directory.Looks{Guarded: guarded, Favourite: r.Favourite, Label: r.Label}
	})
}

// headAnew adds the shown portal's first rows to what is to be stored, where others
// are guarded from now on.
func (b *Backend) headAnew(ctx context.Context, values map[string]string, g pattern.Guard) error {
	portals, err := b.portals(ctx)
	if err != nil || portals.Active == "" {
		return err
	}
	d, err := b.directory(ctx, portal.Portal{ID: portals.Active})
	if err == nil && len(d.Accounts) > 0 {
		its, err := b.customs(ctx, portals.Active)
		values[message.HeadKey] = b.headOf(portals.Active, d, g, its)
		return err
	}
	return err
}

// doneOf counts the accounts that were answered for.
func doneOf(d *directory.Directory) int64 {
	return int64(len(d.Accounts) - d.Count(directory.Pending))
}

// settling is how long a slice goes on before its own pace tells anything.
const settling = 2 * time.Second

// timeLeft is how many seconds so many accounts take at a pace, in accounts a second;
// 0 if there is none.
func timeLeft(accounts int, pace float64) int64 {
	if pace <= 0 {
		return 0
	}
	return int64(float64(accounts)/pace) + 1
}

// learnt takes how far the directory is. Only what is new makes up for failures:
// the same one saved again does not.
func (l *listing) learnt(d *directory.Directory) {
	total, done := int64(len(d.Accounts)), doneOf(d)
	if l.run != d.Started || done > l.done {
		l.starts = 0
		l.atOnce()
	}
	l.run, l.phase, l.done, l.total = d.Started, message.ListingRoles, done, total
	if d.Started == 0 { // more accounts come
		l.phase = message.ListingAccounts
	}
}

// usedAccounts are the accounts whose roles somebody used, the most used first.
func (b *Backend) usedAccounts(ctx context.Context, p portal.Portal, d *directory.Directory) (ids []string, err error) {
	h, err := b.uses(ctx, p.ID)
	for _, u := range h.Rank(d.Accounts, b.minute()) {
		ids = append(ids, d.Accounts[u.Account].ID) // of several of its roles it may come more than once
	}
	return ids, err
}

// wantedOf are the accounts of a portal that a popup waits for. They are kept in memory
// alone: a popup that still waits says so again.
func (b *Backend) wantedOf(p portal.Portal) *directory.Wanted {
	wanted, _ := b.wanted.LoadOrStore(p.ID, new(directory.Wanted))
	return wanted.(*directory.Wanted)
}

// mostAhead is how many accounts a popup can wait for: more than it shows.
const mostAhead = 100

// listAhead has accounts listed before others, while a listing is under way.
func (b *Backend) listAhead(p portal.Portal, accounts string) {
	ids := strings.SplitN(accounts, "\n", mostAhead)
	for i := range ids {
		ids[i] = directory.Unescape(ids[i])
	}
	b.wantedOf(p).Want(ids)
}
