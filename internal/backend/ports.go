package backend

import (
	"context"
	"io"

	"portico/internal/bookmarks"
	"portico/ssocore"
)

// Store is a storage area: texts by key.
type Store interface {
	// Get gives the values of keys; a key that is not stored is absent. If some
	// are no texts, the error is or wraps one with a method NoText, which gives
	// these values as JSON by key; the values of the others come with it.
	Get(ctx context.Context, keys ...string) (map[string]string, error)
	// Set stores all values or none.
	Set(ctx context.Context, values map[string]string) error
	// Remove forgets keys; unknown ones are no error.
	Remove(ctx context.Context, keys ...string) error
}

// Browser is what the extension asks of its browser.
type Browser interface {
	// OpenTab opens a tab, shows it, and gives the browser's ID of it, which is of no
	// other until the browser ends; 0 if it tells none.
	OpenTab(ctx context.Context, url string) (id int64, err error)
	// Tab tells whether a tab is open, and the address it shows; empty where the
	// browser keeps that to itself.
	Tab(ctx context.Context, id int64) (url string, open bool, err error)
	// Policy gives what the organisation that manages the browser has set for the
	// extension, by the path of each value, such as portals.0.startUrl.
	Policy(ctx context.Context) (map[string]string, error)
	// CloseTab closes a tab by the browser's ID of it.
	CloseTab(ctx context.Context, id int64) error
	// CreateAlarm has the worker woken after delay and then every period, both
	// in minutes; an alarm of that name is replaced.
	CreateAlarm(ctx context.Context, name string, delay, period float64) error
	ClearAlarm(ctx context.Context, name string) error
	// HasPermissions tells whether the person has granted all of these.
	HasPermissions(ctx context.Context, permissions, origins []string) (bool, error)
	// RemovePermissions gives permissions and origins back.
	RemovePermissions(ctx context.Context, permissions, origins []string) error
	// RemoveOriginHeader has the Origin header, which names the extension,
	// taken off our own requests to these domains. It replaces the rule of that
	// ID.
	RemoveOriginHeader(ctx context.Context, id int, domains []string) error
	// CatchRedirect has pages that lead to an address of this computer, with whatever
	// query, lead to the page that asks [Backend.Handle] message.SignInReturn. It
	// replaces the rule of that ID; an empty address takes that off.
	CatchRedirect(ctx context.Context, id int, address string) error
	// OpenPopup shows the popup; that it shows already is no error.
	OpenPopup(ctx context.Context) error
	// PopupOpen tells whether the popup is open.
	PopupOpen(ctx context.Context) (bool, error)
	// WriteClipboard writes text to the clipboard without a popup; it takes
	// [copyPermissions], and a reason for the browser.
	WriteClipboard(ctx context.Context, text, reason string) error
	// Seal gives by what [Browser.ClearClipboard] knows a text again: a keyed hash,
	// and its key.
	Seal(ctx context.Context, text string) (string, error)
	// ClearClipboard empties the clipboard if it holds the text of a seal; else it is
	// left alone. It takes [clearPermissions].
	ClearClipboard(ctx context.Context, seal, reason string) error
	// SetBadge puts a mark on the toolbar button, and says what it means; empty
	// texts take it off.
	SetBadge(ctx context.Context, text, title string) error
}

// Bookmarks is the browser's bookmark tree. Without its permission it is not
// there.
type Bookmarks interface {
	// BookmarkTree gives all folders and bookmarks there are, folders before what is
	// in them.
	BookmarkTree(ctx context.Context) ([]bookmarks.Node, error)
	// CreateBookmark adds a bookmark, or a folder if it has no URL, and gives it
	// with its ID. Without a parent it comes to where the browser puts such.
	CreateBookmark(ctx context.Context, n bookmarks.Node) (bookmarks.Node, error)
	// UpdateBookmark gives a bookmark or folder a new title and URL, each unless it is
	// empty.
	UpdateBookmark(ctx context.Context, id, title, url string) error
	// RemoveBookmark removes a bookmark, or a folder that is empty.
	RemoveBookmark(ctx context.Context, id string) error
}

// Ports is the world as the backend sees it.
type Ports struct {
	Local     Store // on disk
	Session   Store // in memory, gone with the browser
	Browser   Browser
	Bookmarks Bookmarks
	Fetcher   ssocore.Fetcher
	Clock     ssocore.Clock
	Random    io.Reader // that nobody can predict
	// Redirect is the address of this computer that pages can lead back from, with a
	// port that nobody can listen at; empty where no page can.
	Redirect string
	// Loopback allows portals at 127.0.0.1: in development builds.
	Loopback bool
	// Demo is the start URL of the demo organisation, a page of the extension.
	// Fetcher answers for it without sending anything.
	Demo string
}
