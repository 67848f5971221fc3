package directory_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
)

// Each account tells when its roles were listed, whatever became of the listings
// since, and what is kept tells the same.
func TestEachAccountKeepsItsAge(t *testing.T) {
	inBubble(t, 5, func(t *testing.T, r *rig) {
		const never = 0
		check := func(when string, want ...int64) {
			t.Helper()
			kept := r.disk.last(t)
			for i := range want {
				at, stored := r.dir.ListedAt(&r.dir.Accounts[i]), kept.ListedAt(&kept.Accounts[i])
				if at != want[i] || stored != at {
					t.Errorf("%s: account %d was listed at %d, stored is %d; want %d", when, i, at, stored, want[i])
				}
			}
		}
		list := func(wait time.Duration) int64 {
			time.Sleep(wait)
			began := time.Now().UnixMilli()
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			return began
		}
		r.problems[accountID(4)] = &directory.RefusedError{Code: "ForbiddenException"}
		first := list(0)
		check("first", first, first, first, first, never)
		r.problems[accountID(1)] = &directory.RefusedError{Code: "ForbiddenException"}
		second := list(time.Hour)
		check("two fail", second, first, second, second, never)
		// A listing that is cut off, and after too long a time begun anew.
		ctx, cancel := context.WithCancel(t.Context())
		r.answers = func(id string) error {
			if id == accountID(0) {
				return nil
			}
			cancel()
			return ctx.Err()
		}
		time.Sleep(time.Hour)
		if r.run(ctx, t) == nil {
			t.Fatal("it is complete, though it was cut off")
		}
		check("cut off", r.dir.Started, first, second, second, never)
		began := r.dir.Started
		r.answers, r.problems = nil, map[string]error{accountID(0): &directory.RefusedError{Code: "ForbiddenException"}}
		r.accounts = append(r.accounts, directory.Account{ID: accountID(9), Name: "zzz"})
		r.problems[accountID(9)] = r.problems[accountID(0)]
		last := list(2 * time.Hour)
		check("begun anew", began, last, last, last, last, never)
	})
}

// sameRows compares changes that come in the order of answers.
func sameRows(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func TestWhatChangedIsKept(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		list := func() directory.Changes {
			t.Helper()
			time.Sleep(time.Hour)
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			back := directory.ParseChanges(r.changes.Text())
			if back.Text() != r.changes.Text() || back.New != r.changes.New {
				t.Errorf("%+v is read as %+v", r.changes, back)
			}
			return back
		}
		if c := list(); c.Run != 0 {
			t.Errorf("the first listing found %+v", c)
		}
		r.roles[accountID(0)] = []string{"Reader"}
		r.accounts = []directory.Account{r.accounts[0], r.accounts[2], {ID: accountID(7), Name: "new"}}
		r.roles[accountID(7)] = []string{"Admin", "Reader"}
		want := []string{
			"-\t" + accountID(1) + "\taccount-001\tAdmin",
			"+\t" + accountID(0) + "\taccount-000\tReader",
			"-\t" + accountID(0) + "\taccount-000\tAdmin",
			"+\t" + accountID(7) + "\tnew\tReader",
			"+\t" + accountID(7) + "\tnew\tAdmin",
		}
		c := list()
		if c.New != 3 || c.Gone != 2 || c.Run != r.dir.Started || c.Told != 0 || !sameRows(c.Rows, want) {
			t.Errorf("got %+v", c)
		}
		run := c.Run
		if c = list(); c.Run != run || len(c.Rows) != 5 {
			t.Errorf("a listing without changes has left %+v", c)
		}
		// What one that was cut off has found is told by the next, less what is undone by then.
		r.roles[accountID(0)], r.roles[accountID(2)] = []string{"Reader", "Writer"}, []string{"Admin", "Other"}
		ctx, cancel := context.WithCancel(t.Context())
		r.answers = func(id string) error {
			if id == accountID(7) {
				cancel()
				return ctx.Err()
			}
			return nil
		}
		time.Sleep(time.Hour)
		if r.run(ctx, t) == nil {
			t.Fatal("it is complete")
		}
		if c := r.changes; c.New != 2 {
			t.Errorf("cut off: %+v", c)
		}
		r.answers, r.problems = nil, nil
		r.roles[accountID(0)] = []string{"Reader"}
		time.Sleep(time.Hour)
		if c = list(); c.New != 1 || c.Gone != 0 || !slices.Equal(c.Rows, []string{"+\t" + accountID(2) + "\taccount-002\tOther"}) {
			t.Errorf("after one that was cut off: %+v", c)
		}
	})
}

func TestChangesBeyondCountingByNameAreCounted(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, r *rig) {
		r.roles[accountID(0)] = nil
		for range 2 {
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Hour)
			for i := range 300 {
				r.roles[accountID(0)] = append(r.roles[accountID(0)], accountID(i))
			}
		}
		if c := directory.ParseChanges(r.changes.Text()); c.New != 300 || len(c.Rows) != 200 {
			t.Errorf("%d new, %d by name", c.New, len(c.Rows))
		}
	})
}

func FuzzChanges(f *testing.F) {
	f.Add("1700000000000\t1\t1\t0\t\n+\t1\tname\trole\n-\t2\tname\trole")
	f.Add("\t\t\t\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := directory.ParseChanges(text)
		if again := directory.ParseChanges(c.Text()); again.Run != c.Run || again.New != c.New || !slices.Equal(again.Rows, c.Rows) {
			t.Errorf("%q is read as %+v, and then as %+v", text, c, again)
		}
	})
}
