package backend

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/ssocore"
)

// staleAfter is how old a directory may be before an opened popup has it listed
// anew. Assignments change seldom; a listing costs quota that the person's own
// tabs share.
const staleAfter = 6 * time.Hour

// pageSize is the largest that the portal API allows.
const pageSize = 100

// startSync has the directory listed anew.
func (b *Backend) startSync(ctx context.Context, p message.Portal) error {
	if _, err := b.token(ctx, p); err != nil {
		return err
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		s.wantListing(b.Clock.Now())
		s.status.Problem = nil
		return nil
	}); err != nil {
		return err
	}
	b.kick(p)
	return nil
}

// freshen is what opening the popup does for the portal it shows: it takes note
// of a session that has run out, has a stale directory listed anew, and drops
// the notice that the popup has read by now.
func (b *Backend) freshen(ctx context.Context, p message.Portal) error {
	stored, err := b.Local.Get(ctx, message.DirectoryPrefix+p.StartURL)
	if err != nil {
		return err
	}
	updated := directory.UpdatedAt(stored[message.DirectoryPrefix+p.StartURL])
	_, err = b.update(ctx, p, func(s *session) error {
		now := b.Clock.Now()
		if _, err := s.live(now); err == nil && now.Sub(updated) > staleAfter {
			s.wantListing(now)
		}
		s.status.Notice = ""
		return nil
	})
	return err
}

// syncStep brings the directory up to date. It tells whether there may be more
// to do at once; a listing that was cut off goes on with the next alarm.
func (b *Backend) syncStep(ctx context.Context, p message.Portal, s *session) bool {
	err := b.syncNow(ctx, p, s)
	if errors.Is(err, errStale) || ctx.Err() != nil {
		return true // interrupted: look again at what is stored
	}
	token := s.token
	var over *ssocore.UnauthorizedException
	_, storeErr := b.updateIn(ctx, p, s.epoch, func(s *session) error {
		s.status.Sync = message.Idle
		s.status.Problem = explain(err)
		switch {
		case errors.As(err, &over):
			s.refused(token)
			s.status.Problem = nil // the phase says it
		case err == nil || !s.status.Problem.Retryable:
			s.sync = time.Time{}
		}
		return nil
	})
	return storeErr == nil && err == nil || errors.Is(storeErr, errStale)
}

func (b *Backend) syncNow(ctx context.Context, p message.Portal, s *session) error {
	client, err := b.client(ctx, p)
	if err != nil {
		return err
	}
	d, err := b.directory(ctx, p)
	if err != nil {
		return err
	}
	save := func(ctx context.Context, d *directory.Directory) error { return b.saveDirectory(ctx, p, s.epoch, d) }
	if listedSince(d, s.sync) {
		// The worker was stopped before it could say so.
		if d.Updated < d.Started {
			d.Updated = b.Clock.Now().UnixMilli()
		}
		return save(ctx, d)
	}
	if _, err := b.updateIn(ctx, p, s.epoch, func(s *session) error {
		s.status.Sync, s.status.Done, s.status.Total = message.ListingAccounts, 0, 0
		return nil
	}); err != nil {
		return err
	}
	syncer := directory.Syncer{Source: &source{client: client, token: s.token}, Now: b.Clock.Now, Save: save}
	return syncer.Run(ctx, d)
}

// directory reads the stored directory. One that can not be read, of a version
// that is no more, say, counts as none.
func (b *Backend) directory(ctx context.Context, p message.Portal) (*directory.Directory, error) {
	stored, err := b.Local.Get(ctx, message.DirectoryPrefix+p.StartURL)
	if err != nil {
		return nil, err
	}
	if d, err := directory.Decode(stored[message.DirectoryPrefix+p.StartURL]); err == nil {
		return d, nil
	}
	return &directory.Directory{}, nil
}

// saveDirectory stores the directory and how far its listing is.
func (b *Backend) saveDirectory(ctx context.Context, p message.Portal, epoch int64, d *directory.Directory) error {
	_, err := b.updateIn(ctx, p, epoch, func(s *session) error {
		total := len(d.Accounts)
		s.status.Sync = message.ListingRoles
		s.status.Done, s.status.Total = int64(total-d.Count(directory.Pending)), int64(total)
		s.status.Problem = nil
		return b.Local.Set(ctx, map[string]string{
			message.DirectoryPrefix + p.StartURL: directory.Encode(d),
			message.HeadPrefix + p.StartURL:      directory.Head(d),
		})
	})
	return err
}

// listedSince tells whether a listing that was wanted since then is complete.
func listedSince(d *directory.Directory, wanted time.Time) bool {
	since := wanted.UnixMilli()
	return d.Count(directory.Pending) == 0 && (d.Started >= since || d.Updated > since)
}

// source is a portal as directory's sync engine sees it.
type source struct {
	client *ssocore.Client
	token  ssocore.Secret
	failed atomic.Int32 // accounts in a row for which the portal failed
}

func (s *source) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		pages := ssocore.NewListAccountsPaginator(s.client,
			&ssocore.ListAccountsInput{AccessToken: s.token, MaxResults: pageSize})
		for a, err := range pages.All(ctx) {
			if !yield(directory.Account{ID: a.AccountID, Name: a.AccountName, Email: a.EmailAddress}, err) {
				return
			}
		}
	}
}

func (s *source) Roles(ctx context.Context, accountID string) ([]string, error) {
	pages := ssocore.NewListAccountRolesPaginator(s.client,
		&ssocore.ListAccountRolesInput{AccessToken: s.token, AccountID: accountID, MaxResults: pageSize})
	var roles []string
	for r, err := range pages.All(ctx) {
		if err != nil {
			return nil, s.oneAccount(err)
		}
		roles = append(roles, r.RoleName)
	}
	s.failed.Store(0)
	return roles, nil
}

// outage is how many accounts in a row the portal may fail for before that is
// taken for a failure of the portal, which passes, and not of the accounts,
// which then go without roles.
const outage = 3

// oneAccount tells apart what the portal says of one account from what concerns
// the whole listing: the session, the quota, the network, an outage.
func (s *source) oneAccount(err error) error {
	var api *ssocore.APIError
	var over *ssocore.UnauthorizedException
	cutOff := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	if cutOff || !errors.As(err, &api) || errors.As(err, &over) || api.Throttled() {
		return err
	}
	if api.Status >= 500 && s.failed.Add(1) > outage {
		return err
	}
	return &directory.RefusedError{Code: api.Code}
}
