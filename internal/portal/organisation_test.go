package portal_test

import (
	"testing"

	"portico/internal/portal"
)

func TestAddressesOfOneOrganisationShareItsID(t *testing.T) {
	for _, one := range []struct {
		id        string
		addresses []string
	}{
		{"d-1234567890", []string{"https://d-1234567890.awsapps.com/start", "https://d-1234567890.eu-west-1.portal.amazonaws.com", "https://d-1234567890.portal.us-east-1.app.aws"}},
		{"ssoins-1", []string{"https://ssoins-1.portal.eu-west-1.app.aws", "https://ssoins-1.portal.us-east-1.app.aws", "https://ssoins-1.us-west-2.portal.amazonaws.com", "https://identitycenter.amazonaws.com/ssoins-1"}},
		{"acme", []string{"https://acme.awsapps.com/start", "http://acme.awsapps.com.localhost:8080/start"}},
		{"d-1", []string{"https://start.us-gov-home.awsapps.com/directory/d-1", "https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1", "https://d-1.portal.us-gov-west-1.app.aws"}},
		{"d-1", []string{"https://start.cn-north-1.home.awsapps.cn/directory/d-1", "https://d-1.awsapps.cn/start", "https://d-1.portal.cn-north-1.app.amazonwebservices.com.cn", "https://d-1.cn-northwest-1.portal.amazonaws.com.cn", "https://d-1.app.amazonwebservices.com.cn"}},
		{"d-1", []string{"https://d-1.eusc-de-east-1.portal.amazonaws.eu", "https://d-1.portal.eusc-de-east-1.app.amazonwebservices.eu", "https://d-1.eusc-de-east-1.api.amazonwebservices.eu"}},
	} {
		for _, a := range one.addresses {
			for _, b := range one.addresses {
				if got := (portal.Portal{StartURL: a}).Shared(portal.Portal{StartURL: b}); got != one.id {
					t.Errorf("%s and %s share %q", a, b, got)
				}
			}
		}
	}
}

func TestAddressesOfOthersShareNothing(t *testing.T) {
	all := []string{
		"https://d-1.awsapps.com/start", "https://d-2.awsapps.com/start", "https://acme.awsapps.com/start", "https://ssoins-1.portal.eu-west-1.app.aws",
		"https://start.us-gov-home.awsapps.com/directory/d-1", "https://start.home.awsapps.cn/directory/d-1", "https://d-1.eusc-de-east-1.portal.amazonaws.eu",
		"http://127.0.0.1:8080/start", "http://127.0.0.1:9090/start", "http://localhost/start", "chrome-extension://d-1/" + portal.DemoPage, "chrome-extension://d-1/x" + portal.DemoPage, "",
	}
	for i, a := range all {
		for j, b := range all {
			if got := (portal.Portal{StartURL: a}).Shared(portal.Portal{StartURL: b}); i != j && got != "" {
				t.Errorf("%q and %q share %q", a, b, got)
			}
		}
	}
}
