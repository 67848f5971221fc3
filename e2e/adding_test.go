package e2e

import (
	"strings"
	"testing"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// noPortal fails the test if a portal is kept.
func noPortal(t *testing.T, j *mainjob.Job) {
	t.Helper()
	if got := eval[string](t, j.Browser.Control(), "chrome.storage.local.get('portals').then((s) => s.portals ?? '')"); strings.Contains(got, "\t") {
		t.Errorf("kept is %q", got)
	}
}

// A region that does not know the start URL is said before anything is kept, with what
// was typed where it can be put right, in the next popup too.
func TestAPortalOfAnotherRegionIsNotAdded(t *testing.T) {
	j, _ := start(t, portaltest.Config{StartURL: "https://another.awsapps.com/start"})
	saw(t)(j.AddPortal())
	p := open(t, j)
	saw(t)(p.WaitText("#add-error", "This region does not know this start URL."))
	focus(t, p, "region")
	must(t, j.Shot("unknown"))
	noPortal(t, j)
	must(t, j.Close())
	p = open(t, j)
	saw(t)(p.WaitText("#add-error", "This region does not know this start URL."))
	if got := typed(t, p); got != j.StartURL+" in "+j.Region {
		t.Errorf("the form holds %q", got)
	}
	if open, err := j.Browser.Open("/authorize"); open || err != nil {
		t.Errorf("a page is open: %v, %v", open, err)
	}
}

// The worker is stopped and the popup closed while the portal is asked: it is added all
// the same, and signed in to.
func TestAPortalIsAddedThoughWorkerAndPopupDied(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1,
		Faults: []portaltest.FaultRule{{Operation: "StartDeviceAuthorization", Fault: portaltest.FaultTimeout, Count: 1}}})
	saw(t)(j.AddPortal())
	must(t, browser.Until(patience, "the portal to be asked", func() (bool, error) { return portal.Requests()["StartDeviceAuthorization"] == 1, nil }))
	must(t, j.Browser.StopWorker(), j.Close())
	noPortal(t, j)
	saw(t)(open(t, j).WaitText("#notice", "Asking the portal")) // which starts the next worker
	saw(t)(j.Allow())
	saw(t)(j.Listed())
}

// Of one that does not answer it is said; who leaves the form adds nothing, and who keeps
// it signs in once it answers.
func TestAPortalThatDoesNotAnswerIsKept(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1})
	first := j.StartURL
	other, portal := another(t, j.Browser, portaltest.Config{Accounts: 4, TPS: -1,
		Faults: []portaltest.FaultRule{{Operation: "RegisterClient", Fault: portaltest.FaultUnavailable}}})
	j.StartURL = other.StartURL
	p := open(t, j)
	addAnother(t, p)
	saw(t)(j.AddPortal())
	saw(t)(p.WaitText("#add-error", "Or add it anyway"))
	must(t, j.Shot("silent"), p.Press("Escape"))
	focus(t, p, "query")
	addAnother(t, p)
	saw(t)(j.AddPortal())
	saw(t)(p.WaitText("#add-other", "Add anyway"))
	portal.SetFaults()
	_ = p.Click("#add-other") // the popup may be gone before it is confirmed
	saw(t)(j.Allow())
	holds(t, saw(t)(j.Listed()), "in 4 accounts")
	got := eval[string](t, j.Browser.Control(), "chrome.storage.local.get('portals').then((s) => s.portals)")
	holds(t, got, first, j.StartURL)
}
