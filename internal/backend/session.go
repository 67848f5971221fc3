package backend

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
	"portico/ssocore"
)

// sessionPrefix is where a portal's session is kept, in memory-only storage. It
// holds secrets; no one but this package reads it.
const sessionPrefix = "session:"

// session is what is known of a portal until the browser ends, and beside it the
// desk with all pending work.
type session struct {
	portal    portal.Portal
	entrances []portal.Portal // others
	shown     bool            // the popup shows the portal
	chosen    message.Settings
	gone      bool // the portal was removed: of the session nothing is stored any more

	// byCode and byBrowser are how the portal's OIDC service knows us, for each way of
	// signing in; they hold for the next sign-in too. way is that of the token.
	byCode, byBrowser signin.Registration
	way               signin.Way

	// token is kept until the portal refuses it, or another takes its place: it
	// may have run out by a clock alone that is set right later.
	token        ssocore.Secret
	tokenExpires time.Time      // zero if the portal did not say: then it will refuse
	tokenAhead   time.Duration  // the skew when it came
	refresh      ssocore.Secret // for the next token; empty if there is none
	expired      bool           // there was a token; it is no longer good
	// lost says that there was a session of which storage lost the token, and with
	// it the means to end it.
	lost bool

	// known is the name of a portal in the list that is the same organisation's,
	// until somebody has signed in here all the same.
	known string

	last    message.Last   // what was copied last
	problem *message.Error // how work that is over ended; nil if well
	// unlisted is why the last listing ended without having listed all; nil if it
	// did not. The next popup begins another.
	unlisted *message.Error
	now      time.Time // when this was read, by our clock
	skew     skew      // as last told

	// missed are the permissions that came to nothing, since they were not granted
	// in time: see [Backend.late].
	missed missed

	desk   *desk
	marked bool // the toolbar button may say something of the session, as it is stored

	// status is what the popup sees. Its phase follows from the above.
	status message.Status
}

// phase is what the popup sees of the session.
func (s *session) phase() message.SignInPhase {
	in := jobOf[*signInJob](s)
	switch {
	case len(s.leaving(false)) > 0:
		return message.Leaving
	case in != nil && in.front != "":
		return message.AtFront
	case in != nil && in.state.Page == "" && !in.wanted:
		return message.Starting
	case in != nil && in.state.Opened:
		return message.Waiting
	case in != nil && !in.wanted:
		return message.ShowCode
	case s.token != "" && (!s.ranOut() || s.refresh != ""):
		return message.SignedIn
	case in != nil:
		return message.Wanted
	case s.expired || s.token != "":
		return message.ExpiredPhase
	}
	return message.SignedOutPhase
}

// expire ends a session that the portal no longer honours. A listing it cut off
// goes on with the next session.
func (s *session) expire() {
	s.token, s.tokenExpires, s.tokenAhead, s.refresh, s.expired = "", time.Time{}, 0, "", true
	if j := jobOf[*refreshing](s); j != nil {
		s.end(j)
	}
	if l := jobOf[*listing](s); l != nil {
		l.hold()
	}
}

// client is the registration for a way of signing in.
func (s *session) client(way signin.Way) *signin.Registration {
	if way == signin.ByBrowser {
		return &s.byBrowser
	}
	return &s.byCode
}

// signedIn takes the token of a new session. The one before is left to end by
// itself: a portal may end all sessions of a person with one.
func (s *session) signedIn(by signin.State, now time.Time) {
	s.way = by.Way
	s.token, s.tokenExpires, s.tokenAhead, s.refresh = by.Token, by.TokenExpires, s.skew.now(now), by.Refresh
	s.refreshLater(now)
	s.expired, s.lost, s.known = false, false, ""
	s.leaveAlone()
	s.wantListing(now)
	s.release()
}

// release lets a listing go on that waited for a session.
func (s *session) release() {
	if l := jobOf[*listing](s); l != nil && l.held {
		l.held = false
		l.atOnce()
	}
}

