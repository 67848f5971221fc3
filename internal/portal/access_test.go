package portal_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"portico/internal/portal"
)

// The family of the start URL picks that of the two APIs.
func TestAPIsAreInTheFamilyOfTheAddress(t *testing.T) {
	for _, test := range []struct{ startURL, region, portal, oidc string }{
		{"https://acme.awsapps.com/start", "eu-west-1", "https://portal.sso.eu-west-1.amazonaws.com", "https://oidc.eu-west-1.amazonaws.com"},
		{"https://acme.awsapps.cn/start", "cn-north-1", "https://portal.sso.cn-north-1.amazonaws.com.cn", "https://oidc.cn-north-1.amazonaws.com.cn"},
		{"https://start.us-gov-home.awsapps.com/directory/d-1", "us-gov-west-1", "https://portal.sso.us-gov-west-1.amazonaws.com", "https://oidc.us-gov-west-1.amazonaws.com"},
		{"https://ssoins-1.us-east-1.portal.amazonaws.com", "us-east-1", "https://portal.sso.us-east-1.amazonaws.com", "https://oidc.us-east-1.amazonaws.com"},
		{"https://ssoins-1.cn-north-1.portal.amazonaws.com.cn", "cn-north-1", "https://portal.sso.cn-north-1.amazonaws.com.cn", "https://oidc.cn-north-1.amazonaws.com.cn"},
		{"https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu", "eusc-de-east-1", "https://portal.sso.eusc-de-east-1.amazonaws.eu", "https://oidc.eusc-de-east-1.amazonaws.eu"},

		{"https://ssoins-1.portal.eu-west-1.app.aws", "eu-west-1", "https://portal.sso.eu-west-1.api.aws", "https://oidc.eu-west-1.api.aws"},
		{"https://ssoins-1.portal.us-gov-east-1.app.aws", "us-gov-east-1", "https://portal.sso.us-gov-east-1.api.aws", "https://oidc.us-gov-east-1.api.aws"},
		{"https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn", "cn-north-1", "https://portal.sso.cn-north-1.api.amazonwebservices.com.cn", "https://oidc.cn-north-1.api.amazonwebservices.com.cn"},
		{"https://ssoins-1.app.amazonwebservices.com.cn", "cn-northwest-1", "https://portal.sso.cn-northwest-1.api.amazonwebservices.com.cn", "https://oidc.cn-northwest-1.api.amazonwebservices.com.cn"},
		{"https://ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu", "eusc-de-east-1", "https://portal.sso.eusc-de-east-1.api.amazonwebservices.eu", "https://oidc.eusc-de-east-1.api.amazonwebservices.eu"},
		{"https://ssoins-1.portal.eusc-de-east-1.app.amazonwebservices.eu", "eusc-de-east-1", "https://portal.sso.eusc-de-east-1.api.amazonwebservices.eu", "https://oidc.eusc-de-east-1.api.amazonwebservices.eu"},
	} {
		p := portal.Portal{StartURL: test.startURL, Region: test.region}
		if api, oidc := p.Endpoints(); api != test.portal || oidc != test.oidc {
			t.Errorf("%s is asked at %s and %s", test.startURL, api, oidc)
		}
		if got, want := p.Patterns(), []string{test.portal + "/*", test.oidc + "/*"}; !slices.Equal(got, want) {
			t.Errorf("%s needs %q, want %q", test.startURL, got, want)
		}
		for _, origin := range []string{test.portal, test.oidc} {
			if !slices.Contains(portal.Origins(), origin) {
				t.Errorf("%s may never be asked", origin)
			}
			if !slices.Contains(p.Domains(), strings.TrimPrefix(origin, "https://")) {
				t.Errorf("%s is asked at %q", test.startURL, p.Domains())
			}
		}
	}
}

