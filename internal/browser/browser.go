package browser

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// patience bounds every single thing that a browser is asked to do.
const patience = 30 * time.Second

// Options says how to start a browser.
type Options struct {
	Path      string  // of the browser; empty: Find
	Extension string  // folder of the unpacked extension
	Headed    bool    // show a window; needs a display
	Screen    *Screen // to show it on, and to answer prompts; nil: that of the environment
	// Granted are optional permissions that the person is taken to have allowed
	// before: asking for them shows no prompt. Headless prompts can not be
	// answered.
	Granted []string
	// Profile is the folder of the browser's profile, which outlives it; empty: a new
	// one, which does not.
	Profile string
	// Policy is what the organisation that manages the browser has set for the extension,
	// as JSON. Only who may write below /etc can have a browser managed.
	Policy string
	// Zoom is the browser's default zoom in percent; 0 is 100.
	Zoom float64
	// Proxy takes every request that leaves the browser, to loopback too.
	Proxy string
}

// Browser is a running browser with the extension in it.
type Browser struct {
	driver  driver
	pages   string // the address below which the extension's are
	control *Page
}

// Launch starts a browser, with an empty profile unless it has one. It lives until Close or until
// ctx ends.
func Launch(ctx context.Context, o Options) (_ *Browser, err error) {
	if o.Path == "" {
		if o.Path, err = Find(); err != nil {
			return nil, err
		}
	}
	if o.Extension, err = filepath.Abs(o.Extension); err != nil {
		return nil, err
	}
	// Another kind of browser has a driver of its own, chosen here by o.Path.
	d, err := startChromium(ctx, o)
	if err != nil {
		return nil, err
	}
	b := &Browser{driver: d}
	defer func() {
		if err != nil {
			b.Close()
		}
	}()
	if b.pages, err = d.install(o.Extension); err != nil {
		return nil, err
	}
	// A page of the extension that does nothing: from it the popup is opened and
	// storage is read, whether the worker runs or not.
	b.control = &Page{d.first()}
	return b, b.control.Navigate(b.Address("icons/16.png"))
}

// Address gives the address of a page of the extension by its path.
func (b *Browser) Address(path string) string { return b.pages + path }

// Wait waits until the person closes the browser, or ctx ends.
func (b *Browser) Wait(ctx context.Context) error {
	for ctx.Err() == nil && b.driver.runs() {
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() { b.driver.quit() }

// OpenPopup opens the real action popup, as a click on the toolbar button does.
// One that the extension has opened by itself is taken for it.
func (b *Browser) OpenPopup() (*Page, error) {
	if err := b.PressButton(); err != nil {
		return nil, err
	}
	return b.Popup()
}

// PressButton opens the popup, and does not look at it: one that goes on by itself at
// once may be closed before.
func (b *Browser) PressButton() error {
	return Until(patience, "the popup to open", func() (bool, error) {
		return Eval[bool](b.control, `chrome.action.openPopup().then(() => true, async (refused) => {
			if ((await chrome.runtime.getContexts({contextTypes: ['POPUP']})).length > 0) return true;
			throw refused; // or it is just about to open
		})`)
	})
}

// Popup waits for the popup, whoever opens it.
func (b *Browser) Popup() (*Page, error) { return b.Page(b.Address("popup/popup.html")) }

// Page waits for a page whose address holds part, and attaches to it.
func (b *Browser) Page(part string) (*Page, error) {
	return attached("a page at "+part, func() (tab, error) { return b.driver.find(part) })
}

// Open tells whether a page whose address holds part is open.
func (b *Browser) Open(part string) (bool, error) {
	found, err := b.driver.find(part)
	if found != nil {
		found.detach()
	}
	return found != nil, err
}

// Worker attaches to the extension's worker, which must be running. It is kept
// alive until the page is detached.
func (b *Browser) Worker() (*Page, error) { return attached("a worker", b.driver.worker) }

// attached waits until what is looked for is there.
func attached(what string, find func() (tab, error)) (*Page, error) {
	var found tab
	err := Until(patience, what, func() (_ bool, err error) {
		found, err = find()
		return err == nil && found != nil, err
	})
	if err != nil {
		return nil, err
	}
	return &Page{found}, nil
}

// NewTab opens a tab at an address.
func (b *Browser) NewTab(url string) (*Page, error) {
	opened, err := b.driver.open(url)
	if err != nil {
		return nil, err
	}
	return &Page{opened}, nil
}

// StopWorker stops the extension's worker, as the browser may at any instant.
func (b *Browser) StopWorker() error { return b.driver.stopWorker() }

// Control is a page of the extension in which scripts can be run: it has the
// extension's rights and none of its code.
func (b *Browser) Control() *Page { return b.control }

// Allow answers the prompt that shows, and waits until permissions are granted,
// which are written as chrome.permissions.contains takes them.
func (b *Browser) Allow(permissions string) error {
	return b.driver.answer(true, func() (bool, error) {
		return Eval[bool](b.control, "chrome.permissions.contains("+permissions+")")
	})
}

// Deny answers the prompt that shows.
func (b *Browser) Deny() error {
	return b.driver.answer(false, func() (bool, error) { return true, nil })
}

// Clipboard gives the text on the clipboard. It needs a page of an ordinary
// site, at origin, which it brings to the front.
func (b *Browser) Clipboard(p *Page, origin string) (string, error) {
	return b.driver.clipboard(p.tab, origin)
}

// Until asks again and again until done says yes; the browser tells nobody
// about most of what we wait for.
func Until(patience time.Duration, what string, done func() (bool, error)) error {
	start := time.Now()
	for ; ; time.Sleep(20 * time.Millisecond) {
		ok, err := done()
		if ok {
			return nil
		}
		if time.Since(start) > patience || errors.Is(err, errClosed) {
			return errors.Join(fmt.Errorf("waited %v in vain for %s", time.Since(start).Round(time.Millisecond), what), err)
		}
	}
}
