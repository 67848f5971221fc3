package ssocore

import (
	"container/heap"
	"context"
	"math"
	"math/rand/v2"
	"time"
)

// simSetting is a portal at which a listing is simulated, and what else happens there.
// Unlike a test in a bubble it is the same in each run.
type simSetting struct {
	kind       string        // of setting
	rate       float64       // attempts a second that the portal takes
	burst      float64       // of its bucket
	window     time.Duration // that it counts in; 0 for a bucket
	then       float64       // rate from the half of the accounts on; 0 for the same
	latency    time.Duration // of which all passes before the quota is asked
	jitter     float64       // share of the latency by which answers come sooner or later
	tab        float64       // requests a second of the user's own tab
	retryAfter time.Duration // that a refusal asks for
	late       time.Duration // by which timers may be late
	expect     float64       // rate that was found earlier
}

const simAccounts, simPages = 1000, 10

// simOutcome is what a simulated listing came to.
type simOutcome struct {
	took    float64 // of the floor
	asked   int
	refused int
	late    int     // refused, but for the first five seconds and those after a change
	tab     float64 // share of the tab's requests that was refused
}

// sim lists in simulated time, one event after the other, as directory and a Client do.
type sim struct {
	simSetting
	random *rand.Rand
	now    time.Duration
	events simEvents
	seq    int

	tokens  float64 // of the bucket, when it was last looked at
	filled  time.Duration
	offset  time.Duration // of the windows
	index   int64         // of the last window
	used    int           // of it
	allowed float64       // attempts a second, now
	changed time.Duration

	limiter     *Limiter
	queue       []*simCall // that wait for the limiter
	waking      bool
	fresh       int // accounts that are known and were not asked for
	pages       int // to come
	inside      int // accounts that were begun
	limit       int // of them
	full        bool
	soonest     time.Duration
	done        int
	first, last time.Duration
	tabs        int
	tabRefused  int
	out         simOutcome
}

// simCall is a page of accounts, or the roles of one.
type simCall struct {
	page    bool
	refused int
	begun   time.Duration
	waiting bool // for its first attempt
}

type simEvent struct {
	at  time.Duration
	seq int
	do  func()
}

type simEvents []simEvent

func (e simEvents) Len() int { return len(e) }
func (e simEvents) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].seq < e[j].seq
}
func (e simEvents) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *simEvents) Push(x any)   { *e = append(*e, x.(simEvent)) }
func (e *simEvents) Pop() any {
	old := *e
	x := old[len(old)-1]
	*e = old[:len(old)-1]
	return x
}

func (s *sim) Now() time.Time                             { return time.Unix(1_000_000, 0).Add(s.now) }
func (s *sim) Sleep(context.Context, time.Duration) error { panic("nobody sleeps in a simulation") }

func (s *sim) at(t time.Duration, do func()) {
	s.seq++
	heap.Push(&s.events, simEvent{t, s.seq, do})
}

// take asks the quota.
func (s *sim) take() bool {
	if s.window > 0 {
		if i := int64((s.now + s.offset) / s.window); i != s.index {
			s.index, s.used = i, 0
		}
		if s.used >= int(math.Round(s.allowed*s.window.Seconds())) {
			return false
		}
		s.used++
		return true
	}
	s.fill()
	if s.tokens < 1-1e-9 {
		return false
	}
	s.tokens--
	return true
}

func (s *sim) fill() {
	s.tokens = min(max(s.burst, 1), s.tokens+s.allowed*(s.now-s.filled).Seconds())
	s.filled = s.now
}

// send has an attempt arrive and be answered.
func (s *sim) send(c *simCall) {
	sent, wait := s.Now(), time.Duration(float64(s.latency)*(1+s.jitter*(2*s.random.Float64()-1)))
	if s.out.asked++; s.out.asked == 1 {
		s.first = s.now
	}
	s.at(s.now+wait, func() {
		s.last = s.now
		if s.take() {
			s.limiter.taken(sent)
			s.answered(c)
			return
		}
		s.out.refused++
		if s.now-s.first > 5*time.Second && (s.changed == 0 || s.now-s.changed > 5*time.Second) {
			s.out.late++
		}
		s.limiter.refused(sent, s.retryAfter)
		s.retry(c)
	})
}

