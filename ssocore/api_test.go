package ssocore

import (
	"errors"
	"maps"
	"slices"
	"testing"
)

func TestNamesThatAreNoMethodsAreTypedErrors(t *testing.T) {
	server := answer(200, nil, fullAnswer)
	c := vectorClient(t, server, "")
	for _, name := range []string{"", "ListAccounts", "list-accounts", " list_accounts", "bogus\n"} {
		_, callErr := c.Call(t.Context(), name, nil)
		_, paginatorErr := c.GetPaginator(name)
		_, urlErr := c.GeneratePresignedURL(name, nil)
		_, canErr := PortalAPI.CanPaginate(name)
		for _, err := range []error{callErr, paginatorErr, urlErr, canErr} {
			if unknown := new(UnknownMethodError); !errors.As(err, &unknown) || unknown.Method != name {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
	if len(server.requests) != 0 {
		t.Errorf("sent %d requests", len(server.requests))
	}
	if got := (&UnknownMethodError{"bo\ngus"}).Error(); got != `sso: no method "bo gus"` {
		t.Errorf("text is %s", got)
	}
}

func TestEachAPIKnowsItsOwnMethods(t *testing.T) {
	if can, err := OIDCAPI.CanPaginate("list_accounts"); can || err == nil {
		t.Errorf("the OIDC API can paginate list_accounts: %v, %v", can, err)
	}
	if can, err := OIDCAPI.CanPaginate("create_token_with_iam"); can || err != nil {
		t.Errorf("create_token_with_iam: %v, %v", can, err)
	}
	_, err := vectorClient(t, answer(200, nil, fullAnswer), "").Call(t.Context(), "create_token_with_iam", nil)
	if unknown := new(UnknownMethodError); !errors.As(err, &unknown) {
		t.Errorf("a method that is only known by name: %v", err)
	}
	want := []string{"get_role_credentials", "list_account_roles", "list_accounts", "logout"}
	if got := slices.Sorted(maps.Keys(PortalAPI.Methods())); !slices.Equal(got, want) {
		t.Errorf("methods are %v", got)
	}
	if len(API("ec2").Methods()) != 0 || API("ec2").Exceptions() != nil {
		t.Error("another API has methods or exceptions")
	}
}

func TestWhatIsNotThereSaysSo(t *testing.T) {
	_, err := vectorClient(t, answer(200, nil, fullAnswer), "").GetPaginator("logout")
	if err == nil || err.Error() != "sso: logout is not paginated" {
		t.Errorf("error is %v", err)
	}
	err = PortalAPI.GetWaiter("account_exists")
	var waiter *WaiterError
	if !errors.As(err, &waiter) || len(waiter.Available) != 0 || err.Error() != `sso: no waiter "account_exists": the service has none` {
		t.Errorf("error is %v", err)
	}
	err = &StartingTokenError{"ListAccounts", "it holds no object"}
	if err.Error() != "sso ListAccounts: bad starting token: it holds no object" {
		t.Errorf("error is %v", err)
	}
}
