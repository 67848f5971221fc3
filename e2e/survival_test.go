package e2e

import (
	"fmt"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/message"
	"portico/internal/portaltest"
)

// phase waits until the stored status of the portal says it is in one of phases.
func phase(t *testing.T, j *mainjob.Job, phases ...string) {
	t.Helper()
	must(t, browser.Until(time.Minute, "phase "+strings.Join(phases, " or "), func() (bool, error) {
		status, err := browser.Eval[string](j.Browser.Control(), fmt.Sprintf(
			"chrome.storage.session.get('status:' + %q).then(s => String(Object.values(s)[0] ?? ''))", j.StartURL))
		return slices.Contains(phases, string(message.ParseStatus(status).SignIn)), err
	}))
}

// The worker is stopped and the popup closed while a code waits for approval;
// it is approved meanwhile. The alarm alone has to finish the sign-in.
func TestSignInCompletesThoughWorkerAndPopupDied(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	must(t, j.Close(), j.Browser.StopWorker())
	approve(t, portal, code)
	phase(t, j, "in")
	holds(t, saw(t)(j.Listed()), "24 roles in 12 accounts")
	saw(t)(j.Copy())
}

// The same, again and again: at every phase, with a popup that is opened anew.
func TestSignInCompletesThoughWorkerDiesAtEveryPhase(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	must(t, j.Browser.StopWorker()) // maybe before it has read the message
	code := saw(t)(j.Code())
	must(t, j.Browser.StopWorker(), j.Close())
	open(t, j)
	if again := saw(t)(j.Code()); again != code {
		t.Errorf("a new popup shows %s, the last one showed %s", again, code)
	}
	saw(t)(j.Approve(code))
	must(t, j.Browser.StopWorker())
	open(t, j)
	must(t, j.Browser.StopWorker(), j.Close())
	holds(t, saw(t)(j.Listed()), "24 roles in 12 accounts")
	if n := portal.Requests()["StartDeviceAuthorization"]; n != 2 { // one before it was added
		t.Errorf("%d codes were asked for", n)
	}
	if n := portal.Requests()["RegisterClient"]; n != 1 {
		t.Errorf("%d registrations were made", n)
	}
}

func TestListingGoesOnThoughWorkerDies(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 160, Roles: 1, TPS: 20})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	p := open(t, j)
	// Whatever is done when the popup is there: on a busy machine that takes seconds.
	must(t, p.Wait("/Listing roles: [1-9]/.test(document.getElementById('summary').textContent)"))
	must(t, j.Shot("listing"))
	must(t, j.Browser.StopWorker(), j.Close())
	holds(t, saw(t)(j.Listed()), "160 roles in 160 accounts")
	// At most a second's work is done again.
	if n := portal.Requests()["ListAccountRoles"]; n > 160+2*20+8 {
		t.Errorf("%d requests for the roles of 160 accounts", n)
	}
}

// The popup wakes the worker that its listing has lost, though no alarm does.
func TestAnOpenPopupWakesTheWorkerOfItsListing(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 160, Roles: 1, TPS: 20})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	p := open(t, j)
	must(t, p.Wait("/Listing roles: [1-9]/.test(document.getElementById('summary').textContent)"))
	must(t, j.Browser.StopWorker())
	eval[bool](t, j.Browser.Control(), "chrome.alarms.clearAll().then(() => true)")
	far := saw(t)(p.Text("#summary"))
	must(t, p.Wait("document.getElementById('summary').textContent !== "+quoted(far)))
	saw(t)(p.WaitText("#summary", "160 roles in 160 accounts"))
}

// restart serves a portal at an address that it was served at before.
func restart(t *testing.T, portal *portaltest.Portal, address string) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(portal)
	must(t, server.Listener.Close())
	var err error
	server.Listener, err = net.Listen("tcp", address)
	must(t, err)
	server.Start()
	return server
}

// Accounts are known long before the roles of all of them are.
func TestASearchFindsAccountsWhoseRolesAreNotListedYet(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 200, Roles: 1, TPS: 4, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	p := open(t, j)
	saw(t)(p.WaitText("#summary", "Listing roles"))
	// The last in the list's order, which is the order of the listing.
	accounts := portal.Directory()
	last := slices.MaxFunc(accounts, func(a, b portaltest.Account) int { return strings.Compare(a.Name, b.Name) })
	holds(t, saw(t)(j.Search(last.ID)), last.Name, last.ID, "Roles not listed yet")
	must(t, j.Shot("not-listed-yet"), p.Press("Enter"))
	holds(t, saw(t)(p.WaitText("#notice", "not listed yet")), last.Name, last.ID)
	saw(t)(j.Search("zzzzqqq"))
	saw(t)(p.WaitText("#empty", "listed so far"))
	must(t, j.Shot("not-among-them"))
	fetched(t, portal)
}
