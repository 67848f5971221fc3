package browser

import "errors"

// driver drives one kind of browser with the extension in it. [chromium] is one.
// What scripts can do is not here: it is the same in all browsers.
//
// Whatever is asked of a driver is answered within patience.
type driver interface {
	// install loads the unpacked extension in a folder and gives the address below
	// which its pages are, such as "chrome-extension://abc/". A browser that does
	// not take it is an error that wraps [ErrLoad].
	install(folder string) (pages string, err error)
	// first is the tab that the browser started with.
	first() tab
	// open opens another tab, at an address.
	open(url string) (tab, error)
	// find attaches to a page, a tab or the extension's popup, whose address holds
	// part; nil if there is none now.
	find(part string) (tab, error)
	// worker attaches to the extension's worker, which lives on until the tab is
	// detached; nil if it does not run now.
	worker() (tab, error)
	// stopWorker stops the extension's worker, as the browser may at any instant.
	stopWorker() error
	// answer answers the prompt for a permission, until arrived says that the
	// answer has.
	answer(allow bool, arrived func() (bool, error)) error
	// clipboard gives the text on the clipboard, by way of a page of an ordinary
	// site at origin, which comes to the front.
	clipboard(page tab, origin string) (string, error)
	// runs tells whether the browser still does.
	runs() bool
	// quit ends the browser and removes what it has stored.
	quit()
}

// tab is what a driver can do to one page, or to the worker. After that has closed,
// each error wraps errClosed.
type tab interface {
	// evaluate gives the value of an expression as JSON, awaited if it is a promise;
	// nothing for undefined.
	evaluate(expression string) ([]byte, error)
	navigate(url string) error
	// click clicks the middle of an element, once it shows.
	click(selector string, times int) error
	// press presses a key, which is named as [Page.Press] says.
	press(key string, held modifiers) error
	// screenshot gives what shows, as a PNG.
	screenshot() ([]byte, error)
	// gone tells whether the page has closed.
	gone() bool
	// close closes the page as its window's button does, a popup as a click beside it
	// does, and waits until it has.
	close() error
	// closed lets go of the page and waits until it has closed.
	closed() error
	// detach lets go of the page without closing it.
	detach()
}

// inspector is a tab whose driver can also change how a page is shown, and tell what
// screen readers are told.
type inspector interface {
	// emulate has the page see media features; those that are not given are the
	// browser's own.
	emulate(features map[string]string) error
	// resize has the page believe in a window of that size, in CSS pixels.
	resize(width, height int64) error
	tree() ([]Node, error)
}

// modifiers are keys that are held down while another is pressed.
type modifiers struct{ alt, ctrl, meta, shift bool }

// errClosed reports a page that has closed: it does not come back.
var errClosed = errors.New("the page has closed")

// errInspect reports a driver that is no inspector.
var errInspect = errors.New("this browser shows nothing of that")
