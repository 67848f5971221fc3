package backend

import (
	"context"
	"time"

	"portico/internal/message"
)

const (
	// alarm wakes a worker that was stopped while work was pending. Browsers
	// allow no shorter period than half a minute.
	alarm        = "work"
	alarmMinutes = 0.5
)

// runner does one portal's pending work, one step after the other.
type runner struct {
	kicked  bool               // storage changed since the step began
	waiting bool               // between steps
	cancel  context.CancelFunc // ends the step or the wait
}

// kick has a portal's pending work done. A runner that waits looks again at
// once.
func (b *Backend) kick(p message.Portal) { b.nudge(p.StartURL, false) }

// interrupt is kick, but ends the call under way too: it is for a session that
// is over.
func (b *Backend) interrupt(p message.Portal) { b.nudge(p.StartURL, true) }

func (b *Backend) nudge(startURL string, always bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.runners[startURL]; r != nil {
		r.kicked = true
		if r.waiting || always {
			r.cancel()
		}
		return
	}
	r := &runner{cancel: func() {}}
	b.runners[startURL] = r
	go b.run(startURL, r)
}

// run does steps until nothing is left that can be done now.
func (b *Backend) run(startURL string, r *runner) {
	for {
		ctx := b.begin(r)
		wait, more := b.step(ctx, startURL)
		if more && wait > 0 {
			b.rest(ctx, r, wait)
		}
		r.cancel()
		if !more && b.end(startURL, r) {
			b.settleAlarm(b.ctx)
			return
		}
		if b.ctx.Err() != nil {
			return
		}
	}
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
		_ = b.Clock.Sleep(ctx, wait) // cut short by a kick
	}
	b.mu.Lock()
	r.waiting = false
	b.mu.Unlock()
}

// end takes the runner off, unless something changed since the step began.
func (b *Backend) end(startURL string, r *runner) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.kicked && b.ctx.Err() == nil {
		return false
	}
	delete(b.runners, startURL)
	return true
}

// step does the next thing that is pending. It tells whether there may be more
// to do, and after how long. When there is not, either nothing is pending or the
// alarm tries again.
func (b *Backend) step(ctx context.Context, startURL string) (wait time.Duration, more bool) {
	// Read anew each time: its region may have been corrected.
	p, err := b.portal(ctx, startURL)
	if err != nil {
		return 0, false
	}
	s, err := b.load(ctx, p)
	if err != nil {
		return 0, false
	}
	switch {
	case s.leaving && b.abandonSignOut(ctx, p):
		return 0, true
	case s.signIn != nil:
		call, wait := s.signIn.Next(b.Clock.Now())
		if wait > 0 {
			return wait, true
		}
		return 0, b.signInStep(ctx, p, s, call)
	case s.listing():
		return 0, b.syncStep(ctx, p, s)
	}
	return 0, false
}

// settleAlarm takes the alarm off once no portal needs it.
func (b *Backend) settleAlarm(ctx context.Context) {
	b.state.Lock()
	defer b.state.Unlock()
	portals, err := b.portals(ctx)
	if err != nil {
		return
	}
	for _, p := range portals.All {
		if s, err := b.load(ctx, p); err != nil || s.pending() {
			return
		}
	}
	_ = b.Browser.ClearAlarm(ctx, alarm) // one ring too many does no harm
}
