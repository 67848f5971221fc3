package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/internal/signin"
	"portico/ssocore"
)

// clientName is how the sign-in page calls us.
const clientName = "Portico"

// startSignIn begins a sign-in, or goes on with the one under way. Without
// access to the portal it notes that it is wanted and asks for it.
func (b *Backend) startSignIn(ctx context.Context, p message.Portal) error {
	if _, err := b.client(ctx, p); err != nil {
		if !lacksAccess(err) {
			return err
		}
		if _, err := b.update(ctx, p, func(s *session) error {
			s.want(p, false)
			return nil
		}); err != nil {
			return err // what is not noted is not asked for
		}
		return err
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		s.wanted = false
		s.status.Problem = nil
		if s.signIn != nil && (s.signIn.DeviceCode == "" || b.Clock.Now().Before(s.signIn.CodeExpires)) {
			return nil
		}
		s.next(b.Clock.Now())
		state := signin.Begin(s.client)
		s.signIn = &state
		return nil
	}); err != nil {
		return err
	}
	b.kick(p)
	return nil
}

// want notes that a sign-in waits for access to be granted. The person may say
// no to the browser, which tells nobody: so the status says what is missing.
func (s *session) want(p message.Portal, granted bool) {
	s.wanted, s.status.Problem = true, nil
	if !granted {
		s.status.Problem = needsAccess(p)
	}
}

func lacksAccess(err error) bool {
	var refused *message.Error
	return errors.As(err, &refused) && refused.Code == message.NeedsAccess
}

// goOnSigningIn starts the sign-in that waited for access, unless it still lacks
// it. Nobody is there to hear what goes wrong, so it is put into the status.
func (b *Backend) goOnSigningIn(ctx context.Context, p message.Portal) bool {
	err := b.startSignIn(ctx, p)
	if err == nil || lacksAccess(err) {
		return err == nil
	}
	_, _ = b.update(ctx, p, func(s *session) error {
		s.status.Problem = explain(err)
		return nil
	})
	return true
}

// openSignIn opens the page on which the code is approved.
func (b *Backend) openSignIn(ctx context.Context, p message.Portal) error {
	s, err := b.update(ctx, p, func(s *session) error {
		if s.signIn == nil || s.signIn.DeviceCode == "" {
			return &message.Error{Code: message.CodeExpired, Message: "There is no code to approve any more.", Hint: "Sign in again."}
		}
		s.signIn.Opened = true
		return nil
	})
	if err != nil {
		return err
	}
	return b.Browser.OpenTab(ctx, s.signIn.Page)
}

// cancelSignIn forgets the sign-in under way.
func (b *Backend) cancelSignIn(ctx context.Context, p message.Portal) error {
	_, err := b.update(ctx, p, func(s *session) error {
		s.next(b.Clock.Now())
		s.signIn, s.wanted, s.status.Problem = nil, false, nil
		return nil
	})
	b.interrupt(p)
	return err
}

// signInStep makes one call of a sign-in and stores where that leads. It tells
// whether there may be more to do at once.
func (b *Backend) signInStep(ctx context.Context, p message.Portal, s *session, call signin.Call) bool {
	client, err := b.client(ctx, p)
	if err != nil {
		b.holdSignIn(ctx, p, s.epoch, err)
		return false
	}
	next, err := b.signInCall(ctx, client, p, *s.signIn, call)
	if ctx.Err() != nil {
		return true // interrupted: look again at what is stored
	}
	storeErr := b.insist(ctx, p, s.epoch, func(s *session) error {
		s.client, s.status.Problem = next.Client, nil
		switch {
		case err != nil:
			s.signIn, s.status.Problem = nil, explain(err)
			if invalid := (*ssocore.InvalidClientException)(nil); errors.As(err, &invalid) {
				s.client = signin.Registration{}
			}
		case next.Token != "":
			s.token, s.tokenExpires, s.expired = next.Token, next.TokenExpires, false
			s.signIn = nil
			s.wantListing(b.Clock.Now())
		default:
			// The page may have been opened while the call was under way.
			next.Opened = s.signIn != nil && s.signIn.Opened
			s.signIn = &next
		}
		return nil
	})
	if storeErr == nil && next.Token != "" {
		b.summon(ctx) // from the page on which the code was approved
	}
	return storeErr == nil || errors.Is(storeErr, errStale)
}

// insist is updateIn that does not give up at once: a token is handed out once,
// and if it is not stored the person has to sign in again.
func (b *Backend) insist(ctx context.Context, p message.Portal, epoch int64, change func(*session) error) error {
	const tries = 3
	for n := 1; ; n++ {
		_, err := b.updateIn(ctx, p, epoch, change)
		if unkept := (*storeError)(nil); n == tries || !errors.As(err, &unkept) {
			return err
		}
		if b.Clock.Sleep(ctx, time.Second) != nil {
			return err
		}
	}
}

// holdSignIn keeps a sign-in that can not go on for reasons of our own: until
// access, which was taken back, is granted again, else until the alarm rings.
func (b *Backend) holdSignIn(ctx context.Context, p message.Portal, epoch int64, err error) {
	// Should this fail too, the alarm tries again all the same.
	_, _ = b.updateIn(ctx, p, epoch, func(s *session) error {
		if lacksAccess(err) {
			s.signIn, s.wanted = nil, true
		}
		s.status.Problem = explain(err)
		return nil
	})
}

// signInCall makes the call and gives the next state. On an error the state
// holds what was learnt before it.
func (b *Backend) signInCall(ctx context.Context, client *ssocore.Client, p message.Portal, state signin.State, call signin.Call) (signin.State, error) {
	switch call {
	case signin.Register:
		out, err := client.RegisterClient(ctx, &ssocore.RegisterClientInput{ClientName: clientName,
			ClientType: ssocore.ClientTypePublic, Scopes: []string{ssocore.ScopeAccountAccess}})
		if err != nil {
			return state, err
		}
		return state.Registered(out), nil
	case signin.Authorize:
		out, err := client.StartDeviceAuthorization(ctx, &ssocore.StartDeviceAuthorizationInput{
			ClientID: state.Client.ClientID, ClientSecret: state.Client.ClientSecret, StartURL: p.StartURL})
		if err != nil {
			return state, err
		}
		next := state.Authorized(out, b.Clock.Now())
		_, err = signin.PageHost(next.Page, p.StartURL)
		return next, err
	}
	out, err := client.CreateToken(ctx, &ssocore.CreateTokenInput{
		ClientID: state.Client.ClientID, ClientSecret: state.Client.ClientSecret,
		GrantType: ssocore.GrantTypeDeviceCode, DeviceCode: state.DeviceCode})
	return state.Polled(out, err, b.Clock.Now())
}
