package backend

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
)

// Companies put an address of their own in front of their portal, and have it lead to
// another when they fail over. Where it leads is for the browser alone to see, and the
// browser tells a tab's address to who is opened on it. So a sign-in begins by opening
// that address; the person opens the popup on the page to which it has led, and the
// sign-in goes on there: at once if it is the portal that is known, else once they have
// seen which it is.

// frontLife is how long somebody may take to get from their company's address to
// their portal: that is where they say who they are.
const frontLife = 15 * time.Minute

// isFront tells whether an entrance is a company's own address.
func (b *Backend) isFront(p portal.Portal) bool {
	front, ok := signin.Front(p.StartURL, b.Loopback)
	return ok && front == p.StartURL && p.Region == ""
}

// putFront keeps a company's own address that led to a portal, if it is one.
func (b *Backend) putFront(all *message.Portals, id, text string) {
	front, ok := signin.Front(text, b.Loopback)
	if !ok {
		return
	}
	all.Entrances = slices.DeleteFunc(all.Entrances, func(other portal.Portal) bool { return other.ID == id && other.Region == "" })
	all.Entrances = append(all.Entrances, portal.Portal{ID: id, StartURL: front})
}

// openFront opens a company's own address, for who is about to add a portal.
func (b *Backend) openFront(ctx context.Context, text string) error {
	front, ok := signin.Front(text, b.Loopback)
	if !ok {
		return words.NoFront()
	}
	_, err := b.Browser.OpenTab(ctx, front)
	return err
}

// frontOf gives the address at which a sign-in to a portal begins; empty if that is the
// portal's own, or if where it leads was seen already: then access is waited for.
func (b *Backend) frontOf(ctx context.Context, p portal.Portal) (string, error) {
	all, err := b.portals(ctx)
	if err != nil {
		return "", err
	}
	s, err := b.load(ctx, p)
	if err != nil {
		return "", err
	}
	if in := jobOf[*signInJob](s); in != nil && in.wanted {
		return "", nil
	}
	front, _ := signin.Front(all.Front(p.ID), b.Loopback)
	return front, nil
}

// goToFront opens the company's own address and has the sign-in wait for where it
// leads.
func (b *Backend) goToFront(ctx context.Context, p portal.Portal, way signin.Way, front string) error {
	if _, err := b.update(ctx, p, func(s *session) error {
		if s.desk.removing(p.ID) != nil {
			return words.BeingRemoved()
		}
		s.problem, s.missed.hosts = nil, false
		if in := jobOf[*signInJob](s); in != nil {
			s.end(in)
		}
		in := s.newSignIn(way, b.Clock.Now())
		in.front, in.held, in.life = front, true, frontLife
		return nil
	}); err != nil {
		return err
	}
	return b.openFront(ctx, front)
}

// landed takes the address of the tab on which the popup was opened. If it is no
// portal's, the person is not there yet.
func (b *Backend) landed(ctx context.Context, p portal.Portal, url string) error {
	start, err := b.parseAddress(url)
	if err != nil || start.URL == "" {
		return b.strayed(ctx, p, url)
	}
	all, err := b.portals(ctx)
	if err != nil {
		return err
	}
	known := leadsTo(all, portal.Portal{StartURL: start.URL})
	if known.StartURL != start.URL {
		known = p // of which the region is likely, if the address does not tell
	}
	there, err := start.In(cmp.Or(start.Region, known.Region))
	if err != nil {
		return nil
	}
	way, same := signin.Way(""), there.StartURL == p.StartURL && there.Region == p.Region
	if _, err := b.update(ctx, p, func(s *session) error {
		in := jobOf[*signInJob](s)
		if in == nil || in.front == "" || in.over(b.Clock.Now()) {
			return errStale
		}
		if way = in.state.Way; !same {
			in.ledTo, in.ledRegion, in.problem = there.StartURL, there.Region, nil
		}
		return nil
	}); err != nil || !same {
		return err
	}
	return b.startSignIn(ctx, p, way)
}

// strayed says so where a company's own address has led to a page that only looks like
// a portal's. Any other is on the way.
func (b *Backend) strayed(ctx context.Context, p portal.Portal, url string) error {
	_, err := portal.ParseAddress(url)
	refused := (*portal.AddressError)(nil)
	if !errors.As(err, &refused) || refused.Reason != portal.LookAlike {
		return nil
	}
	_, err = b.update(ctx, p, func(s *session) error {
		if in := jobOf[*signInJob](s); in != nil && in.front != "" {
			in.problem = words.LookAlike(printable(refused.Host))
		}
		return nil
	})
	return err
}

// showFront says what to do, and where the sign-in would go on.
func (j *signInJob) showFront(s *message.Status) {
	s.VerifyHost, s.Caution = j.portal.Host(), words.FrontIsOpen.With(j.front)
	if there := j.leads(); there.StartURL != "" {
		s.VerifyHost = there.Host()
		s.Caution = words.FrontLeads.With(j.front, there.Host(), there.Region, words.And(there.Domains()))
	}
	if j.problem != nil {
		s.Caution = j.problem.Error()
	}
}

// leads is the portal to which the company's own address has led, if that is another.
func (j *signInJob) leads() portal.Portal {
	return portal.Portal{ID: j.portal.ID, StartURL: j.ledTo, Region: j.ledRegion}
}

// followFront moves a portal to where its company's own address has led. The address
// before stays one of its entrances.
func (b *Backend) followFront(ctx context.Context, p portal.Portal) (portal.Portal, error) {
	s, err := b.load(ctx, p)
	if err != nil {
		return p, err
	}
	in := jobOf[*signInJob](s)
	if in == nil || in.front == "" || in.ledTo == "" {
		return p, nil
	}
	there := in.leads()
	return there, b.updatePortals(ctx, func(all *message.Portals) error {
		if known := leadsTo(*all, there); known.ID != "" && known.ID != p.ID {
			return words.AddressTaken()
		}
		if !slices.Contains(all.Entrances, there) {
			all.Entrances = append(all.Entrances, there) // so that put keeps the one before
		}
		put(all, there)
		return nil
	})
}
