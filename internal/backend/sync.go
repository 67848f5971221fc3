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
		now := b.Clock.Now()
		s.problem = nil
		l := s.wantListing(now)
		l.since, l.asked = now, true
		l.atOnce()
		return nil
	}); err != nil {
		return err
	}
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
		if _, err := s.live(now); err == nil && stale(updated, now) {
			s.wantListing(now)
		}
		s.status.Notice = ""
		return nil
	})
	return err
}

// stale tells whether a directory is to be listed anew. A time in the future is
// not believed: the clock was ahead.
func stale(updated, now time.Time) bool { return now.Sub(updated) > staleAfter || updated.After(now) }

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

// source is a portal as directory's sync engine sees it.
type source struct {
	client *ssocore.Client
	holder *holder      // of the token
	failed atomic.Int32 // accounts in a row for which the portal failed
}

func (s *source) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		pages := ssocore.NewListAccountsPaginator(s.client,
			&ssocore.ListAccountsInput{MaxResults: pageSize}, s.holder.option)
		for a, err := range pages.All(ctx) {
			if !yield(directory.Account{ID: a.AccountID, Name: a.AccountName, Email: a.EmailAddress}, err) {
				return
			}
		}
	}
}

func (s *source) Roles(ctx context.Context, accountID string) ([]string, error) {
	pages := ssocore.NewListAccountRolesPaginator(s.client,
		&ssocore.ListAccountRolesInput{AccountID: accountID, MaxResults: pageSize}, s.holder.option)
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
