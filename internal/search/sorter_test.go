package search

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// Whether scores are few or many, rows come in their order, and those of one score
// as they were.
func TestRowsAreSortedByScoreAlone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var s sorter
	for _, kinds := range []uint32{1, 2, 100, maxKinds - 1, maxKinds, maxKinds + 1, 1 << scoreBits} {
		for _, n := range []int{0, 1, 7, 20_000} {
			scores := make([]score, n)
			rows := make([]int32, n)
			for i := range scores {
				scores[i] = score(1+random.Uint32N(kinds)*(1<<scoreBits/kinds)).tie()<<weaknessBits | score(i%4)
				rows[i] = int32(i)
			}
			want := slices.Clone(rows)
			slices.SortStableFunc(want, func(a, b int32) int { return cmp.Compare(scores[b], scores[a]) })
			if s.sort(rows, scores); !slices.Equal(rows, want) {
				t.Errorf("%d rows of up to %d scores are out of order", n, 4*kinds)
			}
		}
	}
}
