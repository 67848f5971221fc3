package signin

import (
	"errors"
	"strings"
)

// pageHosts are the domains below which portals let people approve codes.
var pageHosts = []string{
	".awsapps.com", ".awsapps.cn",
	".app.aws", ".portal.amazonaws.com", ".portal.amazonaws.com.cn", ".portal.amazonaws.eu",
	".app.amazonwebservices.com.cn", ".app.amazonwebservices.eu", ".api.amazonwebservices.eu",
}

// deviceHosts are the domains of the service's own page for codes, one host a
// region: device.sso.us-east-1.amazonaws.com.
var deviceHosts = []string{"amazonaws.com", "amazonaws.com.cn", "amazonaws.eu"}

// ErrPage reports a page that is not opened because it is not AWS's.
var ErrPage = errors.New("the portal named a sign-in page that is not on a known AWS host")

// PageHost returns the host of a page on which a code is approved. A portal, or
// whoever answers in its place, may name any page; one that is neither https on
// a known AWS host nor of the portal itself is ErrPage.
func PageHost(page, startURL string) (string, error) {
	scheme, rest, ok := strings.Cut(page, "://")
	if !ok || strings.ContainsFunc(page, neverInURL) {
		return "", ErrPage
	}
	host := rest
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	if own, rest, _ := strings.Cut(startURL, "://"); scheme == own {
		ownHost, _, _ := strings.Cut(rest, "/")
		if host == ownHost && host != "" {
			return host, nil
		}
	}
	if scheme != "https" || !isHostName(host) || !ofAWS(host) {
		return "", ErrPage
	}
	return host, nil
}

// neverInURL reports what a URL as it is sent does not hold, and what browsers
// read as something else: they drop a tab and take a backslash for a slash.
func neverInURL(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }

// isHostName tells whether labels are all there is: no user, no port, nothing
// that a browser would have to decode.
func isHostName(host string) bool {
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}

func ofAWS(host string) bool {
	for _, known := range pageHosts {
		if strings.HasSuffix(host, known) {
			return true
		}
	}
	regional, ok := strings.CutPrefix(host, "device.sso.")
	_, domain, _ := strings.Cut(regional, ".")
	for _, known := range deviceHosts {
		if ok && domain == known {
			return true
		}
	}
	return false
}
