package portal

import (
	"strings"

	"portico/ssocore/endpoints"
)

// Address is the address of an access portal.
type Address struct {
	// URL is the canonical form: https, lower-case host, no final slash, no
	// query, no fragment. It identifies the portal, and shortcut links are
	// built on it unless Issuer is set.
	URL string

	Region    string // if the address, or what was pasted with it, named one, else ""
	Partition string // one of endpoints' constants; "" if this computer's name stands for none

	// ID is that of a directory or an instance, if no more was given: then URL is
	// the portal's in most regions, and in others follows from the region.
	ID string

	// Issuer says that the URL is an instance's identifier
	// (https://identitycenter.amazonaws.com/ssoins-...). One can sign in with
	// it, but no page lives there: no link can be built from it.
	Issuer bool

	// Loopback says that the portal runs on this computer, which only tests
	// and demonstrations allow.
	Loopback bool
}

// ParseAddress reads the address of an access portal the way people paste it:
// with blanks, quotes or a sentence around it, without https://, with the path
// and fragment of a page inside the portal, as the page of AWS on which one
// signs in to it, in a block of ~/.aws/config, or as the ID of the directory or the
// instance alone. Anything else is an [*AddressError].
func ParseAddress(s string) (Address, error) {
	a, err := parseAddress(s)
	if err == nil && a.Region == "" {
		a.Region = regionBeside(s, a.Partition)
	}
	return a, err
}

func parseAddress(s string) (Address, error) {
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
	if host.isWeb() {
		for _, parse := range []func(host, path string) (Address, bool){parseSignIn, parseFamilies, parseIssuer} {
			if a, ok := parse(host.name, path); ok {
				return a, nil
			}
		}
	}
	return Address{}, refuseHost(host.name, path)
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
}

// isWeb reports whether a portal of the service can be at the host: what is
// served there is https at the default port; http is a slip.
func (h urlHost) isWeb() bool { return h.port == "" || h.port == ":443" }

// splitPasted takes a pasted URL apart. Query and fragment are dropped.
func splitPasted(s string) (urlHost, string, error) {
	s = pasted(s)
	s, _, _ = strings.Cut(s, "#")
	s, _, _ = strings.Cut(s, "?")
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		scheme, rest = "", s
	}
	scheme = strings.ToLower(scheme)
	if ok && scheme != "https" && scheme != "http" {
		return urlHost{}, "", &AddressError{Reason: NoURL}
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
	switch {
	case name == "":
		return urlHost{}, "", &AddressError{Reason: NoURL}
	case !isHostName(name) || !isPort(port):
		return urlHost{}, "", &AddressError{Reason: NoURL}
	}
	return urlHost{name, port, scheme}, path, nil
}

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
