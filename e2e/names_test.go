package e2e

import (
	"fmt"
	"testing"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/message"
	"portico/internal/portal"
)

// A portal can be named after another on purpose. Wherever one is named, it shows
// which it is, and before signing in the whole host does.
func TestPortalsOfOneNameAreToldApart(t *testing.T) {
	const plain, gov = "https://example.awsapps.com/start", "https://start.us-gov-home.awsapps.com/directory/example"
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b, Shots: shots(t)}
	all := message.Portals{All: []portal.Portal{{ID: plain, StartURL: plain, Region: "us-east-1"}, {ID: gov, StartURL: gov, Region: "us-gov-west-1"}}}
	for _, test := range []struct{ shown, host, region string }{
		{plain, "example.awsapps.com", "us-east-1"}, {gov, "start.us-gov-home.awsapps.com", "us-gov-west-1"},
	} {
		all.Active = test.shown
		eval[bool](t, b.Control(), fmt.Sprintf("chrome.storage.local.set({portals: %q}).then(() => true)", all.Text()))
		p := open(t, j)
		saw(t)(p.WaitText("#portal-name", "example ("+test.host+")"))
		holds(t, saw(t)(p.WaitText("#signin-where", "Portal: "+test.host)), "Portal: "+test.host+".")
		saw(t)(p.WaitText("#signin-title", "Sign in to example ("+test.host+")"))
		// The worker brings what is stored to today's form: no time to change it.
		must(t, p.Wait("chrome.storage.local.get('version').then(s => !!s.version)"))
		must(t, j.Shot(test.region), p.Click("#portal"))
		holds(t, saw(t)(p.WaitText("#menu-portals", "example")), "example (example.awsapps.com)", "example (start.us-gov-home.awsapps.com)")
		must(t, j.Shot(test.region+"-menu"), j.Close())
	}
}
