package ssocore

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"

	"portico/internal/wrap"
	"portico/ssocore/endpoints"
)

// Options configures a [Client]. Region and Fetcher are required.
type Options struct {
	// Region is where the organisation's Identity Center lives. One that begins
	// or ends with "fips" means FIPS endpoints, as in older configurations.
	Region string

	// FIPS and DualStack choose among a region's endpoints: those whose
	// cryptography is FIPS 140 validated, those that speak IPv6 as well.
	FIPS      bool
	DualStack bool

	// Endpoint and OIDCEndpoint replace the base URL of the portal API and of
	// the OIDC API. Empty means the region's own.
	Endpoint     string
	OIDCEndpoint string

	// Fetcher sends the requests.
	Fetcher Fetcher

	// Clock is used for waiting between attempts and for the time in presigned
	// URLs; nil means [SystemClock].
	Clock Clock

	// Random returns numbers in [0,1) that spread retries; nil means
	// math/rand/v2.
	Random func() float64

	// MaxAttempts is how many requests a call may make; 0 means 3.
	MaxAttempts int

	// Limiter paces the portal operations; nil means that each call retries on
	// its own. Clients of one portal share one Limiter. OIDC operations have a
	// quota of their own and are not paced.
	Limiter *Limiter
}

// Client calls the SSO portal API and the SSO OIDC API of one region. Between
// calls it keeps only how much was spent on retries and how the service's clock
// differs. It is safe for concurrent use.
type Client struct {
	region      string
	fetcher     Fetcher
	clock       Clock
	random      func() float64
	limiter     *Limiter
	maxAttempts int
	quota       retryQuota
	skew        skew
	portal      service
	oidc        service
}

// service is one of the two APIs at its place.
type service struct{ endpoint endpoint }

// New returns a client. It fails when the region can't be part of a host name,
// when it has no endpoint of the kind asked for, when an endpoint is not an
// http or https URL, or without a Fetcher.
func New(o Options) (*Client, error) {
	if o.Fetcher == nil {
		return nil, errors.New("sso client: no fetcher")
	}
	if o.Region == "" {
		return nil, errors.New("sso client: no region")
	}
	if region := strings.ReplaceAll(strings.ReplaceAll(o.Region, "fips-", ""), "-fips", ""); region != o.Region {
		o.Region, o.FIPS = region, true
	}
	if err := checkRegion(o.Region); err != nil {
		return nil, wrap.Doing("sso client", err)
	}
	portal, err := o.endpoint(o.Endpoint, endpoints.Portal)
	if err != nil {
		return nil, wrap.Doing("sso client: portal endpoint", err)
	}
	oidc, err := o.endpoint(o.OIDCEndpoint, endpoints.OIDC)
	if err != nil {
		return nil, wrap.Doing("sso client: oidc endpoint", err)
	}
	c := &Client{
		region:      o.Region,
		fetcher:     o.Fetcher,
		clock:       o.Clock,
		random:      o.Random,
		limiter:     o.Limiter,
		maxAttempts: o.MaxAttempts,
		portal:      service{portal},
		oidc:        service{oidc},
	}
	if c.clock == nil {
		c.clock = SystemClock{}
	}
	if c.random == nil {
		c.random = rand.Float64
	}
	if c.maxAttempts < 1 {
		c.maxAttempts = defaultAttempts
	}
	return c, nil
}

// Limiter returns the client's Limiter, which may be nil.
func (c *Client) Limiter() *Limiter { return c.limiter }

// Wait returns when a portal operation may be called, or ctx.Err() once ctx is done;
// at once without a [Limiter]. See [Admitted].
func (c *Client) Wait(ctx context.Context) error {
	if c.limiter == nil {
		return ctx.Err()
	}
	return c.limiter.Wait(ctx)
}

// endpoint returns a custom base URL, or that of a service in the region.
func (o *Options) endpoint(custom string, regional func(string, ...endpoints.Variant) string) (endpoint, error) {
	var variant endpoints.Variant
	if o.FIPS {
		variant |= endpoints.FIPS
	}
	if o.DualStack {
		variant |= endpoints.DualStack
	}
	own := regional(o.Region, variant)
	if own == "" {
		return endpoint{}, errors.New("region " + o.Region + " has no dual-stack endpoint")
	}
	return parseEndpoint(orElse(custom, own))
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
