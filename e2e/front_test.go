package e2e

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"portico/internal/portaltest"
)

// A company's own address is opened, and Portico opened where it leads: there the
// portal is added, and each sign-in begins at that address, also when it leads to
// another portal.
func TestACompanysOwnAddress(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, Roles: 2, TPS: -1})
	second := httptest.NewServer(portaltest.New(portaltest.Config{Accounts: 3, Roles: 2, TPS: -1}))
	t.Cleanup(second.Close)
	var leadsTo atomic.Value
	leadsTo.Store(j.StartURL + "/")
	company := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, leadsTo.Load().(string), http.StatusFound)
	}))
	t.Cleanup(company.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(company.URL, "http://"), ":")
	front := "http://sso.company.localhost:" + port + "/go"

	// led waits for the page to which the address leads, where the popup is opened next.
	led := func(to string) {
		t.Helper()
		page, err := j.Browser.Page(strings.TrimPrefix(to, "http://"))
		must(t, err, j.Closed())
		saw(t)(page.WaitText("body", "portal"))
		page.Detach()
	}

	p := open(t, j)
	must(t, p.Fill("#start-url", front))
	saw(t)(p.WaitText("#add-sees", "open Portico on the page you land on"))
	must(t, j.Shot("typed"), p.Click("#add-front"))
	led(j.StartURL)
	p = open(t, j)
	saw(t)(p.WaitText("#add-tab", "Use this tab’s portal"))
	must(t, p.Click("#add-tab"), p.Type(portal.Region()))
	saw(t)(p.WaitText("#add-sees", portal.Region()))
	_ = p.Press("Enter") // the popup may be gone before it is confirmed
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	saw(t)(j.SignOut())

	must(t, open(t, j).Click("#banner-action"))
	led(j.StartURL)
	must(t, j.Browser.PressButton()) // and the sign-in goes on by itself
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	saw(t)(j.SignOut())

	leadsTo.Store(second.URL + "/start/")
	must(t, open(t, j).Click("#banner-action"))
	led(second.URL)
	p = open(t, j)
	holds(t, saw(t)(p.WaitText("#signin-hint", "leads to")), front, strings.TrimPrefix(second.URL, "http://"), portal.Region())
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, p.Dark(dark), j.Shot("elsewhere-"+name))
	}
	must(t, p.Click("#signin-primary"))
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	if got := eval[string](t, open(t, j), "chrome.storage.local.get('portals').then(s => s.portals)"); !strings.Contains(got, "\t"+second.URL) || !strings.Contains(got, "\t"+front) || !strings.Contains(got, "\t"+j.StartURL+"\t") {
		t.Errorf("stored is %q", got)
	}
}
