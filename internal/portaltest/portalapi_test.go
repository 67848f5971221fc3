package portaltest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/sso/types"

	"portico/internal/portaltest"
)

func TestAWSClientPagesThroughAllAccounts(t *testing.T) {
	for _, pageSize := range []int32{0, 1, 7, 100} {
		b := newBench(t, portaltest.Config{Accounts: 230})
		var got []portaltest.Account
		pages := 0
		in := &sso.ListAccountsInput{AccessToken: b.signIn()}
		paginator := sso.NewListAccountsPaginator(b.sso, in, func(o *sso.ListAccountsPaginatorOptions) { o.Limit = pageSize })
		for paginator.HasMorePages() {
			page, err := paginator.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			pages++
			for _, a := range page.AccountList {
				got = append(got, portaltest.Account{ID: *a.AccountId, Name: *a.AccountName, Email: *a.EmailAddress})
			}
		}
		sameAccount := func(a, b portaltest.Account) bool { return a.ID == b.ID && a.Name == b.Name && a.Email == b.Email }
		if !slices.EqualFunc(got, b.portal.Directory(), sameAccount) {
			t.Errorf("max_result %d: %d accounts listed, not the organisation's 230 in order", pageSize, len(got))
		}
		if size := max(int(pageSize), 1); pageSize > 0 && pages != (230+size-1)/size {
			t.Errorf("max_result %d: %d pages", pageSize, pages)
		}
		if pageSize == 0 && pages != 3 {
			t.Errorf("no max_result: %d pages, want 3 of 100", pages)
		}
	}
}

func TestAWSClientPagesThroughAllRoles(t *testing.T) {
	b := newBench(t, portaltest.Config{Accounts: 2, Roles: 60})
	token := b.signIn()
	for _, account := range b.portal.Directory() {
		for _, pageSize := range []int32{0, 1, 7, 100} {
			in := &sso.ListAccountRolesInput{AccessToken: token, AccountId: &account.ID}
			var got []string
			paginator := sso.NewListAccountRolesPaginator(b.sso, in, func(o *sso.ListAccountRolesPaginatorOptions) { o.Limit = pageSize })
			for paginator.HasMorePages() {
				page, err := paginator.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, role := range page.RoleList {
					if *role.AccountId != account.ID {
						t.Errorf("role %s of account %s listed in %s", *role.RoleName, *role.AccountId, account.ID)
					}
					got = append(got, *role.RoleName)
				}
			}
			if !slices.Equal(got, account.Roles) {
				t.Errorf("max_result %d: got %d roles, want %d", pageSize, len(got), len(account.Roles))
			}
		}
	}
}

func TestAnOrganisationMayGrantNothing(t *testing.T) {
	b := newBench(t, portaltest.Config{Accounts: -1})
	out, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: b.signIn()})
	if err != nil || len(out.AccountList) != 0 || out.NextToken != nil {
		t.Errorf("got %v, %v; want an empty list", out, err)
	}
}

func TestNextTokenIsBoundToItsListing(t *testing.T) {
	b := newBench(t, portaltest.Config{Accounts: 230, Roles: 20})
	token := b.signIn()
	first, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token, MaxResults: aws.Int32(10)})
	if err != nil {
		t.Fatal(err)
	}
	altered := []byte(*first.NextToken)
	altered[len(altered)/2] ^= 1
	for name, next := range map[string]string{
		"altered": string(altered), "cut": (*first.NextToken)[:20], "not base64": "next page, please", "a number": "10",
	} {
		_, err := b.sso.ListAccounts(t.Context(), &sso.ListAccountsInput{AccessToken: token, NextToken: &next})
		if err == nil {
			t.Errorf("%s token was accepted", name)
			continue
		}
		wantError[*types.InvalidRequestException](t, err)
	}
	listRoles := func(account portaltest.Account, next *string) (*sso.ListAccountRolesOutput, error) {
		return b.sso.ListAccountRoles(t.Context(), &sso.ListAccountRolesInput{
			AccessToken: token, AccountId: &account.ID, MaxResults: aws.Int32(10), NextToken: next,
		})
	}
	org := b.portal.Directory()
	_, err = listRoles(org[0], first.NextToken)
	wantError[*types.InvalidRequestException](t, err)
	roles, err := listRoles(org[0], nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = listRoles(org[1], roles.NextToken)
	wantError[*types.InvalidRequestException](t, err)
}

func TestMaxResultOutsideItsRangeIsInvalid(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token := *b.signIn()
	for _, value := range []string{"0", "-1", "101", "2147483648", "ten", ""} {
		got := b.send("GET", "/assignment/accounts?max_result="+value, "", "x-amz-sso_bearer_token", token)
		if got.status != 400 || got.header.Get("x-amzn-errortype") != "InvalidRequestException" {
			t.Errorf("max_result=%s: %d %s", value, got.status, got.body)
		}
	}
}

