package directory

import (
	"context"
	"errors"
	"iter"
	"time"
)

const (
	// saveEvery is how much finished work a dying worker may lose.
	saveEvery = time.Second
	// resumeWithin is how old a sync that was cut off may be to be continued;
	// after that its first half is worth no more than the last directory.
	resumeWithin = time.Hour
)

// Source lists what a portal grants. Texts are as the portal sent them.
// Accounts and role names may come in any order, and more than once.
//
// An error that concerns one account alone is a [*RefusedError] (it was closed a
// moment ago, say) or a [*FailingError]; any other ends the sync, to be resumed
// later.
type Source interface {
	Accounts(ctx context.Context) iter.Seq2[Account, error]
	Roles(ctx context.Context, accountID string) ([]string, error)
}

// RefusedError reports that a portal would not list one account's roles. Asking
// again now gives the same.
type RefusedError struct {
	Code string // the portal's error code
}

func (e *RefusedError) Error() string { return "portal refused to list roles: " + e.Code }

// FailingError reports that a portal failed to list one account's roles, which
// may pass. Only if the portal answers for others meanwhile it is the account's.
type FailingError struct {
	Code string // the portal's error code
	Err  error
}

func (e *FailingError) Error() string { return "portal failed to list roles: " + e.Err.Error() }
func (e *FailingError) Unwrap() error { return e.Err }

// Syncer brings directories up to date.
type Syncer struct {
	Source Source
	Now    func() time.Time
	// Save keeps a snapshot of the directory. It is called after the accounts are
	// listed, and before that of a portal that never was, then about once a second, and
	// at the end, successful or not.
	// Calls do not overlap; an error ends the sync.
	Save func(ctx context.Context, d *Directory) error
	// Fruitless is how many attempts before this one came to nothing. It begins
	// with other accounts than they did, which may be all that stands in the way.
	Fruitless int
	// Used are the accounts that somebody uses, by their IDs as a directory has them:
	// their roles are listed first, in this order.
	Used []string
	// Wanted are those that somebody waits for; nil if nobody can.
	Wanted *Wanted
	// Changes is what the last sync found that found anything, and takes what this one
	// finds. It is kept apart from the snapshot, by Save.
	Changes Changes
}

// Run brings d up to date, continuing a sync that was cut off. Until it has
// listed an account's roles anew, d shows those of the last sync, so that a
// reader never sees less than there was.
//
// Whatever it returns, d holds all that was learnt, and was saved unless saving
// failed.
func (s *Syncer) Run(ctx context.Context, d *Directory) error {
	g := newGate(s.Source)
	calls, leave := context.WithCancel(ctx)
	early := newAhead(calls, s, g)
	defer func() { leave(); early.end(); early.running.Wait() }()
	if !s.resumable(d) {
		if err := s.listAccounts(ctx, d, early); err != nil {
			return err
		}
	}
	asked := early.end()
	if err := s.Save(ctx, d); err != nil {
		return err
	}
	err := s.listRoles(ctx, d, g, asked)
	if err == nil {
		d.Complete(s.Now())
	}
	// Saved even if ctx is done: what was learnt is not to be lost.
	return errors.Join(err, s.Save(context.WithoutCancel(ctx), d))
}

// Complete notes that the sync under way has ended.
func (d *Directory) Complete(now time.Time) {
	at := make([]int64, len(d.Accounts))
	for i := range d.Accounts {
		at[i] = d.ListedAt(&d.Accounts[i])
	}
	d.Updated, d.Began = now.UnixMilli(), d.Started
	for i := range d.Accounts {
		if a := &d.Accounts[i]; a.State != Done {
			d.listedAt(a, at[i])
		}
	}
}

func (s *Syncer) resumable(d *Directory) bool {
	age := s.Now().Sub(time.UnixMilli(d.Started))
	return d.Started > 0 && d.Count(Pending) > 0 && age >= 0 && age < resumeWithin
}
