package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// The shortcut of Portico, as X calls it: by it, as by a click on the button, the
// browser tells the address of the tab, as it does to nobody whom a program opened.
const shortcut = "alt+shift+p"

// openOn opens the popup by its key on a tab that shows an address. Nothing answers
// there: what the browser says of it is all the same.
func openOn(t *testing.T, j *mainjob.Job, s *browser.Screen, address string) *browser.Page {
	t.Helper()
	must(t, j.Close())
	tab, err := j.Browser.NewTab("about:blank")
	must(t, err)
	_ = tab.Navigate(address) // which fails
	tab.Detach()
	must(t, s.Still(), s.Press(shortcut))
	p, err := j.Returned()
	must(t, err)
	return p
}

// On a page of the console the popup offers the same page with another role, in another
// Region, and a link to it, none of them with the session that shows it.
func TestTheTabsPageOpensElsewhere(t *testing.T) {
	s := newScreen(t)
	b := launch(t, browser.Options{Extension: devBuild, Headed: true, Screen: s})
	j, _ := another(t, b, portaltest.Config{Accounts: 30, Roles: 3, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	id := strings.Split(saw(t)(j.Search("payments prod")), " | ")[1]
	must(t, open(t, j).Press("Escape"))
	shown := "https://" + id + "-0abc9xyz.eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1&redirect_uri=x#b"

	p := openOn(t, j, s, shown)
	saw(t)(p.WaitText("#tab-says", "Open this tab’s page: S3 · eu-west-1"))
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		must(t, p.Dark(dark), j.Shot("offered-"+name))
	}
	must(t, p.Forced(true), j.Shot("offered-forced"), p.Forced(false))
	row := saw(t)(j.Search("payments dev us-east-1"))
	holds(t, row, "payments-dev")
	saw(t)(p.WaitText("#tab-says", "S3 · us-east-1"))
	must(t, j.Shot("another-region"))
	if got, want := saw(t)(j.ConsoleBy("Ctrl+Shift+Enter")), row+" | https://us-east-1.console.aws.amazon.com/s3/buckets?region=us-east-1#b"; got != want {
		t.Errorf("opened was %q, want %q", got, want)
	}

	// The account is the one of the tab where only a Region is typed.
	p = openOn(t, j, s, shown)
	saw(t)(p.WaitText("#tab-says", "S3 · "))
	row = saw(t)(j.Search("us-east-1"))
	holds(t, row, id)
	must(t, p.Click("#tab [data-action=this-tab-link]"))
	holds(t, saw(t)(p.WaitText("#notice", "Copied the console link: us-east-1 in")), id)
	must(t, j.Shot("copied"))
	link := j.StartURL + "/#/console?account_id=" + id + "&role_name=" + strings.Split(row, " | ")[2] + "&destination=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fs3%2Fbuckets%3Fregion%3Dus-east-1%23b"
	if got := saw(t)(j.Clipboard()); got != link {
		t.Errorf("copied was %q, want %q", got, link)
	}

	p = openOn(t, j, s, shown) // the last one closed as the clipboard was read
	saw(t)(p.WaitText("#tab-says", "S3 · "))
	saw(t)(j.Search("us-east-1"))
	must(t, p.Click("#tab [data-action=anyones-link]"))
	saw(t)(p.WaitText("#notice", "Whoever opens it chooses the role"))
	if got, want := saw(t)(j.Clipboard()), strings.Replace(link, "&role_name="+strings.Split(row, " | ")[2], "", 1); got != want {
		t.Errorf("copied was %q, want %q", got, want)
	}

	// No other page offers anything.
	p = openOn(t, j, s, "https://console.aws.amazon.com.evil.example/s3/buckets")
	saw(t)(j.Search("payments"))
	must(t, p.Wait("document.querySelector('#tab').hidden"))
}
