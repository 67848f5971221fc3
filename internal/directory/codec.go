package directory

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"portico/internal/digits"
)

// The snapshot is text, so that the popup can paint its first rows with a few
// lines of JavaScript before Go has started, and so that Go reads it without
// copying: each field of a decoded directory is a piece of that one text.
//
// It is kept in pieces, so that a listing under way writes what it learnt and not
// all there is: a head, and parts of some accounts each, in their order. One after
// the other they are the whole snapshot.
//
//	portico-directory <TAB> 2 <TAB> checksum of the lines of the head that follow
//	started <TAB> updated <TAB> began <TAB> states
//	checksum of each part, with blanks between
//	id <TAB> name <TAB> email <TAB> problem <TAB> listed {<TAB> role}     a line for each account
//
// States are those of all accounts, run by run: 412d588p. They stand in the head,
// and what follows from them does not stand in the parts: a listing that finds
// nothing new changes the head alone.
const magic = "portico-directory\t2\t"

const (
	// MostParts is how many parts there may be: so many names of keys are known
	// to whoever reads a snapshot.
	MostParts = 96
	// leastPart is how many accounts a part has at least. A second of listing at the
	// usual quota fills two.
	leastPart = 11
)

// ErrSnapshot reports a text that is no snapshot, or one of a version that this
// program does not know.
var ErrSnapshot = errors.New("decode directory snapshot: not a snapshot of version 2")

// Stored is a snapshot in the pieces in which it is kept.
type Stored struct {
	Head  string
	Parts []string
}

// Text is the whole snapshot.
func (s Stored) Text() string { return s.Head + strings.Join(s.Parts, "") }

// Encode gives the snapshot of a directory as a whole.
func Encode(d *Directory) string { return Split(d).Text() }

// partSize is how many accounts each part has, of so many, but the last.
func partSize(accounts int) int { return max(leastPart, (accounts+MostParts-1)/MostParts) }

// Split gives the snapshot of a directory in pieces.
func Split(d *Directory) Stored {
	var s Stored
	var sums []string
	for left, size := d.Accounts, partSize(len(d.Accounts)); len(left) > 0; {
		n := min(size, len(left))
		part := encodePart(left[:n])
		s.Parts, sums = append(s.Parts, part), append(sums, sum(part))
		left = left[n:]
	}
	var b builder
	b.number(d.Started, "\t")
	b.number(d.Updated, "\t")
	b.number(d.Began, "\t")
	for i := 0; i < len(d.Accounts); {
		state, run := d.Accounts[i].State, i
		for i < len(d.Accounts) && d.Accounts[i].State == state {
			i++
		}
		b.number(int64(i-run), string(rune(state)))
	}
	b.text("\n", strings.Join(sums, " "))
	b.text("\n", "")
	s.Head = magic + sum(b.String()) + "\n" + b.String()
	return s
}

func encodePart(accounts []Account) string {
	var b builder
	size := 0
	for i := range accounts {
		size += accounts[i].size() + len(accounts[i].Problem) + len(accounts[i].Roles) + 20
	}
	b.Grow(size)
	for i := range accounts {
		a := &accounts[i]
		b.text(a.ID, "\t")
		b.text(a.Name, "\t")
		b.text(a.Email, "\t")
		b.text(a.Problem, "\t")
		if a.Listed != 0 {
			b.number(a.Listed, "")
		}
		for _, r := range a.Roles {
			b.text("\t", r)
		}
		b.text("\n", "")
	}
	return b.String()
}

// builder is a strings.Builder that takes less program where it is used.
type builder struct{ strings.Builder }

//go:noinline
func (b *builder) text(text, end string) {
	b.WriteString(text)
	b.WriteString(end)
}

//go:noinline
func (b *builder) number(n int64, end string) {
	b.text(strconv.FormatInt(n, 10), end)
}

// sum is a checksum of a text (FNV-1a, of which 41 bits are kept): of what happens to
// a text on a disk, and of changes of our own.
func sum(text string) string {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return strconv.FormatUint(h>>23, 36)
}

// Changed gives the parts of s that a snapshot with another head does not have, by
// their places. Where it has more parts than s, those are empty.
func (s Stored) Changed(head string) map[int]string {
	was := sums(head)
	changed := make(map[int]string)
	for i, now := range sums(s.Head) {
		if i >= len(was) || was[i] != now {
			changed[i] = s.Parts[i]
		}
	}
	for i := len(s.Parts); i < len(was); i++ {
		changed[i] = ""
	}
	return changed
}

// sums gives the checksums of the parts, by the head; none if that can't be read.
func sums(head string) []string {
	h, ok := cutHead(head)
	if !ok {
		return nil
	}
	return strings.Fields(h.sums)
}

// Load reads what is kept. Which parts are missing or damaged it tells as well: the
// directory is of the others then, and of none of its accounts it is known how far
// a listing got. The error wraps [ErrSnapshot].
func Load(s Stored) (d *Directory, damaged []int, err error) {
	h, ok := cutHead(s.Head)
	if !ok || h.sum != sum(s.Head[h.at:]) {
		return nil, nil, ErrSnapshot
	}
	d = &Directory{Accounts: []Account{}}
	for i, want := range strings.Fields(h.sums) {
		var accounts []Account
		ok := i < len(s.Parts) && sum(s.Parts[i]) == want
		if ok {
			accounts, ok = decodePart(s.Parts[i])
		}
		if !ok {
			damaged = append(damaged, i)
		}
		d.Accounts = append(d.Accounts, accounts...)
	}
	if len(damaged) > 0 {
		for i := range d.Accounts {
			d.Accounts[i].State = Pending
		}
		return d, damaged, nil
	}
	if !d.take(&h) {
		return nil, nil, ErrSnapshot
	}
	return d, nil, nil
}

