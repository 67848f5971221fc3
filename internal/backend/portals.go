package backend

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"portico/internal/message"
	"portico/internal/portal"
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
		return p, unknownPortal()
	}
	return p, nil
}

func unknownPortal() *message.Error {
	return &message.Error{Code: message.UnknownPortal, Message: "This portal is not in Portico.", Hint: "Add it and try again."}
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
	wrong := message.StartURLField
	invalid := func(text, hint string) error {
		return &message.Error{Code: message.InvalidInput, Message: text, Hint: hint, Field: wrong}
	}
	if strings.TrimSpace(n.StartURL) == "" {
		return portal.Portal{}, invalid("Enter the start URL of your portal.", "")
	}
	if len(n.StartURL) > longestStartURL {
		return portal.Portal{}, invalid("Not a portal address: it is too long.", "It looks like https://….awsapps.com/start.")
	}
	start, err := portal.ParseAddress(n.StartURL)
	if err != nil {
		return portal.Portal{}, err
	}
	if start.Loopback && !b.Loopback {
		return portal.Portal{}, invalid("Portals on this computer work in development builds only.", "Enter the start URL of your organisation’s portal.")
	}
	if start.Issuer {
		return portal.Portal{}, invalid("Not a portal address: this is an issuer URL.", "Copy the address of the page on which you choose an account.")
	}
	region := strings.ToLower(strings.TrimSpace(n.Region))
	if region != "" || start.Region == "" {
		wrong = message.RegionField
	}
	p, err := start.In(region)
	region = cmp.Or(region, start.Region)
	switch err {
	case portal.ErrNoRegion:
		return p, invalid("Which region? The start URL does not name it.", "“Access keys” in your portal shows it, such as us-east-1.")
	case portal.ErrOtherRegion:
		return p, invalid("The start URL is one of "+start.Region+", not of "+printable(region)+".", "Leave the region empty.")
	case portal.ErrUnknownRegion:
		return p, invalid("No region “"+printable(region)+"”.", whichRegion(region))
	case portal.ErrOtherPartition:
		return p, invalid(otherPartition(start.Partition), "Check the start URL too, if "+region+" is right.")
	}
	return p, err
}

// partitions are how people call the parts of AWS that know nothing of each other.
var partitions = map[string]string{
	endpoints.PartitionAWS: "This portal is in AWS’s commercial regions", endpoints.PartitionChina: "This is a portal in China",
	endpoints.PartitionGov: "This is a GovCloud portal", endpoints.PartitionEUSC: "This portal is in the European Sovereign Cloud",
}

// otherPartition says which regions a portal can be in.
func otherPartition(partition string) string {
	if partition == endpoints.PartitionAWS {
		return partitions[partition] + ", not in China, GovCloud or the European Sovereign Cloud."
	}
	var regions []string
	for _, r := range endpoints.Regions() {
		if r.Partition == partition {
			regions = append(regions, r.Name)
		}
	}
	return partitions[partition] + "; its region is " + strings.Join(regions, " or ") + "."
}

// whichRegion says which region may have been meant, or where it is found.
func whichRegion(typed string) string {
	if meant := meantRegions(typed); len(meant) > 0 {
		return "Did you mean " + strings.Join(meant, " or ") + "?"
	}
	return "“Access keys” in your portal shows it. If it is new, Portico needs an update."
}

func (b *Backend) usePortal(ctx context.Context, p portal.Portal) error {
	if err := b.updatePortals(ctx, func(all *message.Portals) { all.Active = p.StartURL }); err != nil {
		return err
	}
	return b.wake(ctx)
}
