package directory

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

const (
	// maxSize is how many bytes of text a directory may hold. More can't be kept:
	// browsers give an extension 10 MB. A thousand accounts take 100 KB.
	maxSize = 8 << 20
	// maxRepeats is how many accounts in a row may be known already. A few move
	// between pages while these are read; a list that is nothing else has no end.
	maxRepeats = 1000
)

// ErrTooLarge reports a portal that lists more than can be kept, or the same
// again and again.
var ErrTooLarge = errors.New("sync directory: the list is too long, or has no end")

// listAccounts replaces d's accounts, keeping the roles of those that stay. That
// none is left of many is believed only when it is said twice.
func (s *Syncer) listAccounts(ctx context.Context, d *Directory, early *ahead) error {
	started := s.Now()
	list, err := s.askAccounts(ctx, d, early)
	if err == nil && len(list.accounts) == 0 && len(d.Accounts) > 0 {
		if err = pause(ctx, pauses[0]); err == nil {
			list, err = s.askAccounts(ctx, d, early)
		}
	}
	if err != nil {
		return err
	}
	known := make(map[string]*Account, len(d.Accounts)) // by escaped ID
	for i := range d.Accounts {
		known[d.Accounts[i].ID] = &d.Accounts[i]
	}
	for i := range list.accounts {
		a, listed := &list.accounts[i], int64(0)
		if was := known[a.ID]; was != nil {
			a.Roles, listed = was.Roles, d.ListedAt(was)
		}
		d.listedAt(a, listed)
		a.Name = cmp.Or(a.Name, a.ID)
	}
	Sort(list.accounts)
	was := *d
	d.Started, d.Accounts = started.UnixMilli(), list.accounts
	if was.Began != was.Started && s.Changes.Run == was.Started {
		s.Changes.Run = d.Started // that one was cut off, and told nobody
	}
	for i := range list.accounts {
		delete(known, list.accounts[i].ID)
	}
	for i := range was.Accounts {
		if gone := known[was.Accounts[i].ID]; gone != nil {
			s.Changes.note(d, gone, gone.Roles, nil)
		}
	}
	return nil
}

// askAccounts lists the accounts of a portal. Of one that was never listed they are saved as
// they come, for who searches them meanwhile: not more than once a second, and only when half
// as many more have come, since they come in no order and each save writes all.
func (s *Syncer) askAccounts(ctx context.Context, d *Directory, early *ahead) (list accountList, err error) {
	saved, shown := time.Now(), 0
	for a, err := range s.Source.Accounts(ctx) {
		n := len(list.accounts)
		if err == nil {
			err = list.add(a)
		}
		if err != nil {
			return list, err
		}
		if len(list.accounts) == n {
			continue
		}
		n++
		early.listed(n, a.ID)
		if d.Started == 0 && n%pageful == 0 && n > max(len(d.Accounts), shown*3/2) && time.Since(saved) >= saveEvery {
			if err := s.Save(ctx, list.soFar()); err != nil {
				return list, err
			}
			saved, shown = time.Now(), n
		}
	}
	return list, nil
}

// soFar is a directory of what has come. It is of no sync, so that none goes on with it:
// the next lists all accounts anew.
func (l *accountList) soFar() *Directory {
	d := &Directory{Accounts: slices.Clone(l.accounts)}
	for i := range d.Accounts {
		a := &d.Accounts[i]
		a.Name, a.Listed = cmp.Or(a.Name, a.ID), 0
	}
	Sort(d.Accounts)
	return d
}

// accountList is a list of accounts as they come.
type accountList struct {
	accounts []Account
	places   map[string]int // by ID
	size     int
	repeats  int // in a row
}

// add takes an account. One without an ID is nothing that could be shown or
// asked for. One that is there already moved between pages while we read them,
// and may tell what it did not before.
func (l *accountList) add(a Account) error {
	if isBlank(a.ID) {
		return nil
	}
	if place, ok := l.places[a.ID]; ok {
		known := &l.accounts[place]
		known.Name, known.Email = cmp.Or(known.Name, shown(a.Name)), cmp.Or(known.Email, shown(a.Email))
		if l.repeats++; l.repeats > maxRepeats {
			return ErrTooLarge
		}
		return nil
	}
	l.repeats = 0
	if l.places == nil {
		l.places = make(map[string]int)
	}
	l.places[a.ID] = len(l.accounts)
	added := Account{ID: Escape(a.ID), Name: shown(a.Name), Email: shown(a.Email), State: Pending}
	l.accounts = append(l.accounts, added)
	if l.size += added.size(); l.size > maxSize {
		return ErrTooLarge
	}
	return nil
}

// size is how many bytes of text an account holds.
func (a *Account) size() int {
	n := len(a.ID) + len(a.Name) + len(a.Email)
	for _, role := range a.Roles {
		n += len(role)
	}
	return n
}

// isBlank reports whether a text is nothing that can be seen.
func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// shown is a text as a directory keeps it; nothing if it is blank.
func shown(s string) string {
	if isBlank(s) {
		return ""
	}
	return Escape(s)
}
