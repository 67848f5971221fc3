package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/directory"
)

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

// checkAgainstReference searches and compares rows, order and scores. What only a
// guess finds is checked for its order alone.
func checkAgainstReference(t fataler, d *directory.Directory, ix *Index, query string) {
	t.Helper()
	got := ix.Search(query, nil)
	if fresh := NewIndex(d).Search(query, nil); !slices.Equal(got, fresh) {
		t.Fatalf("search %q after others: rows %v, want %v\ndirectory %+v", query, got, fresh, d.Accounts)
	}
	for _, r := range got {
		checkHighlight(t, d, ix, query, r)
	}
	if len(ix.terms) == 0 || len(ix.terms) > 3 {
		return // all rows or none; or more than the reference copes with
	}
	if !ix.Found().Guess {
		checkScores(t, d, ix, query, got)
	}
	want := slices.Clone(got)
	slices.Sort(want)
	slices.SortStableFunc(want, func(a, b int32) int { return int(ix.scores[b]) - int(ix.scores[a]) })
	if !slices.Equal(got, want) {
		t.Fatalf("search %q: rows %v, want %v\ndirectory %+v", query, got, want, d.Accounts)
	}
}

func checkScores(t fataler, d *directory.Directory, ix *Index, query string, got []int32) {
	t.Helper()
	ref := newReference(ix)
	for r := range ix.rows {
		want, found := ref.score(r), slices.Contains(got, int32(r))
		if found != (want != 0) {
			t.Fatalf("search %q: row %s is found: %v, its score is %b\ndirectory %+v", query, label(d, ix, int32(r)), found, want, d.Accounts)
		}
		if !found {
			continue
		}
		have := ix.scores[r] &^ (1<<weaknessBits - 1)
		// One term is not dealt out: the first of its best places counts, whichever
		// of them covers more.
		if alone := len(ix.terms) == 1; have != want && (!alone || have.points() != want.points()) {
			t.Fatalf("search %q: row %s has score %b, want %b\ndirectory %+v", query, label(d, ix, int32(r)), have, want, d.Accounts)
		}
	}
}

// checkHighlight checks that spans are in order, apart and inside the text.
func checkHighlight(t fataler, d *directory.Directory, ix *Index, query string, r int32) {
	t.Helper()
	a, role := ix.Row(r)
	account := d.Accounts[a]
	h := ix.Highlight(query, r)
	total := 0
	for _, part := range []struct {
		text  string
		spans []Span
	}{{account.Name, h.Name}, {account.Roles[role], h.Role}, {account.ID, h.ID}, {account.Email, h.Email}} {
		last := -1
		for _, s := range part.spans {
			if s.From <= last || s.To <= s.From || s.To > len(part.text) {
				t.Fatalf("highlight %q in %q: spans %v", query, part.text, part.spans)
			}
			last = s.To
			total++
		}
	}
	if needs := slices.ContainsFunc(ix.terms, func(t term) bool { return !t.spare }); total == 0 && needs && !ix.found.offered {
		t.Fatalf("highlight %q in row %d of %+v: nothing", query, r, d.Accounts)
	}
}

// TestSearchEqualsReference draws directories and queries from few letters, so
// that all kinds of match and of tie come up.
func TestSearchEqualsReference(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "b", "A", "B", "ab", "Ab", "AB", "prod", "Prod", "prdo", "non", "data", "1", "12", "01", "-", ".", " ", "_",
		"é", "É", "è", "漢", "ß", "İ", "\xff", "\xc3", "access", "admin", "readonly", "Read", "Only", "ro", "e\u0301"})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
	})
	account := rapid.Custom(func(t *rapid.T) directory.Account {
		return directory.Account{
			ID:    rapid.StringMatching(`[0-2]{12}|[ab1]{0,3}`).Draw(t, "id"),
			Name:  text.Draw(t, "name"),
			Email: text.Draw(t, "email"),
			Roles: rapid.SliceOfN(text, 0, 3).Draw(t, "roles"),
		}
	})
	separators := rapid.SampledFrom([]string{" ", "  ", "\t", "\u200b", "", "-", "/"})
	rapid.Check(t, func(t *rapid.T) {
		d := &directory.Directory{Accounts: rapid.SliceOfN(account, 0, 6).Draw(t, "accounts")}
		ix := NewIndex(d)
		for range 4 { // one index for several queries: scratch memory must not leak from one to the next
			first := text.Draw(t, "term") + separators.Draw(t, "between")
			checkAgainstReference(t, d, ix, first+text.Draw(t, "term"))
			checkAgainstReference(t, d, ix, first+text.Draw(t, "another term")) // what is the same is not matched again
		}
	})
}

// TestTypingEqualsReference types real queries and mistyped ones into a real
// directory, letter by letter.
func TestTypingEqualsReference(t *testing.T) {
	d := organisation(25, 4)
	ix := NewIndex(d)
	for _, q := range benchQueries {
		for end := range len(q.query) + 1 {
			checkAgainstReference(t, d, ix, q.query[:end])
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, q := range benchQueries {
		f.Add("payments-prod", "123456789012", "aws+payments@corp.example.com", "AdministratorAccess", q.query)
	}
	f.Add("\xff\xc3", "\x00", "é", "İI\u200b", "\xc3 \xff")
	f.Add("a-", "", "-", "", "-")
	f.Add("Non Prod 01", "111111111101", "x@y", "nonprod-admin", "no prod 1 -prod arn:aws:iam::111111111101:role/x")
	f.Add(strings.Repeat("ab-", 300), "", "", strings.Repeat("A", 300), strings.Repeat("ab", 40)+" "+strings.Repeat("x ", 40))
	f.Fuzz(func(t *testing.T, name, id, email, role, query string) {
		d := &directory.Directory{Accounts: []directory.Account{
			{Name: name, ID: id, Email: email, Roles: []string{role, name}},
			{Name: role, ID: id, Email: name, Roles: []string{email}},
			{Name: email, Roles: []string{role, role, query}},
		}}
		ix := NewIndex(d)
		const small = 40 // letters that the reference copes with
		if len(name) < small && len(id) < small && len(email) < small && len(role) < small && len(query) < small {
			checkAgainstReference(t, d, ix, query)
			return
		}
		for _, r := range ix.Search(query, nil) {
			ix.Highlight(query, r)
		}
	})
}
