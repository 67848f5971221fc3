package ssocore

import "context"

// Call calls a method by botocore's name, of either API, as boto3's
// client.list_accounts(**params) does. It returns what the typed method
// returns: for "list_accounts" a *[ListAccountsOutput]. A name that is no
// method is an [*UnknownMethodError].
func (c *Client) Call(ctx context.Context, method string, p Params) (any, error) {
	switch given := p.args(); method {
	case opListAccounts.method:
		return orNil(outputOf(invoke[ListAccountsOutput](ctx, c, &opListAccounts, given)))
	case opListAccountRoles.method:
		return orNil(outputOf(invoke[ListAccountRolesOutput](ctx, c, &opListAccountRoles, given)))
	case opGetRoleCredentials.method:
		return orNil(outputOf(invoke[GetRoleCredentialsOutput](ctx, c, &opGetRoleCredentials, given)))
	case opLogout.method:
		return orNil(c.logout(ctx, given))
	case opRegisterClient.method:
		return orNil(outputOf(invoke[RegisterClientOutput](ctx, c, &opRegisterClient, given)))
	case opStartDeviceAuthorization.method:
		return orNil(outputOf(invoke[StartDeviceAuthorizationOutput](ctx, c, &opStartDeviceAuthorization, given)))
	case opCreateToken.method:
		return orNil(outputOf(invoke[CreateTokenOutput](ctx, c, &opCreateToken, given)))
	}
	return nil, &UnknownMethodError{Method: method}
}

// orNil keeps a nil pointer from becoming an interface that is not nil.
func orNil[Out any](out *Out, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return out, nil
}

// output is a pointer to an output that can be read from an answer.
type output[Out any] interface {
	*Out
	read(*reader)
	missing() string // a member without which the answer is none, if it is not there
}

// invoke makes a call, reads its answer, and tells the size of that.
func invoke[Out any, P output[Out]](ctx context.Context, c *Client, op *operation, given args) (*Out, int, error) {
	call, err := c.prepare(op, given)
	if err != nil {
		return nil, 0, err
	}
	resp, err := c.send(ctx, call)
	if err != nil {
		return nil, 0, err
	}
	out := new(Out)
	err = readObject(resp.Body, P(out))
	if name := P(out).missing(); err == nil && name != "" {
		err = &memberError{name, errMissing}
	}
	if err != nil {
		return nil, 0, call.unreadable(resp, err)
	}
	return out, len(resp.Body), nil
}

// outputOf is for who does not ask for the size.
func outputOf[Out any](out *Out, _ int, err error) (*Out, error) { return out, err }
