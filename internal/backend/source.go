package backend

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"portico/internal/directory"
	"portico/ssocore"
)

const (
	// pageSize is the largest that the portal API allows.
	pageSize = 100
	// maxRoles is how many bytes the names of one account's roles may take. The
	// service allows some thousand roles of 32 letters.
	maxRoles = 1 << 20
	// maxEmpty is how many pages of one account may hold no role. ssocore waits
	// longer for a list to end, which for every account of a portal is too long.
	maxEmpty = 20
	// mostPages is how many pages a list of accounts may have: a hundred thousand
	// accounts, which is ten times what an organisation can have.
	mostPages = 1000
	// mostRolePages is the same of one account's roles: some ten thousand.
	mostRolePages = 200
)

// source is a portal as directory's sync engine sees it. Texts are copied, since
// those of ssocore are parts of the answers, which may be long. Every page has to
// hold its list: one without, the last alike, is no answer and ends nothing.
type source struct {
	client *ssocore.Client
	lease  func() *lease // of the token, for one call
	turns  *turns
	// witness is an account whose roles were listed; nil if there is none.
	witness             atomic.Pointer[string]
	ofAccounts, ofRoles *check
}

func newSource(client *ssocore.Client, lease func() *lease, d *directory.Directory) *source {
	s := &source{client: client, lease: lease, turns: newTurns(d), ofAccounts: newCheck(), ofRoles: newCheck()}
	for i := range d.Accounts {
		if a := &d.Accounts[i]; a.State == directory.Done {
			id := directory.Unescape(a.ID)
			s.witness.Store(&id)
			break
		}
	}
	return s
}

func (s *source) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		lease := s.lease()
		pages := ssocore.NewListAccountsPaginator(s.client,
			&ssocore.ListAccountsInput{MaxResults: pageSize}, lease.option)
		ctx = ssocore.Urgent(ctx) // what can be searched for is there before any role
		left := mostPages
		for page, err := range pages.Pages(ctx) {
			if left--; left < 0 {
				yield(directory.Account{}, directory.ErrTooLarge)
				return
			}
			if err == nil && noList(page.AccountList, func(a ssocore.AccountInfo) string { return a.AccountID }) {
				err = errNoList
			}
			if err != nil {
				yield(directory.Account{}, lease.blame(err))
				return
			}
			for _, a := range page.AccountList {
				if !yield(directory.Account{ID: strings.Clone(a.AccountID), Name: strings.Clone(a.AccountName),
					Email: strings.Clone(a.EmailAddress)}, nil) {
					return
				}
			}
		}
	}
}

// Wait has the limiter let an account in.
func (s *source) Wait(ctx context.Context) error { return s.client.Wait(ctx) }

func (s *source) Roles(ctx context.Context, accountID string) (roles []string, err error) {
	if !s.turns.start(accountID) {
		return nil, errSliceOver
	}
	defer func() { s.turns.land(accountID, err) }()
	err = guarded(func() (err error) {
		if roles, err = s.roles(ssocore.Admitted(ctx), accountID); err == nil {
			s.witness.Store(&accountID)
			return nil
		}
		failed := time.Now()
		return ofAccount(err, func() bool {
			var api *ssocore.APIError
			switch {
			case ctx.Err() != nil:
				return false
			case errors.As(err, &api) && api.Throttled():
				return s.ofRoles.answersSince(failed, func() bool { return s.listsRoles(ssocore.Urgent(ctx)) })
			}
			return s.ofAccounts.answersSince(failed, func() bool { return s.listsAccounts(ssocore.Urgent(ctx)) })
		})
	})
	return roles, err
}

func (s *source) roles(ctx context.Context, accountID string) ([]string, error) {
	lease := s.lease()
	pages := ssocore.NewListAccountRolesPaginator(s.client,
		&ssocore.ListAccountRolesInput{AccountID: accountID, MaxResults: pageSize}, lease.option)
	var roles []string
	size, empty, left := 0, 0, mostRolePages
	for page, err := range pages.Pages(ctx) {
		if err == nil && (noList(page.RoleList, func(r ssocore.RoleInfo) string { return r.RoleName }) || ofAnother(page.RoleList, accountID)) {
			err = errNoList
		}
		if err != nil {
			return nil, lease.blame(err)
		}
		for _, r := range page.RoleList {
			roles = append(roles, strings.Clone(r.RoleName))
			size += len(r.RoleName)
		}
		if len(page.RoleList) == 0 {
			empty++
		}
		if left--; size > maxRoles || empty > maxEmpty || left < 0 {
			return nil, directory.ErrTooLarge
		}
	}
	return roles, nil
}

// noList tells whether a page does not hold the list that is due: it has none, or one
// whose elements are all without what they are called by.
func noList[E any](list []E, called func(E) string) bool {
	return list == nil || len(list) > 0 && !slices.ContainsFunc(list, func(e E) bool { return called(e) != "" })
}

// ofAnother tells whether a list of roles says that it is another account's: a cache
// between here and the portal may answer for one with what it kept of the other.
func ofAnother(list []ssocore.RoleInfo, accountID string) bool {
	return slices.ContainsFunc(list, func(r ssocore.RoleInfo) bool { return r.AccountID != "" && r.AccountID != accountID })
}

// listsAccounts asks for a page of accounts, to see whether the portal answers at
// all and honours the token.
func (s *source) listsAccounts(ctx context.Context) bool {
	pages := ssocore.NewListAccountsPaginator(s.client, &ssocore.ListAccountsInput{MaxResults: pageSize}, s.lease().option)
	for page, err := range pages.Pages(ctx) {
		return err == nil && page.AccountList != nil
	}
	return false
}

// listsRoles asks again for the roles of an account that was answered for, to see
// whether the quota of such calls is used up.
func (s *source) listsRoles(ctx context.Context) bool {
	account := s.witness.Load()
	if account == nil {
		return false
	}
	_, err := s.roles(ctx, *account)
	return err == nil
}

// check is whether the portal answers a call of some kind, asked once for all
// calls that failed before it was asked.
type check struct {
	turn    chan struct{} // of one: held while asking
	asked   time.Time
	answers bool
}

func newCheck() *check { return &check{turn: make(chan struct{}, 1)} }

func (c *check) answersSince(failed time.Time, ask func() bool) bool {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	if c.asked.Before(failed) {
		c.asked = time.Now()
		c.answers = ask()
	}
	return c.answers
}
