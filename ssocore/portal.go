package ssocore

import (
	"context"
	"strconv"
	"time"
)

// The operations of the AWS IAM Identity Center Portal API, version 2019-06-10:
// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_Operations.html

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
	var p params
	p.token(in.AccessToken)
	p.pageSize(in.MaxResults)
	if err := p.err("ListAccounts"); err != nil {
		return nil, err
	}
	var q query
	q.addPage(in.NextToken, in.MaxResults)
	call := c.portalCall("ListAccounts", "GET", "/assignment/accounts", q, in.AccessToken)
	call.maxBody = maxListBody
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(ListAccountsOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
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
	var p params
	p.token(in.AccessToken)
	p.require("accountId", in.AccountID)
	p.pageSize(in.MaxResults)
	if err := p.err("ListAccountRoles"); err != nil {
		return nil, err
	}
	var q query
	q.addPage(in.NextToken, in.MaxResults)
	q.add("account_id", in.AccountID)
	call := c.portalCall("ListAccountRoles", "GET", "/assignment/roles", q, in.AccessToken)
	call.maxBody = maxListBody
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(ListAccountRolesOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
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

// RoleCredentials are a role's short-term credentials. Members that the answer
// left out are zero; see [RoleCredentials.Complete].
type RoleCredentials struct {
	AccessKeyID     string
	SecretAccessKey Secret
	SessionToken    Secret
	Expiration      time.Time // UTC, to the millisecond
}

// Complete reports whether no member is missing, so that the credentials can
// be used.
func (c RoleCredentials) Complete() bool {
	return c.AccessKeyID != "" && c.SecretAccessKey != "" && c.SessionToken != "" && !c.Expiration.IsZero()
}

// GetRoleCredentials returns short-term credentials for a role. A role that is
// not assigned to the user is a [*ResourceNotFoundException], or an
// [*APIError] with the code ForbiddenException.
func (c *Client) GetRoleCredentials(ctx context.Context, in *GetRoleCredentialsInput) (*GetRoleCredentialsOutput, error) {
	var p params
	p.require("roleName", in.RoleName)
	p.require("accountId", in.AccountID)
	p.token(in.AccessToken)
	if err := p.err("GetRoleCredentials"); err != nil {
		return nil, err
	}
	var q query
	q.add("role_name", in.RoleName)
	q.add("account_id", in.AccountID)
	call := c.portalCall("GetRoleCredentials", "GET", "/federation/credentials", q, in.AccessToken)
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}
	out := new(GetRoleCredentialsOutput)
	if err := call.decode(resp, out.decode); err != nil {
		return nil, err
	}
	return out, nil
}

// LogoutInput names the session to end.
type LogoutInput struct {
	AccessToken Secret // required
}

// LogoutOutput is empty: the service answers without a body.
type LogoutOutput struct{}

// Logout ends the session of an access token on the server. Role credentials
// that were handed out before stay valid until they expire.
func (c *Client) Logout(ctx context.Context, in *LogoutInput) (*LogoutOutput, error) {
	var p params
	p.token(in.AccessToken)
	if err := p.err("Logout"); err != nil {
		return nil, err
	}
	call := c.portalCall("Logout", "POST", "/logout", query{}, in.AccessToken)
	if _, err := c.send(ctx, call); err != nil {
		return nil, err
	}
	return new(LogoutOutput), nil
}

// portalCall prepares a request of the portal API, which carries the access
// token in a header and is not signed.
func (c *Client) portalCall(operation, method, path string, q query, token Secret) *call {
	return &call{
		operation: operation,
		service:   c.portal,
		method:    method,
		path:      path,
		query:     q.String(),
		header:    Header{"x-amz-sso_bearer_token": token.Reveal()},
		maxBody:   maxBody,
		paced:     true,
		secrets:   []Secret{token},
	}
}

// addPage appends the parameters of paging.
func (q *query) addPage(nextToken string, maxResults int32) {
	if nextToken != "" {
		q.add("next_token", nextToken)
	}
	if maxResults != 0 {
		q.add("max_result", strconv.Itoa(int(maxResults)))
	}
}
