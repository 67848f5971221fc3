package e2e

import (
	"path/filepath"
	"testing"
	"time"

	"portico/internal/portaltest"
)

// What a refresh finds otherwise than before is told, and the settings show what it is.
func TestWhatChangedIsToldAndShown(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 40, Roles: 2, TPS: -1, Interval: time.Second})
	accounts := portal.Directory()
	accounts[0].Roles = append(accounts[0].Roles, "TaxAuditor")
	accounts[1].Roles = accounts[1].Roles[1:]
	portal.SetDirectory(accounts)
	p := open(t, j)
	must(t, p.Click("#portal"), p.Click("#menu-refresh"))
	saw(t)(p.WaitText("#notice", "1 role new, 1 gone"))
	// The popup that is open has them.
	saw(t)(j.Search("tax auditor"))
	saw(t)(p.WaitText("#target", "TaxAuditor"))
	page := settings(t, j)
	saw(t)(page.WaitText("#portals summary", "1 new, 1 gone"))
	must(t, page.Click("#portals summary"))
	saw(t)(page.WaitText("#portals details", "New: TaxAuditor in "+accounts[0].Name+" ("+accounts[0].ID+")"))
	saw(t)(page.WaitText("#portals details", "Gone: "))
	must(t, page.Screenshot(filepath.Join(j.Shots, "changes.png")))
	fits(t, page)
}
