package portal

import (
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
// that is empty.
func (a Address) In(region string) (Portal, error) {
	if region == "" {
		region = a.Region
	}
	known, ok := endpoints.LookupRegion(region)
	if of, is := addressOf(a.ID, region); is && ok {
		a.URL, a.Partition = of.URL, of.Partition
	}
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
	return Portal{StartURL: a.URL, Region: region}, nil
}

// Known tells whether the portal's region is known. Hosts are made of it.
func (p Portal) Known() bool {
	_, known := endpoints.LookupRegion(p.Region)
	return known
}
