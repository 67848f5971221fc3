package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"portico/internal/directory"
	"portico/internal/search"
	"portico/internal/usage"
)

// wanted is one use in a trace: the role that somebody wants, and what they type for
// it.
type wanted struct{ accountID, role, text string }

// between is how many minutes pass from one use in a trace to the next: twenty a day.
const between = 24 * 60 / 20

func readTrace(file string) (trace []wanted, err error) {
	err = eachLine(file, func(f []string) error {
		if len(f) != 3 || strings.TrimSpace(f[0]) == "" || strings.TrimSpace(f[1]) == "" {
			return fmt.Errorf("%d fields, want 3: accountId, roleName, text", len(f))
		}
		trace = append(trace, wanted{strings.TrimSpace(f[0]), directory.Escape(strings.TrimSpace(f[1])), f[2]})
		return nil
	})
	return trace, err
}

// keystrokes are how many letters each use took, and for which it was the first of
// its role.
type keystrokes struct {
	all, repeats []int
	never        int
}

// replay types each text letter by letter until the role is first, and then counts it
// as used. A role that is not first for the whole text is never found.
func replay(d *directory.Directory, trace []wanted) (k keystrokes) {
	ix := search.NewIndex(d)
	var h usage.History
	var rows []int32
	known := map[[2]string]bool{}
	for i, w := range trace {
		now := int64(i) * between
		ix.SetUsed(h.Rank(d.Accounts, now))
		typed, ok := 0, false
		for n, letters := 0, 0; ; {
			if rows = ix.Search(w.text[:n], rows); len(rows) > 0 {
				account, role := ix.Row(rows[0])
				a := &d.Accounts[account]
				if ok = a.ID == w.accountID && a.Roles[role] == w.role; ok {
					typed = letters
					h.Add(w.accountID, w.role, w.text[:n], now)
					break
				}
			}
			if n == len(w.text) {
				break
			}
			_, size := utf8.DecodeRuneInString(w.text[n:])
			n, letters = n+size, letters+1
		}
		role := [2]string{w.accountID, w.role}
		if !ok {
			k.never++
			h.Add(w.accountID, w.role, w.text, now) // it was chosen from the list
		} else if k.all = append(k.all, typed); known[role] {
			k.repeats = append(k.repeats, typed)
		}
		known[role] = true
	}
	return k
}

func (k keystrokes) report(w io.Writer) {
	fmt.Fprintf(w, "repeats %s of %d\n", summary(k.repeats), len(k.repeats))
	fmt.Fprintf(w, "keystrokes %s never %d\n", summary(k.all), k.never)
}

// summary gives mean, median and the ninetieth of a hundred.
func summary(typed []int) string {
	if len(typed) == 0 {
		return "mean 0.0 median 0 p90 0"
	}
	sorted, sum := slices.Sorted(slices.Values(typed)), 0
	for _, n := range sorted {
		sum += n
	}
	return fmt.Sprintf("mean %.1f median %d p90 %d", float64(sum)/float64(len(sorted)), sorted[len(sorted)/2], sorted[(9*len(sorted)+9)/10-1])
}
