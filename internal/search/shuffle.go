package search

// shuffle finds out whether a term is whole words of a name in another order:
// carlosivanovsandbox is sandbox-carlos-ivanov.
type shuffle struct {
	text  string
	in    []byte
	marks []mark
	steps int
	taken spots
}

// from goes on with so many letters of the term done, by so many words.
func (s *shuffle) from(done int, taken spots, words int) bool {
	if done == len(s.text) {
		s.taken = taken
		return words > 1
	}
	for at := 0; at < len(s.in); at++ {
		if s.marks[at]&wordStart == 0 || s.in[at] != s.text[done] || taken.has(at) {
			continue
		}
		if s.steps++; s.steps > maxSteps {
			return false
		}
		end := wordTo(s.marks, at)
		if size := end - at; done+size <= len(s.text) && string(s.in[at:end]) == s.text[done:done+size] &&
			s.from(done+size, taken.with(at, size), words+1) {
			return true
		}
	}
	return false
}
