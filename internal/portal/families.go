package portal

import (
	"slices"
	"strings"

	"portico/ssocore/endpoints"
)

// family is one kind of addresses that portals have.
type family struct {
	domain string
	// hosts are what may stand before the domain, label by label: "*" is any label
	// but those that no organisation can have, "@" a region, "…" any labels, of which one may be a region.
	hosts     []string
	page      page
	partition string // "" if the region says it
	// dualStack says that the portal's two APIs are asked at their dual-stack hosts.
	// Those hand out approval pages of the same family.
	dualStack bool
}

// page is where at its host a portal is.
type page string

const (
	atRoot      page = ""
	atStart     page = "/start"
	atDirectory page = "/directory/"
)

// families holds all of them. A host that two could take is the first one's.
var families = []family{
	{"awsapps.com", []string{"start.us-gov-home", "start.@.us-gov-home"}, atDirectory, endpoints.PartitionGov, false},
	{"awsapps.com", []string{"*"}, atStart, endpoints.PartitionAWS, false},
	{"awsapps.cn", []string{"start.home", "start.@.home"}, atDirectory, endpoints.PartitionChina, false},
	{"awsapps.cn", []string{"*"}, atStart, endpoints.PartitionChina, false},

	{"portal.amazonaws.com", []string{"*.@"}, atRoot, "", false},
	{"portal.amazonaws.com.cn", []string{"*.@"}, atRoot, endpoints.PartitionChina, false},
	{"portal.amazonaws.eu", []string{"*.@"}, atRoot, endpoints.PartitionEUSC, false},

	{"app.aws", []string{"*.portal.@"}, atRoot, "", true},
	// Beside other services, in forms that vary.
	{"app.amazonwebservices.com.cn", []string{"…"}, atRoot, endpoints.PartitionChina, true},
	{"app.amazonwebservices.eu", []string{"…"}, atRoot, endpoints.PartitionEUSC, true},
	{"api.amazonwebservices.eu", []string{"…"}, atRoot, endpoints.PartitionEUSC, true},
}

// isDualStack tells whether a host is below a domain of a dual-stack family.
func isDualStack(host string) bool {
	return slices.ContainsFunc(families, func(f family) bool { return f.dualStack && f.above(host) })
}

// above tells whether a host is below the family's domain.
func (f *family) above(host string) bool { return strings.HasSuffix(host, "."+f.domain) }

// parse reads the address of a portal of the family: what it is pasted with behind
// that is a page inside the portal. A host at its root has all paths.
func (f *family) parse(host, path string) (Address, bool) {
	if !f.above(host) {
		return Address{}, false
	}
	before := strings.TrimSuffix(host, "."+f.domain)
	region, ok := "", false
	for _, pattern := range f.hosts {
		if region, ok = f.match(before, pattern); ok {
			break
		}
	}
	at, found := f.page.in(path)
	if !ok || !found {
		return Address{}, false
	}
	a := Address{URL: "https://" + host + at, Region: region, Partition: f.partition}
	if a.Partition == "" {
		a.Partition = endpoints.PartitionOf(region)
	}
	return a, true
}

// in gives the page's path of a path that leads to it, or to a page inside it.
func (p page) in(path string) (at string, ok bool) {
	switch p {
	case atStart:
		return string(p), isStartPath(path)
	case atDirectory:
		id, ok := firstSegment(path, string(p))
		return string(p) + id, ok
	}
	return "", true
}

// match compares what stands before the domain with a pattern, and gives the
// region in it.
func (f *family) match(before, pattern string) (region string, ok bool) {
	if pattern == "…" {
		return f.within(before)
	}
	labels, want := strings.Split(before, "."), strings.Split(pattern, ".")
	if len(labels) != len(want) {
		return "", false
	}
	for i, label := range labels {
		switch want[i] {
		case "*":
			ok = label != "start" && !slices.Contains(nobodys, label+"."+f.domain)
		case "@":
			region, ok = label, isRegion(label, f.partition)
		default:
			ok = label == want[i]
		}
		if !ok {
			return "", false
		}
	}
	return region, true
}

// within gives the region that stands anywhere behind the first label. The hosts
// of the APIs, which begin with "portal" or "oidc", are no portals.
func (f *family) within(before string) (region string, ok bool) {
	labels := strings.Split(before, ".")
	for _, label := range labels[1:] {
		if isRegion(label, f.partition) {
			region = label
		}
	}
	return region, labels[0] != "portal" && labels[0] != "oidc"
}

// isRegion reports whether a label is shaped like a region, of the partition
// if one is given. Regions newer than this version pass, so that the caller
// can say that an update is needed.
func isRegion(label, partition string) bool {
	words := strings.Split(label, "-")
	last := words[len(words)-1]
	if len(words) < 3 || last == "" || strings.Trim(last, "0123456789") != "" {
		return false
	}
	return partition == "" || endpoints.PartitionOf(label) == partition
}

// isStartPath reports whether a path leads to a portal at /start: that page, one
// below it, its sign-in page, or nothing.
func isStartPath(path string) bool {
	switch firstWord(path) {
	case "", "/start", "/login":
		return true
	}
	return false
}

// firstWord returns a path's first segment as far as it is a word, in lower
// case. What follows that, a comma say, was not meant to be there.
func firstWord(path string) string {
	path = strings.ToLower(strings.TrimLeft(path, "/"))
	end := strings.IndexFunc(path, func(r rune) bool { return !isWordRune(r) })
	if end < 0 {
		end = len(path)
	}
	if end == 0 {
		return ""
	}
	return "/" + path[:end]
}

func isWordRune(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_'
}

// firstSegment returns the path segment after a prefix, which must be an
// identifier of letters, digits and hyphens.
func firstSegment(path, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(path), prefix)
	id := strings.TrimPrefix(firstWord("/"+rest), "/")
	return id, ok && rest[:min(len(rest), 1)] != "/" && endpoints.IsHostLabel(id)
}
