package backend_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/ssocore"
)

func portalOf(region string) message.Fields {
	return message.NewPortal{StartURL: "https://" + region + ".awsapps.com/start", Region: region}.Fields()
}

func (w *world) remove(startURL string) {
	w.t.Helper()
	w.ok(message.PortalRemove, message.PortalRef{Portal: startURL}.Fields())
	synctest.Wait()
}

// Removing a portal takes back what only it needed, and nothing that another
// still needs.
func TestRemovingGivesAccessBack(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		shared := message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}
		w.ok(message.PortalAdd, portalOf("eu-west-1"))
		w.ok(message.PortalAdd, shared.Fields())
		w.ready()

		w.remove("https://eu-west-1.awsapps.com/start")
		if got := w.browser.givenBack(); len(got) != 0 {
			t.Errorf("gave back %q, which another portal of the region needs", got)
		}
		w.remove(startURL)
		if got := w.browser.givenBack(); !slices.Equal(got, []string{"http://127.0.0.1/*"}) {
			t.Errorf("gave back %q", got)
		}
		if want := []string{"portal.sso.eu-west-1.amazonaws.com", "oidc.eu-west-1.amazonaws.com"}; !slices.Equal(w.browser.originless(), want) {
			t.Errorf("origin is taken off for %q, want %q", w.browser.originless(), want)
		}
		w.remove(shared.StartURL)
		if got := w.browser.givenBack(); len(got) != 3 || got[1] != "https://portal.sso.eu-west-1.amazonaws.com/*" {
			t.Errorf("gave back %q", got)
		}
		if got := w.browser.originless(); len(got) != 0 {
			t.Errorf("origin is taken off for %q after the last portal", got)
		}
	})
}

// Access is needed to end the session, so it goes last, whatever happens.
func TestAccessIsGivenBackAfterTheSessionEnded(t *testing.T) {
	for _, kept := range []bool{false, true} {
		for n := 1; ; n++ {
			died := true
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.ready()
				w.killAtWrite(n, kept)
				_, failure := w.ask(message.PortalRemove, ref())
				synctest.Wait()
				if died = w.dead(); died {
					w.begin()
					_, failure = w.ask(message.PortalRemove, ref())
					synctest.Wait()
				}
				if failure != nil {
					t.Errorf("the removal answers %+v", failure)
				}
				w.checkEnded()
				if !slices.Contains(w.browser.givenBack(), "http://127.0.0.1/*") {
					t.Error("access was not given back")
				}
			})
			if t.Failed() {
				t.Fatalf("killed at write %d (done: %v)", n, kept)
			}
			if !died {
				break
			}
		}
	}
}

func TestCorrectingTheRegionGivesAccessBack(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "us-east-1"}.Fields())
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}.Fields())
		synctest.Wait()
		want := []string{"https://portal.sso.us-east-1.amazonaws.com/*", "https://oidc.us-east-1.amazonaws.com/*"}
		if got := w.browser.givenBack(); !slices.Equal(got, want) {
			t.Errorf("gave back %q, want %q", got, want)
		}
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}.Fields())
		if got := w.browser.givenBack(); !slices.Equal(got, want) {
			t.Errorf("adding it again gave back %q", got)
		}
	})
}

// A sign-out that waits for the portal needs access until it is over.
func TestAccessIsKeptForTheSignOut(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if strings.HasSuffix(r.URL, "/logout") && len(w.browser.givenBack()) > 0 {
				t.Error("access was given back before the portal was told")
			}
			return nil
		})
		h := w.net.hold("/logout")
		go w.life.backend.Handle(w.life.ctx, message.SignOut, ref())
		<-h.arrived
		go w.life.backend.Handle(w.life.ctx, message.PortalRemove, ref())
		synctest.Wait()
		if got := w.browser.givenBack(); len(got) != 0 {
			t.Errorf("gave back %q while the portal is asked", got)
		}
		close(h.release)
		time.Sleep(time.Second)
		if got := w.browser.givenBack(); !slices.Equal(got, []string{"http://127.0.0.1/*"}) {
			t.Errorf("gave back %q", got)
		}
		w.checkEnded()
	})
}
