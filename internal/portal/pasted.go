package portal

import (
	"slices"
	"strings"
	"unicode"
)

// visible leaves out the marks that nobody sees.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// pasted takes an address out of what people copy around it without a blank:
// quotes, brackets, Markdown, what it is called.
func pasted(s string) string {
	if i := schemeStart(s); i > 0 && !isScript(s) {
		s = s[i:] // "URL:https://", "[our portal](https://"
	} else if i < 0 && !strings.Contains(s, "://") {
		s = s[hostStart(s):]
	}
	s = strings.TrimLeft(s, junk)
	if i := strings.IndexAny(s, "\"<>)]}|`“”‘’«»"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, junk)
}

// junk is what may stand around an address and is no part of it.
const junk = "\"'`“”‘’«»‹›<>()[]{}|*_~,;:!."

// addresses are those of some words that look like an address, or like an ID, the
// likeliest first.
func addresses(words []string) []string {
	var found [3][]string
	for _, word := range words {
		inner, kind := strings.Trim(word, junk), 0
		switch {
		case strings.Contains(inner, "://"):
		case strings.Contains(inner, "."):
			kind = 1
		case isID(strings.ToLower(inner)):
			kind = 2
		default:
			continue
		}
		found[kind] = append(found[kind], word)
	}
	return slices.Concat(found[:]...)
}

// isScript tells whether a text is a program or a document of its own, whatever
// address is in it.
func isScript(s string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(s), ":")
	return ok && slices.Contains([]string{"javascript", "vbscript", "data", "blob", "filesystem"}, strings.TrimLeft(scheme, junk))
}

// hostStart is where a host begins in an address without a scheme that is glued to
// what it is called: "portal:acme.awsapps.com", "[portal](acme.awsapps.com".
func hostStart(s string) int {
	host, _, _ := strings.Cut(s, "/")
	name, _, _ := strings.Cut(host, ".")
	if isScript(s) || name == host {
		return 0
	}
	return strings.LastIndexAny(name, ":=(<\"'") + 1
}

// schemeStart is where an address begins that has a scheme of the web, else -1.
func schemeStart(s string) int {
	lower := strings.ToLower(s)
	i := strings.Index(lower, "://")
	for _, scheme := range []string{"https", "http"} {
		if start := i - len(scheme); start >= 0 && lower[start:i] == scheme {
			return start
		}
	}
	return -1
}

// block gives the start URL and the region, if there is one, of the first section of
// an ~/.aws/config that has a start URL. A field that it is pasted into may have
// made one line of it.
func block(s string) (startURL, region string, ok bool) {
	for _, section := range strings.Split(s, "[") {
		if startURL = setting(section, "sso_start_url"); len(addresses([]string{startURL})) > 0 {
			return startURL, strings.ToLower(strings.Trim(setting(section, "sso_region"), junk)), true
		}
	}
	return "", "", false
}

// setting gives the value of a key in a section.
func setting(section, key string) string {
	_, after, _ := strings.Cut(section, key)
	words := strings.Fields(strings.TrimLeft(after, " \t\r\n=:\"'"))
	if len(words) == 0 {
		return ""
	}
	return words[0]
}
