package directory

import (
	"context"
	"sync"
	"time"
)

const (
	// workers is how many role listings are under way at once, of a source that
	// does not pace: a guess that hurts nobody.
	workers = 8
	// fewest and most bound how many there are of a source that does. The fewest
	// reach 20 requests a second with answers that take 800 ms; more than the most
	// is more than a browser sends at once.
	fewest = 16
	most   = 64
	// delayed is by how much an answer takes longer than the soonest if it waited
	// behind others: in a browser, say, that has six connections for all of them.
	delayed = 2
	// pageful is how many accounts come with the first answer. Where they are all,
	// there is no time to ask ahead.
	pageful = 100
	// farAhead is how many accounts there may be to ask ahead for. The others wait
	// for the list to be complete.
	farAhead = 10_000
)

// Pacer is a Source that allows only so many questions a second. Wait returns when
// the next may be asked, which then is to be: before each call of Roles.
type Pacer interface {
	Wait(ctx context.Context) error
}

// gate lets questions in: so many at once, and of a Pacer when it allows. Of that
// one, how many follows the latency: one more with each answer that comes about as
// soon as the soonest, while there were too few, and one fewer with each that was
// delayed.
type gate struct {
	pacer Pacer // nil if the source is none

	mu      sync.Mutex
	limit   int
	inside  int
	full    bool // somebody waited since an answer came
	soonest time.Duration
	freed   chan struct{} // holds one if somebody has left
}

func newGate(s Source) *gate {
	g := &gate{limit: workers, freed: make(chan struct{}, 1)}
	if pacer, ok := s.(Pacer); ok {
		g.pacer, g.limit = pacer, fewest
	}
	return g
}

// enter waits for a question's turn; it returns an error if ctx ends first. Who
// was let in has to leave. One alone waits at a time.
func (g *gate) enter(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err // also where there is room: nothing more is to be asked
		}
		if g.tryEnter() {
			break
		}
		select {
		case <-g.freed:
		case <-ctx.Done():
		}
	}
	if g.pacer == nil {
		return nil
	}
	err := g.pacer.Wait(ctx)
	if err != nil {
		g.free()
	}
	return err
}

func (g *gate) tryEnter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.full = g.inside >= g.limit; g.full {
		return false
	}
	g.inside++
	return true
}

// leave tells how long an answer took.
func (g *gate) leave(took time.Duration) {
	g.mu.Lock()
	if g.soonest == 0 || took < g.soonest {
		g.soonest = took
	}
	switch {
	case g.pacer == nil:
	case took > delayed*g.soonest:
		g.limit = max(g.limit-1, fewest)
	case g.full:
		g.limit = min(g.limit+1, most)
	}
	g.mu.Unlock()
	g.free()
}

func (g *gate) free() {
	g.mu.Lock()
	g.inside--
	g.mu.Unlock()
	select {
	case g.freed <- struct{}{}:
	default:
	}
}

// ahead asks for the roles of accounts while their list still comes, which may be
// for many answers' time.
type ahead struct {
	source  Source
	gate    *gate
	calls   context.Context // of what is asked
	enough  context.Context // ends when no more is to be asked
	stop    context.CancelFunc
	used    map[string]bool
	soon    chan string // IDs of those that are used
	todo    chan string // of the others
	asking  bool
	stopped chan struct{}          // closed when no more is asked
	answers map[string]chan result // by ID, each of one; to be read once stopped
	running sync.WaitGroup
}

func newAhead(ctx context.Context, s *Syncer, g *gate) *ahead {
	a := &ahead{source: s.Source, gate: g, calls: ctx, used: make(map[string]bool, len(s.Used)),
		soon: make(chan string, len(s.Used)), todo: make(chan string, farAhead),
		stopped: make(chan struct{}), answers: map[string]chan result{}}
	for _, id := range s.Used {
		a.used[Unescape(id)] = true
	}
	a.enough, a.stop = context.WithCancel(ctx)
	return a
}

// listed tells of the n-th account.
func (a *ahead) listed(n int, id string) {
	todo := a.todo
	if a.used[id] {
		todo = a.soon
	}
	select {
	case todo <- id:
	default:
	}
	if n >= pageful && a.gate.pacer != nil && !a.asking {
		a.asking = true
		go a.ask()
	}
}

// ask asks until it is stopped, also by an answer that is no list of roles: what
// that means is not decided here.
func (a *ahead) ask() {
	defer close(a.stopped)
	for {
		var id string
		select {
		case id = <-a.soon:
		default:
			select {
			case <-a.enough.Done():
				return
			case id = <-a.soon:
			case id = <-a.todo:
			}
		}
		if a.gate.enter(a.enough) != nil {
			return
		}
		answer := make(chan result, 1)
		a.answers[id] = answer
		a.running.Go(func() {
			began := time.Now()
			roles, err := a.source.Roles(a.calls, id)
			a.gate.leave(time.Since(began))
			if err != nil {
				a.stop()
			}
			answer <- result{roles: roles, err: err}
		})
	}
}

// end stops asking, and gives what was asked for: an answer each, when it comes.
func (a *ahead) end() map[string]chan result {
	a.stop()
	if a.asking {
		<-a.stopped
	}
	return a.answers
}
