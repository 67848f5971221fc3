package portal_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"portico/internal/portal"
	"portico/ssocore/endpoints"
)

func TestParseAddress(t *testing.T) {
	alias := portal.Address{URL: "https://d-1234567890.awsapps.com/start", Partition: endpoints.PartitionAWS}
	root := portal.Address{URL: "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", Region: "eu-west-1", Partition: endpoints.PartitionAWS}
	tests := []struct {
		in   string
		want portal.Address
	}{
		{"https://d-1234567890.awsapps.com/start", alias},
		{"https://d-1234567890.awsapps.com/start/", alias},
		{"https://d-1234567890.awsapps.com/start/#/", alias},
		{"https://d-1234567890.awsapps.com/start#/?tab=accounts", alias},
		{"https://d-1234567890.awsapps.com/start/#/console?account_id=1&role_name=r", alias},
		{"https://d-1234567890.awsapps.com/start?tab=x", alias},
		{"http://d-1234567890.awsapps.com/start", alias},
		{"d-1234567890.awsapps.com/start", alias},
		{"d-1234567890.awsapps.com", alias},
		{"  HTTPS://D-1234567890.AWSApps.com:443/start\n", alias},
		{"d-1234567890.awsapps.com./start", alias},
		{"https://my-company.awsapps.cn/start", portal.Address{URL: "https://my-company.awsapps.cn/start", Partition: endpoints.PartitionChina}},

		{"https://start.us-gov-home.awsapps.com/directory/d-123", portal.Address{URL: "https://start.us-gov-home.awsapps.com/directory/d-123", Partition: endpoints.PartitionGov}},
		{"start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-123/#/", portal.Address{URL: "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-123", Region: "us-gov-west-1", Partition: endpoints.PartitionGov}},
		{"https://start.home.awsapps.cn/directory/d-123", portal.Address{URL: "https://start.home.awsapps.cn/directory/d-123", Partition: endpoints.PartitionChina}},
		{"https://start.cn-north-1.home.awsapps.cn/directory/d-123/", portal.Address{URL: "https://start.cn-north-1.home.awsapps.cn/directory/d-123", Region: "cn-north-1", Partition: endpoints.PartitionChina}},

		{"https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", root},
		{"ssoins-1234567890abcdef.portal.eu-west-1.app.aws/#/?tab=accounts", root},
		{"https://ssoins-1.portal.us-gov-east-1.app.aws/", portal.Address{URL: "https://ssoins-1.portal.us-gov-east-1.app.aws", Region: "us-gov-east-1", Partition: endpoints.PartitionGov}},
		{"https://d-1.eu-north-1.portal.amazonaws.com", portal.Address{URL: "https://d-1.eu-north-1.portal.amazonaws.com", Region: "eu-north-1", Partition: endpoints.PartitionAWS}},
		{"https://d-1.cn-north-1.portal.amazonaws.com.cn/", portal.Address{URL: "https://d-1.cn-north-1.portal.amazonaws.com.cn", Region: "cn-north-1", Partition: endpoints.PartitionChina}},
		{"https://d-1.eusc-de-east-1.portal.amazonaws.eu", portal.Address{URL: "https://d-1.eusc-de-east-1.portal.amazonaws.eu", Region: "eusc-de-east-1", Partition: endpoints.PartitionEUSC}},
		{"https://d-1.portal.cn-northwest-1.app.amazonwebservices.com.cn", portal.Address{URL: "https://d-1.portal.cn-northwest-1.app.amazonwebservices.com.cn", Region: "cn-northwest-1", Partition: endpoints.PartitionChina}},
		{"https://d-1.app.amazonwebservices.com.cn", portal.Address{URL: "https://d-1.app.amazonwebservices.com.cn", Partition: endpoints.PartitionChina}},
		{"https://d-1.portal.eusc-de-east-1.api.amazonwebservices.eu/", portal.Address{URL: "https://d-1.portal.eusc-de-east-1.api.amazonwebservices.eu", Region: "eusc-de-east-1", Partition: endpoints.PartitionEUSC}},

		{"http://127.0.0.1:8080/start", portal.Address{URL: "http://127.0.0.1:8080/start", Loopback: true}},
		{"127.0.0.1:8080", portal.Address{URL: "http://127.0.0.1:8080/start", Loopback: true}},
		{"http://localhost/start/#/", portal.Address{URL: "http://localhost/start", Loopback: true}},
		{"http://SSOINS-1.portal.eu-west-1.app.aws.localhost:8080/#/", portal.Address{URL: "http://ssoins-1.portal.eu-west-1.app.aws.localhost:8080", Region: "eu-west-1", Partition: endpoints.PartitionAWS, Loopback: true}},
		{"acme.awsapps.cn.localhost", portal.Address{URL: "http://acme.awsapps.cn.localhost/start", Partition: endpoints.PartitionChina, Loopback: true}},
	}
	for _, test := range tests {
		got, err := portal.ParseAddress(test.in)
		if err != nil || got != test.want {
			t.Errorf("ParseAddress(%q) = %+v, %v, want %+v", test.in, got, err, test.want)
		}
		if again, err := portal.ParseAddress(got.URL); err != nil || !canonicalOf(again, got) {
			t.Errorf("its canonical form %q becomes %+v, %v", got.URL, again, err)
		}
	}
}