// ranOut tells whether the token's time is over: by the clock as it is, and by
// the portal's as far as that is known. One that was set meanwhile makes one of
// them wrong; what both are wrong about the portal refuses.
func (s *session) ranOut() bool {
	if s.token == "" || s.tokenExpires.IsZero() {
		return false
	}
	portals := s.now.Add(s.skew.now(s.now) - s.tokenAhead)
	return !s.now.Before(s.tokenExpires) && !portals.Before(s.tokenExpires)
}

// alive tells whether there is a token to use.
func (s *session) alive() bool { return s.token != "" && !s.ranOut() }

// live gives the session's token, or says that there is none to use.
func (s *session) live() (ssocore.Secret, error) {
	switch {
	case s.alive():
		return s.token, nil
	case s.expired || s.token != "":
		return "", words.SessionEnded()
	}
	return "", words.NotSignedIn()
}

// reset forgets everything but the client registration, and all work of the
// portal but that which ends sessions there.
func (s *session) reset() {
	s.desk.jobs = slices.DeleteFunc(s.desk.jobs, s.needs)
	*s = session{portal: s.portal, entrances: s.entrances, shown: s.shown, chosen: s.chosen, marked: s.marked, byCode: s.byCode, byBrowser: s.byBrowser, now: s.now, skew: s.skew, desk: s.desk}
}

// needs tells whether a job is of no use without the session.
func (s *session) needs(j job) bool {
	switch j.(type) {
	case *leavingJob, *removal, *clearing, *leftPage:
		return false
	}
	return j.base().portal.ID == s.portal.ID
}

// busy tells whether there is work that needs the session.
func (s *session) busy() bool { return slices.ContainsFunc(s.desk.jobs, s.needs) }

// show brings the status up to date with what it follows from.
func (s *session) show() {
	s.status.SignIn = s.phase()
	s.status.Hosts = strings.Join(s.portal.Domains(), " ")
	s.status.UserCode, s.status.CodeExpires, s.status.VerifyHost, s.status.Caution, s.status.Closed = "", 0, "", "", false
	s.status.Sync = message.Idle
	s.status.Last = s.last
	if s.status.Until = 0; !s.endKnown().IsZero() {
		s.status.Until = s.endKnown().UnixMilli()
	}
	s.status.Problem = cmp.Or(s.problem, s.unlisted)
	for _, j := range s.desk.jobs {
		if j.base().portal != s.portal {
			continue
		}
		if j, ok := j.(visible); ok {
			j.show(&s.status)
		}
		if s.status.Problem == nil {
			s.status.Problem = j.base().problem
		}
	}
	s.status.Problem = s.offerEntrances(s.status.Problem)
	if s.known != "" && s.status.UserCode != "" {
		s.status.Caution += " " + words.SameOrganisation.With(directory.Isolate(s.known))
	}
	if s.status.Problem == nil && s.status.SignIn == message.SignedIn {
		s.status.Problem = clockProblem(s.skew.now(s.now))
	}
}

// load reads a portal's session and status, and all jobs.
func (b *Backend) load(ctx context.Context, p portal.Portal) (*session, error) {
	sessionKey, statusKey := sessionPrefix+p.ID, message.StatusPrefix+p.ID
	stored, err := b.Session.Get(ctx, sessionKey, statusKey, jobsKey)
	if err != nil {
		return nil, err
	}
	s := &session{portal: p, now: b.Clock.Now(), desk: deskFrom(stored[jobsKey]), status: message.ParseStatus(stored[statusKey])}
	if text := stored[sessionKey]; text != "" {
		message.ParseText(text).Read(s.list)
		s.portal.StartURL = cmp.Or(s.portal.StartURL, p.ID) // where an earlier version stored none, that was it
	}
	s.marked = s.counted()
	s.lost = s.token == "" && (s.lost || s.status.SignIn == message.SignedIn)
	if s.portal != p {
		s.move(p)
	}
	return s, nil
}

// move drops the session and the work of a portal whose address or region was
// corrected: neither a token nor our registration at the other one holds here. The session
// is ended where it was.
func (s *session) move(to portal.Portal) {
	was := *s
	*s = session{portal: to, now: was.now, desk: was.desk, marked: was.marked}
	s.reset()
	s.lost = was.lost
	if was.token != "" {
		s.leaveQuietly(was.portal, was.token, s.now)
	}
}

