package ssocore

import "strings"

// StartURL is the address of an access portal.
type StartURL struct {
	// URL is the canonical form: https, lower-case host, no final slash, no
	// query, no fragment. It identifies the portal, and shortcut links are
	// built on it unless Issuer is set.
	URL string

	Region    string // if the address named one, else ""
	Partition string // one of the Partition constants; "" for a loopback portal

	// Issuer says that the URL is an instance's identifier
	// (https://identitycenter.amazonaws.com/ssoins-...). One can sign in with
	// it, but no page lives there: no link can be built from it.
	Issuer bool

	// Loopback says that the portal runs on this machine, which only tests
	// and demonstrations allow.
	Loopback bool
}

// StartURLError says why a text is no start URL.
type StartURLError struct {
	Reason string

	// CustomDomain is the host when it may be a company's own address in front
	// of its portal.
	CustomDomain string
}

func (e *StartURLError) Error() string {
	return "not a start url: " + e.Reason + "; one looks like https://d-1234567890.awsapps.com/start" +
		" or https://ssoins-1234567890abcdef.portal.us-east-1.app.aws"
}

// ParseStartURL reads the address of an access portal the way people paste it:
// with blanks, quotes or a sentence around it, without https://, with the path
// and fragment of a page inside the portal, or as the page of AWS on which one
// signs in to it. Anything else is a [*StartURLError].
func ParseStartURL(s string) (StartURL, error) {
	host, path, err := splitURL(s)
	if err != nil {
		return StartURL{}, err
	}
	for _, parse := range startURLFamilies {
		if u, ok := parse(host, path); ok {
			return u, nil
		}
	}
	return StartURL{}, refuseHost(host.name, path)
}

// urlHost is the host of a pasted URL.
type urlHost struct {
	name   string // lower case
	port   string // with its colon
	scheme string // "" if the text had none
}

func (h urlHost) isLoopback() bool { return h.name == "127.0.0.1" || h.name == "localhost" }

// isWeb reports whether a portal of the service can be at the host: what is
// served there is https at the default port; http is a slip.
func (h urlHost) isWeb() bool { return h.port == "" || h.port == ":443" }

// splitURL takes a pasted URL apart. Query and fragment are dropped.
func splitURL(s string) (urlHost, string, error) {
	s = pasted(s)
	s, _, _ = strings.Cut(s, "#")
	s, _, _ = strings.Cut(s, "?")
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		scheme, rest = "", s
	}
	scheme = strings.ToLower(scheme)
	if ok && scheme != "https" && scheme != "http" {
		return urlHost{}, "", &StartURLError{Reason: "it does not begin with https://"}
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
		return urlHost{}, "", &StartURLError{Reason: "it has no host"}
	case !isHostName(name) || !isPort(port):
		return urlHost{}, "", &StartURLError{Reason: "its host is not a host name"}
	}
	return urlHost{name, port, scheme}, path, nil
}

func isHostName(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if !isHostLabel(label) {
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