func TestRoleCredentialsHaveTheFormOfRealOnes(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token := b.signIn()
	account := b.portal.Directory()[0]
	var secretsText string
	for range 20 {
		out, err := b.sso.GetRoleCredentials(t.Context(), &sso.GetRoleCredentialsInput{
			AccessToken: token, AccountId: &account.ID, RoleName: &account.Roles[1],
		})
		if err != nil {
			t.Fatal(err)
		}
		got := out.RoleCredentials
		if !strings.HasPrefix(*got.AccessKeyId, "ASIA") || len(*got.AccessKeyId) != 20 {
			t.Errorf("access key ID %s", *got.AccessKeyId)
		}
		if len(*got.SecretAccessKey) != 40 || len(*got.SessionToken) < 300 {
			t.Errorf("secret of %d, session token of %d characters", len(*got.SecretAccessKey), len(*got.SessionToken))
		}
		if want := b.clock.Now().Add(time.Hour).UnixMilli(); got.Expiration != want {
			t.Errorf("expiration %d, want %d", got.Expiration, want)
		}
		secretsText += *got.SecretAccessKey
		if !strings.HasSuffix(*got.SessionToken, "=") {
			t.Errorf("session token has no padding: %s", *got.SessionToken)
		}
		last := b.portal.Credentials()[len(b.portal.Credentials())-1]
		if last.AccessKeyID != *got.AccessKeyId || last.SecretAccessKey != *got.SecretAccessKey ||
			last.SessionToken != *got.SessionToken || last.AccountID != account.ID ||
			last.RoleName != account.Roles[1] || last.Expiration.UnixMilli() != got.Expiration {
			t.Errorf("recorded %+v, sent %+v", last, got)
		}
	}
	if !strings.Contains(secretsText, "/") || !strings.Contains(secretsText, "+") {
		t.Error("no secret has a slash or a plus sign, so nothing tests their quoting")
	}
}

func TestCredentialsAreRefusedForWhatIsNotAssigned(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	token := b.signIn()
	account := b.portal.Directory()[0]
	get := func(id, role string) error {
		_, err := b.sso.GetRoleCredentials(t.Context(), &sso.GetRoleCredentialsInput{AccessToken: token, AccountId: &id, RoleName: &role})
		return err
	}
	wantCode(t, get(account.ID, "NoSuchRole"), 403, "ForbiddenException", "No access")
	wantError[*types.ResourceNotFoundException](t, get("000000000000", account.Roles[0]))
	wantError[*types.InvalidRequestException](t, get("12345", account.Roles[0]))
	wantError[*types.InvalidRequestException](t, get(account.ID, ""))
	_, err := b.sso.ListAccountRoles(t.Context(), &sso.ListAccountRolesInput{AccessToken: token, AccountId: aws.String("000000000000")})
	wantError[*types.ResourceNotFoundException](t, err)
	if n := len(b.portal.Credentials()); n != 0 {
		t.Errorf("%d credentials issued", n)
	}
}

func TestLogoutEndsOnlyItsOwnSession(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	mine, other := b.signIn(), b.signIn()
	if _, err := b.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: mine}); err != nil {
		t.Fatal(err)
	}
	wantError[*types.UnauthorizedException](t, b.listAccounts(mine))
	_, err := b.sso.Logout(t.Context(), &sso.LogoutInput{AccessToken: mine})
	wantError[*types.UnauthorizedException](t, err)
	if err := b.listAccounts(other); err != nil {
		t.Errorf("the other session: %v", err)
	}
}

func TestLogoutAnswersWithoutABody(t *testing.T) {
	b := newBench(t, portaltest.Config{})
	got := b.send("POST", "/logout", "", "x-amz-sso_bearer_token", *b.signIn())
	if got.status != 200 || got.body != "" || got.header.Get("Content-Type") != "" {
		t.Errorf("got %d %q %v", got.status, got.body, got.header)
	}
}

func TestAccessTokensExpire(t *testing.T) {
	b := newBench(t, portaltest.Config{TokenTTL: time.Hour})
	token := b.signIn()
	b.clock.advance(time.Hour - time.Second)
	if err := b.listAccounts(token); err != nil {
		t.Fatalf("a second before its end: %v", err)
	}
	b.clock.advance(time.Second)
	wantError[*types.UnauthorizedException](t, b.listAccounts(token))

	token = b.signIn()
	b.portal.ExpireTokens()
	wantError[*types.UnauthorizedException](t, b.listAccounts(token))
	wantError[*types.UnauthorizedException](t, b.listAccounts(aws.String("never issued")))
}
