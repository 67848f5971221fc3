package portaltest

import "encoding/json"

// state is what a portal can not read from a token that it gets back: what
// people decided, and what ended early. It holds no secret.
type state struct {
	Codes map[string]savedCode `json:"codes"` // by user code

	// See sessions.
	Ended     map[int64]int64 `json:"ended"`
	Cutoff    int64           `json:"cutoff"`
	Refreshed map[int64]chain `json:"refreshed,omitempty"`
	Redeemed  map[int64]int64 `json:"redeemed,omitempty"`
	Live      int64           `json:"live,omitempty"`
	LiveUntil int64           `json:"liveUntil,omitempty"`
}

type savedCode struct {
	State   deviceState `json:"state"`
	Expires int64       `json:"expires"` // Unix nanoseconds
}

// State returns what a portal made anew with the same [Config] needs in
// Config.State to go on where this one is: decisions on device codes, which
// authorization codes were used and which refresh tokens are good, the session that
// lives, and those that were ended. It holds no secret, and nothing that has expired.
// It changes only by POST requests, Approve, Deny, ExpireTokens and the fault
// that ends a session. Who saves it before answering loses nothing.
//
// Without it a portal made anew still honours registrations, codes, next tokens and
// access tokens; but a device code is again waiting for a decision (or approved, by
// Config.AutoApprove), even if it was used, its user code is unknown until the
// client polls, an authorization code can be used again, no refresh token is good,
// signing in begins another session, and a session that was logged out lives.
//
// The poll interval that a client is held to begins anew in either case, and
// what [Portal.Credentials], [Portal.Secrets] and [Portal.Requests] return is
// that of one life.
func (p *Portal) State() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now().UnixNano()
	s := state{Codes: map[string]savedCode{}, Ended: map[int64]int64{}, Redeemed: map[int64]int64{}, Cutoff: p.sessions.cutoff, Refreshed: map[int64]chain{}}
	if now < p.sessions.liveUntil && p.config.SessionTTL > 0 {
		s.Live, s.LiveUntil = p.sessions.live, p.sessions.liveUntil
	}
	for code, grant := range p.userCodes {
		if expires := grant.expires.UnixNano(); now < expires {
			s.Codes[code] = savedCode{grant.state, expires}
		}
	}
	for stamp, expires := range p.sessions.ended {
		if now < expires {
			s.Ended[stamp] = expires
		}
	}
	for stamp, expires := range p.sessions.redeemed {
		if now < expires {
			s.Redeemed[stamp] = expires
		}
	}
	for signIn, c := range p.sessions.refreshed {
		if now < c.Until {
			s.Refreshed[signIn] = c
		}
	}
	text, err := json.Marshal(s)
	if err != nil {
		panic("portaltest: encoding the state: " + err.Error()) // our own structs always encode
	}
	return text
}

// restore takes up a saved state. What is none is left alone: a portal can
// begin without it.
func (p *Portal) restore(saved []byte) {
	var s state
	if json.Unmarshal(saved, &s) != nil {
		return
	}
	for code, c := range s.Codes {
		p.userCodes[code] = p.newGrant(c.Expires)
		p.userCodes[code].state = c.State
	}
	for stamp, expires := range s.Ended {
		p.sessions.ended[stamp] = expires
		p.sessions.last = max(p.sessions.last, stamp)
	}
	for stamp, expires := range s.Redeemed {
		p.sessions.redeemed[stamp] = expires
		p.sessions.last = max(p.sessions.last, stamp)
	}
	for signIn, c := range s.Refreshed {
		p.sessions.refreshed[signIn] = c
		p.sessions.last = max(p.sessions.last, signIn)
	}
	p.sessions.cutoff, p.sessions.live, p.sessions.liveUntil = s.Cutoff, s.Live, s.LiveUntil
	p.sessions.last = max(p.sessions.last, s.Cutoff, s.Live)
}
