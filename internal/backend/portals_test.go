package backend_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/backend"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/portaltest"
)

func TestPortalsThatCanNotBeAdded(t *testing.T) {
	tests := []struct{ name, startURL, region, says string }{
		{"rubbish", "not a portal!", "us-east-1", "Not a portal address."},
		{"another scheme", "javascript:alert(1)", "us-east-1", "portals are at https"},
		{"scheme of a file", "file:///etc/passwd", "us-east-1", "portals are at https"},
		{"another site", "https://example.com/start", "us-east-1", "example.com is not an AWS host"},
		{"a console page", "https://us-east-1.console.aws.amazon.com/", "us-east-1", "not an access portal"},
		{"a sign-in page of nobody's", "https://us-east-1.signin.aws/platform/login", "us-east-1", "sign-in page, which does not say whose portal"},
		{"the sign-in page of another region", "https://eu-west-1.signin.aws/platform/d-1234567890/login", "us-east-1", "one of eu-west-1, not of us-east-1"},
		{"a user in it", "https://acme.awsapps.com@evil.example/start", "us-east-1", "before the @"},
		{"a port", "https://acme.awsapps.com:8443/start", "us-east-1", "no port of their own"},
		{"a host with other letters", "https://acme.аwsapps.com/start", "us-east-1", "spelled like this"},
		{"a look-alike", "https://acme.awsapps.com.evil.example/start", "us-east-1", "acme.awsapps.com.evil.example is not AWS’s, though it looks like it"},
		{"the page of Builder IDs", "https://view.awsapps.com/start", "us-east-1", "Builder IDs"},
		{"the page of codes", "https://view.awsapps.com/device", "us-east-1", "on which codes are approved"},
		{"a profile without its session", "[profile x]\nsso_session = corp\nsso_account_id = 123456789012", "", "it names a session"},
		{"an issuer without its region", "https://identitycenter.amazonaws.com/ssoins-1234567890abcdef", "", "Which region?"},
		{"an issuer of another partition", "https://identitycenter.amazonaws.com.cn/ssoins-1234567890abcdef", "us-east-1", "portal in China"},
		{"loopback", "http://127.0.0.1:8765/start", "us-east-1", "development builds"},
		{"region missing", "https://acme.awsapps.com/start", " ", "Which region?"},
		{"region unknown", "https://acme.awsapps.com/start", "us-moon-1", "No region “us-moon-1”."},
		{"region with something invisible", "https://acme.awsapps.com/start", "us-east\u202e-1", `us-east\u{202e}-1`},
		{"region unknown and named", "https://ssoins-1.portal.us-moon-1.app.aws", "", "us-moon-1"},
		{"region contradicts", "https://ssoins-1.portal.eu-west-1.app.aws", "us-east-1", "one of eu-west-1, not of us-east-1"},
		{"partition contradicts", "https://acme.awsapps.com/start", "cn-north-1", "commercial regions"},
		{"partition of China contradicts", "https://acme.awsapps.cn/start", "us-east-1", "portal in China; its region is cn-north-1 or cn-northwest-1."},
		{"partition of GovCloud contradicts", "https://start.us-gov-home.awsapps.com/directory/d-123", "us-east-1", "GovCloud portal; its region is us-gov-east-1 or us-gov-west-1."},
		{"a single word", "portal", "us-east-1", "portal is not an access portal."},
		{"half of an ID", "d-12345", "us-east-1", "d-12345.awsapps.com/start"},
		{"an ID without its region", "d-1234567890", "", "Which region? d-1234567890 is an ID, which does not name it."},
		{"an instance's ARN", "arn:aws:sso:::instance/ssoins-1234567890abcdef", "", "ssoins-1234567890abcdef is an ID, which does not name it."},
		{"region of GovCloud missing", "https://start.us-gov-home.awsapps.com/directory/d-123", "", "It is us-gov-east-1 or us-gov-west-1."},
		{"region of China missing", "https://acme.awsapps.cn/start", "", "It is cn-north-1 or cn-northwest-1."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.loopback = false
				w.restart()
				e := w.refused(message.PortalAdd, message.NewPortal{StartURL: test.startURL, Region: test.region}.Fields(), message.InvalidInput)
				if !strings.Contains(e.Message, test.says) || e.Hint == "" || e.Retryable {
					t.Errorf("%+v, want it to say %q and what to do", e, test.says)
				}
				if strings.Count(e.Error(), "portal address")+strings.Count(e.Error(), "access portal") > 1 {
					t.Errorf("says it twice: %q", e.Error())
				}
				if w.written() > backend.Version { // beside the versions
					t.Error("something was stored")
				}
			})
		})
	}
}

