package main

import (
	"fmt"
	"io"
	"time"

	"portico/internal/directory"
	"portico/internal/search"
	"portico/internal/searchtest"
)

// result is where the answers to the queries of a set stand.
type result struct {
	ranks  []int // from 1; 0 for not found
	firsts []string
	took   time.Duration
}

// measure asks every query.
func measure(ix *search.Index, set searchtest.Set) result {
	r := result{}
	var rows []int32
	ix.Search("warm up", rows)
	for _, q := range set.Queries {
		start := time.Now()
		rows = ix.Search(q.Text, rows)
		r.took += time.Since(start)
		r.ranks = append(r.ranks, rank(ix, set.Directory, q, rows))
		first := "nothing"
		if len(rows) > 0 {
			account, role := ix.Row(rows[0])
			a := &set.Directory.Accounts[account]
			first = a.Name + " · " + a.Roles[role]
		}
		r.firsts = append(r.firsts, first)
	}
	return r
}

// rank tells where the answer stands, counted by accounts if any role will do.
func rank(ix *search.Index, d *directory.Directory, q searchtest.Query, rows []int32) int {
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

// tally is what the ranks of some queries come to.
type tally struct{ n, first, sum float64 }

func (t *tally) add(rank int) {
	t.n++
	if rank == 1 {
		t.first++
	}
	if rank > 0 {
		t.sum += 1 / float64(rank)
	}
}

func (t *tally) String() string {
	n := max(t.n, 1)
	return fmt.Sprintf("MRR %.3f top1 %.3f", t.sum/n, t.first/n)
}

// report prints each rule's figures, if the queries have rules, and then all.
func report(out io.Writer, set searchtest.Set, r result, misses int) {
	all, byRule, rules := &tally{}, map[string]*tally{}, []string{}
	for i, q := range set.Queries {
		all.add(r.ranks[i])
		if q.Rule != "" {
			if byRule[q.Rule] == nil {
				byRule[q.Rule] = &tally{}
				rules = append(rules, q.Rule)
			}
			byRule[q.Rule].add(r.ranks[i])
		}
		if r.ranks[i] != 1 && misses > 0 {
			misses--
			a := set.Directory.Find(q.AccountID)
			name := "an account that there is not"
			if a != nil {
				name = a.Name
			}
			fmt.Fprintf(out, "rank %d of %q (%s): %s · %s, but first is %s\n", r.ranks[i], q.Text, q.Rule, name, q.Role, r.firsts[i])
		}
	}
	for _, rule := range rules {
		fmt.Fprintf(out, "%-26s %v of %.0f\n", rule, byRule[rule], byRule[rule].n)
	}
	fmt.Fprintf(out, "%v ms/query %.1f\n", all, r.took.Seconds()*1000/max(all.n, 1))
}
