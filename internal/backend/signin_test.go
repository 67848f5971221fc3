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

func TestSignInLeadsToTheDirectory(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		s := w.status()
		if s.UserCode == "" || s.VerifyHost != "127.0.0.1:8765" || s.CodeExpires != time.Now().Add(10*time.Minute).UnixMilli() {
			t.Errorf("status %+v", s)
		}
		if len(w.browser.opened()) != 0 {
			t.Error("a page was opened before the person confirmed the code")
		}
		w.ok(message.SignInOpen, ref())
		if want := []string{startURL + "/#/device?user_code=" + s.UserCode}; !slices.Equal(w.browser.opened(), want) {
			t.Errorf("opened %q, want %q", w.browser.opened(), want)
		}
		if w.status().SignIn != message.Waiting {
			t.Errorf("phase %q after the page was opened", w.status().SignIn)
		}
		w.portal.Approve(s.UserCode)
		w.phase(message.SignedIn)
		w.listed()
		if s := w.status(); s.Problem != nil || s.UserCode != "" || s.Done != 40 || s.Total != 40 {
			t.Errorf("status %+v", s)
		}
		w.quiet()
	})
}

func TestPollingKeepsTheInterval(t *testing.T) {
	inWorld(t, portaltest.Config{Interval: 7 * time.Second}, func(w *world) {
		w.showCode()
		time.Sleep(70 * time.Second)
		synctest.Wait()
		polls := w.net.sent("/token")
		if len(polls) != 10 {
			t.Errorf("%d polls in 70 s at an interval of 7 s", len(polls))
		}
		w.ok(message.SignInCancel, ref())
		time.Sleep(time.Minute)
		if n := len(w.net.sent("/token")); n != len(polls) {
			t.Errorf("%d polls after cancelling", n-len(polls))
		}
		if s := w.status(); s.SignIn != message.SignedOutPhase || s.UserCode != "" {
			t.Errorf("status %+v after cancelling", s)
		}
		w.quiet()
		w.checkForgotten()
	})
}

func TestSlowDownIsHonoured(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		// Another program polls with our code: the portal tells us to slow down.
		time.Sleep(4900 * time.Millisecond)
		f := w.secretState()
		serve(t.Context(), w.portal, &ssocore.Request{Method: "POST", URL: "http://127.0.0.1:8765/token",
			Body: []byte(`{"clientId":"` + f["clientId"] + `","clientSecret":"` + f["clientSecret"] +
				`","grantType":"urn:ietf:params:oauth:grant-type:device_code","deviceCode":"` + f["deviceCode"] + `"}`)})
		time.Sleep(25200 * time.Millisecond)
		synctest.Wait()
		polls := w.net.sent("/token")
		if len(polls) != 3 {
			t.Fatalf("%d polls in 30 s, the first of which was told to slow down; want 3", len(polls))
		}
		for i := range polls[1:] {
			if pause := polls[i+1].at.Sub(polls[i].at); pause != 10*time.Second {
				t.Errorf("pause of %v, want 10 s", pause)
			}
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
	})
}

func TestWakePollsWhenDueAndNotBefore(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		for range 45 {
			time.Sleep(100 * time.Millisecond)
			w.wake()
			w.life.backend.Alarm(w.life.ctx)
		}
		synctest.Wait()
		if n := len(w.net.sent("/token")); n != 0 {
			t.Errorf("%d polls before the interval was over", n)
		}
		w.restart()
		time.Sleep(20 * time.Second)
		w.portal.Approve(w.status().UserCode)
		w.wake()
		synctest.Wait() // no time passes
		if w.status().SignIn != message.SignedIn {
			t.Errorf("phase %q: a poll that was due did not come at once", w.status().SignIn)
		}
	})
}

func TestOfflineWhilePollingIsNoEnd(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		w.net.setOffline(true)
		time.Sleep(3 * time.Minute)
		if s := w.status(); s.SignIn != message.ShowCode || s.Problem != nil {
			t.Errorf("status %+v while offline", s)
		}
		w.portal.Approve(w.status().UserCode)
		w.net.setOffline(false)
		w.phase(message.SignedIn)
	})
}

func TestUnknownRegistrationIsReplaced(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.SignOut, ref())
		w.portal = portaltest.New(portaltest.Config{Seed: 1})
		w.net.setPortal(w.portal)
		w.ok(message.SignInStart, ref())
		w.phase(message.SignedOutPhase)
		if w.status().Problem == nil {
			t.Fatal("nothing is said of the registration that the portal did not know")
		}
		w.signIn()
		if n := w.portal.Requests()["RegisterClient"]; n != 1 {
			t.Errorf("registered %d times", n)
		}
	})
}

func TestRegistrationServesManySignIns(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for range 3 {
			w.ready()
			w.ok(message.SignOut, ref())
		}
		if n := w.portal.Requests()["RegisterClient"]; n != 1 {
			t.Errorf("registered %d times for 3 sign-ins", n)
		}
	})
}

func TestStartingTwiceIsOneSignIn(t *testing.T) {
	inWorld(t, portaltest.Config{Latency: time.Second}, func(w *world) {
		w.add()
		w.ok(message.SignInStart, ref())
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		code := w.status().UserCode
		w.ok(message.SignInStart, ref())
		time.Sleep(3 * time.Second)
		if n := w.portal.Requests()["StartDeviceAuthorization"]; n != 1 || w.status().UserCode != code {
			t.Errorf("%d codes were asked for", n)
		}
	})
}

func TestNewCodeReplacesTheExpiredAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{Interval: time.Minute, DeviceTTL: 90 * time.Second}, func(w *world) {
		w.showCode()
		code := w.status().UserCode
		time.Sleep(100 * time.Second)
		w.ok(message.SignInStart, ref())
		synctest.Wait() // no time passes
		if s := w.status(); s.SignIn != message.ShowCode || s.UserCode == code {
			t.Errorf("status %+v", s)
		}
	})
}

func TestPageThatIsNotAWSsIsNotOpened(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if !strings.HasSuffix(r.URL, "/device_authorization") {
				return nil
			}
			return &ssocore.Response{Status: 200, Body: []byte(`{"deviceCode":"dc","userCode":"BBBB-CCCC",
				"verificationUri":"https://d.awsapps.com.evil.example/","verificationUriComplete":"https://d.awsapps.com.evil.example/?user_code=BBBB-CCCC","expiresIn":600,"interval":5}`)}
		})
		w.add()
		w.ok(message.SignInStart, ref())
		synctest.Wait()
		if p := w.status().Problem; p == nil || p.Code != message.PortalFault {
			t.Errorf("problem %+v", p)
		}
		w.refused(message.SignInOpen, ref(), message.CodeExpired)
		if len(w.browser.opened()) != 0 {
			t.Errorf("opened %q", w.browser.opened())
		}
		w.quiet()
	})
}

func TestUserCodeIsShownAsWhatItIs(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.net.setAnswer(func(r *ssocore.Request) *ssocore.Response {
			if !strings.HasSuffix(r.URL, "/device_authorization") {
				return nil
			}
			return &ssocore.Response{Status: 200, Body: []byte(`{"deviceCode":"dc","userCode":"AB\u202eCD\n",
				"verificationUri":"` + startURL + `/#/device","expiresIn":600,"interval":5}`)}
		})
		w.showCode()
		if want := `AB\u{202e}CD\u{a}`; w.status().UserCode != want {
			t.Errorf("user code %q, want %q", w.status().UserCode, want)
		}
	})
}

func TestAccessTakenBackHoldsTheSignIn(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		w.set(func() { w.browser.hosts = false })
		w.phase(message.Wanted)
		if p := w.status().Problem; p == nil || p.Code != message.NeedsAccess {
			t.Errorf("problem %+v", p)
		}
		w.quiet()
		w.set(func() { w.browser.hosts = true })
		w.life.backend.Granted(w.life.ctx)
		w.phase(message.ShowCode)
		if w.status().Problem != nil {
			t.Errorf("problem %v is left", w.status().Problem)
		}
	})
}

func TestBrowserFailureHoldsTheSignIn(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.showCode()
		code := w.status().UserCode
		w.set(func() { w.browser.broken = errDisk })
		time.Sleep(18 * time.Second)
		w.set(func() { w.browser.broken = nil })
		w.life.backend.Alarm(w.life.ctx)
		synctest.Wait()
		if s := w.status(); s.SignIn != message.ShowCode || s.UserCode != code || s.Problem != nil {
			t.Errorf("status %+v", s)
		}
	})
}

// Signing in again goes on with the session that lives; a fresh one is another, with
// all that was assigned meanwhile, and leaves the list alone.
func TestAFreshSessionIsAnother(t *testing.T) {
	inWorld(t, portaltest.Config{SessionTTL: 8 * time.Hour}, func(w *world) {
		w.ok(message.SettingsSet, message.Settings{ForgetList: true}.Fields())
		w.ready()
		before := w.secretState()["token"]
		w.ok(message.SignInStart, message.SignIn{Portal: startURL, Fresh: true}.Fields())
		w.phase(message.ShowCode)
		if n := w.portal.Requests()["Logout"]; n != 1 || w.secretState()["token"] != "" || w.directory().Rows() == 0 {
			t.Errorf("%d sign-outs, %d rows", n, w.directory().Rows())
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		if after := w.secretState()["token"]; after == before || after == "" {
			t.Error("it is the same session")
		}
	})
}

// A portal that confirms no end keeps nobody from signing in.
func TestAFreshSessionDoesNotNeedTheOldOnesEnd(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.portal.SetFaults(portaltest.FaultRule{Operation: "Logout", Fault: portaltest.FaultServerError})
		w.ok(message.SignInStart, message.SignIn{Portal: startURL, Fresh: true}.Fields())
		w.phase(message.ShowCode)
	})
}

// Who went on to another portal hears there that the sign-in is done.
func TestASignInIsToldWhereAnotherPortalShows(t *testing.T) {
	const other = "http://127.0.0.1:9999/start"
	for _, another := range []bool{false, true} {
		inWorld(t, portaltest.Config{Accounts: 3}, func(w *world) {
			w.ok(message.PortalAdd, message.NewPortal{StartURL: other, Region: "us-east-1"}.Fields())
			w.ok(message.SignInCancel, message.PortalRef{Portal: other}.Fields())
			w.showCode()
			w.ok(message.SettingsSet, message.Settings{Portals: startURL + "\tCustomer A\t\n"}.Changes(message.Settings{}))
			if another {
				w.ok(message.PortalUse, message.PortalRef{Portal: other}.Fields())
			}
			w.portal.Approve(w.status().UserCode)
			w.phase(message.SignedIn)
			synctest.Wait()
			s := message.ParseStatus(w.session.get(message.StatusPrefix + other))
			if said := strings.HasPrefix(s.Notice, "Signed in to \u2068Customer A\u2069"); said != another || s.Good != another || w.status().Notice != "" {
				t.Errorf("another shows: %v, and there it says %q", another, s.Notice)
			}
			w.wake() // it was read
			if s := message.ParseStatus(w.session.get(message.StatusPrefix + other)); another && s.Notice != "" {
				t.Errorf("still it says %q", s.Notice)
			}
		})
	}
}
