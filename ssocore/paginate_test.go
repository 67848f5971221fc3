package ssocore

import (
	"context"
	"errors"
	"fmt"
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
		"/assignment/accounts?max_result=2&next_token=a%2B%2F%3D",
		"/assignment/accounts?max_result=2&next_token=b",
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

// A service that never comes to an end is left, however it goes about it.
func TestPaginatorsLeaveAListThatDoesNotEnd(t *testing.T) {
	letters := strings.Repeat("x", 1<<20)
	accounts := strings.TrimSuffix(strings.Repeat(`{"accountId":"1"},`, 1000), ",")
	tests := []struct {
		name string
		page func(n int) string
		most int // requests
		text string
	}{
		{"the same token", func(int) string { return `{"accountList":[{}],"nextToken":"t"}` }, 2, "received twice"},
		{"two tokens in turn", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"nextToken":"t%d"}`, n%2) }, 3, "received twice"},
		{"a thousand tokens in turn", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"nextToken":"t%d"}`, n%1000) }, 1001, "received twice"},
		{"a token again after others", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"nextToken":"t%d"}`, max(3, n)%9) }, 10, "received twice"},
		{"ever new tokens of empty pages", func(n int) string { return fmt.Sprintf(`{"accountList":[],"nextToken":"t%d"}`, n) }, maxEmptyPages, "empty pages"},
		{"ever new tokens of nothing", func(n int) string { return fmt.Sprintf(`{"nextToken":"t%d"}`, n) }, maxEmptyPages, "empty pages"},
		{"ever new tokens", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"nextToken":"t%d"}`, n) }, maxPages, "too many pages"},
		{"ever new tokens of full pages", func(n int) string { return fmt.Sprintf(`{"accountList":[%s],"nextToken":"t%d"}`, accounts, n) }, maxItems / 1000, "too many items"},
		{"long pages", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"x":"%s","nextToken":"t%d"}`, letters, n) }, 64, "too much text"},
		{"long tokens", func(n int) string { return fmt.Sprintf(`{"accountList":[{}],"nextToken":"%s%d"}`, letters, n) }, 64, "too much text"},
	}
	for _, test := range tests {
		sent := 0
		c := vectorClient(t, fetchFunc(func(context.Context, *Request) (*Response, error) {
			sent++
			return &Response{Status: 200, Body: []byte(test.page(sent))}, nil
		}), "")
		var last error
		for _, err := range NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}).All(t.Context()) {
			last = err
		}
		var endless *PaginationError
		if !errors.As(last, &endless) || endless.Operation != "ListAccounts" || !strings.Contains(last.Error(), test.text) || sent > test.most {
			t.Errorf("%s: %v after %d requests, want at most %d and %q", test.name, last, sent, test.most, test.text)
		}
	}
}

// Pages may be empty, and many, in a listing that ends.
func TestPaginatorsDoNotLeaveAListThatEnds(t *testing.T) {
	sent := 0
	c := vectorClient(t, fetchFunc(func(context.Context, *Request) (*Response, error) {
		sent++
		body := fmt.Sprintf(`{"accountList":[],"nextToken":"t%d"}`, sent)
		switch {
		case sent == 5000:
			body = `{"accountList":[{}]}`
		case sent%maxEmptyPages == 0:
			body = fmt.Sprintf(`{"accountList":[{}],"nextToken":"t%d"}`, sent)
		}
		return &Response{Status: 200, Body: []byte(body)}, nil
	}), "")
	all, err := NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}).BuildFullResult(t.Context())
	if err != nil || len(all.AccountList) != 50 {
		t.Errorf("listed %+v, %v", all, err)
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

const threeAccounts = `{"accountList":[{"accountId":"1"},{"accountId":"2"},{"accountId":"3"}],"nextToken":"t1"}`

// A listing that MaxItems ended goes on from its resume token, in the middle of
// a page, and in the end nothing is missing and nothing twice.
func TestTypedPaginatorsResume(t *testing.T) {
	server := fetchFunc(func(_ context.Context, req *Request) (*Response, error) {
		body := threeAccounts
		if strings.Contains(req.URL, "next_token=t1") {
			body = `{"accountList":[{"accountId":"4"},{"accountId":"5"}]}`
		}
		return &Response{Status: 200, Body: []byte(body)}, nil
	})
	c := vectorClient(t, server, "")
	var ids []string
	token := ""
	for range 3 {
		p := NewListAccountsPaginator(c, &ListAccountsInput{AccessToken: hidden}, func(o *PaginatorOptions) {
			o.MaxItems, o.StartingToken = new(2), token
		})
		for account, err := range p.All(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, account.AccountID)
		}
		token = p.ResumeToken()
	}
	if !slices.Equal(ids, []string{"1", "2", "3", "4", "5"}) || token != "" {
		t.Errorf("listed %v, then %q", ids, token)
	}
}

func TestFullResultsAreOnePage(t *testing.T) {
	accounts := NewListAccountsPaginator(vectorClient(t, listing(threeAccounts, threeAccounts), ""),
		&ListAccountsInput{AccessToken: hidden}, func(o *PaginatorOptions) { o.MaxItems = new(4) })
	all, err := accounts.BuildFullResult(t.Context())
	if err != nil || len(all.AccountList) != 4 || all.NextToken != "eyJuZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==" || accounts.ResumeToken() != all.NextToken {
		t.Errorf("accounts are %+v, %v", all, err)
	}
	input := &ListAccountRolesInput{AccessToken: hidden, AccountID: "1"}
	roles := NewListAccountRolesPaginator(vectorClient(t, listing(`{"roleList":[{"roleName":"a"}],"nextToken":"t"}`, `{"roleList":[{"roleName":"b"}]}`), ""), input)
	both, err := roles.BuildFullResult(t.Context())
	if err != nil || len(both.RoleList) != 2 || both.NextToken != "" || roles.ResumeToken() != "" {
		t.Errorf("roles are %+v, %v", both, err)
	}
	roles = NewListAccountRolesPaginator(vectorClient(t, answer(401, nil, ""), ""), input)
	if none, err := roles.BuildFullResult(t.Context()); none != nil || err == nil {
		t.Errorf("roles are %+v, %v", none, err)
	}
}

func TestResumeTokensAreRead(t *testing.T) {
	tests := []struct {
		in   string
		want pageToken
		skip int
	}{
		{"t1", pageToken{text: "t1", given: true}, 0},
		{"None", pageToken{}, 0},
		{"None___2", pageToken{}, 2},
		{"t1___1_0", pageToken{text: "t1", given: true}, 10},
		{"t1___+3", pageToken{text: "t1", given: true}, 3},
		{"t1____3", pageToken{text: "t1____3", given: true}, 0},
		{"t1___x", pageToken{text: "t1___x", given: true}, 0},
		{"WzFd", pageToken{text: "WzFd", given: true}, 0},                 // [1]
		{"e30", pageToken{text: "e30", given: true}, 0},                   // {} without padding
		{"e3\n0=ignored", pageToken{missing: true}, 0},                    // {} as Python reads it
		{"eyJuZXh0VG9rZW4iOm51bGx9", pageToken{}, 0},                      // {"nextToken":null}
		{"eyJuZXh0VG9rZW4iOiIifQ==", pageToken{text: "", given: true}, 0}, // {"nextToken":""}
	}
	for _, test := range tests {
		got, skip, err := parseStartingToken("ListAccounts", test.in)
		if err != nil || got != test.want || skip != test.skip {
			t.Errorf("%q is %+v and %d, %v, want %+v and %d", test.in, got, skip, err, test.want, test.skip)
		}
	}
	for _, bad := range []string{"MTIz", "bnVsbA==", "a___b___c", "eyJuZXh0VG9rZW4iOjV9", "eyJ4IjoxfQ==", "eyJib3RvX3RydW5jYXRlX2Ftb3VudCI6IjEifQ==", "eyJib3RvX3RydW5jYXRlX2Ftb3VudCI6MS41fQ=="} {
		var refused *StartingTokenError
		if _, _, err := parseStartingToken("ListAccounts", bad); !errors.As(err, &refused) || refused.Operation != "ListAccounts" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestAPaginatorByNameStopsWhenTold(t *testing.T) {
	server := listing(threeAccounts)
	p, err := vectorClient(t, server, "").GetPaginator("list_accounts")
	if err != nil {
		t.Fatal(err)
	}
	pages := p.Paginate(Params{{"accessToken", Secret(hidden)}})
	for item, err := range pages.All(t.Context()) {
		if account, ok := item.(AccountInfo); err != nil || !ok || account.AccountID != "1" {
			t.Errorf("item is %+v, %v", item, err)
		}
		break
	}
	for page, err := range pages.Pages(t.Context()) {
		if out, ok := page.(*ListAccountsOutput); err != nil || !ok || len(out.AccountList) != 3 {
			t.Errorf("page is %+v, %v", page, err)
		}
		break
	}
	if server.sent != 2 || p.ResultKey() != "accountList" {
		t.Errorf("sent %d requests, want 2", server.sent)
	}
	for page, err := range p.Paginate(nil).Pages(t.Context()) {
		if param := new(ParamError); !errors.As(err, &param) || page != nil {
			t.Errorf("page without parameters is %+v, %v", page, err)
		}
	}
}
