package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// A session goes on beyond its token, though popup and worker are gone meanwhile.
func TestASessionOutlastsItsToken(t *testing.T) {
	t.Parallel()
	j, portal := signedIn(t, portaltest.Config{Accounts: 12, Roles: 2, TPS: -1, Interval: time.Second, TokenTTL: 70 * time.Second, SessionTTL: time.Hour})
	first := time.Now()
	before := portal.Requests()["CreateToken"]
	must(t, j.Close(), j.Browser.StopWorker())
	must(t, browser.Until(3*time.Minute, "another token to be asked for", func() (bool, error) {
		return portal.Requests()["CreateToken"] > before, nil
	}))
	must(t, browser.Until(3*time.Minute, "the first token to be over", func() (bool, error) { return time.Since(first) > 75*time.Second, nil }))
	saw(t)(j.Search("payments-prod read"))
	holds(t, saw(t)(j.Copy()), "Copied for bash and zsh: payments-prod")
	noSecrets(t, j, portal, "local")
	saw(t)(j.SignOut())
	// All tokens of a portal begin alike.
	if dump := eval[string](t, j.Browser.Control(), "chrome.storage.session.get(null).then(all => JSON.stringify(all))"); strings.Contains(dump, "aoaAAAAA") {
		t.Error("a token is kept after signing out")
	}
}
