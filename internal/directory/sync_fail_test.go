package directory_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/directory"
)

var errPassing = &directory.FailingError{Code: "503", Err: errors.New("service unavailable")}

// fails has the portal fail for some accounts, or all, as long as a test says.
func (r *rig) fails(until time.Time, accounts ...string) {
	r.answers = func(id string) error {
		if time.Now().Before(until) && (len(accounts) == 0 || slices.Contains(accounts, id)) {
			return errPassing
		}
		return nil
	}
}

func (r *rig) times(id string) int {
	n := 0
	for _, asked := range r.asked {
		if asked == id {
			n++
		}
	}
	return n
}

func TestAnOutageIsNobodysRefusal(t *testing.T) {
	for _, test := range []struct{ after, lasts time.Duration }{
		{0, 20 * time.Second}, {0, 28 * time.Second}, {500 * time.Millisecond, 20 * time.Second}, {2300 * time.Millisecond, 20 * time.Second}, {2300 * time.Millisecond, time.Second},
	} {
		inBubble(t, 180, func(t *testing.T, r *rig) { // 23 rounds of 100 ms
			begins := time.Now().Add(test.after)
			r.answers = func(string) error {
				if now := time.Now(); !now.Before(begins) && now.Before(begins.Add(test.lasts)) {
					return errPassing
				}
				return nil
			}
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			r.counts(t, 0, 180, 0)
			if n := len(r.asked); n > 180+4*17 {
				t.Errorf("after %v for %v: asked %d times", test.after, test.lasts, n)
			}
			if r.dir.Updated == 0 {
				t.Error("the sync does not count as complete")
			}
			r.savedAll(t)
		})
	}
}

func TestAnOutageThatLastsLeavesTheRestPending(t *testing.T) {
	for _, left := range []int{120, 7, 1} {
		inBubble(t, 120, func(t *testing.T, r *rig) {
			answered := 0
			r.answers = func(string) error {
				if answered++; answered > 120-left {
					return errPassing
				}
				return nil
			}
			if err := r.run(t.Context(), t); !errors.Is(err, errPassing.Err) {
				t.Errorf("%d left: %v", left, err)
			}
			r.counts(t, left, 120-left, 0)
			if r.dir.Updated != 0 {
				t.Error("the sync counts as complete")
			}
			r.savedAll(t)

			r.answers, r.asked = nil, nil // the next sync asks for these alone
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			r.counts(t, 0, 120, 0)
			if len(r.asked) != left {
				t.Errorf("%d were left, %d asked for", left, len(r.asked))
			}
		})
	}
}

// What always fails, while others are answered for, is the account's own.
func TestAnAccountThatAlwaysFailsDoesNotStopTheOthers(t *testing.T) {
	for _, bad := range [][]string{{accountID(4)}, {accountID(99)}, {accountID(0), accountID(1), accountID(50), accountID(99)}} {
		inBubble(t, 100, func(t *testing.T, r *rig) {
			r.fails(time.Now().Add(time.Hour), bad...)
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			r.counts(t, 0, 100-len(bad), len(bad))
			for _, id := range bad {
				if a := r.dir.Find(id); a.Problem != "503" || r.times(id) != 4 {
					t.Errorf("%+v after %d tries", a, r.times(id))
				}
			}
			if n := len(r.asked); n > 100+3*(len(bad)+1) {
				t.Errorf("asked %d times", n)
			}
			r.savedAll(t)
		})
	}
}

// More than are under way at once, next to each other, look like an outage; the
// others are listed all the same.
func TestManyAccountsThatAlwaysFail(t *testing.T) {
	inBubble(t, 100, func(t *testing.T, r *rig) {
		var bad []string
		for i := 30; i < 50; i++ {
			bad = append(bad, accountID(i))
		}
		r.fails(time.Now().Add(time.Hour), bad...)
		err := r.run(t.Context(), t)
		if n := r.dir.Count(directory.Done); n != 80 {
			t.Errorf("%d of 80 are listed", n)
		}
		if err != nil { // too many failed in a row: some are left for the next sync
			err = r.run(t.Context(), t)
		}
		if r.counts(t, 0, 80, 20); err != nil || r.dir.Updated == 0 {
			t.Errorf("the sync does not end: %v", err)
		}
	})
}

