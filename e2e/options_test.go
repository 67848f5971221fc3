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

// settled is so once the settings' page shows all it has to: until then parts of it
// move.
const settled = "document.body.ariaBusy === null && document.getElementById('sample').textContent !== ''"

// settings opens the settings' page as a person does, from the popup's menu.
func settings(t *testing.T, j *mainjob.Job) *browser.Page {
	t.Helper()
	p := open(t, j)
	must(t, p.Click("#portal"), p.Click("[data-action=settings]"), j.Close())
	page, err := j.Browser.Page("/options/options.html")
	must(t, err)
	must(t, page.Wait(settled))
	return page
}

// kept waits until the worker has stored a setting.
func kept(t *testing.T, p *browser.Page, line string) {
	t.Helper()
	must(t, p.Wait("chrome.storage.local.get('settings').then(s => (s.settings ?? '').split('\\n').includes("+quoted(line)+"))"))
}

func quoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, "\n", `\n`, "\t", `\t`).Replace(s) + "'"
}

// What is chosen there is what is copied; what is wrong is said while it is typed,
// and changes nothing.
func TestSettingsDecideWhatIsCopied(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Fill("#template", "aws login '{accountId}'"))
	holds(t, saw(t)(page.WaitText("#template-error", "single quotes")), "{accountId}")
	must(t, page.Screenshot(filepath.Join(j.Shots, "wrong.png")))
	must(t, page.Fill("#template", "export WHO={roleName} KEY={accessKeyId} IN={region}"), page.Wait("document.getElementById('template-error').textContent === ''"))
	kept(t, page, "template\texport WHO={roleName} KEY={accessKeyId} IN={region}")
	must(t, page.Fill("#region", "eu-west-3"))
	kept(t, page, "region\teu-west-3")
	eval[bool](t, page, "(() => { const f = document.getElementById('copyFormat'); f.value = 'template'; f.dispatchEvent(new InputEvent('input')); return true; })()")
	saw(t)(page.WaitText("#sample", `export WHO="ReadOnly" KEY="ASIAEXAMPLE" IN="eu-west-3"`))
	at := func(part string) error { return page.Wait("document.activeElement.dataset.part === '" + part + "'") }
	must(t, page.Click("#add-rule"), at("account"), page.Type("audit"))
	must(t, page.Press("Tab"), page.Press("Tab"), page.Press("Tab"), at("region"), page.Type("us-west-2"))
	must(t, page.Press("Tab"), at("page"), page.Type("cloudwatch logs"))
	kept(t, page, `rules	\taudit\t\t\tus-west-2\tcloudwatch logs\n`)
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, page.Dark(dark), page.Screenshot(filepath.Join(j.Shots, "settings-"+name+".png")))
	}

	saw(t)(j.Search("payments-prod read"))
	holds(t, saw(t)(j.Copy()), "Copied for your template: payments-prod")
	issued := portal.Credentials()
	last := issued[len(issued)-1]
	if got, want := saw(t)(j.Clipboard()), `export WHO="ReadOnlyAccess" KEY="`+last.AccessKeyID+`" IN="eu-west-3"`; got != want {
		t.Errorf("on the clipboard is %q, want %q", got, want)
	}
	saw(t)(j.Search("audit read"))
	saw(t)(j.Copy())
	holds(t, saw(t)(j.Clipboard()), `IN="us-west-2"`)
	must(t, j.Shot("copied"))
	// Its console opens where the rule says, and any other's where the portal does.
	row := saw(t)(j.Search("audit read"))
	if got := saw(t)(j.Console()); got != row+" | https://us-west-2.console.aws.amazon.com/cloudwatch/home?region=us-west-2#logsV2:log-groups" {
		t.Errorf("of %q the console opened at %q", row, got)
	}
	row = saw(t)(j.Search("payments-prod read"))
	if got := saw(t)(j.Console()); got != row {
		t.Errorf("of %q the console opened at %q", row, got)
	}
}

// A role in production is marked as such from the first frame on, and takes a second
// key where that is set.
func TestGuardedRolesTakeASecondKey(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 3, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	must(t, page.Click("#secondKey"), page.Fill("#guarded", "audit"))
	kept(t, page, "secondKey\ttrue")
	kept(t, page, "guarded\taudit")
	must(t, page.Close())

	p := open(t, j)
	holds(t, saw(t)(p.Text("#target")), "Guarded: audit")
	must(t, j.Shot("guarded"))
	saw(t)(j.Search("payments prod"))
	must(t, j.Shot("production"))
	before := portal.Requests()["GetRoleCredentials"]
	must(t, p.Press("Enter"))
	holds(t, saw(t)(p.WaitText("#notice", "Press again")), "Guarded: payments-prod")
	must(t, j.Shot("once-more"))
	// A key that is held down is no second press.
	eval[bool](t, p, "(() => { for (let n = 0; n < 5; n++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', code: 'Enter', repeat: true, bubbles: true, cancelable: true})); return true; })()")
	holds(t, saw(t)(p.Text("#notice")), "Press again")
	if n := portal.Requests()["GetRoleCredentials"] - before; n != 0 {
		t.Errorf("one key asked for credentials %d times", n)
	}
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "Copied"))
}

