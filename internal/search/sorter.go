package search

// sorter sorts rows by score. Scores are small numbers, so sorting is counting,
// twice: first by their lower half, then by the upper.
type sorter struct {
	lower, upper [1 << (scoreBits / 2)]int32
	spare        []int32
}

// sort sorts rows by scores, best first; rows of one score keep their order.
func (s *sorter) sort(rows []int32, scores []score) {
	s.spare = resized(s.spare, len(rows))
	const low = 1<<(scoreBits/2) - 1
	clear(s.lower[:])
	clear(s.upper[:])
	for _, r := range rows {
		s.lower[scores[r]&low]++
		s.upper[scores[r]>>(scoreBits/2)]++
	}
	places(s.lower[:])
	places(s.upper[:])
	for _, r := range rows {
		i := scores[r] & low
		s.spare[s.lower[i]] = r
		s.lower[i]++
	}
	for _, r := range s.spare {
		i := scores[r] >> (scoreBits / 2)
		rows[s.upper[i]] = r
		s.upper[i]++
	}
}

// places turns how many rows have a number into where the first of them goes.
func places(counts []int32) {
	at := int32(0)
	for i := len(counts) - 1; i >= 0; i-- {
		at, counts[i] = at+counts[i], at
	}
}
