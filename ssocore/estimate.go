package ssocore

import (
	"math"
	"time"
)

// estimate is what a [Limiter] believes of a quota, and the pace it keeps.
//
// A quota may refill all the time, up to some burst, or be counted anew in each
// window of a second or more; others may use of it; neither its rate nor its burst
// is told. There are moments all the same at which its state is known: when an
// attempt was refused and the next is taken, there was nothing left, and now there
// is. Between two such moments a bucket gave away exactly what it took in, less what
// others took, and windows exactly their limit if they were full. So
//
//	rate = attempts taken between two such moments / time between them
//
// whatever the pace was meanwhile, and however long answers take; it is wrong by one
// attempt or two, so by less the longer it is measured. It says too little only where
// a bucket overflowed between, or a window was not full. Three things tell of that:
//
//   - More was taken since the last refusal than the rate explains. Then there is more
//     than was found, and the pace rises fast until something is refused again.
//   - The pace rose by much since a guess. Then the rate lies between what was measured
//     and the pace.
//   - It is counted in windows: of the attempts that were under way when one was
//     refused, all others were, too. Then the pace is no less than the rate.
//
// Measuring needs refusals. They come by themselves in the beginning, since the pace
// rises until there are some: many at once, where answers take long, and these measure
// at once. Then the pace starts a little below the rate and rises by a share so
// small that three to five in a thousand attempts are refused. Each is followed by a
// pause, which leaves the reserve: a bucket keeps it for what a person waits for, and
// for the user's tabs. By how many attempts what is left differs from what was expected
// is measured as well. The more it is, the larger is the reserve, and the lower the pace:
// a tab that comes and goes is refused as little as an even one.
type estimate struct {
	pace  float64 // attempts per second
	found float64 // the rate; 0 before the first refusal
	doubt float64 // by what share it may be wrong; 1 for a guess
	noise float64 // by how many attempts what was left differed from what was expected
	walls bool    // it is counted in windows
	gain  float64 // by what share an attempt that was taken raises the pace
	low   float64 // the pace with which that began
	more  bool    // there is more than was found

	taken  int       // attempts, in all
	begun  mark      // when the search began
	closed bool      // the last attempt of which is known was refused
	shut   time.Time // when the first was, after one that was taken
	spent  mark      // when the last was
	marks  [16]mark  // when it was used up: first of all since it is what it is, then lately
	marked int       // of marks
	wave   wave
}

// mark is a moment, and how many attempts were taken by then.
type mark struct {
	at    time.Time
	taken int
}

// wave is what became of the attempts that were under way when one was refused.
type wave struct {
	from, to time.Time // the first started, and the refusal was known
	size     int
	turns    int // how often one was taken after one that was refused
}

const (
	// searchGain is how many attempts per second each attempt that is taken adds to
	// the pace until one is refused, which doubles it in a third of a second; less
	// above ample, which few quotas reach, and where answers take longer than
	// prompt, since the pace goes on rising until the first refusal is known.
	searchGain = 2
	ample      = 40
	prompt     = 500 * time.Millisecond

	// growth is the same where there is more than was found.
	growth = 0.8

	// above is how far above a guess the pace is, since what is not used up can't be
	// measured; settled is how much doubt makes a rate no guess any more.
	above   = 1.2
	settled = 0.04

	// The pace rises so fast that it passes the doubt in probing attempts, and by a
	// share of rare at least. Beyond the doubt it rises by less.
	probing = 150
	rare    = 0.00015

	// usual is a rate below which the pace rises by more than its share, since at a
	// low one attempts to learn from are rare: a share of the geometric mean.
	usual = 20

	// margin is the share of the rate the pace starts below it, for each attempt of noise.
	margin    = 0.01
	mostNoise = 3

	// widest is the longest window that is thought of, and drift how many attempts are
	// measured over at most: others' use changes.
	widest = 5 * time.Second
	drift  = 400

	// fewest attempts make a rate of a guess. One that was measured is replaced when
	// there are enough of them, or after long.
	fewest, enough = 4, 8
	short, long    = 400 * time.Millisecond, 2 * time.Second

	slowest, fastest = 0.2, 1000
)

// expect begins with a rate that was found earlier.
func (e *estimate) expect(rate float64) { e.believe(rate, settled/2) }

// forget notes that the pace was not kept, so that more may be left of the quota
// than is known, or that the clock was set.
func (e *estimate) forget(now time.Time) {
	e.marked, e.closed, e.spent, e.wave = 0, false, mark{}, wave{}
	if e.found == 0 {
		e.begun = mark{now, e.taken}
	}
}

// reserve is how many attempts are left out after a refusal.
func (e *estimate) reserve() int {
	return min(int(2.5*e.noise), max(4, int(0.4*e.found)))
}

// refuse notes a refused attempt that started at a time, and reports whether it is
// the first of a wave.
func (e *estimate) refuse(sent, now time.Time) (first bool) {
	first = e.wave.to.IsZero() || sent.After(e.wave.to)
	if first {
		e.endWave()
		e.wave = wave{from: sent, to: now}
		if e.found == 0 { // a burst of what comes in a second is used up
			e.believe(between(e.begun, mark{now.Add(time.Second), e.taken + 1}), 1)
		}
	}
	if !sent.Before(e.wave.from) {
		e.wave.size++
	}
	if !e.closed {
		e.shut = now
	}
	e.closed, e.spent = true, mark{now, e.taken}
	return first
}

