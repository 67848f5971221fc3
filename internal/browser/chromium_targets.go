package browser

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

func (c *chromium) first() tab { return c.control() }

func (c *chromium) control() *chromiumTab {
	return &chromiumTab{browser: c, ctx: c.ctx, cancel: func() {}}
}

func (c *chromium) open(url string) (tab, error) {
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	made, err := chromedp.CallBrowser(ctx, target.CreateTarget, target.CreateTargetParams{URL: "about:blank"})
	if err != nil {
		return nil, err
	}
	// Attached while it still goes nowhere: one that is just leaving for
	// another page can not be told anything.
	opened, err := c.attach(made.TargetID)
	if err != nil {
		return nil, err
	}
	return opened, opened.navigate(url)
}

func (c *chromium) find(part string) (tab, error) { return c.findTarget("page", part) }

func (c *chromium) worker() (tab, error) { return c.findTarget("service_worker", c.id) }

// findTarget attaches to the last target of a type whose address holds part; nil if
// there is none.
func (c *chromium) findTarget(kind, part string) (tab, error) {
	infos, err := c.targets()
	if err != nil {
		return nil, err
	}
	for _, info := range slices.Backward(infos) {
		if info.Type == kind && strings.Contains(info.URL, part) {
			return c.attach(info.TargetID)
		}
	}
	return nil, nil
}

func (c *chromium) attach(id target.ID) (tab, error) {
	ctx, detach := chromedp.NewContext(c.ctx, chromedp.WithTargetID(id), chromedp.WithDetachOnCancel())
	if err := chromedp.Do(ctx); err != nil {
		detach()
		return nil, err
	}
	return &chromiumTab{browser: c, ctx: ctx, cancel: detach, id: id}, nil
}

func (c *chromium) targets() ([]*target.Info, error) {
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	return chromedp.Targets(ctx)
}

func (c *chromium) stopWorker() error {
	control := c.control()
	running, err := workers(control)
	if err != nil {
		return err
	}
	if err := control.do(chromedp.Steps(raw(serviceworker.Enable, cdp.Empty{}), raw(serviceworker.StopAllWorkers, cdp.Empty{}))); err != nil {
		return fmt.Errorf("stop worker: %w", err)
	}
	// It may have been started again meanwhile.
	return Until(patience, "the worker to stop", func() (bool, error) {
		now, err := workers(control)
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
func workers(control *chromiumTab) ([]string, error) {
	return Eval[[]string](&Page{control}, "chrome.runtime.getContexts({contextTypes: ['BACKGROUND']}).then(all => all.map(c => c.contextId))")
}

// answer answers the browser's prompt with the keyboard: Tab goes from Deny to
// Allow, Return presses it, Escape leaves it. While a prompt appears it takes no
// keys, and in its first moment no press of a button, hence one more if need be.
func (c *chromium) answer(allow bool, arrived func() (bool, error)) error {
	s := c.screen
	if s == nil {
		return errors.New("prompts show on a screen alone")
	}
	if !allow {
		return errors.Join(s.Still(), s.Press("Escape"), s.Still())
	}
	if err := errors.Join(s.Still(), s.Press("Tab")); err != nil {
		return err
	}
	return Until(patience, "the answer to a prompt", func() (bool, error) {
		if err := errors.Join(s.Press("Return"), s.Still()); err != nil {
			return false, err
		}
		return arrived()
	})
}

func (c *chromium) clipboard(t tab, origin string) (string, error) {
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{Origin: origin,
		Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: browser.PermissionSettingGranted}); err != nil {
		return "", err
	}
	if err := t.(*chromiumTab).do(chromedp.Steps(raw(page.BringToFront, cdp.Empty{}),
		raw(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}))); err != nil {
		return "", err
	}
	return Eval[string](&Page{t}, "navigator.clipboard.readText()")
}
