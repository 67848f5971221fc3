package search

import "slices"

func referenceMisspelt(w letters, t string) int {
	term, best := []rune(t), none
	if len(term) < swapFrom {
		return none
	}
	allowed := 0
	if len(term) >= oneEditFrom {
		allowed = 1
	}
	if len(term) >= twoEditsFrom {
		allowed = 2
	}
	for _, word := range w.words() {
		for n := len(term) - allowed; n <= len(term)+allowed && n <= len(word); n++ {
			kind := misspeltStartPenalty
			if n == len(word) {
				kind = misspeltPenalty
			}
			if isSwap(term, word[:n]) {
				best = max(best, loose(1, kind))
			} else if d := distance(term, word[:n]); d <= allowed {
				best = max(best, loose(d, kind))
			}
		}
	}
	return best
}

// words is each word, and the whole text.
func (w letters) words() [][]rune {
	words := [][]rune{[]rune(w.text)}
	for from := range w.starts {
		to := from + 1
		for !w.ends[to] {
			to++
		}
		words = append(words, []rune(w.text[from:to]))
	}
	return slices.DeleteFunc(words, func(word []rune) bool { return len(string(word)) < swapFrom })
}

func isSwap(a, b []rune) bool {
	for i := 0; i+1 < len(a); i++ {
		c := slices.Clone(a)
		c[i], c[i+1] = c[i+1], c[i]
		if a[i] != a[i+1] && slices.Equal(b, c) {
			return true
		}
	}
	return false
}

// distance is the Levenshtein distance by its definition.
func distance(a, b []rune) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		for j := range table[i] {
			switch {
			case i == 0 || j == 0:
				table[i][j] = i + j
			case a[i-1] == b[j-1]:
				table[i][j] = table[i-1][j-1]
			default:
				table[i][j] = 1 + min(table[i-1][j-1], table[i-1][j], table[i][j-1])
			}
		}
	}
	return table[len(a)][len(b)]
}
