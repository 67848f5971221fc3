package e2e

import (
	"testing"
	"time"

	"portico/internal/portaltest"
)

// A guess looks like one, and Enter waits until one of several has been chosen.
func TestClosestMatchesAreChosenBeforeTheyAreActedOn(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 30, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	saw(t)(j.Search("paymnets"))
	saw(t)(p.WaitText("#closest", "Closest matches: choose one"))
	must(t, j.Shot("several"))
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "Choose a row first"))
	if n := eval[int](t, p, "document.querySelectorAll('.row[aria-selected=true]').length"); n != 0 {
		t.Errorf("%d rows are selected", n)
	}
	must(t, p.Press("ArrowDown"))
	must(t, p.Wait("document.querySelector('.row[aria-selected=true]')?.ariaPosInSet === '1'"))
	saw(t)(j.Search("paymnets prod ro"))
	must(t, p.Wait("document.querySelector('.group:has([aria-selected=true]) .name')?.textContent === 'payments-prod'"))
	must(t, j.Shot("one"))
	saw(t)(j.Search("payments prd"))
	saw(t)(p.WaitText(".row .note", "prd ≈ prod"))
	must(t, p.Wait("document.getElementById('closest').hidden"))
	must(t, j.Shot("synonym"))
}
