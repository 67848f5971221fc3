package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/directory"
)

// labelsOf names roles of team by their places.
func labelsOf(ix *Index, by map[string]string) map[directory.Place]string {
	all := make(map[directory.Place]string)
	for r := range ix.rows {
		row := &ix.rows[r]
		if label := by[ix.accounts[row.account].Name+" "+ix.roleNames[row.role]]; label != "" {
			all[directory.Place{Account: row.account, Role: row.at}] = label
		}
	}
	return all
}

func TestRolesAreFoundByTheirLabels(t *testing.T) {
	ix := team()
	ix.SetLabels(labelsOf(ix, map[string]string{"platform-dev AdministratorAccess": "db Größe", "ledger-dev ReadOnlyAccess": "payroll", "payments-api AdministratorAccess": "prod"}))
	for query, want := range map[string]string{
		"db":          "platform-dev Administrator",
		"grosse":      "platform-dev Administrator",
		"db platform": "platform-dev Administrator", // with words of the account
		"db admin":    "platform-dev Administrator", // and of the role
		"payr dev":    "ledger-dev ReadOnly",
		// The beginning of a label is as good as that of a name, but leads to no stronger
		// role.
		"pay": "ledger-dev ReadOnly, payments-api ReadOnly",
		"pro": "prod ReadOnly, payments-api Administrator",
		// An account that is called so comes first.
		"prod": "prod ReadOnly, payments-api Administrator",
	} {
		if got := firsts(ix, query, 1+strings.Count(want, ",")); got != want || ix.Found().Guess {
			t.Errorf("%q finds %q, want %q; a guess: %v", query, got, want, ix.Found().Guess)
		}
	}
	if got := firsts(ix, "payr admin", 1); got == "ledger-dev ReadOnly" {
		t.Error("a word that is nothing of the role is passed over")
	}
	// A word that names of others have leads to no stronger role by being a label, too.
	ix.SetLabels(labelsOf(ix, map[string]string{"platform-dev AdministratorAccess": "payments"}))
	if got := firsts(ix, "payments", 1); !strings.HasSuffix(got, "ReadOnly") {
		t.Errorf("it finds %s", got)
	}
}

// Labels add rows and move them; they lose none, and what has none is found as ever.
func TestLabelsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain, ix := team(), team()
		word := rapid.SampledFrom([]string{"", "db", "prod", "pay", "ledger", "admin", "x", "d b"})
		by := map[string]string{"ledger-dev ReadOnlyAccess": word.Draw(t, "one"), "prod AdministratorAccess": word.Draw(t, "two"), "payments-prod AdministratorAccess": word.Draw(t, "three")}
		ix.SetLabels(labelsOf(ix, by))
		query := word.Draw(t, "query") + " " + word.Draw(t, "more")
		before, after := slices.Clone(plain.Search(query, nil)), slices.Clone(ix.Search(query, nil))
		guess := plain.Found().Guess || plain.found.offered
		for i, r := range after {
			if slices.Contains(after[:i], r) {
				t.Fatalf("%q gives row %d twice", query, r)
			}
			ix.Highlight(query, r)
		}
		for _, r := range before {
			if !guess && !slices.Contains(after, r) {
				t.Fatalf("%q loses row %d", query, r)
			}
		}
		ix.SetLabels(nil)
		if got := ix.Search(query, nil); !slices.Equal(got, before) {
			t.Fatalf("without labels %q finds %v, want %v", query, got, before)
		}
	})
}