// canonicalOf reports whether the canonical form of a start URL says the same,
// but maybe for the region, which an alias does not tell.
func canonicalOf(again, u portal.Address) bool {
	if again.Region == "" {
		u.Region = ""
	}
	return again == u
}

// What people copy is more than the address, or the address of a page on the way
// to it.
func TestParseAddressAsItIsPasted(t *testing.T) {
	const plain, region = "https://d-1234567890.awsapps.com/start", "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws"
	for _, in := range []string{
		`{"url":"https:\/\/d-1234567890.awsapps.com\/start"}`, "https%3A%2F%2Fd-1234567890.awsapps.com%2Fstart",
		"https://d-1234567890.awsapps.com/login", "https://d-1234567890.awsapps.com/login/?x=y", "https://d-1234567890.awsapps.com/Start", "https://d-1234567890.awsapps.com/START/#/",
		"HTTPS://D-1234567890.AWSAPPS.COM/START", "https://d-1234567890.awsapps.com//start//", "https://d-1234567890.awsapps.com/#/", "https://d-1234567890.awsapps.com/login#/saml",
		"https://d-1234567890.awsapps.com/start/#/device?user_code=ABCD-EFGH", "https://d-1234567890.awsapps.com/start/#/console?account_id=123456789012&role_name=a(b)",
		"https://d-1234567890.awsapps.com/start/user-consent/authorize.html?clientId=x", "https://d-1234567890.awsapps.com/start#",
		`"https://d-1234567890.awsapps.com/start"`, "'https://d-1234567890.awsapps.com/start/'", "“https://d-1234567890.awsapps.com/start”", "`d-1234567890.awsapps.com/start`",
		"<https://d-1234567890.awsapps.com/start>", "(https://d-1234567890.awsapps.com/start)", "[https://d-1234567890.awsapps.com/start/#/]", "«https://d-1234567890.awsapps.com»",
		"https://d-1234567890.awsapps.com/start,", "https://d-1234567890.awsapps.com/start.", "https://d-1234567890.awsapps.com/start;", "https://d-1234567890.awsapps.com/start:", "https://d-1234567890.awsapps.com.", "d-1234567890.awsapps.com,",
		"https://d-1234567890.awsapps.com/start%20", "https://d-1234567890.awsapps.com/start\u00a0", "\ufeffhttps://d-1234567890.awsapps.com/start\u200b", "https://d-1234567890.awsapps.com/start\r\n",
		"Start URL: https://d-1234567890.awsapps.com/start", "URL:https://d-1234567890.awsapps.com/start", "our portal is at d-1234567890.awsapps.com/start, please use it.", "sso_start_url = https://d-1234567890.awsapps.com/start",
		"[our portal](https://d-1234567890.awsapps.com/start)", "*https://d-1234567890.awsapps.com/start*", `<a href="https://d-1234567890.awsapps.com/start">portal</a>`, "https://d-1234567890.awsapps.com/start\nhttps://other.awsapps.com/start",
		"view-source:https://d-1234567890.awsapps.com/start", "portal:d-1234567890.awsapps.com/start", "[our portal](d-1234567890.awsapps.com/start)", "start_url=d-1234567890.awsapps.com",
		"me@example.com wrote: see https://wiki.example.com/sso, the portal is https://d-1234567890.awsapps.com/start. Bye!", "The sso_start_url is https://d-1234567890.awsapps.com/start, please",
		`"sso_start_url": "https://d-1234567890.awsapps.com/start",`,
	} {
		if got, err := portal.ParseAddress(in); err != nil || got != (portal.Address{URL: plain, Partition: endpoints.PartitionAWS}) {
			t.Errorf("ParseAddress(%q) = %+v, %v", in, got, err)
		}
	}
	for _, in := range []string{"<" + region + "/#/>", region + "/login", "portal: " + region + ".", "HTTPS://SSOINS-1234567890ABCDEF.PORTAL.EU-WEST-1.APP.AWS/"} {
		if got, err := portal.ParseAddress(in); err != nil || got != (portal.Address{URL: region, Region: "eu-west-1", Partition: endpoints.PartitionAWS}) {
			t.Errorf("ParseAddress(%q) = %+v, %v", in, got, err)
		}
	}
}

