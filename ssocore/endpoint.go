package ssocore

import (
	"errors"
	"strconv"
	"strings"

	"portico/ssocore/endpoints"
)

// endpoint is a base URL taken apart for use.
type endpoint struct {
	base  string // scheme, host and path, without a final slash
	query string // what a custom endpoint carries itself, without "?"
	host  string // with port, for error texts
}

var errEndpoint = errors.New("must be an http or https URL with a host and no user")

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

// checkRegion reports whether a region can be part of a host name: a label that is
// not digits alone.
func checkRegion(region string) error {
	if !endpoints.IsHostLabel(region) || strings.Trim(region, "0123456789") == "" {
		return errors.New("region " + strconv.Quote(region) + " is not a host label")
	}
	return nil
}
