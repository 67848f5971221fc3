package ssocore_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"portico/ssocore"
)

// portal stands in for the network in the examples.
type portal struct{ polls int }

func (p *portal) Fetch(_ context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	_, path, _ := strings.Cut(strings.TrimPrefix(req.URL, "https://"), "/")
	path, query, _ := strings.Cut(path, "?")
	if req.Method == "GET" && req.Header["x-amz-sso_bearer_token"] != "token" {
		return refusal(401, "UnauthorizedException", "Session token not found or invalid"), nil
	}
	switch path {
	case "assignment/accounts":
		if strings.Contains(query, "next_token=2") {
			return success(`{"accountList":[{"accountId":"777788889999","accountName":"sandbox"}]}`), nil
		}
		return success(`{"accountList":[{"accountId":"111122223333","accountName":"payments-prod"},
			{"accountId":"444455556666","accountName":"payments-test"}],"nextToken":"2"}`), nil
	case "federation/credentials":
		return success(`{"roleCredentials":{"accessKeyId":"ASIAIOSFODNN7EXAMPLE","secretAccessKey":"secret","sessionToken":"session","expiration":1732300000000}}`), nil
	case "client/register":
		return success(`{"clientId":"client","clientSecret":"secret","clientSecretExpiresAt":1740000000}`), nil
	case "device_authorization":
		return success(`{"deviceCode":"code","userCode":"BCDF-GHJK","verificationUriComplete":"https://device.sso.eu-west-1.amazonaws.com/?user_code=BCDF-GHJK","expiresIn":600,"interval":5}`), nil
	}
	p.polls++
	switch p.polls {
	case 1:
		return refusal(400, "AuthorizationPendingException", ""), nil
	case 2:
		return refusal(400, "SlowDownException", ""), nil
	}
	return success(`{"accessToken":"token","expiresIn":28800}`), nil
}

func success(body string) *ssocore.Response {
	return &ssocore.Response{Status: 200, Body: []byte(body)}
}

func refusal(status int, code, message string) *ssocore.Response {
	return &ssocore.Response{
		Status: status,
		Header: ssocore.Header{"x-amzn-errortype": code},
		Body:   []byte(`{"message":"` + message + `"}`),
	}
}

func newPortalClient(clock ssocore.Clock) *ssocore.Client {
	client, err := ssocore.New(ssocore.Options{Region: "eu-west-1", Fetcher: new(portal), Clock: clock})
	if err != nil {
		panic(err)
	}
	return client
}

