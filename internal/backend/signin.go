package backend

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
	"portico/ssocore"
)

// signInKind is the kind of a signInJob.
const signInKind = "signin"

const (
	// clientName is how the sign-in page calls us.
	clientName = "Portico"

	// wishLife is how long what waits for a permission is remembered: as long as
	// somebody may need to read the browser's question.
	wishLife = 2 * time.Minute

	// codePatience is how long a sign-in may take to get a code, all attempts
	// together, those of workers that died among them.
	codePatience = 15 * time.Minute

	// codeLife is how long a code is good for at most.
	codeLife = time.Hour
)

// signInJob is a sign-in: wanted until access is granted, then under way until
// the code is approved or dead.
type signInJob struct {
	record
	wanted bool
	state  signin.State

	// front is the company's own address, while that is open; ledTo and ledRegion are
	// where it has led, if that is another portal.
	front, ledTo, ledRegion string

	tab    int64 // that shows the page; 0 if nobody knows
	closed bool  // the page was closed before it has led back
}

func (j *signInJob) list(c message.Codec) {
	j.state.List(c)
	c.Bool("wanted", &j.wanted)
	c.Text("front", &j.front)
	c.Text("ledTo", &j.ledTo)
	c.Text("ledRegion", &j.ledRegion)
	c.Int("tab", &j.tab)
	c.Bool("closed", &j.closed)
}

// show tells the popup of the code.
func (j *signInJob) show(s *message.Status) {
	if j.front != "" {
		j.showFront(s)
		return
	}
	s.Closed = j.closed
	if j.state.Way == signin.ByBrowser {
		if j.state.Late && !j.closed {
			s.Caution = " " + words.NothingCame
		}
		return
	}
	if j.state.DeviceCode == "" {
		return
	}
	s.UserCode = printable(j.state.UserCode)
	s.CodeExpires = j.since.Add(j.life).UnixMilli() // which moves with a clock that is set back
	if j.portal.Demo() {
		return
	}
	// The page was checked when it came.
	s.VerifyHost, _ = j.portal.ApprovalHost(j.state.Page)
	if j.portal.OtherFamily(s.VerifyHost) {
		s.Caution = " " + words.OtherFamily(j.portal.DualStack())
	}
}

// want has the sign-in wait for access to be granted. The person may say no to
// the browser, which tells nobody: so the status says what is missing.
func (j *signInJob) want(now time.Time, granted bool) {
	j.wanted, j.held, j.since, j.life = true, true, now, wishLife
	j.state = signin.Begin(j.state.Way, j.state.Client)
	j.problem, j.tab, j.closed = nil, 0, false
	if !granted {
		j.problem = words.NeedsHosts("")
	}
}

// expire ends a wish without a word, and says that the code is dead.
func (j *signInJob) expire(s *session) {
	switch {
	case j.front != "":
	case j.wanted:
		s.missed.hosts = j.problem != nil // which says that access is missing
	case j.problem != nil:
		s.problem = j.problem
	case j.state.Way == signin.ByBrowser:
		s.problem = explain(signin.ErrPageExpired)
	default:
		s.problem = explain(signin.ErrCodeExpired)
	}
}

// fail is for reasons of our own: the sign-in waits until access, which was
// taken back, is granted again, else for a while.
func (j *signInJob) fail(_ *session, now time.Time, err error) {
	if lacksAccess(err) {
		j.want(now, false)
		return
	}
	j.putOff(now, err)
}

