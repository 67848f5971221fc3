//go:build js && wasm

package webext

import (
	"context"
	"errors"
	"syscall/js"

	"portico/internal/wrap"
)

// Bookmark is a node of the bookmark tree; a folder has no URL.
type Bookmark struct {
	ID       string
	ParentID string
	Title    string
	URL      string
}

// BookmarksTitled returns the folders and bookmarks whose title is exactly title.
func (a API) BookmarksTitled(ctx context.Context, title string) ([]Bookmark, error) {
	return a.searchBookmarks(ctx, map[string]any{"title": title})
}

// BookmarksOf returns the bookmarks of exactly url, as the browser normalises it.
// Browsers refuse URLs they can't parse: that is an *Error.
func (a API) BookmarksOf(ctx context.Context, url string) ([]Bookmark, error) {
	return a.searchBookmarks(ctx, map[string]any{"url": url})
}

// CreateBookmark adds a bookmark, or a folder if b.URL is empty, and returns
// it with its ID. An empty ParentID is the browser's "Other bookmarks". b.ID
// is ignored.
func (a API) CreateBookmark(ctx context.Context, b Bookmark) (Bookmark, error) {
	details := map[string]any{"title": b.Title}
	if b.ParentID != "" {
		details["parentId"] = b.ParentID
	}
	if b.URL != "" {
		details["url"] = b.URL
	}
	node, err := a.call(ctx, "bookmarks.create", details)
	if err != nil {
		return Bookmark{}, err
	}
	if !isObject(node) {
		return Bookmark{}, wrap.Doing("bookmarks.create", errors.New("answer is no bookmark"))
	}
	return bookmarkOf(node), nil
}

// UpdateBookmark gives the bookmark or folder id a new title.
func (a API) UpdateBookmark(ctx context.Context, id, title string) error {
	_, err := a.call(ctx, "bookmarks.update", id, map[string]any{"title": title})
	return err
}

func (a API) searchBookmarks(ctx context.Context, query map[string]any) ([]Bookmark, error) {
	nodes, err := a.call(ctx, "bookmarks.search", query)
	if err != nil {
		return nil, err
	}
	if !isObject(nodes) {
		return nil, wrap.Doing("bookmarks.search", errors.New("answer is no list"))
	}
	found := make([]Bookmark, nodes.Length())
	for i := range found {
		found[i] = bookmarkOf(nodes.Index(i))
	}
	return found, nil
}

func bookmarkOf(node js.Value) Bookmark {
	return Bookmark{
		ID:       text(node, "id"),
		ParentID: text(node, "parentId"),
		Title:    text(node, "title"),
		URL:      text(node, "url"),
	}
}
