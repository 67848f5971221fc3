package ssocore

import (
	"errors"
	"fmt"
	"strings"
)

// A Variant is a kind of endpoint that a region has beside its plain one.
type Variant int

const (
	FIPS      Variant = 1 << iota // with FIPS 140 validated cryptography
	DualStack                     // with IPv6 beside IPv4
)

// PortalEndpoint returns the base URL of the SSO portal API in a region, such
// as "https://portal.sso.eu-west-1.amazonaws.com", or of its variant. The region
// need not be in [Regions]; [New] checks that it can be part of a host name. It
// is "" for a variant that the region's partition does not have.
func PortalEndpoint(region string, variants ...Variant) string {
	return variantOf("portal.sso", region, variants)
}

// OIDCEndpoint returns the base URL of the SSO OIDC API in a region, such as
// "https://oidc.eu-west-1.amazonaws.com", or of its variant. A portal whose own
// host is dual-stack (under app.aws) signs in at the dual-stack one.
func OIDCEndpoint(region string, variants ...Variant) string {
	return variantOf("oidc", region, variants)
}

func variantOf(service, region string, variants []Variant) string {
	var all Variant
	for _, v := range variants {
		all |= v
	}
	url, _ := regional(service, region, all&FIPS != 0, all&DualStack != 0)
	return url
}

// regional returns a service's base URL in a region, by the endpoint rules of
// the two services. GovCloud's plain endpoints are its FIPS endpoints.
func regional(service, region string, fips, dualStack bool) (string, error) {
	p := partitionOf(region)
	suffix := p.suffix
	if dualStack {
		suffix = p.dualStack
	}
	if suffix == "" {
		return "", fmt.Errorf("endpoint: region %s has no dual-stack endpoint", region)
	}
	if fips && (dualStack || p.name != PartitionGov) {
		service += "-fips"
	}
	return "https://" + service + "." + region + "." + suffix, nil
}

// endpoint is a base URL taken apart for use.
type endpoint struct {
	base  string // scheme, host and path, without a final slash
	query string // what a custom endpoint carries itself, without "?"
	host  string // with port, for error texts
}

var errEndpoint = errors.New("endpoint must be an http or https URL with a host and no user")

// parseEndpoint reads a custom base URL. Its path and query are kept.
func parseEndpoint(s string) (endpoint, error) {
	s, _, _ = strings.Cut(s, "#")
	base, query, _ := strings.Cut(s, "?")
	scheme, rest, ok := strings.Cut(base, "://")
	if scheme = strings.ToLower(scheme); !ok || scheme != "https" && scheme != "http" {
		return endpoint{}, errEndpoint
	}
	host, _, _ := strings.Cut(rest, "/")
	if host == "" || strings.ContainsAny(host, "@\\") || strings.ContainsFunc(s, notURL) {
		return endpoint{}, errEndpoint
	}
	return endpoint{base: scheme + "://" + strings.TrimSuffix(rest, "/"), query: query, host: host}, nil
}

// notURL reports runes that never occur in a URL as it is sent.
func notURL(r rune) bool { return r <= ' ' || r >= 0x7f }

// checkRegion reports whether a region can be part of a host name: 1 to 63
// letters, digits and hyphens, no hyphen first or last, and not digits alone
// (RFC 1123 section 2.1).
func checkRegion(region string) error {
	if !isHostLabel(region) || !strings.ContainsFunc(region, isLetterOrHyphen) {
		return fmt.Errorf("region %q is not a host label", region)
	}
	return nil
}

func isHostLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !isLetterOrHyphen(r) && (r < '0' || r > '9')
	})
}

func isLetterOrHyphen(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-'
}
