package backend

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

const (
	// alarm wakes a worker that was stopped while work was pending, when the next
	// step is due, and then every half a minute, the shortest that browsers allow.
	alarm       = "work"
	alarmPeriod = 30 * time.Second

	// burst is how many steps a job may take without a pause between them, and
	// breath is that pause: whatever a portal answers, it is not asked faster.
	burst  = 8
	breath = time.Second
)

// runner takes the steps of one job. Each job has its own, so that none waits
// for another.
type runner struct {
	id      int64
	heard   chan struct{} // closed once there is an outcome
	outcome error         // how the job ended, or why it is put off
	once    sync.Once

	// Guarded by Backend.mu:
	kicked  bool // storage changed since the step began
	waiting bool // between steps
	cancel  context.CancelFunc

	// The runner's own:
	due     time.Time     // what it waits for
	waited  time.Time     // since when
	since   time.Time     // when the job was begun, as its record has it
	seen    time.Time     // since when this worker knows of that
	older   time.Duration // the job's age then
	steps   int           // taken without a pause
	refused int           // failures in a row that could not be stored
}

// dispatch gives each job a runner and has those that wait look again. Runners
// of jobs that are no more end, whatever they wait for.
func (b *Backend) dispatch(d *desk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, j := range d.jobs {
		b.runner(j.base().id)
	}
	for id, r := range b.runners {
		gone := d.find(id) == nil
		r.kicked = true
		if r.waiting || gone {
			r.cancel()
		}
	}
}

// runner gives a job's runner, starting it if there is none.
func (b *Backend) runner(id int64) *runner {
	r := b.runners[id]
	if r == nil {
		r = &runner{id: id, cancel: func() {}, heard: make(chan struct{})}
		b.runners[id] = r
		delete(b.outcomes, id)
		go b.run(r)
	}
	return r
}

// await waits until a job is over or put off, and tells why.
func (b *Backend) await(ctx context.Context, id int64) error {
	b.mu.Lock()
	if outcome, ended := b.outcomes[id]; ended {
		b.mu.Unlock()
		return outcome // quicker than we came here
	}
	r := b.runner(id)
	b.mu.Unlock()
	select {
	case <-r.heard:
		return r.outcome
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run takes steps until nothing is left that can be done now.
func (b *Backend) run(r *runner) {
	for {
		ctx := b.begin(r)
		var wait time.Duration
		var more bool
		if err := guarded(func() error {
			var j job
			if j, wait, more = b.due(r); j != nil {
				wait, more = b.step(ctx, r, j)
			}
			return nil
		}); err != nil { // the runner goes on whatever becomes of that
			r.tell(err)
			r.refused++
			wait, more = backoff(r.refused), true
		}
		if more && wait > 0 {
			b.rest(ctx, r, wait)
		}
		r.cancel()
		if (!more || b.ctx.Err() != nil) && b.finish(r) {
			b.settleAlarm(b.ctx)
			return
		}
	}
}

// tell has those who wait hear how the job ended, or why it is put off.
func (r *runner) tell(outcome error) {
	r.once.Do(func() {
		r.outcome = outcome
		close(r.heard)
	})
}

func (b *Backend) begin(r *runner) context.Context {
	b.mu.Lock()
	defer b.mu.Unlock()
	ctx, cancel := context.WithCancel(b.ctx)
	r.kicked, r.cancel = false, cancel
	return ctx
}

// rest waits, unless something changed since the step began.
func (b *Backend) rest(ctx context.Context, r *runner, wait time.Duration) {
	b.mu.Lock()
	r.waiting = !r.kicked
	b.mu.Unlock()
	if r.waiting {
		_ = b.Clock.Sleep(ctx, wait) // cut short by a change
	}
	b.mu.Lock()
	r.waiting = false
	b.mu.Unlock()
}

// finish takes the runner off, unless something changed since the step began. How
// it ended is remembered for who comes late.
func (b *Backend) finish(r *runner) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.kicked && b.ctx.Err() == nil {
		return false
	}
	r.tell(b.ctx.Err())
	b.outcomes[r.id] = r.outcome
	delete(b.runners, r.id)
	return true
}

// due gives the job if its next step is due. One whose time is over it ends. Else it
// tells whether there may be something to do later, and after how long. When there is
// not, either the job is over or waits for something else, or the alarm tries again.
// A change does not cut it short: who waits would take that for how the job ended.
func (b *Backend) due(r *runner) (j job, wait time.Duration, more bool) {
	ctx := b.ctx
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		r.tell(err)
		return nil, 0, false
	}
	j = deskFrom(stored[jobsKey]).find(r.id)
	if j == nil {
		return nil, 0, false
	}
	now := b.Clock.Now()
	own := j.base()
	age := r.age(own, now)
	switch wait := r.remaining(own, now); {
	case own.over(now) || own.life > 0 && age >= own.life:
		return nil, 0, b.expire(ctx, r, j, now) == nil
	case own.life > 0 && now.Sub(own.since) < -setBack:
		return nil, 0, b.date(ctx, r, j, now.Add(-age)) == nil
	case own.held && own.life == 0:
		return nil, 0, false
	case own.held:
		b.settleAlarm(ctx) // nobody has to be woken for it
		return nil, own.life - age, true
	case own.life > 0 && own.life-age < wait:
		return nil, own.life - age, true
	case wait > 0:
		return nil, wait, true
	}
	return j, 0, true
}

