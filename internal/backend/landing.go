package backend

import (
	"cmp"
	"context"
	"strings"

	"portico/internal/console"
	"portico/internal/console/jump"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/pattern"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore/endpoints"
)

// landing is the page at which a role's console opens: that of the service that was
// asked for, or that was pasted, else what a rule says for the role, else the first of
// the Region that was asked for, else the zero Page, which leaves it to the portal. A
// rule's page that the consoles behind the portal lack is none.
func (b *Backend) landing(ctx context.Context, p portal.Portal, o message.Opening) (console.Page, error) {
	s, err := b.settings(ctx)
	if err != nil {
		return console.Page{}, err
	}
	role := pattern.Role{Portal: p.ID, AccountID: directory.Escape(o.AccountID), RoleName: directory.Escape(o.RoleName)}
	if d, err := b.directory(ctx, p); err == nil {
		if a := d.Find(role.AccountID); a != nil {
			role.AccountName = a.Name
		}
	}
	chosen, partition := s.For(role), endpoints.PartitionOf(p.Region)
	region := cmp.Or(o.Region, chosen.Region)
	if o.Service != "" {
		to := pageIn(console.Named(o.Service), partition, region)
		if to == (console.Page{}) {
			return to, words.NoSuchService(printable(o.Service))
		}
		return to, nil
	}
	if to := pastedPage(o.Pasted); to.Partition == partition {
		return inRegion(to, o.Region), nil
	}
	service, page, _ := landingOf(chosen.Page)
	switch {
	case service.Name != "":
		return pageIn(service, partition, region), nil
	case page.Partition != partition && o.Region != "":
		return console.Home(partition, o.Region), nil
	case page.Partition != partition:
		return console.Page{}, nil
	case page.Region == "":
		return inRegion(page, region), nil
	}
	return inRegion(page, o.Region), nil
}

// inRegion is a page in a Region. Where it can't be it stays.
func inRegion(page console.Page, region string) console.Page {
	if in := page.In(region); in != (console.Page{}) {
		return in
	}
	return page
}

// homeService is what stands for a service in the address of a console's first page.
const homeService = "console"

// readPage tells which page of a console an address is, if it is one.
func readPage(address string) message.Shown {
	p, _ := console.Read(address)
	if p.Service == homeService {
		p.Service = ""
	}
	return message.Shown{URL: p.URL(), Partition: p.Partition, Account: p.Account, Region: p.Region, Service: p.Service}
}

// pastedPage gives the first page of a console whose address stands in a text.
func pastedPage(text string) console.Page {
	for _, word := range strings.Fields(text) {
		if to, ok := console.Read(strings.Trim(word, `"'<>()[]{},;`)); ok {
			return to
		}
	}
	return console.Page{}
}

// landingOf reads what a rule says of a page: a service, or an address.
func landingOf(text string) (service console.Service, page console.Page, ok bool) {
	if service = console.Named(jump.Means(text)); service.Name != "" {
		return service, page, true
	}
	page, ok = console.Read(text)
	return service, page, ok
}

// pageIn is a service's page in a region. One that is none of the partition's stands
// for the one that was used last.
func pageIn(s console.Service, partition, region string) console.Page {
	if to := s.Page(partition, region); to != (console.Page{}) {
		return to
	}
	return s.Page(partition, "")
}
