package backend_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
)

var ipv4, dualStack = portaltest.IPv4Site("ssoins-1", "us-east-1", ""), portaltest.DualStackSite("ssoins-1", "us-east-1", "")

// signInTo adds a portal by its address, which names its region, and goes on
// until the code is shown.
func (w *world) signInTo(startURL string) (status func() message.Status) {
	w.t.Helper()
	status = func() message.Status {
		return message.ParseStatus(w.session.get(message.StatusPrefix + startURL))
	}
	w.ok(message.PortalAdd, message.NewPortal{StartURL: startURL}.Fields())
	w.ok(message.SignInStart, message.PortalRef{Portal: startURL}.Fields())
	w.until("the code", time.Minute, func() bool { return status().SignIn == message.ShowCode })
	return status
}

// A portal of either family is asked at the hosts of its own, which are the only
// ones at which this one answers, and its code is approved on a page of its own.
func TestAPortalIsAskedInItsOwnFamily(t *testing.T) {
	for _, site := range []portaltest.Site{ipv4, dualStack} {
		inWorld(t, portaltest.Config{Sites: []portaltest.Site{site}}, func(w *world) {
			startURL := "https://" + site.Start
			status := w.signInTo(startURL)
			s := status()
			if s.VerifyHost != site.Start || s.Caution != "" || s.Hosts != site.Portal+" "+site.OIDC {
				t.Errorf("page at %s, hosts %q, caution %q", s.VerifyHost, s.Hosts, s.Caution)
			}
			if want := []string{site.Portal, site.OIDC}; !slices.Equal(w.browser.originless(), want) {
				t.Errorf("origin is taken off for %q, want %q", w.browser.originless(), want)
			}
			w.portal.Approve(s.UserCode)
			w.until("the list", time.Minute, func() bool { return status().SignIn == message.SignedIn && status().Sync == message.Idle })
			if p := status().Problem; p != nil {
				t.Errorf("problem %v", p)
			}
			ref := message.PortalRef{Portal: startURL}.Fields()
			if done := message.SignedOutFrom(w.ok(message.SignOut, ref)); !done.Confirmed {
				t.Error("the end of the session was not confirmed")
			}
			w.ok(message.PortalRemove, ref)
			if want := []string{"https://" + site.Portal + "/*", "https://" + site.OIDC + "/*"}; !slices.Equal(w.browser.givenBack(), want) {
				t.Errorf("gave back %q, want %q", w.browser.givenBack(), want)
			}
		})
	}
}

// Two addresses of one organisation that are not of one instance are two portals, and
// whoever adds the second is told, until they have signed in to it.
func TestASecondAddressOfAnOrganisationIsSaid(t *testing.T) {
	ipv4, dualStack := portaltest.IPv4Site("d-1", "us-east-1", ""), portaltest.DualStackSite("d-1", "us-east-1", "")
	inWorld(t, portaltest.Config{Sites: []portaltest.Site{ipv4, dualStack}}, func(w *world) {
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "us-east-1"}.Fields())
		first := w.signInTo("https://" + ipv4.Start)
		if got := first().Caution; got != "" {
			t.Errorf("of the first is said %q", got)
		}
		second := w.signInTo("https://" + dualStack.Start)
		const want = " You have this organisation already, as \u2068d-1.us-east-1.portal.amazonaws.com\u2069: the settings can merge the two."
		if got := second().Caution; got != want {
			t.Errorf("of the second is said %q", got)
		}
		w.restart()
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://" + dualStack.Start}.Fields())
		if got := second().Caution; got != want {
			t.Errorf("then %q", got)
		}
		w.portal.Approve(second().UserCode)
		ref := message.PortalRef{Portal: "https://" + dualStack.Start}.Fields()
		w.until("the sign-in", time.Minute, func() bool { return second().SignIn == message.SignedIn })
		w.ok(message.SignOut, ref)
		w.ok(message.SignInStart, ref)
		w.until("the code", time.Minute, func() bool { return second().SignIn == message.ShowCode })
		if got := second().Caution; got != "" {
			t.Errorf("after signing in %q is said again", got)
		}
	})
}

// A page of the other family may fail late and vaguely, so it is said before.
func TestAPageOfTheOtherFamilyIsSaid(t *testing.T) {
	for _, test := range []struct {
		own, page portaltest.Site
		says      string
	}{
		{dualStack, ipv4, " That page is at the portal’s IPv4 address, not at its dual-stack one"},
		{ipv4, dualStack, " That page is at the portal’s dual-stack address, not at its IPv4 one"},
	} {
		wrong := test.own
		wrong.Start = test.page.Start
		// The first of a host names the page.
		inWorld(t, portaltest.Config{Sites: []portaltest.Site{wrong, test.own}}, func(w *world) {
			status := w.signInTo("https://" + test.own.Start)
			if s := status(); s.VerifyHost != test.page.Start || !strings.HasPrefix(s.Caution, test.says) || s.Problem != nil {
				t.Errorf("page at %s, caution %q, problem %v", s.VerifyHost, s.Caution, s.Problem)
			}
			w.ok(message.SignInOpen, message.PortalRef{Portal: "https://" + test.own.Start}.Fields())
			w.portal.Approve(status().UserCode)
			w.until("the session", time.Minute, func() bool { return status().SignIn == message.SignedIn })
			if s := status(); s.Caution != "" {
				t.Errorf("still says %q", s.Caution)
			}
		})
	}
}