// All accounts, page after page.
func Example_listing() {
	client, err := ssocore.New(ssocore.Options{
		Region:  "eu-west-1",
		Fetcher: new(portal),
		Limiter: ssocore.NewLimiter(nil, 20),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := ssocore.NewListAccountsPaginator(client, &ssocore.ListAccountsInput{AccessToken: "token"})
	for account, err := range p.All(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(account.AccountID, account.AccountName)
	}
	// Output:
	// 111122223333 payments-prod
	// 444455556666 payments-test
	// 777788889999 sandbox
}

// A listing that ends after some items goes on later where it ended, even in
// the middle of a page. The token may come from boto3, and go there.
func Example_pagingWithResume() {
	client := newPortalClient(nil)
	token := ""
	for {
		p := ssocore.NewListAccountsPaginator(client, &ssocore.ListAccountsInput{AccessToken: "token"},
			func(o *ssocore.PaginatorOptions) {
				o.MaxItems = new(1)
				o.StartingToken = token
			})
		for account, err := range p.All(context.Background()) {
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Println(account.AccountName)
		}
		if token = p.ResumeToken(); token == "" {
			return
		}
		fmt.Println("resume at", token)
	}
	// Output:
	// payments-prod
	// resume at eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==
	// payments-test
	// resume at eyJuZXh0VG9rZW4iOiAiMiJ9
	// sandbox
}

// Credentials print without their secrets; Reveal gives them.
func Example_credentials() {
	out, err := newPortalClient(nil).GetRoleCredentials(context.Background(), &ssocore.GetRoleCredentialsInput{
		AccessToken: "token",
		AccountID:   "111122223333",
		RoleName:    "ReadOnly",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	keys := out.RoleCredentials
	fmt.Println(keys.AccessKeyID, keys.SecretAccessKey, keys.Expiration.Format(time.RFC3339))
	fmt.Println(len(keys.SecretAccessKey.Reveal()), "characters")
	// Output:
	// ASIAIOSFODNN7EXAMPLE [redacted] 2024-11-22T18:26:40Z
	// 6 characters
}

// handClock is a clock that a test moves.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

func (c *handClock) Sleep(ctx context.Context, d time.Duration) error {
	c.now = c.now.Add(max(d, 0))
	return ctx.Err()
}

// A sign-in with a device code, polling on a clock that is driven by hand.
func Example_deviceSignIn() {
	ctx, clock := context.Background(), &handClock{now: time.Unix(0, 0).UTC()}
	client := newPortalClient(clock)
	registration, err := client.RegisterClient(ctx, &ssocore.RegisterClientInput{
		ClientName: "example",
		ClientType: ssocore.ClientTypePublic,
		Scopes:     []string{ssocore.ScopeAccountAccess},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	device, err := client.StartDeviceAuthorization(ctx, &ssocore.StartDeviceAuthorizationInput{
		ClientID:     registration.ClientID,
		ClientSecret: registration.ClientSecret,
		StartURL:     "https://d-1234567890.awsapps.com/start",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("open", device.VerificationURIComplete)
	for interval := device.Interval; ; {
		if err := clock.Sleep(ctx, interval); err != nil {
			fmt.Println(err)
			return
		}
		token, err := client.CreateToken(ctx, &ssocore.CreateTokenInput{
			ClientID:     registration.ClientID,
			ClientSecret: registration.ClientSecret,
			GrantType:    ssocore.GrantTypeDeviceCode,
			DeviceCode:   device.DeviceCode,
		})
		var pending *ssocore.AuthorizationPendingException
		var slower *ssocore.SlowDownException
		switch {
		case errors.As(err, &pending):
			fmt.Println(clock.now.Format("04:05"), "not allowed yet")
		case errors.As(err, &slower):
			interval += 5 * time.Second
			fmt.Println(clock.now.Format("04:05"), "polling every", interval)
		case err != nil:
			fmt.Println(err)
			return
		default:
			fmt.Println(clock.now.Format("04:05"), "signed in for", token.ExpiresIn)
			return
		}
	}
	// Output:
	// open https://device.sso.eu-west-1.amazonaws.com/?user_code=BCDF-GHJK
	// 00:05 not allowed yet
	// 00:10 polling every 10s
	// 00:20 signed in for 8h0m0s
}

// A sign-in with PKCE: the page to open, and what to exchange the code with.
func ExampleClient_AuthorizeURL() {
	client := newPortalClient(nil)
	random := strings.NewReader("crypto/rand.Reader, in a program") // so that the example ends alike
	verifier, err := ssocore.NewCodeVerifier(random)
	if err != nil {
		fmt.Println(err)
		return
	}
	url, err := client.AuthorizeURL(&ssocore.AuthorizeInput{
		ClientID:     "client",
		RedirectURI:  "http://127.0.0.1:51234/oauth/callback",
		State:        "state",
		CodeVerifier: verifier,
	})
	fmt.Println(strings.ReplaceAll(url, "&", "\n&"), err)
	// Output:
	// https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code
	// &client_id=client
	// &redirect_uri=http%3A%2F%2F127.0.0.1%3A51234%2Foauth%2Fcallback
	// &state=state
	// &code_challenge_method=S256
	// &code_challenge=0aEg1q-wZCRx70aOmhUAyOnMTmMBGCevuJDG80Q3zlw
	// &scopes=sso%3Aaccount%3Aaccess <nil>
}

func Example_expiredSession() {
	_, err := newPortalClient(nil).ListAccounts(context.Background(), &ssocore.ListAccountsInput{AccessToken: "old"})
	var unauthorized *ssocore.UnauthorizedException
	if errors.As(err, &unauthorized) {
		fmt.Println("sign in again:", unauthorized.Message)
	}
	// Output: sign in again: Session token not found or invalid
}

// A presigned URL is good for whoever sends the access token with it.
func ExampleClient_GeneratePresignedURL() {
	client := newPortalClient(&handClock{now: time.Date(2024, 11, 22, 12, 34, 56, 0, time.UTC)})
	url, err := client.GeneratePresignedURL("list_accounts",
		ssocore.Params{{Name: "accessToken", Value: "token"}, {Name: "maxResults", Value: 10}},
		func(o *ssocore.PresignOptions) {
			o.Credentials = ssocore.RoleCredentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "secret"}
			o.ExpiresIn = time.Minute
		})
	url, _, _ = strings.Cut(url, "&X-Amz-Signature=")
	fmt.Println(strings.ReplaceAll(url, "&", "\n&"), err)
	// Output:
	// https://portal.sso.eu-west-1.amazonaws.com/assignment/accounts?max_result=10
	// &X-Amz-Algorithm=AWS4-HMAC-SHA256
	// &X-Amz-Credential=AKIDEXAMPLE%2F20241122%2Feu-west-1%2Fawsssoportal%2Faws4_request
	// &X-Amz-Date=20241122T123456Z
	// &X-Amz-Expires=60
	// &X-Amz-SignedHeaders=host%3Bx-amz-sso_bearer_token <nil>
}

// What boto3 does by name goes over as it is.
func ExampleClient_GetPaginator() {
	p, err := newPortalClient(nil).GetPaginator("list_accounts")
	if err != nil {
		fmt.Println(err)
		return
	}
	pages := p.Paginate(ssocore.Params{{Name: "accessToken", Value: "token"}},
		func(o *ssocore.PaginatorOptions) { o.MaxItems = new(2) })
	for item, err := range pages.All(context.Background()) {
		fmt.Println(item.(ssocore.AccountInfo).AccountName, err)
	}
	// Output:
	// payments-prod <nil>
	// payments-test <nil>
}
