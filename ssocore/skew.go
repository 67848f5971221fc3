package ssocore

import (
	"sync"
	"time"
)

const (
	// The Date field of an answer counts whole seconds: on average it is behind by
	// half a one.
	halfSecond = 500 * time.Millisecond

	// maxTrip is how long an answer may take to say what time it is: by half of
	// that it may be wrong.
	maxTrip = time.Minute
)

// skew is how far the service's clock is ahead of ours, as its answers tell.
type skew struct {
	mu    sync.Mutex
	ahead time.Duration
	known bool
	at    time.Time // when that was learnt, by our clock
}

// Skew tells how far the service's clock is ahead of [Options.Clock], by the
// Date field of the last answer that had one; false before there was any. What
// is not the service's own answer, but that of a gateway or a cache, says
// nothing. After a quick answer the skew is right to about a second.
//
// The times in outputs are the service's: what expires at t by its clock does so
// when Clock shows t less the skew.
func (c *Client) Skew() (ahead time.Duration, known bool) {
	c.skew.mu.Lock()
	defer c.skew.mu.Unlock()
	return c.skew.ahead, c.skew.known
}

// SkewTime gives the time by [Client]'s clock at which the last answer came that
// told the skew. A clock that was set since may be off by something else.
func (c *Client) SkewTime() time.Time {
	c.skew.mu.Lock()
	defer c.skew.mu.Unlock()
	return c.skew.at
}

// learn takes the time from an answer to what was sent then and arrived now.
func (s *skew) learn(resp *Response, sent, arrived time.Time) {
	trip := arrived.Sub(sent)
	if resp.Header[requestIDHeader] == "" || resp.Header["age"] != "" || trip < 0 || trip > maxTrip {
		return
	}
	date, ok := httpDate(resp.Header["date"])
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead, s.known, s.at = date.Add(halfSecond).Sub(sent.Add(trip/2)), true, arrived
}
