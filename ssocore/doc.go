// Package ssocore is a client of the AWS access portal: the SSO portal API,
// which lists accounts and roles and hands out short-term credentials, and the
// SSO OIDC API, which signs in. It needs nothing but the standard library, and
// reaches the network only through a [Fetcher] that is given to it.
//
// # Signing in
//
// An access token comes from three OIDC operations (RFC 8628):
// [Client.RegisterClient] once, until the registration expires;
// [Client.StartDeviceAuthorization], whose code the user allows in a browser;
// then [Client.CreateToken] every [StartDeviceAuthorizationOutput.Interval],
// as long as it returns an [*AuthorizationPendingException].
//
// # Listing
//
// A paginator follows the pages:
//
//	p := ssocore.NewListAccountsPaginator(client, &ssocore.ListAccountsInput{AccessToken: token})
//	for account, err := range p.All(ctx) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(account.AccountID, account.AccountName)
//	}
//
// The service answers only so many requests a second. Callers that list many
// accounts share a [Limiter], and mark what a person waits for as [Urgent].
//
// # Errors
//
// Callers decide on types, found by errors.As:
//
//   - [*ParamError]: the input is wrong; nothing was sent.
//   - [*UnauthorizedException] and the other exceptions, each also an
//     [*APIError]: the service refused.
//   - [*TransportError]: no answer came, as without a network.
//   - [*DecodeError]: what answered is not the service, or the answer was cut.
//   - [*PaginationError]: a listing would never end.
//
// A call that its context ended returns an error wrapping the context's.
// Failures that often pass by themselves are retried before they are returned.
//
// # Secrets
//
// Tokens, keys and codes are of type [Secret], which does not print. Errors
// hold none.
package ssocore