// An error about the form says which field to put right.
func TestWhatIsWrongWithTheFormNamesItsField(t *testing.T) {
	const good = "https://acme.awsapps.com/start"
	for _, test := range []struct{ startURL, region, field, says string }{
		{"", "", message.StartURLField, "Enter the start URL of your portal."},
		{" \t", "us-east-1", message.StartURLField, "Enter the start URL of your portal."},
		{"https://example.com", "", message.StartURLField, ""},
		{"http://127.0.0.1:8765/start", "us-east-1", message.StartURLField, ""},
		{"https://ssoins-1.portal.us-moon-1.app.aws", "", message.StartURLField, ""},
		{good, "", message.RegionField, ""},
		{good, "us-moon-1", message.RegionField, ""},
		{good, "cn-north-1", message.RegionField, ""},
		{"https://ssoins-1.portal.eu-west-1.app.aws", "us-east-1", message.RegionField, ""},
	} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.loopback = false
			w.restart()
			e := w.refused(message.PortalAdd, message.NewPortal{StartURL: test.startURL, Region: test.region}.Fields(), message.InvalidInput)
			if e.Field != test.field || test.says != "" && e.Error() != test.says {
				t.Errorf("%q in %q: of %q it says %q", test.startURL, test.region, e.Field, e.Error())
			}
		})
	}
}

