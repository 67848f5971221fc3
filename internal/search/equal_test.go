package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/directory"
)

// checkAgainstReference searches and compares rows, order and scores.
func checkAgainstReference(t interface {
	Helper()
	Fatalf(string, ...any)
}, d *directory.Directory, ix *Index, query string) {
	t.Helper()
	got := ix.Search(query, nil)
	want, scores := referenceSearch(d, query)
	if len(referenceTerms(query)) == 0 {
		want = want[:0]
		for r := range ix.Len() {
			want = append(want, int32(r))
		}
	} else {
		for i, r := range want {
			if int(ix.totals[r]) != scores[i] {
				t.Fatalf("search %q: row %d has score %d, want %d\ndirectory %q", query, r, ix.totals[r], scores[i], d.Accounts)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("search %q: rows %v, want %v\ndirectory %q", query, got, want, d.Accounts)
	}
	for _, r := range got {
		checkHighlight(t, d, ix, query, r)
	}
}

// checkHighlight checks that spans are in order, apart, inside the text, and that
// a row that matches has some.
func checkHighlight(t interface {
	Helper()
	Fatalf(string, ...any)
}, d *directory.Directory, ix *Index, query string, r int32) {
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
	if total == 0 && len(referenceTerms(query)) > 0 {
		t.Fatalf("highlight %q in row %d of %q: nothing", query, r, d.Accounts)
	}
}

// TestSearchEqualsReference draws directories and queries from few letters, so
// that all kinds of match and of tie come up.
func TestSearchEqualsReference(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "b", "A", "B", "ab", "Ab", "AB", "prod", "Prod", "prdo", "data", "1", "12", "-", ".",
		"é", "É", "è", "漢", "ß", "İ", "\xff", "\xc3", "access", "admin", "readonly"})
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
	separators := rapid.SampledFrom([]string{" ", "  ", "\t", "\u200b", ""})
	rapid.Check(t, func(t *rapid.T) {
		d := &directory.Directory{Accounts: rapid.SliceOfN(account, 0, 6).Draw(t, "accounts")}
		ix := NewIndex(d)
		for range 4 { // one index for several queries: scratch memory must not leak from one to the next
			query := text.Draw(t, "term") + separators.Draw(t, "between") + text.Draw(t, "term")
			checkAgainstReference(t, d, ix, query)
		}
	})
}

// TestTypingEqualsReference types real queries and mistyped ones into a real
// directory, letter by letter.
func TestTypingEqualsReference(t *testing.T) {
	d := organisation(40, 4)
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
	f.Add("a-", "", "-", "", "-") // the e-mail is exact, and begins no word
	f.Add(strings.Repeat("ab-", 300), "", "", strings.Repeat("A", 300), strings.Repeat("ab", 40)+" "+strings.Repeat("x ", 40))
	f.Fuzz(func(t *testing.T, name, id, email, role, query string) {
		d := &directory.Directory{Accounts: []directory.Account{
			{Name: name, ID: id, Email: email, Roles: []string{role, name}},
			{Name: role, ID: id, Email: name, Roles: []string{email}},
			{Name: email, Roles: []string{role, role, query}},
		}}
		ix := NewIndex(d)
		const small = 60 // letters that the reference copes with
		if len(name) < small && len(id) < small && len(email) < small && len(role) < small && len(query) < small {
			checkAgainstReference(t, d, ix, query)
			return
		}
		for _, r := range ix.Search(query, nil) {
			ix.Highlight(query, r)
		}
	})
}
