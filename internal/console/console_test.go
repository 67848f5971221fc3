package console_test

import (
	"net/url"
	"strings"
	"testing"

	"portico/internal/console"
	"portico/internal/portal"
)

const acme = "https://acme.awsapps.com/start"

func TestShortcutHasThePortalsForm(t *testing.T) {
	for _, test := range []struct{ name, startURL, account, role, destination, want string }{
		{"alias", acme, "111122223333", "AdministratorAccess", "",
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=AdministratorAccess"},
		{"destination", acme, "111122223333", "ReadOnly", "https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#b",
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly" +
				"&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1%23b"},
		{"portal at a host's root", "https://ssoins-1.portal.eu-west-1.app.aws", "111122223333", "ReadOnly", "",
			"https://ssoins-1.portal.eu-west-1.app.aws/#/console?account_id=111122223333&role_name=ReadOnly"},
		{"directory", "https://start.us-gov-home.awsapps.com/directory/d-1", "111122223333", "ReadOnly", "",
			"https://start.us-gov-home.awsapps.com/directory/d-1/#/console?account_id=111122223333&role_name=ReadOnly"},
		{"all that role names may hold", acme, "111122223333", "a+b=c,d.e@f-g_h", "",
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=a%2Bb%3Dc%2Cd.e%40f-g_h"},
		{"hostile role", acme, "111122223333", "x&destination=https://evil.example/#%\n é", "",
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=x%26destination%3Dhttps%3A%2F%2Fevil.example%2F%23%25%0A%20%C3%A9"},
		{"hostile account", acme, "1&role_name=Admin", "ReadOnly", "",
			"https://acme.awsapps.com/start/#/console?account_id=1%26role_name%3DAdmin&role_name=ReadOnly"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := console.Shortcut(portal.Portal{StartURL: test.startURL}, test.account, test.role, test.destination); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func FuzzShortcut(f *testing.F) {
	f.Add("111122223333", "AdministratorAccess", "")
	f.Add("1&2", "a+b c%20d", "https://console.aws.amazon.com/?a=b&c=d#e")
	f.Add("", "é漢🚀\x00\xff\n\t", "javascript:alert(1)")
	f.Fuzz(func(t *testing.T, account, role, destination string) {
		link := console.Shortcut(portal.Portal{StartURL: acme}, account, role, destination)
		u, err := url.Parse(link)
		if err != nil {
			t.Fatalf("%q: %v", link, err)
		}
		if u.Host != "acme.awsapps.com" || u.Path != "/start/" || u.RawQuery != "" || u.User != nil {
			t.Errorf("%q leads elsewhere", link)
		}
		// The fragment as it is written: decoded, an escaped & would look like one of ours.
		_, fragment, _ := strings.Cut(link, "#")
		query, ok := strings.CutPrefix(fragment, "/console?")
		got, err := url.ParseQuery(query)
		if !ok || err != nil {
			t.Fatalf("%q: %v", link, err)
		}
		want := url.Values{"account_id": {account}, "role_name": {role}}
		if destination != "" {
			want.Set("destination", destination)
		}
		if got.Encode() != want.Encode() {
			t.Errorf("%q says %v, want %v", link, got, want)
		}
	})
}

func TestNoLinkLeadsFromWhatIsNoPortalsPage(t *testing.T) {
	for _, startURL := range []string{"", "javascript:alert(1)//", "javascript://acme.awsapps.com/start", "data:text/html,x", "http://acme.awsapps.com/start",
		"http://127.0.0.1.evil.example/start", "file:///start", "//acme.awsapps.com/start", "acme.awsapps.com/start", "https:///start", "https://user@evil.example/start",
		"https://acme.awsapps.com\n/start", "https://acme.awsapps.com\\@evil.example/start", "chrome://settings/demo/portal.html#", "chrome-extension://abc/popup.html", "portico-directory"} {
		if link := console.Shortcut(portal.Portal{StartURL: startURL}, "1", "r", ""); link != "" {
			t.Errorf("%q gives %q", startURL, link)
		}
	}
	for _, startURL := range []string{acme, "http://127.0.0.1:8765/start", "http://localhost/start", "http://[::1]:80/start", "chrome-extension://abc/demo/portal.html#", "moz-extension://abc/demo/portal.html#"} {
		if link := console.Shortcut(portal.Portal{StartURL: startURL}, "1", "r", ""); link != startURL+"/#/console?account_id=1&role_name=r" {
			t.Errorf("%q gives %q", startURL, link)
		}
	}
}
