package ssocore

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// A session may be renewed in the middle of a listing.
func TestPaginatorsAskForTheTokenOfEachPage(t *testing.T) {
	pages := listing(`{"roleList":[{"roleName":"r1"}],"nextToken":"a"}`, `{"roleList":[{"roleName":"r2"}]}`)
	var sent []string
	c := vectorClient(t, fetchFunc(func(ctx context.Context, req *Request) (*Response, error) {
		sent = append(sent, req.Header["x-amz-sso_bearer_token"])
		return pages.Fetch(ctx, req)
	}), "")
	tokens := []Secret{"first", "second"}
	p := NewListAccountRolesPaginator(c, &ListAccountRolesInput{AccountID: "1"}, func(o *PaginatorOptions) {
		o.AccessToken = func(context.Context) (Secret, error) {
			token := tokens[0]
			tokens = tokens[1:]
			return token, nil
		}
	})
	for _, err := range p.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(sent, []string{"first", "second"}) {
		t.Errorf("sent the tokens %q", sent)
	}
}

func TestPaginatorsEndWithoutAToken(t *testing.T) {
	gone := errors.New("signed out")
	server := listing(`{"accountList":[]}`)
	p := NewListAccountsPaginator(vectorClient(t, server, ""), &ListAccountsInput{}, func(o *PaginatorOptions) {
		o.AccessToken = func(context.Context) (Secret, error) { return "", gone }
	})
	for _, err := range p.All(t.Context()) {
		if !errors.Is(err, gone) {
			t.Errorf("ended with %v", err)
		}
	}
	if server.sent != 0 {
		t.Errorf("sent %d requests", server.sent)
	}
}
