// Package signin holds the ways of signing in to a portal as pure state
// machines: a state says what to call next and when, the call's answer gives the
// next state. Nothing here waits, loops, stores or sends, so that a sign-in
// survives being killed between any two steps: whoever drives it keeps the state
// before each call.
//
// There are two, as SSO OIDC speaks them: [ByBrowser] is the authorization code grant
// with PKCE (RFC 7636), in which a page leads back to the extension, and [ByCode] the
// device authorization grant (RFC 8628), for where no page can.
package signin

import (
	"errors"
	"time"

	"portico/ssocore"
)

// Way is a way of signing in.
type Way string

// The ways.
const (
	ByCode    Way = ""
	ByBrowser Way = "browser"
)

// Call is the next request of a sign-in, or what else it needs.
type Call string

// The calls.
const (
	Register  Call = "register"  // RegisterClient
	Authorize Call = "authorize" // StartDeviceAuthorization
	Poll      Call = "poll"      // CreateToken
	Prepare   Call = "prepare"   // no request: the page on which access is allowed
	Await     Call = "await"     // no request: what the page leads back with
	Redeem    Call = "redeem"    // CreateToken
	None      Call = ""          // the token is there
)

// Registration is this extension as the portal's OIDC service knows it. It
// serves many sign-ins, until it expires.
type Registration struct {
	ClientID     string
	ClientSecret ssocore.Secret
	Expires      time.Time
}

// State is a sign-in under way.
type State struct {
	Way    Way
	Client Registration
	// Fresh says that Client was registered in this sign-in. Then it serves
	// however soon it ends: registering again would give no better one.
	Fresh bool

	// What StartDeviceAuthorization gave.
	DeviceCode ssocore.Secret
	UserCode   string
	Interval   time.Duration

	// Of the page by which a browser signs in: what the authorization code is redeemed
	// with, what it is known by when it comes, and itself.
	Verifier ssocore.Secret
	Nonce    ssocore.Secret
	Code     ssocore.Secret
	Late     bool // nothing came for a while

	Page        string    // where the person allows it
	CodeExpires time.Time // when that is too late
	NextPoll    time.Time // or when to see whether something came
	Opened      bool      // the page was opened

	Token        ssocore.Secret
	TokenExpires time.Time      // zero if the portal did not say
	Refresh      ssocore.Secret // for the next token; empty if there is none
}

const (
	// defaultInterval is for answers without one (RFC 8628, section 3.2).
	defaultInterval = 5 * time.Second
	// defaultLife is for codes of which it is not said how long they are good, or
	// nothing sensible. The portal tells when they are not any more.
	defaultLife = 10 * time.Minute
	// slowDown is what slow_down adds to the interval (section 3.5).
	slowDown = 5 * time.Second

	// Whatever an answer says, polls are not closer than shortest, nor so far
	// apart that an approval goes unnoticed, and no code is shown for longer
	// than longestLife.
	shortest    = time.Second
	longest     = time.Minute
	longestLife = time.Hour
	// longestSession is how long a token is used at most. No session lasts longer
	// than 90 days; the portal refuses one that is over in any case.
	longestSession = 365 * 24 * time.Hour
	// registrationMargin is how long a registration must still be good for, so
	// that it does not end in the middle of a sign-in.
	registrationMargin = time.Hour
)

var (
	// ErrCodeExpired reports that the code was not approved in time.
	ErrCodeExpired = errors.New("sign-in code expired before it was approved")
	// ErrPageExpired reports that the page led back to nobody in time.
	ErrPageExpired = errors.New("sign-in page was not answered in time")
)

// Begin starts a sign-in with a registration that an earlier one of the same way
// left, or the zero value.
func Begin(way Way, client Registration) State { return State{Way: way, Client: client} }

// Next tells the call to make and how long to wait before it.
func (s State) Next(now time.Time) (Call, time.Duration) {
	switch {
	case s.Token != "":
		return None, 0
	case s.DeviceCode != "":
		return Poll, max(0, s.NextPoll.Sub(now))
	case s.Code != "":
		return Redeem, max(0, s.NextPoll.Sub(now))
	case s.Nonce != "":
		return Await, max(0, s.NextPoll.Sub(now))
	case s.Client.ClientID == "" || !s.Fresh && s.Client.Expires.Sub(now) < registrationMargin:
		return Register, 0
	case s.Way == ByBrowser:
		return Prepare, 0
	}
	return Authorize, 0
}

// Registered takes the answer to Register.
func (s State) Registered(o *ssocore.RegisterClientOutput) State {
	s.Client = Registration{o.ClientID, o.ClientSecret, o.ClientSecretExpiresAt}
	if year := s.Client.Expires.Year(); year < 1970 || year > 9999 {
		s.Client.Expires = time.Time{} // no time: it serves this sign-in
	}
	s.Fresh = true
	return s
}

// Authorized takes the answer to Authorize.
func (s State) Authorized(o *ssocore.StartDeviceAuthorizationOutput, now time.Time) State {
	s.DeviceCode, s.UserCode = o.DeviceCode, o.UserCode
	s.Page = o.VerificationURIComplete
	if s.Page == "" {
		s.Page = o.VerificationURI
	}
	life := defaultLife
	if o.ExpiresIn > 0 {
		life = min(o.ExpiresIn, longestLife)
	}
	s.CodeExpires = now.Add(life)
	s.Interval = defaultInterval
	if o.Interval > 0 {
		s.Interval = min(max(o.Interval, shortest), longest)
	}
	s.NextPoll = now.Add(s.Interval)
	return s
}

// Polled takes the answer to Poll. One without a token says nothing. An error
// ends the sign-in: ErrCodeExpired, or whatever the portal said no with. What may
// pass, such as being offline, does not end it before the code expires.
func (s State) Polled(o *ssocore.CreateTokenOutput, err error, now time.Time) (State, error) {
	var slower *ssocore.SlowDownException
	var expired *ssocore.ExpiredTokenException
	switch {
	case err == nil && o.AccessToken != "":
		s.Token, s.TokenExpires, s.Refresh = o.AccessToken, Expiry(o, now), o.RefreshToken
		return s, nil
	case errors.As(err, &expired):
		return s, ErrCodeExpired
	case errors.As(err, &slower):
		s.Interval = min(s.Interval+slowDown, longest)
	case err != nil && !Passing(err):
		return s, err
	}
	if !now.Before(s.CodeExpires) {
		return s, ErrCodeExpired
	}
	s.NextPoll = now.Add(s.Interval)
	return s, nil
}

// Expiry is when a token that came now expires; zero if the portal did not say.
func Expiry(o *ssocore.CreateTokenOutput, now time.Time) time.Time {
	if o.ExpiresIn <= 0 {
		return time.Time{}
	}
	return now.Add(min(o.ExpiresIn, longestSession))
}

// Passing tells whether an error says nothing about the sign-in itself.
func Passing(err error) bool {
	var pending *ssocore.AuthorizationPendingException
	var slower *ssocore.SlowDownException
	var unreached *ssocore.TransportError
	var unreadable *ssocore.DecodeError // a network's own log-in page, say
	var api *ssocore.APIError
	return errors.As(err, &pending) || errors.As(err, &slower) || errors.As(err, &unreached) || errors.As(err, &unreadable) || ssocore.Intercepted(err) ||
		errors.As(err, &api) && (api.Status >= 500 || api.Throttled())
}
