package backend

import (
	"context"
	"iter"
	"strings"

	"portico/internal/directory"
	"portico/ssocore"
)

const (
	// pageSize is the largest that the portal API allows.
	pageSize = 100
	// maxRoles is how many bytes the names of one account's roles may take. The
	// service allows some thousand roles of 32 letters.
	maxRoles = 1 << 20
)

// source is a portal as directory's sync engine sees it. Texts are copied, since
// those of ssocore are parts of the answers, which may be long. Every page has to
// hold its list: one without, the last alike, is no answer and ends nothing.
type source struct {
	client *ssocore.Client
	holder *holder // of the token
}

func (s *source) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		pages := ssocore.NewListAccountsPaginator(s.client,
			&ssocore.ListAccountsInput{MaxResults: pageSize}, s.holder.option)
		for page, err := range pages.Pages(ctx) {
			if err == nil && page.AccountList == nil {
				err = errNoList
			}
			if err != nil {
				yield(directory.Account{}, err)
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

func (s *source) Roles(ctx context.Context, accountID string) ([]string, error) {
	pages := ssocore.NewListAccountRolesPaginator(s.client,
		&ssocore.ListAccountRolesInput{AccountID: accountID, MaxResults: pageSize}, s.holder.option)
	var roles []string
	size := 0
	for page, err := range pages.Pages(ctx) {
		if err == nil && page.RoleList == nil {
			err = errNoList
		}
		if err != nil {
			return nil, ofAccount(err)
		}
		for _, r := range page.RoleList {
			roles = append(roles, strings.Clone(r.RoleName))
			size += len(r.RoleName)
		}
		if size > maxRoles {
			return nil, ofAccount(directory.ErrTooLarge)
		}
	}
	return roles, nil
}