// do makes the next call.
func (j *signInJob) do(ctx context.Context, b *Backend) error {
	client, err := b.client(ctx, j.portal)
	if err != nil {
		return err
	}
	call, _ := j.state.Next(b.Clock.Now())
	switch call {
	case signin.Prepare:
		return j.prepare(ctx, b, client)
	case signin.Await:
		return j.await(ctx, b)
	case signin.Poll, signin.Redeem:
		// A token that comes after the sign-in was cancelled is not to be lost.
		ctx = b.ctx
		defer b.keep(j.portal)()
	}
	next, err := b.signInCall(ctx, client, j.portal, j.state, call)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	stored := b.insist(ctx, func() error {
		return advance(ctx, b, j, func(s *session, current *signInJob) error {
			current.answered(s, next, err, b.Clock.Now())
			return nil
		})
	})
	if errors.Is(stored, errStale) {
		stored = b.leaveUnused(ctx, j.portal, next.Token)
	} else if stored == nil && next.Token != "" {
		b.tellWhereElse(ctx, j.portal)
		if next.Way == signin.ByCode {
			b.summon(ctx) // from the page on which the code was approved
		}
	}
	if stored != nil && next.Token != "" {
		return errors.Join(stored, logout(ctx, client, next.Token)) // or nobody ever could
	}
	return stored
}

// tellWhereElse says of a portal that is signed in to that it is, where another shows by
// now.
func (b *Backend) tellWhereElse(ctx context.Context, p portal.Portal) {
	all, err := b.portals(ctx)
	shown, ok := all.Find(all.Active)
	if err != nil || !ok || shown.ID == p.ID {
		return
	}
	chosen, _ := b.settings(ctx) // else it is called what it calls itself
	called, _ := chosen.Portal(p.ID)
	_, _ = b.update(ctx, shown, func(s *session) error {
		if s.status.Notice == "" {
			s.status.Notice, s.status.Good = words.SignedInElsewhere.With(directory.Isolate(cmp.Or(called, p.NameAmong(all.All)))), true
		}
		return nil
	})
}

// answered takes what a call led to.
func (j *signInJob) answered(s *session, next signin.State, err error, now time.Time) {
	*s.client(next.Way) = next.Client
	if slower := (*ssocore.SlowDownException)(nil); errors.As(err, &slower) {
		j.putOff(now, err)
		return
	}
	j.tries, j.problem = 0, nil
	switch {
	case err != nil:
		s.desk.answered(j)
		s.end(j)
		s.problem = explain(err)
		if invalid := (*ssocore.InvalidClientException)(nil); errors.As(err, &invalid) {
			*s.client(next.Way) = signin.Registration{}
		}
	case next.Token != "":
		s.desk.answered(j)
		s.end(j)
		s.problem = nil
		s.signedIn(next, now)
	default:
		if j.state.DeviceCode == "" && next.DeviceCode != "" {
			j.since, j.life = now, next.CodeExpires.Sub(now)
		}
		// The page may have been opened while the call was under way.
		next.Opened = j.state.Opened
		if j.state.Code != "" {
			j.problem = words.NotHandedOut()
		}
		j.state = next
		j.next(now)
	}
}

// leaveUnused ends the session of a token that came when nobody wanted it any
// more.
func (b *Backend) leaveUnused(ctx context.Context, p portal.Portal, token ssocore.Secret) error {
	if token == "" {
		return nil
	}
	return b.insist(ctx, func() error {
		_, err := b.change(ctx, p, func(s *session) error {
			s.leaveQuietly(p, token, b.Clock.Now())
			return nil
		})
		return err
	})
}

// insist is for a token, which is handed out once: if it is not stored the
// person has to sign in again. So it does not give up at once.
func (b *Backend) insist(ctx context.Context, store func() error) error {
	const tries = 3
	for n := 1; ; n++ {
		err := store()
		if n == tries || !unkept(err) {
			return err
		}
		if b.Clock.Sleep(ctx, time.Second) != nil {
			return err
		}
	}
}

