package e2e

import (
	"bufio"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// display is a screen that nobody sees, with a window manager: a browser without
// a screen shows no prompts.
type display struct {
	name   string
	screen string // file that holds what the screen shows
}

func newDisplay(t *testing.T) display {
	t.Helper()
	r, w, err := os.Pipe()
	must(t, err)
	dir := t.TempDir()
	server := exec.Command("Xvfb", "-displayfd", "3", "-fbdir", dir, "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	run(t, server)
	must(t, w.Close())
	number, err := bufio.NewReader(r).ReadString('\n')
	must(t, err, r.Close())
	d := display{":" + strings.TrimSpace(number), filepath.Join(dir, "Xvfb_screen0")}
	manager := exec.Command("openbox")
	manager.Env = append(os.Environ(), "DISPLAY="+d.name)
	run(t, manager)
	return d
}

// run runs a program until the test ends.
func run(t *testing.T, program *exec.Cmd) {
	t.Helper()
	must(t, program.Start())
	t.Cleanup(func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	})
}

// allow answers the browser's prompt: Tab goes from Deny to Allow, Return presses
// it. While a prompt appears it takes no keys, and in its first moment no press
// of a button, hence one more if need be.
func (d display) allow(t *testing.T, b *browser.Browser, wanted string) {
	t.Helper()
	must(t, d.still(), d.press("Tab"))
	must(t, browser.Until(patience, "the grant of "+wanted, func() (bool, error) {
		if err := errors.Join(d.press("Return"), d.still()); err != nil {
			return false, err
		}
		return browser.Eval[bool](b.Control(), "chrome.permissions.contains("+wanted+")")
	}))
}

// deny answers the browser's prompt by leaving it.
func (d display) deny(t *testing.T) {
	t.Helper()
	must(t, d.still(), d.press("Escape"), d.still())
}

// still waits until nothing has moved on the screen for half a second.
func (d display) still() error {
	var last []byte
	since := time.Now()
	return browser.Until(patience, "the screen to stand still", func() (bool, error) {
		now, err := os.ReadFile(d.screen)
		if !slices.Equal(now, last) {
			last, since = now, time.Now()
		}
		return err == nil && time.Since(since) > time.Second/2, err
	})
}

// press presses a key as the keyboard does, whichever window has the focus. A
// number is the place of a key, whatever the layout has there.
func (d display) press(key string) error { return d.run("xdotool", "key", key) }

// layout puts another layout on the keyboard, such as "ru".
func (d display) layout(name string) error { return d.run("setxkbmap", name) }

func (d display) run(program string, args ...string) error {
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), "DISPLAY="+d.name)
	return command.Run()
}

// The prompt closes the popup, so that the worker has to go on by itself.
func TestPromptForThePortalIsDeniedThenAllowed(t *testing.T) {
	d := newDisplay(t)
	b := launch(t, browser.Options{Extension: releaseBuild, Headed: true, Display: d.name, Proxy: newProxy(t).URL})
	j := &mainjob.Job{Browser: b, StartURL: "https://example.awsapps.com/start", Region: "eu-west-1"}
	p := open(t, j)
	must(t, p.Fill("#start-url", j.StartURL), p.Fill("#region", j.Region))
	_ = p.Click("#add-submit") // the popup may be gone before it is confirmed
	must(t, j.Closed())
	d.deny(t)
	saw(t)(open(t, j).WaitText("#signin-hint", "Portico has no access"))
	_ = open(t, j).Click("#signin-primary") // as above
	must(t, j.Closed())
	d.allow(t, b, "{origins: ['https://portal.sso.eu-west-1.amazonaws.com/*', 'https://oidc.eu-west-1.amazonaws.com/*']}")
	back, err := j.Returned()
	must(t, err)
	// There is no network here: what shows is that the worker has tried it.
	holds(t, saw(t)(back.WaitText("#signin", "No answer from oidc.eu-west-1.amazonaws.com")), "Sign in")

	// What was granted for the portal goes with it.
	if rules := eval[int](t, b.Control(), "chrome.declarativeNetRequest.getSessionRules().then(rules => rules.length)"); rules != 1 {
		t.Errorf("%d rules, want the one for the portal’s hosts", rules)
	}
	if !eval[bool](t, b.Control(), "chrome.runtime.sendMessage({v: '1', type: 'portal.remove', args: {portal: '"+j.StartURL+"'}}).then(answer => answer.ok)") {
		t.Error("the portal is not removed")
	}
	if eval[bool](t, b.Control(), "chrome.permissions.getAll().then(all => all.origins.length > 0)") {
		t.Error("the access to its hosts is kept")
	}
	if rules := eval[int](t, b.Control(), "chrome.declarativeNetRequest.getSessionRules().then(rules => rules.length)"); rules != 0 {
		t.Errorf("%d rules are kept", rules)
	}
}

func TestPromptForBookmarksIsAllowed(t *testing.T) {
	d := newDisplay(t)
	portal := portaltest.New(portaltest.Config{Accounts: 6, Roles: 2, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	b := launch(t, browser.Options{Extension: devBuild, Headed: true, Display: d.name})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	_ = open(t, j).Press("d", chromedp.KeyModifiers(2)) // as above
	must(t, j.Closed())
	d.allow(t, b, "{permissions: ['bookmarks']}")
	back, err := j.Returned()
	must(t, err)
	holds(t, saw(t)(back.WaitText("#notice", "Bookmarked")), row[0], row[2])
	holds(t, saw(t)(j.Bookmarks()), row[1], row[2])
}
