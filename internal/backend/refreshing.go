package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/internal/signin"
	"portico/ssocore"
)

// refreshingKind is the kind of a refreshing.
const refreshingKind = "refreshing"

const (
	// refreshAhead is how long before its end a token is replaced.
	refreshAhead = 15 * time.Minute
	// leastGain is by how much a new token has to outlast the one before: else it is
	// the session that ends.
	leastGain = time.Minute
	// longestRest is how long a token is left alone at most.
	longestRest = 24 * time.Hour
)

// refreshing replaces the session's token before it expires, for as long as the
// portal lets the session live. The refresh token is the session's.
type refreshing struct{ record }

func (j *refreshing) list(message.Codec) {}

// refreshLater has the token replaced in time, if it can be. Each token has a job of
// its own, so that what was asked for by an earlier one replaces it no more.
func (s *session) refreshLater(now time.Time) {
	if before := jobOf[*refreshing](s); before != nil {
		s.end(before)
	}
	if s.refresh == "" || s.tokenExpires.IsZero() {
		return
	}
	j := &refreshing{}
	s.desk.add(j, refreshingKind, s.portal, now)
	left := s.tokenExpires.Sub(now)
	j.at(now, min(max(left-refreshAhead, left/2), longestRest))
}

// do asks for the next token. A refresh token may be good only once, so what comes
// is not to be lost.
func (j *refreshing) do(wanted context.Context, b *Backend) error {
	// One at a time: whoever needs the token now does not wait for the job's turn.
	turn, _ := b.renewing.LoadOrStore(j.portal.ID, make(chan struct{}, 1))
	select {
	case turn.(chan struct{}) <- struct{}{}:
		defer func() { <-turn.(chan struct{}) }()
	case <-wanted.Done():
		return wanted.Err()
	}
	ctx := b.ctx
	s, err := b.load(ctx, j.portal)
	if err != nil || s.desk.find(j.id) == nil {
		return err // or it was done meanwhile
	}
	client, err := b.client(ctx, j.portal)
	if err != nil {
		return err
	}
	defer b.keep(j.portal)()
	own := s.client(s.way)
	out, err := client.CreateToken(ssocore.Urgent(ctx), &ssocore.CreateTokenInput{ClientID: own.ClientID, ClientSecret: own.ClientSecret,
		GrantType: ssocore.GrantTypeRefreshToken, RefreshToken: s.refresh})
	if err != nil {
		return err
	}
	now := b.Clock.Now()
	stored := b.insist(ctx, func() error {
		return advance(ctx, b, j, func(s *session, current *refreshing) error {
			current.take(s, out, now)
			return nil
		})
	})
	if !errors.Is(stored, errStale) {
		return stored
	}
	// Signed out meanwhile: then the session is ended. Signed in again: then it is the
	// same one at the portal, and goes on.
	if now, err := b.load(ctx, j.portal); err != nil || now.token != "" {
		return err
	}
	return b.leaveUnused(ctx, j.portal, out.AccessToken)
}

// take gives the session its next token. One that does not outlast the last is the
// session's last.
func (j *refreshing) take(s *session, out *ssocore.CreateTokenOutput, now time.Time) {
	if out.AccessToken == "" {
		s.refresh = ""
		s.end(j)
		return
	}
	before := s.tokenExpires
	s.token, s.tokenExpires, s.tokenAhead = out.AccessToken, signin.Expiry(out, now), s.skew.now(now)
	if out.RefreshToken != "" {
		s.refresh = out.RefreshToken
	}
	if !s.tokenExpires.IsZero() && s.tokenExpires.Sub(before) < leastGain {
		s.refresh = ""
	}
	s.refreshLater(now)
	s.release()
}

// fail has it tried again while that may help. Else the session ends with its token,
// which is said when it does.
func (j *refreshing) fail(s *session, now time.Time, err error) {
	if !signin.Passing(err) && !lacksAccess(err) {
		s.refresh = ""
		s.end(j)
		return
	}
	j.tries++
	j.at(now, backoff(j.tries))
}

func (j *refreshing) expire(*session) {}

// renew replaces a token that ran out while nobody was there to do it in time: the
// computer slept, say.
func (b *Backend) renew(ctx context.Context, s *session) error {
	j := jobOf[*refreshing](s)
	if j == nil {
		return nil
	}
	err := guarded(func() error { return j.do(ctx, b) })
	if err == nil {
		return nil
	}
	return errors.Join(err, advance(ctx, b, j, func(s *session, current *refreshing) error {
		current.fail(s, b.Clock.Now(), err)
		return nil
	}))
}
