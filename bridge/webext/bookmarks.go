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
	ID     string
	Parent string // its ID
	Title  string
	URL    string
}

// BookmarkTree returns all folders and bookmarks, folders before what is in them.
func (a API) BookmarkTree(ctx context.Context) ([]Bookmark, error) {
	roots, err := a.call(ctx, "bookmarks.getTree")
	if err != nil {
		return nil, err
	}
	if !isObject(roots) {
		return nil, wrap.Doing("bookmarks.getTree", errors.New("answer is no list"))
	}
	return appendBookmarks(nil, roots), nil
}

// appendBookmarks adds nodes with all that is in them.
func appendBookmarks(all []Bookmark, nodes js.Value) []Bookmark {
	for i := range nodes.Length() {
		node := nodes.Index(i)
		all = append(all, bookmarkOf(node))
		if in := node.Get("children"); isObject(in) {
			all = appendBookmarks(all, in)
		}
	}
	return all
}

// CreateBookmark adds a bookmark, or a folder if b.URL is empty, and returns
// it with its ID. An empty Parent is the browser's "Other bookmarks". b.ID
// is ignored.
func (a API) CreateBookmark(ctx context.Context, b Bookmark) (Bookmark, error) {
	details := map[string]any{"title": b.Title}
	if b.Parent != "" {
		details["parentId"] = b.Parent
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

// UpdateBookmark gives the bookmark or folder id a new title and URL, each unless it
// is empty.
func (a API) UpdateBookmark(ctx context.Context, id, title, url string) error {
	changes := make(map[string]any)
	if title != "" {
		changes["title"] = title
	}
	if url != "" {
		changes["url"] = url
	}
	_, err := a.call(ctx, "bookmarks.update", id, changes)
	return err
}

// RemoveBookmark removes a bookmark, or a folder that is empty.
func (a API) RemoveBookmark(ctx context.Context, id string) error {
	_, err := a.call(ctx, "bookmarks.remove", id)
	return err
}

func bookmarkOf(node js.Value) Bookmark {
	return Bookmark{
		ID:     text(node, "id"),
		Parent: text(node, "parentId"),
		Title:  text(node, "title"),
		URL:    text(node, "url"),
	}
}
