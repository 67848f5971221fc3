package backend

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore/endpoints"
)

func (b *Backend) portals(ctx context.Context) (message.Portals, error) {
	stored, err := b.Local.Get(ctx, message.PortalsKey)
	portals, _ := b.sound(stored[message.PortalsKey])
	return portals, err
}

// sound reads a stored list of portals and leaves out what a person could not
// have added: nothing is asked or opened at what merely stands there. It tells
// whether that is the whole list.
func (b *Backend) sound(text string) (portals message.Portals, whole bool) {
	portals, whole = message.ParsePortals(text), !message.PortalsLost(text)
	all := len(portals.All)
	portals.All = slices.DeleteFunc(portals.All, func(p portal.Portal) bool { return !b.isSound(p) })
	if _, ok := portals.Find(portals.Active); !ok {
		portals.Active = ""
	}
	return portals, whole && len(portals.All) == all
}

func (b *Backend) isSound(p portal.Portal) bool {
	typed := message.NewPortal(p)
	if p.Demo() {
		typed = message.NewPortal{StartURL: message.Demo}
	}
	parsed, err := b.parsePortal(typed)
	return err == nil && parsed == p && p.StartURL != ""
}

func (b *Backend) portal(ctx context.Context, startURL string) (portal.Portal, error) {
	all, err := b.portals(ctx)
	if err != nil {
		return portal.Portal{}, err
	}
	p, ok := all.Find(startURL)
	if !ok {
		return p, words.UnknownPortal()
	}
	return p, nil
}

// updatePortals changes the list of portals.
func (b *Backend) updatePortals(ctx context.Context, change func(*message.Portals)) error {
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Local.Get(ctx, message.PortalsKey)
	if err != nil {
		return err
	}
	all, err := b.mendPortals(ctx, stored[message.PortalsKey])
	if err != nil {
		return err
	}
	change(&all)
	return b.Local.Set(ctx, map[string]string{message.PortalsKey: all.Text()})
}

// addPortal adds a portal, makes it the one shown and notes that signing in to
// it is wanted: when the browser asks for access, the popup that could go on is
// gone. Adding a portal again corrects its region, which voids its session.
func (b *Backend) addPortal(ctx context.Context, n message.NewPortal) (message.Access, error) {
	p, err := b.parsePortal(n)
	if err != nil {
		return message.Access{}, err
	}
	granted, err := b.Browser.HasPermissions(ctx, nil, p.Patterns())
	if err != nil {
		return message.Access{}, err
	}
	if err := b.keepFromRemoval(ctx, p); err != nil {
		return message.Access{}, err
	}
	var was portal.Portal
	if err := b.updatePortals(ctx, func(all *message.Portals) {
		was, _ = all.Find(p.StartURL)
		all.All = append(without(all.All, p), p)
		all.Active = p.StartURL
	}); err != nil {
		return message.Access{}, err
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		s.wantSignIn(b.Clock.Now(), granted)
		return nil
	}); err != nil {
		return message.Access{}, err
	}
	if was != p && was.StartURL != "" {
		b.giveBack(ctx, was, 0) // or when the session there is over
	}
	return message.Access{Portal: p.StartURL, Origins: strings.Join(p.Patterns(), " ")}, nil
}

func without(all []portal.Portal, p portal.Portal) []portal.Portal {
	return slices.DeleteFunc(all, func(known portal.Portal) bool { return known.StartURL == p.StartURL })
}

// longestStartURL is how many bytes are read of what may be a start URL: an
// address with all that a browser puts behind it.
const longestStartURL = 4096

// parsePortal makes a portal of what a person typed, or says what is wrong.
func (b *Backend) parsePortal(n message.NewPortal) (portal.Portal, error) {
	if n.StartURL == message.Demo {
		return portal.Demo(b.Demo), nil
	}
	if strings.TrimSpace(n.StartURL) == "" {
		return portal.Portal{}, words.EnterStartURL()
	}
	if len(n.StartURL) > longestStartURL {
		return portal.Portal{}, words.TooLong()
	}
	start, err := portal.ParseAddress(n.StartURL)
	if err != nil {
		return portal.Portal{}, err
	}
	if start.Loopback && !b.Loopback {
		return portal.Portal{}, words.OnThisComputer()
	}
	if start.Issuer {
		return portal.Portal{}, words.Issuer()
	}
	region := strings.ToLower(strings.TrimSpace(n.Region))
	p, err := start.In(region)
	if err == nil {
		return p, nil
	}
	wrong := noRegion(start, cmp.Or(region, start.Region), err)
	if wrong.Field = message.RegionField; region == "" && start.Region != "" {
		wrong.Field = message.StartURLField
	}
	return p, wrong
}

// noRegion says why no portal of a region is at an address.
func noRegion(start portal.Address, region string, err error) *message.Error {
	switch err {
	case portal.ErrNoRegion:
		return words.WhichRegion()
	case portal.ErrOtherRegion:
		return words.OtherRegion(start.Region, printable(region))
	case portal.ErrUnknownRegion:
		return words.NoRegion(printable(region), words.Or(meantRegions(region)))
	}
	var regions []string
	for _, r := range endpoints.Regions() {
		if r.Partition == start.Partition && r.Partition != endpoints.PartitionAWS {
			regions = append(regions, r.Name)
		}
	}
	return words.OtherPartition(partitions[start.Partition], words.Or(regions), region)
}

// partitions are how people call the parts of AWS that know nothing of each other.
var partitions = map[string]string{
	endpoints.PartitionAWS: words.InCommercial, endpoints.PartitionChina: words.InChina,
	endpoints.PartitionGov: words.InGovCloud, endpoints.PartitionEUSC: words.InSovereign,
}

func (b *Backend) usePortal(ctx context.Context, p portal.Portal) error {
	if err := b.updatePortals(ctx, func(all *message.Portals) { all.Active = p.StartURL }); err != nil {
		return err
	}
	return b.wake(ctx)
}