// UpdatedAt tells when the last complete sync of a snapshot ended, by its head; the
// zero time if there was none.
func UpdatedAt(head string) time.Time {
	h, ok := cutHead(head)
	cut(&h.times, '\t')
	updated, _ := cut(&h.times, '\t')
	ms, isNumber := digits.Parse(updated, 10)
	if !ok || !isNumber || ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// head is a head in pieces.
type head struct {
	sum, times, sums string
	at               int // where what the sum is of begins
}

// cutHead reads the head of a snapshot. What follows it is at its end.
func cutHead(text string) (h head, ok bool) {
	if !strings.HasPrefix(text, magic) {
		return h, false
	}
	rest := text[len(magic):]
	h.sum, _ = cut(&rest, '\n')
	h.at = len(text) - len(rest)
	h.times, _ = cut(&rest, '\n')
	h.sums, ok = cut(&rest, '\n')
	return h, ok
}

// end is where a head ends.
func (h *head) end() int { return h.at + len(h.times) + len(h.sums) + 2 }

// cut takes off a text what comes before a letter, and tells whether that is there.
// The popup would have strings.Cut at every place that this is called from.
//
//go:noinline
func cut(text *string, at byte) (before string, found bool) {
	i := strings.IndexByte(*text, at)
	if i < 0 {
		before, *text = *text, ""
		return before, false
	}
	before, *text = (*text)[:i], (*text)[i+1:]
	return before, true
}

// take gives a directory the times and states of a head. It tells whether the head is
// of as many accounts.
func (d *Directory) take(h *head) bool {
	rest := h.times
	var times [3]int64
	for i := range times {
		text, _ := cut(&rest, '\t')
		var isNumber bool
		if times[i], isNumber = digits.Parse(text, 10); !isNumber {
			return false
		}
	}
	d.Started, d.Updated, d.Began = times[0], times[1], times[2]
	i, from := 0, 0
	for at := range len(rest) { // of states
		if isDigit(rest[at]) {
			continue
		}
		run, isNumber := digits.Parse(rest[from:at], 10)
		s := State(rest[at])
		if !isNumber || run < 1 || run > int64(len(d.Accounts)-i) || s != Pending && s != Done && s != Failed {
			return false
		}
		for ; run > 0; run-- {
			d.Accounts[i].State = s
			i++
		}
		from = at + 1
	}
	return from == len(rest) && i == len(d.Accounts)
}

// Decode reads a whole snapshot. The directory's texts are pieces of text. What was
// damaged on a disk it does not find: see [Load]. The error wraps [ErrSnapshot].
func Decode(text string) (*Directory, error) {
	h, ok := cutHead(text)
	if !ok {
		return nil, ErrSnapshot
	}
	d := new(Directory)
	if d.Accounts, ok = decodePart(text[h.end():]); !ok || !d.take(&h) {
		return nil, ErrSnapshot
	}
	return d, nil
}

// Next gives the directory that a new head and the parts that are new with it make of
// d; those are at their places, with nothing for a part that stays. It tells whether
// that is all there is to it.
func (d *Directory) Next(head string, parts []string) (*Directory, bool) {
	h, ok := cutHead(head)
	if !ok {
		return nil, false
	}
	next := &Directory{Accounts: make([]Account, 0, len(d.Accounts))}
	n, size := 0, partSize(len(d.Accounts))
	if h.sums != "" {
		n = strings.Count(h.sums, " ") + 1
	}
	for i := range n {
		from, to := min(i*size, len(d.Accounts)), min((i+1)*size, len(d.Accounts))
		accounts := d.Accounts[from:to]
		if i < len(parts) && parts[i] != "" {
			if accounts, ok = decodePart(parts[i]); !ok {
				return nil, false
			}
		}
		next.Accounts = append(next.Accounts, accounts...)
	}
	return next, next.take(&h)
}

// decodePart reads accounts, one a line.
func decodePart(text string) ([]Account, bool) {
	lines := strings.Count(text, "\n")
	accounts := make([]Account, lines)
	const fields = 5 // of an account, before its roles
	roles := make([]string, 0, max(0, strings.Count(text, "\t")-(fields-1)*lines))
	for i := range accounts {
		line, _ := cut(&text, '\n')
		var f [fields]string
		more := true
		for j := range f {
			if !more {
				return nil, false
			}
			f[j], more = cut(&line, '\t')
		}
		a := &accounts[i]
		a.ID, a.Name, a.Email, a.Problem = f[0], f[1], f[2], f[3]
		if f[4] != "" {
			if a.Listed, _ = digits.Parse(f[4], 10); a.Listed == 0 {
				return nil, false
			}
		}
		first := len(roles) // all roles share one array
		for more {
			f[0], more = cut(&line, '\t')
			roles = append(roles, f[0])
		}
		if len(roles) > first {
			a.Roles = roles[first:len(roles):len(roles)]
		}
	}
	return accounts, text == "" // else it was cut off in the middle of a line
}
