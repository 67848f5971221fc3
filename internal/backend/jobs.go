package backend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/signin"
)

// kinds is the table of jobs: every kind of work that outlives a message. A new
// kind is a file with a type that is a [job], and a line here.
var kinds = []kind{
	{signInKind, codeLife, func() job { return new(signInJob) }},
	{refreshingKind, 0, func() job { return new(refreshing) }},
	{endingKind, 0, func() job { return new(ending) }},
	{listingKind, listingLife, func() job { return new(listing) }},
	{bookmarkKind, bookmarkLife, func() job { return new(bookmarkJob) }},
	{copyKind, copyLife, func() job { return new(copyJob) }},
	{clearingKind, clearingLife, func() job { return new(clearing) }},
	{leavingKind, leavingLife, func() job { return new(leavingJob) }},
	{removalKind, 0, func() job { return new(removal) }},
	{pageKind, signin.PageLife, func() job { return new(leftPage) }},
	{addingKind, addingLife + addingStands, func() job { return new(adding) }},
}

// kind is one kind of job, how long one may take, and what its record is read into.
type kind struct {
	name string
	life time.Duration // at most; 0 for as long as it needs
	make func() job
}

// job is one piece of pending work. It is found in storage by its record, so
// that any worker can go on with it.
type job interface {
	base() *record
	// list passes over what the kind keeps beside the record, secrets included.
	list(c message.Codec)
	// do takes one short step and stores where that leads, by [Backend.advance].
	// While its answer is awaited others change storage: what it knows of the
	// session may be old. An error goes to fail.
	do(ctx context.Context, b *Backend) error
	// fail takes note of a step that failed: it puts the job off, or ends it and
	// says why.
	fail(s *session, now time.Time, err error)
	// expire ends the job when its time is over.
	expire(s *session)
}

// visible is a job of which the status tells more than that it has a problem.
type visible interface{ show(s *message.Status) }

// insistent is a job that is tried a last time when its time is over: the worker
// may have slept through it.
type insistent interface{ lastTry(now time.Time) bool }

// record is what every job keeps.
type record struct {
	id     int64 // no two jobs have the same: an answer to a job that is no more is known by it
	kind   string
	portal portal.Portal

	since time.Time     // when it was begun
	life  time.Duration // how long it may take; 0 for as long as it needs

	// due is when the next step is to be taken, wait how long that was to be
	// waited for. A clock that was set back moves due away, but never makes the
	// wait longer.
	due  time.Time
	wait time.Duration

	// held says that no step can be taken before something else has happened: a
	// permission is granted, say. Who sees that happen lets go.
	held bool

	tries   int            // steps that failed, in a row
	problem *message.Error // why it does not go on; nil if it does
}

func (r *record) base() *record { return r }

// at has the next step taken after a while.
func (r *record) at(now time.Time, wait time.Duration) {
	r.due, r.wait = now.Add(wait), wait
}

// atOnce has the next step taken now. What went wrong before counts no more.
func (r *record) atOnce() {
	r.due, r.wait, r.tries, r.problem = time.Time{}, 0, 0, nil
}

// until is how long the next step has to wait by the clock.
func (r *record) until(now time.Time) time.Duration {
	return max(0, min(r.due.Sub(now), r.wait))
}

// over tells whether the job's time is up. What is held since a time in the
// future was begun before the clock was set back: nobody knows how long ago.
func (r *record) over(now time.Time) bool {
	age := now.Sub(r.since)
	return r.life > 0 && (age >= r.life || r.held && age < -setBack)
}

// The steps that fail are taken again ever later.
const (
	firstRetry = 15 * time.Second
	lastRetry  = 15 * time.Minute
)

// backoff is how long to wait after so many failures in a row.
func backoff(failures int) time.Duration {
	if failures <= 0 {
		return 0
	}
	return min(firstRetry<<min(failures-1, 10), lastRetry)
}

// putOff has a step that failed taken again, later the more often it failed.
func (r *record) putOff(now time.Time, err error) {
	r.tries++
	r.at(now, backoff(r.tries))
	r.problem = explain(err)
}

// shared passes over what every kind keeps but the ID, by which it is stored.
func (r *record) shared(c message.Codec) {
	c.Text("kind", &r.kind)
	c.Text("portal", &r.portal.ID)
	c.Text("startUrl", &r.portal.StartURL)
	c.Text("region", &r.portal.Region)
	c.Time("since", &r.since)
	c.Span("life", &r.life)
	c.Time("due", &r.due)
	c.Span("wait", &r.wait)
	c.Bool("held", &r.held)
	c.Count("tries", &r.tries)
	c.Error("problem", &r.problem)
}