// signInCall makes the call and gives the next state. On an error the state
// holds what was learnt before it.
func (b *Backend) signInCall(ctx context.Context, client *ssocore.Client, p portal.Portal, state signin.State, call signin.Call) (signin.State, error) {
	switch call {
	case signin.Register:
		out, err := client.RegisterClient(ctx, b.registration(p, state.Way))
		if refused := (*ssocore.APIError)(nil); state.Way == signin.ByBrowser && errors.As(err, &refused) && refused.Status == 400 && !signin.Passing(err) && !strings.HasPrefix(refused.Reason, "KMS_") {
			return state, words.ByCodeOnly(printable(refused.Code))
		}
		if err != nil {
			return state, err
		}
		return state.Registered(out), moved(state.Registered(out), call)
	case signin.Authorize:
		out, err := client.StartDeviceAuthorization(ctx, &ssocore.StartDeviceAuthorizationInput{
			ClientID: state.Client.ClientID, ClientSecret: state.Client.ClientSecret, StartURL: p.StartURL})
		if err != nil {
			return state, err
		}
		next := state.Authorized(out, b.Clock.Now())
		if err := moved(next, call); err != nil {
			return state, err
		}
		if !legible(next.UserCode) {
			return state, words.Lacking()
		}
		if !b.Clock.Now().Before(next.CodeExpires) {
			return state, signin.ErrCodeExpired
		}
		_, err = p.ApprovalHost(next.Page)
		return next, err
	case signin.Redeem:
		out, err := client.CreateToken(ctx, &ssocore.CreateTokenInput{
			ClientID: state.Client.ClientID, ClientSecret: state.Client.ClientSecret,
			GrantType: ssocore.GrantTypeAuthorizationCode, Code: state.Code, CodeVerifier: state.Verifier, RedirectURI: b.Redirect})
		next, failed := state.Redeemed(out, err, b.Clock.Now())
		if err == nil {
			failed = moved(next, call)
		}
		return next, failed
	}
	out, err := client.CreateToken(ctx, &ssocore.CreateTokenInput{
		ClientID: state.Client.ClientID, ClientSecret: state.Client.ClientSecret,
		GrantType: ssocore.GrantTypeDeviceCode, DeviceCode: state.DeviceCode})
	return state.Polled(out, err, b.Clock.Now())
}

// registration is what a portal is told of us. Each way of signing in has its own: one
// for both is refused.
func (b *Backend) registration(p portal.Portal, way signin.Way) *ssocore.RegisterClientInput {
	in := &ssocore.RegisterClientInput{ClientName: clientName, ClientType: ssocore.ClientTypePublic, Scopes: []string{ssocore.ScopeAccountAccess},
		GrantTypes: []string{ssocore.GrantTypeDeviceCode, ssocore.GrantTypeRefreshToken}}
	if way == signin.ByBrowser {
		in.GrantTypes[0] = ssocore.GrantTypeAuthorizationCode
		in.RedirectURIs = []string{registeredRedirect(b.Redirect)}
		in.IssuerURL = p.StartURL
	}
	return in
}

// moved reports an answer after which the same call would have to be made again:
// it lacks what it must hold.
func moved(next signin.State, call signin.Call) error {
	if again, _ := next.Next(next.NextPoll); again == call {
		return words.Lacking()
	}
	return nil
}

