package portal

import (
	"errors"
	"slices"
	"strings"
)

// deviceHosts are the domains of the service's own page for codes, one host a
// region: device.sso.us-east-1.amazonaws.com.
var deviceHosts = []string{"amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"}

// ErrPage reports a page that is not opened because it is not AWS's.
var ErrPage = errors.New("the portal named a sign-in page that is not on a known AWS host")

// ApprovalHost returns the host of a page on which a code is approved. A portal, or
// whoever answers in its place, may name any page; one that is neither https on
// a known AWS host nor of the portal itself is ErrPage.
func (p Portal) ApprovalHost(page string) (string, error) {
	scheme, host, ok := strings.Cut(page, "://")
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	if !ok || host == "" || strings.ContainsFunc(page, neverInURL) {
		return "", ErrPage
	}
	ownScheme, own, _ := split(p.StartURL)
	if scheme == ownScheme && host == own {
		return host, nil
	}
	name := host
	if scheme == "http" && ownScheme == "http" {
		var here string
		name, here = standsFor(host)
		if _, ownHere := standsFor(own); here == "" || here != ownHere {
			return "", ErrPage
		}
	} else if scheme != "https" {
		return "", ErrPage
	}
	// No user, no port, nothing that a browser would have to decode.
	if !isHostName(name) || name != strings.ToLower(name) || !approves(name) {
		return "", ErrPage
	}
	return host, nil
}

// OtherFamily tells whether the host of an approval page is of the other family
// than the portal: dual-stack, or not. Such a page may fail where it hands over to
// the organisation's own sign-in.
func (p Portal) OtherFamily(host string) bool {
	page, _ := standsFor(host)
	return p.DualStack() != isDualStack(page)
}

// approves tells whether portals let people approve codes at a host.
func approves(host string) bool {
	if slices.ContainsFunc(families, func(f family) bool { return f.above(host) }) {
		return true
	}
	regional, ok := strings.CutPrefix(host, "device.sso.")
	_, domain, _ := strings.Cut(regional, ".")
	return ok && slices.Contains(deviceHosts, domain)
}

// neverInURL reports what a URL as it is sent does not hold, and what browsers
// read as something else: they drop a tab and take a backslash for a slash.
func neverInURL(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }
