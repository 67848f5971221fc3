package e2e

import (
	"testing"
	"time"

	"portico/internal/portaltest"
)

// A portal that does not confirm a sign-out is asked again, which is said, and so is that
// it has confirmed.
func TestASignOutIsAskedForAgain(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	portal.SetFaults(portaltest.FaultRule{Operation: "Logout", Fault: portaltest.FaultServerError})
	p := open(t, j)
	must(t, p.Click("#portal"), p.Click("#menu-signout"))
	holds(t, saw(t)(p.WaitText("#banner-text", "yet to confirm")), "Portico asks it again")
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, p.Dark(dark), j.Shot("unconfirmed-"+name))
	}
	portal.SetFaults()
	saw(t)(p.WaitText("#notice", "The portal has confirmed that you are signed out."))
	saw(t)(p.WaitText("#banner-text", "Not signed in."))
	must(t, j.Shot("confirmed"))
	if n := portal.Sessions(); n != 0 {
		t.Errorf("%d sessions go on", n)
	}
}
