package bookmarks_test

import (
	"slices"
	"testing"

	"portico/internal/bookmarks"
)

// What is in the portal's first folder is known by its link, and nothing else is.
func TestWhatIsInTheFolderIsKnownWithoutAMap(t *testing.T) {
	w := newWorld(account(1, "one", "Admin", "ReadOnly"), account(2, "two", "Admin"))
	const title = "Portico · acme"
	add := w.browser.create
	add(other, title, "https://example.com/")
	folder, second := add(other, title, ""), add(other, title, "")
	inner := add(folder, "mine", "")
	add(folder, "whatever", link(1, "ReadOnly"))
	add(folder, "gone", link(1, "Gone"))
	add(folder, "news", "https://example.com/")
	add(inner, "deeper", link(1, "Admin"))
	add(second, "elsewhere", link(2, "Admin"))
	known := func() []bookmarks.Pick { return bookmarks.Known(w.portal, w.directory, title, w.browser.nodes) }
	if got, want := known(), []bookmarks.Pick{pick(1, "ReadOnly")}; !slices.Equal(got, want) {
		t.Errorf("known are %v, want %v", got, want)
	}
	before := slices.Clone(w.browser.nodes)
	w.sync(t, known()...)
	if !slices.Equal(w.browser.nodes, before) {
		t.Errorf("the tree became %+v", w.browser.nodes)
	}
	w.browser.nodes = nil
	if got := known(); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}
