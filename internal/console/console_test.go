package console_test

import (
	"net/url"
	"strings"
	"testing"

	"portico/internal/console"
	"portico/internal/portal"
	"portico/ssocore/endpoints"
)

const acme = "https://acme.awsapps.com/start"

func TestShortcutHasThePortalsForm(t *testing.T) {
	page, _ := console.Read("https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#b")
	for _, test := range []struct {
		name, startURL, account, role string
		to                            console.Page
		want                          string
	}{
		{"alias", acme, "111122223333", "AdministratorAccess", console.Page{},
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=AdministratorAccess"},
		{"destination", acme, "111122223333", "ReadOnly", page,
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly" +
				"&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1%23b"},
		{"the reader chooses the role", acme, "111122223333", "", page,
			"https://acme.awsapps.com/start/#/console?account_id=111122223333" +
				"&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1%23b"},
		{"no account", acme, "", "ReadOnly", page, ""},
		{"portal at a host's root", "https://ssoins-1.portal.eu-west-1.app.aws", "111122223333", "ReadOnly", console.Page{},
			"https://ssoins-1.portal.eu-west-1.app.aws/#/console?account_id=111122223333&role_name=ReadOnly"},
		{"directory", "https://start.us-gov-home.awsapps.com/directory/d-1", "111122223333", "ReadOnly", console.Page{},
			"https://start.us-gov-home.awsapps.com/directory/d-1/#/console?account_id=111122223333&role_name=ReadOnly"},
		{"all that role names may hold", acme, "111122223333", "a+b=c,d.e@f-g_h", console.Page{},
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=a%2Bb%3Dc%2Cd.e%40f-g_h"},
		{"hostile role", acme, "111122223333", "x&destination=https://evil.example/#%\n é", console.Page{},
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=x%26destination%3Dhttps%3A%2F%2Fevil.example%2F%23%25%0A%20%C3%A9"},
		{"hostile account", acme, "1&role_name=Admin", "ReadOnly", console.Page{},
			"https://acme.awsapps.com/start/#/console?account_id=1%26role_name%3DAdmin&role_name=ReadOnly"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := console.Shortcut(portal.Portal{StartURL: test.startURL}, test.account, test.role, test.to); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// In each partition, from each kind of address a portal has.
func TestShortcutLeadsFromEachFamilyOfPortals(t *testing.T) {
	const role = "/#/console?account_id=111122223333&role_name=ReadOnly"
	for _, test := range []struct{ startURL, region, to string }{
		{acme, "eu-west-1", "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"},
		{"https://d-1234567890.awsapps.com/start", "us-east-1", "https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1"},
		{"https://ssoins-1.eu-west-1.portal.amazonaws.com", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"},
		{"https://ssoins-1.portal.eu-west-1.app.aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1"},

		{"https://acme.awsapps.cn/start", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/console/home?region=cn-north-1"},
		{"https://start.home.awsapps.cn/directory/d-1", "cn-northwest-1", "https://cn-northwest-1.console.amazonaws.cn/console/home?region=cn-northwest-1"},
		{"https://start.cn-north-1.home.awsapps.cn/directory/d-1", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/console/home?region=cn-north-1"},
		{"https://ssoins-1.cn-north-1.portal.amazonaws.com.cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/console/home?region=cn-north-1"},
		{"https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/console/home?region=cn-north-1"},

		{"https://start.us-gov-home.awsapps.com/directory/d-1", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/console/home?region=us-gov-west-1"},
		{"https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1", "us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/console/home?region=us-gov-west-1"},
		{"https://ssoins-1.portal.us-gov-east-1.app.aws", "us-gov-east-1", "https://us-gov-east-1.console.amazonaws-us-gov.com/console/home?region=us-gov-east-1"},

		{"https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu", "eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1"},
		{"https://ssoins-1.portal.eusc-de-east-1.app.amazonwebservices.eu", "eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1"},
	} {
		p := portal.Portal{StartURL: test.startURL, Region: test.region}
		if link := console.Shortcut(p, "111122223333", "ReadOnly", console.Page{}); link != test.startURL+role {
			t.Errorf("got %s", link)
		}
		want := test.startURL + role + "&destination=" + url.QueryEscape(test.to)
		if link := console.Shortcut(p, "111122223333", "ReadOnly", console.Home(endpoints.PartitionOf(test.region), test.region)); link != want {
			t.Errorf("got\n%s\nwant\n%s", link, want)
		}
	}
}

func TestNoLinkLeadsIntoAnotherPartition(t *testing.T) {
	for _, of := range endpoints.Regions() {
		for _, to := range endpoints.Regions() {
			page := console.Home(to.Partition, to.Name)
			link := console.Shortcut(portal.Portal{StartURL: acme, Region: of.Name}, "111122223333", "ReadOnly", page)
			if page.URL() == "" || (link == "") != (of.Partition != to.Partition) {
				t.Errorf("from %s to %s: %q", of.Name, to.Name, link)
			}
		}
	}
}

func FuzzShortcut(f *testing.F) {
	f.Add("111122223333", "AdministratorAccess", "")
	f.Add("1&2", "a+b c%20d", "https://console.aws.amazon.com/?a=b&c=d#e")
	f.Add("1", "é漢🚀\x00\xff\n\t", "javascript:alert(1)")
	f.Add("1", "", "https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#&role_name=Admin")
	f.Fuzz(func(t *testing.T, account, role, destination string) {
		to, _ := console.Read(destination)
		link := console.Shortcut(portal.Portal{StartURL: acme, Region: "eu-west-1"}, account, role, to)
		if account == "" || to.Partition != "" && to.Partition != endpoints.PartitionAWS {
			if link != "" {
				t.Errorf("%q leads to no account, or into %s", link, to.Partition)
			}
			return
		}
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
		want := url.Values{"account_id": {account}}
		if role != "" {
			want.Set("role_name", role)
		}
		if to.URL() != "" {
			want.Set("destination", to.URL())
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
		if link := console.Shortcut(portal.Portal{StartURL: startURL}, "1", "r", console.Page{}); link != "" {
			t.Errorf("%q gives %q", startURL, link)
		}
	}
	for _, startURL := range []string{acme, "http://127.0.0.1:8765/start", "http://localhost/start", "http://[::1]:80/start", "chrome-extension://abc/demo/portal.html#", "moz-extension://abc/demo/portal.html#"} {
		if link := console.Shortcut(portal.Portal{StartURL: startURL}, "1", "r", console.Page{}); link != startURL+"/#/console?account_id=1&role_name=r" {
			t.Errorf("%q gives %q", startURL, link)
		}
	}
}
