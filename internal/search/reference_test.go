package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/internal/directory"
)

// The reference does what the package comment says in the plainest way: each
// term against each field of each row, with strings, recursion and sorting, and
// no mask, mark, table or shortcut.

// referenceSearch gives the rows that match and their scores, best first.
func referenceSearch(d *directory.Directory, query string) (rows []int32, scores []int) {
	terms := referenceTerms(query)
	found, tight := referenceRows(d, terms, false)
	if !tight {
		found, _ = referenceRows(d, terms, true)
	}
	slices.SortStableFunc(found, func(a, b [2]int) int { return cmp.Compare(b[1], a[1]) })
	for _, f := range found {
		rows = append(rows, int32(f[0]))
		scores = append(scores, f[1])
	}
	return rows, scores
}

func referenceRows(d *directory.Directory, terms []string, typos bool) (found [][2]int, tight bool) {
	r := 0
	for _, account := range d.Accounts {
		for _, role := range account.Roles {
			total, least := 0, math.MaxInt
			for _, t := range terms {
				s := referenceScore(account, role, t, typos)
				total, least = total+s, min(least, s)
			}
			if least > 0 {
				found = append(found, [2]int{r, total})
				tight = tight || least >= leastTight
			}
			r++
		}
	}
	return found, tight
}

func referenceTerms(query string) []string {
	var terms []string
	fields := strings.FieldsFunc(query, splits)
	for i := 0; i < len(fields) && len(terms) < maxTerms; i++ {
		if i+2 < len(fields) && fourDigits(fields[i]) && fourDigits(fields[i+1]) && fourDigits(fields[i+2]) {
			terms = append(terms, fields[i]+fields[i+1]+fields[i+2])
			i += 2
			continue
		}
		terms = append(terms, referenceLower(fields[i]))
	}
	return terms
}

func fourDigits(s string) bool { return len(s) == 4 && onlyDigits(s) }

func onlyDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func referenceLower(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError {
			b.WriteString(s[:size])
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		s = s[size:]
	}
	return b.String()
}

func referenceScore(account directory.Account, role, t string, typos bool) int {
	id, idTerm := idBonus, t
	if digits := strings.ReplaceAll(t, "-", ""); onlyDigits(digits) {
		id, idTerm = digitsBonus, digits
	}
	best := 0
	for _, field := range []struct{ quality, bonus int }{
		{referenceNamed(account.Name, t, typos && id == idBonus), nameBonus},
		{referenceNamed(role, t, typos && id == idBonus), roleBonus},
		{referenceOccurs(account.ID, idTerm), id},
		{referenceOccurs(account.Email, t), emailBonus},
	} {
		if field.quality != none {
			best = max(best, field.quality*bonuses+field.bonus)
		}
	}
	return best
}

// letters is a text, lower-cased, with the bytes at which words begin and before
// which they end.
type letters struct {
	text         string
	starts, ends map[int]bool
}

func referenceWords(s string) letters {
	w := letters{starts: map[int]bool{}, ends: map[int]bool{}}
	kinds := []kind{separator}
	var at []int
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		at = append(at, len(w.text))
		w.text += referenceLower(s[:size])
		kinds = append(kinds, kindOf(r))
		s = s[size:]
	}
	kinds = append(kinds, separator)
	at = append(at, len(w.text))
	for i := range at {
		before, here := kinds[i], kinds[i+1]
		boundary := before != here && (before != upper || here != lower)
		if i+2 < len(kinds) && before == upper && here == upper && kinds[i+2] == lower {
			boundary = true
		}
		if boundary && here != separator {
			w.starts[at[i]] = true
		}
		if boundary && before != separator {
			w.ends[at[i]] = true
		}
	}
	return w
}

func referenceOccurs(s, t string) int {
	w := referenceWords(s)
	best := none
	for i := range len(w.text) { // by byte: a query may be no UTF-8
		best = max(best, referenceAt(w, i, t))
	}
	return best
}

func referenceAt(w letters, i int, t string) int {
	switch {
	case !strings.HasPrefix(w.text[i:], t):
		return none
	case w.text == t:
		return exact
	case w.starts[i] && w.ends[i+len(t)]:
		return wholeWord
	case i == 0:
		return prefix
	case w.starts[i]:
		return wordPrefix
	}
	return substring
}

func referenceNamed(s, t string, typos bool) int {
	w := referenceWords(s)
	best := referenceOccurs(s, t)
	if best == none && len(t) <= maxAbbreviation && strings.Contains(w.heads(), t) {
		best = initials
	}
	if best == none && len(t) <= maxAbbreviation && w.least(t, never) < never {
		best = abbreviation
	}
	if best == none && len(t) <= maxScattered && len(t) == utf8.RuneCountInString(t) && isASCIIText(t) {
		if edits := w.least(t, 1); edits <= maxSkips(len(t)) {
			best = loose(edits, scatteredPenalty)
		}
	}
	if typos {
		best = max(best, referenceMisspelt(w, t))
	}
	return best
}

func isASCIIText(s string) bool {
	for _, c := range []byte(s) {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// heads is the first byte of each word.
func (w letters) heads() string {
	var b []byte
	for i := range len(w.text) {
		if w.starts[i] {
			b = append(b, w.text[i])
		}
	}
	return string(b)
}

// least tries all ways to find the letters of t one after the other.
func (w letters) least(t string, gap int) int {
	known := map[[2]int]int{}
	var from func(i, last int) int
	from = func(i, last int) int {
		if i == len(t) {
			return 0
		}
		if least, ok := known[[2]int{i, last}]; ok {
			return least
		}
		least := never
		for at := last + 1; at < len(w.text); at++ {
			if w.text[at] != t[i] || i == 0 && !w.starts[at] {
				continue
			}
			edits := 0
			if i > 0 {
				edits = (at - last - 1) * gap
			}
			if w.starts[at] {
				edits = min(edits, jumpEdits)
			}
			if i == 0 {
				edits = 0
			}
			least = min(least, edits+from(i+1, at))
		}
		known[[2]int{i, last}] = least
		return least
	}
	return from(0, -1)
}
