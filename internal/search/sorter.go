package search

// sorter sorts rows by score. Scores are small numbers, so sorting is counting,
// twice: first by their lower half, then by the upper.
type sorter struct {
	counts [1 << (scoreBits / 2)]int32
	rows   []int32
}

// sort sorts rows by scores, best first; rows of one score keep their order.
func (s *sorter) sort(rows []int32, scores []score) {
	s.rows = resized(s.rows, len(rows))
	s.pass(s.rows, rows, scores, 0)
	s.pass(rows, s.rows, scores, scoreBits/2)
}

func (s *sorter) pass(dst, src []int32, scores []score, shift int) {
	clear(s.counts[:])
	const low = 1<<(scoreBits/2) - 1
	for _, r := range src {
		s.counts[scores[r]>>shift&low]++
	}
	at := int32(0)
	for i := len(s.counts) - 1; i >= 0; i-- {
		at, s.counts[i] = at+s.counts[i], at
	}
	for _, r := range src {
		i := scores[r] >> shift & low
		dst[s.counts[i]] = r
		s.counts[i]++
	}
}

// sorted appends the rows that have a score to dst, best first.
func (ix *Index) sorted(dst []int32) []int32 {
	ix.sorter.sort(ix.hits, ix.scores)
	return append(dst, ix.hits...)
}
