// Package portal decides what an access portal is: which addresses one has, in
// which family, region and partition, at which hosts it is asked and which page
// approves its codes, what people call it, and which portals are none of AWS's:
// the demo organisation and those on this computer. Whoever needs a host asks
// here. Nothing here sends, stores or speaks to people.
//
// The popup links what it calls of this package, so all of it does without
// ssocore's client, fmt and net/url.
package portal

import "strings"

// Portal is one access portal.
type Portal struct {
	// ID is what messages and storage keys name the portal by once it was added,
	// whatever its address is corrected to: a text without blanks. Only who gives it
	// knows what it is made of.
	ID       string
	StartURL string // normalised, as in [Address]
	Region   string // of its IAM Identity Center, such as eu-west-1
}

// DemoPage is the page of the extension that the demo organisation's start URL
// names; extension/background.js knows the same one. No other start URL ends like
// this: theirs have no fragment.
const DemoPage = "demo/portal.html#"

// The demo organisation answers at an origin that does not exist (RFC 2606);
// extension/demo/worker.js knows the same one. It needs no region, but for the
// form.
const (
	demoOrigin = "https://demo.invalid"
	demoRegion = "us-east-1"
)

// Demo gives the demo organisation's portal, by the address of its page.
func Demo(page string) Portal { return Portal{StartURL: page, Region: demoRegion} }

// Demo tells whether the portal is the demo organisation's, inside the extension.
func (p Portal) Demo() bool { return strings.HasSuffix(p.StartURL, "/"+DemoPage) }

// Name is how the portal is called where there is little room: its host, or for
// a directory of a shared host, the directory's name.
func (p Portal) Name() string {
	if p.Demo() {
		return "Demo organisation"
	}
	_, host, path := split(p.StartURL)
	if dir, ok := strings.CutPrefix(path, "directory/"); ok {
		return dir
	}
	return strings.TrimSuffix(host, ".awsapps.com")
}

// NameAmong is its name beside others. Portals that would be called alike are told
// apart by their hosts: one can be named after another on purpose.
func (p Portal) NameAmong(all []Portal) string {
	name, where := p.Name(), ""
	lower := strings.ToLower(name)
	for _, other := range all {
		if other.StartURL == p.StartURL || strings.ToLower(other.Name()) != lower {
			continue
		}
		if where = p.Host(); other.Host() == where {
			_, where, _ = strings.Cut(p.StartURL, "://")
			break
		}
	}
	if where != "" {
		name += " (" + where + ")"
	}
	return name
}

// Host is the whole host of the portal's start page, with its port if it has one.
func (p Portal) Host() string {
	_, host, _ := split(p.StartURL)
	return host
}

// split takes an address apart. The path comes without the slash before it.
func split(url string) (scheme, host, path string) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		scheme, rest = "", url
	}
	host, path, _ = strings.Cut(rest, "/")
	return scheme, host, path
}
