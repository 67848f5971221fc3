package search

// zero is the letter mask of the digit that numbers may begin with and still be
// the same: 01 is 001.
const zero = 1 << digitBit

// sameNumber finds the term at the beginning of a word, its numbers being those
// of the name but for zeros before them; to is 0 if it is nowhere. Numbers are
// taken as a whole.
func (m *matcher) sameNumber(f *field) (from, to int) {
	in, marks := m.arena.in(f)
	for i := range in {
		if marks[i]&wordStart == 0 {
			continue
		}
		if end := m.sameFrom(in, i); end > 0 {
			return i, end
		}
	}
	return 0, 0
}

// sameFrom matches the term from one place of a name on, and tells where it ends
// there, or 0.
func (m *matcher) sameFrom(in []byte, at int) int {
	text := m.term.text
	i := 0
	for i < len(text) {
		if at >= len(in) {
			return 0
		}
		if isDigit(text[i]) && isDigit(in[at]) {
			iEnd, atEnd := digitsTo(text, i), digitsTo(in, at)
			if significant(text[i:iEnd]) != significant(string(in[at:atEnd])) {
				return 0
			}
			i, at = iEnd, atEnd
			continue
		}
		if text[i] != in[at] {
			return 0
		}
		i, at = i+1, at+1
	}
	return at
}

// digitsTo is where the number that i is in ends.
func digitsTo[T string | []byte](s T, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

// significant is a number without the zeros before it, of which the last stays.
func significant(number string) string {
	for len(number) > 1 && number[0] == '0' {
		number = number[1:]
	}
	return number
}
