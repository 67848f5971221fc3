package backend

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
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
	all, seen := len(portals.All)+len(portals.Entrances), make(map[string]bool)
	portals.All = slices.DeleteFunc(portals.All, func(p portal.Portal) bool {
		twice := seen[p.ID]
		seen[p.ID] = true
		return twice || !b.isSound(p)
	})
	portals.Entrances = slices.DeleteFunc(portals.Entrances, func(p portal.Portal) bool {
		_, listed := portals.Find(p.ID)
		return !listed || p.Demo() || !b.isSound(p) && !b.isFront(p)
	})
	if _, ok := portals.Find(portals.Active); !ok {
		portals.Active = ""
	}
	return portals, whole && len(portals.All)+len(portals.Entrances) == all
}

func (b *Backend) isSound(p portal.Portal) bool {
	typed := message.NewPortal{StartURL: p.StartURL, Region: p.Region}
	if p.Demo() {
		typed = message.NewPortal{StartURL: message.Demo}
	}
	parsed, err := b.parsePortal(typed)
	parsed.ID = p.ID
	return err == nil && parsed == p && p.StartURL != "" && len(strings.Fields(p.ID)) == 1
}

func (b *Backend) portal(ctx context.Context, id string) (portal.Portal, error) {
	all, err := b.portals(ctx)
	if err != nil {
		return portal.Portal{}, err
	}
	p, ok := all.Find(id)
	if !ok {
		return p, words.UnknownPortal()
	}
	return p, nil
}

// updatePortals changes the list of portals.
func (b *Backend) updatePortals(ctx context.Context, change func(*message.Portals) error) error {
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
	if err := change(&all); err != nil {
		return err
	}
	return b.Local.Set(ctx, map[string]string{message.PortalsKey: all.Text()})
}

// addPortal adds a portal, makes it the one shown and notes that signing in to
// it is wanted: when the browser asks for access, the popup that could go on is
// gone. One that is named, or added again, is corrected: that ends its session,
// and leaves it its directory and its place in the list.
func (b *Backend) addPortal(ctx context.Context, n message.NewPortal) (message.Access, error) {
	p, err := b.parsePortal(n)
	if err != nil {
		return message.Access{}, err
	}
	way, err := b.wayFor(ctx, p, n.ByCode)
	if err != nil {
		return message.Access{}, err
	}
	lacking := b.lacking(ctx, p, way)
	if lacking != nil && !lacksAccess(lacking) {
		return message.Access{}, lacking
	}
	if p, err = b.putPortal(ctx, p, n, nil, func(s *session) {
		s.wantSignIn(way, b.Clock.Now(), lacking == nil)
	}); err != nil {
		return message.Access{}, err
	}
	return message.Access{Portal: p.ID, Origins: strings.Join(b.originsFor(p, way), " ")}, nil
}

// putPortal stores a portal, unless it is none any more that was asked, and then what
// begins with it. It gives the portal as it is in the list.
func (b *Backend) putPortal(ctx context.Context, p portal.Portal, n message.NewPortal, asked *adding, begin func(*session)) (portal.Portal, error) {
	var was portal.Portal
	known := "" // what has the same organisation's accounts
	if err := b.updatePortals(ctx, func(all *message.Portals) (err error) {
		if asked != nil {
			if err := b.isWanted(ctx, asked); err != nil {
				return err
			}
		}
		if p.ID, err = identify(*all, n.Portal, p); err != nil {
			return err
		}
		if err := b.keepFromRemoval(ctx, p); err != nil {
			return err
		}
		was, _ = all.Find(p.ID)
		put(all, p)
		b.putFront(all, p.ID, n.Front)
		for _, other := range all.All {
			if (asked != nil || was.StartURL != p.StartURL) && other.ID != p.ID && p.Shared(other) != "" { // no instance's: that is the same portal
				known = other.NameAmong(all.All)
			}
		}
		b.show(ctx, all, p.ID)
		return nil
	}); err != nil {
		return p, err
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		begin(s)
		s.known = cmp.Or(known, s.known)
		return nil
	}); err != nil {
		return p, err
	}
	if was != p && was.ID != "" {
		b.giveBack(ctx, was, 0) // or when the session there is over
	}
	return p, nil
}

// identify gives the ID of the portal that is added: of the one that is named, of the
// one that its address leads to, else a new one. That is the start URL itself, unless
// a portal has it that was corrected since.
func identify(all message.Portals, named string, added portal.Portal) (string, error) {
	if _, ok := all.Find(named); !ok && named != "" {
		return "", words.UnknownPortal()
	}
	known := leadsTo(all, added)
	switch {
	case known.ID == "":
	case named != "" && named != known.ID && known.StartURL == added.StartURL:
		return "", words.AddressTaken()
	case named == "":
		return known.ID, nil
	}
	if named != "" {
		return named, nil
	}
	id := added.StartURL
	for n := 2; ; n++ {
		if _, taken := all.Find(id); !taken {
			return id, nil
		}
		id = added.StartURL + "#" + strconv.Itoa(n)
	}
}

// longestStartURL is how many bytes are read of what may be a start URL: an
// address with all that a browser puts behind it.
const longestStartURL = 4096

