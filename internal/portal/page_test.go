package portal_test

import (
	"net/url"
	"strings"
	"testing"

	"portico/internal/portal"
)

const (
	acme = "https://acme.awsapps.com/start"
	lab  = "http://127.0.0.1:8080/start"

	// mirror stands for a portal of AWS's.
	mirror = "http://d-1.portal.us-east-1.app.aws.localhost:9"
)

func TestPagesOfThePortalAndOfAWSMayBeOpened(t *testing.T) {
	for _, test := range []struct{ page, startURL, host string }{
		{"https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH", acme, "acme.awsapps.com"},
		{"https://acme.awsapps.com", acme, "acme.awsapps.com"},
		{"https://acme.awsapps.com?user_code=A", acme, "acme.awsapps.com"},
		{"https://acme.awsapps.com#/device", acme, "acme.awsapps.com"},
		{"https://d-1234567890.awsapps.com/start/#/device", acme, "d-1234567890.awsapps.com"},
		{"https://acme.awsapps.cn/start/#/device", "https://acme.awsapps.cn/start", "acme.awsapps.cn"},
		{"https://start.us-gov-home.awsapps.com/directory/d-1#/device", acme, "start.us-gov-home.awsapps.com"},
		{"https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1", acme, "start.us-gov-west-1.us-gov-home.awsapps.com"},
		{"https://start.cn-north-1.home.awsapps.cn/directory/d-1", acme, "start.cn-north-1.home.awsapps.cn"},
		{"https://ssoins-1.portal.eu-west-1.app.aws/#/device", acme, "ssoins-1.portal.eu-west-1.app.aws"},
		{"https://ssoins-1.us-east-1.portal.amazonaws.com/#/device", acme, "ssoins-1.us-east-1.portal.amazonaws.com"},
		{"https://ssoins-1.cn-north-1.portal.amazonaws.com.cn/", acme, "ssoins-1.cn-north-1.portal.amazonaws.com.cn"},
		{"https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu/", acme, "ssoins-1.eusc-de-east-1.portal.amazonaws.eu"},
		{"https://ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn/", acme, "ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn"},
		{"https://ssoins-1.portal.eusc-de-east-1.app.amazonwebservices.eu/", acme, "ssoins-1.portal.eusc-de-east-1.app.amazonwebservices.eu"},
		{"https://ssoins-1.eusc-de-east-1.api.amazonwebservices.eu/", acme, "ssoins-1.eusc-de-east-1.api.amazonwebservices.eu"},
		{"https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH", acme, "device.sso.us-east-1.amazonaws.com"},
		{"https://device.sso.us-gov-west-1.amazonaws.com/", acme, "device.sso.us-gov-west-1.amazonaws.com"},
		{"https://device.sso.cn-north-1.amazonaws.com.cn/", acme, "device.sso.cn-north-1.amazonaws.com.cn"},
		{"https://device.sso.eusc-de-east-1.amazonaws.eu/", acme, "device.sso.eusc-de-east-1.amazonaws.eu"},
		{"http://127.0.0.1:8080/device?user_code=ABCD-EFGH", lab, "127.0.0.1:8080"},
		{"http://127.0.0.1:8080", lab, "127.0.0.1:8080"},
		{"http://localhost:9/device", "http://localhost:9/start", "localhost:9"},
		{"http://d-1.us-east-1.portal.amazonaws.com.localhost:9/#/device", mirror, "d-1.us-east-1.portal.amazonaws.com.localhost:9"},
	} {
		if host, err := (portal.Portal{StartURL: test.startURL}).ApprovalHost(test.page); err != nil || host != test.host {
			t.Errorf("%s: got %q, %v", test.page, host, err)
		}
	}
}

