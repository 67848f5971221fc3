package portal

import (
	"slices"
	"strings"

	"portico/ssocore/endpoints"
)

// signInHosts are the hosts of the pages on which one signs in to a portal, behind
// a region.
var signInHosts = []string{
	"signin.aws", "sso.signin.aws", "signin.aws.amazon.com",
	"signin.amazonaws.cn", "signin.amazonaws-us-gov.com", "signin.amazonaws-eusc.eu",
}

// parseSignIn reads https://us-east-1.signin.aws/platform/d-1234567890/login and
// its like: the address of the portal follows from the directory and the region.
func parseSignIn(host, path string) (Address, bool) {
	id, isDirectory := firstSegment(path, "/platform/")
	region, rest, _ := strings.Cut(host, ".")
	for _, known := range signInHosts {
		if isDirectory && rest == known && isRegion(region, "") {
			return addressOf(id, region)
		}
	}
	return Address{}, false
}

// addressOf returns the address of the portal of a directory or an instance.
func addressOf(id, region string) (Address, bool) {
	a := Address{Region: region, Partition: endpoints.PartitionOf(region)}
	isInstance := strings.HasPrefix(id, "ssoins-")
	switch {
	case !isInstance && !strings.HasPrefix(id, "d-"):
		return Address{}, false
	case a.Partition == endpoints.PartitionEUSC:
		a.URL = "https://" + id + "." + region + ".portal.amazonaws.eu"
	case isInstance && a.Partition == endpoints.PartitionChina:
		a.URL = "https://" + id + ".portal." + region + ".app.amazonwebservices.com.cn"
	case isInstance:
		a.URL = "https://" + id + ".portal." + region + ".app.aws"
	case a.Partition == endpoints.PartitionChina:
		a.URL = "https://start." + region + ".home.awsapps.cn/directory/" + id
	case a.Partition == endpoints.PartitionGov:
		a.URL = "https://start." + region + ".us-gov-home.awsapps.com/directory/" + id
	default:
		a.URL = "https://" + id + ".awsapps.com/start"
	}
	return a, true
}

// parseID reads the ID of a directory or an instance, as the administrator's pages
// and the AWS CLI have it.
func parseID(h urlHost, path string) (Address, bool) {
	return Address{ID: h.name}, h.scheme == "" && h.port == "" && path == "" && isID(h.name)
}

// parseARN reads what has the ID of an instance in it, and no region:
// arn:aws:sso:::instance/ssoins-1234567890abcdef.
func parseARN(s string) (Address, bool) {
	fields := strings.Split(strings.ToLower(strings.Trim(s, junk)), ":")
	if len(fields) != 6 || fields[0] != "arn" || fields[2] != "sso" {
		return Address{}, false
	}
	_, id, _ := strings.Cut(fields[5], "/")
	id, _, _ = strings.Cut(id, "/")
	known := slices.ContainsFunc(endpoints.Regions(), func(r endpoints.Region) bool { return r.Partition == fields[1] })
	return Address{ID: id, Partition: fields[1]}, known && isID(id)
}

// isID tells whether a text is the ID of a directory or an instance, all of it.
func isID(s string) bool {
	id, isDirectory := strings.CutPrefix(s, "d-")
	length := 10
	if !isDirectory {
		id, length = strings.TrimPrefix(s, "ssoins-"), 16
	}
	return len(id) == length && len(id) < len(s) && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// issuerHosts are the hosts of the identifiers that instances have.
var issuerHosts = []struct{ host, partition string }{
	{"identitycenter.amazonaws.com", endpoints.PartitionAWS},
	{"identitycenter.amazonaws.com.cn", endpoints.PartitionChina},
	{"identitycenter.amazonaws.eu", endpoints.PartitionEUSC},
	{"identitycenter.us-gov.amazonaws.com", endpoints.PartitionGov},
	{"identitycenter.amazonaws-us-gov.com", endpoints.PartitionGov},
}

// parseIssuer reads https://identitycenter.amazonaws.com/ssoins-<id>.
func parseIssuer(host, path string) (Address, bool) {
	id, isInstance := firstSegment(path, "/")
	for _, issuer := range issuerHosts {
		if host == issuer.host && isInstance && strings.HasPrefix(id, "ssoins-") {
			return Address{ID: id, Partition: issuer.partition}, true
		}
	}
	return Address{}, false
}

// parseHere reads the address of a portal on this computer: http://127.0.0.1:8080/start,
// or that of a host that stands for one of AWS's.
func parseHere(h urlHost, path string) (Address, bool) {
	if h.scheme == "https" {
		return Address{}, false
	}
	if h.name == "127.0.0.1" || h.name == "localhost" {
		return Address{URL: "http://" + h.name + h.port + string(atStart), Loopback: true}, isStartPath(path)
	}
	name, here := standsFor(h.name + h.port)
	if here == "" {
		return Address{}, false
	}
	a, ok := parseFamilies(name, path)
	_, _, path = split(a.URL)
	a.URL, a.Loopback = "http://"+h.name+h.port, true
	if path != "" {
		a.URL += "/" + path
	}
	return a, ok
}
