package e2e

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// managed is a job in a browser that an organisation manages, which offers a portal;
// settings is what else its policy has.
func managed(t *testing.T, settings string) *mainjob.Job {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("NOT TESTED: only an administrator can have a browser managed")
	}
	portal := portaltest.New(portaltest.Config{Accounts: 12, Roles: 3, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	start := server.URL + "/start"
	policy := fmt.Sprintf(`{"portals": [{"startUrl": %q, "region": %q}], %s}`, start, portal.Region(), settings)
	b := launch(t, browser.Options{Extension: devBuild, Granted: []string{"bookmarks"}, Policy: policy})
	return &mainjob.Job{Browser: b, StartURL: start, Region: portal.Region(), Shots: shots(t)}
}

// A portal of the organisation is offered with its whole address, and added like any
// other; what it has locked is as it wants it, in the popup too.
func TestAnOrganisationOffersItsPortal(t *testing.T) {
	j := managed(t, `"settings": {"copyFormat": "fish"}, "locked": ["copyFormat"]`)
	p := open(t, j)
	offer := saw(t)(p.WaitText("#add-managed button", "Use your organisation’s portal"))
	holds(t, offer, strings.TrimPrefix(j.StartURL, "http://"), j.Region)
	must(t, j.Shot("offered"))
	fits(t, p)
	must(t, p.Click("#add-managed button"))
	focus(t, p, "add-submit")
	if got := typed(t, p); got != j.StartURL+" in "+j.Region {
		t.Errorf("the form holds %q", got)
	}
	holds(t, saw(t)(p.WaitText("#add-sees", "Portico will ask")), j.Region)
	if portals := eval[string](t, p, "chrome.storage.local.get('portals').then(s => s.portals ?? '')"); portals != "" {
		t.Errorf("before anybody agreed there is %q", portals)
	}
	must(t, j.Shot("filled"), p.Press("Enter"))
	saw(t)(j.SignIn())
	saw(t)(j.Listed())

	p = open(t, j)
	must(t, p.Wait("document.getElementById('format').disabled && document.getElementById('format').value === 'fish'"))
	saw(t)(j.Search("payments-prod read"))
	saw(t)(j.Copy())
	must(t, j.Shot("copied"))
	holds(t, saw(t)(j.Clipboard()), "set -gx AWS_ACCESS_KEY_ID")
	p = open(t, j)
	addAnother(t, p)
	must(t, p.Wait("document.getElementById('add-managed').children.length === 0"))
}

// The settings say what the organisation has set, and what can't hold of it.
func TestSettingsShowWhatAnOrganisationHasSet(t *testing.T) {
	j := managed(t, `"settings": {"secondKey": true, "region": "eu-west-3", "listAfter": "2", "staySignedIn": false, "guarded": "shared"},
		"locked": ["secondKey", "staySignedIn", "rules", "portals", "noSuch"]`)
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	saw(t)(j.Code())
	page := settings(t, j)
	holds(t, saw(t)(page.WaitText("#managed", "The organisation")), "chosen 3 settings", "4 can’t be changed", "1 portal", strings.TrimPrefix(j.StartURL, "http://"),
		"settings.listAfter: ", "locked.4: No policy can lock noSuch")
	disabled := func(selector string) bool {
		return eval[bool](t, page, "document.querySelector('"+selector+"').disabled")
	}
	must(t, page.Wait("document.querySelector('#portals input').disabled"))
	for selector, want := range map[string]bool{"#secondKey": true, "#staySignedIn": true, "#add-rule": true, "#portals select": true, "#region": false, "#guarded": false, "#listAfter": false} {
		if disabled(selector) != want {
			t.Errorf("%s: disabled %v", selector, !want)
		}
	}
	saw(t)(page.WaitText("#secondKey-managed", "Set by your organisation."))
	must(t, page.Wait("['region', 'guarded'].map((id) => document.getElementById(id).value).join() === 'eu-west-3,shared' && document.getElementById('secondKey').checked"))
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, page.Dark(dark), page.Screenshot(filepath.Join(j.Shots, "settings-"+name+".png")))
	}
	// What it has not locked is chosen as ever, and stays so.
	must(t, page.Fill("#region", "us-west-2"))
	kept(t, page, "region\tus-west-2")
	refused := eval[string](t, page, "chrome.runtime.sendMessage({v: '1', type: 'settings.set', args: {secondKey: ''}}).then((answer) => answer.error?.message)")
	holds(t, refused, "set by your organisation")
	must(t, j.Browser.StopWorker())
	open(t, j)
	kept(t, page, "region\tus-west-2")
	kept(t, page, "secondKey\ttrue")
}
