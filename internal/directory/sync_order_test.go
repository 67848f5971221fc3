package directory_test

import (
	"slices"
	"testing"
	"time"

	"portico/internal/directory"
)

func (r *rig) runAs(t *testing.T, s directory.Syncer) {
	t.Helper()
	s.Source, s.Now, s.Save = r.portal, time.Now, r.disk.save(t)
	if err := s.Run(t.Context(), &r.dir); err != nil {
		t.Fatal(err)
	}
}

// Roles come first of what somebody uses, then of what was never listed, then of what
// was listed longest ago.
func TestWhatIsNeededIsListedFirst(t *testing.T) {
	inBubble(t, 300, func(t *testing.T, r *rig) {
		for i := 100; i < 120; i++ {
			r.problems[accountID(i)] = &directory.RefusedError{Code: "ForbiddenException"}
		}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		for i := 200; i < 220; i++ {
			r.problems[accountID(i)] = &directory.RefusedError{Code: "ForbiddenException"}
		}
		time.Sleep(time.Hour)
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.accounts = append(r.accounts, directory.Account{ID: accountID(900), Name: "new"})
		r.roles[accountID(900)] = []string{"Admin"}
		r.problems, r.asked = nil, nil
		time.Sleep(time.Hour)
		used := []string{accountID(250), accountID(7), "gone", accountID(110)}
		r.runAs(t, directory.Syncer{Used: used})
		// Eight are asked at once, in any order.
		sets := [][]string{{accountID(250), accountID(7), accountID(110)}, {accountID(900)}, nil, nil, nil}
		for i := range 300 {
			id := accountID(i)
			switch {
			case slices.Contains(used, id):
			case i >= 100 && i < 120:
				sets[1] = append(sets[1], id) // never listed
			case i >= 200 && i < 220:
				sets[2] = append(sets[2], id) // listed longest ago
			default:
				sets[3] = append(sets[3], id)
			}
		}
		at := 0
		for _, set := range sets {
			for _, id := range set {
				if place := slices.Index(r.asked, id); place < at-8 || place >= at+len(set)+8 {
					t.Errorf("%s was asked for as number %d, want from %d to %d", id, place, at, at+len(set))
				}
			}
			at += len(set)
		}
		if len(r.asked) != 301 {
			t.Errorf("asked %d times", len(r.asked))
		}
	})
}

// What somebody waits for while a listing is under way is asked for at once, and
// nothing is asked for twice or forgotten for it.
func TestWhatIsWaitedForIsListedNow(t *testing.T) {
	inBubble(t, 400, func(t *testing.T, r *rig) {
		wanted := new(directory.Wanted)
		var before int
		time.AfterFunc(time.Second, func() {
			r.mu.Lock()
			before = len(r.asked)
			r.mu.Unlock()
			wanted.Want([]string{accountID(399), accountID(0), "gone", accountID(300)})
		})
		r.runAs(t, directory.Syncer{Wanted: wanted})
		for _, i := range []int{399, 300} {
			if place := slices.Index(r.asked, accountID(i)); place > before+16 {
				t.Errorf("account %d was asked for as number %d, after %d", i, place, before)
			}
		}
		asked := slices.Sorted(slices.Values(r.asked))
		if len(slices.Compact(asked)) != 400 || len(r.asked) != 400 {
			t.Errorf("asked %d times for %d accounts", len(r.asked), len(slices.Compact(asked)))
		}
		r.counts(t, 0, 400, 0)
	})
}
