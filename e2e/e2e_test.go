// Package e2e tests the unpacked extension in a real Chromium, through the real
// action popup, against a portal on this machine. It tests what `make build`
// made, and refuses to if that is missing or of other sources.
package e2e

import (
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

const (
	devBuild     = "../build/chrome-dev"
	releaseBuild = "../build/chrome"

	// patience is how long a test waits for what must happen.
	patience = 30 * time.Second
)

// start runs a portal, and a browser with the development build in it.
func start(t *testing.T, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	return startAt(t, 100, c)
}

// startAt is start in a browser that zooms by default, in percent.
func startAt(t *testing.T, zoom float64, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	return another(t, launch(t, browser.Options{Extension: devBuild, Granted: []string{"bookmarks"}, Zoom: zoom}), c)
}

func startBuild(t *testing.T, build string, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	return another(t, launch(t, browser.Options{Extension: build, Granted: []string{"bookmarks"}}), c)
}

// another runs a portal for a browser that runs already.
func another(t *testing.T, b *browser.Browser, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	portal := portaltest.New(c)
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	return &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region(), Shots: shots(t)}, portal
}

// signedIn is start with everything listed.
func signedIn(t *testing.T, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	return signedInAt(t, 100, c)
}

func signedInAt(t *testing.T, zoom float64, c portaltest.Config) (*mainjob.Job, *portaltest.Portal) {
	t.Helper()
	j, portal := startAt(t, zoom, c)
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	return j, portal
}

func launch(t *testing.T, o browser.Options) *browser.Browser {
	t.Helper()
	o.Extension = copyOf(t, o.Extension)
	return launchCopy(t, o)
}

// copyOf copies a build, so that building anew does not pull the files from under a
// browser.
func copyOf(t *testing.T, build string) string {
	t.Helper()
	must(t, built())
	to := filepath.Join(t.TempDir(), filepath.Base(build))
	must(t, os.CopyFS(to, os.DirFS(build)))
	return to
}

// launchCopy is launch with a build that was copied.
func launchCopy(t *testing.T, o browser.Options) *browser.Browser {
	t.Helper()
	b, err := browser.Launch(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// shots is where a test's pictures go.
func shots(t *testing.T) string { return filepath.Join("..", "build", "shots", t.Name()) }

// saw gives what a step saw, and fails the test if the step failed.
func saw(t *testing.T) func(text string, err error) string {
	return func(text string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
}

// eval gives the value of an expression in a page.
func eval[T any](t *testing.T, p *browser.Page, expression string) T {
	t.Helper()
	v, err := browser.Eval[T](p, expression)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, j *mainjob.Job) *browser.Page {
	t.Helper()
	p, err := j.Open()
	must(t, err)
	return p
}

// holds fails the test if text lacks one of parts.
func holds(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q lacks %q", text, part)
		}
	}
}

// noSecrets fails the test if a storage area holds anything secret that the
// portal ever issued, but for the given ones.
func noSecrets(t *testing.T, j *mainjob.Job, portal *portaltest.Portal, area string, but ...string) {
	t.Helper()
	dump := eval[string](t, j.Browser.Control(), "chrome.storage."+area+".get(null).then(all => JSON.stringify(all))")
	if len(portal.Secrets()) == 0 {
		t.Error("the portal issued no secret: nothing was checked")
	}
secrets:
	for _, secret := range portal.Secrets() {
		for _, known := range but {
			if secret == known {
				continue secrets
			}
		}
		if strings.Contains(dump, secret) {
			t.Errorf("storage.%s holds a secret: %.12s…", area, secret)
		}
	}
}

// remove removes the shown portal from the menu.
func remove(t *testing.T, j *mainjob.Job) {
	t.Helper()
	p := open(t, j)
	must(t, p.Click("#portal"), p.Click("#menu-remove"), p.Click("#remove-confirm"))
}

// focus waits until the element with an ID has the focus.
func focus(t *testing.T, p *browser.Page, id string) {
	t.Helper()
	if err := p.Wait("document.activeElement.id === '" + id + "'"); err != nil {
		t.Fatalf("%v; #%s has it", err, eval[string](t, p, "document.activeElement.id"))
	}
}