// legible tells whether a code is one that a person can compare with another.
func legible(code string) bool {
	return strings.ContainsFunc(code, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// wantSignIn notes that a sign-in waits for access to be granted. One under way
// goes on.
func (s *session) wantSignIn(way signin.Way, now time.Time, granted bool) {
	s.problem, s.missed.hosts = nil, false
	in := jobOf[*signInJob](s)
	switch {
	case in == nil:
		in = s.newSignIn(way, now)
	case !in.wanted && in.front == "" && granted:
		return
	case in.state.Way != way || in.front != "":
		s.end(in)
		in = s.newSignIn(way, now)
	}
	in.want(now, granted)
}

func (s *session) newSignIn(way signin.Way, now time.Time) *signInJob {
	in := &signInJob{state: signin.Begin(way, *s.client(way))}
	s.desk.add(in, signInKind, s.portal, now)
	return in
}

// beginSignIn begins a sign-in, or goes on with the one under way if that is of the
// same way.
func (s *session) beginSignIn(way signin.Way, now time.Time) {
	s.problem, s.missed.hosts = nil, false
	if in := jobOf[*signInJob](s); in != nil {
		if !in.wanted && in.front == "" && !in.over(now) && in.state.Way == way {
			in.tryAgain()
			return
		}
		s.end(in)
	}
	s.newSignIn(way, now).life = codePatience
}

// tryAgain has what was put off done now. A poll keeps its interval.
func (j *signInJob) tryAgain() {
	if j.problem != nil && (j.state.Page == "" || j.state.Code != "") {
		j.atOnce()
	}
}

// signIn begins a sign-in as it is asked for: by the company's own address, if there is
// one.
func (b *Backend) signIn(ctx context.Context, p portal.Portal, want message.SignIn) error {
	way, err := b.wayFor(ctx, p, want.ByCode)
	if err == nil && want.Fresh {
		_, err = b.endSession(ctx, p, nil)
	}
	if err != nil {
		return err
	}
	if front, err := b.frontOf(ctx, p); err != nil {
		return err
	} else if front != "" && !want.There {
		return b.goToFront(ctx, p, way, front)
	}
	if p, err = b.followFront(ctx, p); err != nil {
		return err
	}
	return b.startSignIn(ctx, p, way)
}

// startSignIn begins a sign-in, or goes on with the one under way. Without
// access to what it needs it notes that it is wanted and asks for that.
func (b *Backend) startSignIn(ctx context.Context, p portal.Portal, way signin.Way) error {
	_, refused := b.client(ctx, p)
	if refused == nil {
		refused = b.lacking(ctx, p, way)
	}
	if refused != nil && !lacksAccess(refused) {
		return refused
	}
	if _, err := b.update(ctx, p, func(s *session) error {
		if s.desk.removing(p.ID) != nil {
			return words.BeingRemoved()
		}
		if refused != nil {
			s.wantSignIn(way, b.Clock.Now(), false)
		} else {
			s.beginSignIn(way, b.Clock.Now())
		}
		return nil
	}); err != nil {
		return err // what is not noted is not asked for
	}
	if refused != nil {
		return words.NeedsHosts(strings.Join(b.originsFor(p, way), " "))
	}
	return nil
}

// lacking says that not all is granted that a way of signing in needs.
func (b *Backend) lacking(ctx context.Context, p portal.Portal, way signin.Way) error {
	granted, err := b.Browser.HasPermissions(ctx, nil, b.originsFor(p, way))
	if err == nil && !granted {
		err = words.NeedsHosts("")
	}
	return err
}

func lacksAccess(err error) bool {
	var refused *message.Error
	return errors.As(err, &refused) && refused.Code == message.NeedsAccess
}

// goOnSigningIn starts the sign-in that waited for access, unless it still lacks
// it. Nobody is there to hear what goes wrong, so it is put into the status.
func (b *Backend) goOnSigningIn(ctx context.Context, p portal.Portal, way signin.Way) bool {
	err := b.lacking(ctx, p, way)
	if lacksAccess(err) {
		return false // and the time to wait for that goes on
	}
	if err == nil {
		err = b.startSignIn(ctx, p, way)
	}
	if err == nil || lacksAccess(err) {
		return err == nil
	}
	_, _ = b.update(ctx, p, func(s *session) error {
		if in := jobOf[*signInJob](s); in != nil {
			in.problem = explain(err)
		}
		return nil
	})
	return true
}

// openSignIn opens the page on which the code is approved.
func (b *Backend) openSignIn(ctx context.Context, p portal.Portal) error {
	var page string
	var id int64
	if _, err := b.update(ctx, p, func(s *session) error {
		in := jobOf[*signInJob](s)
		if in == nil || in.state.Page == "" {
			return words.NoCode()
		}
		in.state.Opened, in.closed = true, false
		id, page = in.id, in.state.Page
		return nil
	}); err != nil {
		return err
	}
	return b.openPage(ctx, p, id, page)
}

// cancelSignIn forgets the sign-in under way.
func (b *Backend) cancelSignIn(ctx context.Context, p portal.Portal) error {
	_, err := b.update(ctx, p, func(s *session) error {
		s.problem, s.missed.hosts = nil, false
		if in := jobOf[*signInJob](s); in != nil {
			s.end(in)
		}
		return nil
	})
	return err
}
