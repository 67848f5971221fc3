package ssocore

import (
	"context"
	"time"
)

// ListAccountsInput asks for one page of accounts.
type ListAccountsInput struct {
	AccessToken Secret // required
	MaxResults  int32  // page size, 1 to 100; 0 leaves it to the service
	NextToken   string // of the page before; empty for the first
}

// ListAccountsOutput is one page of the accounts assigned to the user.
type ListAccountsOutput struct {
	AccountList []AccountInfo
	NextToken   string // empty on the last page
}

// AccountInfo is an account.
type AccountInfo struct {
	AccountID    string // 12 digits
	AccountName  string
	EmailAddress string // of the account's root user
}

// ListAccounts returns one page of the accounts assigned to the user. See
// [NewListAccountsPaginator] for all of them.
func (c *Client) ListAccounts(ctx context.Context, in *ListAccountsInput) (*ListAccountsOutput, error) {
	return outputOf(invoke[ListAccountsOutput](ctx, c, &opListAccounts, in.args()))
}

func (in *ListAccountsInput) args() args {
	a := make(args, 0, 3)
	a.text("nextToken", in.NextToken)
	a.number("maxResults", in.MaxResults)
	a.secret("accessToken", in.AccessToken)
	return a
}

// ListAccountRolesInput asks for one page of an account's roles.
type ListAccountRolesInput struct {
	AccessToken Secret // required
	AccountID   string // required
	MaxResults  int32  // page size, 1 to 100; 0 leaves it to the service
	NextToken   string // of the page before; empty for the first
}

// ListAccountRolesOutput is one page of the roles assigned in an account.
type ListAccountRolesOutput struct {
	RoleList  []RoleInfo
	NextToken string // empty on the last page
}

// RoleInfo is a role, that is a permission set, assigned in an account.
type RoleInfo struct {
	RoleName  string
	AccountID string
}

// ListAccountRoles returns one page of the roles assigned to the user in an
// account. See [NewListAccountRolesPaginator] for all of them.
func (c *Client) ListAccountRoles(ctx context.Context, in *ListAccountRolesInput) (*ListAccountRolesOutput, error) {
	return outputOf(invoke[ListAccountRolesOutput](ctx, c, &opListAccountRoles, in.args()))
}

func (in *ListAccountRolesInput) args() args {
	a := make(args, 0, 4)
	a.text("nextToken", in.NextToken)
	a.number("maxResults", in.MaxResults)
	a.secret("accessToken", in.AccessToken)
	a.text("accountId", in.AccountID)
	return a
}

// GetRoleCredentialsInput names a role in an account.
type GetRoleCredentialsInput struct {
	AccessToken Secret // required
	AccountID   string // required
	RoleName    string // required
}

// GetRoleCredentialsOutput holds a role's short-term credentials.
type GetRoleCredentialsOutput struct {
	RoleCredentials RoleCredentials
}

// RoleCredentials are a role's short-term credentials. An answer that lacks any
// of them is a [*DecodeError].
type RoleCredentials struct {
	AccessKeyID     string
	SecretAccessKey Secret
	SessionToken    Secret
	Expiration      time.Time // UTC, to the millisecond
}

// Complete reports whether no member is missing, so that the credentials can
// be used.
func (c RoleCredentials) Complete() bool {
	return c.missing() == ""
}

// GetRoleCredentials returns short-term credentials for a role. A role that is
// not assigned to the user is a [*ResourceNotFoundException], or an
// [*APIError] with the code ForbiddenException.
func (c *Client) GetRoleCredentials(ctx context.Context, in *GetRoleCredentialsInput) (*GetRoleCredentialsOutput, error) {
	return outputOf(invoke[GetRoleCredentialsOutput](ctx, c, &opGetRoleCredentials, in.args()))
}

func (in *GetRoleCredentialsInput) args() args {
	a := make(args, 0, 3)
	a.text("roleName", in.RoleName)
	a.text("accountId", in.AccountID)
	a.secret("accessToken", in.AccessToken)
	return a
}

// LogoutInput names the session to end.
type LogoutInput struct {
	AccessToken Secret // required
}

// LogoutOutput is empty: the service answers without a body. Only a web page is
// no answer. Whether the answer is the service's own tells [LoggedOut].
type LogoutOutput struct{ genuine bool }

// Logout ends the session of an access token on the server. Role credentials
// that were handed out before stay valid until they expire.
func (c *Client) Logout(ctx context.Context, in *LogoutInput) (*LogoutOutput, error) {
	return c.logout(ctx, in.args())
}

func (in *LogoutInput) args() args {
	a := make(args, 0, 1)
	a.secret("accessToken", in.AccessToken)
	return a
}

func (c *Client) logout(ctx context.Context, given args) (*LogoutOutput, error) {
	call, err := c.prepare(&opLogout, given)
	if err != nil {
		return nil, err
	}
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	if isPage(resp) { // which does not say that the service has heard of it
		return nil, call.unreadable(resp, errNotJSON)
	}
	return &LogoutOutput{genuine: isGenuine(resp)}, nil
}
