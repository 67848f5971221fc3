package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Page is one page of the browser: a tab, or the popup.
type Page struct {
	ctx    context.Context
	detach func()
	id     target.ID
}

func (p *Page) do(a chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, a)
}

// Eval gives the value of an expression in the page, awaited if it is a promise.
func Eval[T any](p *Page, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		return v, fmt.Errorf("evaluate %.80q: %w", expression, err)
	}
	return v, nil
}

// Navigate goes to an address.
func (p *Page) Navigate(url string) error { return p.do(chromedp.Navigate(url)) }

// Leave empties the page and lets go of it.
func (p *Page) Leave() error {
	defer p.detach()
	return p.Navigate("about:blank")
}

// Wait waits until an expression is true in the page.
func (p *Page) Wait(expression string) error {
	return Until(patience, expression, func() (bool, error) { return Eval[bool](p, expression) })
}

// WaitText waits until the element's text holds part, and gives the text.
func (p *Page) WaitText(selector, part string) (text string, err error) {
	err = Until(patience, fmt.Sprintf("%q in %s", part, selector), func() (bool, error) {
		return Eval[bool](p, fmt.Sprintf("(document.querySelector(%q)?.checkVisibility() ?? false) && document.querySelector(%[1]q).textContent.includes(%q)", selector, part))
	})
	if err != nil {
		there, _ := p.Text(selector)
		shown, _ := p.Text("body")
		return "", fmt.Errorf("%w, which shows %.200q on a page of %.600q", err, there, shown)
	}
	return p.Text(selector)
}

// Text gives the text that an element shows.
func (p *Page) Text(selector string) (string, error) {
	return Eval[string](p, fmt.Sprintf("document.querySelector(%q).innerText", selector))
}

// Click clicks an element once it shows.
func (p *Page) Click(selector string) error {
	return p.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// DoubleClick clicks an element twice, once it shows.
func (p *Page) DoubleClick(selector string) error {
	return p.do(chromedp.DoubleClick(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Type types into whatever has the focus.
func (p *Page) Type(text string) error { return p.do(chromedp.KeyEvent(text)) }

// Press presses a key (of chromedp/kb) with modifiers held down.
func (p *Page) Press(key string, held ...chromedp.KeyOption) error {
	return p.do(chromedp.KeyEvent(key, held...))
}

// Fill replaces what a field holds.
func (p *Page) Fill(selector, text string) error {
	// chromedp.Clear empties what the page came with, not what was typed since.
	if _, err := Eval[string](p, fmt.Sprintf("document.querySelector(%q).value = ''", selector)); err != nil {
		return err
	}
	return p.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Screenshot writes what the page shows as a PNG.
func (p *Page) Screenshot(file string) error {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644)
}

// Gone tells whether the page has closed.
func (p *Page) Gone() bool {
	detached, err := chromedp.Detached(p.ctx)
	if err != nil {
		return true
	}
	select {
	case <-detached:
		return true
	default:
		return false
	}
}

// Detach lets go of the page without closing it.
func (p *Page) Detach() { p.detach() }

// Dark has the page see a dark or a light colour scheme.
func (p *Page) Dark(on bool) error {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	return p.do(raw(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}))
}

// Forced has the page see a dark scheme of forced colours, as high-contrast modes
// have; or no longer.
func (p *Page) Forced(on bool) error {
	forced, scheme := "none", "light"
	if on {
		forced, scheme = "active", "dark"
	}
	return p.do(raw(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "forced-colors", Value: forced}, {Name: "prefers-color-scheme", Value: scheme}}}))
}

// Resize has the page believe in a window of that size.
func (p *Page) Resize(width, height int64) error {
	return p.do(chromedp.EmulateViewport(width, height))
}

// Clipboard gives the text on the clipboard. It needs a page of an ordinary
// site, at origin, which it brings to the front.
func (b *Browser) Clipboard(p *Page, origin string) (string, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{Origin: origin,
		Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: browser.PermissionSettingGranted}); err != nil {
		return "", err
	}
	if err := p.do(chromedp.Steps(raw(page.BringToFront, cdp.Empty{}),
		raw(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))); err != nil {
		return "", err
	}
	return Eval[string](p, "navigator.clipboard.readText()")
}

// NewTab opens a tab at an address.
func (b *Browser) NewTab(url string) (*Page, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	made, err := chromedp.CallBrowser(ctx, target.CreateTarget, target.CreateTargetParams{URL: "about:blank"})
	if err != nil {
		return nil, err
	}
	// Attached while it still goes nowhere: one that is just leaving for
	// another page can not be told anything.
	tab, err := b.attachTo(made.TargetID)
	if err != nil {
		return nil, err
	}
	return tab, tab.Navigate(url)
}

// raw makes an action of a protocol command whose result is of no interest.
func raw[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}