func TestPortalsThatCanBeAdded(t *testing.T) {
	tests := []struct{ typed, region, startURL, origins string }{
		{"https://acme.awsapps.com/start", "eu-west-1", "https://acme.awsapps.com/start",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{" ACME.awsapps.com/start/#/?tab=accounts ", " EU-West-1 ", "https://acme.awsapps.com/start",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{"https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", "", "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws",
			"https://portal.sso.eu-west-1.api.aws/* https://oidc.eu-west-1.api.aws/*"},
		{"https://d-1.eu-west-1.portal.amazonaws.com", "", "https://d-1.eu-west-1.portal.amazonaws.com",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{"https://ssoins-1.app.amazonwebservices.com.cn", "cn-north-1", "https://ssoins-1.app.amazonwebservices.com.cn",
			"https://portal.sso.cn-north-1.api.amazonwebservices.com.cn/* https://oidc.cn-north-1.api.amazonwebservices.com.cn/*"},
		{"https://eu-west-1.signin.aws/platform/d-1234567890/login?workflowStateHandle=x", "", "https://d-1234567890.awsapps.com/start",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{"<https://d-1234567890.awsapps.com/Start>,", "eu-west-1", "https://d-1234567890.awsapps.com/start",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{"https://identitycenter.amazonaws.com/ssoins-1234567890abcdef", "eu-west-1", "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws",
			"https://portal.sso.eu-west-1.api.aws/* https://oidc.eu-west-1.api.aws/*"},
		{"[profile a] sso_start_url = https://acme.awsapps.com/start sso_region = eu-west-1 sso_account_id = 123456789012", "", "https://acme.awsapps.com/start",
			"https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"},
		{"https://acme.awsapps.cn/start", "cn-north-1", "https://acme.awsapps.cn/start",
			"https://portal.sso.cn-north-1.amazonaws.com.cn/* https://oidc.cn-north-1.amazonaws.com.cn/*"},
		{"127.0.0.1:8765", "us-east-1", startURL, "http://127.0.0.1/*"},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			inWorld(t, portaltest.Config{}, func(w *world) {
				w.set(func() { w.browser.hosts = false })
				access := message.AccessFrom(w.ok(message.PortalAdd, message.NewPortal{StartURL: test.typed, Region: test.region}.Fields()))
				if access.Portal != test.startURL || access.Origins != test.origins {
					t.Errorf("got %+v", access)
				}
				portals := message.ParsePortals(w.local.get(message.PortalsKey))
				if portals.Active != test.startURL || len(portals.All) != 1 {
					t.Errorf("portals %+v", portals)
				}
				if s := message.ParseStatus(w.session.get(message.StatusPrefix + test.startURL)); s.SignIn != message.Wanted {
					t.Errorf("phase %q: what was wanted was not stored before access is asked for", s.SignIn)
				}
				e := w.refused(message.SignInStart, message.PortalRef{Portal: test.startURL}.Fields(), message.NeedsAccess)
				if e.Origins != test.origins || e.Permissions != "" {
					t.Errorf("asks for %q and %q", e.Origins, e.Permissions)
				}
			})
		})
	}
}

func TestGrantingAccessGoesOnByItself(t *testing.T) {
	for _, died := range []bool{false, true} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.set(func() { w.browser.hosts = false })
			w.add()
			if p := w.status().Problem; p == nil || p.Code != message.NeedsAccess {
				t.Errorf("problem %+v: a popup opened after a refusal would not know what is missing", p)
			}
			w.life.backend.Granted(w.life.ctx) // something else was granted
			if w.status().SignIn != message.Wanted || len(w.net.sent("")) != 0 {
				t.Errorf("phase %q without access", w.status().SignIn)
			}
			if died {
				w.restart()
			}
			w.set(func() { w.browser.hosts = true })
			w.life.backend.Granted(w.life.ctx)
			w.phase(message.ShowCode)
			if w.status().Problem != nil || !slices.Equal(w.browser.originless(), []string{"127.0.0.1"}) {
				t.Errorf("problem %v, origin taken off for %q", w.status().Problem, w.browser.originless())
			}
		})
	}
}

// The worker died between noting the wish and acting on it, and access had been
// granted long before: nothing but the next popup will ever call.
func TestOpeningThePopupGoesOnWithWhatWasWanted(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		w.restart()
		if w.status().SignIn != message.Wanted {
			t.Fatalf("phase %q", w.status().SignIn)
		}
		w.ask(message.Wake, nil)
		w.phase(message.ShowCode)
	})
}

func TestGrantedSaysWhatGoesWrong(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.add()
		w.set(func() { w.browser.hosts, w.browser.broken = true, errDisk })
		w.life.backend.Granted(w.life.ctx)
		if s := w.status(); s.SignIn != message.Wanted || s.Problem == nil || s.Problem.Code != message.Internal {
			t.Errorf("status %+v", s)
		}
	})
}

func TestCancellingForgetsWhatWasWanted(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.set(func() { w.browser.hosts = false })
		w.add()
		w.ok(message.SignInCancel, ref())
		w.set(func() { w.browser.hosts = true })
		w.life.backend.Granted(w.life.ctx)
		synctest.Wait()
		if s := w.status(); s.SignIn != message.SignedOutPhase || s.Problem != nil {
			t.Errorf("status %+v", s)
		}
	})
}

