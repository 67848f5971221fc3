package ssocore_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"portico/ssocore"
)

// portal stands in for the network in the examples.
type portal struct{}

func (portal) Fetch(_ context.Context, req *ssocore.Request) (*ssocore.Response, error) {
	if req.Header["x-amz-sso_bearer_token"] != "token" {
		return &ssocore.Response{
			Status: 401,
			Header: ssocore.Header{"x-amzn-errortype": "UnauthorizedException"},
			Body:   []byte(`{"message":"Session token not found or invalid"}`),
		}, nil
	}
	body := `{"accountList":[{"accountId":"111122223333","accountName":"payments-prod"}],"nextToken":"2"}`
	if strings.Contains(req.URL, "next_token=2") {
		body = `{"accountList":[{"accountId":"444455556666","accountName":"sandbox"}]}`
	}
	return &ssocore.Response{Status: 200, Body: []byte(body)}, nil
}

func Example_listing() {
	client, err := ssocore.New(ssocore.Options{
		Region:  "eu-west-1",
		Fetcher: portal{},
		Limiter: ssocore.NewLimiter(ssocore.SystemClock{}, 20),
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
	// 444455556666 sandbox
}

func Example_expiredSession() {
	client, err := ssocore.New(ssocore.Options{Region: "eu-west-1", Fetcher: portal{}})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.ListAccounts(context.Background(), &ssocore.ListAccountsInput{AccessToken: "old"})
	var unauthorized *ssocore.UnauthorizedException
	if errors.As(err, &unauthorized) {
		fmt.Println("sign in again:", unauthorized.Message)
	}
	// Output: sign in again: Session token not found or invalid
}

func ExampleParseStartURL() {
	u, err := ssocore.ParseStartURL(" ssoins-1234567890abcdef.portal.eu-west-1.app.aws/#/?tab=accounts")
	fmt.Println(u.URL, u.Region, err)
	// Output: https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws eu-west-1 <nil>
}
