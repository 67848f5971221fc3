package directory

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"
)

// outage is how many failures without an answer in between end a round.
const outage = workers

// pauses are the waits before the accounts that the portal failed for are asked
// for again. Together they outlast a restart of the portal. Where failing takes so
// long itself, as silence does, one more round is enough.
var pauses = [...]time.Duration{2 * time.Second, 8 * time.Second, 20 * time.Second}

const patience = 30 * time.Second // all pauses together

// listRoles lists the roles of all pending accounts, in rounds: what failed in
// one is asked for again in the next. When it returns nil, each account has been
// answered for, or has failed while others were answered for.
func (s *Syncer) listRoles(ctx context.Context, d *Directory, g *gate, asked map[string]chan result) error {
	r := s.newRound(d, g)
	r.asked = asked
	began := time.Now()
	for n := 0; ; n++ {
		if err := r.run(ctx); err != nil {
			return err
		}
		last := n >= len(pauses) || n > 0 && time.Since(began) > patience
		switch {
		case d.Count(Pending) == 0:
			return nil
		case last && r.returned:
			r = r.next() // what failed before the portal was back is nobody's own fault
			continue
		case last:
			return r.settle()
		}
		if err := s.Save(ctx, d); err != nil {
			return err
		}
		if err := pause(ctx, pauses[n]); err != nil {
			return err
		}
		r = r.next()
	}
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// round asks once for the roles of every pending account.
type round struct {
	*Syncer
	d        *Directory
	gate     *gate
	jobs     []job
	asked    map[string]chan result // for whose roles was asked before, by ID
	answered int                    // the first account answered for; -1 if none was
	failing  map[int]*FailingError  // by account
	emptied  map[int]bool           // accounts answered for without a role; true once that is believed
	inARow   int                    // failures since the last answer
	silent   bool                   // nothing was answered in the round before
	returned bool                   // nor at the beginning of this one, and then something was
	size     int                    // of d's texts
	unsaved  bool                   // something was learnt since
	saved    time.Time
}

// job is one account to ask for. Workers are handed IDs by value: the directory
// belongs to one goroutine alone.
type job struct {
	account int
	id      string
}

// result is what listing one account's roles came to.
type result struct {
	account int
	roles   []string
	err     error
}

func (s *Syncer) newRound(d *Directory, g *gate) *round {
	r := &round{Syncer: s, d: d, gate: g, answered: -1, failing: map[int]*FailingError{}, emptied: map[int]bool{}, saved: time.Now()}
	for i := range d.Accounts {
		r.size += d.Accounts[i].size()
	}
	for _, i := range s.order(d) {
		r.jobs = append(r.jobs, r.job(i))
	}
	if n := len(r.jobs); n > 0 {
		later := s.Fruitless * workers % n
		r.jobs = append(slices.Clone(r.jobs[later:]), r.jobs[:later]...)
	}
	return r
}

func (r *round) job(account int) job { return job{account, Unescape(r.d.Accounts[account].ID)} }

// next makes the round after r. It asks first for one account that was answered
// for before, to see whether the portal answers at all.
func (r *round) next() *round {
	next := r.newRound(r.d, r.gate)
	next.silent = r.answered < 0
	for account := range r.emptied {
		next.emptied[account] = true
	}
	witness := r.answered
	if witness < 0 {
		witness = slices.IndexFunc(r.d.Accounts, func(a Account) bool { return a.State == Done })
	}
	if witness >= 0 {
		next.jobs = append([]job{r.job(witness)}, next.jobs...)
	}
	return next
}

// run returns what ends the sync. What failed and may pass stays pending.
func (r *round) run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	enough, stop := context.WithCancel(ctx)
	defer stop()
	// Also while no more answers come: what was learnt is not to wait for silence.
	due := time.NewTicker(saveEvery)
	defer due.Stop()
	var failure error
	for results, more := r.ask(ctx, enough), true; more; {
		var err error
		select {
		case <-due.C:
		case got, ok := <-results:
			if more = ok; ok {
				err = r.take(got) // also after a failure: what was learnt is not to be lost
			}
		}
		if err == nil && failure == nil && more {
			err = r.saveNow(ctx)
		}
		if err != nil && failure == nil {
			failure = err
			cancel(err)
		}
		if r.inARow >= outage {
			stop()
		}
	}
	if failure == nil && r.d.Count(Pending) > 0 {
		return context.Cause(ctx) // if ctx ended before the list did
	}
	return failure
}

