package directory

import (
	"cmp"
	"slices"
	"sync"
)

// Wanted are the accounts whose roles somebody waits for while they are listed. They
// are asked for before all others.
type Wanted struct {
	mu  sync.Mutex
	ids map[string]bool // as the portal has them
}

// Want has these accounts come first, by their IDs as the portal has them, in place
// of those before.
func (w *Wanted) Want(ids []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids = make(map[string]bool, len(ids))
	for _, id := range ids {
		w.ids[id] = true
	}
}

// next gives the place of the job that is to be done next: the first that is wanted,
// or the first.
func (w *Wanted) next(jobs []job) int {
	if w == nil {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.ids) == 0 {
		return 0
	}
	for i := range jobs {
		if w.ids[jobs[i].id] {
			delete(w.ids, jobs[i].id)
			return i
		}
	}
	w.ids = nil // of nobody who is asked for
	return 0
}

// order gives the accounts in a state of being asked for, in the order in which that
// is done: those that somebody uses, the most used first, then those whose roles were
// never listed, then those that were listed longest ago. Last come those that the
// portal failed for, so that accounts whose answers never come do not keep others
// waiting.
func (s *Syncer) order(d *Directory) (places []int) {
	used, place := make(map[string]int), make(map[string]int) // by ID
	for i, id := range slices.Backward(s.Used) {
		used[id] = i - len(s.Used)
	}
	var order []*Account
	for i := range d.Accounts {
		if a := &d.Accounts[i]; a.State == Pending {
			place[a.ID] = i
			order = append(order, a)
		}
	}
	slices.SortStableFunc(order, func(a, b *Account) int {
		failed := min(len(a.Problem), 1) - min(len(b.Problem), 1)
		return cmp.Or(failed, used[a.ID]-used[b.ID], cmp.Compare(d.ListedAt(a), d.ListedAt(b)))
	})
	for _, a := range order {
		places = append(places, place[a.ID])
	}
	return places
}
