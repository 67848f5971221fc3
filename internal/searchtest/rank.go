package searchtest

import (
	"fmt"

	"portico/internal/directory"
	"portico/internal/search"
)

// Rank tells at which place the row that is meant stands among those that were found,
// from 1, counted by accounts if any role will do; 0 if it is not found.
func Rank(ix *search.Index, d *directory.Directory, q Query, rows []int32) int {
	seen, n := map[int32]bool{}, 0
	for _, row := range rows {
		account, role := ix.Row(row)
		if q.Role != "-" || !seen[account] {
			n++
			seen[account] = true
		}
		a := &d.Accounts[account]
		if a.ID == q.AccountID && (q.Role == "-" || directory.Unescape(a.Roles[role]) == q.Role) {
			return n
		}
	}
	return 0
}

// Tally is what the ranks of some answers come to.
type Tally struct{ n, first, sum float64 }

// Add counts the rank of one more answer.
func (t *Tally) Add(rank int) {
	t.n++
	if rank == 1 {
		t.first++
	}
	if rank > 0 {
		t.sum += 1 / float64(rank)
	}
}

// Answers is how many answers were counted.
func (t *Tally) Answers() int { return int(t.n) }

// MRR is the mean of one over the rank, of what is not found 0.
func (t *Tally) MRR() float64 { return t.sum / max(t.n, 1) }

func (t *Tally) String() string {
	return fmt.Sprintf("MRR %.3f top1 %.3f", t.MRR(), t.first/max(t.n, 1))
}

// Tallies are those of some queries: of all, and of those of each rule.
type Tallies struct {
	All   Tally
	Rules []string // in the order in which they were met first
	By    map[string]*Tally
}

// Add counts the rank of the answer to a query.
func (t *Tallies) Add(q Query, rank int) {
	t.All.Add(rank)
	if q.Rule == "" {
		return
	}
	if t.By == nil {
		t.By = map[string]*Tally{}
	}
	if t.By[q.Rule] == nil {
		t.By[q.Rule] = &Tally{}
		t.Rules = append(t.Rules, q.Rule)
	}
	t.By[q.Rule].Add(rank)
}
