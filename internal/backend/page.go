package backend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
)

// The page of a sign-in is in a tab, which is the person's: they close it, or go on in
// it. Once nobody waits for it any more, it is closed where the browser tells that it
// still shows. Else it is left, and whoever allows there all the same is led to our page,
// which says so: without that, to an error of the browser's.

// pageKind is the kind of a leftPage.
const pageKind = "page"

// leftPage is a page that may lead back though nobody waits for that.
type leftPage struct {
	record
	tab int64 // that shows it; 0 if nobody knows
}

func (j *leftPage) list(c message.Codec) { c.Int("tab", &j.tab) }

// do never happens: it is held.
func (j *leftPage) do(context.Context, *Backend) error { return nil }

// fail never happens either.
func (j *leftPage) fail(*session, time.Time, error) {}

// expire is all there is to it.
func (j *leftPage) expire(*session) {}

// isOpen tells whether the page of a sign-in shows in a tab, as far as we know: it was
// opened, and has not led back yet.
func (j *signInJob) isOpen() bool { return j.state.Opened && j.state.Code == "" }

// shows tells whether what is at an address is the page of the sign-in: itself, or a
// page of the portal's that was led to with what it was asked.
func (j *signInJob) shows(url string) bool {
	page, _, _ := strings.Cut(j.state.Page, "?")
	at, asked, _ := strings.Cut(url, "?")
	if at == page {
		return true
	}
	for _, known := range []string{j.state.Client.ClientID, j.state.UserCode} {
		if known != "" && strings.Contains(asked, known) && strings.HasPrefix(url, j.portal.StartURL) {
			return true
		}
	}
	return false
}

// openPages gives the sign-ins whose page is open.
func (d *desk) openPages() (open []*signInJob) {
	for _, j := range d.jobs {
		if in, ok := j.(*signInJob); ok && in.isOpen() {
			open = append(open, &signInJob{record: in.record, state: in.state, tab: in.tab})
		}
	}
	return open
}

// answered takes note that the page of a sign-in that ends is done: what it says is for
// the person to read.
func (d *desk) answered(j *signInJob) {
	d.pages = slices.DeleteFunc(d.pages, func(in *signInJob) bool { return in.id == j.id })
}

// leavePages closes the pages that were open when the desk was read, and for which
// nobody waits as it is now. That comes before it is stored: whoever dies between them
// finds a page closed, and says so. The caller holds b.state.
func (b *Backend) leavePages(ctx context.Context, d *desk) {
	for _, in := range d.pages {
		now, ok := d.find(in.id).(*signInJob)
		if ok && (now.tab == in.tab || in.tab == 0) {
			continue
		}
		if !b.closePage(ctx, in) && in.state.Way == signin.ByBrowser && d.removing(in.portal.ID) == nil {
			left := &leftPage{tab: in.tab}
			d.add(left, pageKind, in.portal, b.Clock.Now())
			left.held, left.life = true, signin.PageLife
		}
	}
	d.pages = nil
}

// closePage closes the page of a sign-in. It tells whether that is closed.
func (b *Backend) closePage(ctx context.Context, in *signInJob) bool {
	if in.tab == 0 {
		return false
	}
	url, open, err := b.Browser.Tab(ctx, in.tab)
	if err != nil || !open {
		return err == nil
	}
	above, err := b.Browser.PopupOpen(ctx)
	if !in.shows(url) || b.Browser.CloseTab(ctx, in.tab) != nil {
		return false
	}
	if above && err == nil {
		go func() { _ = guarded(b.bringBack) }()
	}
	return true
}

// bringBack opens the popup again that has closed with the tab above which it stood:
// what was asked for in it shows there.
func (b *Backend) bringBack() error {
	const looks = 10 // a browser takes its time to close it
	for range looks {
		if err := b.Clock.Sleep(b.ctx, 100*time.Millisecond); err != nil {
			return err
		}
		if open, err := b.Browser.PopupOpen(b.ctx); err != nil || !open {
			b.summon(b.ctx)
			return err
		}
	}
	return nil
}

// forgetLeftPages has pages of a portal that were left lead to the browser's error.
func (d *desk) forgetLeftPages(id string) {
	d.jobs = slices.DeleteFunc(d.jobs, func(j job) bool {
		left, ok := j.(*leftPage)
		return ok && left.portal.ID == id
	})
}

// forgetLeftPage takes note that a page that was left has led back.
func (b *Backend) forgetLeftPage(ctx context.Context, tab int64) {
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return // it is forgotten after a while
	}
	for _, j := range deskFrom(stored[jobsKey]).jobs {
		if left, ok := j.(*leftPage); ok && left.tab == tab {
			_ = advance(ctx, b, left, func(s *session, current *leftPage) error {
				s.end(current)
				return nil
			})
		}
	}
}

// openPage opens the page of a sign-in, and notes in which tab. One that was cancelled
// meanwhile has none.
func (b *Backend) openPage(ctx context.Context, p portal.Portal, id int64, page string) error {
	tab, err := b.Browser.OpenTab(ctx, page)
	if err != nil || tab == 0 {
		return err
	}
	if _, err := b.change(b.ctx, p, func(s *session) error {
		in, ok := s.desk.find(id).(*signInJob)
		if !ok {
			return errStale
		}
		in.tab = tab
		return nil
	}); errors.Is(err, errStale) {
		return b.Browser.CloseTab(b.ctx, tab) // nobody can have gone on in it yet
	}
	return nil // it is open, though nobody may know where
}

// lookForPages finds out which pages of sign-ins were closed, and of those that were
// left.
func (b *Backend) lookForPages(ctx context.Context) {
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return
	}
	for _, j := range deskFrom(stored[jobsKey]).jobs {
		switch j := j.(type) {
		case *signInJob:
			if !j.isOpen() || !b.isClosed(ctx, j.tab) {
				continue
			}
			_ = advance(ctx, b, j, func(s *session, current *signInJob) error {
				if current.tab != j.tab || !current.isOpen() {
					return errStale
				}
				s.desk.answered(current)
				current.state.Opened, current.tab, current.closed = false, 0, true
				return nil
			})
		case *leftPage:
			if b.isClosed(ctx, j.tab) {
				b.forgetLeftPage(ctx, j.tab)
			}
		}
	}
}

// isClosed tells whether a tab is open no more.
func (b *Backend) isClosed(ctx context.Context, tab int64) bool {
	if tab == 0 {
		return false
	}
	_, open, err := b.Browser.Tab(ctx, tab)
	return err == nil && !open
}
