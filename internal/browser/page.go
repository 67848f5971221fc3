package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Page is one page of the browser: a tab, or the popup.
type Page struct{ tab tab }

// Eval gives the value of an expression in the page, awaited if it is a promise. One
// that has none, or null, is an error.
func Eval[T any](p *Page, expression string) (v T, err error) {
	value, err := p.tab.evaluate(expression)
	if err == nil && (len(value) == 0 || string(value) == "null") {
		err = errors.New("it has no value")
	}
	if err == nil {
		err = json.Unmarshal(value, &v)
	}
	if err != nil {
		return v, fmt.Errorf("evaluate %.80q: %w", expression, err)
	}
	return v, nil
}

// Navigate goes to an address.
func (p *Page) Navigate(url string) error { return p.tab.navigate(url) }

// Leave empties the page and lets go of it.
func (p *Page) Leave() error {
	defer p.Detach()
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
func (p *Page) Click(selector string) error { return p.tab.click(selector, 1) }

// DoubleClick clicks an element twice, once it shows.
func (p *Page) DoubleClick(selector string) error { return p.tab.click(selector, 2) }

// Focus gives an element the focus.
func (p *Page) Focus(selector string) error {
	_, err := Eval[bool](p, fmt.Sprintf("(document.querySelector(%q).focus(), true)", selector))
	return err
}

// Type types into whatever has the focus.
func (p *Page) Type(text string) error {
	for _, r := range text {
		if err := p.tab.press(string(r), modifiers{}); err != nil {
			return err
		}
	}
	return nil
}

// Press presses a key, which is a character or has a name of the UI Events standard,
// such as "ArrowDown"; with others held down, such as in "Ctrl+Shift+Enter".
func (p *Page) Press(keys string) error {
	key, held := split(keys)
	return p.tab.press(key, held)
}

// split tells a key from those that are held down with it.
func split(keys string) (key string, held modifiers) {
	for {
		name, rest, ok := strings.Cut(keys, "+")
		if !ok || name == "" || rest == "" {
			return keys, held
		}
		switch name {
		case "Alt":
			held.alt = true
		case "Ctrl":
			held.ctrl = true
		case "Meta":
			held.meta = true
		case "Shift":
			held.shift = true
		default:
			return keys, held
		}
		keys = rest
	}
}

// Fill replaces what a field holds.
func (p *Page) Fill(selector, text string) error {
	if err := p.Wait(fmt.Sprintf("document.querySelector(%q)?.checkVisibility() ?? false", selector)); err != nil {
		return err
	}
	if _, err := Eval[string](p, fmt.Sprintf("(document.querySelector(%q).focus(), document.activeElement.value = '')", selector)); err != nil {
		return err
	}
	return p.Type(text)
}

// Screenshot writes what the page shows as a PNG.
func (p *Page) Screenshot(file string) error {
	png, err := p.tab.screenshot()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644)
}

// Gone tells whether the page has closed.
func (p *Page) Gone() bool { return p.tab.gone() }

// WaitGone lets go of the page and waits until it has closed by itself.
func (p *Page) WaitGone() error { return p.tab.closed() }

// Close closes the page as its window's close button does; a popup as a click
// beside it does.
func (p *Page) Close() error { return p.tab.close() }

// Detach lets go of the page without closing it.
func (p *Page) Detach() { p.tab.detach() }