func TestAddingAgainCorrectsTheRegion(t *testing.T) {
	inWorld(t, portaltest.Config{TPS: 5}, func(w *world) {
		w.signIn() // and a listing under way
		time.Sleep(time.Second)
		elsewhere := message.NewPortal{StartURL: startURL, Region: "eu-west-1"}
		w.ok(message.PortalAdd, elsewhere.Fields())
		portals := message.ParsePortals(w.local.get(message.PortalsKey))
		if want := (portal.Portal{ID: startURL, StartURL: startURL, Region: "eu-west-1"}); !slices.Equal(portals.All, []portal.Portal{want}) {
			t.Errorf("portals %+v", portals)
		}
		if w.status().SignIn != message.Wanted {
			t.Errorf("phase %q", w.status().SignIn)
		}
		w.quiet()
		w.checkForgotten() // the old token and the registration are the other region's
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		if n := w.portal.Requests()["RegisterClient"]; n != 2 {
			t.Errorf("registered %d times, want once a region", n)
		}
		w.portal.Approve(w.status().UserCode)
		w.phase(message.SignedIn)
		w.listed()
	})
}

// A portal that gets another address is the same one: it keeps its place and its
// directory, under the keys that it had.
func TestAPortalIsCorrectedByItsID(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		const acme = "https://acme.awsapps.com/start"
		w.ready()
		w.ok(message.PortalAdd, message.NewPortal{StartURL: acme, Region: "eu-west-1"}.Fields())
		directory := w.local.get(message.DirectoryPrefix + startURL)
		access := message.AccessFrom(w.ok(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: corrected, Region: "us-west-2"}.Fields()))
		want := message.Portals{Active: startURL, All: []portal.Portal{{ID: startURL, StartURL: corrected, Region: "us-west-2"}, {ID: acme, StartURL: acme, Region: "eu-west-1"}}}
		if got := w.local.get(message.PortalsKey); got != want.Text() || access.Portal != startURL || access.Origins != "http://127.0.0.1/*" {
			t.Errorf("portals %q, access %+v", got, access)
		}
		if got := w.local.get(message.DirectoryPrefix + startURL); got != directory || w.local.get(message.DirectoryPrefix+corrected) != "" {
			t.Errorf("directory %q", got)
		}
		synctest.Wait()
		w.checkEnded()
		w.checkForgotten()
		if s := w.status(); s.SignIn != message.Wanted || s.Hosts != "127.0.0.1" {
			t.Errorf("status %+v", s)
		}
		w.ok(message.SignInStart, ref())
		w.phase(message.ShowCode)
		// It goes away with all of its keys, and takes nothing of another's.
		w.ok(message.PortalRemove, ref())
		if got := w.local.dump() + w.session.get("session:"+startURL) + w.session.get("status:"+startURL); strings.Contains(got, "127.0.0.1") || !strings.Contains(got, acme) {
			t.Errorf("left %s", got)
		}
	})
}

// The address that a portal had once is another portal's when it is added again.
func TestAnIDIsNoOthers(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.correct()
		second := w.add().Portal
		w.ok(message.PortalAdd, message.NewPortal{Portal: second, StartURL: "http://127.0.0.1:9/start", Region: "us-east-1"}.Fields())
		third := w.add().Portal
		if second != startURL+"#2" || third != startURL+"#3" || w.add().Portal != third {
			t.Errorf("added as %q and %q", second, third)
		}
		if n := len(message.ParsePortals(w.local.get(message.PortalsKey)).All); n != 3 {
			t.Errorf("%d portals", n)
		}
		w.ok(message.PortalRemove, message.PortalRef{Portal: third}.Fields())
		if w.directory().Rows() == 0 {
			t.Error("the directory of another portal is gone")
		}
		if got := w.add().Portal; got != third {
			t.Errorf("added as %q", got)
		}
	})
}

func TestCorrectionsThatCanNotBe(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.PortalAdd, message.NewPortal{StartURL: corrected, Region: "us-east-1"}.Fields())
		before := w.local.dump()
		if e := w.refused(message.PortalAdd, message.NewPortal{Portal: startURL, StartURL: corrected, Region: "us-east-1"}.Fields(), message.InvalidInput); e.Field != message.StartURLField {
			t.Errorf("%+v", e)
		}
		w.refused(message.PortalAdd, message.NewPortal{Portal: "gone", StartURL: startURL, Region: "us-east-1"}.Fields(), message.UnknownPortal)
		if w.local.dump() != before || w.status().SignIn != message.SignedIn {
			t.Errorf("stored is %s", w.local.dump())
		}
	})
}

