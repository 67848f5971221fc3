package signin

import (
	"time"

	"portico/internal/message"
)

// List passes over what is stored of a sign-in. It reveals secrets: it is for
// memory-only storage. A state whose token is there is never stored: the token
// goes to where tokens are kept.
func (s *State) List(c message.Codec) {
	c.Text("way", (*string)(&s.Way))
	s.Client.List("client", c)
	c.Bool("fresh", &s.Fresh)
	c.Text("deviceCode", (*string)(&s.DeviceCode))
	c.Text("userCode", &s.UserCode)
	c.Text("verifier", (*string)(&s.Verifier))
	c.Text("nonce", (*string)(&s.Nonce))
	c.Text("code", (*string)(&s.Code))
	c.Bool("late", &s.Late)
	c.Text("page", &s.Page)
	c.Time("codeExpires", &s.CodeExpires)
	c.Span("interval", &s.Interval)
	c.Time("nextPoll", &s.NextPoll)
	c.Bool("opened", &s.Opened)
	s.Interval = bounded(s.Interval)
}

// List passes over what is stored of a registration, secret included, by names that
// begin alike.
func (r *Registration) List(name string, c message.Codec) {
	c.Text(name+"Id", &r.ClientID)
	c.Text(name+"Secret", (*string)(&r.ClientSecret))
	c.Time(name+"Expires", &r.Expires)
}

// bounded has an interval be none that no answer could have led to, whatever is
// stored.
func bounded(d time.Duration) time.Duration {
	if d == 0 {
		return 0 // there is no code yet
	}
	return min(max(d, shortest), longest)
}
