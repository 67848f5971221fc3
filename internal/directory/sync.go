package directory

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"
)

const (
	// workers is how many role listings are under way at once: enough to fill
	// a quota of 20 requests a second with answers that take 400 ms.
	workers = 8
	// saveEvery is how much finished work a dying worker may lose.
	saveEvery = time.Second
	// resumeWithin is how old a sync that was cut off may be to be continued;
	// after that its first half is worth no more than the last directory.
	resumeWithin = time.Hour
)

// Source lists what a portal grants. Texts are as the portal sent them.
// Role names may come in any order.
//
// An error that concerns one account alone (it was closed a moment ago, say) is
// a [*RefusedError]; any other ends the sync, to be resumed later.
type Source interface {
	Accounts(ctx context.Context) iter.Seq2[Account, error]
	Roles(ctx context.Context, accountID string) ([]string, error)
}

// RefusedError reports that a portal would not list one account's roles.
type RefusedError struct {
	Code string // the portal's error code
}

func (e *RefusedError) Error() string { return "portal refused to list roles: " + e.Code }

// Syncer brings directories up to date.
type Syncer struct {
	Source Source
	Now    func() time.Time
	// Save keeps a snapshot of the directory. It is called after the accounts
	// are listed, then about once a second, and at the end, successful or not.
	// Calls do not overlap; an error ends the sync.
	Save func(ctx context.Context, d *Directory) error
}

// Run brings d up to date, continuing a sync that was cut off. Until it has
// listed an account's roles anew, d shows those of the last sync, so that a
// reader never sees less than there was.
//
// Whatever it returns, d holds all that was learnt, and was saved unless saving
// failed.
func (s *Syncer) Run(ctx context.Context, d *Directory) error {
	if !s.resumable(d) {
		if err := s.listAccounts(ctx, d); err != nil {
			return err
		}
	}
	if err := s.Save(ctx, d); err != nil {
		return err
	}
	err := s.listRoles(ctx, d)
	if err == nil {
		d.Updated = s.Now().UnixMilli()
	}
	// Saved even if ctx is done: what was learnt is not to be lost.
	return errors.Join(err, s.Save(context.WithoutCancel(ctx), d))
}

func (s *Syncer) resumable(d *Directory) bool {
	age := s.Now().Sub(time.UnixMilli(d.Started))
	return d.Count(Pending) > 0 && age >= 0 && age < resumeWithin
}

// listAccounts replaces d's accounts, keeping the roles of those that stay.
func (s *Syncer) listAccounts(ctx context.Context, d *Directory) error {
	started := s.Now()
	known := make(map[string][]string, len(d.Accounts)) // by escaped ID
	for _, a := range d.Accounts {
		known[a.ID] = a.Roles
	}
	var accounts []Account
	seen := make(map[string]bool)
	for a, err := range s.Source.Accounts(ctx) {
		if err != nil {
			return err
		}
		if seen[a.ID] {
			continue // an account that moved between pages while we read them
		}
		seen[a.ID] = true
		id := Escape(a.ID)
		accounts = append(accounts, Account{
			ID: id, Name: Escape(a.Name), Email: Escape(a.Email),
			Roles: known[id], State: Pending,
		})
	}
	slices.SortFunc(accounts, func(a, b Account) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	d.Started, d.Accounts = started.UnixMilli(), accounts
	return nil
}

// result is what listing one account's roles came to.
type result struct {
	account int
	roles   []string
	err     error
}

func (s *Syncer) listRoles(ctx context.Context, d *Directory) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	// Workers are handed IDs by value: d belongs to this goroutine alone.
	type job struct {
		account int
		id      string
	}
	var jobs []job
	for i := range d.Accounts {
		if d.Accounts[i].State == Pending {
			jobs = append(jobs, job{i, Unescape(d.Accounts[i].ID)})
		}
	}
	todo := make(chan job, len(jobs))
	for _, j := range jobs {
		todo <- j
	}
	close(todo)
	results := make(chan result, workers)
	var running sync.WaitGroup
	for range min(workers, len(jobs)) {
		running.Go(func() {
			for j := range todo {
				if ctx.Err() != nil {
					return
				}
				roles, err := s.Source.Roles(ctx, j.id)
				results <- result{j.account, roles, err}
			}
		})
	}
	go func() { running.Wait(); close(results) }()

	var failure error
	saved := s.Now()
	for r := range results {
		if err := d.Accounts[r.account].apply(r); err != nil {
			if failure == nil {
				failure = err
				cancel(err)
			}
			continue
		}
		if now := s.Now(); failure == nil && now.Sub(saved) >= saveEvery {
			saved = now
			if failure = s.Save(ctx, d); failure != nil {
				cancel(failure)
			}
		}
	}
	if failure == nil && d.Count(Pending) > 0 {
		failure = context.Cause(ctx) // ctx ended before the list did
	}
	return failure
}

// apply records a result; it returns an error that ends the sync.
func (a *Account) apply(r result) error {
	var refused *RefusedError
	switch {
	case errors.As(r.err, &refused):
		a.State, a.Problem = Failed, Escape(refused.Code)
	case r.err != nil:
		return r.err
	default:
		roles := make([]string, 0, len(r.roles))
		for _, role := range r.roles {
			roles = append(roles, Escape(role))
		}
		slices.Sort(roles)
		a.Roles, a.State, a.Problem = slices.Compact(roles), Done, ""
	}
	return nil
}
