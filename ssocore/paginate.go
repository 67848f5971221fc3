package ssocore

import (
	"context"
	"iter"
	"strconv"
)

// PaginatorOptions configures a paginator, as boto3's PaginationConfig does.
type PaginatorOptions struct {
	// PageSize is the MaxResults of every request; 0 leaves it to the input.
	PageSize int32

	// MaxItems ends the listing after so many items, nil after all. When it
	// ends inside the listing, the paginator's ResumeToken goes on from there.
	// It does not make pages smaller. As in botocore, a negative number leaves
	// out so many items at the end of the first page, and a ResumeToken does not
	// remember the input's NextToken: begin with StartingToken instead.
	MaxItems *int

	// StartingToken is where to begin: a ResumeToken, of this package or of
	// boto3, or a NextToken of the service. It takes the place of the input's
	// NextToken.
	StartingToken string

	// AccessToken is asked before each page, for a token that may be another by
	// then; nil leaves it to the input.
	AccessToken func(context.Context) (Secret, error)
}

// page is an output of a listing as the pager sees it.
type page interface {
	next() string // the service's token of the page after it
	count() int   // of items
	items() []any
	keep(from, to int) // of the items
	add(other page)    // its items
	resumeAt(token string)
}

// getPage gets a page, and the size of its answer.
type getPage func(context.Context, *pager, args) (page, int, error)

// pager lists page after page, in the way of botocore's PageIterator.
type pager struct {
	client  *Client
	op      *operation
	given   args
	get     getPage
	options PaginatorOptions
	resume  string
}

func newPager(c *Client, op *operation, given args, get getPage, options []func(*PaginatorOptions)) *pager {
	p := &pager{client: c, op: op, given: given, get: get}
	for _, option := range options {
		option(&p.options)
	}
	return p
}

// pages lists anew. Where MaxItems ended the listing is left in p.resume.
func (p *pager) pages(ctx context.Context) iter.Seq2[page, error] {
	return func(yield func(page, error) bool) {
		p.resume = ""
		given, at, skip, err := p.start()
		if err != nil {
			yield(nil, err)
			return
		}
		watch := endless{operation: p.op.name}
		for seen := 0; ; skip = 0 {
			page, size, err := p.get(ctx, p, given)
			if err != nil {
				yield(nil, err)
				return
			}
			if skip != 0 {
				page.keep(pythonIndex(skip, page.count()), page.count())
			}
			ended := p.truncate(page, at, seen, skip)
			seen += page.count()
			if !yield(page, nil) || ended {
				return
			}
			at = tokenOf(page.next())
			if !at.given || p.full(at, seen) {
				return
			}
			if err := watch.next(page.count(), size, at.text); err != nil {
				yield(nil, err)
				return
			}
			given = at.in(given)
		}
	}
}

// pageOf is getPage for an operation's output.
func pageOf[Out any, P interface {
	output[Out]
	page
}](ctx context.Context, p *pager, given args) (page, int, error) {
	if ask := p.options.AccessToken; ask != nil {
		token, err := ask(ctx)
		if err != nil {
			return nil, 0, err
		}
		given = given.with("accessToken", arg{text: token.Reveal()})
	}
	out, size, err := invoke[Out, P](ctx, p.client, p.op, given)
	return P(out), size, err
}

// start returns the parameters to begin with, the token among them, and how
// many items of its page to leave out.
func (p *pager) start() (given args, at pageToken, skip int, err error) {
	given = p.given
	if s := p.options.StartingToken; s != "" {
		if at, skip, err = parseStartingToken(p.op.name, s); err != nil {
			return nil, at, 0, err
		}
		given = at.in(given)
	}
	if n := p.options.PageSize; n != 0 {
		given = given.with("maxResults", arg{kind: kindNumber, text: strconv.Itoa(int(n))})
	}
	return given, at, skip, nil
}

// full ends the listing if MaxItems is reached with a page's last item.
func (p *pager) full(next pageToken, seen int) bool {
	if p.options.MaxItems == nil || seen != *p.options.MaxItems {
		return false
	}
	p.resume = next.resumeToken()
	return true
}

// truncate cuts a page off at MaxItems, and reports whether it had to. at is
// the token that led to the page, of which skip items were left out.
func (p *pager) truncate(page page, at pageToken, seen, skip int) bool {
	if p.options.MaxItems == nil {
		return false
	}
	n := page.count()
	keep := *p.options.MaxItems - seen
	if n <= keep {
		return false
	}
	page.keep(0, pythonIndex(keep, n))
	p.resume = at.truncated(keep + skip)
	return true
}

// pythonIndex is where a Python slice of n items begins or ends: a negative
// index counts from the end.
func pythonIndex(i, n int) int {
	if i < 0 {
		i += n
	}
	return min(max(i, 0), n)
}

// whole joins all pages into the first. What was read before an error is lost,
// as in botocore.
func (p *pager) whole(ctx context.Context) (page, error) {
	var whole page
	for page, err := range p.pages(ctx) {
		switch {
		case err != nil:
			return nil, err
		case whole == nil:
			whole = page
		default:
			whole.add(page)
		}
	}
	whole.resumeAt(p.resume)
	return whole, nil
}
