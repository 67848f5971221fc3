// Package endpoints knows AWS's regions and partitions, and where the two
// services of an access portal answer in them, by botocore's endpoint rules. It
// sends nothing and is small: whoever only needs hosts links no client.
package endpoints

import "strings"

// A Variant is a kind of endpoint that a region has beside its plain one.
type Variant int

const (
	FIPS      Variant = 1 << iota // with FIPS 140 validated cryptography
	DualStack                     // with IPv6 beside IPv4
)

// Portal returns the base URL of the SSO portal API in a region, such as
// "https://portal.sso.eu-west-1.amazonaws.com", or of its variant. The region
// need not be in [Regions], nor is it checked that it can be part of a host name.
// It is "" for a variant that the region's partition does not have.
func Portal(region string, variants ...Variant) string {
	return regional("portal.sso", region, variants)
}

// OIDC returns the base URL of the SSO OIDC API in a region, such as
// "https://oidc.eu-west-1.amazonaws.com", or of its variant, as [Portal] does.
func OIDC(region string, variants ...Variant) string {
	return regional("oidc", region, variants)
}

// regional returns a service's base URL in a region. GovCloud's plain endpoints
// are its FIPS endpoints.
func regional(service, region string, variants []Variant) string {
	var all Variant
	for _, v := range variants {
		all |= v
	}
	p, dualStack := partitionOf(region), all&DualStack != 0
	suffix := p.suffix
	if dualStack {
		suffix = p.dualStack
	}
	if suffix == "" {
		return ""
	}
	if all&FIPS != 0 && (dualStack || p.name != PartitionGov) {
		service += "-fips"
	}
	return "https://" + service + "." + region + "." + suffix
}

// IsHostLabel reports whether a text can stand between the dots of a host name: 1
// to 63 letters, digits and hyphens, no hyphen first or last (RFC 1123 section 2.1).
func IsHostLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
	})
}
