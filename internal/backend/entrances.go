package backend

import (
	"context"
	"slices"
	"strings"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// A portal may have several entrances: an instance that is replicated has one in each
// of its Regions, and people may know of others. One is in use, by which the session
// is; another is taken only by who asks for it, and signs in there. Addresses of one
// instance are found to be one portal's (portal.SameInstance); others are merged by
// the person.

// leadsTo gives the entrance, in use or not, that has an address, else one of the same
// instance; none if there is neither.
func leadsTo(all message.Portals, added portal.Portal) portal.Portal {
	known := slices.Concat(all.All, all.Entrances)
	for _, same := range []func(portal.Portal) bool{
		func(p portal.Portal) bool { return p.StartURL == added.StartURL },
		added.SameInstance,
	} {
		if i := slices.IndexFunc(known, same); i >= 0 {
			return known[i]
		}
	}
	return portal.Portal{}
}

// put puts a portal in the place of the one with its ID, or behind all. If that is by
// another entrance, the one before is kept.
func put(all *message.Portals, p portal.Portal) {
	i := slices.IndexFunc(all.All, func(known portal.Portal) bool { return known.ID == p.ID })
	if i < 0 {
		all.All = append(all.All, p)
		return
	}
	was := all.All[i]
	at := slices.IndexFunc(all.Entrances, func(other portal.Portal) bool { return other.ID == p.ID && other.StartURL == p.StartURL })
	all.All[i] = p
	switch {
	case at >= 0:
		all.Entrances[at] = was
	case was.StartURL != p.StartURL && was.SameInstance(p):
		all.Entrances = append(all.Entrances, was)
	}
}

// mergePortal makes a portal another entrance to one that is the same organisation's. What
// is stored of it goes, and its session ends.
func (b *Backend) mergePortal(ctx context.Context, p portal.Portal, into string) error {
	if err := b.updatePortals(ctx, func(all *message.Portals) error {
		to, ok := all.Find(into)
		if !ok || to.ID == p.ID || to.Demo() || p.Demo() {
			return words.UnknownPortal()
		}
		all.Entrances = append(all.Entrances, p)
		for i := range all.Entrances {
			if all.Entrances[i].ID == p.ID {
				all.Entrances[i].ID = to.ID
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return b.removePortal(ctx, p.ID)
}

// forgetEntrance forgets an entrance to a portal that is not in use.
func (b *Backend) forgetEntrance(ctx context.Context, p portal.Portal, startURL string) error {
	var forgotten []portal.Portal
	if err := b.updatePortals(ctx, func(all *message.Portals) error {
		all.Entrances = slices.DeleteFunc(all.Entrances, func(other portal.Portal) bool {
			if other.ID != p.ID || other.StartURL != startURL {
				return false
			}
			forgotten = append(forgotten, other)
			return true
		})
		return nil
	}); err != nil {
		return err
	}
	for _, other := range forgotten {
		b.giveBack(ctx, other, 0)
	}
	return nil
}

// offerEntrances offers the portal's other addresses where this one does not answer well.
func (s *session) offerEntrances(problem *message.Error) *message.Error {
	if problem == nil || len(s.entrances) == 0 || problem.Code != message.Offline && problem.Code != message.PortalFault {
		return problem
	}
	var regions []string
	for _, other := range s.entrances {
		regions = append(regions, other.Region)
	}
	offering := *problem
	offering.Hint = strings.TrimSpace(offering.Hint + " " + words.UseAnotherWay.With(words.Or(regions)))
	return &offering
}
