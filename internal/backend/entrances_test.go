package backend_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/portaltest"
)

// instance is where a portal's instance has its entrance in a region.
func instance(region string) portal.Portal {
	return portal.Portal{StartURL: "https://ssoins-1111111111111111.portal." + region + ".app.aws", Region: region}
}

func (w *world) portals() message.Portals {
	return message.ParsePortals(w.local.get(message.PortalsKey))
}

// The Regions of one instance are one portal, and the one that was asked for last is
// in use.
func TestTheRegionsOfAnInstanceAreOnePortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		home, other := instance("us-east-1"), instance("eu-west-1")
		add := func(p portal.Portal) message.Access {
			return message.AccessFrom(w.ok(message.PortalAdd, message.NewPortal{StartURL: p.StartURL}.Fields()))
		}
		id := add(home).Portal
		seen := message.SeenFrom(w.ok(message.PortalLook, message.NewPortal{StartURL: other.StartURL}.Fields()))
		if !strings.Contains(seen.Says, "another way to ssoins-1111111111111111") {
			t.Errorf("before it is added: %q", seen.Says)
		}
		if access := add(other); access.Portal != id || !strings.Contains(access.Origins, "eu-west-1") {
			t.Errorf("added as %+v", access)
		}
		home.ID, other.ID = id, id
		want := message.Portals{All: []portal.Portal{other}, Entrances: []portal.Portal{home}, Active: id}
		if got := w.portals(); got.Text() != want.Text() {
			t.Errorf("%+v", got)
		}
		add(home)
		want = message.Portals{All: []portal.Portal{home}, Entrances: []portal.Portal{other}, Active: id}
		if got := w.portals(); got.Text() != want.Text() {
			t.Errorf("back again: %+v", got)
		}
		// Nothing that only an entrance needs is given back before that is forgotten.
		if got := w.browser.givenBack(); len(got) != 0 {
			t.Errorf("gave back %q", got)
		}
		w.ok(message.PortalForgetEntrance, message.NewPortal{Portal: id, StartURL: other.StartURL}.Fields())
		if got := w.browser.givenBack(); len(w.portals().Entrances) != 0 || len(got) != 2 || !strings.Contains(got[0], "eu-west-1") {
			t.Errorf("gave back %q, left %+v", got, w.portals())
		}
		add(other)
		w.ok(message.PortalRemove, message.PortalRef{Portal: id}.Fields())
		if got := w.local.dump(); strings.Contains(got, "ssoins") {
			t.Errorf("left %s", got)
		}
	})
}

// Others are merged by the person: what is stored of the one goes, its address stays.
func TestPortalsAreMerged(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		const acme = "https://acme.awsapps.com/start"
		w.ok(message.PortalAdd, message.NewPortal{StartURL: acme, Region: "eu-west-1"}.Fields())
		w.ready()
		w.ok(message.PortalMerge, message.Merge{Portal: startURL, Into: acme}.Fields())
		synctest.Wait()
		w.checkEnded()
		want := message.Portals{All: []portal.Portal{{ID: acme, StartURL: acme, Region: "eu-west-1"}},
			Entrances: []portal.Portal{{ID: acme, StartURL: startURL, Region: "us-east-1"}}, Active: acme}
		if got := w.portals(); got.Text() != want.Text() {
			t.Errorf("%+v", got)
		}
		if got := w.local.get(message.DirectoryPrefix + startURL); got != "" || slices.Contains(w.browser.givenBack(), "http://127.0.0.1/*") {
			t.Errorf("left %q, gave back %q", got, w.browser.givenBack())
		}
		for _, wrong := range [][2]string{{acme, acme}, {acme, "gone"}, {"gone", acme}, {acme, startURL}} {
			w.refused(message.PortalMerge, message.Merge{Portal: wrong[0], Into: wrong[1]}.Fields(), message.UnknownPortal)
		}
		// Its address leads to the portal that it was merged into.
		if access := w.add(); access.Portal != acme || w.portals().All[0].StartURL != startURL {
			t.Errorf("added as %+v: %+v", access, w.portals())
		}
	})
}

// A portal that does not answer has its other entrances offered, and none is taken.
func TestAnotherEntranceIsOffered(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.PortalAdd, message.NewPortal{StartURL: corrected, Region: "eu-west-1"}.Fields())
		w.ready()
		w.ok(message.PortalMerge, message.Merge{Portal: corrected, Into: startURL}.Fields())
		w.net.setOffline(true)
		w.ok(message.SyncStart, ref())
		w.until("it is offered", time.Hour, func() bool {
			p := w.status().Problem
			return p != nil && strings.Contains(p.Hint, "sign in by eu-west-1 instead")
		})
		if got := w.portals().All[0]; got.StartURL != startURL || w.status().SignIn != message.SignedIn {
			t.Errorf("in use is %+v", got)
		}
		w.net.setOffline(false)
		w.until("it answers", time.Hour, func() bool { return w.status().Problem == nil })
	})
}

// What is stored of an entrance is believed as little as of a portal.
func TestEntrancesThatAreNoneAreLeftOut(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		sound := w.local.get(message.PortalsKey)
		for _, odd := range []string{"\t" + startURL + "\thttps://evil.example/start\tus-east-1\n", "\tgone\t" + corrected + "\tus-east-1\n", "\t\t\t\n"} {
			w.set(func() { w.local.data[message.PortalsKey] = sound + odd })
			w.restart()
			w.wake()
			if got := w.local.get(message.PortalsKey); got != sound {
				t.Errorf("%q is read as %q", odd, got)
			}
		}
	})
}
