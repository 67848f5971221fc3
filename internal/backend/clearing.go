package backend

import (
	"context"
	"slices"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// clearingKind is the kind of a clearing.
const clearingKind = "clearing"

// clearingLife is for how long it is tried to clear the clipboard: credentials that
// lie there longer have most likely been taken.
const clearingLife = 10 * time.Minute

// clearing takes copied credentials off the clipboard again, if they are still on it.
// Only by their seal are they known.
type clearing struct {
	record
	seal string
}

func (j *clearing) list(c message.Codec) { c.Text("seal", &j.seal) }

// clearPermissions are what that takes of the person.
var clearPermissions = append([]string{"clipboardRead"}, copyPermissions...)

func (j *clearing) do(ctx context.Context, b *Backend) error {
	granted, err := b.Browser.HasPermissions(ctx, clearPermissions, nil)
	if err != nil {
		return err
	}
	if granted {
		err = b.Browser.ClearClipboard(ctx, j.seal, words.ClearsClipboard)
	}
	if err != nil {
		return err
	}
	return advance(ctx, b, j, func(s *session, current *clearing) error {
		s.end(current)
		if !granted {
			current.expire(s)
		}
		return nil
	})
}

// fail has it tried again. That it failed is said when there is no hope any more.
func (j *clearing) fail(_ *session, now time.Time, _ error) {
	j.tries++
	j.at(now, backoff(j.tries))
}

func (j *clearing) expire(s *session) { s.status.Notice, s.status.Good = words.NotCleared, false }

// clearSecret is clearLater for what a popup has copied by itself.
func (b *Backend) clearSecret(ctx context.Context, p portal.Portal, text string) error {
	chosen, err := b.settings(ctx)
	if err != nil {
		return err
	}
	return b.clearLater(ctx, p, chosen, text)
}

// mostClearings is how many copies are remembered to be cleared at once.
const mostClearings = 10

// clearLater has a text that is on its way to the clipboard taken off it again, if
// that is chosen. What was copied before keeps its own time: nobody knows yet whether
// this one will come to the clipboard in its place. Without that promise nothing is
// copied.
func (b *Backend) clearLater(ctx context.Context, p portal.Portal, s message.Settings, text string) error {
	after := time.Duration(message.ParseInt(s.ClearAfter)) * time.Second
	if after <= 0 {
		return nil
	}
	seal, err := b.Browser.Seal(ctx, text)
	if err != nil {
		return err
	}
	_, err = b.update(ctx, p, func(s *session) error {
		kept := 0
		for _, before := range slices.Backward(s.desk.jobs) {
			if c, is := before.(*clearing); is {
				if kept++; kept >= mostClearings {
					s.end(c)
				}
			}
		}
		j := &clearing{seal: seal}
		now := b.Clock.Now()
		s.desk.add(j, clearingKind, p, now)
		j.at(now, after)
		j.life = clearingLife
		return nil
	})
	return err
}