// take notes an attempt that was not refused. The pace rises only while it is what
// holds attempts back.
func (e *estimate) take(sent, now time.Time, held bool) {
	opened := e.closed && sent.After(e.wave.from) // else it arrived before that was
	if opened {
		e.closed = false
		e.usedUp(now)
	}
	e.taken++
	if !e.wave.to.IsZero() && !sent.After(e.wave.to) {
		if sent.After(e.wave.from) {
			e.wave.size++
			if opened {
				e.wave.turns++
			}
		}
		return
	}
	e.endWave()
	switch {
	case !held:
	case e.found == 0:
		late := max(1, math.Sqrt(float64(now.Sub(sent))/float64(prompt)))
		e.raise(searchGain * min(1, ample/e.pace) / late)
	default:
		e.rise(now)
	}
}

// endWave tells windows from a bucket: while that is used up, it takes one now and then.
func (e *estimate) endWave() {
	if e.wave.size >= fewest {
		e.walls = e.wave.turns <= 1
	}
	e.wave.size, e.wave.turns = 0, 0
}

func (e *estimate) raise(by float64) { e.pace = min(e.pace+by, fastest) }

func (e *estimate) rise(now time.Time) {
	if !e.spent.at.IsZero() {
		n := float64(e.taken - e.spent.taken)
		explained := e.found * (1 + e.doubt) * now.Sub(e.shut).Seconds()
		e.more = e.more || n > explained+2+2*e.noise+0.02*n
	}
	share := e.gain
	switch {
	case e.more:
		e.raise(growth)
		return
	case e.doubt == 1 && e.walls:
		e.raise(growth / 4)
		return
	case e.doubt == 1:
		e.raise(growth / 2)
		return
	case e.pace > e.found*(1+e.doubt):
		share = max(share*e.doubt, rare)
	}
	e.raise(share * max(e.pace, math.Sqrt(e.pace*usual)))
}

// usedUp takes the rate at a moment at which nothing is left of the quota, or, if that is
// counted in windows, the next opens.
func (e *estimate) usedUp(now time.Time) {
	m := e.spent
	if e.walls {
		m.at = m.at.Add(now.Sub(m.at) / 2)
	}
	switch {
	case e.marked > 0:
		e.measure(m)
	case e.walls && e.doubt == 1:
		e.believe(above*between(e.begun, m), 1)
	}
	if e.marked == len(e.marks) { // the first stays
		copy(e.marks[1:], e.marks[2:])
		e.marked--
	}
	e.marks[e.marked] = m
	e.marked++
}

// measure takes the rate between such a moment and those before.
func (e *estimate) measure(m mark) {
	last := e.marks[e.marked-1]
	lately, shut := between(last, m), m.at.Sub(e.shut)
	if overfull := e.walls && shut > m.at.Sub(last.at)/10; e.more && !overfull && e.pace > 1.1*lately {
		e.marked = 0
		e.believe((2*lately+e.pace)/3, min((e.pace-lately)/(e.pace+lately), 0.5))
		return
	}
	if e.doubt < 0.2 {
		off, expected := e.off(last, m)
		e.noise += (min(max(off-e.doubt*expected, 1), 10) - e.noise) / 3
	}
	changed := e.doubt < 1 && e.change(m)
	first := e.marks[0]
	n := m.taken - first.taken
	if !changed && n < enough && m.at.Sub(first.at) < long && !(e.doubt == 1 && !e.walls && n >= fewest && m.at.Sub(first.at) > short) {
		return
	}
	rate, doubt := between(first, m), min(0.5, e.noise/float64(max(n, 1)))
	if e.walls {
		rate = max(rate, lately)
		if most := e.pace * (1 - shut.Seconds()/widest.Seconds()); most > rate && e.doubt < 1 && !e.more {
			rate, doubt = (rate+most)/2, max(doubt, (most-rate)/(most+rate)/2)
		}
	}
	switch {
	case e.doubt == 1 && e.pace > 1.1*max(rate, e.low):
		doubt = max(doubt, min((e.pace/rate-1)/3, 0.3))
		e.marked = 0
	case n > drift:
		e.marked = copy(e.marks[:], e.marks[1:e.marked])
	}
	e.believe(rate, doubt)
}

// off is by how many attempts what was taken between two moments differs from what was
// expected.
func (e *estimate) off(a, b mark) (off, expected float64) {
	expected = e.found * b.at.Sub(a.at).Seconds()
	return math.Abs(float64(b.taken-a.taken) - expected), expected
}

// change finds out whether the rate is another since one of the moments before, and
// forgets what was before that.
func (e *estimate) change(m mark) bool {
	for i := e.marked - 1; i > 0; i-- {
		since := e.marks[i]
		off, expected := e.off(since, m)
		if off > 2+e.noise+0.05*expected && m.taken-since.taken > 2 && (!e.walls || m.at.Sub(since.at) > time.Second) {
			e.marked = copy(e.marks[:], e.marks[i:e.marked])
			return true
		}
	}
	return false
}

// between is the rate at which attempts were taken between two moments.
func between(a, b mark) float64 {
	return float64(b.taken-a.taken) / max(b.at.Sub(a.at), time.Millisecond).Seconds()
}

// believe takes the pace from a rate.
func (e *estimate) believe(rate, doubt float64) {
	e.found, e.doubt, e.more = min(max(rate, slowest), fastest), doubt, false
	e.noise, e.gain = max(e.noise, 1), max(rare, min(0.005, doubt*doubt/8))
	switch {
	case doubt == 1 && !e.walls:
		e.pace = above * e.found
	case doubt == 1:
		e.pace = e.found
	case doubt > settled && !e.walls:
		e.pace = (1 + doubt/2) * e.found
	default:
		e.pace = (1 - margin*min(e.noise, mostNoise)) * e.found
	}
	e.low = e.pace
}
