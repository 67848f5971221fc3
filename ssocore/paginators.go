package ssocore

import (
	"context"
	"iter"
)

// ListAccountsPaginator reads ListAccounts page by page. It is not safe for
// concurrent use.
type ListAccountsPaginator struct{ *pager }

// NewListAccountsPaginator returns a paginator that begins at in.NextToken.
func NewListAccountsPaginator(c *Client, in *ListAccountsInput, options ...func(*PaginatorOptions)) *ListAccountsPaginator {
	return &ListAccountsPaginator{newPager(c, &opListAccounts, in.args(), pageOf[ListAccountsOutput], options)}
}

// Pages returns the pages. An error is the last thing it yields. Every use
// of it lists anew.
func (p *ListAccountsPaginator) Pages(ctx context.Context) iter.Seq2[*ListAccountsOutput, error] {
	return typedPages[*ListAccountsOutput](p.pages(ctx))
}

// All returns the accounts of all pages. An error is the last thing it yields.
func (p *ListAccountsPaginator) All(ctx context.Context) iter.Seq2[AccountInfo, error] {
	return items(p.Pages(ctx), func(out *ListAccountsOutput) []AccountInfo { return out.AccountList })
}

// BuildFullResult returns all accounts as one page, whose NextToken is the
// [ListAccountsPaginator.ResumeToken]. What was read before an error is lost.
func (p *ListAccountsPaginator) BuildFullResult(ctx context.Context) (*ListAccountsOutput, error) {
	return typedPage[ListAccountsOutput](p.whole(ctx))
}

// ResumeToken returns the StartingToken that goes on where MaxItems ended the
// last use of Pages or All, or "" if it ended with the listing. boto3 takes it,
// too.
func (p *ListAccountsPaginator) ResumeToken() string { return p.resume }

// ListAccountRolesPaginator reads ListAccountRoles page by page. It is not safe
// for concurrent use.
type ListAccountRolesPaginator struct{ *pager }

// NewListAccountRolesPaginator returns a paginator that begins at
// in.NextToken.
func NewListAccountRolesPaginator(c *Client, in *ListAccountRolesInput, options ...func(*PaginatorOptions)) *ListAccountRolesPaginator {
	return &ListAccountRolesPaginator{newPager(c, &opListAccountRoles, in.args(), pageOf[ListAccountRolesOutput], options)}
}

// Pages returns the pages. An error is the last thing it yields. Every use
// of it lists anew.
func (p *ListAccountRolesPaginator) Pages(ctx context.Context) iter.Seq2[*ListAccountRolesOutput, error] {
	return typedPages[*ListAccountRolesOutput](p.pages(ctx))
}

// All returns the roles of all pages. An error is the last thing it yields.
func (p *ListAccountRolesPaginator) All(ctx context.Context) iter.Seq2[RoleInfo, error] {
	return items(p.Pages(ctx), func(out *ListAccountRolesOutput) []RoleInfo { return out.RoleList })
}

// BuildFullResult returns all roles as one page, whose NextToken is the
// [ListAccountRolesPaginator.ResumeToken]. What was read before an error is
// lost.
func (p *ListAccountRolesPaginator) BuildFullResult(ctx context.Context) (*ListAccountRolesOutput, error) {
	return typedPage[ListAccountRolesOutput](p.whole(ctx))
}

// ResumeToken returns the StartingToken that goes on where MaxItems ended the
// last use of Pages or All, or "" if it ended with the listing. boto3 takes it,
// too.
func (p *ListAccountRolesPaginator) ResumeToken() string { return p.resume }

// Paginator makes paginators of a method that was given by name.
type Paginator struct {
	client *Client
	op     *operation
	get    getPage
}