// expire ends a job whose time is over, unless it has a last try.
func (b *Backend) expire(ctx context.Context, r *runner, j job, now time.Time) error {
	tried := false
	err := advance(ctx, b, j, func(s *session, current job) error {
		if last, ok := current.(insistent); ok && last.lastTry(now) {
			tried = true
			return nil
		}
		s.end(current)
		current.expire(s)
		return nil
	})
	if err != nil || !tried {
		r.tell(errTooLate)
	}
	return err
}

// setBack is by how much a job may seem to be begun in the future.
const setBack = time.Minute

// date notes when a job was begun by the clock as it is now: it was set back.
func (b *Backend) date(ctx context.Context, r *runner, j job, since time.Time) error {
	err := advance(ctx, b, j, func(_ *session, current job) error {
		current.base().since = since
		return nil
	})
	if err != nil {
		r.tell(err)
	}
	return err
}

// age is how long ago a job was begun. What this worker has seen of that counts,
// whatever became of the clock meanwhile.
func (r *runner) age(j *record, now time.Time) time.Duration {
	if r.seen.IsZero() || !r.since.Equal(j.since) {
		r.since, r.seen, r.older = j.since, time.Now(), max(0, now.Sub(j.since))
	}
	return max(now.Sub(j.since), r.older+time.Since(r.seen))
}

// remaining is how long a job still has to wait. What this worker has waited
// counts, whatever became of the clock meanwhile.
func (r *runner) remaining(j *record, now time.Time) time.Duration {
	if !r.due.Equal(j.due) {
		r.due, r.waited = j.due, time.Now()
	}
	wait := min(j.until(now), max(0, j.wait-time.Since(r.waited)))
	if wait > 0 {
		r.steps = 0
	}
	return wait
}

// step takes one step of a job and has it put off or ended if that fails.
func (b *Backend) step(ctx context.Context, r *runner, j job) (wait time.Duration, more bool) {
	if r.steps++; r.steps > burst {
		if b.Clock.Sleep(ctx, breath) != nil {
			return 0, true
		}
	}
	began := time.Now()
	err := guarded(func() error { return j.do(ctx, b) })
	if time.Since(began) >= breath {
		r.steps = 0
	}
	if ctx.Err() != nil {
		return 0, true // it is over, or the worker is
	}
	if err == nil {
		r.refused = 0
		return 0, true
	}
	defer r.tell(err)
	stored := advance(ctx, b, j, func(s *session, current job) error {
		current.fail(s, b.Clock.Now(), err)
		return nil
	})
	if stored != nil && !errors.Is(stored, errStale) {
		r.refused++
		return backoff(r.refused), true
	}
	return 0, true
}

// errTooLate reports a job whose time was over before it was done.
var errTooLate = errors.New("it took too long")

// guarded calls what may panic: that is an error like others, so that one
// answer that nobody thought of does not take all work with it.
func guarded(call func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &panicError{cause}
		}
	}()
	return call()
}

// meanwhile does work while its caller goes on. What it gives waits for that.
func meanwhile(work func() error) (done func() error) {
	ended := make(chan error, 1)
	go func() { ended <- guarded(work) }()
	return func() error { return <-ended }
}

// survive handles an event. What it panics at is met again, and told, by the job
// that it concerns.
func (b *Backend) survive(ctx context.Context, handle func(context.Context)) {
	_ = guarded(func() error {
		if err := b.migrated(ctx); err != nil {
			return err
		}
		handle(ctx)
		return nil
	})
}

// panicError reports a fault of our own. Its text may hold anything.
type panicError struct{ cause any }

func (e *panicError) Error() string {
	kind := "panic"
	if _, ok := e.cause.(runtime.Error); ok {
		kind = "runtime error"
	}
	return words.Mistake(kind)
}

// settleAlarm takes the alarm off once no job needs it.
func (b *Backend) settleAlarm(ctx context.Context) {
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return
	}
	if _, pending := deskFrom(stored[jobsKey]).soonest(b.Clock.Now()); pending {
		return
	}
	_ = b.Browser.ClearAlarm(ctx, alarm) // one ring too many does no harm
}

// setAlarm has a worker there for the next step, whatever becomes of this one.
func (b *Backend) setAlarm(ctx context.Context, d *desk) error {
	wait, pending := d.soonest(b.Clock.Now())
	if !pending {
		return nil
	}
	return b.Browser.CreateAlarm(ctx, alarm, max(wait, alarmPeriod).Minutes(), alarmPeriod.Minutes())
}

// resume sets all pending work going.
func (b *Backend) resume(ctx context.Context) {
	portals, err := b.portals(ctx)
	if err != nil {
		return // the alarm rings again
	}
	for _, p := range portals.All {
		b.settleMove(ctx, p)
		_ = b.followFor(ctx, p) // which an earlier worker may have died before
	}
	if d := b.takeUp(ctx); d != nil && len(d.jobs) == 0 {
		b.settleAlarm(ctx)
	}
}

// takeUp sets going the jobs that are stored, and gives the desk; nil if that can't be
// read. None is changed meanwhile: what is done by an old desk would undo that.
func (b *Backend) takeUp(ctx context.Context) *desk {
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return nil
	}
	d := deskFrom(stored[jobsKey])
	b.release(ctx, d) // which an earlier worker may have died before
	b.dispatch(d)
	return d
}

// settleMove ends the old session of a portal that was corrected by a worker that
// died before it could.
func (b *Backend) settleMove(ctx context.Context, p portal.Portal) {
	key := sessionPrefix + p.ID
	stored, err := b.Session.Get(ctx, key)
	if err != nil || stored[key] == "" {
		return
	}
	if f := message.ParseText(stored[key]); f["startUrl"] == p.StartURL && f["region"] == p.Region {
		return
	}
	_, _ = b.update(ctx, p, func(*session) error { return nil }) // else at the next ring
}
