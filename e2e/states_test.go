package e2e

import (
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/mainjob"
	"portico/internal/portaltest"
)

// visitor is what a test does with each state of the popup. It leaves the popup as
// it was.
type visitor func(t *testing.T, p *browser.Page, state string)

// everyState brings the popup into every state that people see.
func everyState(t *testing.T, visit visitor) {
	t.Helper()
	everyStateAt(t, 100, visit)
}

// everyStateAt is everyState in a browser that zooms by default, in percent.
func everyStateAt(t *testing.T, zoom float64, visit visitor) {
	for name, walk := range map[string]func(*testing.T, float64, visitor){
		"signing in":       statesOfSigningIn,
		"the list":         statesOfTheList,
		"the portal fails": statesOfFailure,
		"nothing assigned": stateOfNoAssignment,
		"denied":           stateOfDenial,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each has a browser of its own
			walk(t, zoom, visit)
		})
	}
}

func statesOfSigningIn(t *testing.T, zoom float64, visit visitor) {
	// Slow enough for the listing to be looked at while it goes on.
	j, portal := startAt(t, zoom, portaltest.Config{Accounts: 200, Roles: 3, TPS: 4, Interval: time.Second})
	must(t, j.UseCodes())
	visit(t, open(t, j), "add-portal")
	url := j.StartURL
	j.StartURL = "https://example.com"
	saw(t)(j.AddPortal())
	must(t, open(t, j).Wait("document.querySelector('#add-error').textContent !== ''"))
	visit(t, open(t, j), "add-portal-refused")
	j.StartURL = url
	portal.SetFaults(portaltest.FaultRule{Operation: "StartDeviceAuthorization", Fault: "InvalidRequestException"})
	saw(t)(j.AddPortal())
	saw(t)(open(t, j).WaitText("#add-error", "does not know this start URL"))
	visit(t, open(t, j), "add-portal-unknown")
	portal.SetFaults(portaltest.FaultRule{Operation: "StartDeviceAuthorization", Fault: portaltest.FaultTimeout})
	saw(t)(j.AddPortal())
	saw(t)(open(t, j).WaitText("#notice", "Asking the portal"))
	visit(t, open(t, j), "add-portal-asking")
	must(t, open(t, j).Click("#add-cancel"), j.Browser.Control().Wait("chrome.storage.session.get('adding').then(({ adding }) => !adding)"))
	portal.SetFaults(portaltest.FaultRule{Operation: "RegisterClient", Fault: portaltest.FaultHTML})
	saw(t)(j.AddPortal())
	saw(t)(open(t, j).WaitText("#add-other", "Add anyway"))
	visit(t, open(t, j), "add-portal-silent")
	portal.SetFaults()
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	visit(t, open(t, j), "sign-in")
	must(t, openSignInPage(j))
	saw(t)(open(t, j).WaitText("#signin-title", "Waiting for your approval"))
	visit(t, open(t, j), "waiting")
	page, err := j.Browser.Page("/start/device")
	must(t, err, j.Close(), page.Close())
	saw(t)(open(t, j).WaitText("#signin-title", "The sign-in page was closed"))
	visit(t, open(t, j), "page-closed")
	approve(t, portal, code)
	saw(t)(open(t, j).WaitText("#summary", "Listing roles: 1"))
	visit(t, open(t, j), "listing")
	holds(t, saw(t)(open(t, j).Text("#summary")), "Listing roles")
}

