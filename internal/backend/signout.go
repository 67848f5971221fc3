package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/ssocore"
)

// signOutPatience is how long signing out waits for the portal's word. The
// session is forgotten here before that.
const signOutPatience = 20 * time.Second

// signOut ends the session: first here, so that nothing uses it any more, then
// at the portal. It tells whether the portal confirmed.
func (b *Backend) signOut(ctx context.Context, p message.Portal) (message.SignedOut, error) {
	var token ssocore.Secret
	confirmed := true
	turn := b.turnToLeave(p)
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done(): // pressed twice, the second hears how the first ended
		return message.SignedOut{}, ctx.Err()
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		token = s.token
		last := s.status.Problem
		s.reset(b.Clock.Now())
		s.leaving = token != ""
		if token == "" && last != nil && last.Code == message.Unconfirmed {
			s.status.Problem, confirmed = last, false
		}
		return nil
	}); err != nil {
		return message.SignedOut{}, err
	}
	b.interrupt(p)
	if token == "" {
		return message.SignedOut{Confirmed: confirmed}, nil
	}
	client, err := b.client(ctx, p)
	confirmed = err == nil && logout(ctx, client, token) == nil
	_, err = b.update(ctx, p, func(s *session) error {
		s.left(confirmed)
		return nil
	})
	b.kick(p) // nothing may be pending any more
	return message.SignedOut{Confirmed: confirmed}, err
}

// left ends a sign-out. What the portal did not confirm is said in the status
// too: the popup that asked may be gone.
func (s *session) left(confirmed bool) {
	s.leaving = false
	if confirmed {
		return
	}
	unconfirmed := &message.Error{Code: message.Unconfirmed,
		Message: "Signed out here, but the portal did not confirm it.", Hint: "To be sure, sign out at the portal too."}
	if s.phase() == message.SignedOutPhase {
		s.status.Problem = unconfirmed
	} else {
		s.status.Notice = unconfirmed.Error() // a new sign-in has no part in it
	}
}

func logout(ctx context.Context, client *ssocore.Client, token ssocore.Secret) error {
	ctx, cancel := context.WithTimeout(ctx, signOutPatience)
	defer cancel()
	_, err := client.Logout(ssocore.Urgent(ctx), &ssocore.LogoutInput{AccessToken: token})
	var over *ssocore.UnauthorizedException
	if errors.As(err, &over) {
		return nil // the portal had ended it already
	}
	return err
}

// abandonSignOut is for a sign-out whose worker was stopped before the portal
// answered. The token is gone, so all that can be done is to say so. It does
// nothing to a sign-out under way, and tells whether there was one to abandon.
func (b *Backend) abandonSignOut(ctx context.Context, p message.Portal) bool {
	turn := b.turnToLeave(p)
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	default:
		return false
	}
	_, err := b.update(ctx, p, func(s *session) error {
		if s.leaving {
			s.left(false)
		}
		return nil
	})
	return err == nil
}

// turnToLeave is held by a portal's sign-out while it waits for the portal.
func (b *Backend) turnToLeave(p message.Portal) chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.leaving[p.StartURL] == nil {
		b.leaving[p.StartURL] = make(chan struct{}, 1)
	}
	return b.leaving[p.StartURL]
}
