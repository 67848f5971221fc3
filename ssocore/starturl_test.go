package ssocore

import (
	"errors"
	"strings"
	"testing"
)

func TestParseStartURL(t *testing.T) {
	alias := StartURL{URL: "https://d-1234567890.awsapps.com/start", Partition: PartitionAWS}
	root := StartURL{URL: "https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", Region: "eu-west-1", Partition: PartitionAWS}
	tests := []struct {
		in   string
		want StartURL
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
		{"https://my-company.awsapps.cn/start", StartURL{URL: "https://my-company.awsapps.cn/start", Partition: PartitionChina}},

		{"https://start.us-gov-home.awsapps.com/directory/d-123", StartURL{URL: "https://start.us-gov-home.awsapps.com/directory/d-123", Partition: PartitionGov}},
		{"start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-123/#/", StartURL{URL: "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-123", Region: "us-gov-west-1", Partition: PartitionGov}},
		{"https://start.home.awsapps.cn/directory/d-123", StartURL{URL: "https://start.home.awsapps.cn/directory/d-123", Partition: PartitionChina}},
		{"https://start.cn-north-1.home.awsapps.cn/directory/d-123/", StartURL{URL: "https://start.cn-north-1.home.awsapps.cn/directory/d-123", Region: "cn-north-1", Partition: PartitionChina}},

		{"https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws", root},
		{"ssoins-1234567890abcdef.portal.eu-west-1.app.aws/#/?tab=accounts", root},
		{"https://ssoins-1.portal.us-gov-east-1.app.aws/", StartURL{URL: "https://ssoins-1.portal.us-gov-east-1.app.aws", Region: "us-gov-east-1", Partition: PartitionGov}},
		{"https://d-1.eu-north-1.portal.amazonaws.com", StartURL{URL: "https://d-1.eu-north-1.portal.amazonaws.com", Region: "eu-north-1", Partition: PartitionAWS}},
		{"https://d-1.cn-north-1.portal.amazonaws.com.cn/", StartURL{URL: "https://d-1.cn-north-1.portal.amazonaws.com.cn", Region: "cn-north-1", Partition: PartitionChina}},
		{"https://d-1.eusc-de-east-1.portal.amazonaws.eu", StartURL{URL: "https://d-1.eusc-de-east-1.portal.amazonaws.eu", Region: "eusc-de-east-1", Partition: PartitionEUSC}},
		{"https://d-1.portal.cn-northwest-1.app.amazonwebservices.com.cn", StartURL{URL: "https://d-1.portal.cn-northwest-1.app.amazonwebservices.com.cn", Region: "cn-northwest-1", Partition: PartitionChina}},
		{"https://d-1.app.amazonwebservices.com.cn", StartURL{URL: "https://d-1.app.amazonwebservices.com.cn", Partition: PartitionChina}},
		{"https://d-1.portal.eusc-de-east-1.api.amazonwebservices.eu/", StartURL{URL: "https://d-1.portal.eusc-de-east-1.api.amazonwebservices.eu", Region: "eusc-de-east-1", Partition: PartitionEUSC}},

		{"https://identitycenter.amazonaws.com/ssoins-12ab", StartURL{URL: "https://identitycenter.amazonaws.com/ssoins-12ab", Partition: PartitionAWS, Issuer: true}},
		{"identitycenter.amazonaws.com.cn/ssoins-12ab/", StartURL{URL: "https://identitycenter.amazonaws.com.cn/ssoins-12ab", Partition: PartitionChina, Issuer: true}},
		{"https://identitycenter.amazonaws.eu/ssoins-12ab", StartURL{URL: "https://identitycenter.amazonaws.eu/ssoins-12ab", Partition: PartitionEUSC, Issuer: true}},
		{"https://identitycenter.us-gov.amazonaws.com/ssoins-12ab", StartURL{URL: "https://identitycenter.us-gov.amazonaws.com/ssoins-12ab", Partition: PartitionGov, Issuer: true}},

		{"http://127.0.0.1:8080/start", StartURL{URL: "http://127.0.0.1:8080/start", Loopback: true}},
		{"127.0.0.1:8080", StartURL{URL: "http://127.0.0.1:8080/start", Loopback: true}},
		{"http://localhost/start/#/", StartURL{URL: "http://localhost/start", Loopback: true}},
	}
	for _, test := range tests {
		got, err := ParseStartURL(test.in)
		if err != nil || got != test.want {
			t.Errorf("ParseStartURL(%q) = %+v, %v, want %+v", test.in, got, err, test.want)
		}
		if again, err := ParseStartURL(got.URL); err != nil || again != got {
			t.Errorf("its canonical form %q becomes %+v, %v", got.URL, again, err)
		}
	}
}