// bound has a record that was read wait and live no longer than its kind does,
// whatever was stored.
func (r *record) bound(k kind) {
	if r.life <= 0 || r.life > k.life {
		r.life = k.life
	}
	longest := lastRetry
	if k.name == refreshingKind || k.name == endingKind {
		longest = longestRest
	}
	r.wait = min(max(r.wait, 0), longest)
}

// fieldsOf gives the stored form of a job.
func fieldsOf(j job) message.Fields { return message.FieldsOf(j.base().shared, j.list) }

// jobsKey is where the jobs of all portals are kept, in memory-only storage:
// their records hold secrets. A job may outlive its portal.
const jobsKey = "jobs"

// desk holds all jobs there are.
type desk struct {
	last  int64        // the last ID that was given
	jobs  []job        // in the order of their IDs
	added bool         // a portal was to be added, as the popup knows
	pages []*signInJob // whose page was open, as they were
	// doubts are the digests of the portals that were removed without their
	// confirming that the session is over, the last ones last.
	doubts []string
}

// mostDoubts is of how many removed portals is remembered that they did not
// confirm.
const mostDoubts = 100

// doubt remembers that a portal that was removed did not confirm.
func (d *desk) doubt(id string) {
	d.trust(id)
	d.doubts = append(d.doubts, digest(id))
	d.doubts = d.doubts[max(0, len(d.doubts)-mostDoubts):]
}

// trust forgets what was remembered of a portal.
func (d *desk) trust(id string) {
	d.doubts = slices.DeleteFunc(d.doubts, func(known string) bool { return known == digest(id) })
}

func deskFrom(text string) *desk {
	f := message.ParseText(text)
	d := &desk{last: message.ParseInt(f["last"]), doubts: strings.Fields(f["doubt"])}
	for name, value := range f {
		if id := message.ParseInt(name); id > 0 {
			d.read(id, message.ParseText(value))
		}
	}
	d.added, d.pages = d.adding() != nil, d.openPages()
	return d
}

func (d *desk) read(id int64, f message.Fields) {
	for _, k := range kinds {
		if k.name == f["kind"] && f["portal"] != "" && f["startUrl"] != "" {
			j := k.make()
			f.Read(j.base().shared, j.list)
			j.base().id = id
			j.base().bound(k)
			// There are few; package slices' sorting would be 20 KB of program.
			i := len(d.jobs)
			for i > 0 && d.jobs[i-1].base().id > id {
				i--
			}
			d.jobs = append(d.jobs, nil)
			copy(d.jobs[i+1:], d.jobs[i:])
			d.jobs[i] = j
		}
	}
}

func (d *desk) text() string {
	f := message.Fields{"last": message.FormatInt(d.last), "doubt": strings.Join(d.doubts, " ")}
	for _, j := range d.jobs {
		f[message.FormatInt(j.base().id)] = fieldsOf(j).Text()
	}
	return f.Text()
}

// add puts a new job on the desk. IDs count on from the time: they differ from
// those that were given before the desk was lost.
func (d *desk) add(j job, kind string, p portal.Portal, now time.Time) {
	d.last = max(d.last+1, now.UnixMilli())
	r := j.base()
	r.id, r.kind, r.portal, r.since = d.last, kind, p, now
	d.jobs = append(d.jobs, j)
}

func (d *desk) remove(id int64) {
	d.jobs = slices.DeleteFunc(d.jobs, func(j job) bool { return j.base().id == id })
}

func (d *desk) find(id int64) job {
	for _, j := range d.jobs {
		if j.base().id == id {
			return j
		}
	}
	return nil
}

// soonest tells whether there is work that must go on without the popup, and how
// long that has time.
func (d *desk) soonest(now time.Time) (wait time.Duration, pending bool) {
	for _, j := range d.jobs {
		r := j.base()
		if r.held {
			continue
		}
		if until := r.until(now); !pending || until < wait {
			wait, pending = until, true
		}
	}
	return wait, pending
}

// jobOf gives a portal's job of one kind; nil if there is none.
func jobOf[J job](s *session) J {
	for _, j := range s.desk.jobs {
		if own, ok := j.(J); ok && j.base().portal == s.portal {
			return own
		}
	}
	var none J
	return none
}

// errStale reports an answer to something that is over: the person signed out,
// cancelled or removed the portal meanwhile. It ends work silently.
var errStale = errors.New("answer of an earlier session")

// advance changes a job and the session it belongs to, as update does. A job
// that is no more is errStale.
func advance[J job](ctx context.Context, b *Backend, mine J, change func(s *session, current J) error) error {
	_, err := b.change(ctx, mine.base().portal, func(s *session) error {
		current, ok := s.desk.find(mine.base().id).(J)
		if !ok {
			return errStale
		}
		return change(s, current)
	})
	return err
}

// end takes a job off the desk.
func (s *session) end(j job) { s.desk.remove(j.base().id) }
