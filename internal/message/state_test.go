package message_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/message"
)

func TestStatusComesBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStruct[message.Status](t)
		if rapid.Bool().Draw(t, "has a problem") {
			s.Problem = drawError(t)
		}
		got := message.ParseStatus(s.Text())
		if !reflect.DeepEqual(got, s) {
			t.Fatalf("%+v comes back as %+v", s, got)
		}
		if got.Text() != s.Text() {
			t.Fatalf("one status, two texts: %q and %q", s.Text(), got.Text())
		}
	})
}

func TestNoStoredStatusIsSignedOutAndIdle(t *testing.T) {
	if got := message.ParseStatus(""); got != (message.Status{}) || got.SignIn != message.SignedOutPhase || got.Sync != message.Idle {
		t.Errorf("got %+v", got)
	}
}

func TestSettingsComeBackFromTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStruct[message.Settings](t)
		if got := message.ParseSettings(s.Text()); got != s {
			t.Fatalf("%+v comes back as %+v", s, got)
		}
	})
	for _, text := range []string{"", "\n", "copyFormat\n", "of a later version\tx\n"} {
		if got := message.ParseSettings(text); got != (message.Settings{}) {
			t.Errorf("%q reads as %+v", text, got)
		}
	}
	// popup.js reads it too.
	if got := (message.Settings{CopyFormat: "powershell"}).Text(); got != "copyFormat\tpowershell\n" {
		t.Errorf("got %q", got)
	}
}

func TestPortalsComeBackFromTheirText(t *testing.T) {
	acme := message.Portal{StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}
	lab := message.Portal{StartURL: "http://127.0.0.1:8080/start", Region: "us-east-1"}
	for _, test := range []struct {
		name string
		p    message.Portals
	}{
		{"none", message.Portals{}},
		{"one", message.Portals{All: []message.Portal{acme}, Active: acme.StartURL}},
		{"two", message.Portals{All: []message.Portal{lab, acme}, Active: acme.StartURL}},
		{"none shown", message.Portals{All: []message.Portal{lab, acme}}},
		{"region unknown", message.Portals{All: []message.Portal{{StartURL: lab.StartURL}}, Active: lab.StartURL}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := message.ParsePortals(test.p.Text()); !reflect.DeepEqual(got, test.p) {
				t.Errorf("got %+v, want %+v", got, test.p)
			}
		})
	}
}

