//go:build js && wasm

package main

import (
	"context"

	"portico/bridge/webext"
	"portico/internal/backend"
)

// bookmarks is the browser's bookmark tree in the backend's terms.
type bookmarks struct{ webext.API }

func (b bookmarks) BookmarksTitled(ctx context.Context, title string) ([]backend.Bookmark, error) {
	found, err := b.API.BookmarksTitled(ctx, title)
	return converted(found), err
}

func (b bookmarks) BookmarksOf(ctx context.Context, url string) ([]backend.Bookmark, error) {
	found, err := b.API.BookmarksOf(ctx, url)
	return converted(found), err
}

func (b bookmarks) CreateBookmark(ctx context.Context, node backend.Bookmark) (backend.Bookmark, error) {
	made, err := b.API.CreateBookmark(ctx, webext.Bookmark(node))
	return backend.Bookmark(made), err
}

func converted(found []webext.Bookmark) []backend.Bookmark {
	nodes := make([]backend.Bookmark, len(found))
	for i, node := range found {
		nodes[i] = backend.Bookmark(node)
	}
	return nodes
}
