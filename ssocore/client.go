package ssocore

import (
	"errors"
	"fmt"
	"math/rand/v2"
)

// Options configures a [Client]. Fetcher is required; so is Region, unless
// both endpoints are given.
type Options struct {
	// Region is where the organisation's Identity Center lives.
	Region string

	// Endpoint and OIDCEndpoint replace the base URL of the portal API and of
	// the OIDC API. Empty means the region's own.
	Endpoint     string
	OIDCEndpoint string

	// Fetcher sends the requests.
	Fetcher Fetcher

	// Clock is used for waiting between attempts; nil means [SystemClock].
	Clock Clock

	// Random returns numbers in [0,1) that spread retries; nil means
	// math/rand/v2.
	Random func() float64

	// Limiter paces the portal operations; nil means that each call retries on
	// its own. Clients of one portal share one Limiter. OIDC operations have a
	// quota of their own and are not paced.
	Limiter *Limiter
}

// Client calls the SSO portal API and the SSO OIDC API of one region. It keeps
// no state between calls and is safe for concurrent use.
type Client struct {
	fetcher Fetcher
	clock   Clock
	random  func() float64
	limiter *Limiter
	portal  service
	oidc    service
}

// service is one of the two APIs: where it is and which errors it models.
type service struct {
	endpoint   endpoint
	exceptions map[string]exception
	oauth      bool // errors carry the members of RFC 6749 section 5.2
}

// New returns a client. It fails when the region can't be part of a host name,
// when an endpoint is not an http or https URL, or without a Fetcher.
func New(o Options) (*Client, error) {
	if o.Fetcher == nil {
		return nil, errors.New("sso client: no fetcher")
	}
	if o.Endpoint == "" || o.OIDCEndpoint == "" {
		if err := checkRegion(o.Region); err != nil {
			return nil, fmt.Errorf("sso client: %w", err)
		}
	}
	portal, err := parseEndpoint(orElse(o.Endpoint, PortalEndpoint(o.Region)))
	if err != nil {
		return nil, fmt.Errorf("sso client: portal %w", err)
	}
	oidc, err := parseEndpoint(orElse(o.OIDCEndpoint, OIDCEndpoint(o.Region)))
	if err != nil {
		return nil, fmt.Errorf("sso client: oidc %w", err)
	}
	c := &Client{
		fetcher: o.Fetcher,
		clock:   o.Clock,
		random:  o.Random,
		limiter: o.Limiter,
		portal:  service{endpoint: portal, exceptions: portalExceptions},
		oidc:    service{endpoint: oidc, exceptions: oidcExceptions, oauth: true},
	}
	if c.clock == nil {
		c.clock = SystemClock{}
	}
	if c.random == nil {
		c.random = rand.Float64
	}
	return c, nil
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