func TestThePortalIsFoundByItsSignInPage(t *testing.T) {
	for in, want := range map[string]portal.Address{
		"https://us-east-1.signin.aws/platform/d-1234567890/login?workflowStateHandle=0a1b": {URL: "https://d-1234567890.awsapps.com/start", Region: "us-east-1", Partition: endpoints.PartitionAWS},
		"https://eu-central-1.signin.aws/platform/d-1234567890/login":                       {URL: "https://d-1234567890.awsapps.com/start", Region: "eu-central-1", Partition: endpoints.PartitionAWS},
		"us-west-2.signin.aws/platform/d-1234567890":                                        {URL: "https://d-1234567890.awsapps.com/start", Region: "us-west-2", Partition: endpoints.PartitionAWS},
		"<HTTPS://US-EAST-1.SIGNIN.AWS/Platform/D-1234567890/Login>":                        {URL: "https://d-1234567890.awsapps.com/start", Region: "us-east-1", Partition: endpoints.PartitionAWS},
		"https://us-east-1.sso.signin.aws/platform/d-1234567890/login/#/mfa":                {URL: "https://d-1234567890.awsapps.com/start", Region: "us-east-1", Partition: endpoints.PartitionAWS},
		"https://us-east-1.signin.aws.amazon.com/platform/d-1234567890/login":               {URL: "https://d-1234567890.awsapps.com/start", Region: "us-east-1", Partition: endpoints.PartitionAWS},
		"https://ap-southeast-9.signin.aws/platform/d-1234567890/login":                     {URL: "https://d-1234567890.awsapps.com/start", Region: "ap-southeast-9", Partition: endpoints.PartitionAWS},
		"https://eu-west-1.signin.aws/platform/ssoins-1234567890abcdef/login":               {URL: "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", Region: "eu-west-1", Partition: endpoints.PartitionAWS},
		"https://us-gov-west-1.signin.amazonaws-us-gov.com/platform/d-1234567890/login":     {URL: "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890", Region: "us-gov-west-1", Partition: endpoints.PartitionGov},
		"https://cn-north-1.signin.amazonaws.cn/platform/d-1234567890/login":                {URL: "https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890", Region: "cn-north-1", Partition: endpoints.PartitionChina},
		"https://cn-northwest-1.signin.amazonaws.cn/platform/ssoins-12/login":               {URL: "https://ssoins-12.portal.cn-northwest-1.app.amazonwebservices.com.cn", Region: "cn-northwest-1", Partition: endpoints.PartitionChina},
		"https://eusc-de-east-1.signin.amazonaws-eusc.eu/platform/d-1234567890/login":       {URL: "https://d-1234567890.eusc-de-east-1.portal.amazonaws.eu", Region: "eusc-de-east-1", Partition: endpoints.PartitionEUSC},
	} {
		got, err := portal.ParseAddress(in)
		if err != nil || got != want {
			t.Errorf("ParseAddress(%q) = %+v, %v, want %+v", in, got, err, want)
		}
		if again, err := portal.ParseAddress(got.URL); err != nil || !canonicalOf(again, got) {
			t.Errorf("its canonical form %q becomes %+v, %v", got.URL, again, err)
		}
	}
}

