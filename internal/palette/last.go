package palette

import "portico/internal/words"

// What was copied last is said beside its row, with how long it is still of use, and
// for a while that it is no more.
const (
	soonOver = 5  // minutes
	lookBack = 60 // minutes
)

// lastCopied is what is said beside the i-th match, if that was copied last. Nothing
// is said if nobody knows how long it lasts.
func (m *Model) lastCopied(i int) []string {
	last := m.status.Last
	if last.Expires == 0 || m.now == 0 || m.keyAt(i) != (key{last.AccountID, last.RoleName}) {
		return nil
	}
	switch left := (last.Expires - m.now) / 60_000; {
	case left < -lookBack:
		return nil
	case last.Expires <= m.now:
		return []string{words.CopyEnded}
	case left <= soonOver:
		return []string{words.CopyEndsSoon.With(words.Minutes(max(left, 1)))}
	default:
		return []string{words.CopyLasts.With(words.Minutes(left))}
	}
}
