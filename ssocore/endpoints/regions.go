package endpoints

import (
	"slices"
	"strings"
)

// A Region is an AWS region and the partition it belongs to.
type Region struct {
	Name      string // such as "eu-central-1"
	Partition string // one of the Partition constants
}

// The partitions Portico serves.
const (
	PartitionAWS   = "aws"
	PartitionChina = "aws-cn"
	PartitionGov   = "aws-us-gov"
	PartitionEUSC  = "aws-eusc"
)

// regions is the one table of regions; whatever needs to list hosts is made
// from it. The isolated (iso) partitions can't be reached from a browser on
// the internet and are left out.
var regions = []Region{
	{"af-south-1", PartitionAWS},
	{"ap-east-1", PartitionAWS},
	{"ap-east-2", PartitionAWS},
	{"ap-northeast-1", PartitionAWS},
	{"ap-northeast-2", PartitionAWS},
	{"ap-northeast-3", PartitionAWS},
	{"ap-south-1", PartitionAWS},
	{"ap-south-2", PartitionAWS},
	{"ap-southeast-1", PartitionAWS},
	{"ap-southeast-2", PartitionAWS},
	{"ap-southeast-3", PartitionAWS},
	{"ap-southeast-4", PartitionAWS},
	{"ap-southeast-5", PartitionAWS},
	{"ap-southeast-6", PartitionAWS},
	{"ap-southeast-7", PartitionAWS},
	{"ca-central-1", PartitionAWS},
	{"ca-west-1", PartitionAWS},
	{"eu-central-1", PartitionAWS},
	{"eu-central-2", PartitionAWS},
	{"eu-north-1", PartitionAWS},
	{"eu-south-1", PartitionAWS},
	{"eu-south-2", PartitionAWS},
	{"eu-west-1", PartitionAWS},
	{"eu-west-2", PartitionAWS},
	{"eu-west-3", PartitionAWS},
	{"il-central-1", PartitionAWS},
	{"me-central-1", PartitionAWS},
	{"me-south-1", PartitionAWS},
	{"mx-central-1", PartitionAWS},
	{"sa-east-1", PartitionAWS},
	{"us-east-1", PartitionAWS},
	{"us-east-2", PartitionAWS},
	{"us-west-1", PartitionAWS},
	{"us-west-2", PartitionAWS},
	{"cn-north-1", PartitionChina},
	{"cn-northwest-1", PartitionChina},
	{"us-gov-east-1", PartitionGov},
	{"us-gov-west-1", PartitionGov},
	{"eusc-de-east-1", PartitionEUSC},
}

// Regions returns every region known to this version, partition by partition.
// The slice is the caller's own.
func Regions() []Region { return slices.Clone(regions) }

// LookupRegion returns the region of that exact name.
func LookupRegion(name string) (Region, bool) {
	i := slices.IndexFunc(regions, func(r Region) bool { return r.Name == name })
	if i < 0 {
		return Region{}, false
	}
	return regions[i], true
}

// partition is what the endpoint rules say about a group of regions.
type partition struct {
	name      string
	prefix    string // of its regions' names; a direction and a number follow
	global    string // the name that stands for no region in particular, if there is one
	suffix    string // of its hosts
	dualStack string // the same of its dual-stack hosts, "" if it has none
}

// partitions holds the partitions. The first takes in every region that no other
// does.
var partitions = []partition{
	{PartitionAWS, "", "aws-global", "amazonaws.com", "api.aws"},
	{PartitionChina, "cn-", "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
	{PartitionGov, "us-gov-", "aws-us-gov-global", "amazonaws.com", "api.aws"},
	{PartitionEUSC, "eusc-de-", "", "amazonaws.eu", "api.amazonwebservices.eu"},
	{"aws-iso", "us-iso-", "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov"},
	{"aws-iso-b", "us-isob-", "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud"},
	{"aws-iso-e", "eu-isoe-", "aws-iso-e-global", "cloud.adc-e.uk", ""},
	{"aws-iso-f", "us-isof-", "aws-iso-f-global", "csp.hci.ic.gov", ""},
}

// PartitionOf returns the name of the partition a region's name puts it in, known
// or not.
func PartitionOf(region string) string { return partitionOf(region).name }

func partitionOf(region string) *partition {
	for i := range partitions[1:] {
		p := &partitions[1+i]
		rest, ok := strings.CutPrefix(region, p.prefix)
		if ok && isDirection(rest) || p.global != "" && region == p.global {
			return p
		}
	}
	return &partitions[0]
}

// isDirection reports whether the end of a region's name is a word and a
// number, as "west-1" is.
func isDirection(s string) bool {
	word, number, ok := strings.Cut(s, "-")
	return ok && word != "" && number != "" && strings.Trim(number, "0123456789") == ""
}
