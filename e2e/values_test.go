package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// onPage gives all that is in the popup's document.
func onPage(t *testing.T, p *browser.Page) string {
	t.Helper()
	return eval[string](t, p, "document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(e => e.value).join()")
}

// Values are on the page while they are asked to be shown, and no longer.
func TestValuesShowOnRequestOnly(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.Search("payments-prod read"))
	p := open(t, j)
	must(t, p.Press("Ctrl+i"))
	holds(t, saw(t)(p.WaitText("#values-of", "payments-prod")), "ReadOnlyAccess")
	issued := portal.Credentials()
	c := issued[len(issued)-1]
	none := func(when string) {
		t.Helper()
		for _, secret := range []string{c.AccessKeyID, c.SecretAccessKey, c.SessionToken} {
			if strings.Contains(onPage(t, p), secret) {
				t.Errorf("%s a secret is on the page", when)
			}
		}
	}
	none("at first")
	must(t, j.Shot("masked"), p.Press("Enter")) // the focus is on the first Show
	if got := saw(t)(p.WaitText("#value-0-text", "AS")); got != c.AccessKeyID {
		t.Errorf("shows %q, want %q", got, c.AccessKeyID)
	}
	if got := eval[string](t, p, "getSelection().toString()"); got != c.AccessKeyID {
		t.Errorf("%q is selected", got)
	}
	must(t, p.Click("[data-value='2'][data-does=copy-value]"))
	saw(t)(p.WaitText("#notice", "Copied AWS_SESSION_TOKEN."))
	must(t, p.Click("#value-2-show"), p.Wait("document.getElementById('value-2-text').textContent.length > 20"), j.Shot("shown"))
	must(t, p.Press("Escape"), p.Wait("document.getElementById('values').hidden && document.activeElement.id === 'query'"))
	none("once the screen is left")
	if got := saw(t)(j.Clipboard()); got != c.SessionToken {
		t.Errorf("on the clipboard is %q", got)
	}
	noSecrets(t, j, portal, "local")
}

// What the browser does not let onto the clipboard can be copied by hand.
func TestACopyThatTheBrowserRefusesIsOffered(t *testing.T) {
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.Search("payments-prod read"))
	p := open(t, j)
	eval[bool](t, p, "(() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); return true; })()")
	must(t, p.Press("Enter"))
	holds(t, saw(t)(p.WaitText("#notice", "refused the clipboard")), "copy by hand")
	must(t, j.Shot("refused"), p.Click("#value-0-show"))
	issued := portal.Credentials()
	holds(t, saw(t)(p.WaitText("#value-0-text", "export ")), issued[len(issued)-1].SecretAccessKey)
	holds(t, eval[string](t, p, "getSelection().toString()"), issued[len(issued)-1].SessionToken)
	must(t, j.Shot("by-hand"), p.Click("#values [data-action=back]"), p.Wait("!document.getElementById('list').hidden"))
	if strings.Contains(onPage(t, p), issued[len(issued)-1].SessionToken) {
		t.Error("a secret stays on the page")
	}
}

// How long what was copied last is of use is said beside its row.
func TestWhatWasCopiedLastSaysHowLongItLasts(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second})
	saw(t)(j.Search("payments-prod read"))
	saw(t)(j.Copy())
	must(t, j.Close())
	p := open(t, j)
	holds(t, saw(t)(p.WaitText(".row[aria-selected=true] .note", "left")), "copied, ")
	must(t, j.Shot("lasts"))
}
