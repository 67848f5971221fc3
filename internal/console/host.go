package console

import (
	"slices"
	"strings"

	"portico/ssocore/endpoints"
)

// domains say where each partition has its console. A region may stand before it.
var domains = []struct{ partition, name string }{
	{endpoints.PartitionAWS, "console.aws.amazon.com"},
	{endpoints.PartitionChina, "console.amazonaws.cn"},
	{endpoints.PartitionGov, "console.amazonaws-us-gov.com"},
	{endpoints.PartitionEUSC, "console.amazonaws-eusc.eu"},
}

// serviceLabels are what stands in the region's place at hosts that services have,
// or had, for themselves.
var serviceLabels = []string{"health", "resource-explorer", "resources", "s3", "support"}

// host is a host of a console as it is shared: a label and a dot, if there is a
// label, then the domain of the partition.
type host struct {
	label     string // a region of the partition, one of serviceLabels, or ""
	partition string
}

func (h host) name() string {
	for _, d := range domains {
		if d.partition == h.partition {
			if h.label == "" {
				return d.name
			}
			return h.label + "." + d.name
		}
	}
	return ""
}

// region is the region that the host is in, or "".
func (h host) region() string {
	if inPartition(h.label, h.partition) {
		return h.label
	}
	return ""
}

// parseHost knows a host of a console by its name in lower case. In a browser that
// is signed in to several accounts a session's name may stand before it, which
// begins with the account's ID: 111122223333-0abc9xyz.
func parseHost(name string) (h host, session string, ok bool) {
	for _, d := range domains {
		if name == d.name {
			return host{"", d.partition}, "", true
		}
		before, ok := strings.CutSuffix(name, "."+d.name)
		if !ok {
			continue
		}
		if first, second, two := strings.Cut(before, "."); two {
			if session, before = first, second; !isSession(session) {
				return host{}, "", false
			}
		}
		h = host{before, d.partition}
		return h, session, h.region() != "" || slices.Contains(serviceLabels, before)
	}
	return host{}, "", false
}

// accountSize is how long an account's ID is.
const accountSize = 12

func isSession(label string) bool {
	if len(label) < accountSize+2 || label[accountSize] != '-' {
		return false
	}
	const digits = "0123456789"
	return strings.Trim(label[:accountSize], digits) == "" &&
		strings.Trim(label[accountSize+1:], digits+"abcdefghijklmnopqrstuvwxyz") == ""
}

// inPartition tells whether a region is one of a partition's.
func inPartition(region, partition string) bool {
	r, ok := endpoints.LookupRegion(region)
	return ok && r.Partition == partition
}
