package main

import (
	"fmt"
	"io"
	"time"

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
		r.ranks = append(r.ranks, searchtest.Rank(ix, set.Directory, q, rows))
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

// report prints each rule's figures, if the queries have rules, and then all.
func report(out io.Writer, set searchtest.Set, r result, misses int) {
	var t searchtest.Tallies
	for i, q := range set.Queries {
		t.Add(q, r.ranks[i])
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
	for _, rule := range t.Rules {
		fmt.Fprintf(out, "%-26s %v of %d\n", rule, t.By[rule], t.By[rule].Answers())
	}
	fmt.Fprintf(out, "%v ms/query %.1f\n", &t.All, r.took.Seconds()*1000/float64(max(t.All.Answers(), 1)))
}
