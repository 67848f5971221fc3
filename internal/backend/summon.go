package backend

import (
	"context"

	"portico/internal/portal"
	"portico/internal/words"
)

// doneBadge is the mark on the toolbar button where the popup can not be opened.
const doneBadge = "✓"

// summon brings the popup back to somebody who was led away from it, by a prompt
// of the browser or to the page that approves a code, and is done there. Where
// no window can show it, the toolbar button says so.
func (b *Backend) summon(ctx context.Context) {
	if b.Browser.OpenPopup(ctx) != nil {
		_ = b.Browser.SetBadge(ctx, doneBadge, words.ReadyAfterPrompt) // all that can be done
	}
}

// arrived takes off what [Backend.summon] put up; what is to be seen of the shown
// portal's session shows again.
func (b *Backend) arrived(ctx context.Context) {
	b.state.Lock()
	defer b.state.Unlock()
	s := &session{desk: &desk{}}
	if portals, err := b.portals(ctx); err == nil {
		if of, err := b.stored(ctx, portal.Portal{ID: portals.Active}); err == nil {
			s = of
		}
	}
	b.mark(ctx, s)
}
