package ssocore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"
	"testing"
)

type paginationCase struct {
	ID           string
	Operation    string
	Input        caseInput
	Config       caseInput `json:"PaginationConfig"`
	Script       []recordedResponse
	PagesByToken map[string]string `json:"pages_by_token"`
	Note         string
	Observed     observations[recordedListing]
}

type recordedListing struct {
	OK       bool
	Pages    []map[string]any
	Items    []any
	Requests []struct {
		Query  string
		Params json.RawMessage
		Token  string `json:"x-amz-sso_bearer_token"` // where it is not the case's own
	}
	NextToken *string
	Decoded   json.RawMessage `json:"NextToken_decoded"`
	Error     recordedError
	Full      map[string]any `json:"build_full_result"`
	Steps     []struct {
		Config    caseInput `json:"PaginationConfig"`
		Items     int
		NextToken *string
		Requests  []string
	}
}

func runPaginationCase(t *testing.T, _ *vectorFile, raw json.RawMessage) outcome {
	var c paginationCase
	if err := strict(raw, &c); err != nil {
		return failed("%v", err)
	}
	if c.PagesByToken != nil {
		return c.walk(t)
	}
	if c.Script == nil {
		return failed("neither script nor pages_by_token")
	}
	configure, rule := paginatorOptions(c.Config)
	if rule != "" {
		return deviates(rule)
	}
	got := c.list(t, configure)
	if o := c.compare(got); o.failure != "" {
		if rule := c.explain(got); rule != "" {
			return deviates(rule)
		}
		return o
	}
	return held
}

// paginatorOptions makes a PaginationConfig options, or names the rule by which
// it can't be one.
func paginatorOptions(config caseInput) (configure func(*PaginatorOptions), rule string) {
	var want PaginatorOptions
	for _, p := range config {
		n, isNumber := p.Value.(int64)
		text, isText := p.Value.(string)
		switch {
		case p.Value == nil:
		case p.Name == "MaxItems" && isNumber:
			want.MaxItems = new(int(n))
		case p.Name == "PageSize" && isNumber && n == 0, p.Name == "StartingToken" && isText && text == "":
			return nil, ruleZero
		case p.Name == "PageSize" && isNumber && n == int64(int32(n)):
			want.PageSize = int32(n)
		case p.Name == "PageSize" && isNumber && n > math.MaxInt32:
			return nil, ruleNumbers
		case p.Name == "StartingToken" && isText:
			want.StartingToken = text
		default:
			return nil, ruleTypes
		}
	}
	return func(o *PaginatorOptions) { *o = want }, ""
}

// listed is what became of a listing by name.
type listed struct {
	pages    []any
	requests []string // queries
	resume   string
	err      error
	full     any
	fullErr  error
}

func (c *paginationCase) list(t *testing.T, configure func(*PaginatorOptions)) (l listed) {
	server := &script{t: t, answers: c.Script}
	client := newClient(t, Options{Endpoint: vectorHost, Fetcher: fetchFunc(server.fetch), Clock: &instantClock{}})
	p, err := client.GetPaginator(methodOf(c.Operation))
	if err != nil {
		l.err = err
		return l
	}
	pages := p.Paginate(Params(c.Input), configure)
	for page, err := range pages.Pages(t.Context()) {
		if err != nil {
			l.err = err
			break
		}
		l.pages = append(l.pages, page)
	}
	l.resume = pages.ResumeToken()
	for _, req := range server.requests {
		_, query, _ := strings.Cut(req.URL, "?")
		l.requests = append(l.requests, query)
	}
	server.requests = nil
	l.full, l.fullErr = pages.BuildFullResult(t.Context())
	return l
}

func (c *paginationCase) compare(got listed) outcome {
	want := c.Observed.Botocore
	if (got.err == nil) != want.OK || (got.fullErr == nil) != want.OK {
		return failed("errors are %v and %v, want %s", got.err, got.fullErr, want.Error.Message)
	}
	if len(got.pages) != len(want.Pages) || len(got.requests) != len(want.Requests) {
		return failed("%d pages by %d requests, want %d by %d", len(got.pages), len(got.requests), len(want.Pages), len(want.Requests))
	}
	for i, page := range got.pages {
		if o := compareOutput(page, want.Pages[i]); o != held {
			return failed("page %d: %s", i, o.failure)
		}
	}
	for i, query := range got.requests {
		if query != want.Requests[i].Query {
			return failed("request %d is %s, want %s", i, query, want.Requests[i].Query)
		}
	}
	if !want.OK {
		return c.compareListingError(got.err)
	}
	if token := asText(want.Full["NextToken"]); got.resume != token || want.NextToken != nil && got.resume != *want.NextToken {
		return failed("resume token is %q, want %q", got.resume, token)
	}
	return compareOutput(got.full, want.Full)
}

