package backend

import (
	"context"
	"errors"
	"time"

	"portico/internal/message"
	"portico/internal/signin"
	"portico/ssocore"
)

// sessionPrefix is where a portal's session is kept, in memory-only storage. It
// holds secrets; no one but this package reads it.
const sessionPrefix = "session:"

// session is everything about a portal that ends with the browser.
type session struct {
	// region is where all this was issued; elsewhere it means nothing.
	region string

	// epoch tells sign-ins, cancels and sign-outs apart: an answer to a call of an
	// earlier epoch is dropped, however late it comes.
	epoch   int64
	client  signin.Registration
	signIn  *signin.State // nil if none is under way
	wanted  bool          // a sign-in waits for access to be granted
	leaving bool          // signed out here; the portal has yet to confirm

	token        ssocore.Secret
	tokenExpires time.Time
	expired      bool // there was a token; it is no longer good

	sync     time.Time    // since when a listing is wanted; zero if none is
	bookmark message.Role // waits for the permission; zero if none does

	// status is what the popup sees. Its phase follows from the above.
	status message.Status
}

// errStale reports an answer to something that is over: the person signed out,
// cancelled or removed the portal meanwhile. It ends work silently.
var errStale = errors.New("answer of an earlier session")

// phase is what the popup sees of the session.
func (s *session) phase() message.SignInPhase {
	switch {
	case s.leaving:
		return message.Leaving
	case s.signIn != nil && s.signIn.DeviceCode == "":
		return message.Starting
	case s.signIn != nil && s.signIn.Opened:
		return message.Waiting
	case s.signIn != nil:
		return message.ShowCode
	case s.token != "":
		return message.SignedIn
	case s.wanted:
		return message.Wanted
	case s.expired:
		return message.ExpiredPhase
	}
	return message.SignedOutPhase
}

// pending tells whether there is work that must go on without the popup.
func (s *session) pending() bool { return s.signIn != nil || s.leaving || s.listing() }

// listing tells whether a listing is under way or could be.
func (s *session) listing() bool { return !s.sync.IsZero() && s.token != "" }

// wantListing has the directory listed anew, unless that is under way.
func (s *session) wantListing(now time.Time) {
	if s.sync.IsZero() {
		s.sync = now
	}
}

// next begins another epoch. Times make it differ from every epoch of a portal
// that was removed and added again.
func (s *session) next(now time.Time) { s.epoch = max(s.epoch+1, now.UnixMilli()) }

// expire ends a session that the portal no longer honours. A listing it cut off
// stays wanted. The epoch stays, too: a sign-in that renews the session may be
// under way.
func (s *session) expire() {
	s.token, s.tokenExpires, s.expired = "", time.Time{}, true
	s.status.Sync = message.Idle
}

// refused is expire for a token that the portal refused. The answer may have
// come so late that there is another token by now.
func (s *session) refused(token ssocore.Secret) {
	if s.token == token {
		s.expire()
	}
}

// live gives the session's token, or says that there is none to use. It takes
// note of one that has run out.
func (s *session) live(now time.Time) (ssocore.Secret, error) {
	if s.token != "" && !now.Before(s.tokenExpires) {
		s.expire()
	}
	switch {
	case s.token != "":
		return s.token, nil
	case s.expired:
		return "", &message.Error{Code: message.Expired, Message: "Your session at the portal has ended.", Hint: "Sign in again."}
	}
	return "", &message.Error{Code: message.NotSignedIn, Message: "You are not signed in to this portal.", Hint: "Sign in first."}
}

// reset forgets everything but the epoch and the client registration, which
// holds for the next sign-in too.
func (s *session) reset(now time.Time) {
	s.next(now)
	*s = session{region: s.region, epoch: s.epoch, client: s.client}
}

