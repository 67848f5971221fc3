// Package backend holds the use cases behind the popup's messages. It owns the
// access token, every call to the network and all durable state; the browser
// comes to it through the ports it is given. It may be stopped at any instant:
// every step is stored before the next begins, and whatever is pending is found
// in storage by the next worker.
package backend

import (
	"context"
	"sync"
	"sync/atomic"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// Backend serves all portals. Make one with [New] for each life of the worker.
type Backend struct {
	Ports
	ctx            context.Context // the worker's life
	local, session mended          // Ports.Local and Ports.Session

	// state serialises changes of stored state: read, change, write.
	state   sync.Mutex
	current bool // what is stored is of our version; guarded by state

	catching catching // guarded by state

	copies   atomic.Int64 // how many were asked for
	lastCopy int64        // the last that was noted; guarded by state

	wanted sync.Map // by a portal's ID, the accounts that a popup waits for, *directory.Wanted

	keeps sync.Map // by a portal's ID, what the disk holds of its session: "" for nothing

	bookmarking sync.Mutex
	renewing    sync.Map // by a portal's ID, the turn of who replaces its token

	reaching sync.Mutex // guards clients and calling
	// a portal that was corrected has a new client
	clients map[portal.Portal]*ssocore.Client
	calling map[portal.Portal]int // calls that need a portal even if it is removed

	mu       sync.Mutex        // guards what follows, and what in runners says so
	runners  map[int64]*runner // by the ID of their job
	outcomes map[int64]error   // of jobs that have no runner any more
}

// New makes a backend that works until ctx ends.
func New(ctx context.Context, p Ports) *Backend {
	local, session := mended{told{p.Local}, new(sync.Mutex)}, mended{told{p.Session}, new(sync.Mutex)}
	p.Local, p.Session = local, session
	return &Backend{Ports: p, ctx: ctx, local: local, session: session,
		clients: make(map[portal.Portal]*ssocore.Client), calling: make(map[portal.Portal]int),
		runners: make(map[int64]*runner), outcomes: make(map[int64]error)}
}

// Handle answers one request of the popup.
func (b *Backend) Handle(ctx context.Context, t message.Type, args message.Fields) (result message.Fields, failure *message.Error) {
	if err := guarded(func() error {
		if err := b.migrated(ctx); err != nil {
			return err
		}
		result, failure = b.handle(ctx, t, args)
		return nil
	}); err != nil {
		return nil, explain(err)
	}
	return result, failure
}

func (b *Backend) handle(ctx context.Context, t message.Type, args message.Fields) (message.Fields, *message.Error) {
	switch t {
	case message.Wake:
		if err := b.wake(ctx); err != nil {
			return nil, explain(err)
		}
		visit := message.VisitFrom(args)
		woken := b.woken(ctx, visit.Told)
		b.tellMissedCopy(ctx, visit.Popup, &woken)
		return woken.Fields(), nil
	case message.PortalLook:
		seen, err := b.look(ctx, message.NewPortalFrom(args))
		return seen.Fields(), explain(err)
	case message.PortalOpen:
		return nil, explain(b.openFront(ctx, message.NewPortalFrom(args).StartURL))
	case message.PortalAsk:
		access, err := b.askPortal(ctx, message.NewPortalFrom(args))
		return access.Fields(), explain(err)
	case message.PortalAskNoMore:
		return nil, explain(b.forgetAdding(ctx))
	case message.PortalAdd:
		access, err := b.addPortal(ctx, message.NewPortalFrom(args))
		return access.Fields(), explain(err)
	case message.ConsoleRead:
		return readPage(message.AddressFrom(args).URL).Fields(), nil
	case message.SettingsSet:
		return nil, explain(b.setSettings(ctx, args))
	case message.SettingsGet:
		if err := b.obey(ctx); err != nil {
			return nil, explain(err)
		}
		s, err := b.settings(ctx)
		return s.Fields(), explain(err)
	case message.SettingsCheck:
		return nil, explain(b.checkChanges(ctx, args))
	case message.SettingsSample:
		sample, err := sampleOf(message.SettingsFrom(args))
		return sample.Fields(), explain(err)
	case message.SignInReturn:
		done, err := b.returned(ctx, message.ReturnFrom(args))
		return done.Fields(), explain(err)
	case message.PortalRemove:
		return nil, explain(b.removePortal(ctx, message.PortalRefFrom(args).Portal))
	}
	ref := message.PortalRefFrom(args)
	portal, err := b.portal(ctx, ref.Portal)
	if err != nil {
		return nil, explain(err)
	}
	switch t {
	case message.PortalUse:
		return nil, explain(b.usePortal(ctx, portal))
	case message.PortalMerge:
		return nil, explain(b.mergePortal(ctx, portal, message.MergeFrom(args).Into))
	case message.PortalForgetEntrance:
		return nil, explain(b.forgetEntrance(ctx, portal, message.NewPortalFrom(args).StartURL))
	case message.PortalLanded:
		return nil, explain(b.landed(ctx, portal, message.LandedFrom(args).URL))
	case message.SignInStart:
		return nil, explain(b.signIn(ctx, portal, message.SignInFrom(args)))
	case message.SignInOpen:
		return nil, explain(b.openSignIn(ctx, portal))
	case message.SignInCancel:
		return nil, explain(b.cancelSignIn(ctx, portal))
	case message.SyncAhead:
		b.listAhead(portal, message.AheadFrom(args).Accounts)
		return nil, nil
	case message.SyncRetry:
		return nil, explain(b.listAgain(ctx, portal, message.AheadFrom(args).Accounts))
	case message.SyncStart:
		return nil, explain(b.startSync(ctx, portal))
	case message.CredentialsCopy:
		written, err := b.copy(ctx, portal, message.OrderFrom(args))
		return written.Fields(), explain(err)
	case message.CredentialsTold:
		return nil, explain(b.toldOfCopy(ctx, portal, message.ToldFrom(args)))
	case message.CredentialsShow:
		values, err := b.values(ctx, portal, message.RoleFrom(args))
		return values.Fields(), explain(err)
	case message.ClipboardClear:
		return nil, explain(b.clearSecret(ctx, portal, message.SecretFrom(args).Text))
	case message.ConsoleOpen:
		return nil, explain(b.openConsole(ctx, portal, message.OpeningFrom(args)))
	case message.ConsoleLink:
		link, err := b.consoleLink(ctx, portal, message.OpeningFrom(args))
		return message.Address{URL: link}.Fields(), explain(err)
	case message.RoleSet:
		return nil, explain(b.setRole(ctx, portal, message.OwnedFrom(args)))
	case message.RoleARN:
		return message.Text{Text: arnOf(portal, message.RoleFrom(args))}.Fields(), nil
	case message.BookmarkAdd:
		done, err := b.addBookmark(ctx, portal, message.RoleFrom(args))
		return done.Fields(), explain(err)
	case message.BookmarksExport:
		file, err := b.exportBookmarks(ctx, portal)
		return file.Fields(), explain(err)
	case message.BookmarksRevoked:
		list, err := b.revoked(ctx, portal)
		return list.Fields(), explain(err)
	case message.BookmarksPrune:
		done, err := b.prune(ctx, portal, message.PruneFrom(args))
		return done.Fields(), explain(err)
	case message.ProfilesWrite:
		config, err := b.writeProfiles(ctx, portal, message.ProfilesFrom(args))
		return config.Fields(), explain(err)
	case message.SignOut:
		done, err := b.signOut(ctx, portal)
		return done.Fields(), explain(err)
	}
	return nil, words.UnknownRequest(string(t))
}

// Alarm is called when the alarm rings: it resumes what a stopped worker left.
func (b *Backend) Alarm(ctx context.Context) { b.survive(ctx, b.resume) }

// Started is called when the browser has started: it goes on with sessions that were
// kept, and takes off what the toolbar button said before.
func (b *Backend) Started(ctx context.Context) {
	b.survive(ctx, func(ctx context.Context) {
		b.arrived(ctx)
		_ = b.obey(ctx) // else when the popup opens
		b.resume(ctx)
	})
}

// Granted is called when the person has granted a permission: it does what had
// to wait for that. The popup that asked was closed by the prompt.
func (b *Backend) Granted(ctx context.Context) { b.survive(ctx, b.goOnAll) }

// goOnAll does for all portals what was wanted, and shows the popup if there was
// anything.
func (b *Backend) goOnAll(ctx context.Context) {
	portals, err := b.portals(ctx)
	if err != nil {
		return
	}
	went := false
	for _, p := range portals.All {
		went = b.goOn(ctx, p) || went
		went = b.late(ctx, p) || went
	}
	went = b.goOnAdding(ctx) || went
	if went {
		b.summon(ctx)
	}
}

// goOn does for one portal what was wanted and has become possible. What still
// lacks its permission stays wanted for a while. It tells whether a sign-in went
// on; a bookmark shows itself once it is there.
func (b *Backend) goOn(ctx context.Context, p portal.Portal) (went bool) {
	s, err := b.load(ctx, p)
	if err != nil {
		return false
	}
	now := b.Clock.Now()
	if in := jobOf[*signInJob](s); in != nil && in.wanted && !in.over(now) {
		went = b.goOnSigningIn(ctx, p, in.state.Way)
	}
	if mark := jobOf[*bookmarkJob](s); mark != nil && !mark.over(now) {
		b.goOnBookmarking(ctx, p)
	}
	return went
}

// wake is called when the popup opens.
func (b *Backend) wake(ctx context.Context) error {
	b.arrived(ctx)
	if err := b.mend(ctx); err != nil {
		return err
	}
	if err := b.obey(ctx); err != nil {
		return err
	}
	b.lookForPages(ctx)
	portals, err := b.portals(ctx)
	if err != nil {
		return err
	}
	if p, ok := portals.Find(portals.Active); ok {
		err = b.freshen(ctx, p)
	}
	for _, p := range portals.All {
		b.goOn(ctx, p) // granted long ago, or while no worker could be started
	}
	b.goOnAdding(ctx)
	b.resume(ctx)
	return err
}
