package backend

import (
	"cmp"
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// leavingKind is the kind of a leavingJob.
const leavingKind = "leaving"

const (
	// signOutPatience is how long one attempt to sign out waits for the portal's
	// word. The session is forgotten here before that.
	signOutPatience = 20 * time.Second

	// leavingLife is how long the portal is asked again to end a session, and how
	// old a sign-out may be that dead workers left. Then there is a last try.
	leavingLife = 5 * time.Minute
)

// leavingJob ends a session at the portal. The token is the job's own: the
// session it was of is forgotten, or another has taken its place.
type leavingJob struct {
	record
	token ssocore.Secret
	// quiet says that nobody waits: it is the token of a sign-in that was cancelled,
	// one where the portal was before it was corrected, or of a sign-out that the portal
	// did not confirm at once. So it stays, until somebody signs out or removes the portal.
	quiet bool
	told  bool // somebody did wait, and was told that the portal is asked again
	last  bool // its time is over, and this is the last try
}

func (j *leavingJob) list(c message.Codec) {
	c.Text("token", (*string)(&j.token))
	c.Bool("quiet", &j.quiet)
	c.Bool("told", &j.told)
	c.Bool("last", &j.last)
}

// leaving gives the sessions of which the portal has yet to confirm the end: those
// that somebody waits for, or the quiet ones.
func (s *session) leaving(quiet bool) (all []*leavingJob) {
	for _, j := range s.desk.jobs {
		if j, ok := j.(*leavingJob); ok && j.portal.ID == s.portal.ID && j.quiet == quiet {
			all = append(all, j)
		}
	}
	return all
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
func (s *session) leaveQuietly(p portal.Portal, token ssocore.Secret, now time.Time) {
	j := s.leave(token, now)
	j.portal, j.quiet = p, true
}

// leaveLoudly has the sessions that are being ended quietly ended now: somebody
// waits to hear that all are over. They are new jobs, since what became of the
// old ones so far is no answer.
func (s *session) leaveLoudly(now time.Time) {
	for _, j := range s.leaving(true) {
		s.end(j)
		s.leave(j.token, now).portal = j.portal
	}
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
		if current.told && s.awaitsConfirmation() && len(s.leaving(true)) == 0 {
			s.problem = nil
			s.status.Notice, s.status.Good = words.ConfirmedLater, true
		}
		return nil
	})
}

// fail has the portal asked again later. Whoever signed out hears that it did not
// confirm, and waits no more; where the portal is being removed it is the last word,
// since access to it goes.
func (j *leavingJob) fail(s *session, now time.Time, err error) {
	removed := s.gone || s.desk.removing(s.portal.ID) != nil
	if j.last || lacksAccess(err) || removed && !j.quiet {
		s.end(j)
		j.expire(s)
		return
	}
	if !j.quiet {
		j.quiet, j.told = true, true
		s.unended(words.UnconfirmedYet())
	}
	j.putOff(now, err)
	j.problem = nil
}

// awaitsConfirmation tells whether it is said that the portal is asked again to end a
// session.
func (s *session) awaitsConfirmation() bool {
	return s.problem != nil && s.problem.Said == words.UnconfirmedYet().Said
}

// leaveAlone gives up to end sessions that somebody signed out of: a new one has
// begun, which may be the same to the portal, and would end with them.
func (s *session) leaveAlone() {
	for _, j := range s.leaving(true) {
		if j.told {
			s.end(j)
		}
	}
}

// lastTry has the session ended once more, at once.
func (j *leavingJob) lastTry(now time.Time) bool {
	if j.last {
		return false
	}
	j.last, j.since = true, now
	j.atOnce()
	return true
}

// expire says that the portal did not confirm.
func (j *leavingJob) expire(s *session) {
	if j.quiet && !j.told {
		s.unended(words.EarlierUnconfirmed())
	} else {
		s.unended(words.Unconfirmed())
	}
}

// unended says in the status that the portal did not confirm the end of a
// session: the popup that asked may be gone. Of a portal that is removed it is
// remembered until somebody asks.
func (s *session) unended(said *message.Error) {
	switch {
	case s.gone || s.desk.removing(s.portal.ID) != nil:
		s.desk.doubt(s.portal.ID)
	case s.phase() == message.SignedOutPhase:
		s.problem = said
	default:
		s.status.Notice, s.status.Good = said.Error(), false // a new sign-in has no part in it
	}
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

// signOut ends the session, and forgets the list of accounts and roles if that is
// chosen. It tells whether the portal confirmed.
func (b *Backend) signOut(ctx context.Context, p portal.Portal) (message.SignedOut, error) {
	var forgotten error
	confirmed, err := b.endSession(ctx, p, func() { forgotten = b.forgetList(ctx, p) })
	return message.SignedOut{Confirmed: confirmed}, cmp.Or(err, forgotten)
}

// endSession ends the session: first here, so that nothing uses it any more, then
// at the portal, with those that are being ended already; between is what else is to
// be done before that is waited for. It tells whether the portal confirmed. Asked
// again, by a popup whose worker died, say, it hears of the sign-out under way, or how
// the last one ended.
func (b *Backend) endSession(ctx context.Context, p portal.Portal, between func()) (confirmed bool, err error) {
	var jobs []*leavingJob
	confirmed = true
	if _, err := b.update(ctx, p, func(s *session) error {
		now := b.Clock.Now()
		token, last, lost := s.token, s.problem, s.lost
		if s.awaitsConfirmation() && len(s.leaving(true)) > 0 {
			last = nil // the portal is asked once more
		}
		s.reset()
		switch {
		case token != "":
			s.leave(token, now)
		case lost:
			s.problem, confirmed = words.Unconfirmed(), false
		case last != nil && last.Code == message.Unconfirmed:
			s.problem, confirmed = last, false
		}
		s.leaveLoudly(now)
		jobs = s.leaving(false)
		return nil
	}); err != nil {
		return false, err
	}
	if between != nil {
		between()
	}
	for _, j := range jobs {
		confirmed = b.await(ctx, j.id) == nil && confirmed
	}
	return confirmed, nil
}

// forgetList erases what is known of a portal's accounts, if that is chosen. Nothing
// is listed without a session, so it does not come back.
func (b *Backend) forgetList(ctx context.Context, p portal.Portal) error {
	chosen, err := b.settings(ctx)
	if err != nil || !chosen.ForgetList {
		return err
	}
	return b.eraseList(ctx, p.ID)
}

// eraseList erases all that names a portal's accounts outside of its session.
func (b *Backend) eraseList(ctx context.Context, id string) error {
	if err := b.Local.Remove(ctx, withAside(append(directoryKeys(id), message.UsesPrefix+id, message.OwnPrefix+id, bookmarksPrefix+id, message.HeadKey)...)...); err != nil {
		return err
	}
	return b.Session.Remove(ctx, withAside(message.ViewKey)...)
}
