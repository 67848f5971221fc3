package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/extensions"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// patience bounds every single thing that a browser is asked to do.
const patience = 30 * time.Second

// Options says how to start a browser.
type Options struct {
	Path      string // of the browser; empty: Find
	Extension string // folder of the unpacked extension
	Headed    bool   // show a window; needs a display
	Display   string // X display to show it on; empty: that of the environment
	// Granted are optional permissions that the person is taken to have allowed
	// before: asking for them shows no prompt. Headless prompts can not be
	// answered.
	Granted []string
	// Zoom is the browser's default zoom in percent; 0 is 100.
	Zoom float64
	// Proxy takes every request that leaves the browser, to loopback too.
	Proxy string
}

// Browser is a running browser with the extension in it.
type Browser struct {
	ID      string // of the extension
	ctx     context.Context
	close   []func()
	control *Page
}

// Launch starts a browser with an empty profile. It lives until Close or until
// ctx ends.
func Launch(ctx context.Context, o Options) (_ *Browser, err error) {
	if o.Path == "" {
		if o.Path, err = Find(); err != nil {
			return nil, err
		}
	}
	extension, err := filepath.Abs(o.Extension)
	if err != nil {
		return nil, err
	}
	b := &Browser{}
	defer func() {
		if err != nil {
			b.Close()
		}
	}()
	if b.ID, err = extensionID(extension); err != nil {
		return nil, err
	}
	profile, err := b.profile(o)
	if err != nil {
		return nil, err
	}
	ctx, cancel := chromedp.NewExecAllocator(ctx, flags(o, profile)...)
	b.close = append(b.close, cancel)
	// What goes wrong comes back as an error of the step that it spoils; what
	// chromedp logs besides is about events of pages that have just closed.
	b.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	b.close = append(b.close, cancel)
	if err := chromedp.Do(b.ctx); err != nil { // starts it; a first run may have no deadline
		return nil, fmt.Errorf("start %s: %w", o.Path, err)
	}
	loaded, err := chromedp.CallBrowser(b.ctx, extensions.LoadUnpacked, extensions.LoadUnpackedParams{Path: extension})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLoad, err)
	}
	if loaded.ID != b.ID {
		return nil, fmt.Errorf("%w: expected ID %s, got %s", ErrLoad, b.ID, loaded.ID)
	}
	// A page of the extension that does nothing: from it the popup is opened and
	// storage is read, whether the worker runs or not.
	b.control = &Page{ctx: b.ctx}
	return b, b.control.Navigate("chrome-extension://" + b.ID + "/icons/16.png")
}

// Wait waits until the person closes the browser, or ctx ends.
func (b *Browser) Wait(ctx context.Context) error {
	for ctx.Err() == nil {
		if _, err := b.targets(); err != nil {
			return nil // it is gone
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() {
	for i := len(b.close) - 1; i >= 0; i-- {
		b.close[i]()
	}
	b.close = nil
}

func flags(o Options, profile string) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(o.Path),
		chromedp.UserDataDir(profile),
		chromedp.Flag("disable-extensions", false),
		// Branded Chrome takes no extension from the command line any more, but
		// all browsers take one over the debugging pipe.
		chromedp.Flag("enable-unsafe-extension-debugging", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("hide-scrollbars", false), // people have them
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1200, 900),
		chromedp.Flag("screen-info", "{1600x1200}"), // of a headless browser
	)
	if o.Headed {
		opts = append(opts, chromedp.Flag("headless", false), chromedp.Flag("enable-automation", false))
		if o.Display != "" {
			opts = append(opts, chromedp.Env("DISPLAY="+o.Display))
		}
	} else {
		opts = append(opts, chromedp.Flag("headless", "new"), chromedp.DisableGPU)
	}
	if o.Proxy != "" {
		opts = append(opts, chromedp.ProxyServer(o.Proxy), chromedp.Flag("proxy-bypass-list", "<-loopback>"))
	}
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // Chromium refuses to run as root otherwise
	}
	return opts
}

// profile makes an empty profile, with the zoom that the person has chosen, in
// which permissions were granted to the extension once. The browser then grants
// them again without a prompt.
func (b *Browser) profile(o Options) (string, error) {
	dir, err := os.MkdirTemp("", "portico-profile-")
	if err != nil {
		return "", err
	}
	b.close = append(b.close, func() { os.RemoveAll(dir) })
	type m = map[string]any
	grant := m{"api": append([]string{}, o.Granted...), "explicit_host": []string{},
		"manifest_permissions": []string{}, "scriptable_host": []string{}}
	prefs := m{"extensions": m{"settings": m{b.ID: m{"granted_permissions": grant, "runtime_granted_permissions": grant}}}}
	if o.Zoom != 0 {
		// Chromium counts in steps of a fifth. The letter is the profile's only partition.
		prefs["partition"] = m{"default_zoom_level": m{"x": math.Log(o.Zoom/100) / math.Log(1.2)}}
	}
	text, err := json.Marshal(prefs)
	if err != nil {
		return "", err
	}
	if err := os.Mkdir(filepath.Join(dir, "Default"), 0o700); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "Default", "Preferences"), text, 0o600)
}

