package ssocore

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestNewChecksItsOptions(t *testing.T) {
	fetcher := answer(200, nil, "{}")
	tests := []struct {
		name string
		o    Options
		want string // "" for no error
	}{
		{"region", Options{Region: "eu-west-1", Fetcher: fetcher}, ""},
		{"both endpoints", Options{Region: "x", Endpoint: "http://127.0.0.1:1", OIDCEndpoint: "HTTP://127.0.0.1:1", Fetcher: fetcher}, ""},
		{"no fetcher", Options{Region: "eu-west-1"}, "no fetcher"},
		{"no region", Options{Fetcher: fetcher}, "no region"},
		{"no region beside endpoints", Options{Endpoint: "https://x", OIDCEndpoint: "https://x", Fetcher: fetcher}, "no region"},
		{"nothing but fips", Options{Region: "fips-", Fetcher: fetcher}, "not a host label"},
		{"no dual-stack", Options{Region: "us-isof-east-1", DualStack: true, Fetcher: fetcher}, "portal endpoint: region us-isof-east-1 has no dual-stack endpoint"},
		{"region with a path", Options{Region: "x/y", Fetcher: fetcher}, "not a host label"},
		{"region with a host", Options{Region: "x.evil.com", Fetcher: fetcher}, "not a host label"},
		{"portal endpoint", Options{Region: "x", Endpoint: "x", Fetcher: fetcher}, "portal endpoint must be"},
		{"oidc endpoint", Options{Region: "x", OIDCEndpoint: "https://u@x", Fetcher: fetcher}, "oidc endpoint must be"},
	}
	for _, test := range tests {
		c, err := New(test.o)
		if (err == nil) != (test.want == "") || (c == nil) != (err != nil) || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

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
		if got := PortalEndpoint(region); got != "https://portal.sso."+want {
			t.Errorf("portal of %s is at %s", region, got)
		}
		if got := OIDCEndpoint(region); got != "https://oidc."+want {
			t.Errorf("oidc of %s is at %s", region, got)
		}
	}
}

func TestEndpointsHaveVariants(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{PortalEndpoint("eu-west-1", FIPS), "https://portal.sso-fips.eu-west-1.amazonaws.com"},
		{PortalEndpoint("eu-west-1", DualStack), "https://portal.sso.eu-west-1.api.aws"},
		{OIDCEndpoint("eu-west-1", FIPS, DualStack), "https://oidc-fips.eu-west-1.api.aws"},
		{OIDCEndpoint("us-gov-west-1", FIPS), "https://oidc.us-gov-west-1.amazonaws.com"},
		{OIDCEndpoint("us-gov-west-1", FIPS|DualStack), "https://oidc-fips.us-gov-west-1.api.aws"},
		{OIDCEndpoint("cn-north-1", DualStack), "https://oidc.cn-north-1.api.amazonwebservices.com.cn"},
		{OIDCEndpoint("eu-isoe-west-1", DualStack), ""},
	} {
		if test.got != test.want {
			t.Errorf("endpoint is %q, want %q", test.got, test.want)
		}
	}
}

func TestRegionsAreSoundAndTheCallersOwn(t *testing.T) {
	all := Regions()
	if len(all) < 39 {
		t.Errorf("%d regions", len(all))
	}
	names := map[string]bool{}
	for _, r := range all {
		if checkRegion(r.Name) != nil || names[r.Name] || partitionOf(r.Name).name != r.Partition || !isRegion(r.Name, r.Partition) {
			t.Errorf("region %+v is malformed, twice there or in the wrong partition", r)
		}
		names[r.Name] = true
		if found, ok := LookupRegion(r.Name); !ok || found != r {
			t.Errorf("LookupRegion(%s) = %+v, %v", r.Name, found, ok)
		}
	}
	all[0].Name = "changed"
	if slices.Equal(all, Regions()) {
		t.Error("Regions returns the table itself")
	}
	if _, ok := LookupRegion("us-moon-1"); ok {
		t.Error("found an unknown region")
	}
}

func TestSystemClockSleepsAndWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var clock SystemClock
		start := clock.Now()
		if err := clock.Sleep(t.Context(), time.Second); err != nil || clock.Now().Sub(start) != time.Second {
			t.Errorf("slept %v, %v", clock.Now().Sub(start), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := clock.Sleep(ctx, time.Hour); err != context.DeadlineExceeded || clock.Now().Sub(start) != 61*time.Second {
			t.Errorf("woke after %v, %v", clock.Now().Sub(start), err)
		}
		if err := clock.Sleep(ctx, 0); err != context.DeadlineExceeded {
			t.Errorf("a sleep of nothing = %v", err)
		}
	})
}
