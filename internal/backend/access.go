package backend

import (
	"context"
	"slices"
	"strings"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// requestsPerSecond is what a listing begins with. The portal API is said to allow
// twenty, and more at first; the limiter finds out what it really does.
const requestsPerSecond = 30

// originRule is the ID of our one network rule.
const originRule = 1

// client gives the client of a portal, once the browser lets us reach it.
func (b *Backend) client(ctx context.Context, p portal.Portal) (*ssocore.Client, error) {
	if !p.Known() {
		return nil, words.LostRegion(printable(p.Region))
	}
	granted, err := b.Browser.HasPermissions(ctx, nil, p.Patterns())
	if err != nil {
		return nil, err
	}
	if !granted {
		return nil, needsAccess(p)
	}
	// One at a time: a portal has one limiter, and the network rule is made of
	// all portals, so that the last one made must be the newest.
	b.reaching.Lock()
	defer b.reaching.Unlock()
	if c := b.clients[p]; c != nil {
		return c, nil
	}
	return b.newClient(ctx, p)
}

// inUse gives the portals that something is done with: those in the list, and
// those of pending jobs and of calls under way, which may be removed already, or
// corrected by now. The job that asks does not count itself. The caller
// holds b.reaching.
func (b *Backend) inUse(ctx context.Context, but int64) ([]portal.Portal, error) {
	all, err := b.portals(ctx)
	if err != nil {
		return nil, err
	}
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return nil, err
	}
	used := all.All
	for _, p := range all.All {
		used = append(used, all.EntrancesTo(p.ID)...) // to change to another takes no prompt once it was allowed
	}
	for _, j := range deskFrom(stored[jobsKey]).jobs {
		if own := j.base(); own.id != but && own.kind != pageKind && !slices.Contains(used, own.portal) {
			used = append(used, own.portal)
		}
	}
	for p, calls := range b.calling {
		if calls > 0 && !slices.Contains(used, p) {
			used = append(used, p)
		}
	}
	return used, nil
}

// keep keeps the access to a portal until what it returns is called: for a call
// whose answer has to be acted on even if the portal is removed meanwhile.
func (b *Backend) keep(p portal.Portal) (done func()) {
	count := func(n int) {
		b.reaching.Lock()
		defer b.reaching.Unlock()
		b.calling[p] += n
	}
	count(1)
	return func() {
		count(-1)
		b.giveBack(b.ctx, p, 0)
	}
}

// giveBack gives back what only a portal needed that is no more: its client, its
// hosts in the network rule, and the access to them. Access that can not be
// given back does no harm, and the person can take it back in the browser.
func (b *Backend) giveBack(ctx context.Context, p portal.Portal, but int64) {
	b.reaching.Lock()
	defer b.reaching.Unlock()
	used, err := b.inUse(ctx, but)
	if err != nil || slices.Contains(used, p) {
		return
	}
	delete(b.clients, p)
	if len(used) == 0 && b.Redirect != "" {
		_ = b.Browser.RemovePermissions(ctx, nil, []string{portal.RedirectPattern})
	}
	free := p.Patterns()
	for _, other := range used {
		free = slices.DeleteFunc(free, func(origin string) bool { return slices.Contains(other.Patterns(), origin) })
	}
	if len(free) == 0 {
		return
	}
	_ = b.Browser.RemoveOriginHeader(ctx, originRule, hosts(used))
	_ = b.Browser.RemovePermissions(ctx, nil, free)
}

// hosts are the domains of portals, each once.
func hosts(portals []portal.Portal) (all []string) {
	for _, p := range portals {
		for _, domain := range p.Domains() {
			if !slices.Contains(all, domain) {
				all = append(all, domain)
			}
		}
	}
	return all
}

func needsAccess(p portal.Portal) *message.Error {
	return words.NeedsHosts(strings.Join(p.Patterns(), " "))
}

// newClient makes the client of a portal and has the browser take our origin
// off the requests to it and to the others.
func (b *Backend) newClient(ctx context.Context, p portal.Portal) (*ssocore.Client, error) {
	used, err := b.inUse(ctx, 0)
	if err != nil {
		return nil, err
	}
	if err := b.Browser.RemoveOriginHeader(ctx, originRule, hosts(used)); err != nil {
		return nil, err
	}
	api, oidc := p.Endpoints()
	c, err := ssocore.New(ssocore.Options{Region: p.Region, Endpoint: api, OIDCEndpoint: oidc,
		Fetcher: patient{b.Fetcher}, Clock: b.Clock, Limiter: ssocore.NewLimiter(b.Clock, requestsPerSecond)})
	if err != nil {
		return nil, words.Unusable()
	}
	b.clients[p] = c
	return c, nil
}

// patience is how long one attempt waits for its answer. A network that swallows
// packets would hold it for minutes otherwise, and with it the worker.
const patience = 15 * time.Second

// patient gives up an attempt after a while. To the client that is a lost
// network, which it tries again.
type patient struct{ ssocore.Fetcher }

func (f patient) Fetch(ctx context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return f.Fetcher.Fetch(ctx, req)
}