// What is no portal is called by its name.
func TestARefusalSaysWhatAPageIs(t *testing.T) {
	for in, want := range map[string]portal.AddressError{
		"https://us-east-1.signin.aws/platform/login?workflowStateHandle=x": {Reason: portal.SignInPage},
		"https://us-east-1.signin.aws/platform/other/login":                 {Reason: portal.SignInPage},
		"https://nowhere.signin.aws/platform/d-1/login":                     {Reason: portal.SignInPage},
		"https://us-east-1.signin.aws:8443/platform/d-1/login":              {Reason: portal.HasPort},
		"https://view.awsapps.com/device?user_code=ABCD-EFGH":               {Reason: portal.CodePage},
		"https://view.awsapps.com/start/#/device":                           {Reason: portal.BuilderID},
		"view.awsapps.com":                                                {Reason: portal.BuilderID},
		"https://signin.aws.amazon.com/saml":                              {Reason: portal.SignInPage},
		"https://123456789012.signin.aws.amazon.com/console":              {Reason: portal.SignInPage},
		"https://eu-west-1.console.aws.amazon.com/console/home":           {Reason: portal.Console},
		"https://console.amazonaws-us-gov.com/":                           {Reason: portal.Console},
		"https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH": {Reason: portal.CodePage},
		"https://portal.sso.eu-west-1.amazonaws.com/assignment/accounts":  {Reason: portal.API},
		"https://oidc.eu-west-1.amazonaws.com":                            {Reason: portal.API},
		"https://acme.awsapps.com/mail":                                   {Reason: portal.OtherPath, Path: "/mail", Near: "acme.awsapps.com/start"},
		"https://acme.awsapps.com/workdocs/index.html":                    {Reason: portal.OtherPath, Path: "/workdocs", Near: "acme.awsapps.com/start"},
	} {
		var refused *portal.AddressError
		if _, err := portal.ParseAddress(in); !errors.As(err, &refused) || refused.Reason != want.Reason || refused.Path != want.Path || refused.Near != want.Near || !strings.Contains(in, refused.Host) {
			t.Errorf("ParseAddress(%q): %v, want %+v", in, err, want)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	tests := []struct {
		in         string
		reason     portal.Reason
		host, near string
	}{
		{"", portal.NoURL, "", ""},
		{"https://", portal.NoURL, "", ""},
		{"https://my-\ncompany.awsapps.com/start", portal.Torn, "my-", ""},
		{"Portal: <https://exam ple.awsapps.com/start>", portal.Torn, "exam", ""},
		{"https://d-9067\t642ac7.awsapps.com/start", portal.Torn, "d-9067", ""},
		{"https://us-gov-home.awsapps.com/start", portal.OtherPath, "us-gov-home.awsapps.com", "start.us-gov-home.awsapps.com/directory/…"},
		{"home.awsapps.cn", portal.OtherPath, "home.awsapps.cn", "start.home.awsapps.cn/directory/…"},
		{"https://start.us-iso-east-1.aws-iso-home.c2s.ic.gov/directory/x", portal.NoPortal, "start.us-iso-east-1.aws-iso-home.c2s.ic.gov", ""},
		{"   ", portal.NoURL, "", ""},
		{"ftp://d-1.awsapps.com/start", portal.OtherScheme, "", ""},
		{"javascript://d-1.awsapps.com/start", portal.OtherScheme, "", ""},
		{"https://user:pw@d-1.awsapps.com/start", portal.HasUser, "", ""},
		{"https://d-1.awsapps.com:x/start", portal.HasPort, "", ""},
		{"https://d-1.awsapps.com\\@evil.com/start", portal.HasUser, "", ""},
		{"https://[::1]/start", portal.OddHost, "", ""},
		{"https://d_1.awsapps.com/start", portal.OddHost, "", ""},
		{"https://пример.awsapps.com/start", portal.OddHost, "", ""},
		{"https://d-1.awsapps.com:8443/start", portal.HasPort, "d-1.awsapps.com", ""},
		{"d-123", portal.PortalID, "d-123", "d-123.awsapps.com/start"},
		{"ssoins-1", portal.InstanceID, "ssoins-1", "ssoins-1.portal.us-east-1.app.aws"},
		{"d-1.example.com", portal.CustomDomain, "d-1.example.com", ""},
		{"https://d-1.awsapps.com/mail", portal.OtherPath, "d-1.awsapps.com", "d-1.awsapps.com/start"},
		{"https://d-1.awsapps.com/starting", portal.OtherPath, "d-1.awsapps.com", "d-1.awsapps.com/start"},
		{"https://a.b.awsapps.com/start", portal.NoPortal, "a.b.awsapps.com", ""},
		{"https://start.us-gov-home.awsapps.com/directory/", portal.NoPortal, "start.us-gov-home.awsapps.com", ""},
		{"https://start.cn-north-1.us-gov-home.awsapps.com/directory/d-1", portal.NoPortal, "start.cn-north-1.us-gov-home.awsapps.com", ""},
		{"https://start.awsapps.com/start", portal.NoPortal, "start.awsapps.com", ""},
		{"https://portal.sso.eu-west-1.amazonaws.com", portal.API, "portal.sso.eu-west-1.amazonaws.com", ""},
		{"https://oidc.eusc-de-east-1.api.amazonwebservices.eu", portal.API, "oidc.eusc-de-east-1.api.amazonwebservices.eu", ""},
		{"https://eu-west-1.console.aws.amazon.com/", portal.Console, "eu-west-1.console.aws.amazon.com", ""},
		{"https://d-1.portal.nowhere.app.aws", portal.API, "d-1.portal.nowhere.app.aws", ""},
		{"https://d-1.us-east-1.portal.amazonaws.com.cn", portal.API, "d-1.us-east-1.portal.amazonaws.com.cn", ""},
		{"https://identitycenter.amazonaws.com/", portal.NoPortal, "identitycenter.amazonaws.com", ""},
		{"https://127.0.0.1/start", portal.NoPortal, "127.0.0.1", ""},
		{"http://127.0.0.1/other", portal.NoPortal, "127.0.0.1", ""},
		{"http://evil.example.localhost/start", portal.CustomDomain, "evil.example.localhost", ""},
		{"https://acme.awsapps.com.localhost/start", portal.LookAlike, "acme.awsapps.com.localhost", ""},
		{"http://us-east-1.signin.aws.localhost/platform/d-1/login", portal.LookAlike, "us-east-1.signin.aws.localhost", ""},
		{"http://192.168.1.1/start", portal.NoPortal, "192.168.1.1", ""},
		{"mycompany", portal.NoPortal, "mycompany", ""},
		{"https://sso.example.com", portal.CustomDomain, "sso.example.com", ""},
		{"https://d-1.awsapps.com.evil.com/start", portal.LookAlike, "d-1.awsapps.com.evil.com", ""},
	}
	for _, test := range tests {
		got, err := portal.ParseAddress(test.in)
		var refused *portal.AddressError
		if !errors.As(err, &refused) || refused.Reason != test.reason || refused.Host != test.host || refused.Near != test.near {
			t.Errorf("ParseAddress(%q) = %+v, %v, want an error about %q", test.in, got, err, test.reason)
			continue
		}
		if !strings.HasPrefix(err.Error(), "not a start url: ") || !strings.Contains(err.Error(), "https://d-1234567890.awsapps.com/start") {
			t.Errorf("text is %q, which does not say what a start URL looks like", err)
		}
	}
}

// known are the hosts of all families, by how they end.
var known = []string{".awsapps.com", ".awsapps.cn", ".portal.amazonaws.com", ".portal.amazonaws.com.cn", ".portal.amazonaws.eu", ".app.aws",
	".app.amazonwebservices.com.cn", ".app.amazonwebservices.eu", ".api.amazonwebservices.eu"}

// Whatever is accepted, in whichever region, is at a host of a known family, by
// https, without a user or a port; its canonical form is taken for the same.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"https://d-1.awsapps.com/start", "us-east-1.signin.aws/platform/d-1/login", "d-1.app.amazonwebservices.com.cn",
		"http://d-1.portal.us-east-1.app.aws.localhost:8080/#/", "identitycenter.amazonaws.com/ssoins-1", "d-1234567890", "https://u:p@d-1.awsapps.com:8443",
		"[sso-session a]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = eu-west-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := portal.ParseAddress(s)
		if err != nil {
			if refused := new(portal.AddressError); !errors.As(err, &refused) {
				t.Fatalf("error is %T", err)
			}
			return
		}
		regions := []string{""}
		for _, r := range endpoints.Regions() {
			regions = append(regions, r.Name)
		}
		for _, region := range regions {
			p, err := a.In(region)
			if err != nil {
				continue
			}
			if again, err := portal.ParseAddress(p.StartURL); err != nil || again.URL != p.StartURL || again.Loopback != a.Loopback {
				t.Errorf("%q becomes %+v, which becomes %+v, %v", s, p, again, err)
			}
			u, err := url.Parse(p.StartURL)
			if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(p.StartURL, "#?@\\ \n") {
				t.Errorf("%q becomes %+v, %v", s, p, err)
			} else if host := u.Host; !a.Loopback && (u.Scheme != "https" || !slices.ContainsFunc(known, func(end string) bool { return strings.HasSuffix(host, end) })) {
				t.Errorf("%q becomes %+v", s, p)
			}
		}
	})
}

