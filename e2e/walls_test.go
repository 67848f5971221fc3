package e2e

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"portico/internal/browser"
	"portico/internal/mainjob"
)

// No fetch of ours can reach a host that is not a portal's: neither the popup's
// nor the worker's, in both builds.
func TestFetchReachesNoOtherHost(t *testing.T) {
	for _, build := range []string{devBuild, releaseBuild} {
		t.Run(filepath.Base(build), func(t *testing.T) {
			var reached atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
			defer server.Close()
			b := launch(t, browser.Options{Extension: build})
			j := &mainjob.Job{Browser: b}
			popup := open(t, j)
			worker, err := b.Worker()
			must(t, err)
			defer worker.Detach()
			// The server listens on 127.0.0.1; by this name it is another host.
			_, port, err := net.SplitHostPort(server.Listener.Addr().String())
			must(t, err)
			try := `new Promise((answer) => {
				addEventListener('securitypolicyviolation', (e) => answer('stopped by ' + e.effectiveDirective));
				fetch('http://localhost:` + port + `/', {mode: 'no-cors'}).then(() => answer('reached'), () => setTimeout(answer, 2000, 'failed'));
			})`
			for where, p := range map[string]*browser.Page{"popup": popup, "worker": worker} {
				if got := eval[string](t, p, try); got != "stopped by connect-src" {
					t.Errorf("%s: %s", where, got)
				}
			}
			if reached.Load() != 0 {
				t.Error("the other host was reached")
			}
		})
	}
}

// Whatever gets into our pages, text does not become markup or a script, and no
// worker of a page's own starts.
func TestTextBecomesNeitherMarkupNorScript(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	demo, err := b.NewTab(b.Address("demo/portal.html"))
	must(t, err)
	for where, p := range map[string]*browser.Page{"popup": open(t, &mainjob.Job{Browser: b}), "demo page": demo} {
		for _, attempt := range []string{
			"document.createElement('p').innerHTML = '<b>markup</b>'",
			"document.body.insertAdjacentHTML('beforeend', '<b>markup</b>')",
			"document.createElement('script').text = '1'",
			"document.createElement('script').src = location.href",
			"document.createElement('iframe').srcdoc = '<b>markup</b>'",
			"new DOMParser().parseFromString('<b>markup</b>', 'text/html')",
			"document.write('<b>markup</b>')",
			"trustedTypes.createPolicy('default', { createHTML: (text) => text })",
			"new Worker('/popup/popup.js')",
		} {
			got := eval[string](t, p, `new Promise((answer) => {
				addEventListener('securitypolicyviolation', (e) => answer('stopped by ' + e.effectiveDirective));
				try { `+attempt+`; } catch {}
				setTimeout(answer, 2000, 'not stopped');
			})`)
			if !strings.HasPrefix(got, "stopped by ") {
				t.Errorf("%s: %s: %s", where, attempt, got)
			}
		}
	}
}

func TestReleaseKnowsNoLoopbackPortal(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b, StartURL: "http://127.0.0.1:9/start", Region: "us-east-1", Shots: shots(t)}
	saw(t)(j.AddPortal())
	saw(t)(open(t, j).WaitText("#add-error", "development builds only"))
	must(t, j.Shot("refused"))
}

func TestPermissionsAtInstall(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	granted := eval[map[string][]string](t, b.Control(), "chrome.permissions.getAll()")
	slices.Sort(granted["permissions"])
	if want := []string{"activeTab", "alarms", "declarativeNetRequestWithHostAccess", "storage"}; !slices.Equal(granted["permissions"], want) {
		t.Errorf("permissions at install: %v, want %v", granted["permissions"], want)
	}
	if len(granted["origins"]) != 0 {
		t.Errorf("hosts at install: %v", granted["origins"])
	}
}

// The builds are one thing: they differ in nothing but the manifest, and there
// in nothing but loopback.
func TestBuildsDifferInLoopbackAlone(t *testing.T) {
	must(t, filepath.WalkDir(releaseBuild, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "manifest.json" {
			return err
		}
		name, err := filepath.Rel(releaseBuild, path)
		must(t, err)
		if string(read(t, path)) != string(read(t, filepath.Join(devBuild, name))) {
			t.Errorf("%s differs", name)
		}
		return nil
	}))
	var release, dev map[string]any
	must(t, json.Unmarshal(read(t, filepath.Join(releaseBuild, "manifest.json")), &release))
	must(t, json.Unmarshal(read(t, filepath.Join(devBuild, "manifest.json")), &dev))
	if _, ok := release["host_permissions"]; ok {
		t.Error("the release has hosts at install")
	}
	var differ []string
	for key := range dev {
		a, _ := json.Marshal(release[key])
		b, _ := json.Marshal(dev[key])
		if string(a) != string(b) {
			differ = append(differ, key)
		}
	}
	slices.Sort(differ)
	if want := []string{"content_security_policy", "host_permissions", "web_accessible_resources"}; !slices.Equal(differ, want) {
		t.Errorf("manifests differ in %v, want %v", differ, want)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}