// A removal that is under way does not take what is corrected meanwhile.
func TestCorrectingCancelsARemoval(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.disk = failing(message.PortalsKey) })
		w.refused(message.PortalRemove, ref(), message.Internal)
		w.set(func() { w.disk = nil })
		w.correct()
		w.until("the removal is over", time.Minute, func() bool { return w.secretState()["removal"] == "" })
		w.checkEnded()
		if p, ok := message.ParsePortals(w.local.get(message.PortalsKey)).Find(startURL); !ok || p.StartURL != corrected {
			t.Errorf("stored is %s", w.local.dump())
		}
	})
}

func TestAddingAgainKeepsTheSession(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.set(func() { w.browser.hosts = false })
		w.add() // and the person says no to the browser
		if w.status().SignIn != message.SignedIn {
			t.Errorf("phase %q", w.status().SignIn)
		}
	})
}

func TestTheActivePortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		other := message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}
		w.ok(message.PortalAdd, other.Fields())
		w.add()
		active := func() string { return message.ParsePortals(w.local.get(message.PortalsKey)).Active }
		if active() != startURL {
			t.Errorf("%q is active after adding another", active())
		}
		w.ok(message.PortalUse, message.PortalRef{Portal: other.StartURL}.Fields())
		if active() != other.StartURL {
			t.Errorf("%q is active, want the one chosen", active())
		}
		w.ok(message.PortalRemove, message.PortalRef{Portal: other.StartURL}.Fields())
		if active() != startURL {
			t.Errorf("%q is active after removing the other", active())
		}
		w.ok(message.PortalRemove, ref())
		if active() != "" {
			t.Errorf("%q is active after removing all", active())
		}
		w.refused(message.PortalUse, ref(), message.UnknownPortal)
		w.refused(message.SignInStart, message.Fields{}, message.UnknownPortal)
	})
}

func TestOriginIsTakenOffForAllPortals(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}.Fields())
		w.ready()
		w.ok(message.CredentialsCopy, w.order().Fields())
		want := []string{"portal.sso.eu-west-1.amazonaws.com", "oidc.eu-west-1.amazonaws.com", "127.0.0.1"}
		if !slices.Equal(w.browser.originless(), want) {
			t.Errorf("origin is taken off for %q, want %q", w.browser.originless(), want)
		}
		if w.browser.rules != 1 {
			t.Errorf("%d clients were made, each with a limiter of its own", w.browser.rules)
		}
	})
}

func TestUnknownRequest(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.add()
		w.refused("credentials.steal", ref(), message.Internal)
	})
}

func TestTheStatusNamesTheHostsThatAreAsked(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		const gov = "https://start.us-gov-home.awsapps.com/directory/acme"
		w.ok(message.PortalAdd, message.NewPortal{StartURL: gov, Region: "us-gov-west-1"}.Fields())
		got := message.ParseStatus(w.session.get(message.StatusPrefix + gov)).Hosts
		if want := "portal.sso.us-gov-west-1.amazonaws.com oidc.us-gov-west-1.amazonaws.com"; got != want {
			t.Errorf("hosts %q, want %q", got, want)
		}
	})
}

// What is too long to be a region or an address is refused before it is compared
// with any: the cost must not grow with it.
func TestLongTextsAreNoPortalAtOnce(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for _, n := range []message.NewPortal{
			{StartURL: "https://a.awsapps.com/start", Region: strings.Repeat("z", 4<<20)}, {StartURL: "https://a.awsapps.com/start", Region: strings.Repeat("frankfurt", 1<<19)},
			{StartURL: "https://" + strings.Repeat("a", 4<<20) + ".awsapps.com/start", Region: "us-east-1"}, {StartURL: "https://a.awsapps.com/start?" + strings.Repeat("%41", 1<<20)},
		} {
			e := w.refused(message.PortalAdd, n.Fields(), message.InvalidInput)
			if strings.Contains(e.Hint, "Did you mean") || len(e.Message) > 400 {
				t.Errorf("%.300s %s", e.Message, e.Hint)
			}
		}
	})
}

