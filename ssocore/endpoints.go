package ssocore

import (
	"errors"
	"fmt"
	"strings"
)

// PortalEndpoint returns the base URL of the SSO portal API in a region, such
// as "https://portal.sso.eu-west-1.amazonaws.com". The region need not be in
// [Regions]; [New] checks that it can be part of a host name.
func PortalEndpoint(region string) string {
	return "https://portal.sso." + region + "." + partitionOf(region).suffix
}

// OIDCEndpoint returns the base URL of the SSO OIDC API in a region, such as
// "https://oidc.eu-west-1.amazonaws.com".
func OIDCEndpoint(region string) string {
	return "https://oidc." + region + "." + partitionOf(region).suffix
}

// endpoint is a base URL taken apart for use.
type endpoint struct {
	base  string // scheme, host and path, without a final slash
	query string // what a custom endpoint carries itself, without "?"
	host  string // with port, for error texts
}

// url returns the absolute URL of a path and an encoded query.
func (e endpoint) url(path, query string) string {
	if e.query != "" && query != "" {
		query = e.query + "&" + query
	} else if e.query != "" {
		query = e.query
	}
	if query == "" {
		return e.base + path
	}
	return e.base + path + "?" + query
}

var errEndpoint = errors.New("endpoint must be an http or https URL with a host and no user")

// parseEndpoint reads a custom base URL. Its path and query are kept.
func parseEndpoint(s string) (endpoint, error) {
	s, _, _ = strings.Cut(s, "#")
	base, query, _ := strings.Cut(s, "?")
	scheme, rest, ok := strings.Cut(base, "://")
	if !ok || scheme != "https" && scheme != "http" {
		return endpoint{}, errEndpoint
	}
	host, _, _ := strings.Cut(rest, "/")
	if host == "" || strings.ContainsAny(host, "@\\") || strings.ContainsFunc(s, notURL) {
		return endpoint{}, errEndpoint
	}
	return endpoint{base: strings.TrimRight(base, "/"), query: query, host: host}, nil
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
