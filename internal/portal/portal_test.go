package portal_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portico/internal/portal"
)

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
		if got := (portal.Portal{StartURL: test.startURL}).Name(); got != test.want {
			t.Errorf("%s is called %q, want %q", test.startURL, got, test.want)
		}
	}
}

func TestPortalsThatWouldBeCalledAlikeAreToldApart(t *testing.T) {
	named := func(startURLs ...string) (names []string) {
		var all []portal.Portal
		for _, u := range startURLs {
			all = append(all, portal.Portal{StartURL: u, Region: "us-east-1"})
		}
		for _, p := range all {
			names = append(names, p.NameAmong(all))
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
		var all []portal.Portal
		for range rapid.IntRange(1, 6).Draw(t, "portals") {
			p := portal.Portal{StartURL: strings.Replace(form.Draw(t, "form"), "%", label.Draw(t, "label"), 1)}
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
		names := map[string]string{}
		for _, p := range all {
			name := p.NameAmong(all)
			if other, taken := names[name]; taken {
				t.Fatalf("%s and %s are both called %q", p.StartURL, other, name)
			}
			names[name] = p.StartURL
		}
	})
}