func TestWhatWouldBeAddedIsToldBefore(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for _, test := range []struct {
			text, region string
			want         message.Seen
			regions      string // how they begin
		}{
			{"acme.awsapps.com/start", "", message.Seen{Host: "acme.awsapps.com"}, "us-east-1 eu-west-1"},
			{"acme.awsapps.com/start", "eu-west-1", message.Seen{Host: "acme.awsapps.com",
				Says:    "acme.awsapps.com in eu-west-1. Portico will ask portal.sso.eu-west-1.amazonaws.com and oidc.eu-west-1.amazonaws.com.",
				Origins: "https://portal.sso.eu-west-1.amazonaws.com/* https://oidc.eu-west-1.amazonaws.com/*"}, "us-east-1"},
			{"https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws/#/", "", message.Seen{Host: "ssoins-1234567890abcdef.portal.eu-west-1.app.aws", Region: "eu-west-1",
				Says:    "ssoins-1234567890abcdef.portal.eu-west-1.app.aws in eu-west-1. Portico will ask portal.sso.eu-west-1.api.aws and oidc.eu-west-1.api.aws.",
				Origins: "https://portal.sso.eu-west-1.api.aws/* https://oidc.eu-west-1.api.aws/*"}, ""},
			{"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.awsapps.com%2Fstart&reserved=0", "", message.Seen{Host: "acme.awsapps.com",
				Says: "That link goes through eur01.safelinks.protection.outlook.com to acme.awsapps.com."}, "us-east-1"},
			{"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Facme.awsapps.com%2Fstart&reserved=0", "us-east-1", message.Seen{Host: "acme.awsapps.com",
				Says:    "That link goes through eur01.safelinks.protection.outlook.com to acme.awsapps.com. acme.awsapps.com in us-east-1. Portico will ask portal.sso.us-east-1.amazonaws.com and oidc.us-east-1.amazonaws.com.",
				Origins: "https://portal.sso.us-east-1.amazonaws.com/* https://oidc.us-east-1.amazonaws.com/*"}, "us-east-1"},
			{"start.us-gov-home.awsapps.com/directory/x", "", message.Seen{Host: "start.us-gov-home.awsapps.com"}, "us-gov-"},
		} {
			got := message.SeenFrom(w.ok(message.PortalLook, message.NewPortal{StartURL: test.text, Region: test.region}.Fields()))
			if !strings.HasPrefix(got.Regions, test.regions) || (got.Regions == "") != (test.regions == "") {
				t.Errorf("%s: it may be in %s", test.text, got.Regions)
			}
			got.Regions = ""
			if got != test.want {
				t.Errorf("%s in %q is seen as %+v, want %+v", test.text, test.region, got, test.want)
			}
		}
		w.refused(message.PortalLook, message.NewPortal{StartURL: "https://acme.awsapps.com.evil.example/start"}.Fields(), message.InvalidInput)
		w.refused(message.PortalLook, message.NewPortal{}.Fields(), message.InvalidInput)

		// Where another portal is, the next may be.
		w.ok(message.PortalAdd, message.NewPortal{StartURL: "https://other.awsapps.com/start", Region: "ap-south-1"}.Fields())
		got := message.SeenFrom(w.ok(message.PortalLook, message.NewPortal{StartURL: "acme.awsapps.com"}.Fields()))
		if !strings.HasPrefix(got.Regions, "ap-south-1 us-east-1") {
			t.Errorf("it may be in %s", got.Regions)
		}
		if len(w.net.sent("")) != 0 {
			t.Error("something was asked")
		}
	})
}
