package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/usage"
)

// team is an index with a history: account, role and what was typed, in order.
func team(uses ...string) *Index {
	d := &directory.Directory{}
	for i, name := range []string{"ledger-dev", "payments-api", "payments-dev", "payments-prod", "platform-dev", "prod"} {
		d.Accounts = append(d.Accounts, directory.Account{ID: "11111111110" + string(rune('0'+i)), Name: name, Roles: []string{"ReadOnlyAccess", "AdministratorAccess"}})
	}
	ix := NewIndex(d)
	var h usage.History
	for i, use := range uses {
		f := strings.Split(use, ",")
		for a := range d.Accounts {
			if d.Accounts[a].Name == f[0] {
				h.Add(d.Accounts[a].ID, f[1]+"Access", f[2], int64(i))
			}
		}
	}
	ix.SetUsed(h.Rank(d.Accounts, int64(len(uses))))
	return ix
}

// firsts are the first rows for a query, so many.
func firsts(ix *Index, query string, n int) string {
	var names []string
	for _, r := range ix.Search(query, nil) {
		a, role := ix.Row(r)
		names = append(names, ix.accounts[a].Name+" "+strings.TrimSuffix(ix.accounts[a].Roles[role], "Access"))
	}
	return strings.Join(names[:min(n, len(names))], ", ")
}

func TestWhatWasUsedComesFirst(t *testing.T) {
	const reads, admins = "payments-prod,ReadOnly,pa", "platform-dev,Administrator,plat"
	for _, test := range []struct {
		uses  []string
		query string
		want  string // the first rows
	}{
		{nil, "", "ledger-dev ReadOnly, ledger-dev Administrator"},
		{[]string{reads, admins, reads}, "", "payments-prod ReadOnly, platform-dev Administrator, ledger-dev ReadOnly"},
		{[]string{reads, admins, reads}, "p", "payments-prod ReadOnly, platform-dev Administrator, prod ReadOnly"},
		{[]string{reads, admins, reads}, "pl", "platform-dev Administrator, platform-dev ReadOnly"},
		{[]string{admins, reads}, "payments", "payments-prod ReadOnly, payments-api ReadOnly"},

		// The same letters lead to the same role, whatever is used more.
		{[]string{"payments-dev,ReadOnly,pay", reads, reads, reads}, "pay", "payments-dev ReadOnly"},
		// One that was not taken for fewer letters makes room for the next,
		{[]string{"payments-dev,ReadOnly,paym", "payments-prod,ReadOnly,payme", "payments-prod,ReadOnly,payme"}, "p", "payments-prod ReadOnly, payments-dev ReadOnly"},
		{[]string{"payments-dev,ReadOnly,paym", "payments-prod,ReadOnly,payme", "payments-prod,ReadOnly,payme"}, "pa", "payments-dev ReadOnly, payments-prod ReadOnly"},
		// but no stronger role of its account takes its place,
		{[]string{"payments-prod,ReadOnly,payme", "payments-prod,ReadOnly,payme", "payments-prod,Administrator,paymen"}, "pa", "payments-prod ReadOnly, payments-api ReadOnly"},
		// nor does any when more is typed.
		{[]string{"payments-dev,ReadOnly,payments d", "payments-prod,ReadOnly,payments p", "payments-prod,ReadOnly,payments p"}, "payment", "payments-prod ReadOnly"},

		// What is literally asked for stays where it is.
		{[]string{"payments-prod,Administrator,", "payments-prod,Administrator,"}, "prod", "prod ReadOnly, prod Administrator"},
		{[]string{"payments-dev,Administrator,payments"}, "payments prod", "payments-prod ReadOnly, payments-prod Administrator"},
		{[]string{"payments-prod,Administrator,payments"}, "payments-dev ro", "payments-dev ReadOnly"},
		{[]string{"payments-prod,Administrator,prod adm"}, "prod", "prod ReadOnly, prod Administrator"},
		{[]string{"payments-prod,Administrator,payments prod adm"}, "payments prod", "payments-prod ReadOnly, payments-prod Administrator"},
		{[]string{"payments-prod,Administrator,payments prod adm"}, "payments pr", "payments-prod ReadOnly, payments-prod Administrator"},
		{[]string{"payments-prod,Administrator,payments"}, "payments", "payments-api ReadOnly"},
		{[]string{"platform-dev,Administrator,dev"}, "dev", "ledger-dev ReadOnly, ledger-dev Administrator"},
		// In the middle of a word it is what was typed before,
		{[]string{"payments-prod,Administrator,payments prod adm"}, "pa", "payments-prod Administrator, payments-api ReadOnly"},
		// but a stronger role leads for nothing else, and no exception for a habit.
		{[]string{"payments-prod,Administrator,adm"}, "pa", "payments-api ReadOnly, payments-dev ReadOnly"},
		{[]string{"payments-prod,ReadOnly,", "payments-prod,ReadOnly,", "payments-prod,Administrator,payments prod adm"}, "pa", "payments-prod ReadOnly"},
		{[]string{reads, reads, "payments-prod,Administrator,pa"}, "pa", "payments-prod ReadOnly"},
		{[]string{reads, reads, "payments-api,ReadOnly,pa"}, "pa", "payments-prod ReadOnly, payments-api ReadOnly"},
		// A role that was not used stays where it is, too.
		{[]string{"payments-dev,Administrator,x"}, "payments-prod", "payments-prod ReadOnly, payments-prod Administrator"},
		// A guess stays a guess.
		{[]string{"payments-api,Administrator,pay"}, "paymnets-prod", "payments-prod ReadOnly"},
	} {
		ix := team(test.uses...)
		if got := firsts(ix, test.query, strings.Count(test.want, ",")+1); got != test.want {
			t.Errorf("%q after %q: %s, want %s", test.query, test.uses, got, test.want)
		}
	}
}

