package search

import (
	"slices"
	"strings"
	"unicode"

	"portico/internal/directory"
	"portico/internal/fold"
)

// A label is what somebody calls one role. Such a role is found by it: each word that is
// typed begins a word of the label, or of the account's name or the role's, and one of them
// a word of the label.
//
// It comes first, since the person gave it that name, but not before an account whose
// whole name was typed. And a role stronger than that of the row that matches best comes
// right behind it, unless all of the label was typed and the names of that row do not have
// the very words: the beginning of a word, or a word that is others' as well, leads to no
// stronger role than the words of names do. What is only a guess makes room.
//
//	label     "db" on payments-prod Administrator, "payroll" on ledger-prod ReadOnly
//	db        payments-prod Administrator: all of its label
//	prod      ledger-prod ReadOnly, even if that is the label of an Administrator
//	pay       ledger-prod ReadOnly, then payments-… as ever
//	d         data-platform ReadOnly, payments-prod Administrator, then as ever

// labelled is a row that has a label.
type labelled struct {
	row   int32
	whole string   // folded
	words []string // of the label
	rest  []string // of the account's name and the role's
}

// SetLabels tells what roles are called, by their places.
func (ix *Index) SetLabels(labels map[directory.Place]string) {
	ix.labels = ix.labels[:0]
	if len(labels) == 0 {
		return
	}
	for r := range ix.rows {
		row := &ix.rows[r]
		label := labels[directory.Place{Account: row.account, Role: row.at}]
		if label == "" {
			continue
		}
		whole := fold.String(label)
		ix.labels = append(ix.labels, labelled{int32(r), whole, wordsOf(whole),
			wordsOf(fold.String(ix.accounts[row.account].Name + " " + ix.roleNames[row.role]))})
	}
}

func wordsOf(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
}

// withLabels adds the rows that are found by their labels to rows, which are sorted.
func (ix *Index) withLabels(query string, rows []int32) []int32 {
	if len(ix.labels) == 0 {
		return rows
	}
	guess := ix.found.Guess || ix.found.offered
	folded := strings.Join(strings.Fields(fold.String(query)), " ")
	typed := wordsOf(folded)
	var before, behind []int32 // the best match
	for i := range ix.labels {
		l := &ix.labels[i]
		if !l.found(typed) {
			continue
		}
		if len(rows) == 0 || guess || !ix.scores[rows[0]].named() && (folded == l.whole && !ix.says(rows[0], typed) || !ix.stronger(l.row, rows[0])) {
			before = append(before, l.row)
		} else if l.row != rows[0] {
			behind = append(behind, l.row)
		}
	}
	if len(before)+len(behind) == 0 {
		return rows
	}
	was := rows
	if guess {
		was = nil
		ix.found = Found{Rival: -1}
	}
	out := append(before, behind...)
	if len(was) > 0 {
		first := was[0]
		if len(before) == 0 {
			out = append([]int32{first}, behind...)
		} else if !slices.Contains(before, first) {
			ix.found.Rival = first // which matches as well, at least
			out = append(append(slices.Clone(before), first), behind...)
		}
		for _, r := range was {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return append(rows[:0], out...)
}

// says tells whether the names of a row have all words that were typed, whole.
func (ix *Index) says(r int32, typed []string) bool {
	row := &ix.rows[r]
	words := wordsOf(fold.String(ix.accounts[row.account].Name + " " + ix.roleNames[row.role]))
	return !slices.ContainsFunc(typed, func(w string) bool { return !slices.Contains(words, w) })
}

// found tells whether what is typed finds a row by its label.
func (l *labelled) found(typed []string) (found bool) {
	for _, w := range typed {
		begins := func(word string) bool { return strings.HasPrefix(word, w) }
		switch {
		case slices.ContainsFunc(l.words, begins):
			found = true
		case !slices.ContainsFunc(l.rest, begins):
			return false
		}
	}
	return found
}
