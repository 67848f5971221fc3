package portal

import (
	"strings"

	"portico/ssocore/endpoints"
)

// Origins are the origins of the two APIs in every known region, of both families:
// all that Portico may ever ask.
func Origins() []string {
	var all []string
	for _, r := range endpoints.Regions() {
		for _, variant := range []endpoints.Variant{0, endpoints.DualStack} {
			all = append(all, endpoints.Portal(r.Name, variant), endpoints.OIDC(r.Name, variant))
		}
	}
	return all
}

// LoopbackOrigins are those at which development builds find portals on this
// computer, at any port.
func LoopbackOrigins() []string { return []string{"http://127.0.0.1", "http://*" + localhost} }

// Pattern is the match pattern of an origin. Match patterns have no port.
func Pattern(origin string) string {
	scheme, host, _ := split(origin)
	name, _, _ := strings.Cut(host, ":")
	return scheme + "://" + name + "/*"
}

// Endpoints are the base URLs of the portal's two APIs: those of its region in the
// family of its address. A portal on this computer has both at its own origin,
// unless its name stands for a host of AWS's.
func (p Portal) Endpoints() (portal, oidc string) {
	if p.Demo() {
		return demoOrigin, demoOrigin
	}
	scheme, host, _ := split(p.StartURL)
	_, here := standsFor(host)
	if scheme == "http" && here == "" {
		own := "http://" + host
		return own, own
	}
	var variant endpoints.Variant
	if p.DualStack() {
		variant = endpoints.DualStack
	}
	portal, oidc = endpoints.Portal(p.Region, variant), endpoints.OIDC(p.Region, variant)
	if here != "" {
		_, portal, _ = split(portal)
		_, oidc, _ = split(oidc)
		return "http://" + portal + here, "http://" + oidc + here
	}
	return portal, oidc
}

// DualStack tells whether the portal's address is of a dual-stack family.
func (p Portal) DualStack() bool {
	host, _ := standsFor(p.Host())
	return isDualStack(host)
}

// Patterns are the match patterns of what the portal is asked at, each once; the
// demo organisation, which is inside the extension, has none.
func (p Portal) Patterns() []string {
	if p.Demo() {
		return nil
	}
	portal, oidc := p.Endpoints()
	if portal == oidc {
		return []string{Pattern(portal)}
	}
	return []string{Pattern(portal), Pattern(oidc)}
}

// RedirectPattern is the match pattern of where the page of a sign-in leads back to.
const RedirectPattern = "http://127.0.0.1/*"

// Loopback tells whether the portal runs on this computer, which only development
// builds allow: there it is granted already.
func (p Portal) Loopback() bool { return isHere(p.Host()) }

// Domains are the hosts in Patterns.
func (p Portal) Domains() []string {
	all := p.Patterns()
	for i, pattern := range all {
		_, all[i], _ = split(pattern)
	}
	return all
}

// localhost is what ends the names under which browsers look for nothing but this
// computer (RFC 6761). In development, a host of AWS's with that behind it stands
// for the host, so that a portal here can have all that a real one has.
const localhost = ".localhost"

// standsFor gives the host of AWS's that a host on this computer stands for, and
// what follows it there, with the port. Any other host stands for itself.
func standsFor(host string) (name, here string) {
	name, port, hasPort := strings.Cut(host, ":")
	real, ok := strings.CutSuffix(name, localhost)
	switch {
	case !ok:
		return host, ""
	case hasPort:
		return real, localhost + ":" + port
	}
	return real, localhost
}

// isHere tells whether a host, maybe with a port, is this computer.
func isHere(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return name == "localhost" || name == "127.0.0.1" || strings.HasSuffix(name, localhost) || strings.HasPrefix(host, "[::1]")
}

// Page is what links into the portal's accounts begin with; "" if no page can be
// there. One is at any host by https, on this computer by http, or in the
// extension, where the demo organisation is.
func (p Portal) Page() string {
	for i := range len(p.StartURL) {
		if c := p.StartURL[i]; c <= ' ' || c == 0x7f || c == '\\' {
			return ""
		}
	}
	scheme, host, path := split(p.StartURL)
	if host == "" || strings.ContainsAny(host, "@?#") {
		return ""
	}
	if scheme == "https" || scheme == "http" && isHere(host) || strings.HasSuffix(scheme, "-extension") && path == DemoPage {
		return p.StartURL
	}
	return ""
}
