package ssocore

import (
	"context"
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
		{"portal endpoint", Options{Region: "x", Endpoint: "x", Fetcher: fetcher}, "portal endpoint: must be"},
		{"oidc endpoint", Options{Region: "x", OIDCEndpoint: "https://u@x", Fetcher: fetcher}, "oidc endpoint: must be"},
	}
	for _, test := range tests {
		c, err := New(test.o)
		if (err == nil) != (test.want == "") || (c == nil) != (err != nil) || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
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
