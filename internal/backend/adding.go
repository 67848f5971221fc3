package backend

import (
	"context"
	"errors"
	"strings"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
	"portico/internal/words"
	"portico/ssocore"
)

// A portal that somebody enters is asked whether it is there before anything of it is
// kept: for a device code, which is forgotten at once. No other request tells that
// without a page, whichever way one signs in later. One that hands out no such codes
// has answered, too: what else is wrong with it the sign-in says.

// addingKind is the kind of an adding.
const addingKind = "adding"

const (
	// addingID stands in the records of addings where others have a portal's ID: what
	// is not in the list has none.
	addingID = "+"

	// addingLife is how long an adding may wait for access or for the portal, and
	// addingStands how long it is said what became of it.
	addingLife   = 10 * time.Minute
	addingStands = 10 * time.Minute

	// askingPatience is how long somebody is to wait for one answer, all attempts
	// together.
	askingPatience = 20 * time.Second
)

// adding is a portal that is to be added once it has said that it is one. It is held
// until there is access to its hosts.
type adding struct {
	record        // its portal is what would be added, but for the ID
	named  string // ID of the one that is to be corrected; empty if it is new
	typed  string // the start URL as it was entered
	front  string // a company's own address that led there; mostly empty
	way    signin.Way
	client signin.Registration
	// There was an answer: it is a portal, or it is refused, for the problem. If it is
	// silent there was none, and nobody knows.
	answered, refused, silent bool
}

func (j *adding) list(c message.Codec) {
	c.Text("named", &j.named)
	c.Text("typed", &j.typed)
	c.Text("front", &j.front)
	c.Text("way", (*string)(&j.way))
	j.client.List("client", c)
	c.Bool("answered", &j.answered)
	c.Bool("refused", &j.refused)
	c.Bool("silent", &j.silent)
}

// adding gives the portal that is to be added; nil if there is none.
func (d *desk) adding() *adding {
	for _, j := range d.jobs {
		if own, ok := j.(*adding); ok {
			return own
		}
	}
	return nil
}

// public is what the popup may know of it.
func (j *adding) public() (a message.Adding) {
	if j == nil {
		return a
	}
	a.Portal, a.StartURL, a.Region, a.Front = j.named, j.portal.StartURL, j.portal.Region, j.front
	a.ByCode, a.Typed, a.Problem, a.Silent = j.way == signin.ByCode, j.typed, j.problem, j.silent
	switch a.Phase = message.AddAsking; {
	case j.refused:
		a.Phase = message.AddRefused
	case j.held:
		a.Phase = message.AddWanted
	}
	return a
}

// want has it wait for access. The person may say no to the browser, which tells
// nobody: so it says what is missing.
func (j *adding) want(now time.Time) {
	j.held, j.since, j.life, j.problem = true, now, addingLife, words.NeedsHostsToAdd()
}

// proceed has the portal asked now.
func (j *adding) proceed(now time.Time) {
	j.held, j.since, j.life = false, now, addingLife
	j.atOnce()
}

// refuse has it stand for a while that the portal is not added, and why.
func (j *adding) refuse(now time.Time, why *message.Error) {
	j.refused, j.since, j.life = true, now, addingLife+addingStands
	j.at(now, addingStands)
	j.problem = why
}

// askPortal has a portal asked and then added, in place of any that is asked. One that
// is in the list just so is not asked, nor is the demo organisation.
func (b *Backend) askPortal(ctx context.Context, n message.NewPortal) (message.Access, error) {
	p, err := b.parsePortal(n)
	if err != nil {
		return message.Access{}, err
	}
	all, err := b.portals(ctx)
	if err != nil {
		return message.Access{}, err
	}
	if known := leadsTo(all, p); n.Unasked || p.Demo() || known.StartURL == p.StartURL && known.Region == p.Region {
		access, err := b.addPortal(ctx, n)
		if err == nil {
			err = b.forgetAdding(ctx) // which gives back what is not needed now
		}
		return access, err
	}
	way, err := b.wayFor(ctx, p, n.ByCode)
	if err != nil {
		return message.Access{}, err
	}
	lacking := b.lacking(ctx, p, way)
	if lacking != nil && !lacksAccess(lacking) {
		return message.Access{}, lacking
	}
	p.ID = addingID
	if err := b.changeAdding(ctx, func(s *session, was *adding) {
		if was != nil && was.portal == p && was.way == way && !was.refused && (lacking == nil) == !was.held {
			return // under way
		}
		if was != nil {
			s.end(was)
		}
		j := &adding{named: n.Portal, typed: n.StartURL, front: n.Front, way: way}
		s.desk.add(j, addingKind, p, s.now)
		if j.proceed(s.now); lacking != nil {
			j.want(s.now)
		}
	}); err != nil || lacking == nil {
		return message.Access{}, err
	}
	return message.Access{Origins: strings.Join(b.originsFor(p, way), " ")}, nil
}

