package search

const (
	// never is a cost that no match can afford.
	never = 1 << 16
	// maxAlign bounds the table of an alignment. A name of 50 letters and a term
	// of 24 need 1,200 places; beyond the bound nothing is emphasised.
	maxAlign = 1 << 14
)

// step is the cheapest way to have a letter of a term at one place of a name.
type step struct {
	edits int32
	from  int32 // where the letter before it stands
}

// align finds where the letters of text stand in a name, in their order and the
// first at the beginning of a word, as cheaply as can be: each byte skipped costs
// gap, a jump to the beginning of a word jumpEdits. It is scattered once more,
// with the way kept; with gaps that nobody can afford it is abbreviates.
func align(in []byte, marks []mark, text string, gap int32) []int {
	size := len(in)
	if size*len(text) > maxAlign {
		return nil
	}
	steps := make([]step, size*len(text))
	for i := range len(text) {
		row := steps[i*size:][:size]
		near, far := step{edits: never}, step{edits: never}
		for at, c := range in {
			starts := marks[at]&wordStart != 0
			row[at].edits = never
			switch {
			case c != text[i]:
			case i == 0 && starts:
				row[at].edits = 0
			case i > 0:
				row[at] = near
				if starts && far.edits+jumpEdits < near.edits {
					row[at] = step{far.edits + jumpEdits, far.from}
				}
			}
			if i == 0 {
				continue
			}
			before := steps[(i-1)*size+at].edits
			near.edits = min(near.edits+gap, never)
			if before <= near.edits {
				near = step{before, int32(at)}
			}
			if before < far.edits {
				far = step{before, int32(at)}
			}
		}
	}
	return trace(steps, size, len(text))
}

// trace follows the cheapest steps back from the last letter to the first.
func trace(steps []step, size, letters int) []int {
	at, least := int32(-1), int32(never)
	for p, s := range steps[(letters-1)*size:] {
		if s.edits < least {
			at, least = int32(p), s.edits
		}
	}
	if at < 0 {
		return nil
	}
	places := make([]int, letters)
	for i := letters - 1; i >= 0; i-- {
		places[i] = int(at)
		at = steps[i*size+int(at)].from
	}
	return places
}
