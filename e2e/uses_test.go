package e2e

import (
	"testing"
	"time"

	"portico/internal/portaltest"
)

// What was used comes first in the next popup: before Go is there, for nothing typed,
// and for the letters that were typed for it.
func TestWhatWasUsedComesFirst(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	natural := eval[string](t, open(t, j), firstRow)
	row := saw(t)(j.Search("payments prod"))
	saw(t)(j.Copy())
	must(t, open(t, j).Wait("chrome.storage.local.get(null).then((all) => Object.keys(all).some((key) => key.startsWith('uses:')))"))
	must(t, open(t, j).Press("Escape"), j.Close())
	p := open(t, j)
	if got := eval[string](t, p, firstRow); got != row || got == natural {
		t.Errorf("first is %q, used was %q, natural is %q", got, row, natural)
	}
	must(t, j.Shot("used"))
	if got := saw(t)(j.Search("p")); got != row {
		t.Errorf("for one letter first is %q, used was %q", got, row)
	}
}
