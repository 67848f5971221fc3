package ssocore

import (
	"math"
	"time"
)

// estimate is what a [Limiter] believes of a quota, and the pace it keeps.
//
// A quota may refill all the time, up to some burst, or be counted anew in each
// second; others may use of it; neither its rate nor its burst is told. There are
// moments all the same at which its state is known: an attempt is taken although
// the last that started before it was refused. A bucket then holds just one
// token, and a window has just opened. Between two such moments a bucket gave away
// exactly what it took in, less what others took, and windows exactly their limit
// if they were full. So
//
//	rate = attempts taken between two such moments / time between them
//
// whatever the pace was meanwhile, how often the limiter paused, and how long
// answers take; it is wrong by one attempt at most, so by less than 1/n, and the
// pauses only move where the attempts lie. It says too little only where a bucket
// overflowed between, or a window was not full: where the pace was below the rate.
// Then the pace at the refusal tells more, which a rate close to it confirms.
//
// That needs refusals. They come by themselves in the beginning, since the pace
// rises until there are some, and seldom after that: each rate that agrees with
// the one before has the pace rise more slowly, down to 2 % in a thousand
// attempts. The pace starts 1 % below the rate. A bucket loses nothing by that: it
// keeps for later what the pace leaves. With a reserve of R tokens and a
// pace that rises by a share g with each attempt, the next refusal is √(2R/g)
// attempts away, so a thousand attempts at the slowest meet two or three. No
// refusal for long means that there is more than there was, and has the pace rise
// faster again, as does a pace far below that of the last refusal.
//
// What this can't see is who does without. Attempts in strict time leave another
// that comes in strict time as well too little of a used-up bucket, and are never
// refused for that themselves; the reserve, and the time spent below the rate,
// are what is left to it.
type estimate struct {
	pace  float64 // attempts per second
	found float64 // the rate; 0 before the first refusal
	rough bool    // the rate is a guess
	top   float64 // the pace at the last refusal
	gain  float64 // what an attempt that was taken adds to the pace, as a share of it
	quiet mark    // when an attempt was last refused, or gain rose

	taken  int       // attempts, in all
	since  mark      // when the state was known last, as open or before a refusal as whole
	full   time.Time // when the last refused attempt started
	closed bool      // none that started later was taken
}

// mark is a moment, and how many attempts were taken by then. It is zero if it is
// unknown.
type mark struct {
	at    time.Time
	taken int
}

const (
	// searchGain is how many attempts per second each attempt that is taken adds
	// to the pace until one is refused, which doubles it in 0.7 s. Answers that take
	// longer than prompt add less, since the pace goes on rising until the first
	// refusal is known.
	searchGain = 1
	prompt     = 500 * time.Millisecond

	// guessed is how far above the first guess the pace is kept until there are
	// two moments to measure between: what is not used up can't be measured.
	guessed = 1.5

	// The pace rises by a share between these. Each rate that agrees divides it by
	// agreed, each that does not multiplies it by doubted.
	unsure  = 0.01
	sure    = 0.00002
	agreed  = 8
	doubted = 4

	// usual is a rate below which the pace rises by more than its share, since at a
	// low one attempts to learn from are rare: a share of the geometric mean.
	usual = 20

	// regain is the least by which a pace rises that is below farBelow of what it
	// was at the last refusal: a rate so low was others' for a while, or an error.
	regain   = 0.003
	farBelow = 0.9

	// calm is how long without a refusal is long, however few the attempts are.
	calm = 40 * time.Second

	// margin is the share of the rate the pace starts with.
	margin = 0.99
	// near is the share of the pace from which a measured rate confirms it. What
	// one pause leaves out, spared, may be missing.
	near   = 0.93
	spared = 2

	// A rate is measured over shortest at least, and over enough attempts or
	// longest: one of them more or less is an error of a tenth.
	shortest = time.Second
	enough   = 10
	longest  = 5 * time.Second

	slowest, fastest = 0.2, 1000
)

// expect begins with a rate that was found earlier.
func (e *estimate) expect(rate float64) {
	e.believe(rate)
	e.gain, e.rough, e.since = unsure/agreed, false, mark{}
}

// forget notes that the pace was not kept, so that more may be left of the quota
// than is known.
func (e *estimate) forget(now time.Time) {
	e.since, e.quiet, e.closed = mark{}, mark{}, false
	if e.found == 0 {
		e.since = mark{now, e.taken}
	}
}

// refuse notes a refused attempt that started at a time.
func (e *estimate) refuse(sent time.Time) {
	switch {
	case e.found == 0: // a guess: a burst of what comes in a second is used up
		whole := time.Second + max(0, sent.Sub(e.since.at))
		e.believe(float64(e.taken-e.since.taken+1) / whole.Seconds())
		e.pace = guessed * e.found
		e.gain, e.since, e.rough = unsure, mark{}, true
	case !e.closed && !e.rough:
		e.top = e.pace
	}
	if sent.After(e.full) {
		e.full = sent
	}
	e.quiet, e.closed = mark{sent, e.taken}, true
}

// take notes an attempt that was not refused. The pace rises only while it is what
// holds attempts back.
func (e *estimate) take(sent, now time.Time, held bool) {
	e.taken++
	switch {
	case e.closed && sent.After(e.full):
		e.closed = false
		e.measure(sent)
	case !held:
	case e.found == 0:
		late := max(1, float64(now.Sub(sent))/float64(prompt))
		e.pace = min(e.pace+searchGain/late, fastest)
	default:
		e.rise(sent)
	}
}

func (e *estimate) rise(sent time.Time) {
	gain := e.gain
	if e.pace < farBelow*e.top {
		gain = max(gain, regain)
	}
	e.pace = min(e.pace+gain*max(e.pace, math.Sqrt(e.pace*usual)), fastest)
	if e.quiet.at.IsZero() {
		e.quiet = mark{sent, e.taken}
	}
	long := 5 / math.Sqrt(e.gain) // attempts: twice what a bucket needs to refuse one
	if float64(e.taken-e.quiet.taken) > long || sent.Sub(e.quiet.at) > calm {
		e.quiet, e.gain = mark{sent, e.taken}, min(doubted*e.gain, unsure)
	}
}

// measure takes the rate at a moment at which the quota has just opened.
func (e *estimate) measure(now time.Time) {
	last, first := e.since, e.rough
	span, n := now.Sub(last.at), e.taken-last.taken
	switch {
	case last.at.IsZero():
		e.since = mark{now, e.taken}
		if !first {
			e.pace *= margin
		}
		return
	case span < shortest || n < enough && span < longest:
		return
	}
	e.since, e.rough = mark{now, e.taken}, false
	confirmed := float64(n+spared)/span.Seconds() >= near*e.pace
	rate := max(float64(n)/span.Seconds(), e.found/2)
	if confirmed || first || math.Abs(rate/e.found-1) <= max(0.04, 1.5/float64(n)) {
		e.gain = max(e.gain/agreed, sure)
	} else {
		e.gain = min(e.gain*doubted, unsure)
	}
	if confirmed {
		rate = margin * e.pace
	}
	e.believe(rate)
}

func (e *estimate) believe(rate float64) {
	e.found = min(max(rate, slowest), fastest)
	e.pace = margin * e.found
}
