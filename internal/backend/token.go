package backend

import (
	"context"
	"errors"
	"sync"

	"portico/internal/message"
	"portico/ssocore"
)

// token gives the token of a portal's session. It is the one source of it:
// whoever calls the portal asks here before each call and keeps none. That the
// session has run out, is lost or is back is stored, for the popup to show.
func (b *Backend) token(ctx context.Context, p message.Portal) (ssocore.Secret, error) {
	s, err := b.load(ctx, p)
	if err != nil {
		return "", err
	}
	token, err := s.live()
	if s.status.SignIn != s.phase() {
		_, stored := b.update(ctx, p, func(*session) error { return nil })
		if err != nil {
			err = errors.Join(err, stored)
		}
	}
	return token, err
}

// overtaken says what became of a session while the portal was asked with its
// token; nil if it goes on.
func (b *Backend) overtaken(ctx context.Context, p message.Portal, token ssocore.Secret) error {
	portals, err := b.portals(ctx)
	if err != nil {
		return err
	}
	s, err := b.load(ctx, p)
	if err != nil {
		return err
	}
	switch now, listed := portals.Find(p.StartURL); {
	case !listed || s.desk.removing(p.StartURL) != nil:
		return &message.Error{Code: message.UnknownPortal, Message: "The portal was removed meanwhile.", Hint: "Add it and try again."}
	case now != p:
		return &message.Error{Code: message.NotSignedIn, Message: "The portal’s region was corrected meanwhile.", Hint: "Sign in again."}
	case s.token == token:
		return nil
	case s.token != "":
		return &message.Error{Code: message.PortalFault, Retryable: true, Message: "Your session was renewed meanwhile.", Hint: "Try again."}
	}
	if _, err := s.live(); s.expired {
		return err
	}
	return errStale
}

// refuse takes note of a token that the portal does not honour any more.
func (b *Backend) refuse(ctx context.Context, p message.Portal, token ssocore.Secret) error {
	_, err := b.update(ctx, p, func(s *session) error {
		if s.token != token {
			return errStale // noted already, or there is another by now
		}
		s.expire()
		return nil
	})
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}

// holder asks for the token for the calls of one listing, and remembers which it
// was, should the portal refuse it.
type holder struct {
	b      *Backend
	portal message.Portal
	mu     sync.Mutex
	last   ssocore.Secret
}

// ask is for a paginator.
func (h *holder) ask(ctx context.Context) (ssocore.Secret, error) {
	token, err := h.b.token(ctx, h.portal)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = token
	return token, err
}

// option has a paginator ask before each page.
func (h *holder) option(o *ssocore.PaginatorOptions) { o.AccessToken = h.ask }

// refused takes note that the portal refused the token, if that is what err says.
func (h *holder) refused(ctx context.Context, err error) error {
	var over *ssocore.UnauthorizedException
	if !errors.As(err, &over) {
		return err
	}
	h.mu.Lock()
	last := h.last
	h.mu.Unlock()
	return errors.Join(err, h.b.refuse(ctx, h.portal, last))
}