// A block of ~/.aws/config says the region, too, wherever in its section; a region of
// another session, or that can't be the portal's, is none.
func TestABlockOfConfigNamesTheRegion(t *testing.T) {
	const start = "https://d-1234567890.awsapps.com/start"
	for in, want := range map[string]string{
		"[sso-session acme]\nsso_start_url = " + start + "\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access":                                              "eu-west-1",
		"[profile x]\nsso_region=ap-south-1\nsso_start_url=" + start + "/#/\nsso_account_id=123456789012":                                                                      "ap-south-1",
		"[sso-session acme] sso_start_url = " + start + " sso_region = US-EAST-2":                                                                                              "us-east-2", // as a field makes one line of it
		"sso_start_url\t=\t" + start + "\r\nsso_region\t=\teu-west-1\r\n":                                                                                                      "eu-west-1",
		"[sso-session a]\nsso_start_url = " + start + "\n[sso-session b]\nsso_region = eu-west-1":                                                                              "",
		"[profile b]\nsso_region = eu-west-1\n[profile a]\nregion = us-west-2\nsso_start_url = " + start:                                                                       "",
		"[a]\n# sso_start_url = https://old.awsapps.com/start\n; sso_region = us-east-1\nsso_start_url = " + start + "\nsso_region = eu-north-1":                               "eu-north-1",
		"[a] #sso_start_url = https://old.awsapps.com/start sso_start_url = " + start + " ; sso_region = us-east-1 sso_region = eu-north-1":                                    "eu-north-1",
		"#[sso-session a]\r# sso_start_url = https://old.awsapps.com/start\r[sso-session b]\rsso_start_url = " + start + "\rsso_region = eu-north-1":                           "eu-north-1",
		"[profile x]\nsso_session = b\n[sso-session a]\nsso_start_url = https://old.awsapps.com/start\n[sso-session b]\nsso_start_url = " + start + "\nsso_region = us-west-2": "us-west-2",
		"see https://intranet, or " + start + " with www.example.com":                                                                                                          "",
		"sso_start_url = " + start + "\nsso_region = cn-north-1":                                                                                                               "",
		"sso_start_url = " + start + "\nsso_region = Mars":                                                                                                                     "",
		"sso_start_url = " + start + " sso_region":                                                                                                                             "",
		"our portal " + start + " sso_region = eu-west-1":                                                                                                                      "",

		"SSO_START_URL=" + start + "\nSSO_REGION=eu-west-1":                                                                                       "eu-west-1",
		"AWS_SSO_START_URL=" + start:                                                                                                              "",
		"export AWS_SSO_START_URL='" + start + "/'; export AWS_SSO_REGION='eu-west-1'":                                                            "eu-west-1",
		"$env:AWS_SSO_START_URL = \"" + start + "\"\r\n$env:AWS_SSO_REGION = \"us-west-2\"":                                                       "us-west-2",
		"set AWS_SSO_REGION=us-west-2\r\nset AWS_SSO_START_URL=" + start:                                                                          "us-west-2",
		"AWS_REGION=ap-south-1\n# AWS_SSO_REGION=us-east-1\nAWS_SSO_START_URL=d-1234567890.awsapps.com\n":                                         "",
		"AWS_DEFAULT_SSO_START_URL: " + start + "\nAWS_DEFAULT_SSO_REGION: eu-north-1":                                                            "eu-north-1",
		"Sso_Start_Url=" + start + " Sso_Region=eu-north-1 İstanbul":                                                                              "eu-north-1",
		"SSO session name (Recommended): x\nSSO start URL [https://old.awsapps.com/start]: " + start + "\nSSO region [us-east-1]: eu-central-1\n": "eu-central-1",
		"SSO start URL [None]: " + start + " SSO region [None]: eu-central-1 SSO registration scopes [sso:account:access]:":                       "eu-central-1",
		"SSO start URL [" + start + "]: \nSSO region [eu-central-1]: \n":                                                                          "eu-central-1",
		`{"startUrl": "` + start + `", "region": "eu-central-1", "accessToken": "x"}`:                                                             "eu-central-1",
		`new SSOClient({ ssoStartUrl: '` + start + `', ssoRegion: 'eu-central-1' })`:                                                              "eu-central-1",
		"aws-sso --sso-start-url " + start + " --sso-region eu-central-1":                                                                         "eu-central-1",
		"[profile X]\nSSO_SESSION=İ\n[sso-session İ]\nSSO_START_URL=" + start + "\nSSO_REGION=eu-central-1":                                       "eu-central-1",
	} {
		got, err := portal.ParseAddress(in)
		if err != nil || got != (portal.Address{URL: start, Region: want, Partition: endpoints.PartitionAWS}) {
			t.Errorf("ParseAddress(%q) = %+v, %v", in, got, err)
		}
	}
}

