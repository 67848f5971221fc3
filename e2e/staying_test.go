package e2e

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// Who chose to stay signed in is so in the next browser, with no tab and no key; what is on
// the disk for that goes when they sign out.
func TestASessionOutlivesTheBrowser(t *testing.T) {
	t.Parallel()
	o := browser.Options{Extension: copyOf(t, devBuild), Granted: []string{"bookmarks"}, Profile: filepath.Join(t.TempDir(), "profile")}
	b := launchCopy(t, o)
	j, portal := another(t, b, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second, TokenTTL: time.Hour, SessionTTL: 8 * time.Hour})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	noSecrets(t, j, portal, "local")
	page := settings(t, j)
	must(t, page.Click("#staySignedIn"))
	kept(t, page, "staySignedIn\ttrue")
	for name, look := range map[string]func() error{
		"light": func() error { return page.Dark(false) }, "dark": func() error { return page.Dark(true) }, "forced": func() error { return page.Forced(true) },
	} {
		eval[bool](t, page, "(document.getElementById('session').scrollIntoView(), true)")
		must(t, look(), page.Screenshot(filepath.Join(j.Shots, name+".png")))
	}
	must(t, page.Wait("chrome.storage.local.get(null).then(all => Object.keys(all).some(key => key.startsWith('kept:')))"))
	b.Close()

	before := portal.Requests()["StartDeviceAuthorization"] + portal.Requests()["RegisterClient"]
	j = &mainjob.Job{Browser: launchCopy(t, o), StartURL: j.StartURL, Region: j.Region, Shots: j.Shots}
	saw(t)(j.Search("payments-prod read"))
	holds(t, saw(t)(j.Copy()), "Copied for bash and zsh: payments-prod")
	must(t, j.Shot("next browser"))
	if n := portal.Requests()["StartDeviceAuthorization"] + portal.Requests()["RegisterClient"]; n != before {
		t.Error("it signed in anew")
	}
	saw(t)(j.SignOut())
	noSecrets(t, j, portal, "local")
	if dump := eval[string](t, j.Browser.Control(), "chrome.storage.local.get(null).then(all => JSON.stringify(all))"); strings.Contains(dump, "aoaAAAAA") || strings.Contains(dump, "kept:") {
		t.Error("a token is kept after signing out")
	}
}