// That a row was lifted does not hide which one matches as well.
func TestWhatWasUsedHidesNoRival(t *testing.T) {
	ix := team("payments-dev,ReadOnly,payments")
	ix.Search("payments", nil)
	if found := ix.Found(); found.Guess || found.Rival < 0 {
		t.Fatalf("found %+v", found)
	}
	if a, role := ix.Row(ix.Found().Rival); ix.accounts[a].Name != "payments-api" || role != 0 {
		t.Errorf("the rival is row %d of %s", role, ix.accounts[a].Name)
	}
}

// Whatever was used, a search finds the same rows, and those that were not used in
// the same order; whether they are a guess does not change; and a role stronger than
// the first leads in the middle of a word alone, for what was typed for it.
func TestWhatWasUsedMovesNothingElse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	queries := []string{"", "p", "pa", "pay", "paym", "payments", "payments prod", "prod", "prd", "dev adm", "paymnets", "l", "admin", "111111111103", "ro dev", "платежи", "pp"}
	names := []string{"ledger-dev", "payments-api", "payments-dev", "payments-prod", "platform-dev", "prod"}
	words := strings.FieldsFunc(strings.Join(names, "-"), func(r rune) bool { return r == '-' })
	for range 300 {
		var uses []string
		for range r.IntN(12) {
			q := queries[r.IntN(len(queries))]
			uses = append(uses, names[r.IntN(len(names))]+","+[]string{"ReadOnly", "Administrator"}[r.IntN(2)]+","+q[:r.IntN(len(q)+1)])
		}
		plain, ix := team(), team(uses...)
		for _, q := range queries {
			want, got := plain.Search(q, nil), ix.Search(q, nil)
			wasUsed := func(row int32) bool {
				return slices.ContainsFunc(ix.used, func(u used) bool { return u.row == row })
			}
			if a, b := slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got)); !slices.Equal(a, b) {
				t.Fatalf("%q after %q finds %v, without %v", q, uses, got, want)
			}
			if a, b := slices.DeleteFunc(slices.Clone(want), wasUsed), slices.DeleteFunc(slices.Clone(got), wasUsed); !slices.Equal(a, b) {
				t.Errorf("%q after %q has the others in the order %v, without %v", q, uses, b, a)
			}
			if len(got) > 0 && q != "" && ix.stronger(got[0], want[0]) {
				u := ix.used[slices.IndexFunc(ix.used, func(u used) bool { return u.row == got[0] })]
				if !strings.HasPrefix(u.typed, q) || slices.Contains(words, q[strings.LastIndex(q, " ")+1:]) {
					t.Errorf("%q after %q leads to row %d, typed for it was %q", q, uses, got[0], u.typed)
				}
			}
			if ix.Found().Guess != plain.Found().Guess {
				t.Errorf("%q after %q: a guess %v", q, uses, ix.Found().Guess)
			}
		}
	}
}
