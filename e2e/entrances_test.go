package e2e

import (
	"strings"
	"testing"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// The Regions of one instance are one portal: the second that is added takes over with
// the list there is, and the menu leads back to the first. Another organisation's
// address can be merged in the settings, and forgotten there.
func TestAPortalWithSeveralEntrances(t *testing.T) {
	const here = ".localhost"
	home, other := portaltest.DualStackSite("ssoins-1", "us-east-1", here), portaltest.DualStackSite("ssoins-1", "eu-west-1", here)
	_, url := at(t, home, other)
	j := &mainjob.Job{Browser: launch(t, browser.Options{Extension: devBuild}), StartURL: url(home.Start), Shots: shots(t)}
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Listed()), "6 roles in 3 accounts")

	p := open(t, j)
	must(t, p.Click("#portal"), p.Click("[data-action=show-add]"), p.Fill("#start-url", url(other.Start)))
	holds(t, saw(t)(p.WaitText("#add-sees", "another way to ssoins-1")), other.Start)
	must(t, j.Shot("another"), p.Click("#add-submit"))
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Listed()), "6 roles in 3 accounts")
	p = open(t, j)
	must(t, p.Click("#portal"))
	holds(t, saw(t)(p.WaitText("#menu-portals", "Sign in by")), "us-east-1")
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, p.Dark(dark), j.Shot("menu-"+name))
	}
	must(t, p.Click("[data-entrance]"))
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Copy()), "Copied")
	must(t, j.Close())

	saw(t)(browser.Eval[string](j.Browser.Control(), `chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: 'https://acme.awsapps.com/start', region: 'us-west-2'}}).then(a => a.data.portal)`))
	page := settings(t, j)
	const merge = `document.querySelector('#portals li:nth-child(2) select:nth-of-type(2)')`
	must(t, page.Wait(`document.querySelectorAll('#portals li').length === 2`))
	eval[bool](t, page, `(() => { const s = `+merge+`; s.value = s.options[1].value; s.dispatchEvent(new Event('change')); document.getElementById('data').scrollIntoView(); return true; })()`)
	must(t, page.Screenshot(j.Shots+"/merging.png"))
	eval[bool](t, page, `(() => { [...document.querySelectorAll('#portals li:nth-child(2) button')].find(b => b.textContent.startsWith('Merge')).click(); return true; })()`)
	must(t, page.Wait(`document.querySelectorAll('#portals li').length === 1 && document.querySelectorAll('#portals [aria-label^=Forget]').length === 2`))
	holds(t, saw(t)(page.WaitText("#portals", "acme.awsapps.com/start")), "us-west-2")
	eval[bool](t, page, "(() => { document.getElementById('data').scrollIntoView(); return true; })()")
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, page.Dark(dark), page.Screenshot(j.Shots+"/settings-"+name+".png"))
	}
	eval[bool](t, page, `(() => { document.querySelector('#portals [aria-label*=acme][aria-label^=Forget]').click(); return true; })()`)
	must(t, page.Wait(`document.querySelectorAll('#portals [aria-label^=Forget]').length === 1`))
	if got := eval[string](t, page, "chrome.storage.local.get('portals').then(s => s.portals)"); strings.Contains(got, "acme") {
		t.Errorf("left is %q", got)
	}
}