func (c *paginationCase) compareListingError(err error) outcome {
	want := c.Observed.Botocore.Error
	var api *APIError
	switch {
	case want.IsClient && errors.As(err, &api):
		if api.Code != asText(want.Code) || api.Message != asText(want.ErrorMessage) || api.Status != want.Status {
			return failed("error is %v, want %s", err, want.Message)
		}
	case want.Type == "PaginationError":
		if loop := new(PaginationError); !errors.As(err, &loop) {
			return failed("error is %T %v, want %s", err, err, want.Type)
		}
	case want.Type == "ParamValidationError":
		bad, param := new(StartingTokenError), new(ParamError)
		if !errors.As(err, &bad) && !errors.As(err, &param) {
			return failed("error is %T %v, want %s", err, err, want.Type)
		}
	case want.Module == "builtins": // Python stumbled
		bad, unreadable := new(StartingTokenError), new(DecodeError)
		if !errors.As(err, &bad) && !errors.As(err, &unreadable) {
			return failed("error is %T %v, want %s", err, err, want.Message)
		}
	default:
		return failed("error is %v, want %s %s", err, want.Type, want.Message)
	}
	return held
}

// explain names the rule by which a listing differs.
func (c *paginationCase) explain(got listed) string {
	token := ""
	for _, p := range c.Config {
		if p.Name == "StartingToken" {
			token, _ = p.Value.(string)
		}
	}
	var bad *StartingTokenError
	if errors.As(got.err, &bad) && len(got.requests) == 0 {
		return ruleStartingToken
	}
	if loop := new(PaginationError); errors.As(got.err, &loop) && c.repeatsToken() {
		return ruleSeenToken
	}
	text, isBase64 := pythonBase64(token)
	if isBase64 && strings.HasPrefix(string(text), "{") && c.Observed.Botocore.Error.Module == "builtins" {
		return ruleStartingToken // botocore can't work with a token it took
	}
	for _, answer := range c.Script {
		var body struct{ NextToken json.Number }
		if json.Unmarshal([]byte(answer.Body), &body) == nil && body.NextToken != "" && !strings.Contains(answer.Body, `"`+body.NextToken.String()+`"`) {
			return ruleTokenText
		}
		var any map[string]any
		if answer.Status == 200 && json.Unmarshal([]byte(answer.Body), &any) != nil {
			return ruleUnreadable
		}
		if answer.Status == 429 {
			return ruleThrottled
		}
	}
	return ""
}

// repeatsToken reports whether the service gives a token again.
func (c *paginationCase) repeatsToken() bool {
	seen := map[string]bool{}
	for _, answer := range c.Script {
		var body struct{ NextToken string }
		if json.Unmarshal([]byte(answer.Body), &body) == nil && body.NextToken != "" && seen[body.NextToken] {
			return true
		}
		seen[body.NextToken] = true
	}
	return false
}

// walk lists in steps, each from where the one before ended.
func (c *paginationCase) walk(t *testing.T) outcome {
	var requests []string
	server := fetchFunc(func(_ context.Context, req *Request) (*Response, error) {
		_, query, _ := strings.Cut(req.URL, "?")
		requests = append(requests, query)
		values, err := url.ParseQuery(query)
		if err != nil {
			return nil, err
		}
		return &Response{Status: 200, Body: []byte(c.PagesByToken[values.Get("next_token")])}, nil
	})
	p, err := newClient(t, Options{Fetcher: server}).GetPaginator(methodOf(c.Operation))
	if err != nil {
		return failed("%v", err)
	}
	want, token := c.Observed.Botocore, ""
	var items []any
	for i, step := range want.Steps {
		configure, rule := paginatorOptions(c.Config)
		if rule != "" {
			return deviates(rule)
		}
		requests = nil
		pages := p.Paginate(Params(c.Input), configure, func(o *PaginatorOptions) { o.StartingToken = token })
		before := len(items)
		for item, err := range pages.All(t.Context()) {
			if err != nil {
				return failed("step %d: %v", i, err)
			}
			items = append(items, item)
		}
		token = pages.ResumeToken()
		wantToken := ""
		if step.NextToken != nil {
			wantToken = *step.NextToken
		}
		if len(items)-before != step.Items || token != wantToken || fmt.Sprint(requests) != fmt.Sprint(step.Requests) {
			return failed("step %d: %d items by %q, then %q, want %d by %q, then %q", i, len(items)-before, requests, token, step.Items, step.Requests, wantToken)
		}
	}
	return compareItems(items, want.Items)
}

func compareItems(got, want []any) outcome {
	if len(got) != len(want) {
		return failed("%d items, want %d", len(got), len(want))
	}
	for i, item := range got {
		members, ok := want[i].(map[string]any)
		if !ok {
			return failed("item %d is recorded as %v", i, want[i])
		}
		var o outcome
		switch item := item.(type) {
		case AccountInfo:
			o = compareOutput(&item, members)
		case RoleInfo:
			o = compareOutput(&item, members)
		}
		if o != held {
			return failed("item %d: %s", i, o.failure)
		}
	}
	return held
}