// The ID alone is enough, since the address follows from it and the region.
func TestAnIDAloneIsAPortalOfItsRegion(t *testing.T) {
	for _, test := range []struct{ in, region, want string }{
		{"d-1234567890", "eu-west-1", "https://d-1234567890.awsapps.com/start"},
		{" “D-12345ABCDE”. ", "us-east-1", "https://d-12345abcde.awsapps.com/start"},
		{"our directory is d-1234567890, I think", "us-east-1", "https://d-1234567890.awsapps.com/start"},
		{"d-1234567890", "us-gov-west-1", "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890"},
		{"d-1234567890", "cn-north-1", "https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890"},
		{"d-1234567890", "eusc-de-east-1", "https://d-1234567890.eusc-de-east-1.portal.amazonaws.eu"},
		{"ssoins-1234567890abcdef", "eu-north-1", "https://ssoins-1234567890abcdef.portal.eu-north-1.app.aws"},
		{"ssoins-1234567890abcdef", "cn-northwest-1", "https://ssoins-1234567890abcdef.portal.cn-northwest-1.app.amazonwebservices.com.cn"},
		{"arn:aws:sso:::instance/ssoins-1234567890abcdef", "eu-north-1", "https://ssoins-1234567890abcdef.portal.eu-north-1.app.aws"},
		{"  \"InstanceArn\": \"arn:aws-cn:sso:::instance/ssoins-1234567890abcdef\",", "cn-north-1", "https://ssoins-1234567890abcdef.portal.cn-north-1.app.amazonwebservices.com.cn"},
		{"ARN:AWS:SSO:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef", "us-east-1", "https://ssoins-1234567890abcdef.portal.us-east-1.app.aws"},
		{"https://identitycenter.amazonaws.com/ssoins-12ab", "eu-north-1", "https://ssoins-12ab.portal.eu-north-1.app.aws"},
		{"“identitycenter.amazonaws.com/ssoins-12ab/”.", "us-east-1", "https://ssoins-12ab.portal.us-east-1.app.aws"},
		{"identitycenter.amazonaws.com.cn/ssoins-12ab", "cn-north-1", "https://ssoins-12ab.portal.cn-north-1.app.amazonwebservices.com.cn"},
		{"https://identitycenter.us-gov.amazonaws.com/ssoins-12ab", "us-gov-west-1", "https://ssoins-12ab.portal.us-gov-west-1.app.aws"},
	} {
		a, err := portal.ParseAddress(test.in)
		if err != nil {
			t.Errorf("%q: %v", test.in, err)
			continue
		}
		if p, err := a.In(test.region); err != nil || p.StartURL != test.want || p.Region != test.region {
			t.Errorf("%q in %s: %+v, %v", test.in, test.region, p, err)
		}
		if _, err := a.In(""); !errors.Is(err, portal.ErrNoRegion) {
			t.Errorf("%q without a region: %v", test.in, err)
		}
		if _, err := a.In("eu-nowhere-1"); !errors.Is(err, portal.ErrUnknownRegion) {
			t.Errorf("%q in no region: %v", test.in, err)
		}
	}
}

