package signin

import (
	"time"

	"portico/ssocore"
)

const (
	// PageLife is how long the page of [ByBrowser] is waited for, and lateAfter when
	// that it leads nowhere is likelier than that somebody still reads it.
	PageLife  = 10 * time.Minute
	lateAfter = 30 * time.Second
)

// Prepared takes the page that Prepare made, and what it is answered with.
func (s State) Prepared(page string, verifier, nonce ssocore.Secret, now time.Time) State {
	s.Page, s.Verifier, s.Nonce = page, verifier, nonce
	s.CodeExpires, s.NextPoll = now.Add(PageLife), now.Add(lateAfter)
	return s
}

// Awaited takes note that nothing came.
func (s State) Awaited() State {
	s.Late, s.NextPoll = true, s.CodeExpires
	return s
}

// Returned takes what the page led back with. A code that comes a second time changes
// nothing.
func (s State) Returned(code ssocore.Secret) State {
	if s.Code == "" {
		s.Code, s.NextPoll = code, time.Time{}
	}
	return s
}

// Redeemed takes the answer to Redeem. What may pass does not end the sign-in before
// its time is over.
func (s State) Redeemed(o *ssocore.CreateTokenOutput, err error, now time.Time) (State, error) {
	switch {
	case err != nil && Passing(err) && now.Before(s.CodeExpires):
		s.NextPoll = now.Add(defaultInterval)
	case err != nil:
		return s, err
	case o.AccessToken != "":
		s.Token, s.TokenExpires, s.Refresh = o.AccessToken, Expiry(o, now), o.RefreshToken
	}
	return s, nil
}
