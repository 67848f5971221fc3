package search

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A letter beyond ASCII behind it has the whole text taken the long way, and must
// change nothing in front.
func TestPlainTextIsTakenAsAnyOther(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "B", "Cd", "EF", "1", "23", "-", " ", "_", "/", "AWSAdmin", "v2Beta"})
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, p := range rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces") {
			s += p
		}
		var plain, other arena
		f, g := plain.add(s), other.add(s+" é")
		in, marks := plain.in(&f)
		g.size--
		alsoIn, alsoMarks := other.in(&g)
		if string(in) != string(alsoIn) || !slices.Equal(marks, alsoMarks) || f.heads&^g.heads != 0 || f.mask != maskOf(in) || f.pairs != pairsOf(in) {
			t.Fatalf("%q: got %q %v, want %q %v", s, in, marks, alsoIn, alsoMarks)
		}
	})
}
