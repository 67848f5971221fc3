package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/ssocore"
)

// leavingKind is the kind of a leavingJob.
const leavingKind = "leaving"

const (
	// signOutPatience is how long one attempt to sign out waits for the portal's
	// word. The session is forgotten here before that.
	signOutPatience = 20 * time.Second

	// leavingLife is how long a session that nobody looks at is tried to be
	// ended, and how old a sign-out may be that dead workers left.
	leavingLife = 5 * time.Minute
)

// leavingJob ends a session at the portal. The token is the job's own: the
// session it was of is forgotten, or another has taken its place.
type leavingJob struct {
	record
	token ssocore.Secret
	// quiet says that nobody knows of the session: it is the token of a sign-in
	// that was cancelled, or one at the region that was corrected. So nobody
	// waits, and nothing is said.
	quiet bool
}

func (j *leavingJob) fields() message.Fields {
	return message.Fields{"token": j.token.Reveal(), "quiet": message.FormatBool(j.quiet)}
}

func leavingFrom(r record, f message.Fields) *leavingJob {
	return &leavingJob{r, ssocore.Secret(f["token"]), message.ParseBool(f["quiet"])}
}

// leaving gives the sign-out that the person asked for and that the portal has
// yet to confirm; nil if there is none.
func (s *session) leaving() *leavingJob {
	for _, j := range s.desk.jobs {
		if j, ok := j.(*leavingJob); ok && j.portal.StartURL == s.portal.StartURL && !j.quiet {
			return j
		}
	}
	return nil
}

// leave has the portal told that the session of a token is over.
func (s *session) leave(token ssocore.Secret, now time.Time) *leavingJob {
	j := &leavingJob{token: token}
	s.desk.add(j, leavingKind, s.portal, now)
	j.life = leavingLife
	return j
}

// leaveQuietly is leave for a session that nobody knows of, of a portal that may
// be another by now.
func (s *session) leaveQuietly(p message.Portal, token ssocore.Secret, now time.Time) {
	j := s.leave(token, now)
	j.portal, j.quiet = p, true
}

// do asks the portal once.
func (j *leavingJob) do(ctx context.Context, b *Backend) error {
	client, err := b.client(ctx, j.portal)
	if err != nil {
		return err
	}
	if err := logout(ctx, client, j.token); err != nil {
		return err
	}
	b.giveBack(ctx, j.portal, j.id)
	return advance(ctx, b, j, func(s *session, current *leavingJob) error {
		s.end(current)
		return nil
	})
}

// fail says that the portal did not confirm: whoever signed out waits to hear
// it. Where nobody does, there is time to try again.
func (j *leavingJob) fail(s *session, now time.Time, err error) {
	if j.quiet && !lacksAccess(err) {
		j.putOff(now, err)
		j.problem = nil
		return
	}
	s.end(j)
	j.expire(s)
}

// expire says that the portal did not confirm, in the status too: the popup that
// asked may be gone.
func (j *leavingJob) expire(s *session) {
	switch {
	case j.quiet || s.gone:
	case s.phase() == message.SignedOutPhase:
		s.problem = unconfirmed()
	default:
		s.status.Notice = unconfirmed().Error() // a new sign-in has no part in it
	}
}

func unconfirmed() *message.Error {
	return &message.Error{Code: message.Unconfirmed,
		Message: "Signed out here, but the portal did not confirm it.", Hint: "To be sure, sign out at the portal too."}
}

// logout has the portal end the session of a token.
func logout(ctx context.Context, client *ssocore.Client, token ssocore.Secret) error {
	ctx, cancel := context.WithTimeout(ctx, signOutPatience)
	defer cancel()
	out, err := client.Logout(ssocore.Urgent(ctx), &ssocore.LogoutInput{AccessToken: token})
	switch {
	case ssocore.LoggedOut(out, err):
		return nil // by this, or before it
	case err == nil || errors.As(err, new(*ssocore.UnauthorizedException)):
		return errNotThePortals
	}
	return err
}

// errNotThePortals reports an answer to a sign-out that may be of anybody.
var errNotThePortals = errors.New("the answer bears no mark of the portal")

// signOut ends the session: first here, so that nothing uses it any more, then
// at the portal. It tells whether the portal confirmed. Asked again, by a popup
// whose worker died, say, it hears of the sign-out under way, or how the last one
// ended.
func (b *Backend) signOut(ctx context.Context, p message.Portal) (message.SignedOut, error) {
	var job int64
	confirmed := true
	if _, err := b.update(ctx, p, func(s *session) error {
		token, last := s.token, s.problem
		s.reset()
		switch j := s.leaving(); {
		case token != "":
			job = s.leave(token, b.Clock.Now()).id
		case j != nil:
			job = j.id
		case last != nil && last.Code == message.Unconfirmed:
			s.problem, confirmed = last, false
		}
		return nil
	}); err != nil || job == 0 {
		return message.SignedOut{Confirmed: confirmed && err == nil}, err
	}
	return message.SignedOut{Confirmed: b.await(ctx, job) == nil}, nil
}
