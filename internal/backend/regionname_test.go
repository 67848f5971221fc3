package backend

import (
	"strings"
	"testing"

	"portico/ssocore/endpoints"
)

func TestTheRegionThatWasMeantIsFound(t *testing.T) {
	for typed, want := range map[string]string{
		"ireland": "eu-west-1", "Frankfurt": "eu-central-1", "london": "eu-west-2", "virginia": "us-east-1", "N. Virginia": "us-east-1",
		"US East (Ohio)": "us-east-2", "Europe (Ireland)": "eu-west-1", "Asia Pacific (Tokyo)": "ap-northeast-1", "sydney": "ap-southeast-2",
		"São Paulo": "sa-east-1", "sao paulo": "sa-east-1", "mumbai": "ap-south-1", "Oregon": "us-west-2", "Zürich": "eu-central-2",
		"us-eats-1": "us-east-1", "EU West 1": "eu-west-1", "eu-west1": "eu-west-1", "eu_west_1": "eu-west-1", "euwest1": "eu-west-1",
		"eu-west-1a": "eu-west-1", "us-east-1d": "us-east-1", "eu-wset-2": "eu-west-2", "eu-cental-1": "eu-central-1", "frankfrut": "eu-central-1", "irland": "eu-west-1",
		"GovCloud": "us-gov-east-1 us-gov-west-1", "AWS GovCloud (US)": "us-gov-east-1 us-gov-west-1", "AWS GovCloud (US-West)": "us-gov-west-1", "GovCloud US East": "us-gov-east-1",
		"China": "cn-north-1 cn-northwest-1", "AWS China": "cn-north-1 cn-northwest-1", "China (Ningxia)": "cn-northwest-1", "AWS European Sovereign Cloud": "eusc-de-east-1",
		"govcloud west": "us-gov-west-1", "us-east-3": "us-east-1 us-east-2",
		"us-moon-1": "", "": "", "x": "", "somewhere else": "", "eu-west-1.example.com": "", "ap-southeast-9": "",
	} {
		if got := strings.Join(meantRegions(typed), " "); got != want {
			t.Errorf("%q may mean %q, want %q", typed, got, want)
		}
	}
}

func TestPlacesLeadToRegions(t *testing.T) {
	named := map[string]bool{}
	for place, region := range places {
		if _, ok := endpoints.LookupRegion(region); !ok || place != squeeze(place) {
			t.Errorf("%q leads to %q", place, region)
		}
		named[region] = true
	}
	for _, r := range endpoints.Regions() {
		if !named[r.Name] {
			t.Errorf("no place leads to %s", r.Name)
		}
	}
}
