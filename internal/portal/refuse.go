package portal

import (
	"cmp"
	"slices"
	"strings"
)

// awsDomains are the domains under which no company's own address can be.
var awsDomains = []string{
	"amazonaws.com", "amazonaws.com.cn", "amazonaws.cn", "amazonaws.eu", "aws.amazon.com", "signin.aws",
	"amazonaws-us-gov.com", "amazonaws-eusc.eu",
	"amazonwebservices.com.cn", "amazonwebservices.eu", "awsapps.com", "awsapps.cn", "app.aws", "api.aws",
}

// awsPages are pages that people take for their portal, by a label or the
// beginning of their host.
var awsPages = []struct{ label, what string }{
	{"signin", "AWS’s sign-in page, which does not say whose portal it leads to; sign in and paste the address you land on"},
	{"console", "the AWS console"},
	{"device", "the page on which codes are approved"},
	{"portal", "an API of the portal"},
	{"oidc", "an API of the portal"},
}

// refuseHost explains why no family took an address.
func refuseHost(name, path string) error {
	isAWS := slices.ContainsFunc(awsDomains, func(domain string) bool {
		return strings.HasSuffix("."+name, "."+domain)
	})
	if page, ok := pageOfID(name); ok {
		return &AddressError{Reason: name + " is a portal's ID; its address may be https://" + page}
	}
	isAddress := strings.Trim(name, "0123456789.") == ""
	switch {
	case isAWS:
		return &AddressError{Reason: name + " is " + pageOf(name, path)}
	case isAddress || !strings.Contains(name, "."):
		return &AddressError{Reason: name + " is not an access portal"}
	}
	return &AddressError{
		Reason:       name + " is not an AWS host: if it is your company's own address, open it and paste the address you land on",
		CustomDomain: name,
	}
}

// pageOfID says where the portal is of which somebody gave the ID alone.
func pageOfID(name string) (page string, ok bool) {
	switch {
	case strings.Contains(name, "."):
	case strings.HasPrefix(name, "d-"):
		return name + ".awsapps.com/start", true
	case strings.HasPrefix(name, "ssoins-"):
		return name + ".portal.us-east-1.app.aws, with its region", true
	}
	return "", false
}

// pageOf says what a host of AWS is, or that it is no portal.
func pageOf(name, path string) string {
	const none = "not an access portal"
	labels := strings.Split(name, ".")
	for _, page := range awsPages {
		if slices.Contains(labels, page.label) {
			return none + " but " + page.what
		}
	}
	isAlias := len(labels) == 3 && labels[1] == "awsapps" && labels[0] != "start"
	if isAlias && path != "" {
		return none + " at " + cmp.Or(firstWord(path), "this address") + "; one would be at https://" + name + "/start"
	}
	return none
}
