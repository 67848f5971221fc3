package portal

import "strings"

// wrappers are what mail filters and search engines put around a link, so that it
// leads through them: by their host, or the domain that it is below, what stands
// before the link, and how it is written.
var wrappers = []struct {
	host, before string
	written      writing
}{
	{"safelinks.protection.outlook.com", "?url=", inPercents},
	{"safelinks.protection.office365.us", "?url=", inPercents},
	{"statics.teams.cdn.office.net", "?url=", inPercents},
	{"urldefense.proofpoint.com", "v1/url?u=", inPercents},
	{"urldefense.proofpoint.com", "v2/url?u=", inHyphens},
	{"urldefense.com", "v3/__", asItIs},
	{"urldefense.us", "v3/__", asItIs},
	{"linkprotect.cudasvc.com", "url?a=", inPercents},
	{"www.google.com", "url?q=", inPercents},
}

// writing is how a link is written inside another.
type writing int

const (
	inPercents writing = iota // up to the next parameter
	inHyphens                 // so, with hyphens for percent signs, and low lines for slashes
	asItIs                    // up to two low lines and a semicolon
)

// unwrapped gives the link that another leads to, whose host is one of wrappers'; ""
// for any other text.
func unwrapped(s string) (inner, host string) {
	start := schemeStart(s)
	if start < 0 || isScript(s) {
		return "", ""
	}
	_, rest, _ := strings.Cut(s[start:], "://")
	host, rest, _ = strings.Cut(rest, "/")
	if host = strings.ToLower(host); !isHostName(host) {
		return "", ""
	}
	for _, w := range wrappers {
		_, inner, ok := strings.Cut(rest, w.before)
		if !ok || !strings.HasSuffix("."+host, "."+w.host) {
			continue
		}
		if w.written == asItIs {
			inner, _, _ = strings.Cut(inner, "__;")
			if !strings.Contains(inner, "://") { // some programs make one slash of two
				inner = strings.Replace(inner, ":/", "://", 1)
			}
		} else {
			inner, _, _ = strings.Cut(inner, "&")
		}
		if w.written == inHyphens {
			inner = strings.ReplaceAll(strings.ReplaceAll(inner, "-", "%"), "_", "/")
		}
		if w.written != asItIs {
			inner = decoded(inner)
		}
		if schemeStart(inner) == 0 {
			return inner, host
		}
	}
	return "", ""
}

// decoded undoes percent-encoding. What is none stays.
func decoded(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			high, low := strings.IndexByte(hexDigits, s[i+1]|' '), strings.IndexByte(hexDigits, s[i+2]|' ')
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

const hexDigits = "0123456789abcdef"
