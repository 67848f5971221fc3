//go:build js && wasm

package main

import (
	"context"

	"portico/bridge/webext"
)

// bookmarks is the browser's bookmark tree as the backend sees it.
type bookmarks struct{ api webext.API }

func (b bookmarks) Folder(ctx context.Context, title string) (string, error) {
	folder, ok, err := b.api.FindFolder(ctx, title)
	if err != nil || ok {
		return folder.ID, err
	}
	folder, err = b.api.CreateBookmark(ctx, webext.Bookmark{Title: title})
	return folder.ID, err
}

func (b bookmarks) Find(ctx context.Context, folder, url string) (id, title string, err error) {
	found, err := b.api.SearchBookmarks(ctx, url)
	for _, node := range found {
		if node.ParentID == folder {
			return node.ID, node.Title, err
		}
	}
	return "", "", err
}

func (b bookmarks) Add(ctx context.Context, folder, title, url string) error {
	_, err := b.api.CreateBookmark(ctx, webext.Bookmark{ParentID: folder, Title: title, URL: url})
	return err
}

func (b bookmarks) Rename(ctx context.Context, id, title string) error {
	return b.api.UpdateBookmark(ctx, id, title)
}
