package e2e

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// Places of keys on a keyboard, as X counts them: those of P, R, O and D on a
// Latin layout.
const (
	keyP, keyR, keyO, keyD = "33", "27", "32", "40"
)

// A Russian keyboard in a real window: Ctrl+D is for us and never bookmarks the
// page behind, on no screen and wherever the focus is.
func TestACyrillicKeyboardWorksAsALatinOne(t *testing.T) {
	s := newScreen(t)
	// A keyboard whose first press this is would bring its own layout along.
	must(t, s.Press("Shift_L"), s.Layout("ru"))
	portal := portaltest.New(portaltest.Config{Accounts: 6, Roles: 2, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(server.Close)
	b := launch(t, browser.Options{Extension: devBuild, Headed: true, Screen: s, Granted: []string{"bookmarks"}})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	must(t, j.UseCodes())
	stays := func(screen string) {
		t.Helper()
		must(t, s.Still(), s.Press("ctrl+"+keyD), s.Still())
		if _, err := j.Open(); err != nil {
			t.Fatalf("Ctrl+D at the %s: %v", screen, err)
		}
	}
	focus(t, open(t, j), "start-url")
	stays("form")
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	stays("code")
	saw(t)(j.Approve(code))
	saw(t)(j.Listed())

	p := open(t, j)
	row := strings.Split(saw(t)(j.Search("prod")), " | ")
	eval[bool](t, p, "(document.querySelector('#act-copy').focus(), true)")
	must(t, s.Press("ctrl+"+keyD))
	holds(t, saw(t)(p.WaitText("#notice", "ookmarked")), row[0])
	if got := strings.Split(saw(t)(j.Bookmarks()), "\n"); len(got) != 1 || !strings.Contains(got[0], row[1]) {
		t.Errorf("bookmarked: %q", got)
	}

	// Letters go to the search from where the focus was.
	must(t, p.Wait("(document.querySelector('#query').select(), document.querySelector('#portal').focus(), true)"))
	for i, key := range []string{keyP, keyR, keyO} {
		must(t, s.Press(key))
		if err := p.Wait("document.querySelector('#query').value.endsWith('" + string([]rune("зкщ")[:i+1]) + "')"); err != nil {
			t.Fatalf("%v: the search holds %q, #%s has the focus", err, eval[string](t, p, "document.querySelector('#query').value"), eval[string](t, p, "document.activeElement.id + ' ' + document.hasFocus()"))
		}
	}
	focus(t, p, "query")
}