func statesOfTheList(t *testing.T, zoom float64, visit visitor) {
	j, portal := signedInAt(t, zoom, portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	visit(t, open(t, j), "list")
	saw(t)(j.Search("data prod"))
	visit(t, open(t, j), "search")
	saw(t)(j.Copy())
	visit(t, open(t, j), "copied")
	must(t, open(t, j).Press("Ctrl+i"))
	saw(t)(open(t, j).WaitText("#values-of", "data"))
	visit(t, open(t, j), "values")
	must(t, open(t, j).Press("Escape"))
	openActions(t, open(t, j), "")
	visit(t, open(t, j), "actions")
	must(t, open(t, j).Fill("#actions-query", "copy fo"))
	visit(t, open(t, j), "actions-found")
	must(t, open(t, j).Fill("#actions-query", "keys"), open(t, j).Press("Enter"))
	focus(t, open(t, j), "keys-done")
	visit(t, open(t, j), "keys")
	must(t, open(t, j).Press("Escape"))
	saw(t)(j.Bookmark())
	visit(t, open(t, j), "bookmarked")
	must(t, open(t, j).Press("Ctrl+e"))
	focus(t, open(t, j), "label-text")
	visit(t, open(t, j), "label")
	must(t, open(t, j).Fill("#label-text", "the warehouse"), open(t, j).Press("Enter"))
	saw(t)(open(t, j).WaitText("#notice", "Labelled"))
	must(t, open(t, j).Press("Ctrl+s"))
	saw(t)(open(t, j).WaitText("#notice", "favourites"))
	saw(t)(j.Search(""))
	must(t, open(t, j).Wait("document.querySelector('.row').matches('.favourite') && document.querySelector('.row .label').textContent === 'the warehouse'"))
	visit(t, open(t, j), "favourite")
	saw(t)(j.Search("zzzzqqq"))
	saw(t)(open(t, j).WaitText("#empty", "No match"))
	visit(t, open(t, j), "no-match")
	saw(t)(j.Search(""))
	must(t, open(t, j).Click("#portal"), open(t, j).Wait("!document.querySelector('#menu').hidden"))
	visit(t, open(t, j), "menu")
	must(t, open(t, j).Click("#menu-remove"))
	saw(t)(open(t, j).WaitText("#remove-title", "Remove"))
	visit(t, open(t, j), "remove")
	must(t, open(t, j).Press("Enter"), open(t, j).Wait("document.querySelector('#remove').hidden"))

	portal.ExpireTokens()
	must(t, open(t, j).Press("Enter"))
	saw(t)(open(t, j).WaitText("#banner", "Sign in"))
	visit(t, open(t, j), "expired")
	must(t, open(t, j).Click("#banner-action"))
	saw(t)(j.SignIn())
	saw(t)(j.Listed()) // and no word of what is over
	saw(t)(j.SignOut())
	visit(t, open(t, j), "signed-out")
}

func statesOfFailure(t *testing.T, zoom float64, visit visitor) {
	portal := portaltest.New(portaltest.Config{Accounts: 60, Roles: 3, TPS: -1, Interval: time.Second})
	server := httptest.NewServer(portal)
	t.Cleanup(func() { server.Close() })
	b := launch(t, browser.Options{Extension: devBuild, Zoom: zoom})
	j := &mainjob.Job{Browser: b, StartURL: server.URL + "/start", Region: portal.Region()}
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	code := saw(t)(j.Code())
	var rules []portaltest.FaultRule
	for _, a := range portal.Directory()[:3] {
		rules = append(rules, portaltest.FaultRule{Operation: "ListAccountRoles", Account: a.ID, Fault: portaltest.FaultForbidden})
	}
	portal.SetFaults(rules...)
	approve(t, portal, code)
	saw(t)(open(t, j).WaitText("#banner", "did not list the roles of 3 accounts (ForbiddenException)"))
	visit(t, open(t, j), "partial")
	portal.SetFaults()
	must(t, open(t, j).Click("#banner-action"))
	saw(t)(open(t, j).WaitText("#summary", "180 roles in 60 accounts"))
	must(t, open(t, j).Wait("document.querySelector('#banner').hidden"))

	portal.SetFaults(portaltest.FaultRule{Operation: "GetRoleCredentials", Fault: portaltest.FaultThrottle})
	must(t, open(t, j).Press("Enter"))
	saw(t)(open(t, j).WaitText("#notice", "too many"))
	visit(t, open(t, j), "throttled")
	portal.SetFaults()

	address := server.Listener.Addr().String()
	server.Close()
	must(t, open(t, j).Press("Enter"))
	holds(t, saw(t)(open(t, j).WaitText("#notice", "No answer")), address, "network")
	visit(t, open(t, j), "offline")
	server = restart(t, portal, address)
	saw(t)(j.Copy())
}

func stateOfNoAssignment(t *testing.T, zoom float64, visit visitor) {
	j, _ := startAt(t, zoom, portaltest.Config{Accounts: -1, TPS: -1, Interval: time.Second})
	saw(t)(j.AddPortal())
	saw(t)(j.SignIn())
	saw(t)(open(t, j).WaitText("#empty", "No accounts assigned"))
	visit(t, open(t, j), "no-assignment")
}

func stateOfDenial(t *testing.T, zoom float64, visit visitor) {
	j, portal := startAt(t, zoom, portaltest.Config{Accounts: 3, TPS: -1, Interval: time.Second})
	must(t, j.UseCodes())
	saw(t)(j.AddPortal())
	if code := saw(t)(j.Code()); !portal.Deny(code) {
		t.Fatalf("the portal does not know %s", code)
	}
	holds(t, saw(t)(open(t, j).WaitText("#signin-hint", "denied")), "sign in")
	visit(t, open(t, j), "denied")
}

// openSignInPage opens the page on which the code is approved.
func openSignInPage(j *mainjob.Job) error {
	popup, err := j.Open()
	if err != nil {
		return err
	}
	_ = popup.Click("#signin-primary") // which closes the popup, maybe before it is confirmed
	page, err := j.Browser.Page("/start/device")
	if err != nil {
		return err
	}
	page.Detach()
	return j.Closed()
}

func approve(t *testing.T, portal *portaltest.Portal, code string) {
	t.Helper()
	if !portal.Approve(code) {
		t.Fatalf("the portal does not know %s", code)
	}
}

// Pictures of what people see, light and dark, for the README and for whoever
// judges the design; nothing may stick out in any of them.
func TestScreens(t *testing.T) {
	folder := shots(t)
	everyState(t, func(t *testing.T, p *browser.Page, state string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			must(t, p.Dark(scheme == "dark"), p.Screenshot(filepath.Join(folder, state+"-"+scheme+".png")))
			fits(t, p)
		}
		must(t, p.Dark(false))
	})
}
