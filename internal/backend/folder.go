package backend

import "context"

// folder gives the ID of the folder in which bookmarks of a title are kept: the
// first of that title, or one that is made.
func (b *Backend) folder(ctx context.Context, title string) (id string, err error) {
	found, err := b.Bookmarks.BookmarksTitled(ctx, title)
	if err != nil {
		return "", err
	}
	for _, node := range found {
		if node.URL == "" {
			return node.ID, nil
		}
	}
	made, err := b.Bookmarks.CreateBookmark(ctx, Bookmark{Title: title})
	return made.ID, err
}

// place has a folder hold a bookmark of that title and URL, once; fresh tells whether
// it was added. What the person keeps elsewhere is theirs.
func (b *Backend) place(ctx context.Context, folder, title, url string) (fresh bool, err error) {
	found, err := b.Bookmarks.BookmarksOf(ctx, url)
	if err != nil {
		return false, err
	}
	for _, node := range found {
		switch {
		case node.ParentID != folder:
			continue
		case node.Title != title:
			return false, b.Bookmarks.UpdateBookmark(ctx, node.ID, title)
		}
		return false, nil
	}
	_, err = b.Bookmarks.CreateBookmark(ctx, Bookmark{ParentID: folder, Title: title, URL: url})
	return true, err
}
