package message_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/message"
	"portico/internal/portal"
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
	acme := portal.Portal{ID: "acme", StartURL: "https://acme.awsapps.com/start", Region: "eu-west-1"}
	lab := portal.Portal{ID: "http://127.0.0.1:8080/start", StartURL: "http://127.0.0.1:8080/start", Region: "us-east-1"}
	for _, test := range []struct {
		name string
		p    message.Portals
	}{
		{"none", message.Portals{}},
		{"one", message.Portals{All: []portal.Portal{acme}, Active: acme.ID}},
		{"two", message.Portals{All: []portal.Portal{lab, acme}, Active: acme.ID}},
		{"none shown", message.Portals{All: []portal.Portal{lab, acme}}},
		{"several entrances", message.Portals{All: []portal.Portal{acme}, Entrances: []portal.Portal{{ID: "acme", StartURL: lab.StartURL, Region: "us-east-1"}}, Active: "acme"}},
		{"region unknown", message.Portals{All: []portal.Portal{{ID: "lab", StartURL: lab.StartURL}}, Active: "lab"}},
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
		{"the shown one is not there", "gone\na\thttps://a\tx\n", message.Portals{All: []portal.Portal{{ID: "a", StartURL: "https://a", Region: "x"}}}},
		{"a line of another form", "a\nhello\n\na\thttps://a\tx\n", message.Portals{All: []portal.Portal{{ID: "a", StartURL: "https://a", Region: "x"}}, Active: "a"}},
		{"last line not ended", "a\na\thttps://a\tx", message.Portals{All: []portal.Portal{{ID: "a", StartURL: "https://a", Region: "x"}}, Active: "a"}},
		{"of version 1", "https://a\nhttps://a\tx\n", message.Portals{All: []portal.Portal{{ID: "https://a", StartURL: "https://a", Region: "x"}}, Active: "https://a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := message.ParsePortals(test.text); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestFindGivesAPortalByItsID(t *testing.T) {
	p := message.ParsePortals("a\na\thttps://a\tx\nb\thttps://c\ty\n")
	if b, ok := p.Find("b"); !ok || b.Region != "y" {
		t.Errorf("got %+v, %v", b, ok)
	}
	if c, ok := p.Find("https://c"); ok {
		t.Errorf("got %+v", c)
	}
}

func FuzzParseStatusAndPortals(f *testing.F) {
	for _, s := range []string{"", "signIn\tin\n", "code\toffline\nmessage\tx\n", "https://a\nhttps://a\tx\n", "a\na\thttps://a\tx\n", "\n\t\n", "done\t-1\n"} {
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
		"a\na\thttps://a\tx\nb\thttps://b\ty\n": false, "hello": true, "42": true, "{}\n": true, "https://gone\nhttps://a\tx\n": true, "https://a\nhttps://a\tx\nno tab\n": true, "\nno tab": true,
	} {
		if got := message.PortalsLost(text); got != lost {
			t.Errorf("%q: %v", text, got)
		}
	}
}
