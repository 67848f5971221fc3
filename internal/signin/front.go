package signin

import (
	"errors"
	"strings"

	"portico/internal/portal"
)

// pathLetters are those that stand for themselves in a path, and its slash.
const pathLetters = "abcdefghijklmnopqrstuvwxyz0123456789-._~/"

// queryLetters are those of a query, and what it is made of.
const queryLetters = pathLetters + "=&%+@:;,?!$*"

// Front reads a company's own address in front of its portal, such as
// https://sso.example.com, which leads to the portal that is in use. It tells whether
// the text is one: a host of nobody that is known, at the port of https; here allows
// those of this computer, for tests.
func Front(text string, here bool) (url string, ok bool) {
	_, err := portal.ParseAddress(text)
	refused := (*portal.AddressError)(nil)
	if !errors.As(err, &refused) || refused.Reason != portal.CustomDomain || strings.Trim(strings.ToLower(refused.Path), pathLetters) != "" {
		return "", false
	}
	query := refused.Query
	if strings.Trim(strings.ToLower(query), queryLetters) != "" {
		return "", false
	} else if query != "" {
		query = "?" + query // by which companies' pages go
	}
	_, port, hasPort := strings.Cut(strings.ToLower(text), refused.Host+":")
	switch {
	case !hasPort:
		return "https://" + refused.Host + refused.Path + query, true
	case here && strings.HasSuffix(refused.Host, ".localhost"):
		port, _, _ = strings.Cut(port, "/")
		return "http://" + refused.Host + ":" + port + refused.Path + query, true
	}
	return "", false
}