// GetPaginator returns the paginator of a portal method by botocore's name:
// "list_accounts" or "list_account_roles". A method whose answers do not come in
// pages is an [*OperationNotPageableError], a name that is no method an
// [*UnknownMethodError].
func (c *Client) GetPaginator(method string) (*Paginator, error) {
	op, err := PortalAPI.operation(method)
	switch {
	case err != nil:
		return nil, err
	case op == &opListAccounts:
		return &Paginator{c, op, pageOf[ListAccountsOutput]}, nil
	case op == &opListAccountRoles:
		return &Paginator{c, op, pageOf[ListAccountRolesOutput]}, nil
	}
	return nil, &OperationNotPageableError{Method: method}
}

// ResultKey returns the name of the member that holds a page's items, such as
// "accountList".
func (p *Paginator) ResultKey() string { return p.op.items }

// Paginate returns a listing with parameters by name.
func (p *Paginator) Paginate(params Params, options ...func(*PaginatorOptions)) *PageIterator {
	return &PageIterator{newPager(p.client, p.op, params.args(), p.get, options)}
}

// PageIterator is a listing of a method that was given by name. Its pages and
// items have the types of the typed paginators. It is not safe for concurrent
// use.
type PageIterator struct{ *pager }

// Pages returns the pages: *[ListAccountsOutput] or *[ListAccountRolesOutput].
// An error is the last thing it yields. Every use of it lists anew.
func (p *PageIterator) Pages(ctx context.Context) iter.Seq2[any, error] {
	return typedPages[any](p.pages(ctx))
}

// All returns the items of all pages: [AccountInfo] or [RoleInfo]. An error is
// the last thing it yields.
func (p *PageIterator) All(ctx context.Context) iter.Seq2[any, error] {
	return items(p.pages(ctx), page.items)
}

// BuildFullResult returns all items as one page, whose NextToken is the
// [PageIterator.ResumeToken]. What was read before an error is lost.
func (p *PageIterator) BuildFullResult(ctx context.Context) (any, error) {
	whole, err := p.whole(ctx)
	if err != nil {
		return nil, err
	}
	return whole, nil
}

// ResumeToken returns the StartingToken that goes on where MaxItems ended the
// last use of Pages or All, or "" if it ended with the listing.
func (p *PageIterator) ResumeToken() string { return p.resume }

func (out *ListAccountsOutput) next() string          { return out.NextToken }
func (out *ListAccountsOutput) resumeAt(token string) { out.NextToken = token }
func (out *ListAccountsOutput) count() int            { return len(out.AccountList) }
func (out *ListAccountsOutput) keep(from, to int)     { out.AccountList = out.AccountList[from:to] }
func (out *ListAccountsOutput) items() []any          { return anys(out.AccountList) }
func (out *ListAccountsOutput) add(other page) {
	out.AccountList = append(out.AccountList, other.(*ListAccountsOutput).AccountList...)
}

func (out *ListAccountRolesOutput) next() string          { return out.NextToken }
func (out *ListAccountRolesOutput) resumeAt(token string) { out.NextToken = token }
func (out *ListAccountRolesOutput) count() int            { return len(out.RoleList) }
func (out *ListAccountRolesOutput) keep(from, to int)     { out.RoleList = out.RoleList[from:to] }
func (out *ListAccountRolesOutput) items() []any          { return anys(out.RoleList) }
func (out *ListAccountRolesOutput) add(other page) {
	out.RoleList = append(out.RoleList, other.(*ListAccountRolesOutput).RoleList...)
}

func anys[Item any](list []Item) []any {
	all := make([]any, len(list))
	for i, item := range list {
		all[i] = item
	}
	return all
}

// typedPages gives pages the type they have.
func typedPages[Page any](pages iter.Seq2[page, error]) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		for page, err := range pages {
			out, _ := page.(Page) // nil beside an error
			if !yield(out, err) {
				return
			}
		}
	}
}

// typedPage gives a page the type it has.
func typedPage[Out any](whole page, err error) (*Out, error) {
	if err != nil {
		return nil, err
	}
	return any(whole).(*Out), nil
}

// items yields the items of every page.
func items[Page, Item any](pages iter.Seq2[Page, error], of func(Page) []Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for page, err := range pages {
			if err != nil {
				yield(*new(Item), err)
				return
			}
			for _, item := range of(page) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}
