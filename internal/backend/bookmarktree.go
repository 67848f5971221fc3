package backend

import (
	"context"
	"maps"
	"slices"

	"portico/internal/bookmarks"
	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// bookmarksPrefix, + a portal's ID, is where it is kept which bookmarks were made of
// a portal: a bookmarks.Map, in local storage.
const bookmarksPrefix = "bookmarks:"

// grove is what is kept of a portal's bookmarks, and the browser's tree.
type grove struct {
	made    bookmarks.Map
	present []bookmarks.Node
	fresh   map[bookmarks.Key]bool // that were created
}

// node is a node of the tree; nil if it is not there.
func (g *grove) node(id string) *bookmarks.Node {
	i := slices.IndexFunc(g.present, func(n bookmarks.Node) bool { return n.ID == id })
	if i < 0 {
		return nil
	}
	return &g.present[i]
}

// tend brings the bookmarks of a portal to what the directory grants, and adds what
// is picked. A worker that dies meanwhile leaves nothing that the next would not take
// up.
func (b *Backend) tend(ctx context.Context, p portal.Portal, picks ...bookmarks.Pick) (*grove, error) {
	// One at a time: two that look before they add would add twice.
	b.bookmarking.Lock()
	defer b.bookmarking.Unlock()
	d, style, made, err := b.kept(ctx, p)
	if err != nil {
		return nil, err
	}
	g := &grove{made: made, fresh: make(map[bookmarks.Key]bool)}
	if len(g.made) == 0 && len(picks) == 0 {
		return g, nil // nothing was ever bookmarked
	}
	if g.present, err = b.Bookmarks.BookmarkTree(ctx); err != nil {
		return nil, err
	}
	if len(g.made) == 0 {
		g.made = bookmarks.Map{}
		picks = append(picks, bookmarks.Known(p, d, style.Folder, g.present)...)
	}
	ops := bookmarks.Plan(bookmarks.Build(p, d, g.made, picks, style), g.made, g.present)
	return g, b.carryAll(ctx, p, g, ops)
}

// carryAll carries a plan out, and stores what was made by it.
func (b *Backend) carryAll(ctx context.Context, p portal.Portal, g *grove, ops []bookmarks.Op) (err error) {
	for _, op := range ops {
		if err = b.carry(ctx, g, op); err != nil {
			break // what was done before is noted
		}
	}
	if len(ops) > 0 {
		if failed := b.keepMade(ctx, p, g.made); err == nil {
			err = failed
		}
	}
	return err
}

// kept gives what the bookmarks of a portal are made of, and what was made of it.
func (b *Backend) kept(ctx context.Context, p portal.Portal) (d *directory.Directory, style bookmarks.Style, made bookmarks.Map, err error) {
	portals, err := b.portals(ctx)
	if err != nil {
		return nil, style, nil, err
	}
	if d, err = b.directory(ctx, p); err != nil {
		return nil, style, nil, err
	}
	stored, err := b.Local.Get(ctx, bookmarksPrefix+p.ID)
	made, _ = bookmarks.Decode(stored[bookmarksPrefix+p.ID])
	return d, bookmarks.Style{Folder: words.BookmarkFolder.With(p.NameAmong(portals.All)), Mark: words.RevokedMark}, made, err
}

// exportBookmarks gives what was bookmarked of a portal as a file for colleagues. What
// somebody deleted is not in it.
func (b *Backend) exportBookmarks(ctx context.Context, p portal.Portal) (message.Config, error) {
	d, style, made, err := b.kept(ctx, p)
	if err != nil {
		return message.Config{}, err
	}
	maps.DeleteFunc(made, func(_ bookmarks.Key, m bookmarks.Made) bool { return m.State == bookmarks.Deleted })
	tree := bookmarks.Build(p, d, made, nil, style)
	if len(tree.Wanted) < 2 { // the portal's folder
		return message.Config{}, words.NoBookmarks()
	}
	return message.Config{Text: bookmarks.HTML(tree)}, nil
}

// carry carries one operation out.
func (b *Backend) carry(ctx context.Context, g *grove, op bookmarks.Op) error {
	id := op.ID
	switch op.Do {
	case bookmarks.Create:
		made, err := b.Bookmarks.CreateBookmark(ctx, bookmarks.Node{Parent: g.made.Folder(op), Title: op.Title, URL: op.URL})
		if err != nil {
			return err
		}
		id = made.ID
		g.present = append(g.present, made)
		g.fresh[op.Key] = true
	case bookmarks.Update:
		if err := b.Bookmarks.UpdateBookmark(ctx, id, op.Title, op.URL); err != nil {
			return err
		}
		if n := g.node(id); n != nil && op.Title != "" {
			n.Title = op.Title
		}
	case bookmarks.Remove:
		if err := b.Bookmarks.RemoveBookmark(ctx, id); err != nil {
			return err
		}
	}
	g.made.Note(op, id)
	return nil
}

// keepMade stores what was made of a portal, unless that was removed meanwhile.
func (b *Backend) keepMade(ctx context.Context, p portal.Portal, made bookmarks.Map) error {
	b.state.Lock()
	defer b.state.Unlock()
	all, err := b.portals(ctx)
	if err != nil {
		return err
	}
	if _, listed := all.Find(p.ID); !listed {
		return nil
	}
	return b.Local.Set(ctx, map[string]string{bookmarksPrefix + p.ID: bookmarks.Encode(made)})
}

// followBookmarks has the bookmarks of a portal follow what was listed: new names,
// and what was revoked. What fails now is done after the next listing.
func (b *Backend) followBookmarks(ctx context.Context, p portal.Portal) {
	if granted, err := b.Browser.HasPermissions(ctx, []string{bookmarksPermission}, nil); err == nil && granted {
		_, _ = b.tend(ctx, p)
	}
}
