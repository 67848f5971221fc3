package backend

import (
	"cmp"
	"context"
	"errors"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// token gives the token of a portal's session. It is the one source of it:
// whoever calls the portal asks here before each call and keeps none. That the
// session has run out, is lost or is back is stored, for the popup to show.
func (b *Backend) token(ctx context.Context, p portal.Portal) (ssocore.Secret, error) {
	s, err := b.load(ctx, p)
	if err != nil {
		return "", err
	}
	if s.refresh != "" && !s.alive() {
		if err := b.renew(ctx, s); err != nil {
			return "", err
		}
		if s, err = b.load(ctx, p); err != nil {
			return "", err
		}
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
func (b *Backend) overtaken(ctx context.Context, p portal.Portal, token ssocore.Secret) error {
	var portals message.Portals
	listing := meanwhile(func() (err error) { portals, err = b.portals(ctx); return err })
	s, err := b.load(ctx, p)
	if err := cmp.Or(err, listing()); err != nil {
		return err
	}
	switch now, listed := portals.Find(p.ID); {
	case !listed || s.desk.removing(p.ID) != nil:
		return words.RemovedMeanwhile()
	case now != p:
		return words.Corrected()
	case s.token == token:
		return nil
	case s.token != "":
		return words.Renewed()
	}
	if _, err := s.live(); s.expired {
		return err
	}
	return errStale
}

// refuse takes note of a token that the portal does not honour any more.
func (b *Backend) refuse(ctx context.Context, p portal.Portal, token ssocore.Secret) error {
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

// lease is the token for the pages of one call, asked for before each.
type lease struct {
	b      *Backend
	portal portal.Portal
	token  ssocore.Secret // of the last page that was asked for
}

// option is for the call's paginator.
func (l *lease) option(o *ssocore.PaginatorOptions) {
	o.AccessToken = func(ctx context.Context) (ssocore.Secret, error) {
		token, err := l.b.token(ctx, l.portal)
		if err == nil {
			l.token = token
		}
		return token, err
	}
}

// blame has an error by which the portal refused the token tell which one it was:
// others may have been asked for by then.
func (l *lease) blame(err error) error {
	if errors.As(err, new(*ssocore.UnauthorizedException)) {
		return &refusedToken{err, l.token}
	}
	return err
}

// refusedToken reports a call that the portal refused for its token.
type refusedToken struct {
	error
	token ssocore.Secret
}

func (e *refusedToken) Unwrap() error { return e.error }

// refused takes note of the token that the portal refused, if that is what err
// says.
func (b *Backend) refused(ctx context.Context, p portal.Portal, err error) error {
	var over *refusedToken
	if !errors.As(err, &over) {
		return err
	}
	return errors.Join(err, b.refuse(ctx, p, over.token))
}
