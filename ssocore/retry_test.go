package ssocore

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// sequence answers the i-th request with the i-th response, the last again and
// again. A nil response is a lost connection.
type sequence struct {
	responses []*Response
	sent      int
}

func (s *sequence) Fetch(context.Context, *Request) (*Response, error) {
	resp := s.responses[min(s.sent, len(s.responses)-1)]
	s.sent++
	if resp == nil {
		return nil, errors.New("connection reset")
	}
	return resp, nil
}

func status(code int, header Header) *Response {
	if header == nil {
		header = Header{}
	}
	body := `{"message":"m"}`
	if code == 200 {
		body = `{"accountList":[]}`
	}
	return &Response{Status: code, Header: header, Body: []byte(body)}
}

func TestRetriesFollowTheStandardMode(t *testing.T) {
	const s = time.Second
	code := func(c string) Header { return Header{"x-amzn-errortype": c} }
	tests := []struct {
		name      string
		responses []*Response
		sent      int
		slept     []time.Duration // with a random number of 1
	}{
		{"always 500", []*Response{status(500, nil)}, 3, []time.Duration{s, 2 * s}},
		{"always 502", []*Response{status(502, nil)}, 3, []time.Duration{s, 2 * s}},
		{"always 503", []*Response{status(503, nil)}, 3, []time.Duration{s, 2 * s}},
		{"always 504", []*Response{status(504, nil)}, 3, []time.Duration{s, 2 * s}},
		{"always 429", []*Response{status(429, nil)}, 3, []time.Duration{s, 2 * s}},
		{"lost connection", []*Response{nil}, 3, []time.Duration{s, 2 * s}},
		{"then well", []*Response{status(500, nil), nil, status(200, nil)}, 3, []time.Duration{s, 2 * s}},
		{"501", []*Response{status(501, nil)}, 1, nil},
		{"400", []*Response{status(400, nil)}, 1, nil},
		{"then denied", []*Response{status(500, nil), status(401, nil)}, 2, []time.Duration{s}},
		{"throttling by code", []*Response{status(400, code("ThrottlingException"))}, 3, []time.Duration{s, 2 * s}},
		{"timeout by code", []*Response{status(400, code("RequestTimeout"))}, 3, []time.Duration{s, 2 * s}},
		{"Retry-After", []*Response{status(503, Header{"retry-after": "7"}), status(200, nil)}, 2, []time.Duration{7 * s}},
		{"Retry-After too long", []*Response{status(503, Header{"retry-after": "700"}), status(200, nil)}, 2, []time.Duration{20 * s}},
		{"Retry-After overflows", []*Response{status(503, Header{"retry-after": "9223372036854775807"}), status(200, nil)}, 2, []time.Duration{20 * s}},
		{"Retry-After is no number", []*Response{status(503, Header{"retry-after": "soon"}), status(200, nil)}, 2, []time.Duration{s}},
		{"x-amz-retry-after", []*Response{status(503, Header{"x-amz-retry-after": "1500"}), status(200, nil)}, 2, []time.Duration{1500 * time.Millisecond}},
		{"x-amz-retry-after too long", []*Response{status(503, Header{"x-amz-retry-after": "100000"}), status(200, nil)}, 2, []time.Duration{6 * s}},
		{"x-amz-retry-after negative", []*Response{status(503, Header{"x-amz-retry-after": "-5"}), status(200, nil)}, 2, []time.Duration{s}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server, clock := &sequence{responses: test.responses}, &instantClock{}
			c, err := New(Options{Region: "us-east-1", Fetcher: server, Clock: clock, Random: func() float64 { return 1 }})
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
			last := test.responses[min(test.sent, len(test.responses))-1]
			if ok := last != nil && last.Status == 200; ok != (err == nil) {
				t.Errorf("error is %v", err)
			}
			if server.sent != test.sent || !slices.Equal(clock.slept, test.slept) {
				t.Errorf("sent %d, slept %v, want %d and %v", server.sent, clock.slept, test.sent, test.slept)
			}
		})
	}
}

func TestPollingErrorsAreNotRetried(t *testing.T) {
	for code := range oidcExceptions {
		server := answer(400, Header{"x-amzn-errortype": code}, `{"error":"e"}`)
		_, err := vectorClient(t, server, "").CreateToken(t.Context(), &CreateTokenInput{
			ClientID: "c", ClientSecret: hidden, GrantType: GrantTypeDeviceCode, DeviceCode: hidden})
		var api *APIError
		if !errors.As(err, &api) || api.OAuthError != "e" || len(server.requests) != 1 {
			t.Errorf("%s: %v after %d requests", code, err, len(server.requests))
		}
	}
}

func TestBackoffEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Options{Region: "us-east-1", Fetcher: answer(503, Header{"retry-after": "15"}, "{}")})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		start := time.Now()
		_, err = c.ListAccounts(ctx, &ListAccountsInput{AccessToken: hidden})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 10*time.Second {
			t.Errorf("error is %v after %v", err, time.Since(start))
		}
		var why *APIError
		if !errors.As(err, &why) || why.Status != 503 || why.Attempts != 1 {
			t.Errorf("error does not say what it waited for: %v", err)
		}
	})
}

func TestPacedCallsOutlastThrottlingButNotForEver(t *testing.T) {
	for urgent, most := range map[bool]int{false: maxThrottled, true: maxUrgent} {
		synctest.Test(t, func(t *testing.T) {
			server := &sequence{responses: []*Response{status(429, nil)}}
			c, err := New(Options{Region: "us-east-1", Fetcher: server, Limiter: NewLimiter(nil, 20)})
			if err != nil {
				t.Fatal(err)
			}
			ctx := t.Context()
			if urgent {
				ctx = Urgent(ctx)
			}
			_, err = c.ListAccounts(ctx, &ListAccountsInput{AccessToken: hidden})
			var api *APIError
			if !errors.As(err, &api) || !api.Throttled() || server.sent != most {
				t.Errorf("error is %v after %d requests", err, server.sent)
			}
		})
	}
}

func TestPacedCallsRetryFailuresThreeTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &sequence{responses: []*Response{status(429, nil), status(500, nil), nil, status(429, nil), status(500, nil)}}
		c, err := New(Options{Region: "us-east-1", Fetcher: server, Limiter: NewLimiter(nil, 20)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden}); err == nil || server.sent != 5 {
			t.Errorf("error is %v after %d requests, want the third failure", err, server.sent)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err = c.ListAccounts(ctx, &ListAccountsInput{AccessToken: hidden}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v, want the context's", err)
		}
	})
}

func TestErrorsTellHowOftenTheCallWasMade(t *testing.T) {
	server := &sequence{responses: []*Response{status(503, nil), status(401, nil)}}
	c := newClient(t, Options{Fetcher: server, Clock: &instantClock{}, MaxAttempts: 5})
	_, err := c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	var api *APIError
	if !errors.As(err, &api) || api.Attempts != 2 || api.Retryable() || api.RetryQuotaReached {
		t.Errorf("error is %+v", api)
	}
	for _, test := range []struct {
		err  APIError
		want bool
	}{{APIError{Status: 503}, true}, {APIError{Status: 429}, true}, {APIError{Status: 400, Code: "RequestTimeout"}, true}, {APIError{Status: 501}, false}} {
		if got := test.err.Retryable(); got != test.want {
			t.Errorf("%+v is retryable: %v", test.err, got)
		}
	}
	c = newClient(t, Options{Fetcher: &scripted{err: errors.New("lost")}, Clock: &instantClock{}, MaxAttempts: 4})
	_, err = c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
	var lost *TransportError
	if !errors.As(err, &lost) || lost.Attempts != 4 {
		t.Errorf("error is %+v", lost)
	}
}

// A service that is down uses up the quota; once it is well again, every call
// earns a little back.
func TestRetriesAreEarned(t *testing.T) {
	down := true
	sent := 0
	c := newClient(t, Options{Clock: &instantClock{}, Fetcher: fetchFunc(func(context.Context, *Request) (*Response, error) {
		sent++
		if down {
			return status(500, nil), nil
		}
		return status(200, nil), nil
	})})
	call := func(times int) int {
		sent = 0
		for range times {
			c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden})
		}
		return sent
	}
	if got := call(60); got != 50*3+10 {
		t.Errorf("60 failing calls sent %d requests", got)
	}
	down = false
	if got := call(retryCost); got != retryCost {
		t.Errorf("%d good calls sent %d requests", retryCost, got)
	}
	down = true
	if got := call(2); got != 2+1 {
		t.Errorf("two failing calls sent %d requests, want one retry", got)
	}
}
