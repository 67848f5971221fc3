package ssocore

import "strings"

// startURLFamilies holds one parser per family of addresses. Each reports
// whether the address is of its family. The families don't overlap but for
// the order: a directory's host also looks like an alias under awsapps.com.
var startURLFamilies = []func(urlHost, string) (StartURL, bool){
	parseLoopback,
	parseSignIn,
	parseDirectory,
	parseAlias,
	parsePortalHost,
	parseServiceHost,
	parseIssuer,
}

// parseLoopback reads http://127.0.0.1:8080/start.
func parseLoopback(h urlHost, path string) (StartURL, bool) {
	if !h.isLoopback() || h.scheme == "https" || !isStartPath(path) {
		return StartURL{}, false
	}
	return StartURL{URL: "http://" + h.name + h.port + "/start", Loopback: true}, true
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

// signInHosts are the hosts of the pages on which one signs in to a portal. The
// pattern's "@" is the region.
var signInHosts = []string{
	"@.signin.aws", "@.sso.signin.aws", "@.signin.aws.amazon.com",
	"@.signin.amazonaws.cn", "@.signin.amazonaws-us-gov.com", "@.signin.amazonaws-eusc.eu",
}

// parseSignIn reads https://us-east-1.signin.aws/platform/d-1234567890/login and
// its like: the address of the portal follows from the directory and the region.
func parseSignIn(h urlHost, path string) (StartURL, bool) {
	id, isDirectory := firstSegment(path, "/platform/")
	if !h.isWeb() || !isDirectory {
		return StartURL{}, false
	}
	for _, pattern := range signInHosts {
		if region, ok := matchHost(h.name, pattern); ok && isRegion(region, "") {
			return portalOf(id, region)
		}
	}
	return StartURL{}, false
}

// portalOf returns the address of the portal of a directory or an instance.
func portalOf(id, region string) (StartURL, bool) {
	u := StartURL{Region: region, Partition: partitionOf(region).name}
	isInstance := strings.HasPrefix(id, "ssoins-")
	switch {
	case !isInstance && !strings.HasPrefix(id, "d-"):
		return StartURL{}, false
	case u.Partition == PartitionEUSC:
		u.URL = "https://" + id + "." + region + ".portal.amazonaws.eu"
	case isInstance && u.Partition == PartitionChina:
		u.URL = "https://" + id + ".portal." + region + ".app.amazonwebservices.com.cn"
	case isInstance:
		u.URL = "https://" + id + ".portal." + region + ".app.aws"
	case u.Partition == PartitionChina:
		u.URL = "https://start." + region + ".home.awsapps.cn/directory/" + id
	case u.Partition == PartitionGov:
		u.URL = "https://start." + region + ".us-gov-home.awsapps.com/directory/" + id
	default:
		u.URL = "https://" + id + ".awsapps.com/start"
	}
	return u, true
}

// directoryHosts are the hosts under which directories without an alias are
// found, with what a region puts between "start." and the rest.
var directoryHosts = []struct{ suffix, partition string }{
	{"us-gov-home.awsapps.com", PartitionGov},
	{"home.awsapps.cn", PartitionChina},
}

// parseDirectory reads https://start.us-gov-home.awsapps.com/directory/<id>
// and its like, with or without a region after "start.".
func parseDirectory(h urlHost, path string) (StartURL, bool) {
	for _, d := range directoryHosts {
		middle, ok := between(h.name, "start.", d.suffix)
		id, isDirectory := firstSegment(path, "/directory/")
		if !ok || !h.isWeb() || !isDirectory || middle != "" && !isRegion(middle, d.partition) {
			continue
		}
		return StartURL{
			URL:       "https://" + h.name + "/directory/" + id,
			Region:    middle,
			Partition: d.partition,
		}, true
	}
	return StartURL{}, false
}

// parseAlias reads https://<alias>.awsapps.com/start and its Chinese sister.
// The host does not tell the region.
func parseAlias(h urlHost, path string) (StartURL, bool) {
	if !h.isWeb() || !isStartPath(path) {
		return StartURL{}, false
	}
	for suffix, partition := range map[string]string{".awsapps.com": PartitionAWS, ".awsapps.cn": PartitionChina} {
		alias, ok := strings.CutSuffix(h.name, suffix)
		if ok && alias != "start" && !strings.Contains(alias, ".") {
			return StartURL{URL: "https://" + h.name + "/start", Partition: partition}, true
		}
	}
	return StartURL{}, false
}

// portalHosts are the hosts that have a portal at their root. The pattern's
// "*" is the instance, "@" the region.
var portalHosts = []struct{ pattern, partition string }{
	{"*.portal.@.app.aws", ""},
	{"*.@.portal.amazonaws.com", ""},
	{"*.@.portal.amazonaws.com.cn", PartitionChina},
	{"*.@.portal.amazonaws.eu", PartitionEUSC},
}

// parsePortalHost reads https://<instance>.portal.<region>.app.aws and the
// other portals at a host's root. Whatever path they are pasted with is a page
// inside the portal.
func parsePortalHost(h urlHost, _ string) (StartURL, bool) {
	if !h.isWeb() {
		return StartURL{}, false
	}
	for _, p := range portalHosts {
		region, ok := matchHost(h.name, p.pattern)
		if !ok || region != "" && !isRegion(region, p.partition) {
			continue
		}
		partition := p.partition
		if partition == "" {
			partition = partitionOf(region).name
		}
		return StartURL{URL: "https://" + h.name, Region: region, Partition: partition}, true
	}
	return StartURL{}, false
}

// matchHost compares a host with a pattern label by label and returns the
// region in it.
func matchHost(name, pattern string) (region string, ok bool) {
	labels, want := strings.Split(name, "."), strings.Split(pattern, ".")
	if len(labels) != len(want) {
		return "", false
	}
	for i, label := range labels {
		switch want[i] {
		case "*":
		case "@":
			region = label
		case label:
		default:
			return "", false
		}
	}
	return region, true
}

// serviceHosts are the domains under which dual-stack portals live beside other
// services, in forms that vary.
var serviceHosts = []struct{ suffix, partition string }{
	{".app.amazonwebservices.com.cn", PartitionChina},
	{".app.amazonwebservices.eu", PartitionEUSC},
	{".api.amazonwebservices.eu", PartitionEUSC},
}

// parseServiceHost reads portals under serviceHosts. The region is the label
// that is shaped like one of the partition's; the hosts of the APIs, which
// begin with "portal" or "oidc", are no portals.
func parseServiceHost(h urlHost, _ string) (StartURL, bool) {
	for _, s := range serviceHosts {
		rest, ok := strings.CutSuffix(h.name, s.suffix)
		labels := strings.Split(rest, ".")
		if !ok || !h.isWeb() || labels[0] == "portal" || labels[0] == "oidc" {
			continue
		}
		u := StartURL{URL: "https://" + h.name, Partition: s.partition}
		for _, label := range labels[1:] {
			if isRegion(label, s.partition) {
				u.Region = label
			}
		}
		return u, true
	}
	return StartURL{}, false
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
	return partition == "" || partitionOf(label).name == partition
}

// issuerHosts are the hosts of the identifiers that instances have.
var issuerHosts = map[string]string{
	"identitycenter.amazonaws.com":        PartitionAWS,
	"identitycenter.amazonaws.com.cn":     PartitionChina,
	"identitycenter.amazonaws.eu":         PartitionEUSC,
	"identitycenter.us-gov.amazonaws.com": PartitionGov,
	"identitycenter.amazonaws-us-gov.com": PartitionGov,
}

// parseIssuer reads https://identitycenter.amazonaws.com/ssoins-<id>.
func parseIssuer(h urlHost, path string) (StartURL, bool) {
	partition, ok := issuerHosts[h.name]
	id, isInstance := firstSegment(path, "/")
	if !ok || !h.isWeb() || !isInstance || !strings.HasPrefix(id, "ssoins-") {
		return StartURL{}, false
	}
	return StartURL{URL: "https://" + h.name + "/" + id, Partition: partition, Issuer: true}, true
}

// between returns what stands between a host's prefix and suffix: nothing, or
// labels without the dot that follows them.
func between(name, prefix, suffix string) (string, bool) {
	rest, ok := strings.CutPrefix(name, prefix)
	middle, ok2 := strings.CutSuffix(rest, suffix)
	if !ok || !ok2 || middle != "" && !strings.HasSuffix(middle, ".") {
		return "", false
	}
	return strings.TrimSuffix(middle, "."), true
}

// firstSegment returns the path segment after a prefix, which must be an
// identifier of letters, digits and hyphens.
func firstSegment(path, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(path), prefix)
	id := strings.TrimPrefix(firstWord("/"+rest), "/")
	return id, ok && rest[:min(len(rest), 1)] != "/" && isHostLabel(id)
}
