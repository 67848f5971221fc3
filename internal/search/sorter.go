package search

// sorter sorts rows by score. Scores are small numbers, so sorting is counting,
// by a part of their bits at a time, the lowest first.
type sorter struct {
	counts [1 << roundBits]int32
	spare  []int32
}

// roundBits is how many bits are counted at a time: few counters, for a search
// that finds little, and few rounds, for one that finds all.
const roundBits = 10

// sort sorts rows by scores, best first; rows of one score keep their order.
func (s *sorter) sort(rows []int32, scores []score) {
	s.spare = resized(s.spare, len(rows))
	from, to := rows, s.spare
	for bit := 0; bit < scoreBits; bit += roundBits {
		if s.round(from, to, scores, bit) {
			from, to = to, from
		}
	}
	copy(rows, from) // which they may be in already
}

// round sorts rows by the digit that begins at a bit, and tells whether they differ
// in it; if not, they stay where they are.
func (s *sorter) round(from, to []int32, scores []score, bit int) bool {
	clear(s.counts[:])
	for _, r := range from {
		s.counts[scores[r]>>bit%(1<<roundBits)]++
	}
	if len(from) == 0 || int(s.counts[scores[from[0]]>>bit%(1<<roundBits)]) == len(from) {
		return false
	}
	places(s.counts[:])
	for _, r := range from {
		digit := scores[r] >> bit % (1 << roundBits)
		to[s.counts[digit]] = r
		s.counts[digit]++
	}
	return true
}

// places turns how many rows have a number into where the first of them goes.
func places(counts []int32) {
	at := int32(0)
	for i := len(counts) - 1; i >= 0; i-- {
		at, counts[i] = at+counts[i], at
	}
}