func TestPortalsOnThisComputerAreAskedHere(t *testing.T) {
	for _, test := range []struct {
		startURL     string
		portal, oidc string
		patterns     []string
	}{
		{"http://127.0.0.1:8080/start", "http://127.0.0.1:8080", "http://127.0.0.1:8080", []string{"http://127.0.0.1/*"}},
		{"http://localhost/start", "http://localhost", "http://localhost", []string{"http://localhost/*"}},
		{"http://ssoins-1.portal.us-east-1.app.aws.localhost:8080", "http://portal.sso.us-east-1.api.aws.localhost:8080", "http://oidc.us-east-1.api.aws.localhost:8080",
			[]string{"http://portal.sso.us-east-1.api.aws.localhost/*", "http://oidc.us-east-1.api.aws.localhost/*"}},
		{"http://acme.awsapps.com.localhost/start", "http://portal.sso.us-east-1.amazonaws.com.localhost", "http://oidc.us-east-1.amazonaws.com.localhost",
			[]string{"http://portal.sso.us-east-1.amazonaws.com.localhost/*", "http://oidc.us-east-1.amazonaws.com.localhost/*"}},
	} {
		p := portal.Portal{StartURL: test.startURL, Region: "us-east-1"}
		if api, oidc := p.Endpoints(); api != test.portal || oidc != test.oidc {
			t.Errorf("%s is asked at %s and %s", test.startURL, api, oidc)
		}
		if got := p.Patterns(); !slices.Equal(got, test.patterns) {
			t.Errorf("%s needs %q", test.startURL, got)
		}
		if p.Page() != test.startURL {
			t.Errorf("no link leads to %s", test.startURL)
		}
	}
}

// The demo organisation is asked at no host. The scripts that stand in for its
// network, and have its pages, know it by the same names.
func TestTheDemoIsInsideTheExtension(t *testing.T) {
	p := portal.Demo("chrome-extension://abc/" + portal.DemoPage)
	api, oidc := p.Endpoints()
	if !p.Demo() || api != oidc || p.Patterns() != nil || p.Domains() != nil || p.Page() != p.StartURL {
		t.Errorf("the demo is asked at %s and %s, needs %q", api, oidc, p.Patterns())
	}
	for name, text := range map[string]string{
		"../../extension/demo/worker.js": "const ORIGIN = '" + api + "/';",
		"../../extension/background.js":  "chrome.runtime.getURL('" + portal.DemoPage + "')",
	} {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(script), text) {
			t.Errorf("%s lacks %s", name, text)
		}
	}
	for _, startURL := range []string{"https://acme.awsapps.com/start", "http://127.0.0.1:8080/start", "", portal.DemoPage} {
		if (portal.Portal{StartURL: startURL}).Demo() {
			t.Errorf("%q is taken for the demo", startURL)
		}
	}
}

// A page of the other family is known, whichever form its host has.
func TestPagesOfTheOtherFamilyAreKnown(t *testing.T) {
	plain := []string{"acme.awsapps.com", "ssoins-1.us-east-1.portal.amazonaws.com", "ssoins-1.cn-north-1.portal.amazonaws.com.cn",
		"ssoins-1.eusc-de-east-1.portal.amazonaws.eu", "device.sso.us-east-1.amazonaws.com"}
	dual := []string{"ssoins-1.portal.us-east-1.app.aws", "ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn",
		"ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu", "ssoins-1.portal.us-east-1.app.aws.localhost:8080"}
	for _, startURL := range []string{"https://acme.awsapps.com/start", "https://ssoins-1.us-east-1.portal.amazonaws.com", "http://acme.awsapps.com.localhost:8080/start"} {
		for _, host := range plain {
			if (portal.Portal{StartURL: startURL}).OtherFamily(host) {
				t.Errorf("%s is of the other family than %s", host, startURL)
			}
		}
		for _, host := range dual {
			if !(portal.Portal{StartURL: startURL}).OtherFamily(host) {
				t.Errorf("%s is of the same family as %s", host, startURL)
			}
		}
	}
	for _, startURL := range []string{"https://ssoins-1.portal.us-east-1.app.aws", "https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn",
		"http://ssoins-1.portal.us-east-1.app.aws.localhost:8080"} {
		for _, host := range plain {
			if !(portal.Portal{StartURL: startURL}).OtherFamily(host) {
				t.Errorf("%s is of the same family as %s", host, startURL)
			}
		}
		for _, host := range dual {
			if (portal.Portal{StartURL: startURL}).OtherFamily(host) {
				t.Errorf("%s is of the other family than %s", host, startURL)
			}
		}
	}
	for _, p := range []portal.Portal{portal.Demo("chrome-extension://abc/" + portal.DemoPage), {StartURL: "http://127.0.0.1:8080/start"}} {
		if p.OtherFamily(p.Host()) {
			t.Errorf("%s is of the other family than itself", p.StartURL)
		}
	}
}
