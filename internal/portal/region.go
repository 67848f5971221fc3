package portal

import (
	"cmp"
	"errors"

	"portico/ssocore/endpoints"
)

// Why an address is of no portal in a region.
var (
	ErrNoRegion       = errors.New("the address does not name the region")
	ErrOtherRegion    = errors.New("the address names another region")
	ErrUnknownRegion  = errors.New("there is no such region")
	ErrOtherPartition = errors.New("the region is in another partition than the address")
)

// In gives the portal at an address, in a region by its name: the address's own if
// that is empty, or the only one that its partition has.
func (a Address) In(region string) (Portal, error) {
	if region == "" {
		region = cmp.Or(a.Region, onlyRegion(a.Partition))
	}
	known, ok := endpoints.LookupRegion(region)
	switch {
	case region == "":
		return Portal{}, ErrNoRegion
	case a.Region != "" && a.Region != region:
		return Portal{}, ErrOtherRegion
	case !ok:
		return Portal{}, ErrUnknownRegion
	case a.Partition != "" && a.Partition != known.Partition:
		return Portal{}, ErrOtherPartition
	}
	if of, ok := addressOf(a.ID, region); ok {
		a.URL = of.URL
	}
	return Portal{StartURL: a.URL, Region: region}, nil
}

// onlyRegion is the region of a partition that has but one, else "".
func onlyRegion(partition string) (only string) {
	for _, r := range endpoints.Regions() {
		switch {
		case r.Partition != partition:
		case only != "":
			return ""
		default:
			only = r.Name
		}
	}
	return only
}

// Known tells whether the portal's region is known. Hosts are made of it.
func (p Portal) Known() bool {
	_, known := endpoints.LookupRegion(p.Region)
	return known
}
