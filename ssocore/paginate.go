package ssocore

import (
	"context"
	"iter"
)

// PaginatorOptions configures a paginator.
type PaginatorOptions struct {
	// PageSize is the MaxResults of every request; 0 leaves it to the input.
	PageSize int32
}

// PaginationError says that a listing can't go on: the service answered with
// the token it had just been given, which would go on for ever.
type PaginationError struct {
	Operation string
}

func (e *PaginationError) Error() string {
	return "sso " + e.Operation + ": the same next token was received twice"
}

// ListAccountsPaginator reads ListAccounts page by page.
type ListAccountsPaginator struct {
	client *Client
	input  ListAccountsInput
}

// NewListAccountsPaginator returns a paginator that begins at in.NextToken.
func NewListAccountsPaginator(c *Client, in *ListAccountsInput, options ...func(*PaginatorOptions)) *ListAccountsPaginator {
	p := &ListAccountsPaginator{client: c, input: *in}
	p.input.MaxResults = pageSize(in.MaxResults, options)
	return p
}

// Pages returns the pages. An error is the last thing it yields. Every use
// of it lists anew.
func (p *ListAccountsPaginator) Pages(ctx context.Context) iter.Seq2[*ListAccountsOutput, error] {
	return pages("ListAccounts", p.input.NextToken, func(token string) (*ListAccountsOutput, string, error) {
		in := p.input
		in.NextToken = token
		out, err := p.client.ListAccounts(ctx, &in)
		if err != nil {
			return nil, "", err
		}
		return out, out.NextToken, nil
	})
}

// All returns the accounts of all pages. An error is the last thing it yields.
func (p *ListAccountsPaginator) All(ctx context.Context) iter.Seq2[AccountInfo, error] {
	return items(p.Pages(ctx), func(out *ListAccountsOutput) []AccountInfo { return out.AccountList })
}

// ListAccountRolesPaginator reads ListAccountRoles page by page.
type ListAccountRolesPaginator struct {
	client *Client
	input  ListAccountRolesInput
}

// NewListAccountRolesPaginator returns a paginator that begins at
// in.NextToken.
func NewListAccountRolesPaginator(c *Client, in *ListAccountRolesInput, options ...func(*PaginatorOptions)) *ListAccountRolesPaginator {
	p := &ListAccountRolesPaginator{client: c, input: *in}
	p.input.MaxResults = pageSize(in.MaxResults, options)
	return p
}

// Pages returns the pages. An error is the last thing it yields. Every use
// of it lists anew.
func (p *ListAccountRolesPaginator) Pages(ctx context.Context) iter.Seq2[*ListAccountRolesOutput, error] {
	return pages("ListAccountRoles", p.input.NextToken, func(token string) (*ListAccountRolesOutput, string, error) {
		in := p.input
		in.NextToken = token
		out, err := p.client.ListAccountRoles(ctx, &in)
		if err != nil {
			return nil, "", err
		}
		return out, out.NextToken, nil
	})
}

// All returns the roles of all pages. An error is the last thing it yields.
func (p *ListAccountRolesPaginator) All(ctx context.Context) iter.Seq2[RoleInfo, error] {
	return items(p.Pages(ctx), func(out *ListAccountRolesOutput) []RoleInfo { return out.RoleList })
}

func pageSize(size int32, options []func(*PaginatorOptions)) int32 {
	o := PaginatorOptions{PageSize: size}
	for _, option := range options {
		option(&o)
	}
	return o.PageSize
}

// pages yields page after page until one names no next. As in botocore, only a
// token that comes twice in a row is a loop, and the page that brought it is
// still yielded.
func pages[Out any](operation, token string, fetch func(token string) (*Out, string, error)) iter.Seq2[*Out, error] {
	return func(yield func(*Out, error) bool) {
		token, last := token, ""
		for {
			out, next, err := fetch(token)
			if !yield(out, err) || err != nil || next == "" {
				return
			}
			if next == last {
				yield(nil, &PaginationError{Operation: operation})
				return
			}
			token, last = next, next
		}
	}
}

// items yields the items of every page.
func items[Out, Item any](pages iter.Seq2[*Out, error], of func(*Out) []Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for out, err := range pages {
			if err != nil {
				var none Item
				yield(none, err)
				return
			}
			for _, item := range of(out) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}
