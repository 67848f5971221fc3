package e2e

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"portico/internal/browser"
	"portico/internal/mainjob"
)

// proxy takes every request that leaves a browser, and lets none through.
type proxy struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string
}

func newProxy(t *testing.T) *proxy {
	p := &proxy{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		if browsersOwn(r.URL.Hostname()) {
			return
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.seen = append(p.seen, r.Method+" "+r.URL.String())
	}))
	t.Cleanup(p.Close)
	return p
}

// vendor are the domains of Chromium's maker, which it talks to of its own accord,
// whatever extension is in it: for updates, the time, and whether somebody is
// signed in to the browser.
var vendor = []string{"google.com", "googleapis.com", "gvt1.com"}

func browsersOwn(host string) bool {
	return slices.ContainsFunc(vendor, func(domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) })
}

func (p *proxy) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// The whole main job in the release build, with no host granted: nothing may
// leave the browser.
func TestDemoOrganisationNeedsNoNetwork(t *testing.T) {
	out := newProxy(t)
	b := launch(t, browser.Options{Extension: releaseBuild, Granted: []string{"bookmarks"}, Proxy: out.URL})
	j := &mainjob.Job{Browser: b, Shots: shots(t)}
	open(t, j)
	must(t, j.Shot("first-start"))
	saw(t)(j.AddDemo())
	saw(t)(j.SignIn())
	holds(t, saw(t)(j.Listed()), "180 roles in 60 accounts")
	must(t, j.Shot("list"))
	row := saw(t)(j.Search("paymnets prod"))
	holds(t, row, "payments-prod")
	holds(t, saw(t)(j.Copy()), "payments-prod", "Demo organisation")
	must(t, j.Shot("copied"))
	vars, err := j.Paste()
	must(t, err)
	if !strings.Contains(vars["AWS_ACCESS_KEY_ID"], "DEMO") || vars["AWS_SESSION_TOKEN"] == "" {
		t.Errorf("credentials that do not say they are for show: %v", vars["AWS_ACCESS_KEY_ID"])
	}
	if got := saw(t)(j.Console()); got != row {
		t.Errorf("console of %q, selected was %q", got, row)
	}
	saw(t)(j.Bookmark())
	holds(t, saw(t)(j.Bookmarks()), "payments-prod", "demo/portal.html#/#/console?account_id=")
	saw(t)(j.SignOut())

	if granted := eval[map[string][]string](t, b.Control(), "chrome.permissions.getAll()"); len(granted["origins"]) != 0 {
		t.Errorf("hosts were granted: %v", granted["origins"])
	}
	// What the proxy takes for the browser's own, the extension may not even ask for.
	policy := eval[string](t, b.Control(), "chrome.runtime.getManifest().content_security_policy.extension_pages")
	holds(t, policy, "default-src 'none'", "connect-src 'self' https://")
	for _, domain := range vendor {
		if strings.Contains(policy, domain) {
			t.Errorf("the extension may connect to %s", domain)
		}
	}
	if seen := out.requests(); len(seen) != 0 {
		t.Errorf("%d requests left the browser: %.500s", len(seen), seen)
	}
	// The proxy does see what leaves.
	// The page does not load, which is no concern of this test.
	_, _ = b.NewTab("http://portico.invalid/")
	must(t, browser.Until(patience, "the proxy to see a request", func() (bool, error) { return len(out.requests()) > 0, nil }))
}

// What stands of the demo after it is removed is what stood before it was added.
func TestDemoOrganisationIsRemovedLikeAnyPortal(t *testing.T) {
	b := launch(t, browser.Options{Extension: releaseBuild})
	j := &mainjob.Job{Browser: b}
	saw(t)(j.AddDemo())
	saw(t)(j.SignIn())
	saw(t)(j.Listed())
	remove(t, j)
	saw(t)(open(t, j).WaitText("#add-title", "Add your access portal"))
	must(t, j.Close())
	for _, area := range []string{"local", "session"} {
		var dump string
		// The list shows as soon as the portal is off it; its session ends after
		// that. The demo's own memory of who signed out stays; it names no portal.
		if err := browser.Until(patience, "nothing of the portal in storage", func() (bool, error) {
			dump = eval[string](t, b.Control(), "chrome.storage."+area+".get(null).then(all => JSON.stringify(all))")
			return !strings.Contains(dump, "portal.html"), nil
		}); err != nil {
			t.Errorf("%v; storage.%s still holds %s", err, area, dump)
		}
	}
}