// ask asks until it is enough, as the gate allows, and gives results as they come.
func (r *round) ask(ctx, enough context.Context) <-chan result {
	results := make(chan result)
	go func() {
		var running sync.WaitGroup
		defer func() { running.Wait(); close(results) }()
		var jobs []job
		for _, j := range r.jobs {
			answer := r.asked[j.id]
			if answer == nil {
				jobs = append(jobs, j)
				continue
			}
			running.Go(func() {
				got := <-answer
				results <- result{j.account, got.roles, got.err}
			})
		}
		for n := 0; len(jobs) > 0; n++ {
			// Of two contexts that end together the inner one ends last.
			if ctx.Err() != nil || r.gate.enter(enough) != nil {
				return
			}
			next := 0
			if n > 0 { // the first may be a witness
				next = r.Wanted.next(jobs)
			}
			j := jobs[next]
			copy(jobs[1:], jobs[:next]) // the others keep their order
			jobs = jobs[1:]
			running.Go(func() {
				began := time.Now()
				roles, err := r.Source.Roles(ctx, j.id)
				r.gate.leave(time.Since(began))
				results <- result{j.account, roles, err}
			})
		}
	}()
	return results
}

// take records a result; it returns an error that ends the sync.
func (r *round) take(got result) error {
	r.unsaved = true
	a := &r.d.Accounts[got.account]
	var refused *RefusedError
	var failing *FailingError
	switch {
	case errors.As(got.err, &failing):
		r.inARow++
		if a.State == Pending { // it is not the witness
			r.failing[got.account] = failing
			a.Problem = codeOf(failing.Code)
		}
		return nil
	case errors.As(got.err, &refused):
		if a.State == Pending {
			a.fail(refused.Code)
		}
	case got.err != nil:
		return got.err
	default:
		roles := rolesOf(got.roles)
		if len(roles) == 0 && a.State == Pending && !r.emptied[got.account] {
			// It is listed because of a role: the next round asks again.
			r.emptied[got.account] = false
			r.inARow = 0
			return nil
		}
		if err := r.replace(a, roles); err != nil {
			return err
		}
	}
	r.inARow = 0
	if r.answered < 0 {
		r.answered, r.returned = got.account, r.silent && len(r.failing) > 0
	}
	return nil
}

// fail marks an account.
func (a *Account) fail(code string) { a.State, a.Problem = Failed, codeOf(code) }

// codeOf brings an error code into its form. It is a word; what is longer is none.
func codeOf(code string) string {
	const longest = 100
	if len(code) > longest {
		code = strings.ToValidUTF8(code[:longest], "") + "…"
	}
	return Escape(code)
}

// replace gives an account the roles that were listed, if there is room.
func (r *round) replace(a *Account, roles []string) error {
	before := a.size()
	done := *a
	done.Roles, done.State, done.Problem, done.Listed = roles, Done, "", 0
	if r.size+done.size()-before > maxSize {
		return ErrTooLarge
	}
	r.size += done.size() - before
	r.Changes.note(r.d, a, a.Roles, roles)
	*a = done
	return nil
}

// saveNow saves what was learnt, if the last time is long ago.
func (r *round) saveNow(ctx context.Context) error {
	if !r.unsaved || time.Since(r.saved) < saveEvery {
		return nil
	}
	r.saved, r.unsaved = time.Now(), false
	return r.Save(ctx, r.d)
}

// settle ends the last round. If the portal has answered in it, the failures are
// the accounts' own; else they are the portal's, and say nothing of any account.
// An account that only now was answered for without a role is believed to have none.
func (r *round) settle() error {
	for i := range r.emptied {
		if err := r.replace(&r.d.Accounts[i], nil); err != nil {
			return err
		}
	}
	var last error
	for i, failing := range r.failing {
		if r.answered >= 0 {
			r.d.Accounts[i].fail(failing.Code)
		}
		last = failing
	}
	if r.d.Count(Pending) == 0 {
		return nil
	}
	return last
}

// rolesOf brings role names into their form and order. One without a name is
// none.
func rolesOf(names []string) []string {
	roles := make([]string, 0, len(names))
	for _, name := range names {
		if !isBlank(name) {
			roles = append(roles, Escape(name))
		}
	}
	SortRoles(roles)
	return slices.Compact(roles)
}
