package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// typed gives what the add-portal form holds.
func typed(t *testing.T, p *browser.Page) string {
	t.Helper()
	return eval[string](t, p, "document.querySelector('#start-url').value + ' in ' + document.querySelector('#region').value")
}

// noForm fails the test if a form is kept.
func noForm(t *testing.T, j *mainjob.Job) {
	t.Helper()
	must(t, browser.Until(patience, "the form to be forgotten", func() (bool, error) {
		return browser.Eval[bool](j.Browser.Control(), "chrome.storage.session.get('form').then(s => !('form' in s))")
	}))
}

// addAnother opens the form from the menu, and gives what it holds.
func addAnother(t *testing.T, p *browser.Page) string {
	t.Helper()
	must(t, p.Click("#portal"), p.Click("[data-action=show-add]"))
	focus(t, p, "start-url")
	return typed(t, p)
}

func TestTheFormIsThereBeforeGoAndKeepsWhatIsTyped(t *testing.T) {
	j, _ := startBuild(t, heldBuild(t), portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	p := openHeld(t, j.Browser, "start-url")
	must(t, p.Type(j.StartURL), p.Press("Tab"), p.Type("us-"))
	must(t, p.Screenshot(shots(t)+"/form.png"))
	letGo(t, p)
	focus(t, p, "region")
	if got := typed(t, p); got != j.StartURL+" in us-" {
		t.Errorf("once Go is there, the form holds %q", got)
	}
	must(t, p.Close()) // to look up the region

	p = openHeld(t, j.Browser, "start-url")
	if got := typed(t, p); got != j.StartURL+" in us-" {
		t.Errorf("the next popup's form holds %q", got)
	}
	must(t, p.Fill("#region", j.Region), p.Press("Enter")) // Go has yet to hear of it
	letGo(t, p)
	saw(t)(p.WaitText("#signin-title", "Check this code"))
	noForm(t, j)
}

// A field makes one line of what is pasted; the block says the region all the same.
func TestABlockOfConfigIsPastedWithItsRegion(t *testing.T) {
	j, _ := another(t, launch(t, browser.Options{Extension: devBuild, Granted: []string{"clipboardRead", "clipboardWrite"}}),
		portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	block := "[profile dev]\nsso_session = corp\nregion = ap-south-1\n\n[sso-session corp]\r\nsso_start_url = " + j.StartURL + "/#/\r\nsso_region = " + j.Region + "\r\nsso_registration_scopes = sso:account:access\r\n"
	p := open(t, j)
	focus(t, p, "start-url")
	// What reads a clipboard in the popup is a person's hand; here it takes a permission.
	eval[bool](t, p, `(document.addEventListener('click', () => {
		globalThis.mayPaste = chrome.permissions.request({permissions: ['clipboardRead', 'clipboardWrite']});
	}, {once: true}), true)`)
	must(t, p.Click("#start-url"), p.Wait("mayPaste"))
	if got := eval[string](t, p, fmt.Sprintf(`(() => {
		document.addEventListener('copy', (e) => { e.clipboardData.setData('text/plain', %q); e.preventDefault(); }, {once: true});
		return ['copy', 'paste'].map((does) => document.execCommand(does)).join(' ');
	})()`, block)); got != "true true" {
		t.Fatalf("copied and pasted: %s", got)
	}
	holds(t, typed(t, p), "sso_start_url = "+j.StartURL)
	must(t, j.Shot("pasted"), p.Press("Enter"))
	saw(t)(p.WaitText("#signin-title", "Check this code"))
	got := eval[string](t, j.Browser.Control(), "chrome.storage.local.get('portals').then(s => s.portals)")
	for _, part := range []string{j.StartURL, j.Region} {
		holds(t, got, part)
	}
	if strings.Contains(got, "#/") || strings.Contains(got, "ap-south-1") {
		t.Errorf("stored is %q", got)
	}
	noForm(t, j)
}

// What is wrong is said at the field where it can be put right.
func TestAnErrorLeadsToItsField(t *testing.T) {
	j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	for _, test := range []struct{ startURL, region, field, says string }{
		{"", "", "start-url", "Enter the start URL of your portal."},
		{"https://example.com", "us-east-1", "start-url", "not an AWS host"},
		{"https://acme.awsapps.com/start", "", "region", "Which region?"},
		{"https://acme.awsapps.com/start", "us-moon-1", "region", "No region"},
	} {
		must(t, p.Fill("#start-url", test.startURL), p.Fill("#region", test.region))
		must(t, p.Click("#add-submit"))
		saw(t)(p.WaitText("#add-error", test.says))
		focus(t, p, test.field)
		must(t, p.Screenshot(shots(t)+"/"+test.says[:5]+".png"))
		nodes, err := p.Tree()
		must(t, err)
		for _, n := range nodes {
			right := map[string]string{"start-url": "Start URL", "region": "Region of the portal"}[test.field]
			if n.Role != "textbox" {
				continue
			}
			if is := n.Properties["invalid"] == "true"; is != (n.Name == right) || is != strings.Contains(n.Description, test.says) {
				t.Errorf("%q in %q: %q is told as %+v", test.startURL, test.region, n.Name, n)
			}
		}
	}
}

func TestTheFormIsForgottenOnceItIsLeft(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	const empty = " in "
	for name, leave := range map[string]func(p *browser.Page){
		"by Escape": func(p *browser.Page) { must(t, p.Press("Escape")) },
		"by Cancel": func(p *browser.Page) { must(t, p.Click("#add-cancel")) },
		"as the portal was added after the popup had closed": func(*browser.Page) {
			must(t, j.Close())
			eval[bool](t, j.Browser.Control(), `chrome.runtime.sendMessage({v: '1', type: 'portal.add',
				args: {startUrl: 'https://typed.awsapps.com/start', region: 'eu-west-1'}}).then(r => r.ok)`)
			use(t, j)
		},
	} {
		p := open(t, j)
		if got := addAnother(t, p); got != empty {
			t.Fatalf("before it is left %s, the form holds %q", name, got)
		}
		must(t, p.Type("https://typed.awsapps.com/start"), j.Close())
		p = open(t, j)
		if got := addAnother(t, p); got != "https://typed.awsapps.com/start in " {
			t.Errorf("reopened, the form holds %q", got)
		}
		leave(p)
		open(t, j)
		noForm(t, j)
	}
	if got := addAnother(t, open(t, j)); got != empty {
		t.Errorf("in the end the form holds %q", got)
	}
}

// From the form to the page that approves the code by the keyboard alone.
func TestEnterOpensTheSignInPageAtTheCode(t *testing.T) {
	for name, before := range map[string]string{
		"as it comes":            "true",
		"with the focus nowhere": "(document.activeElement.blur(), true)",
	} {
		j, _ := start(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
		must(t, j.UseCodes())
		p := open(t, j)
		focus(t, p, "start-url")
		must(t, p.Type(j.StartURL), p.Press("Tab"), p.Type(j.Region), p.Press("Enter"))
		code := saw(t)(j.Code())
		focus(t, p, "signin-primary")
		eval[bool](t, p, before)
		_ = p.Press("Enter") // the popup may be gone before it is confirmed
		page, err := j.Browser.Page("/start/device")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		holds(t, saw(t)(page.Text("body")), code)
	}
}

// The second click of two comes when the first has changed what is under it.
func TestTwoClicksOnRemoveRemoveNothing(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	must(t, p.Click("#portal"))
	const center = "(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()"
	must(t, p.Wait("!document.querySelector('#menu').hidden"))
	at := eval[[]float64](t, p, fmt.Sprintf(center, "#menu-remove"))
	must(t, p.DoubleClick("#menu-remove"))
	saw(t)(p.WaitText("#remove-title", "Remove "))
	focus(t, p, "remove-cancel")
	if under := eval[bool](t, p, fmt.Sprintf("!!document.elementFromPoint(%v, %v)?.closest('#remove-confirm')", at[0], at[1])); under {
		t.Error("what confirms is where the first button was")
	}
	must(t, j.Shot("remove"))
	must(t, p.Press("Enter")) // Cancel
	focus(t, p, "query")
	holds(t, saw(t)(p.Text("#summary")), "9 roles in 3 accounts")

	remove(t, j)
	saw(t)(p.WaitText("#notice", "Portal removed"))
	focus(t, p, "start-url")
	must(t, j.Shot("removed"))
	if got := typed(t, p); got != " in " {
		t.Errorf("the form holds %q", got)
	}
	if covered := eval[string](t, p, `(() => {
		const notice = document.querySelector('#notice').getBoundingClientRect();
		const over = (r) => r.left < notice.right && r.right > notice.left && r.top < notice.bottom && r.bottom > notice.top;
		return [...document.querySelectorAll('button, input, label, h2, p:not(#notice)')]
			.filter((e) => e.checkVisibility() && e.textContent + e.id && over(e.getBoundingClientRect())).map((e) => e.id || e.textContent).join(' ');
	})()`); covered != "" {
		t.Errorf("the notice covers %s", covered)
	}
	noForm(t, j)
}

// A row is fetched by a double click on it, and by nothing else in the list.
func TestADoubleClickFetchesOnARowAlone(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 2, Roles: 1, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := ".row "
	id := eval[string](t, p, "document.querySelector('.account .id').textContent")
	role := eval[string](t, p, "document.querySelector('"+row+".role').textContent")
	must(t, p.DoubleClick(".account .id"))
	holds(t, saw(t)(p.WaitText("#notice", "Copied account ID")), id)
	if got := saw(t)(j.Clipboard()); got != id {
		t.Errorf("the clipboard holds %q", got)
	}
	p = open(t, j)
	must(t, p.DoubleClick("#rows"))  // its middle, far below two rows
	must(t, p.Click(".account .id")) // what was done before this is done
	saw(t)(p.WaitText("#notice", "Copied account ID"))
	fetched(t, portal)
	must(t, p.DoubleClick(row+".role"))
	saw(t)(p.WaitText("#notice", "Copied for "))
	fetched(t, portal, id+" "+role)
}

// What would be added is said while it is typed, with the hosts that will be asked; a
// region that the address does not tell is chosen among those where it may be.
func TestTheFormSaysWhatWillBeAdded(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b, Shots: shots(t)}
	p := open(t, j)
	must(t, p.Fill("#start-url", "our portal: acme.awsapps.cn/start"))
	must(t, p.Wait("document.querySelectorAll('#regions option').length === 2"))
	holds(t, eval[string](t, p, "[...document.querySelectorAll('#regions option')].map(o => o.value).join()"), "cn-north-1", "cn-northwest-1")
	must(t, p.Fill("#region", "cn-north-1"))
	said := saw(t)(p.WaitText("#add-sees", "acme.awsapps.cn in cn-north-1"))
	holds(t, said, "portal.sso.cn-north-1.amazonaws.com.cn", "oidc.cn-north-1.amazonaws.com.cn")
	must(t, j.Shot("seen"), p.Fill("#start-url", "nonsense"), p.Wait("!document.querySelector('#add-sees').textContent"))
}

// The portal whose page the tab shows is offered; a press takes it.
func TestThePortalOfTheTabIsOffered(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 3, TPS: -1})
	page, err := j.Browser.NewTab(j.StartURL + "/#/")
	must(t, err)
	saw(t)(page.WaitText("body", "portal"))
	p := open(t, j)
	host := strings.TrimSuffix(strings.TrimPrefix(j.StartURL, "http://"), "/start")
	saw(t)(p.WaitText("#add-tab", "Use this tab’s portal: "+host))
	must(t, j.Shot("offered"), p.Click("#add-tab"), p.Type(portal.Region()))
	holds(t, saw(t)(p.WaitText("#add-sees", host)), portal.Region())
	_ = p.Press("Enter") // the popup may be gone before it is confirmed
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
}
