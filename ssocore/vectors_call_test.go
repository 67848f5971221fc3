package ssocore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// observations holds what each client was seen to do; botocore is the
// reference.
type observations[T any] struct {
	Botocore T
	Go       json.RawMessage `json:"aws-sdk-go-v2"`
	GoStop   json.RawMessage `json:"aws-sdk-go-v2+StopOnDuplicateToken"`
	JS       json.RawMessage `json:"aws-sdk-js-v3"`
	JSStop   json.RawMessage `json:"aws-sdk-js-v3+stopOnSameToken"`
}

// caseInput holds the parameters of a case in their order.
type caseInput Params

func (in *caseInput) UnmarshalJSON(text []byte) error {
	*in = nil
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if open, err := d.Token(); err != nil || open == nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return err
		}
		*in = append(*in, Param{fmt.Sprint(name), goValue(value)})
	}
	return nil
}

// goValue makes a decoded number an int64 if it is one.
func goValue(v any) any {
	n, ok := v.(json.Number)
	if !ok {
		return v
	}
	if i, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
		return i
	}
	return n
}

// fill sets the fields of an input struct, by name without regard to case. It
// reports false when the input does not fit: such a program does not compile,
// or it gives a zero value, which the struct can't say.
func (in caseInput) fill(v any) bool {
	s := reflect.ValueOf(v).Elem()
	for _, p := range in {
		f := s.FieldByNameFunc(func(field string) bool {
			return strings.ToLower(field[:1])+field[1:] == wireName.Replace(p.Name)
		})
		text, err := json.Marshal(p.Value)
		if err != nil || !f.IsValid() || p.Value == nil || json.Unmarshal(text, f.Addr().Interface()) != nil || f.IsZero() {
			return false
		}
	}
	return true
}

// wireName makes an API parameter the field's name: Go writes initialisms in
// capitals.
var wireName = strings.NewReplacer("accountId", "accountID", "clientId", "clientID", "Url", "URL",
	"Uri", "URI", "Arn", "ARN", "idToken", "iDToken")

// methodOf returns botocore's method of an operation.
func methodOf(name string) string {
	i := slices.IndexFunc(operations[:], func(op *operation) bool { return op.name == name })
	if i < 0 {
		return "no operation " + name
	}
	return operations[i].method
}

// callTyped calls an operation by its typed method with the input of a case, if
// that fits.
func callTyped(c *Client, operation string, in caseInput) (fits bool, out any, err error) {
	switch operation {
	case "ListAccounts":
		return with(in, c.ListAccounts)
	case "ListAccountRoles":
		return with(in, c.ListAccountRoles)
	case "GetRoleCredentials":
		return with(in, c.GetRoleCredentials)
	case "Logout":
		return with(in, c.Logout)
	case "RegisterClient":
		return with(in, c.RegisterClient)
	case "StartDeviceAuthorization":
		return with(in, c.StartDeviceAuthorization)
	case "CreateToken":
		return with(in, c.CreateToken)
	}
	return false, nil, nil
}

func with[In, Out any](in caseInput, call func(context.Context, *In) (*Out, error)) (bool, any, error) {
	input := new(In)
	if !in.fill(input) {
		return false, nil, nil
	}
	out, err := call(context.Background(), input)
	return true, out, err
}

// recordedProblem is a line of botocore's ParamValidationError.
var recordedProblem = regexp.MustCompile(`(?:Missing required parameter in input: "|Unknown parameter in input: "|Invalid type for parameter |Invalid value for parameter )([^",\[ ]*)`)

// compareProblems compares which parameters are complained about, and in which
// order.
func compareProblems(err error, in caseInput, message string) outcome {
	var p *ParamError
	if !errors.As(err, &p) {
		return failed("error is %v, want a *ParamError", err)
	}
	var want, got []string
	for _, m := range recordedProblem.FindAllStringSubmatch(message, -1) {
		want = append(want, m[1])
	}
	for _, problem := range p.Problems {
		name, _, _ := strings.Cut(problem, " ")
		got = append(got, name)
	}
	if want = slices.Compact(want); !slices.Equal(got, want) {
		if in.hasBool() {
			return deviates(ruleTypes)
		}
		return failed("complains about %v, want %v", p.Problems, message)
	}
	return held
}

// hasBool reports whether a parameter is a truth value, which Python counts
// among the numbers.
func (in caseInput) hasBool() bool {
	return slices.ContainsFunc(in, func(p Param) bool { _, is := p.Value.(bool); return is })
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
type instantClock struct {
	now   time.Time
	slept []time.Duration
}

func (c *instantClock) Now() time.Time { return c.now }

func (c *instantClock) Sleep(ctx context.Context, d time.Duration) error {
	if d > 0 {
		c.slept = append(c.slept, d)
	}
	return ctx.Err()
}

const vectorHost = "https://portal.example"

func vectorClient(t testing.TB, f Fetcher, suffix string) *Client {
	return newClient(t, Options{
		Endpoint: vectorHost + suffix, OIDCEndpoint: vectorHost + suffix, Fetcher: f, Clock: &instantClock{},
	})
}

// newClient returns a client in us-east-1 with the largest of random numbers,
// unless the options say otherwise.
func newClient(t testing.TB, o Options) *Client {
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	if o.Random == nil {
		o.Random = func() float64 { return 1 }
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