// changeAdding changes what is to be added; was is nil if there is nothing. Access that
// was needed for that alone is given back.
func (b *Backend) changeAdding(ctx context.Context, change func(s *session, was *adding)) error {
	var before portal.Portal
	_, err := b.change(ctx, portal.Portal{ID: addingID}, func(s *session) error {
		was := s.desk.adding()
		if was != nil {
			before = was.portal
		}
		s.desk.added = true
		change(s, was)
		return nil
	})
	if err == nil && before.ID != "" {
		b.giveBack(b.ctx, before, 0) // who changes it may be the job that ends with that
	}
	return err
}

// forgetAdding forgets what is to be added.
func (b *Backend) forgetAdding(ctx context.Context) error {
	return b.changeAdding(ctx, func(s *session, was *adding) {
		if was != nil {
			s.end(was)
		}
	})
}

// goOnAdding has the portal asked that waited for access, if there is access now. It
// tells whether it did.
func (b *Backend) goOnAdding(ctx context.Context) bool {
	stored, err := b.Session.Get(ctx, jobsKey, message.AddingKey)
	if err != nil {
		return false
	}
	j := deskFrom(stored[jobsKey]).adding()
	switch {
	case j == nil && stored[message.AddingKey] != "":
		_ = b.forgetAdding(ctx) // the jobs were lost
		return false
	case j == nil || !j.held || j.over(b.Clock.Now()) || b.lacking(ctx, j.portal, j.way) != nil:
		return false
	}
	return advance(ctx, b, j, func(s *session, current *adding) error {
		current.proceed(s.now)
		return nil
	}) == nil
}

// do asks the portal, and adds it once it has answered.
func (j *adding) do(ctx context.Context, b *Backend) error {
	switch {
	case j.refused:
		return b.forgetAdding(ctx) // that stood for long enough
	case j.answered:
		return b.addAnswered(j)
	}
	client, err := b.client(ctx, j.portal)
	if err != nil {
		return err
	}
	state := signin.Begin(signin.ByCode, j.client)
	state.Fresh = j.client.ClientID != ""
	call, _ := state.Next(b.Clock.Now())
	patiently, cancel := context.WithTimeout(ctx, askingPatience)
	defer cancel()
	next, err := b.signInCall(patiently, client, j.portal, state, call)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return advance(ctx, b, j, func(s *session, current *adding) error {
		current.heard(next.Client, call, err, s.now)
		return nil
	})
}

// heard takes what a call led to. A device code is none of it.
func (j *adding) heard(client signin.Registration, call signin.Call, err error, now time.Time) {
	j.client = client
	switch {
	case isUnknown(err):
		why := *explain(err)
		if why.Field = message.RegionField; strings.Contains(j.portal.Host(), j.portal.Region) {
			why.Field = message.StartURLField // which names the region
		}
		j.refuse(now, &why)
	case err != nil && (signin.Passing(err) || errors.Is(err, context.DeadlineExceeded)):
		j.silent = true
		j.refuse(now, explain(err))
	default:
		j.answered = err != nil || call == signin.Authorize
		j.atOnce()
	}
}

// isUnknown tells whether a portal was asked in a region that has not got it.
func isUnknown(err error) bool {
	var elsewhere *ssocore.InvalidRequestRegionException
	var invalid *ssocore.InvalidRequestException
	return errors.As(err, &elsewhere) ||
		errors.As(err, &invalid) && invalid.Operation == "StartDeviceAuthorization" && !strings.HasPrefix(invalid.Reason, "KMS_")
}

// addAnswered adds a portal that has answered, and begins to sign in there. A worker
// that dies between the two finds the portal as it was to be.
func (b *Backend) addAnswered(j *adding) error {
	n := message.NewPortal{Portal: j.named, StartURL: j.portal.StartURL, Region: j.portal.Region, Front: j.front}
	_, err := b.putPortal(b.ctx, j.portal, n, j, func(s *session) {
		if s.desk.find(j.id) == nil {
			return // somebody changed their mind meanwhile
		}
		s.desk.remove(j.id)
		if j.client.ClientID != "" {
			s.byCode = j.client
		}
		s.beginSignIn(j.way, s.now)
		if in := jobOf[*signInJob](s); j.since.Before(in.since) {
			in.since = j.since // so that its page is no surprise
		}
	})
	if err == nil {
		b.giveBack(b.ctx, j.portal, 0) // its client
	}
	return err
}

// isWanted tells by errStale that somebody changed their mind. The caller holds b.state.
func (b *Backend) isWanted(ctx context.Context, j *adding) error {
	stored, err := b.Session.Get(ctx, jobsKey)
	if err == nil && deskFrom(stored[jobsKey]).find(j.id) == nil {
		err = errStale
	}
	return err
}

// fail says why a portal can't be added; what may pass is tried again.
func (j *adding) fail(_ *session, now time.Time, err error) {
	why := explain(err)
	switch {
	case lacksAccess(err):
		j.want(now)
	case why.Code == message.InvalidInput, why.Code == message.UnknownPortal:
		j.refuse(now, why)
	default:
		j.putOff(now, err)
	}
}

// expire forgets it without a word: nobody has allowed it, or could.
func (j *adding) expire(*session) {}
