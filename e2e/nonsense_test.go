package e2e

import (
	"testing"
	"time"

	"portico/internal/portaltest"
)

// A portal that answers nonsense neither stops the worker, whose stack is small,
// nor the others' accounts; what failed is tried again by itself.
func TestNonsenseStopsNeitherTheWorkerNorTheListing(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	bad := portal.Directory()[3].ID
	portal.SetFaults(
		portaltest.FaultRule{Operation: "CreateToken", Count: 2, Fault: portaltest.FaultDeep},
		portaltest.FaultRule{Operation: "ListAccounts", Fault: portaltest.FaultHoles},
		portaltest.FaultRule{Operation: "ListAccountRoles", Account: bad, Fault: portaltest.FaultEndless},
	)
	saw(t)(j.AddPortal())
	approve(t, portal, saw(t)(j.Code()))
	saw(t)(open(t, j).WaitText("#summary", "22 roles in 12 accounts"))
	saw(t)(open(t, j).WaitText("#banner", "did not list the roles of 1 account (EndlessList)"))
	must(t, j.Shot("one-account-failed"))
	asked := portal.Requests()["ListAccountRoles"]
	portal.SetFaults()
	must(t, open(t, j).Click("#banner-action"))
	saw(t)(open(t, j).WaitText("#summary", "24 roles in 12 accounts"))
	must(t, open(t, j).Wait("document.querySelector('#banner').hidden"))
	if n := portal.Requests()["ListAccountRoles"] - asked; n != 1 {
		t.Errorf("trying again asked for the roles of %d accounts", n)
	}
}