func TestParseStartURLRefuses(t *testing.T) {
	tests := []struct{ in, reason, customDomain string }{
		{"", "no host", ""},
		{"https://", "no host", ""},
		{"   ", "no host", ""},
		{"ftp://d-1.awsapps.com/start", "does not begin with https://", ""},
		{"javascript://d-1.awsapps.com/start", "does not begin with https://", ""},
		{"https://user:pw@d-1.awsapps.com/start", "not a host name", ""},
		{"https://d-1.awsapps.com:x/start", "not a host name", ""},
		{"https://d-1.awsapps.com\\@evil.com/start", "not a host name", ""},
		{"https://[::1]/start", "not a host name", ""},
		{"https://d_1.awsapps.com/start", "not a host name", ""},
		{"https://пример.awsapps.com/start", "not a host name", ""},
		{"https://d-1.awsapps.com:8443/start", "not an access portal", ""},
		{"https://d-1.awsapps.com/mail", "not an access portal", ""},
		{"https://d-1.awsapps.com/starting", "not an access portal", ""},
		{"https://a.b.awsapps.com/start", "not an access portal", ""},
		{"https://start.us-gov-home.awsapps.com/directory/", "not an access portal", ""},
		{"https://start.cn-north-1.us-gov-home.awsapps.com/directory/d-1", "not an access portal", ""},
		{"https://start.awsapps.com/start", "not an access portal", ""},
		{"https://portal.sso.eu-west-1.amazonaws.com", "not an access portal", ""},
		{"https://oidc.eusc-de-east-1.api.amazonwebservices.eu", "not an access portal", ""},
		{"https://eu-west-1.console.aws.amazon.com/", "not an access portal", ""},
		{"https://d-1.portal.nowhere.app.aws", "not an access portal", ""},
		{"https://d-1.us-east-1.portal.amazonaws.com.cn", "not an access portal", ""},
		{"https://identitycenter.amazonaws.com/", "not an access portal", ""},
		{"https://127.0.0.1/start", "not an access portal", ""},
		{"http://127.0.0.1/other", "not an access portal", ""},
		{"http://192.168.1.1/start", "not an access portal", ""},
		{"mycompany", "not an access portal", ""},
		{"https://sso.example.com", "paste the address you land on", "sso.example.com"},
		{"https://d-1.awsapps.com.evil.com/start", "paste the address you land on", "d-1.awsapps.com.evil.com"},
	}
	for _, test := range tests {
		got, err := ParseStartURL(test.in)
		var refused *StartURLError
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, test.reason) || refused.CustomDomain != test.customDomain {
			t.Errorf("ParseStartURL(%q) = %+v, %v, want an error about %q", test.in, got, err, test.reason)
			continue
		}
		if !strings.HasPrefix(err.Error(), "not a start url: ") || !strings.Contains(err.Error(), "https://d-1234567890.awsapps.com/start") {
			t.Errorf("text is %q, which does not say what a start URL looks like", err)
		}
	}
}

func FuzzParseStartURL(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseStartURL(s)
		if err != nil {
			if refused := new(StartURLError); !errors.As(err, &refused) {
				t.Fatalf("error is %T", err)
			}
			return
		}
		if again, err := ParseStartURL(u.URL); err != nil || again != u {
			t.Errorf("%q becomes %+v, which becomes %+v, %v", s, u, again, err)
		}
		if !u.Loopback && !strings.HasPrefix(u.URL, "https://") || strings.ContainsAny(u.URL, "#?@\\ \n") || u.Loopback == (u.Partition != "") {
			t.Errorf("%q becomes %+v", s, u)
		}
	})
}