// What a portal calls its reason may be anything; it is kept and shown.
func TestAReasonIsKeptShort(t *testing.T) {
	inBubble(t, 2, func(t *testing.T, r *rig) {
		r.problems[accountID(0)] = &directory.RefusedError{Code: strings.Repeat("ü\n", 1<<20)}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		if a := r.dir.Find(accountID(0)); len(a.Problem) > 1000 || strings.Contains(a.Problem, "\n") || !strings.HasSuffix(a.Problem, "…") {
			t.Errorf("%d bytes are kept", len(a.Problem))
		}
		r.savedAll(t)
	})
}

func TestTryingAgainAsksForTheFailedAccountsAlone(t *testing.T) {
	inBubble(t, 40, func(t *testing.T, r *rig) {
		if r.dir.Retry("") {
			t.Error("there is something to try again in an empty directory")
		}
		r.problems[accountID(3)] = &directory.RefusedError{Code: "ForbiddenException"}
		r.problems[accountID(5)] = &directory.RefusedError{Code: "endless"}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 38, 2)
		delete(r.problems, accountID(3))
		r.asked = nil
		if !r.dir.Retry("") {
			t.Error("there is nothing to try again")
		}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 39, 1)
		slices.Sort(r.asked)
		if want := []string{accountID(3), accountID(5)}; !slices.Equal(r.asked, want) {
			t.Errorf("asked for %q, want %q", r.asked, want)
		}
		if a := r.dir.Find(accountID(3)); a.Problem != "" || !slices.Equal(a.Roles, []string{"Admin"}) {
			t.Errorf("%+v", a)
		}
	})
}

// Elements that say nothing, or something twice.
func TestOddAccountsMakeNoOddRows(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		r.accounts = []directory.Account{
			{}, {Name: "no ID", Email: "a@example.com"}, {ID: " \t", Name: "blank ID"},
			{ID: "000000000002"}, {ID: "000000000001", Name: " \n"},
			{ID: "000000000003", Name: "three"}, {ID: "000000000003", Email: "three@example.com"}, {ID: "000000000003", Name: "other"},
			{ID: "000000000004"}, {ID: "000000000004", Name: "four"},
			{ID: "not\u202e12 digits", Name: "<b>"},
		}
		r.roles = map[string][]string{"000000000003": {"", "Admin", " ", "Admin", "\t", "Read\u200bOnly"}}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, a := range r.dir.Accounts {
			rows = append(rows, strings.Join(append([]string{a.ID, a.Name, a.Email}, a.Roles...), "|"))
		}
		want := []string{
			"000000000001|000000000001|", "000000000002|000000000002|", `not\u{202e}12 digits|<b>|`,
			"000000000004|four|", `000000000003|three|three@example.com|Read\u{200b}Only|Admin`,
		}
		if !slices.Equal(rows, want) {
			t.Errorf("got  %q\nwant %q", rows, want)
		}
		r.savedAll(t)
	})
}

func TestAListThatIsTooLongOrHasNoEndIsLeft(t *testing.T) {
	tests := map[string]func(r *rig){
		"the same account again and again": func(r *rig) { r.accounts = slices.Repeat(r.accounts, 2000) },
		"two accounts in turn":             func(r *rig) { r.accounts = slices.Repeat(newPortal(2).accounts, 2000) },
		"more names than can be kept": func(r *rig) {
			for i := range r.accounts {
				r.accounts[i].Name = strings.Repeat("x", 1<<20)
			}
		},
		"more roles than can be kept": func(r *rig) {
			for id := range r.roles {
				r.roles[id] = []string{strings.Repeat("x", 1<<20)}
			}
		},
	}
	for name, spoil := range tests {
		inBubble(t, 20, func(t *testing.T, r *rig) {
			spoil(r)
			if err := r.run(t.Context(), t); !errors.Is(err, directory.ErrTooLarge) {
				t.Errorf("%s: %v", name, err)
			}
			if text := directory.Encode(&r.dir); len(text) > 9<<20 || r.dir.Updated != 0 {
				t.Errorf("%s: %d bytes are kept, updated %d", name, len(text), r.dir.Updated)
			}
		})
	}
	inBubble(t, 600, func(t *testing.T, r *rig) {
		r.accounts = append(r.accounts, r.accounts...)
		if err := r.run(t.Context(), t); err != nil {
			t.Errorf("every account twice: %v", err)
		}
	})
}