func TestAllOtherPagesAreRefused(t *testing.T) {
	for _, test := range []struct{ name, page string }{
		{"nothing", ""},
		{"no scheme", "acme.awsapps.com/start"},
		{"scheme relative", "//acme.awsapps.com/start"},
		{"no host", "https://"},
		{"no host but a path", "https:///acme.awsapps.com/"},
		{"http", "http://acme.awsapps.com/start"},
		{"javascript", "javascript:alert(1)//https://acme.awsapps.com/"},
		{"javascript with slashes", "javascript://acme.awsapps.com/%0aalert(1)"},
		{"data", "data:text/html,https://acme.awsapps.com/"},
		{"file", "file://acme.awsapps.com/etc"},
		{"extension page", "chrome-extension://acme.awsapps.com/x"},
		{"other host", "https://evil.example/"},
		{"AWS host in the path", "https://evil.example/acme.awsapps.com"},
		{"AWS host in the query", "https://evil.example?acme.awsapps.com"},
		{"AWS host in the fragment", "https://evil.example#.awsapps.com"},
		{"user", "https://acme.awsapps.com@evil.example/"},
		{"user of an AWS host", "https://evil.example@acme.awsapps.com/"},
		{"user and password", "https://a:b@acme.awsapps.com/"},
		{"backslash for a slash", `https://evil.example\.awsapps.com/`},
		{"backslash before an at sign", `https://acme.awsapps.com\@evil.example/`},
		{"backslashes after the scheme", `https:\\acme.awsapps.com/`},
		{"backslash in the path", `https://acme.awsapps.com/\..`},
		{"port", "https://acme.awsapps.com:8443/"},
		{"usual port", "https://acme.awsapps.com:443/"},
		{"look-alike", "https://evilawsapps.com/"},
		{"look-alike behind", "https://acme.awsapps.com.evil.example/"},
		{"look-alike with a hyphen", "https://acme-awsapps.com/"},
		{"the bare domain", "https://awsapps.com/"},
		{"domain with an empty label before", "https://.awsapps.com/"},
		{"empty label", "https://acme..awsapps.com/"},
		{"final dot", "https://acme.awsapps.com./"},
		{"other amazonaws host", "https://bucket.s3.amazonaws.com/"},
		{"device host without a region", "https://device.sso.amazonaws.com/"},
		{"device host below a bucket", "https://device.sso.bucket.s3.amazonaws.com/"},
		{"device host of another domain", "https://device.sso.us-east-1.evil.example/"},
		{"device host behind another label", "https://x.device.sso.us-east-1.amazonaws.com/"},
		{"upper case", "https://ACME.AWSAPPS.COM/"},
		{"upper case scheme", "HTTPS://acme.awsapps.com/"},
		{"escaped host", "https://evil%2eexample%2f.awsapps.com/"},
		{"tab in the host", "https://evil.example\t/.awsapps.com/"},
		{"newline in the host", "https://acme\n.awsapps.com/"},
		{"blank before", " https://acme.awsapps.com/"},
		{"blank in the path", "https://acme.awsapps.com/a b"},
		{"letters of other scripts", "https://аcme.awsapps.com/"},
		{"full-width slash", "https://evil.example／.awsapps.com/"},
		{"bidirectional override in the path", "https://acme.awsapps.com/\u202e"},
		{"loopback that is not the portal's own", "http://127.0.0.1:9/device"},
		{"the portal's address as user", "http://127.0.0.1:8080@evil.example/"},
		{"the portal's address and more", "http://127.0.0.1:8080.evil.example/"},
		{"the portal's host by another scheme", "https://127.0.0.1:8080/device"},
		{"the portal's host without its port", "http://127.0.0.1/device"},
		{"another port of what stands for the portal", "http://d-1.portal.us-east-1.app.aws.localhost:10/"},
		{"what stands for no host of AWS's", "http://evil.example.localhost:9/"},
		{"another host below the portal's port", "http://d-1.portal.us-east-1.app.aws:9/"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, startURL := range []string{acme, lab, mirror, ""} {
				if host, err := (portal.Portal{StartURL: startURL}).ApprovalHost(test.page); err != portal.ErrPage || host != "" {
					t.Errorf("%q for %q: got %q, %v", test.page, startURL, host, err)
				}
			}
		})
	}
}

// What ApprovalHost names is where a parser that follows the standard goes.
func FuzzApprovalHost(f *testing.F) {
	for _, page := range []string{"https://acme.awsapps.com/start/#/device?user_code=A", "http://127.0.0.1:8080/device", "https://a@b.awsapps.com",
		`https://x\.awsapps.com`, "https://.awsapps.com", "https://device.sso.us-east-1.amazonaws.com", "https://[::1].awsapps.com/", "https://a%2f.app.aws"} {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page string) {
		host, err := portal.Portal{StartURL: lab}.ApprovalHost(page)
		if err != nil {
			if host != "" {
				t.Errorf("%q: %q and an error", page, host)
			}
			return
		}
		authority, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(page, "https://"), "http://"), "/")
		if u, err := url.Parse(page); err == nil && (u.Host != host || u.User != nil) {
			t.Errorf("%q is at %q, not at %q", page, u.Host, host)
		}
		if !strings.HasPrefix(authority, host) {
			t.Errorf("%q does not begin with %q", page, host)
		}
	})
}