// Profiles are shown, added to what is pasted, and handed over.
func TestProfilesForTheCLI(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	saw(t)(page.WaitText("#profiles-changes", "New: [sso-session"))
	must(t, page.Fill("#profiles-account", "payments-prod"), page.Fill("#profiles-role", "read only"))
	must(t, page.Wait("document.getElementById('profiles-changes').children.length === 2"))
	must(t, page.Fill("#profiles-existing", "[default]\nregion = eu-west-1\n"))
	text := saw(t)(page.WaitText("#profiles-text", "[default]"))
	holds(t, text, "region = eu-west-1", "[sso-session ", "sso_start_url = "+j.StartURL, "_ReadOnlyAccess]", "sso_role_name = ReadOnlyAccess")
	must(t, page.Click("#profiles-copy"))
	saw(t)(page.WaitText("#profiles-said", "Copied."))
	must(t, page.Screenshot(filepath.Join(j.Shots, "profiles.png")))
	if got := saw(t)(j.Clipboard()); !strings.HasPrefix(got, "[default]\nregion = eu-west-1\n\n[sso-session ") {
		t.Errorf("on the clipboard is %q", got)
	}
	if n := len(portal.Credentials()); n != 0 {
		t.Errorf("%d credentials were fetched", n)
	}
}

// Whoever goes through the settings by keyboard sees where they are, also on the way
// back, and nothing is wider than the window.
func TestNothingCoversTheFocusInTheSettings(t *testing.T) {
	j, _ := signedInAt(t, 200, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	page := settings(t, j)
	for _, size := range [][2]int64{{1280, 960}, {640, 500}} { // half of that at 200 %
		must(t, page.Resize(size[0], size[1]), page.Focus("#find"))
		for range 60 {
			must(t, page.Press("Shift+Tab"))
			if covered := eval[string](t, page, `(() => {
				const e = document.activeElement, header = document.querySelector('header');
				const box = e.getBoundingClientRect(), above = Math.max(0, header.getBoundingClientRect().bottom);
				const fits = box.height < innerHeight - above;
				return e !== document.body && !header.contains(e) && fits && box.top < above - 1 ? e.id || e.textContent.trim() : '';
			})()`); covered != "" {
				t.Errorf("%v: %s is covered", size, covered)
			}
		}
		if by := eval[int](t, page, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); by > 0 {
			t.Errorf("%v: the page is %d pixels too wide", size, by)
		}
	}
}

// Portals are called as the settings say, and each has a key.
func TestPortalsHaveNamesAndKeys(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	const other = "http://127.0.0.1:9/start"
	eval[bool](t, j.Browser.Control(), "chrome.runtime.sendMessage({v: '1', type: 'portal.add', args: {startUrl: '"+other+"', region: 'us-east-1'}}).then((a) => a.ok)")
	must(t, j.Close())
	page := settings(t, j)
	must(t, page.Fill("#portals li:first-child input", "Customer A"), page.Press("Tab"))
	kept(t, page, "portals\t"+j.StartURL+`\tCustomer A\t\n`)
	eval[bool](t, page, "(() => { const s = document.querySelector('#portals select'); s.value = 'teal'; s.dispatchEvent(new Event('change')); return true; })()")
	kept(t, page, "portals\t"+j.StartURL+`\tCustomer A\tteal\n`)
	must(t, page.Screenshot(filepath.Join(j.Shots, "settings.png")), page.Close())
	p := open(t, j)
	saw(t)(p.WaitText("#portal-name", "127.0.0.1:9"))
	must(t, p.Press("Ctrl+1"))
	saw(t)(p.WaitText("#portal-name", "Customer A"))
	must(t, p.Wait("document.querySelector('#portal').dataset.colour === 'teal'"), p.Click("#portal"))
	// The menu shows all of a portal's host beside its name, and its colour.
	holds(t, saw(t)(p.Text("#menu-portals [aria-checked=true]")), "Customer A", strings.TrimPrefix(strings.TrimSuffix(j.StartURL, "/start"), "http://")+" · us-east-1")
	must(t, p.Wait("getComputedStyle(document.querySelector('#menu-portals .mark')).backgroundColor === 'rgb(0, 133, 138)'"))
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, p.Dark(dark), j.Shot("menu-"+name))
	}
	must(t, p.Dark(false), p.Forced(true))
	for _, marked := range []string{"#portal", "#menu-portals [aria-checked=true] .mark"} {
		holds(t, eval[string](t, p, "getComputedStyle(document.querySelector('"+marked+"'), '::after').content"), "teal")
	}
	must(t, j.Shot("menu-forced"))
}