// parsePortal makes a portal of what a person typed, or says what is wrong.
func (b *Backend) parsePortal(n message.NewPortal) (portal.Portal, error) {
	if n.StartURL == message.Demo {
		return portal.Demo(b.Demo), nil
	}
	start, err := b.parseAddress(n.StartURL)
	if err != nil {
		return portal.Portal{}, err
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

// parseAddress reads the address of a portal, or says what is wrong with it.
func (b *Backend) parseAddress(text string) (portal.Address, error) {
	switch {
	case strings.TrimSpace(text) == "":
		return portal.Address{}, words.EnterStartURL()
	case len(text) > longestStartURL:
		return portal.Address{}, words.TooLong()
	}
	start, err := portal.ParseAddress(text)
	switch {
	case err != nil:
		return start, noAddress(err)
	case start.Loopback && !b.Loopback:
		return start, words.OnThisComputer()
	}
	return start, nil
}

// look tells what would be added. What is wrong with the region is said when it is.
func (b *Backend) look(ctx context.Context, n message.NewPortal) (message.Seen, error) {
	start, err := b.parseAddress(n.StartURL)
	if front, ok := signin.Front(n.StartURL, b.Loopback); ok && err != nil {
		return message.Seen{Says: explain(err).Error(), Front: front}, nil
	}
	if err != nil {
		return message.Seen{}, err
	}
	seen := message.Seen{Host: portal.Portal{StartURL: start.URL}.Host(), Region: start.Region}
	all, err := b.portals(ctx)
	if err != nil {
		return message.Seen{}, err
	}
	if p, err := b.parsePortal(n); err == nil {
		seen.Host = p.Host()
		seen.Says = words.WillAsk.With(p.Host(), p.Region, words.And(p.Domains()))
		if known := leadsTo(all, p); known.ID != "" && known.StartURL != p.StartURL {
			to, _ := all.Find(known.ID)
			seen.Says += " " + words.AnotherWay.With(to.NameAmong(all.All))
		}
		way, err := b.wayFor(ctx, p, false)
		if err != nil {
			return message.Seen{}, err
		}
		seen.Origins = strings.Join(b.originsFor(p, way), " ")
	}
	if start.Through != "" {
		seen.Says = strings.TrimSuffix(words.Through.With(start.Through, cmp.Or(seen.Host, start.ID))+" "+seen.Says, " ")
	}
	if start.Region == "" {
		seen.Regions = strings.Join(likelyRegions(start.Partition, all), " ")
	}
	return seen, nil
}

// likelyRegions are those in which a portal of a partition may be: first where the
// others are, then where most are.
func likelyRegions(partition string, portals message.Portals) (likely []string) {
	add := func(name string) {
		r, ok := endpoints.LookupRegion(name)
		if ok && (partition == "" || r.Partition == partition) && !slices.Contains(likely, name) {
			likely = append(likely, name)
		}
	}
	for _, p := range portals.All {
		add(p.Region)
	}
	for _, name := range []string{"us-east-1", "eu-west-1", "eu-central-1", "us-west-2"} {
		add(name)
	}
	for _, r := range endpoints.Regions() {
		add(r.Name)
	}
	return likely
}

// noAddress says why a text is no address of a portal, if that is due to how it is
// written; [explain] says what else is wrong with it.
func noAddress(err error) error {
	var refused *portal.AddressError
	if !errors.As(err, &refused) {
		return err
	}
	switch host := printable(refused.Host); refused.Reason {
	case portal.OtherScheme:
		return words.OtherScheme()
	case portal.HasUser:
		return words.HasUser()
	case portal.HasPort:
		return words.HasPort()
	case portal.OddHost:
		return words.OddHost()
	case portal.OtherBlock:
		return words.OtherBlock()
	case portal.LookAlike:
		return words.LookAlike(host)
	case portal.Torn:
		return words.Torn(host)
	case portal.BuilderID:
		return words.NoPortalBut(host, words.BuilderID)
	}
	return err
}

// noRegion says why no portal of a region is at an address.
func noRegion(start portal.Address, region string, err error) *message.Error {
	var regions []string
	for _, r := range endpoints.Regions() {
		if r.Partition == start.Partition && r.Partition != endpoints.PartitionAWS {
			regions = append(regions, r.Name)
		}
	}
	switch {
	case err == portal.ErrNoRegion && len(regions) > 0:
		return words.WhichRegionOf(words.Or(regions))
	case err == portal.ErrNoRegion && start.ID != "":
		return words.WhichRegionOfID(printable(start.ID))
	case err == portal.ErrNoRegion:
		return words.WhichRegion()
	case err == portal.ErrOtherRegion:
		return words.OtherRegion(start.Region, printable(region))
	case err == portal.ErrUnknownRegion:
		return words.NoRegion(printable(region), words.Or(meantRegions(region)))
	}
	return words.OtherPartition(partitions[start.Partition], words.Or(regions), region)
}

// partitions are how people call the parts of AWS that know nothing of each other.
var partitions = map[string]string{
	endpoints.PartitionAWS: words.InCommercial, endpoints.PartitionChina: words.InChina,
	endpoints.PartitionGov: words.InGovCloud, endpoints.PartitionEUSC: words.InSovereign,
}

func (b *Backend) usePortal(ctx context.Context, p portal.Portal) error {
	if err := b.updatePortals(ctx, func(all *message.Portals) error {
		b.show(ctx, all, p.ID)
		return nil
	}); err != nil {
		return err
	}
	return b.wake(ctx)
}

// show has a portal be the one that is shown. What the toolbar button says of another
// goes before that is stored; a step of the other's job brings it back if it is not.
func (b *Backend) show(ctx context.Context, all *message.Portals, id string) {
	if all.Active != id {
		_ = b.Browser.SetBadge(ctx, "", "")
	}
	all.Active = id
}
