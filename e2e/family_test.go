package e2e

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// at serves a portal that answers at the hosts of its sites alone, and gives the
// address of the page at a host.
func at(t *testing.T, sites ...portaltest.Site) (portal *portaltest.Portal, url func(host string) string) {
	t.Helper()
	portal = portaltest.New(portaltest.Config{Accounts: 3, Roles: 2, TPS: -1, Interval: time.Second, Sites: sites})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(server.URL, "http://"), ":")
	return portal, func(host string) string { return "http://" + host + ":" + port }
}

// A dual-stack portal is asked at its dual-stack hosts, by names that stand for
// them on this computer. A page of the other family is said before it is opened.
func TestDualStackPortal(t *testing.T) {
	const here = ".localhost"
	ipv4, dualStack := portaltest.IPv4Site("ssoins-1", "us-east-1", here), portaltest.DualStackSite("ssoins-1", "us-east-1", here)
	portal, url := at(t, dualStack)
	j := &mainjob.Job{Browser: launch(t, browser.Options{Extension: devBuild}), StartURL: url(dualStack.Start), Shots: shots(t)}
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	p := open(t, j)
	holds(t, saw(t)(p.WaitText("#signin-where", dualStack.OIDC)), dualStack.Start, dualStack.Portal)
	holds(t, saw(t)(p.WaitText("#signin-hint", "must show the same code")), dualStack.Start)
	if hint := saw(t)(p.Text("#signin-hint")); strings.Contains(hint, "IPv4") {
		t.Errorf("warns of the portal's own page: %q", hint)
	}
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Listed()), "6 roles in 3 accounts")
	saw(t)(j.Copy())
	issued := portal.Credentials()
	if len(issued) != 1 {
		t.Fatalf("the portal issued %d credentials for one copy", len(issued))
	}
	holds(t, saw(t)(j.Console()), issued[0].AccountID, issued[0].RoleName)
	saw(t)(j.SignOut())
	if n := portal.Requests()["Logout"]; n != 1 {
		t.Errorf("the portal saw %d logouts", n)
	}

	wrong := dualStack
	wrong.Start = ipv4.Start
	_, url = at(t, wrong, dualStack)
	must(t, j.Close())
	eval[bool](t, j.Browser.Control(), fmt.Sprintf(`chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: %q, region: ''}}).then(a => a.ok)`, url(dualStack.Start)))
	p = open(t, j)
	holds(t, saw(t)(p.WaitText("#signin-hint", "at the portal’s IPv4 address")), ipv4.Start)
	must(t, j.Shot("other-family"))
}
