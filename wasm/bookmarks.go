//go:build js && wasm

package main

import (
	"context"

	"portico/bridge/webext"
	"portico/internal/bookmarks"
)

// bookmarkTree is the browser's bookmark tree in the backend's terms.
type bookmarkTree struct{ webext.API }

func (b bookmarkTree) BookmarkTree(ctx context.Context) ([]bookmarks.Node, error) {
	found, err := b.API.BookmarkTree(ctx)
	nodes := make([]bookmarks.Node, len(found))
	for i, node := range found {
		nodes[i] = bookmarks.Node(node)
	}
	return nodes, err
}

func (b bookmarkTree) CreateBookmark(ctx context.Context, node bookmarks.Node) (bookmarks.Node, error) {
	made, err := b.API.CreateBookmark(ctx, webext.Bookmark(node))
	return bookmarks.Node(made), err
}
