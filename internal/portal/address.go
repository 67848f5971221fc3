package portal

import (
	"strings"

	"portico/ssocore/endpoints"
)

// Address is the address of an access portal.
type Address struct {
	// URL is the canonical form: https, lower-case host, no final slash, no
	// query, no fragment. It identifies the portal, and shortcut links are
	// built on it.
	URL string

	Region    string // if the address, or what was pasted with it, named one, else ""
	Partition string // one of endpoints' constants; "" if only the region tells, or this computer's name stands for none

	// ID is that of a directory or an instance, if no more was given: alone, or as
	// the issuer, at which no page is. Then URL is empty, since it follows from the
	// region.
	ID string

	// Loopback says that the portal runs on this computer, which only tests
	// and demonstrations allow.
	Loopback bool

	// Through is the host of a mail filter or a search engine, out of whose link the
	// address was taken; mostly empty.
	Through string
}

// ParseAddress reads the address of an access portal the way people paste it:
// with blanks, quotes or sentences around it, without https://, with the path
// and fragment of a page inside the portal, as the page of AWS on which one
// signs in to it, as the issuer, in a block of ~/.aws/config or variables of an
// environment, in a link through a mail filter, or as the ID of the directory or the
// instance alone or in an ARN. Of several addresses the first that is a
// portal's counts, of several blocks the first that has one. Anything else is an
// [*AddressError], about what comes first.
func ParseAddress(s string) (Address, error) {
	s = unescaped(visible(s))
	if startURL, region, ok := block(s); ok {
		a, err := parseAddress(startURL)
		if err == nil && a.Region == "" && isRegion(region, a.Partition) {
			a.Region = region
		}
		return a, err
	}
	words := strings.Fields(s)
	likely := addresses(words)
	if host, ok := torn(words); ok {
		return Address{}, &AddressError{Reason: Torn, Host: host}
	}
	for _, text := range likely {
		if a, err := parseAddress(text); err == nil {
			return a, nil
		}
	}
	switch {
	case strings.Contains(s, "sso_session"):
		return Address{}, &AddressError{Reason: OtherBlock}
	case len(likely) > 0:
		return parseAddress(likely[0])
	}
	return parseAddress(strings.Join(words, " "))
}

func parseAddress(s string) (Address, error) {
	// Nothing but a portal's own address is taken out of another.
	if inner, through := unwrapped(s); inner != "" {
		if a, err := parseAddress(inner); err == nil && !a.Loopback {
			a.Through = through
			return a, nil
		}
	}
	if a, ok := parseARN(s); ok {
		return a, nil
	}
	host, path, err := splitPasted(s)
	if err != nil {
		return Address{}, err
	}
	if a, ok := parseHere(host, path); ok {
		return a, nil
	}
	if a, ok := parseID(host, path); ok {
		return a, nil
	}
	// What Unicode makes of a label is not what it is called.
	if isAWS(host.name) && strings.Contains("."+host.name, ".xn--") {
		return Address{}, &AddressError{Reason: OddHost}
	}
	for _, parse := range []func(host, path string) (Address, bool){parseSignIn, parseFamilies, parseIssuer} {
		if a, ok := parse(host.name, path); ok && host.isWeb() {
			return a, nil
		} else if ok {
			return Address{}, &AddressError{Reason: HasPort, Host: host.name}
		}
	}
	return Address{}, refuseHost(host.name, path, host.query)
}

func parseFamilies(host, path string) (Address, bool) {
	for i := range families {
		if a, ok := families[i].parse(host, path); ok {
			return a, true
		}
	}
	return Address{}, false
}

// urlHost is the host of a pasted URL.
type urlHost struct {
	name   string // lower case
	port   string // with its colon
	scheme string // "" if the text had none
	query  string // without its question mark
}

// isWeb reports whether a portal of the service can be at the host: what is
// served there is https at the default port; http is a slip.
func (h urlHost) isWeb() bool { return h.port == "" || h.port == ":443" }

// splitPasted takes a pasted URL apart. The fragment is dropped.
func splitPasted(s string) (urlHost, string, error) {
	s = pasted(s)
	s, _, _ = strings.Cut(s, "#")
	s, query, _ := strings.Cut(s, "?")
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		scheme, rest = "", s
	}
	scheme = strings.ToLower(scheme)
	if ok && scheme != "https" && scheme != "http" || isScript(s) {
		return urlHost{}, "", &AddressError{Reason: OtherScheme}
	}
	host, path := rest, ""
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	name, port := host, ""
	if i := strings.IndexByte(host, ':'); i >= 0 {
		name, port = host[:i], host[i:]
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if why := refuseText(host, name, port, ok); why != "" {
		return urlHost{}, "", &AddressError{Reason: why}
	}
	return urlHost{name, port, scheme, query}, path, nil
}

// refuseText says why a text is no host with a port, in an address that has a
// scheme or has not.
func refuseText(host, name, port string, hasScheme bool) Reason {
	isAddress := hasScheme || strings.Contains(name, ".")
	switch {
	case isAddress && strings.Contains(host, "@"):
		return HasUser
	case isAddress && strings.ContainsFunc(name, neverInHost):
		return OddHost
	case !isHostName(name):
		return NoURL
	case !isPort(port) && isAddress:
		return HasPort
	case !isPort(port):
		return NoURL
	}
	return ""
}

// neverInHost reports what no host of AWS's has in its name.
func neverInHost(r rune) bool { return r != '.' && !endpoints.IsHostLabel("a"+string(r)+"a") }

// isHostName reports whether labels are all there is.
func isHostName(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if !endpoints.IsHostLabel(label) {
			return false
		}
	}
	return len(s) <= 253
}

// isPort reports whether s is empty or a colon and a port.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	digits := s[1:]
	return len(digits) >= 1 && len(digits) <= 5 && strings.Trim(digits, "0123456789") == ""
}
