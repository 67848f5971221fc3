package backend

import (
	"context"
	"slices"
	"strings"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
	"portico/ssocore"
)

// A sign-in by the browser ends where its page leads: at an address of this computer
// at which nobody listens, and from which the browser leads on to a page of ours. It
// does so while a sign-in waits for that, and only then.

const (
	// redirectRule is the ID of the network rule that leads back to us.
	redirectRule = 2

	// longestCode is how many bytes are read of what comes back.
	longestCode = 4096
)

// wayFor gives the way in which one signs in to a portal: by the browser unless
// somebody chose otherwise, or no page could lead back.
func (b *Backend) wayFor(ctx context.Context, p portal.Portal, byCode bool) (signin.Way, error) {
	if byCode || b.Redirect == "" || p.Demo() {
		return signin.ByCode, nil
	}
	settings, err := b.settings(ctx)
	if err != nil || settings.SignInByCode {
		return signin.ByCode, err
	}
	return signin.ByBrowser, nil
}

// originsFor are the hosts that have to be granted for signing in to a portal.
func (b *Backend) originsFor(p portal.Portal, way signin.Way) []string {
	origins := p.Patterns()
	if way == signin.ByBrowser && !p.Loopback() {
		origins = append(origins, portal.RedirectPattern)
	}
	return origins
}

// registeredRedirect is the redirect URI as it is registered: without the port, which
// may be another each time (RFC 8252, section 7.3).
func registeredRedirect(uri string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	host, path, _ := strings.Cut(rest, "/")
	name, _, _ := strings.Cut(host, ":")
	return scheme + "://" + name + "/" + path
}

// awaitsPage tells whether the page of a sign-in may yet lead back, to who waits for it
// or does no more.
func (d *desk) awaitsPage() bool {
	return slices.ContainsFunc(d.jobs, func(j job) bool {
		in, ok := j.(*signInJob)
		_, left := j.(*leftPage)
		return left || ok && !in.wanted && in.state.Nonce != "" && in.state.Code == ""
	})
}

// catching is what is known of the network rule.
type catching int

const (
	maybeCatching catching = iota // an earlier worker left it, or did not
	notCatching
	isCatching
)

// catch has the browser lead back to us, before anything is stored that waits for it.
// The caller holds b.state.
func (b *Backend) catch(ctx context.Context, d *desk) error {
	if !d.awaitsPage() || b.catching == isCatching {
		return nil
	}
	if err := b.Browser.CatchRedirect(ctx, redirectRule, b.Redirect); err != nil {
		return err
	}
	b.catching = isCatching
	return nil
}

// release has it do so no more, once nothing that waits for it is stored. A rule that
// can't be taken off leads to a page that says that nobody waits. The caller holds
// b.state.
func (b *Backend) release(ctx context.Context, d *desk) {
	if b.Redirect == "" || d.awaitsPage() || b.catching == notCatching {
		return
	}
	if b.Browser.CatchRedirect(ctx, redirectRule, "") == nil {
		b.catching = notCatching
	}
}

// prepare makes the page on which access is allowed, and opens it, unless so much
// time has passed that it would come as a surprise.
func (j *signInJob) prepare(ctx context.Context, b *Backend, client *ssocore.Client) error {
	verifier, err := ssocore.NewCodeVerifier(b.Random)
	if err != nil {
		return err
	}
	nonce, err := ssocore.NewState(b.Random)
	if err != nil {
		return err
	}
	page, err := client.AuthorizeURL(&ssocore.AuthorizeInput{ClientID: j.state.Client.ClientID, RedirectURI: b.Redirect, State: nonce, CodeVerifier: verifier})
	if err != nil {
		return err
	}
	open := "" // empty if it would be a surprise
	if err := advance(ctx, b, j, func(_ *session, current *signInJob) error {
		now := b.Clock.Now()
		age := now.Sub(current.since)
		current.state = current.state.Prepared(page, verifier, nonce, now)
		if current.state.Opened = age >= 0 && age < surprise; current.state.Opened {
			open = current.state.Page
		}
		current.since, current.life = now, signin.PageLife
		current.next(now)
		return nil
	}); err != nil || open == "" || b.openPage(ctx, j.portal, j.id, open) == nil {
		return err
	}
	return advance(ctx, b, j, func(_ *session, current *signInJob) error {
		current.state.Opened = false // so it is offered
		return nil
	})
}

