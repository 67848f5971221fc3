package backend

import (
	"context"

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

// arrived takes off what [Backend.summon] put up.
func (b *Backend) arrived(ctx context.Context) { _ = b.Browser.SetBadge(ctx, "", "") }
