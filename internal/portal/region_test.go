package portal_test

import (
	"testing"

	"portico/internal/portal"
)

func TestAPortalIsInARegionOfItsAddress(t *testing.T) {
	const alias, named, china = "https://acme.awsapps.com/start", "https://ssoins-1.portal.eu-west-1.app.aws", "https://acme.awsapps.cn/start"
	for _, test := range []struct {
		address, region, in string
		err                 error
	}{
		{alias, "eu-west-1", "eu-west-1", nil},
		{alias, "", "", portal.ErrNoRegion},
		{alias, "us-moon-1", "", portal.ErrUnknownRegion},
		{alias, "EU-West-1", "", portal.ErrUnknownRegion},
		{alias, "cn-north-1", "", portal.ErrOtherPartition},
		{named, "", "eu-west-1", nil},
		{named, "eu-west-1", "eu-west-1", nil},
		{named, "us-east-1", "", portal.ErrOtherRegion},
		{named, "us-moon-1", "", portal.ErrOtherRegion},
		{"https://ssoins-1.portal.us-moon-1.app.aws", "", "", portal.ErrUnknownRegion},
		{china, "cn-northwest-1", "cn-northwest-1", nil},
		{china, "us-east-1", "", portal.ErrOtherPartition},
		{"http://127.0.0.1:8080/start", "cn-north-1", "cn-north-1", nil},
		{"http://127.0.0.1:8080/start", "", "", portal.ErrNoRegion},
	} {
		a, err := portal.ParseAddress(test.address)
		if err != nil {
			t.Fatal(err)
		}
		want := portal.Portal{}
		if test.err == nil {
			want = portal.Portal{StartURL: a.URL, Region: test.in}
		}
		if p, err := a.In(test.region); p != want || err != test.err || p.Known() != (err == nil) {
			t.Errorf("%s in %q: %+v, %v", test.address, test.region, p, err)
		}
	}
}
