package endpoints_test

import (
	"slices"
	"testing"

	"portico/ssocore/endpoints"
)

func TestEndpointsFollowThePartition(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1":      "eu-west-1.amazonaws.com",
		"us-gov-west-1":  "us-gov-west-1.amazonaws.com",
		"cn-north-1":     "cn-north-1.amazonaws.com.cn",
		"aws-cn-global":  "aws-cn-global.amazonaws.com.cn",
		"cn-north":       "cn-north.amazonaws.com",
		"cn-north-x":     "cn-north-x.amazonaws.com",
		"eusc-de-east-1": "eusc-de-east-1.amazonaws.eu",
		"us-iso-east-1":  "us-iso-east-1.c2s.ic.gov",
		"xx-moon-7":      "xx-moon-7.amazonaws.com",
	} {
		if got := endpoints.Portal(region); got != "https://portal.sso."+want {
			t.Errorf("portal of %s is at %s", region, got)
		}
		if got := endpoints.OIDC(region); got != "https://oidc."+want {
			t.Errorf("oidc of %s is at %s", region, got)
		}
	}
}

func TestEndpointsHaveVariants(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{endpoints.Portal("eu-west-1", endpoints.FIPS), "https://portal.sso-fips.eu-west-1.amazonaws.com"},
		{endpoints.Portal("eu-west-1", endpoints.DualStack), "https://portal.sso.eu-west-1.api.aws"},
		{endpoints.OIDC("eu-west-1", endpoints.FIPS, endpoints.DualStack), "https://oidc-fips.eu-west-1.api.aws"},
		{endpoints.OIDC("us-gov-west-1", endpoints.FIPS), "https://oidc.us-gov-west-1.amazonaws.com"},
		{endpoints.OIDC("us-gov-west-1", endpoints.FIPS|endpoints.DualStack), "https://oidc-fips.us-gov-west-1.api.aws"},
		{endpoints.OIDC("cn-north-1", endpoints.DualStack), "https://oidc.cn-north-1.api.amazonwebservices.com.cn"},
		{endpoints.OIDC("eu-isoe-west-1", endpoints.DualStack), ""},
	} {
		if test.got != test.want {
			t.Errorf("endpoint is %q, want %q", test.got, test.want)
		}
	}
}

func TestRegionsAreSoundAndTheCallersOwn(t *testing.T) {
	all := endpoints.Regions()
	if len(all) < 39 {
		t.Errorf("%d regions", len(all))
	}
	names := map[string]bool{}
	for _, r := range all {
		if !endpoints.IsHostLabel(r.Name) || names[r.Name] || endpoints.PartitionOf(r.Name) != r.Partition {
			t.Errorf("region %+v is malformed, twice there or in the wrong partition", r)
		}
		names[r.Name] = true
		if found, ok := endpoints.LookupRegion(r.Name); !ok || found != r {
			t.Errorf("LookupRegion(%s) = %+v, %v", r.Name, found, ok)
		}
	}
	all[0].Name = "changed"
	if slices.Equal(all, endpoints.Regions()) {
		t.Error("Regions returns the table itself")
	}
	if _, ok := endpoints.LookupRegion("us-moon-1"); ok {
		t.Error("found an unknown region")
	}
}