// load reads a portal's session and status.
func (b *Backend) load(ctx context.Context, p message.Portal) (*session, error) {
	sessionKey, statusKey := sessionPrefix+p.StartURL, message.StatusPrefix+p.StartURL
	stored, err := b.Session.Get(ctx, sessionKey, statusKey)
	if err != nil {
		return nil, err
	}
	s := sessionFrom(message.ParseText(stored[sessionKey]))
	if s.region != p.Region {
		// The region was corrected: neither a token nor our registration at the
		// other one holds here.
		return &session{region: p.Region, epoch: s.epoch + 1}, nil
	}
	s.status = message.ParseStatus(stored[statusKey])
	return s, nil
}

// update changes a portal's session and status: all of it is stored, or nothing
// if change returns an error. Of a portal that was removed meanwhile nothing is
// stored ever again.
func (b *Backend) update(ctx context.Context, p message.Portal, change func(*session) error) (*session, error) {
	b.state.Lock()
	defer b.state.Unlock()
	p, err := b.portal(ctx, p.StartURL)
	if err != nil {
		return nil, err
	}
	s, err := b.load(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := change(s); err != nil {
		return nil, err
	}
	return s, b.store(ctx, p, s)
}

// updateIn is update for work of one epoch; when that is over it is errStale.
func (b *Backend) updateIn(ctx context.Context, p message.Portal, epoch int64, change func(*session) error) (*session, error) {
	return b.update(ctx, p, func(s *session) error {
		if s.epoch != epoch {
			return errStale
		}
		return change(s)
	})
}

// store writes session and status in one go. The alarm is set before there is
// anything that needs it, so that nothing pending is ever without one.
func (b *Backend) store(ctx context.Context, p message.Portal, s *session) error {
	if s.pending() {
		if err := b.Browser.CreateAlarm(ctx, alarm, alarmMinutes, alarmMinutes); err != nil {
			return err
		}
	}
	s.status.SignIn = s.phase()
	s.status.UserCode, s.status.CodeExpires, s.status.VerifyHost = "", 0, ""
	if in := s.signIn; in != nil && in.DeviceCode != "" {
		s.status.UserCode, s.status.CodeExpires = printable(in.UserCode), in.CodeExpires.UnixMilli()
		// The page was checked when it came.
		s.status.VerifyHost, _ = signin.PageHost(in.Page, p.StartURL)
	}
	return b.Session.Set(ctx, map[string]string{
		sessionPrefix + p.StartURL:        s.fields().Text(),
		message.StatusPrefix + p.StartURL: s.status.Text(),
	})
}

// fields gives the stored form, secrets included.
func (s *session) fields() message.Fields {
	var f message.Fields
	if s.signIn != nil {
		f = s.signIn.Fields()
		f["signIn"] = message.FormatBool(true)
	} else {
		f = s.client.Fields()
	}
	f["region"], f["epoch"] = s.region, message.FormatInt(s.epoch)
	f["wanted"], f["leaving"] = message.FormatBool(s.wanted), message.FormatBool(s.leaving)
	f["token"], f["expired"] = s.token.Reveal(), message.FormatBool(s.expired)
	f["tokenExpires"], f["sync"] = formatTime(s.tokenExpires), formatTime(s.sync)
	f["bookmarkAccount"], f["bookmarkRole"] = s.bookmark.AccountID, s.bookmark.RoleName
	return f
}

func sessionFrom(f message.Fields) *session {
	s := &session{
		region: f["region"],
		epoch:  message.ParseInt(f["epoch"]),
		client: signin.RegistrationFrom(f),
		wanted: message.ParseBool(f["wanted"]), leaving: message.ParseBool(f["leaving"]),
		token: ssocore.Secret(f["token"]), expired: message.ParseBool(f["expired"]),
		tokenExpires: parseTime(f["tokenExpires"]), sync: parseTime(f["sync"]),
	}
	if message.ParseBool(f["signIn"]) {
		state := signin.StateFrom(f)
		s.signIn = &state
	}
	if f["bookmarkRole"] != "" {
		s.bookmark = message.Role{AccountID: f["bookmarkAccount"], RoleName: f["bookmarkRole"]}
	}
	return s
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return message.FormatInt(t.UnixMilli())
}

func parseTime(s string) time.Time {
	if ms := message.ParseInt(s); ms != 0 {
		return time.UnixMilli(ms)
	}
	return time.Time{}
}
