package portaltest

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Site is the hosts, without ports, at which a portal is reached in one family of
// addresses. The portal is at the root of its own.
type Site struct {
	Start  string // of the pages
	Portal string // of the portal API
	OIDC   string // of the sign-in service
}

// IPv4Site is an instance's in a commercial region. What follows is put behind each
// host: ".localhost", say.
func IPv4Site(instance, region, follows string) Site {
	return Site{instance + "." + region + ".portal.amazonaws.com" + follows, "portal.sso." + region + ".amazonaws.com" + follows, "oidc." + region + ".amazonaws.com" + follows}
}

// DualStackSite is that of the same instance with IPv6 beside IPv4.
func DualStackSite(instance, region, follows string) Site {
	return Site{instance + ".portal." + region + ".app.aws" + follows, "portal.sso." + region + ".api.aws" + follows, "oidc." + region + ".api.aws" + follows}
}

// misdirected refuses a request to a host that is none of the portal's, or not the
// one for what is asked. Of a real one's there would be no such name, or no route;
// whatever answers there is not AWS. It reports false if the request is at its
// place.
func (p *Portal) misdirected(w http.ResponseWriter, r *http.Request) bool {
	host, path := hostname(r.Host), r.URL.Path
	if len(p.config.Sites) == 0 || slices.ContainsFunc(p.config.Sites, func(s Site) bool { return p.isAt(s, host, path) }) {
		return false
	}
	http.Error(w, "no such host", http.StatusMisdirectedRequest)
	return true
}

// isAt tells whether a host of the site is the one for a path. The authorization page
// is the sign-in service's, and brings along what pages look like.
func (p *Portal) isAt(s Site, host, path string) bool {
	e, isOperation := p.endpoints[path]
	switch {
	case path == authorizePath, isOperation && e.service() == oidcService:
		return host == s.OIDC
	case isOperation:
		return host == s.Portal
	}
	return host == s.Start || host == s.OIDC && strings.HasPrefix(path, assetsPath)
}

// siteURL is where the pages are in the family of the sign-in service that was
// asked: it picks them, whatever the start URL. Empty if the portal has no sites.
func (p *Portal) siteURL(r *http.Request) string {
	for _, s := range p.config.Sites {
		if host := hostname(r.Host); host == s.OIDC {
			return strings.Replace(baseURL(r), host, s.Start, 1)
		}
	}
	return ""
}

// isSiteURL tells whether a start URL is the portal's, in any family.
func (p *Portal) isSiteURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && strings.Trim(u.Path, "/") == "" && slices.ContainsFunc(p.config.Sites, func(s Site) bool { return u.Hostname() == s.Start })
}

func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}
