package directory_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"portico/internal/directory"
)

var errNetwork = errors.New("network is gone")

func TestAFatalErrorEndsTheSyncWithAllLearntSaved(t *testing.T) {
	inBubble(t, 100, func(t *testing.T, r *rig) {
		r.problems[accountID(50)] = errNetwork
		if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
			t.Fatalf("got %v", err)
		}
		if r.dir.Updated != 0 {
			t.Error("the sync counts as complete")
		}
		if done := r.dir.Count(directory.Done); done < 40 || done > 60 {
			t.Errorf("%d accounts are done", done)
		}
		if len(r.asked) > 64 { // seven rounds of eight, and one begun before the error was seen
			t.Errorf("asked on: %d questions", len(r.asked))
		}
		r.savedAll(t)
	})
}

func TestAFatalErrorWhileListingAccountsChangesNothing(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		before, saves := directory.Encode(&r.dir), len(r.disk.texts)
		r.accounts, r.listing = r.accounts[:1], errNetwork
		if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
			t.Fatalf("got %v", err)
		}
		if directory.Encode(&r.dir) != before || len(r.disk.texts) != saves {
			t.Error("a list that was cut off replaced a whole one")
		}
	})
}

func TestCancellingSavesWhatWasLearnt(t *testing.T) {
	inBubble(t, 100, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(450*time.Millisecond, cancel) // in the middle of the fifth round
		if err := r.run(ctx, t); !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		r.counts(t, 68, 32, 0)
		r.savedAll(t)
	})
}

func TestCancellingAfterTheLastAnswerIsTooLate(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		r.disk.fail = func(int) error { return nil }
		r.problems[accountID(0)] = cancelling{cancel}
		if err := r.run(ctx, t); err != nil {
			t.Fatalf("got %v", err)
		}
		if r.dir.Updated == 0 {
			t.Error("the sync does not count as complete")
		}
	})
}

// cancelling is a refusal that ends a context when it is looked at.
type cancelling struct{ cancel context.CancelFunc }

func (cancelling) Error() string { return "refused" }
func (c cancelling) As(target any) bool {
	refused, ok := target.(**directory.RefusedError)
	if ok {
		c.cancel()
		*refused = &directory.RefusedError{Code: "Gone"}
	}
	return ok
}

func TestASyncThatWasCutOffGoesOnWhereItEnded(t *testing.T) {
	for _, test := range []struct {
		name   string
		pause  time.Duration
		afresh bool
	}{
		{"at once", 0, false},
		{"within the hour", 59 * time.Minute, false},
		{"after an hour", 61 * time.Minute, true},
		{"after the clock was set back", -time.Hour, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, 40, func(t *testing.T, r *rig) {
				r.problems[accountID(20)] = errNetwork
				if err := r.run(t.Context(), t); !errors.Is(err, errNetwork) {
					t.Fatalf("got %v", err)
				}
				r.dir = *r.disk.last(t) // another worker takes over
				var pending []string
				for _, a := range r.dir.Accounts {
					if a.State == directory.Pending {
						pending = append(pending, a.ID)
					}
				}
				started := r.dir.Started
				delete(r.problems, accountID(20))
				r.asked = nil
				if test.pause < 0 {
					r.dir.Started = time.Now().Add(-test.pause).UnixMilli()
					started = r.dir.Started
				} else {
					time.Sleep(test.pause)
				}
				if err := r.run(t.Context(), t); err != nil {
					t.Fatal(err)
				}
				slices.Sort(r.asked)
				if got := len(r.asked) == 40; got != test.afresh {
					t.Errorf("asked for %d of 40", len(r.asked))
				}
				if !test.afresh && !slices.Equal(r.asked, pending) {
					t.Errorf("asked for %q, pending were %q", r.asked, pending)
				}
				if got := r.dir.Started != started; got != test.afresh {
					t.Errorf("started at %d, before at %d", r.dir.Started, started)
				}
				r.counts(t, 0, 40, 0)
			})
		})
	}
}

var errQuota = errors.New("storage is full")

func TestASaveThatFailsEndsTheSync(t *testing.T) {
	for _, test := range []struct {
		name      string
		nth       int // save that fails
		asked     int // questions at most
		completed bool
	}{
		{"the first", 1, 0, false},
		{"one in the middle", 2, 100, false},
		{"the last", 4, 200, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, 200, func(t *testing.T, r *rig) { // 25 rounds of 100 ms
				r.disk.fail = func(nth int) error {
					if nth == test.nth {
						return errQuota
					}
					return nil
				}
				if err := r.run(t.Context(), t); !errors.Is(err, errQuota) {
					t.Fatalf("got %v", err)
				}
				if len(r.asked) > test.asked {
					t.Errorf("asked %d times", len(r.asked))
				}
				if got := r.dir.Count(directory.Pending) == 0; got != test.completed {
					t.Errorf("%d accounts are pending", r.dir.Count(directory.Pending))
				}
			})
		})
	}
}

func TestProgressIsSavedAboutOnceASecond(t *testing.T) {
	for _, cost := range []time.Duration{0, 300 * time.Millisecond} {
		t.Run("a save takes "+cost.String(), func(t *testing.T) {
			inBubble(t, 400, func(t *testing.T, r *rig) { // 50 rounds of 100 ms
				r.disk.cost = cost
				started := time.Now()
				if err := r.run(t.Context(), t); err != nil {
					t.Fatal(err)
				}
				took := time.Since(started)
				if n := len(r.disk.times) - 2; n < int(took/(1500*time.Millisecond)) || n > int(took/time.Second) {
					t.Errorf("%d saves under way in %v", n, took)
				}
				middle := r.disk.times[:len(r.disk.times)-1]
				for i := 1; i < len(middle); i++ {
					if gap := middle[i].Sub(middle[i-1]); gap < time.Second || gap > 1500*time.Millisecond {
						t.Errorf("save %d came %v after the one before", i, gap)
					}
				}
			})
		})
	}
}

func TestAtMostEightQuestionsAreUnderWay(t *testing.T) {
	for _, n := range []int{1, 5, 8, 9, 100} {
		inBubble(t, n, func(t *testing.T, r *rig) {
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
			if r.most != min(n, 8) || r.running != 0 {
				t.Errorf("%d accounts: %d questions at once, %d still under way", n, r.most, r.running)
			}
		})
	}
}
