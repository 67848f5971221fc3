package search

// sorter sorts rows by score. Many rows have the same one, since accounts are
// called alike and have the same roles, so sorting is counting: of whole scores if
// they are few, else of a part of their bits at a time, the lowest first.
type sorter struct {
	table  [1 << tableBits]int16 // where a score is in kinds, by its hash; 0 if it is not
	kinds  []kindOfScore         // the first is none
	kindOf []int16               // by row of those to be sorted
	counts [1 << roundBits]int32
	spare  []int32
}

// kindOfScore is a score that some rows have.
type kindOfScore struct {
	score score
	count int32
}

const (
	tableBits = 10
	maxKinds  = 1 << tableBits / 2

	// roundBits is how many bits are counted at a time: few counters, for a search
	// that finds little, and few rounds, for one that finds all.
	roundBits = 10
)

// sort sorts rows by scores, best first; rows of one score keep their order.
func (s *sorter) sort(rows []int32, scores []score) {
	s.spare = resized(s.spare, len(rows))
	if s.count(rows, scores) {
		s.place(rows)
		copy(rows, s.spare)
		return
	}
	from, to := rows, s.spare
	for bit := 0; bit < scoreBits; bit += roundBits {
		if s.round(from, to, scores, bit) {
			from, to = to, from
		}
	}
	copy(rows, from) // which they may be in already
}

// count fills kinds and kindOf, and tells whether the kinds are few.
func (s *sorter) count(rows []int32, scores []score) bool {
	clear(s.table[:])
	s.kinds = append(s.kinds[:0], kindOfScore{})
	s.kindOf = resized(s.kindOf, len(rows))
	last := int16(0) // neighbours are mostly alike
	for i, r := range rows {
		score := scores[r]
		if s.kinds[last].score != score || last == 0 {
			if last = s.kind(score); last == 0 {
				return false
			}
		}
		s.kinds[last].count++
		s.kindOf[i] = last
	}
	return true
}

// kind finds the kind of a score, a new one if there is room.
func (s *sorter) kind(score score) int16 {
	const golden = 0x9e3779b1 // spreads numbers that are alike: Knuth, volume 3, 6.4
	for at := uint32(score) * golden >> (32 - tableBits); ; at = (at + 1) % (1 << tableBits) {
		k := s.table[at]
		switch {
		case k != 0 && s.kinds[k].score == score:
			return k
		case k == 0 && len(s.kinds) > maxKinds:
			return 0
		case k == 0:
			k = int16(len(s.kinds))
			s.table[at] = k
			s.kinds = append(s.kinds, kindOfScore{score: score})
			return k
		}
	}
}

// place puts the rows into spare, by their kinds.
func (s *sorter) place(rows []int32) {
	var order [maxKinds]int16
	best := order[:len(s.kinds)-1]
	for i := range best {
		best[i] = int16(i + 1)
	}
	for i := range best { // they are few, and package slices is 2 KB of program
		for j := i; j > 0 && s.kinds[best[j]].score > s.kinds[best[j-1]].score; j-- {
			best[j], best[j-1] = best[j-1], best[j]
		}
	}
	at := int32(0)
	for _, k := range best {
		at, s.kinds[k].count = at+s.kinds[k].count, at
	}
	for i, r := range rows {
		k := &s.kinds[s.kindOf[i]]
		s.spare[k.count] = r
		k.count++
	}
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
