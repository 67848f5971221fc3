// Package ssocore is a client of the AWS access portal: the SSO portal API,
// which lists accounts and roles and hands out short-term credentials, and the
// SSO OIDC API, which signs in. It does what boto3's clients "sso" and
// "sso-oidc" document, needs nothing but the standard library, and reaches the
// network only through a [Fetcher] that is given to it.
//
// All roles of all accounts, with the token of a sign-in:
//
//	client, err := ssocore.New(ssocore.Options{
//		Region:  "eu-west-1",
//		Fetcher: fetcher,
//		Limiter: ssocore.NewLimiter(nil, 20),
//	})
//	if err != nil {
//		return err
//	}
//	accounts := ssocore.NewListAccountsPaginator(client, &ssocore.ListAccountsInput{AccessToken: token})
//	for account, err := range accounts.All(ctx) {
//		if err != nil {
//			return err
//		}
//		roles := ssocore.NewListAccountRolesPaginator(client, &ssocore.ListAccountRolesInput{
//			AccessToken: token,
//			AccountID:   account.AccountID,
//		})
//		for role, err := range roles.All(ctx) {
//			if err != nil {
//				return err
//			}
//			fmt.Println(account.AccountName, role.RoleName)
//		}
//	}
//
// # Signing in
//
// An access token comes from three OIDC operations (RFC 8628):
// [Client.RegisterClient] once, until the registration expires;
// [Client.StartDeviceAuthorization], whose code the user allows in a browser;
// then [Client.CreateToken] every [StartDeviceAuthorizationOutput.Interval],
// as long as it returns an [*AuthorizationPendingException].
//
// Where a redirect can be caught, PKCE (RFC 7636) does without polling: open
// [Client.AuthorizeURL], and exchange the code that comes back by CreateToken.
// A refresh token renews the access token in both cases.
//
// # Listing
//
// The paginators follow the pages. [PaginatorOptions] bound a listing, and
// resume one where it ended, with the same tokens as boto3. The service answers
// only so many requests a second: callers that list many accounts share a
// [Limiter], and mark what a person waits for as [Urgent].
//
// # By name
//
// What boto3 does by name is there by the same names: [Client.Call] for any
// method, [Client.GetPaginator], [API.CanPaginate], [API.GetWaiter],
// [Client.GeneratePresignedURL], with [Params] for keyword arguments.
//
// # Regions
//
// [Options] name a region and the kind of its endpoints. Package
// portico/ssocore/endpoints lists the regions and gives the hosts by themselves.
//
// # Errors
//
// Callers decide on types, found by errors.As:
//
//   - [*ParamError]: the input is wrong; nothing was sent.
//   - [*UnauthorizedException] and the other exceptions, each also an
//     [*APIError]: the service refused.
//   - [*TransportError]: no answer came, as without a network.
//   - [*DecodeError]: the answer is cut, or lacks what it must hold.
//   - [*PaginationError], [*StartingTokenError]: a listing would never end, or
//     can't begin.
//   - [*UnknownMethodError], [*OperationNotPageableError], [*WaiterError]: there
//     is no such method, paginator or waiter.
//
// [Intercepted] tells when what answered, with any status, is not the service.
//
// A call that its context ended returns an error wrapping the context's. If it
// was waiting for another attempt, the error wraps that of the last one, too.
// Failures that often pass by themselves are retried before they are returned,
// as in the standard mode of the AWS SDKs.
//
// # Secrets
//
// Tokens, keys and codes are of type [Secret], which does not print. Errors
// hold none.
package ssocore