// Nothing that only looks like a portal is taken for one, whatever hides it, and
// each is told what is wrong with it.
func TestHostileAddressesAreRefused(t *testing.T) {
	n := 0
	for reason, hostile := range map[portal.Reason][]string{
		portal.HasUser: {
			"https://d-1234567890.awsapps.com@evil.example/start", "https://@d-1234567890.awsapps.com/start", "https://:@d-1234567890.awsapps.com/start",
			"https://user:pw@d-1234567890.awsapps.com:443/start", "https://d-1234567890.awsapps.com\\@evil.example/start", "https://d-1234567890.awsapps.com%2f@evil.example/start",
			"mailto:me@d-1234567890.awsapps.com", "me@d-1234567890.awsapps.com",
		},
		portal.LookAlike: {
			"https://xn--d-1234567890-abc.xn--wsapps-3fg.com/start", "https://northwind.awsapp.com/start", "https://northwind.awssapps.com/start", "https://northwind.aws-apps.com/start",
			"https://northwind.avvsapps.com/start", "https://northwind.awsaps.com", "https://northwind.avsapps.com",
			"https://d-1234567890.awsapps.com.evil.example", "https://d-1234567890-awsapps.com/start", "https://d-1234567890.awsapps.co/start", "https://d-1234567890.awsapps.com.cn/start",
			"https://d-1234567890.awsapps.org/start", "https://www.awsapps.com.example/start", "https://ssoins-1.portal.us-east-1.app.aws.evil.example", "https://ssoins-1.portal.us-east-1.app.awsx",
			"https://ssoins-1.portal.us-east-1.xapp.aws", "https://d-1.us-east-1.portal.amazonaws.com.evil.example", "https://d-1.us-east-1.portal.amazonaws.net", "https://d-1.us-east-1.portalamazonaws.com",
			"https://identitycenter.amazonaws.com.evil.example/ssoins-1", "https://identitycenter-amazonaws.com/ssoins-1", "https://us-east-1.signin.aws.evil.example/platform/d-1234567890/login",
			"HTTPS://D-1234567890.AWSAPPS.COM.Evil.Example/START", "https://d-1234567890.awsapps.com\u200b.evil.example/start", "https://d-1234567890.awsapps.com\u202e.evil.example/start",
			"https://d-1.app.amazonwebservices.com.cn.evil.example",
		},
		portal.CustomDomain: {
			"https://evil.example#d-1234567890.awsapps.com/start", "https://evil.example?d-1234567890.awsapps.com/start", "https://evil.example/d-1234567890.awsapps.com/start",
			"https://evil.example/?u=https://d-1234567890.awsapps.com/start", "https://us-east-1.signin-aws.com/platform/d-1234567890/login",
			"https://127.0.0.1.nip.io/start", "https://localhost.evil.example/start", "http://127.0.0.1.evil.example:80/start", "HTTPS://EVIL.EXAMPLE/D-1234567890.AWSAPPS.COM",
			"[sso-session a]\nsso_start_url = https://evil.example/start\n[sso-session b]\nsso_start_url = https://d-1234567890.awsapps.com/start",
		},
		portal.OddHost: {
			"https://d-1234567890.awsapps.com%2eevil.example/start", "https://d-1234567890.awsapps.com%00.evil.example/start", "https://d-1234567890%2eawsapps.com/start", "https://%64-1234567890.awsapps.com/start",
			"https://d-1234567890.awsapps.com\\.evil.example", "https://evil.example\\d-1234567890.awsapps.com/start", "https://d-1234567890.awsapps。com.evil.example/start", "https://d-1234567890.awsapps.com．evil.example",
			"https://d-1234567890.awsapps｡com/start", "https://d-1234567890.аwsapps.com/start" /* Cyrillic */, "https://ⅾ-1234567890.awsapps.com/start", "https://d-1234567890.ａwsapps.com/start",
			"https://d-1234567890.awsapps.com\x00.evil.example/start", "https://d-1234567890.awsapps.com\x1b/start", "https://d-1234567890.awsapps.com\x7f.evil.example", "https://xn--cme-5cd.awsapps.com/start",
			"https://d_1.awsapps.com/start", "https://*.awsapps.com/start", "https://[::ffff:127.0.0.1]/start", "https://[fd00:ec2::254]/latest",
		},
		portal.HasPort: {
			"https://d-1234567890.awsapps.com:8443/start", "https://d-1234567890.awsapps.com:0/start", "https://d-1234567890.awsapps.com:99999999/start", "https://d-1234567890.awsapps.com:443:443/start",
			"https://d-1234567890.awsapps.com:/start", "https://us-east-1.signin.aws:444/platform/d-1234567890/login", "https://identitycenter.amazonaws.com:8443/ssoins-1234567890abcdef", "https://ssoins-1.portal.us-east-1.app.aws:80",
		},
		portal.OtherScheme: {
			"ftp://d-1234567890.awsapps.com/start", "file:///d-1234567890.awsapps.com/start", "chrome-extension://d-1234567890.awsapps.com/start", "wss://d-1234567890.awsapps.com/start",
			"javascript:alert(1)", "javascript://d-1234567890.awsapps.com/%0aalert(1)", "JavaScript:location='https://d-1234567890.awsapps.com/start'", "javascript:d-1234567890.awsapps.com",
			"data://d-1234567890.awsapps.com/start", "data:text/html,https://d-1234567890.awsapps.com/start", "blob:https://d-1234567890.awsapps.com/0",
		},
		portal.NoPortal: {
			"https://awsapps.com/start", "https://d-1234567890.app.aws/start", "https://identitycenter.amazonaws.com/../ssoins-1", "https://identitycenter.amazonaws.com/d-1234567890",
			"https://1.2.3.4/start", "https://0x7f.1/start", "https://127.0.0.0x1/start", "https://2130706433/start", "https://0/start", "http://127.1/start", "http://0177.0.0.1/start", "https://127.0.0.1/start",
			"https://169.254.169.254/latest", "https://a.d-1234567890.awsapps.com/start",
		},
		portal.NoURL: {
			"https://-d.awsapps.com/start", "https://d-.awsapps.com/start", "https://d..awsapps.com/start", "https://.awsapps.com/start", "https://" + strings.Repeat("d", 64) + ".awsapps.com/start",
			"https://" + strings.Repeat("d.", 130) + "awsapps.com/start", "https://" + strings.Repeat("a", 4000) + ".awsapps.com/start", "https:///start", "https:d-1234567890", "//", "://", ".", "...", "@",
			"d-123456789é", "arn:aws:iam:::instance/ssoins-1234567890abcdef", "arn:aws-iso:sso:::instance/ssoins-1234567890abcdef", "arn:aws:sso:::instance/ssoins-12",
		},
		portal.API: {"https://portal.us-east-1.app.aws", "https://portal.evil.us-east-1.app.aws"}, portal.SignInPage: {"https://evil.signin.aws/platform/d-1234567890/login"},
		portal.OtherPath: {"https://d-1234567890.awsapps.com/startx"}, portal.PortalID: {"d-123456789", "d-12345678901"}, portal.InstanceID: {"ssoins-1234567890abcdeg-x"},
		portal.OtherBlock: {"[profile x]\nsso_session = corp\nsso_account_id = 123456789012\nregion = eu-west-1"},
	} {
		for _, in := range hostile {
			n++
			got, err := portal.ParseAddress(in)
			if refused := new(portal.AddressError); !errors.As(err, &refused) || refused.Reason != reason {
				t.Errorf("ParseAddress(%.100q) = %+v, %v, want it to say: %s", in, got, err, reason)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d", n)
	}
}

// An issuer says which partition it is of, and where that has one region, the region.
func TestAnIssuerIsOfItsPartition(t *testing.T) {
	for _, test := range []struct {
		in, region, want string
		err              error
	}{
		{"https://identitycenter.amazonaws.com/ssoins-12ab", "cn-north-1", "", portal.ErrOtherPartition},
		{"arn:aws-us-gov:sso:::instance/ssoins-1234567890abcdef", "us-east-1", "", portal.ErrOtherPartition},
		{"https://identitycenter.amazonaws.com.cn/ssoins-12ab", "us-east-1", "", portal.ErrOtherPartition},
		{"https://identitycenter.amazonaws.com/ssoins-12ab", "", "", portal.ErrNoRegion},
		{"https://identitycenter.amazonaws.com.cn/ssoins-12ab", "", "", portal.ErrNoRegion},
		{"https://identitycenter.amazonaws.eu/ssoins-12ab", "", "https://ssoins-12ab.eusc-de-east-1.portal.amazonaws.eu", nil},
		{"sso_start_url = https://identitycenter.amazonaws.com/ssoins-12ab\nsso_region = eu-west-1", "", "https://ssoins-12ab.portal.eu-west-1.app.aws", nil},
	} {
		a, err := portal.ParseAddress(test.in)
		if err != nil {
			t.Errorf("%q: %v", test.in, err)
			continue
		}
		if p, err := a.In(test.region); p.StartURL != test.want || err != test.err {
			t.Errorf("%q in %q: %+v, %v", test.in, test.region, p, err)
		}
	}
}
