package backend

import (
	"context"
	"slices"
	"strings"

	"portico/internal/bookmarks"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
)

// revoked lists the bookmarks of a portal that are of no use any more. Without the
// permission none can be seen.
func (b *Backend) revoked(ctx context.Context, p portal.Portal) (list message.Revoked, err error) {
	b.bookmarking.Lock()
	defer b.bookmarking.Unlock()
	g, err := b.standing(ctx, p)
	if err != nil {
		return list, err
	}
	_, nodes := bookmarks.Stale(g.made, g.present)
	for _, n := range nodes {
		list.List += n.ID + "\t" + directory.Escape(n.Title) + "\n"
	}
	return list, nil
}

// prune removes those of them that a person chose after a look at the list. What is
// granted again by now is left alone, and a folder that something else is in.
func (b *Backend) prune(ctx context.Context, p portal.Portal, chosen message.Prune) (done message.Pruned, err error) {
	b.bookmarking.Lock()
	defer b.bookmarking.Unlock()
	g, err := b.standing(ctx, p)
	if err != nil {
		return done, err
	}
	ids := strings.Fields(chosen.IDs)
	keys, nodes := bookmarks.Stale(g.made, g.present)
	var going []bookmarks.Key
	for i, n := range nodes {
		if slices.Contains(ids, n.ID) {
			going = append(going, keys[i])
		}
	}
	before := len(g.made)
	err = b.carryAll(ctx, p, g, bookmarks.Prune(g.made, g.present, going))
	done.Count = int64(before - len(g.made))
	return done, err
}

// standing gives what was made of a portal, and what of it is there. The caller holds
// b.bookmarking.
func (b *Backend) standing(ctx context.Context, p portal.Portal) (*grove, error) {
	granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil)
	if err != nil || !granted {
		return &grove{}, err
	}
	_, _, made, err := b.kept(ctx, p)
	if err != nil {
		return nil, err
	}
	present, err := b.Bookmarks.BookmarkTree(ctx)
	return &grove{made: made, present: present}, err
}
