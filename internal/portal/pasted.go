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

// unescaped gives an address as it is where it stands as a program or another address
// has it: https:\/\/ in JSON, https%3A%2F%2F in a query.
func unescaped(s string) string {
	if strings.Contains(s, `:\/\/`) {
		s = strings.ReplaceAll(s, `\/`, "/")
	}
	if !strings.Contains(s, "://") && indexFold(s, "%3A%2F%2F") >= 0 {
		s = decoded(s)
	}
	return s
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
		case isID(strings.ToLower(inner)), isARN(inner):
			kind = 2
		default:
			continue
		}
		found[kind] = append(found[kind], word)
	}
	return slices.Concat(found[:]...)
}

func isARN(s string) bool {
	_, ok := parseARN(s)
	return ok
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

// block gives the start URL and the region, if there is one, of the session that the
// first profile of an ~/.aws/config names, else of the first section that has a start
// URL; variables of an environment are a section. A field that it is pasted into may
// have made one line of it.
func block(s string) (startURL, region string, ok bool) {
	if startURL, ok = prompted(s, "sso start url"); ok {
		region, _ = prompted(s, "sso region")
		return startURL, regionIn(region), true
	}
	sections := strings.Split(uncommented(s), "[")
	for _, section := range sections {
		if name := setting(section, "sso_session"); name != "" {
			named := func(section string) bool { return strings.HasPrefix(section, "sso-session "+name+"]") }
			if i := slices.IndexFunc(sections, named); i > 0 && !strings.Contains(section, "sso_start_url") {
				sections[0], sections[i] = sections[i], sections[0]
			}
			break
		}
	}
	for _, section := range sections {
		for _, as := range writtenAs {
			if startURL = setting(section, as.startURL); len(addresses([]string{startURL})) > 0 {
				return startURL, regionIn(setting(section, as.region)), true
			}
		}
	}
	return "", "", false
}

// writtenAs are the names of the two settings in files and variables, in programs, on a
// command line, and in what the AWS CLI keeps of its sign-ins.
var writtenAs = []struct{ startURL, region string }{
	{"sso_start_url", "sso_region"}, {"sso-start-url", "sso-region"}, {"ssoStartUrl", "ssoRegion"}, {"\"startUrl\"", "\"region\""},
}

func regionIn(value string) string { return strings.ToLower(strings.Trim(value, junk)) }

// prompted gives what was answered to a question of `aws configure sso`, as it stands in
// a terminal: behind what it would have been otherwise, which holds if nothing is.
func prompted(s, question string) (answer string, ok bool) {
	at := indexFold(s, question+" [")
	if at < 0 {
		return "", false
	}
	usual, after, ok := strings.Cut(s[at+len(question)+2:], "]:")
	line, _, _ := strings.Cut(after, "\n")
	if next := indexFold(line, "sso "); next >= 0 { // a field has made one line of all
		line = line[:next]
	}
	if words := strings.Fields(line); len(words) > 0 {
		return words[0], ok
	}
	return usual, ok && usual != "None"
}

// uncommented leaves out the lines that are comments.
func uncommented(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		if text := strings.TrimSpace(line); text == "" || !strings.Contains("#;", text[:1]) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// setting gives the value of a key in a section, but for one that is commented out. In
// an environment it is a part of a name in capitals: AWS_SSO_REGION.
func setting(section, key string) string {
	for {
		at := indexFold(section, key)
		if at < 0 {
			return ""
		}
		before, after := strings.TrimRight(section[:at], " \t\n"), section[at+len(key):]
		section = after
		if words := strings.Fields(strings.TrimLeft(after, " \t\n=:\"'")); len(words) > 0 && !strings.HasSuffix(before, "#") && !strings.HasSuffix(before, ";") {
			return words[0]
		}
	}
}

// torn finds an address that a blank or the end of a line goes through, of which the
// rest would be another organisation's: it gives what stands before.
func torn(words []string) (host string, ok bool) {
	for i, word := range words[:max(0, len(words)-1)] {
		scheme := schemeStart(word)
		if scheme < 0 || strings.Contains(words[i+1], "://") || !strings.Contains(strings.Trim(words[i+1], junk), ".") {
			continue
		}
		_, host, _ = strings.Cut(word[scheme:], "://")
		if host != "" && !strings.ContainsAny(host, "./:") {
			return strings.Trim(host, junk), true
		}
	}
	return "", false
}

// indexFold is where a word of ASCII letters is in a text, in small letters or
// capitals; -1 if it is not.
func indexFold(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}