func TestStoredPortalsThatAreDamagedDoNoHarm(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       message.Portals
	}{
		{"nothing", "", message.Portals{}},
		{"the shown one is not there", "https://gone\nhttps://a\tx\n", message.Portals{All: []message.Portal{{StartURL: "https://a", Region: "x"}}}},
		{"a line of another form", "https://a\nhello\n\nhttps://a\tx\n", message.Portals{All: []message.Portal{{StartURL: "https://a", Region: "x"}}, Active: "https://a"}},
		{"last line not ended", "https://a\nhttps://a\tx", message.Portals{All: []message.Portal{{StartURL: "https://a", Region: "x"}}, Active: "https://a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := message.ParsePortals(test.text); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestFindGivesAPortalByItsStartURL(t *testing.T) {
	p := message.ParsePortals("https://a\nhttps://a\tx\nhttps://b\ty\n")
	if b, ok := p.Find("https://b"); !ok || b.Region != "y" {
		t.Errorf("got %+v, %v", b, ok)
	}
	if c, ok := p.Find("https://c"); ok {
		t.Errorf("got %+v", c)
	}
}

func TestPortalsAreCalledByWhatTellsThemApart(t *testing.T) {
	for _, test := range []struct{ startURL, want string }{
		{"https://acme.awsapps.com/start", "acme"},
		{"https://d-1234567890.awsapps.com/start", "d-1234567890"},
		{"https://acme.awsapps.cn/start", "acme.awsapps.cn"},
		{"https://start.us-gov-home.awsapps.com/directory/d-1234567890", "d-1234567890"},
		{"https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme", "acme"},
		{"https://start.home.awsapps.cn/directory/acme-cn", "acme-cn"},
		{"https://start.cn-north-1.home.awsapps.cn/directory/d-9", "d-9"},
		{"https://ssoins-1.portal.eu-west-1.app.aws", "ssoins-1.portal.eu-west-1.app.aws"},
		{"https://ssoins-1.us-east-1.portal.amazonaws.com", "ssoins-1.us-east-1.portal.amazonaws.com"},
		{"https://ssoins-1.cn-north-1.portal.amazonaws.com.cn", "ssoins-1.cn-north-1.portal.amazonaws.com.cn"},
		{"https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu", "ssoins-1.eusc-de-east-1.portal.amazonaws.eu"},
		{"https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn", "ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn"},
		{"https://ssoins-1.eusc-de-east-1.api.amazonwebservices.eu", "ssoins-1.eusc-de-east-1.api.amazonwebservices.eu"},
		{"http://127.0.0.1:8080/start", "127.0.0.1:8080"},
		{"", ""},
	} {
		if got := (message.Portal{StartURL: test.startURL}).Name(); got != test.want {
			t.Errorf("%s is called %q, want %q", test.startURL, got, test.want)
		}
	}
}

func FuzzParseStatusAndPortals(f *testing.F) {
	for _, s := range []string{"", "signIn\tin\n", "code\toffline\nmessage\tx\n", "https://a\nhttps://a\tx\n", "\n\t\n", "done\t-1\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		status := message.ParseStatus(text)
		if got := message.ParseStatus(status.Text()); !reflect.DeepEqual(got, status) {
			t.Errorf("status %q reads as %+v, written anew as %+v", text, status, got)
		}
		portals := message.ParsePortals(text)
		if got := message.ParsePortals(portals.Text()); !reflect.DeepEqual(got, portals) {
			t.Errorf("portals %q read as %+v, written anew as %+v", text, portals, got)
		}
	})
}

func TestPortalsThatCanNotBeReadAreKnown(t *testing.T) {
	for text, lost := range map[string]bool{
		"": false, "\n": false, "https://a\nhttps://a\tx\n": false, "https://a\nhttps://a\tx": false, "\nhttps://a\tx\nhttps://b\ty\n": false,
		"hello": true, "42": true, "{}\n": true, "https://gone\nhttps://a\tx\n": true, "https://a\nhttps://a\tx\nno tab\n": true, "\nno tab": true,
	} {
		if got := message.PortalsLost(text); got != lost {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestPortalsThatWouldBeCalledAlikeAreToldApart(t *testing.T) {
	named := func(startURLs ...string) (names []string) {
		var all message.Portals
		for _, u := range startURLs {
			all.All = append(all.All, message.Portal{StartURL: u, Region: "us-east-1"})
		}
		for _, p := range all.All {
			names = append(names, all.Name(p))
		}
		return names
	}
	for _, test := range []struct{ startURLs, want []string }{
		{[]string{"https://example.awsapps.com/start"}, []string{"example"}},
		{[]string{"https://example.awsapps.com/start", "https://other.awsapps.com/start"}, []string{"example", "other"}},
		{[]string{"https://example.awsapps.com/start", "https://start.us-gov-home.awsapps.com/directory/example"},
			[]string{"example (example.awsapps.com)", "example (start.us-gov-home.awsapps.com)"}},
		{[]string{"https://start.home.awsapps.cn/directory/acme", "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/ACME", "https://lab.awsapps.com/start"},
			[]string{"acme (start.home.awsapps.cn)", "ACME (start.us-gov-west-1.us-gov-home.awsapps.com)", "lab"}},
		{[]string{"http://127.0.0.1:8080/start", "http://127.0.0.1:8080/other"},
			[]string{"127.0.0.1:8080 (127.0.0.1:8080/start)", "127.0.0.1:8080 (127.0.0.1:8080/other)"}},
	} {
		if got := named(test.startURLs...); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%q are called %q, want %q", test.startURLs, got, test.want)
		}
	}
}

// Whatever portals there are, no two have one name.
func TestNoTwoPortalsHaveOneName(t *testing.T) {
	label := rapid.SampledFrom([]string{"a", "example", "Example", "d-1234567890", "start"})
	form := rapid.SampledFrom([]string{"https://%.awsapps.com/start", "https://start.us-gov-home.awsapps.com/directory/%",
		"https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/%", "https://start.home.awsapps.cn/directory/%", "https://%.awsapps.cn/start",
		"https://%.portal.eu-west-1.app.aws", "http://127.0.0.1:8080/%"})
	rapid.Check(t, func(t *rapid.T) {
		var all message.Portals
		for range rapid.IntRange(1, 6).Draw(t, "portals") {
			p := message.Portal{StartURL: strings.Replace(form.Draw(t, "form"), "%", label.Draw(t, "label"), 1)}
			if _, known := all.Find(p.StartURL); !known {
				all.All = append(all.All, p)
			}
		}
		names := map[string]string{}
		for _, p := range all.All {
			name := all.Name(p)
			if other, taken := names[name]; taken {
				t.Fatalf("%s and %s are both called %q", p.StartURL, other, name)
			}
			names[name] = p.StartURL
		}
	})
}