// OpenPopup opens the real action popup, as a click on the toolbar button does.
// One that the extension has opened by itself is taken for it.
func (b *Browser) OpenPopup() (*Page, error) {
	if err := Until(patience, "the popup to open", func() (bool, error) {
		return Eval[bool](b.control, `chrome.action.openPopup().then(() => true, async (refused) => {
			if ((await chrome.runtime.getContexts({contextTypes: ['POPUP']})).length > 0) return true;
			throw refused; // or it is just about to open
		})`)
	}); err != nil {
		return nil, err
	}
	return b.Popup()
}

// Popup waits for the popup, whoever opens it.
func (b *Browser) Popup() (*Page, error) { return b.Page(b.ID + "/popup/popup.html") }

// Page waits for a page whose address holds part, and attaches to it.
func (b *Browser) Page(part string) (*Page, error) { return b.attach("page", part) }

// Worker attaches to the service worker, which must be running. It is kept
// alive until the page is detached.
func (b *Browser) Worker() (*Page, error) { return b.attach("service_worker", b.ID) }

func (b *Browser) attach(kind, part string) (*Page, error) {
	var found *target.Info
	err := Until(patience, "a "+kind+" at "+part, func() (bool, error) {
		infos, err := b.targets()
		for _, info := range infos {
			if info.Type == kind && strings.Contains(info.URL, part) {
				found = info
			}
		}
		return found != nil, err
	})
	if err != nil {
		return nil, err
	}
	return b.attachTo(found.TargetID)
}

func (b *Browser) attachTo(id target.ID) (*Page, error) {
	ctx, detach := chromedp.NewContext(b.ctx, chromedp.WithTargetID(id), chromedp.WithDetachOnCancel())
	if err := chromedp.Do(ctx); err != nil {
		detach()
		return nil, err
	}
	return &Page{ctx: ctx, detach: detach, id: id}, nil
}

// ClosePage closes a page as its window's close button does; a popup as a click
// beside it does.
func (b *Browser) ClosePage(p *Page) error {
	p.detach()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, refused := chromedp.CallBrowser(ctx, target.CloseTarget, target.CloseTargetParams{TargetID: p.id})
	if err := b.gone(p); err != nil {
		return errors.Join(err, refused) // one that had just closed refuses too
	}
	return nil
}

// WaitGone waits until a page has closed by itself.
func (b *Browser) WaitGone(p *Page) error {
	p.detach()
	return b.gone(p)
}

func (b *Browser) gone(p *Page) error {
	return Until(patience, "a page to close", func() (bool, error) {
		infos, err := b.targets()
		for _, info := range infos {
			if info.TargetID == p.id {
				return false, err
			}
		}
		return err == nil, err
	})
}

// StopWorker stops the service worker, as the browser may at any instant.
func (b *Browser) StopWorker() error {
	running, err := b.workers()
	if err != nil {
		return err
	}
	if err := b.control.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err1 := cdp.Call(ctx, t, serviceworker.Enable, cdp.Empty{})
		_, err2 := cdp.Call(ctx, t, serviceworker.StopAllWorkers, cdp.Empty{})
		return chromedp.Void{}, errors.Join(err1, err2)
	}); err != nil {
		return fmt.Errorf("stop worker: %w", err)
	}
	// It may have been started again meanwhile.
	return Until(patience, "the worker to stop", func() (bool, error) {
		now, err := b.workers()
		for _, id := range running {
			if slices.Contains(now, id) {
				return false, err
			}
		}
		return err == nil, err
	})
}

// workers gives the contexts of the service worker: one if it runs, none if
// not. Each start is another context.
func (b *Browser) workers() ([]string, error) {
	return Eval[[]string](b.control, "chrome.runtime.getContexts({contextTypes: ['BACKGROUND']}).then(all => all.map(c => c.contextId))")
}

// Control is a page of the extension in which scripts can be run: it has the
// extension's rights and none of its code.
func (b *Browser) Control() *Page { return b.control }

func (b *Browser) targets() ([]*target.Info, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Targets(ctx)
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
		// What is closed does not come back.
		if time.Since(start) > patience || errors.Is(err, chromedp.ErrTargetDetached) {
			return errors.Join(fmt.Errorf("waited %v in vain for %s", time.Since(start).Round(time.Millisecond), what), err)
		}
	}
}
