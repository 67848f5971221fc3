package ssocore

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func listing(bodies ...string) *sequence {
	s := &sequence{}
	for _, body := range bodies {
		s.responses = append(s.responses, &Response{Status: 200, Body: []byte(body)})
	}
	return s
}

func TestPaginatorsListAllPages(t *testing.T) {
	var urls []string
	pages := listing(
		`{"accountList":[{"accountId":"1"},{"accountId":"2"}],"nextToken":"a+/="}`,
		`{"accountList":null,"nextToken":"b"}`,
		`{"accountList":[{"accountId":"3"}]}`)
	c := vectorClient(t, fetchFunc(func(ctx context.Context, req *Request) (*Response, error) {
		urls = append(urls, strings.TrimPrefix(req.URL, vectorHost))
		return pages.Fetch(ctx, req)
	}), "")
	p := NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}, func(o *PaginatorOptions) { o.PageSize = 2 })
	var ids []string
	for account, err := range p.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, account.AccountID)
	}
	if !slices.Equal(ids, []string{"1", "2", "3"}) {
		t.Errorf("listed %v", ids)
	}
	want := []string{
		"/assignment/accounts?max_result=2",
		"/assignment/accounts?next_token=a%2B%2F%3D&max_result=2",
		"/assignment/accounts?next_token=b&max_result=2",
	}
	if !slices.Equal(urls, want) {
		t.Errorf("requested %v, want %v", urls, want)
	}
}

func TestPaginatorListsAnewAndStopsWhenTold(t *testing.T) {
	server := listing(`{"roleList":[{"roleName":"r1"},{"roleName":"r2"}],"nextToken":"a"}`, `{"roleList":[{"roleName":"r3"}]}`)
	p := NewListAccountRolesPaginator(vectorClient(t, server, ""), &ListAccountRolesInput{AccessToken: hidden, AccountID: "1"})
	for role, err := range p.All(t.Context()) {
		if err != nil || role.RoleName != "r1" {
			t.Fatal(role, err)
		}
		break
	}
	if server.sent != 1 {
		t.Errorf("sent %d requests, want 1", server.sent)
	}
	for page, err := range p.Pages(t.Context()) {
		if err != nil || page.RoleList[0].RoleName != "r3" {
			t.Fatal(page, err)
		}
	}
}

func TestPaginatorsSeeALoop(t *testing.T) {
	c := vectorClient(t, listing(`{"nextToken":"t"}`), "")
	pages, loops := 0, 0
	for page, err := range NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}).Pages(t.Context()) {
		var loop *PaginationError
		switch {
		case errors.As(err, &loop) && page == nil:
			loops++
		case err == nil:
			pages++
		default:
			t.Fatal(err)
		}
	}
	if pages != 2 || loops != 1 {
		t.Errorf("%d pages and %d errors, want 2 and 1", pages, loops)
	}
	if got := (&PaginationError{"ListAccounts"}).Error(); got != "sso ListAccounts: the same next token was received twice" {
		t.Errorf("text is %q", got)
	}
}

func TestPaginatorsEndWithAnError(t *testing.T) {
	server := listing(`{"accountList":[{"accountId":"1"}],"nextToken":"t"}`)
	server.responses = append(server.responses, &Response{Status: 401})
	c := vectorClient(t, server, "")
	var seen []string
	for account, err := range NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}).All(t.Context()) {
		if err != nil {
			seen = append(seen, err.Error())
			continue
		}
		seen = append(seen, account.AccountID)
	}
	if len(seen) != 2 || seen[0] != "1" || !strings.Contains(seen[1], "401") {
		t.Errorf("saw %q", seen)
	}
	for _, err := range NewListAccountRolesPaginator(c, &ListAccountRolesInput{}).Pages(t.Context()) {
		var p *ParamError
		if !errors.As(err, &p) {
			t.Errorf("error is %v", err)
		}
	}
}
