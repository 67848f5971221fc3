package ssocore

import (
	"context"
	"testing"
	"time"
)

// clockedService answers by a clock that is ahead, after a trip that takes a
// while by the client's.
func clockedService(t *testing.T, ahead, trip time.Duration, header Header) *Client {
	clock := &instantClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	return newClient(t, Options{Clock: clock, MaxAttempts: 1, Fetcher: fetchFunc(func(context.Context, *Request) (*Response, error) {
		h := Header{requestIDHeader: "r", "date": clock.now.Add(trip/2 + ahead).Format(dateLayout)}
		for name, value := range header {
			h[name] = value
		}
		clock.now = clock.now.Add(trip)
		return &Response{Status: 200, Header: h, Body: []byte("{}")}, nil
	})})
}

func TestSkewIsWhatTheServicesClockIsAhead(t *testing.T) {
	for _, ahead := range []time.Duration{0, time.Hour, -90 * time.Minute, 3 * time.Second, 40 * 365 * 24 * time.Hour, -40 * 365 * 24 * time.Hour} {
		for _, trip := range []time.Duration{0, 200 * time.Millisecond, 8 * time.Second} {
			c := clockedService(t, ahead, trip, nil)
			if got, known := c.Skew(); known {
				t.Errorf("the skew is %v before anything was sent", got)
			}
			if _, err := c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden}); err != nil {
				t.Fatal(err)
			}
			if got, known := c.Skew(); !known || (got-ahead).Abs() > time.Second {
				t.Errorf("ahead by %v, answering after %v: skew %v, %v", ahead, trip, got, known)
			}
		}
	}
}

func TestSkewIsLearntFromRefusalsToo(t *testing.T) {
	clock := &instantClock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	refused := answer(401, Header{requestIDHeader: "r", "x-amzn-errortype": "UnauthorizedException", "date": "Sun, 01 Mar 2026 13:00:00 GMT"}, "{}")
	c := newClient(t, Options{Clock: clock, Fetcher: refused})
	if _, err := c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden}); err == nil {
		t.Fatal("it was not refused")
	}
	if got, known := c.Skew(); !known || got.Round(time.Second) != time.Hour+time.Second {
		t.Errorf("skew %v, %v", got, known)
	}
}

func TestWhatIsNotTheServicesTimeIsNoSkew(t *testing.T) {
	tests := map[string]struct {
		trip   time.Duration
		header Header
	}{
		"of a gateway, which gives no request ID": {0, Header{requestIDHeader: ""}},
		"of a cache":                   {0, Header{"age": "3600"}},
		"none":                         {0, Header{"date": ""}},
		"no date":                      {0, Header{"date": "yesterday"}},
		"of another form":              {0, Header{"date": "2026-03-01T12:00:00Z"}},
		"of a day that is not":         {0, Header{"date": "Sun, 31 Feb 2026 12:00:00 GMT"}},
		"after ages":                   {10 * time.Minute, nil},
		"by a clock that was set back": {-time.Hour, nil},
	}
	for name, test := range tests {
		c := clockedService(t, time.Hour, test.trip, test.header)
		if _, err := c.ListAccounts(t.Context(), &ListAccountsInput{AccessToken: hidden}); err != nil {
			t.Fatal(err)
		}
		if got, known := c.Skew(); known {
			t.Errorf("%s: skew %v", name, got)
		}
	}
}