// update changes a portal's session, status and jobs: all of it is stored, or
// nothing if change returns an error. Of a portal that was removed meanwhile
// nothing is stored ever again.
func (b *Backend) update(ctx context.Context, p portal.Portal, change func(*session) error) (*session, error) {
	return b.change(ctx, p, func(s *session) error {
		if s.gone {
			return words.UnknownPortal()
		}
		return change(s)
	})
}

// change is update for work that may go on after the portal was removed, or was
// begun when it had another address or region: then only the jobs are stored.
func (b *Backend) change(ctx context.Context, p portal.Portal, change func(*session) error) (*session, error) {
	b.state.Lock()
	defer b.state.Unlock()
	s, err := b.stored(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := change(s); err != nil {
		return nil, err
	}
	return s, b.store(ctx, s)
}

// stored reads a portal's session for who changes it, and holds b.state: with the
// address and region that the portal has now.
func (b *Backend) stored(ctx context.Context, p portal.Portal) (*session, error) {
	all, err := b.portals(ctx)
	if err != nil {
		return nil, err
	}
	current, listed := all.Find(p.ID)
	if listed {
		p = current
	}
	s, err := b.load(ctx, p)
	if err != nil {
		return nil, err
	}
	s.gone, s.shown, s.entrances = !listed, all.Active == p.ID, all.EntrancesTo(p.ID)
	if s.chosen, err = b.settings(ctx); err != nil {
		return nil, err
	}
	if learnt, known := b.skew(s.portal); known {
		s.skew = learnt
	}
	return s, nil
}

// store writes session, status and jobs in one go. The alarm is set before there
// is anything that needs it, so that nothing pending is ever without one; what the
// toolbar button says of a session goes before that does, for who dies between them.
// Then the jobs are set going.
func (b *Backend) store(ctx context.Context, s *session) error {
	if !s.gone {
		s.awaitEnd()
	}
	if s.chosen.SayEnd && s.shown && s.marked && !s.counted() {
		b.mark(ctx, s)
	}
	if err := b.unkeep(ctx, s); err != nil {
		return err
	}
	b.leavePages(ctx, s.desk)
	if err := b.setAlarm(ctx, s.desk); err != nil {
		return err
	}
	if err := b.catch(ctx, s.desk); err != nil {
		return err
	}
	values := map[string]string{jobsKey: s.desk.text()}
	if adding := s.desk.adding(); adding != nil || s.desk.added {
		values[message.AddingKey] = adding.public().Text()
	}
	if !s.gone {
		s.show()
		values[sessionPrefix+s.portal.ID] = message.FieldsOf(s.list).Text()
		values[message.StatusPrefix+s.portal.ID] = s.status.Text()
	}
	if err := b.Session.Set(ctx, values); err != nil {
		return err
	}
	b.keepOn(ctx, s)
	b.release(ctx, s.desk)
	b.dispatch(s.desk)
	return nil
}

// list passes over what is stored of a session, secrets included.
func (s *session) list(c message.Codec) {
	s.byCode.List("client", c)
	s.byBrowser.List("browserClient", c)
	c.Text("way", (*string)(&s.way))
	c.Text("startUrl", &s.portal.StartURL)
	c.Text("region", &s.portal.Region)
	c.Text("known", &s.known)
	c.Text("token", (*string)(&s.token))
	c.Time("tokenExpires", &s.tokenExpires)
	c.Span("tokenAhead", &s.tokenAhead)
	c.Text("refresh", (*string)(&s.refresh))
	c.Bool("expired", &s.expired)
	c.Bool("lost", &s.lost)
	c.Bool("missedHosts", &s.missed.hosts)
	c.Bool("missedBookmarks", &s.missed.bookmarks)
	c.Span("ahead", &s.skew.ahead)
	c.Time("told", &s.skew.at)
	s.last.List(c)
	c.Error("problem", &s.problem)
	c.Error("unlisted", &s.unlisted)
}
