package ssocore

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
	name   string
	prefix string // of its regions' names
	suffix string // of its hosts
}

// partitions is read in order: the first whose prefix fits holds a region.
// A region of no known prefix is taken for one of the aws partition, as the
// service's endpoint rules do.
var partitions = []partition{
	{PartitionChina, "cn-", "amazonaws.com.cn"},
	{PartitionGov, "us-gov-", "amazonaws.com"},
	{PartitionEUSC, "eusc-de-", "amazonaws.eu"},
	{"aws-iso", "us-iso-", "c2s.ic.gov"},
	{"aws-iso-b", "us-isob-", "sc2s.sgov.gov"},
	{"aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"},
	{"aws-iso-f", "us-isof-", "csp.hci.ic.gov"},
	{PartitionAWS, "", "amazonaws.com"},
}

// partitionOf returns the partition a region's name puts it in.
func partitionOf(region string) partition {
	i := slices.IndexFunc(partitions, func(p partition) bool {
		return strings.HasPrefix(region, p.prefix)
	})
	return partitions[i]
}
