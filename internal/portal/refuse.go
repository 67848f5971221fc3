package portal

import (
	"slices"
	"strings"
)

// Reason is why a text is no address of a portal.
type Reason string

// The reasons.
const (
	NoURL        Reason = "no web address"
	OtherScheme  Reason = "no address of a page on the web"
	HasUser      Reason = "a user stands where the host should"
	HasPort      Reason = "portals have no port of their own"
	OddHost      Reason = "no host of AWS is spelled so"
	OtherBlock   Reason = "the start url is in the block of the session that is named"
	NoPortal     Reason = "no portal is there"
	OtherPath    Reason = "the portal of that host is at another path"
	PortalID     Reason = "the ID of a portal"
	InstanceID   Reason = "the ID of an instance"
	SignInPage   Reason = "the sign-in page, which does not say whose portal it leads to"
	Console      Reason = "the console"
	CodePage     Reason = "the page on which codes are approved"
	BuilderID    Reason = "where AWS Builder IDs sign in, which belong to no organisation"
	API          Reason = "an API of portals"
	LookAlike    Reason = "not AWS's, though it looks like it"
	Torn         Reason = "torn apart by a blank"
	CustomDomain Reason = "may be a company's own address in front of its portal"
)

// AddressError says why a text is no address of a portal.
type AddressError struct {
	Reason Reason
	Host   string // empty if the text has none
	Path   string // its first word, with the slash, all of it of a company's own; mostly empty
	Query  string // of a company's own, without the question mark; mostly empty
	Near   string // the address that may be meant, without https://; mostly empty
}

func (e *AddressError) Error() string {
	return "not a start url: " + e.Host + e.Path + ": " + string(e.Reason) + "; one looks like https://d-1234567890.awsapps.com/start" +
		" or https://ssoins-1234567890abcdef.portal.us-east-1.app.aws"
}

// awsDomains are the domains under which no company's own address can be.
var awsDomains = []string{
	"amazonaws.com", "amazonaws.com.cn", "amazonaws.cn", "amazonaws.eu", "aws.amazon.com", "signin.aws",
	"amazonaws-us-gov.com", "amazonaws-eusc.eu",
	"amazonwebservices.com.cn", "amazonwebservices.eu", "awsapps.com", "awsapps.cn", "app.aws", "api.aws",
}

// PagePatterns are the match patterns of AWS's pages, from one of which a sign-in leads
// back to us.
func PagePatterns() []string {
	all := make([]string, 0, len(awsDomains))
	for _, domain := range awsDomains {
		all = append(all, Pattern("https://*."+domain))
	}
	return all
}

// awsPages are pages that people take for their portal, by a label or the
// beginning of their host.
var awsPages = []struct {
	label string
	is    Reason
}{
	{"signin", SignInPage}, {"console", Console}, {"device", CodePage}, {"portal", API}, {"oidc", API},
}

// isAWS tells whether a host is AWS's.
func isAWS(name string) bool {
	return slices.ContainsFunc(awsDomains, func(domain string) bool {
		return strings.HasSuffix("."+name, "."+domain)
	})
}

// isolated tells whether a host is in one of AWS's isolated partitions, which nobody
// reaches from here.
func isolated(name string) bool {
	return slices.ContainsFunc([]string{".ic.gov", ".sgov.gov", ".adc-e.uk"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// looksAWS tells whether a host that is none of AWS's has in it what those are known
// by. Nobody should be sent there to look.
func looksAWS(name string) bool {
	if slices.ContainsFunc(awsMarks, func(mark string) bool { return strings.Contains(name, mark) }) {
		return true
	}
	labels := strings.Split(name, ".")
	domain := labels[max(0, len(labels)-2)]
	if ascii, isPunycode := strings.CutPrefix(domain, "xn--"); isPunycode {
		domain = ascii[:max(0, strings.LastIndexByte(ascii, '-'))] // without the letters that look like others
	}
	return slips(strings.ReplaceAll(domain, "vv", "w"), "awsapps")
}

// slips tells whether a word is another but for one letter: wrong, left out or too many.
func slips(word, other string) bool {
	same := 0
	for same < min(len(word), len(other)) && word[same] == other[same] {
		same++
	}
	word, other = word[same:], other[same:]
	switch len(word) - len(other) {
	case 0:
		return word == "" || word[1:] == other[1:]
	case 1:
		return word[1:] == other
	case -1:
		return word == other[1:]
	}
	return false
}

var awsMarks = []string{"awsapps", "amazonaws", "amazonwebservices", "aws.amazon.com", "app.aws", "api.aws", "signin.aws"}

// builderIDs is the host at which AWS has the sign-in of people, not of
// organisations. Codes are approved there, too.
const builderIDs = "view.awsapps.com"

// nobodys are hosts that could be an organisation's by their form, and are not.
var nobodys = []string{builderIDs, "us-gov-home.awsapps.com", "home.awsapps.cn"}

// refuseHost explains why no family took an address.
func refuseHost(name, path, query string) error {
	last := name[strings.LastIndexByte(name, '.')+1:]
	isAddress := strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") // as browsers read it
	switch {
	case isAWS(name):
		return refuseAWS(name, path)
	case isolated(name):
		return &AddressError{Reason: NoPortal, Host: name}
	case looksAWS(name):
		return &AddressError{Reason: LookAlike, Host: name}
	case strings.Contains(name, ".") && !isAddress:
		return &AddressError{Reason: CustomDomain, Host: name, Path: path, Query: query}
	case strings.HasPrefix(name, "d-"):
		return &AddressError{Reason: PortalID, Host: name, Near: name + ".awsapps.com/start"}
	case strings.HasPrefix(name, "ssoins-"):
		return &AddressError{Reason: InstanceID, Host: name, Near: name + ".portal.us-east-1.app.aws"}
	}
	return &AddressError{Reason: NoPortal, Host: name}
}

// refuseAWS says what a host of AWS is, or that it is no portal.
func refuseAWS(name, path string) error {
	if name == builderIDs {
		is := BuilderID
		if firstWord(path) == "/device" {
			is = CodePage
		}
		return &AddressError{Reason: is, Host: name}
	}
	if slices.Contains(nobodys, name) {
		return &AddressError{Reason: OtherPath, Host: name, Path: firstWord(path), Near: "start." + name + string(atDirectory) + "…"}
	}
	labels := strings.Split(name, ".")
	for _, page := range awsPages {
		if slices.Contains(labels, page.label) {
			return &AddressError{Reason: page.is, Host: name}
		}
	}
	isAlias := len(labels) == 3 && labels[1] == "awsapps" && labels[0] != "start"
	if isAlias && path != "" {
		return &AddressError{Reason: OtherPath, Host: name, Path: firstWord(path), Near: name + "/start"}
	}
	return &AddressError{Reason: NoPortal, Host: name}
}