// retry has a call tried again when attempts would have it.
func (s *sim) retry(c *simCall) {
	c.refused++
	backoff := func(n int) time.Duration {
		return max(time.Duration(s.random.Float64()*float64(min(refusedBackoff<<min(n-1, 16), maxBackoff))), s.retryAfter)
	}
	switch {
	case c.page:
		s.at(s.now+backoff(min(c.refused, urgentBackoffs)), func() { s.limiter.WaitUrgent(); s.send(c) })
	case c.refused <= patience:
		s.enqueue(c)
	default:
		s.at(s.now+backoff(c.refused), func() { s.enqueue(c) })
	}
}

func (s *sim) answered(c *simCall) {
	if c.page {
		s.fresh += simAccounts / simPages
		if s.pages--; s.pages > 0 {
			s.ask()
		}
		s.admit()
		return
	}
	if s.done++; s.then > 0 && s.done == simAccounts/2 {
		s.fill()
		s.allowed, s.changed = s.then, s.now
	}
	took := s.now - c.begun
	if s.soonest == 0 || took < s.soonest {
		s.soonest = took
	}
	switch {
	case took > 2*s.soonest:
		s.limit = max(s.limit-1, 16)
	case s.full:
		s.limit = min(s.limit+1, 64)
	}
	s.inside--
	s.admit()
}

// ask asks for a page of accounts.
func (s *sim) ask() {
	s.limiter.WaitUrgent()
	s.send(&simCall{page: true})
}

// admit lets the next account wait for the limiter.
func (s *sim) admit() {
	for _, c := range s.queue {
		if c.waiting {
			return
		}
	}
	if s.full = s.inside >= s.limit; s.full || s.fresh == 0 {
		return
	}
	s.inside++
	s.fresh--
	s.enqueue(&simCall{waiting: true})
}

func (s *sim) enqueue(c *simCall) {
	s.queue = append(s.queue, c)
	s.serve()
}

// serve has calls wait for the limiter, one after the other.
func (s *sim) serve() {
	if s.waking || len(s.queue) == 0 {
		return
	}
	if wait := s.limiter.tryTake(); wait > 0 {
		s.waking = true
		s.at(s.now+wait+time.Duration(s.random.Float64()*float64(s.late)), func() { s.waking = false; s.serve() })
		return
	}
	c := s.queue[0]
	s.queue = s.queue[1:]
	if c.waiting {
		c.waiting, c.begun = false, s.now
	}
	s.send(c)
	s.admit()
	s.serve()
}

// browse has the tab ask, at no even pace.
func (s *sim) browse() {
	s.at(s.now+time.Duration((0.5+s.random.Float64())/s.tab*float64(time.Second)), func() {
		if s.tabs++; !s.take() {
			s.tabRefused++
		}
		s.browse()
	})
}

// simulate lists a thousand accounts.
func (set simSetting) simulate(seed uint64) simOutcome {
	s := &sim{simSetting: set, random: rand.New(rand.NewPCG(seed, 7)), allowed: set.rate, tokens: max(set.burst, 1), limit: 16, pages: simPages, index: -1}
	s.offset = time.Duration(s.random.Float64() * float64(7*time.Second))
	s.limiter = NewLimiter(s, 30)
	if s.expect > 0 {
		s.limiter.Expect(s.expect)
	}
	if s.tab > 0 {
		s.browse()
	}
	s.at(2*time.Second, s.ask)
	for s.done < simAccounts {
		e := heap.Pop(&s.events).(simEvent)
		s.now = e.at
		e.do()
	}
	s.out.took = (s.last - s.first).Seconds() / s.floor()
	if s.tabs > 0 {
		s.out.tab = float64(s.tabRefused) / float64(s.tabs)
	}
	return s.out
}

// floor is the least time, in seconds, in which quota and tab, and the first and the last
// answer, let a listing be complete. Windows are begun anywhere.
func (s *sim) floor() float64 {
	burst := s.burst
	if s.window > 0 {
		burst = s.rate * s.window.Seconds() / 2
	}
	answers := 2 * s.latency.Seconds()
	if s.then == 0 {
		return (simAccounts+simPages-burst)/(s.rate-s.tab) + answers
	}
	const half = simAccounts / 2
	return (half+simPages-burst)/(s.rate-s.tab) + half/(s.then-s.tab) + answers
}
