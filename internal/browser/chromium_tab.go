package browser

import (
	"context"
	"errors"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromiumTab is a target that is attached to.
type chromiumTab struct {
	browser *chromium
	ctx     context.Context
	cancel  func()
	id      target.ID
}

func (t *chromiumTab) do(a chromedp.Action[chromedp.Void]) error {
	_, err := run(t, a)
	return err
}

// run does something in a tab within patience.
func run[T any](t *chromiumTab, a chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if errors.Is(err, chromedp.ErrTargetDetached) {
		err = fmt.Errorf("%w: %w", errClosed, err)
	}
	return v, err
}

// raw makes an action of a protocol command whose result is of no interest.
func raw[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, command, params)
		return chromedp.Void{}, err
	}
}

func (t *chromiumTab) evaluate(expression string) ([]byte, error) {
	return run(t, chromedp.Evaluate[[]byte](expression, chromedp.EvalAwaitPromise))
}

func (t *chromiumTab) navigate(url string) error { return t.do(chromedp.Navigate(url)) }

func (t *chromiumTab) click(selector string, times int) error {
	if times == 2 {
		return t.do(chromedp.DoubleClick(chromedp.CSS(selector), chromedp.NodeVisible))
	}
	return t.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// chromiumKeys are the keys that are no characters, as chromedp calls them.
var chromiumKeys = map[string]string{
	"ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp, "Backspace": kb.Backspace, "End": kb.End, "Enter": kb.Enter,
	"Escape": kb.Escape, "Home": kb.Home, "Tab": kb.Tab,
}

func (t *chromiumTab) press(key string, held modifiers) error {
	if known, ok := chromiumKeys[key]; ok {
		key = known
	}
	if len([]rune(key)) != 1 {
		return fmt.Errorf("no key is called %q", key)
	}
	var options []chromedp.KeyOption
	for _, m := range []struct {
		held bool
		key  chromedp.Modifier
	}{{held.alt, chromedp.ModifierAlt}, {held.ctrl, chromedp.ModifierCtrl}, {held.meta, chromedp.ModifierMeta}, {held.shift, chromedp.ModifierShift}} {
		if m.held {
			options = append(options, chromedp.KeyModifiers(m.key))
		}
	}
	return t.do(chromedp.KeyEvent(key, options...))
}

func (t *chromiumTab) screenshot() ([]byte, error) { return run(t, chromedp.CaptureScreenshot()) }

func (t *chromiumTab) gone() bool {
	detached, err := chromedp.Detached(t.ctx)
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

func (t *chromiumTab) close() error {
	t.detach()
	ctx, cancel := context.WithTimeout(t.browser.ctx, patience)
	defer cancel()
	_, refused := chromedp.CallBrowser(ctx, target.CloseTarget, target.CloseTargetParams{TargetID: t.id})
	if err := t.closed(); err != nil {
		return errors.Join(err, refused) // one that had just closed refuses too
	}
	return nil
}

func (t *chromiumTab) closed() error {
	t.detach()
	return Until(patience, "a page to close", func() (bool, error) {
		infos, err := t.browser.targets()
		for _, info := range infos {
			if info.TargetID == t.id {
				return false, err
			}
		}
		return err == nil, err
	})
}

func (t *chromiumTab) detach() { t.cancel() }

func (t *chromiumTab) emulate(features map[string]string) error {
	var media []*emulation.MediaFeature
	for name, value := range features {
		media = append(media, &emulation.MediaFeature{Name: name, Value: value})
	}
	return t.do(raw(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}))
}

func (t *chromiumTab) resize(width, height int64) error {
	return t.do(chromedp.EmulateViewport(width, height))
}
