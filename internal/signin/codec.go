package signin

import (
	"time"

	"portico/internal/message"
)

// List passes over what is stored of a sign-in. It reveals secrets: it is for
// memory-only storage. A state whose token is there is never stored: the token
// goes to where tokens are kept.
func (s *State) List(c message.Codec) {
	s.Client.List(c)
	c.Bool("fresh", &s.Fresh)
	c.Text("deviceCode", (*string)(&s.DeviceCode))
	c.Text("userCode", &s.UserCode)
	c.Text("page", &s.Page)
	c.Time("codeExpires", &s.CodeExpires)
	c.Span("interval", &s.Interval)
	c.Time("nextPoll", &s.NextPoll)
	c.Bool("opened", &s.Opened)
	s.Interval = bounded(s.Interval)
}

// List passes over what is stored of a registration, secret included.
func (r *Registration) List(c message.Codec) {
	c.Text("clientId", &r.ClientID)
	c.Text("clientSecret", (*string)(&r.ClientSecret))
	c.Time("clientExpires", &r.Expires)
}

// bounded has an interval be none that no answer could have led to, whatever is
// stored.
func bounded(d time.Duration) time.Duration {
	if d == 0 {
		return 0 // there is no code yet
	}
	return min(max(d, shortest), longest)
}