// surprise is how long after it was asked for a page may open by itself.
const surprise = 30 * time.Second

// await takes note that the page has not led back for a while.
func (j *signInJob) await(ctx context.Context, b *Backend) error {
	return advance(ctx, b, j, func(_ *session, current *signInJob) error {
		if current.state.Code == "" {
			current.state = current.state.Awaited()
		}
		current.next(b.Clock.Now())
		return nil
	})
}

// next has the next step of a sign-in taken when it is due.
func (j *signInJob) next(now time.Time) {
	_, wait := j.state.Next(now)
	j.at(now, wait)
}

// returned takes what the page of a sign-in led back with, and tells how the sign-in
// ended. What no sign-in waits for changes nothing: anybody can open our page.
func (b *Backend) returned(ctx context.Context, r message.Return) (message.Returned, error) {
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return message.Returned{}, err
	}
	j := deskFrom(stored[jobsKey]).awaiting(r)
	if j == nil {
		b.forgetLeftPage(ctx, r.Tab)
		return message.Returned{}, words.NobodyWaits()
	}
	if err := advance(ctx, b, j, func(s *session, current *signInJob) error {
		current.returned(s, r, b.Clock.Now())
		return nil
	}); err != nil {
		return message.Returned{}, err
	}
	if err := b.await(ctx, j.id); err != nil {
		return message.Returned{}, err
	}
	s, err := b.load(ctx, j.portal)
	if err != nil {
		return message.Returned{}, err
	}
	if s.problem != nil {
		return message.Returned{}, s.problem
	}
	if !s.alive() {
		return message.Returned{}, words.CutOff()
	}
	b.closeReturned(ctx, r)
	b.summon(ctx)
	return message.Returned{Portal: printable(j.portal.Name())}, nil
}

// closeReturned closes the tab of a page that has led back, if it still shows: else it
// says that it can be closed, or the person has gone on elsewhere in its tab.
func (b *Backend) closeReturned(ctx context.Context, r message.Return) {
	if url, open, err := b.Browser.Tab(ctx, r.Tab); err == nil && open && r.Page != "" && strings.HasPrefix(url, r.Page) {
		_ = b.Browser.CloseTab(ctx, r.Tab)
	}
}

// awaiting gives the sign-in that waits for what came.
func (d *desk) awaiting(r message.Return) *signInJob {
	if r.State == "" || len(r.Code) > longestCode {
		return nil
	}
	for _, j := range d.jobs {
		if in, ok := j.(*signInJob); ok && !in.wanted && in.state.Nonce.Reveal() == r.State {
			return in
		}
	}
	return nil
}

// returned takes a code, or why there is none.
func (j *signInJob) returned(s *session, r message.Return, now time.Time) {
	switch {
	case r.Code != "":
		j.state = j.state.Returned(ssocore.Secret(r.Code))
		j.atOnce()
	case j.state.Code == "":
		s.desk.answered(j)
		s.end(j)
		switch {
		case r.Error == "access_denied":
			s.problem = words.SignInDenied()
		case isErrorCode(r.Error):
			s.problem = words.NotAllowedFor(r.Error)
		default:
			s.problem = words.NotAllowed()
		}
	}
}

// isErrorCode tells whether what a page led back with is the code of an error, such as
// invalid_request: what else may stand there, prose say, helps nobody.
func isErrorCode(s string) bool {
	const longest = 40
	return s != "" && len(s) <= longest && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_.-", r)
	})
}
