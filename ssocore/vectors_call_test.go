package ssocore

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// observations holds what each client was seen to do; botocore is the
// reference.
type observations[T any] struct {
	Botocore T
	Go       json.RawMessage `json:"aws-sdk-go-v2"`
	JS       json.RawMessage `json:"aws-sdk-js-v3"`
}

// params of a case, by the API's names.
type caseInput map[string]json.RawMessage

// fill sets the fields of an input struct, by name without regard to case. It
// reports false when the input names a parameter that does not exist or has
// another type: Go refuses such a program.
func (in caseInput) fill(v any) bool {
	s := reflect.ValueOf(v).Elem()
	for name, value := range in {
		f := s.FieldByNameFunc(func(field string) bool {
			return strings.ToLower(field[:1])+field[1:] == wireName.Replace(name)
		})
		if !f.IsValid() || string(value) == "null" || json.Unmarshal(value, f.Addr().Interface()) != nil {
			return false
		}
	}
	return true
}

// wireName makes an API parameter the field's name: Go writes initialisms in
// capitals.
var wireName = strings.NewReplacer("accountId", "accountID", "clientId", "clientID", "Url", "URL",
	"Uri", "URI", "Arn", "ARN", "idToken", "iDToken")

// hasZero reports whether a parameter is given with Go's zero value.
func (in caseInput) hasZero() bool {
	for _, value := range in {
		if s := string(value); s == `""` || s == "0" {
			return true
		}
	}
	return false
}

// invoke calls an operation with the input of a case.
func invoke(c *Client, operation string, in caseInput) (out any, err error, typed bool) {
	ctx := context.Background()
	switch operation {
	case "ListAccounts":
		return with(ctx, in, c.ListAccounts)
	case "ListAccountRoles":
		return with(ctx, in, c.ListAccountRoles)
	case "GetRoleCredentials":
		return with(ctx, in, c.GetRoleCredentials)
	case "Logout":
		return with(ctx, in, c.Logout)
	case "RegisterClient":
		return with(ctx, in, c.RegisterClient)
	case "StartDeviceAuthorization":
		return with(ctx, in, c.StartDeviceAuthorization)
	case "CreateToken":
		return with(ctx, in, c.CreateToken)
	}
	return nil, fmt.Errorf("unknown operation %s", operation), true
}

func with[In, Out any](ctx context.Context, in caseInput, call func(context.Context, *In) (*Out, error)) (any, error, bool) {
	input := new(In)
	if !in.fill(input) {
		return nil, nil, false
	}
	out, err := call(ctx, input)
	return out, err, true
}

// scripted answers every request alike and keeps them.
type scripted struct {
	resp     *Response
	err      error
	requests []*Request
}

func (s *scripted) Fetch(_ context.Context, req *Request) (*Response, error) {
	s.requests = append(s.requests, req)
	return s.resp, s.err
}

// instantClock does not wait.
type instantClock struct{ slept []time.Duration }

func (*instantClock) Now() time.Time { return time.Unix(0, 0) }

func (c *instantClock) Sleep(ctx context.Context, d time.Duration) error {
	if d > 0 {
		c.slept = append(c.slept, d)
	}
	return ctx.Err()
}

const vectorHost = "https://portal.example"

func vectorClient(t *testing.T, f Fetcher, suffix string) *Client {
	c, err := New(Options{
		Endpoint: vectorHost + suffix, OIDCEndpoint: vectorHost + suffix, Fetcher: f,
		Clock: &instantClock{}, Random: func() float64 { return 1 },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
