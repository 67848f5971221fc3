// Package mainjob performs the product's main job as a person would: in a real
// browser with the extension loaded, through the real popup, on a portal that
// runs on this machine. Each method is one thing that a person does; it returns
// what they would see, or an error that says what they saw instead.
//
// The end-to-end tests and `make run` are made of these.
package mainjob

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"portico/internal/browser"
)

// Job is a person at work.
type Job struct {
	Browser  *browser.Browser
	StartURL string // of a loopback portal
	Region   string
	// Shots is a folder for a picture of every state on the way; empty for none.
	Shots string

	byCode bool // a sign-in is approved by a code; else its page leads back
	popup  *browser.Page
}

// ErrClosed reports a popup that closed although nothing had made it close. The
// next Open opens another.
var ErrClosed = errors.New("the popup has closed")

// Open opens the popup, or goes on with the one that is open.
func (j *Job) Open() (*browser.Page, error) {
	if j.popup != nil && j.popup.Gone() {
		j.popup = nil
		return nil, ErrClosed
	}
	if j.popup != nil {
		return j.popup, nil
	}
	return j.take(j.Browser.OpenPopup())
}

// Returned waits until the extension has opened the popup by itself.
func (j *Job) Returned() (*browser.Page, error) { return j.take(j.Browser.Popup()) }

// take goes on with a popup that has just opened.
func (j *Job) take(popup *browser.Page, err error) (*browser.Page, error) {
	if err != nil {
		return nil, err
	}
	j.popup = popup
	// Go has taken over once it takes events.
	return popup, popup.Wait("!!globalThis.portico?.event")
}

// Close closes the popup, as a click beside it does.
func (j *Job) Close() error {
	if j.popup == nil {
		return nil
	}
	popup := j.popup
	j.popup = nil
	return popup.Close()
}

// Closed waits until the popup has closed by itself.
func (j *Job) Closed() error {
	popup := j.popup
	j.popup = nil
	return popup.WaitGone()
}

// Shot takes a picture of the popup.
func (j *Job) Shot(name string) error {
	if j.Shots == "" || j.popup == nil {
		return nil
	}
	return j.popup.Screenshot(filepath.Join(j.Shots, name+".png"))
}

// Prepare adds the portal and starts signing in, as the popup would ask the
// backend to, and shows the portal's page.
func (j *Job) Prepare() error {
	_, err := browser.Eval[bool](j.Browser.Control(), fmt.Sprintf(`(async () => {
		const ask = (type, args) => chrome.runtime.sendMessage({v: '1', type, args});
		const added = await ask('portal.add', {startUrl: %q, region: %q});
		if (!added.ok) throw Error(added.error.message);
		await ask('signin.start', {portal: added.data.portal});
		return true;
	})()`, j.StartURL, j.Region))
	if err != nil {
		return err
	}
	return j.Browser.Control().Navigate(j.StartURL)
}

// AddPortal fills the form that a first start shows.
func (j *Job) AddPortal() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	return "added " + j.StartURL, errors.Join(
		p.Fill("#start-url", j.StartURL),
		p.Fill("#region", j.Region),
		p.Click("#add-submit"))
}

// UseCodes has sign-ins approved by a code, as the settings page does.
func (j *Job) UseCodes() error {
	j.byCode = true
	_, err := browser.Eval[bool](j.Browser.Control(), "chrome.runtime.sendMessage({v: '1', type: 'settings.set', args: {signInByCode: 'true'}}).then("+
		"(answer) => answer.ok || Promise.reject(Error(answer.error.message)))")
	return err
}

// AddDemo adds the demo organisation, which is inside the extension.
func (j *Job) AddDemo() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	j.StartURL, j.byCode = j.Browser.Address(demoPage)+"#", true
	return "added the demo organisation", p.Click("[data-action=demo]")
}

// demoPage is the page of the extension that stands for a portal's own pages.
const demoPage = "demo/portal.html"

// page gives the address of a page of the portal.
func (j *Job) page(path string) string {
	if strings.HasSuffix(j.StartURL, demoPage+"#") {
		return demoPage
	}
	return path
}

// Code waits for the code that has to be approved.
func (j *Job) Code() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	if _, err := p.WaitText("#signin-title", "Check this code"); err != nil {
		return "", err
	}
	return p.Text("#signin-code")
}

// Approve opens the sign-in page from the popup, compares the code and allows it.
// Then the popup comes back by itself.
func (j *Job) Approve(code string) (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	// As in Console, the popup may be gone before the click is confirmed.
	_ = p.Click("#signin-primary")
	page, err := j.Browser.Page(j.page("/start/device"))
	if err != nil {
		return "", err
	}
	// The tab takes the focus, and so the popup closes.
	if err := j.Closed(); err != nil {
		return "", err
	}
	if _, err := page.WaitText("body", code); err != nil {
		return "", err
	}
	if err := page.Click("button[value=allow]"); err != nil {
		return "", err
	}
	if _, err := page.WaitText("main", "pproved"); err != nil {
		return "", err
	}
	if _, err := j.Returned(); err != nil {
		return "", err
	}
	// The popup would close with the tab, hence that goes elsewhere.
	return "the page showed " + code + " too; allowed", page.Leave()
}

// Allow allows the sign-in on the page that the extension has opened. That leads
// back: the tab closes and the popup comes by itself.
func (j *Job) Allow() (string, error) {
	page, err := j.Browser.Page("/authorize")
	if err != nil {
		return "", err
	}
	// The tab takes the focus, and so the popup closes.
	if j.popup != nil {
		if err := j.Closed(); err != nil {
			return "", err
		}
	}
	if _, err := page.WaitText("h1", "Allow access?"); err != nil {
		return "", err
	}
	if j.Shots != "" {
		if err := page.Screenshot(filepath.Join(j.Shots, "allow.png")); err != nil {
			return "", err
		}
	}
	// The page may be gone before the click is confirmed.
	_ = page.Click("button[value=allow]")
	if err := page.WaitGone(); err != nil {
		return "", err
	}
	_, err = j.Returned()
	return "allowed on the page that opened", err
}

// SignIn goes from a portal that was added to a session.
func (j *Job) SignIn() (string, error) {
	if !j.byCode {
		return j.Allow()
	}
	code, err := j.Code()
	if err != nil {
		return "", err
	}
	if err := j.Shot("signin"); err != nil {
		return "", err
	}
	return j.Approve(code)
}

// Listed waits until everything is listed, and gives the summary. A remark about
// a fault that shows meanwhile is an error: a listing is to go without a word.
func (j *Job) Listed() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	// The page notes each remark, so that none escapes between two looks.
	if _, err := browser.Eval[bool](p, `(() => {
		globalThis.remarks = new Set();
		const note = () => {
			for (const id of ['banner', 'notice']) {
				const e = document.getElementById(id);
				if (!e.hidden && e.textContent.trim()) remarks.add(e.textContent.trim());
			}
		};
		new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
		note();
		return true;
	})()`); err != nil {
		return "", err
	}
	if err := j.Shot("listing"); err != nil {
		return "", err
	}
	summary, err := p.WaitText("#summary", " in ")
	if err != nil {
		return "", err
	}
	remarks, err := browser.Eval[string](p, "[...remarks].filter(r => !r.startsWith('A sign-in is under way')).join(' / ')")
	if err == nil && remarks != "" {
		err = fmt.Errorf("while listing, the popup said: %s", remarks)
	}
	return summary, err
}

// Search types into the search field and gives the first row.
func (j *Job) Search(query string) (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	if err := errors.Join(p.Press("Ctrl+a"), p.Press("Backspace"), p.Type(query)); err != nil {
		return "", err
	}
	if err := p.Wait(fmt.Sprintf("document.querySelector('#query').value === %q", query)); err != nil {
		return "", err
	}
	return j.Selected()
}

// RowText is a function of JavaScript's that gives what a row of the popup's is of:
// name, ID and role. The first two stand above it.
const RowText = "((row) => row ? [...row.closest('.group').querySelectorAll('.account > bdi'), row.querySelector('.role')].map(e => e.textContent).join(' | ') : '')"

// Selected gives the row that the actions act on: name, ID and role.
func (j *Job) Selected() (string, error) {
	return browser.Eval[string](j.popup, RowText+"(document.querySelector('.row[aria-selected=true]'))")
}

// Copy copies the selected role's credentials with the Enter key, and gives
// what the popup says of it.
func (j *Job) Copy() (string, error) {
	if _, err := j.Open(); err != nil {
		return "", err
	}
	if err := j.popup.Press("Enter"); err != nil {
		return "", err
	}
	return j.popup.WaitText("#notice", "Copied for ")
}

// Console opens the selected role's console and gives what its page says.
func (j *Job) Console() (string, error) { return j.ConsoleBy("Ctrl+Enter") }

// ConsoleBy is Console by other keys.
func (j *Job) ConsoleBy(keys string) (string, error) {
	if _, err := j.Open(); err != nil {
		return "", err
	}
	// The popup may be gone before the browser has confirmed the key press; that
	// it did its work is seen by the page it opens.
	_ = j.popup.Press(keys)
	page, err := j.Browser.Page(j.page("/console/home"))
	if err != nil {
		return "", err
	}
	if err := j.Closed(); err != nil {
		return "", err
	}
	defer page.Close()
	if err := page.Wait("!!document.querySelector('#account-id')?.textContent"); err != nil {
		return "", err
	}
	if j.Shots != "" {
		if err := page.Screenshot(filepath.Join(j.Shots, "console.png")); err != nil {
			return "", err
		}
	}
	return browser.Eval[string](page, "['#account-name', '#account-id', '#role-name', '#destination'].map(id => document.querySelector(id)?.textContent ?? 'console home').join(' | ').replace(/ \\| console home$/, '')")
}

// Bookmark bookmarks the selected role's link and gives what the popup says.
func (j *Job) Bookmark() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	if err := p.Press("Ctrl+d"); err != nil {
		return "", err
	}
	return p.WaitText("#notice", "ookmarked")
}

// Bookmarks gives titles and URLs of all bookmarks, a line each.
func (j *Job) Bookmarks() (string, error) {
	return browser.Eval[string](j.Browser.Control(), `chrome.bookmarks.search({}).then(all =>
		all.filter(b => b.url).map(b => b.title + ' -> ' + b.url).join('\n'))`)
}

// SignOut signs out from the menu.
func (j *Job) SignOut() (string, error) {
	p, err := j.Open()
	if err != nil {
		return "", err
	}
	if err := errors.Join(p.Click("#portal"), p.Click("#menu-signout")); err != nil {
		return "", err
	}
	return p.WaitText("#notice", "Signed out")
}

// Session tells whether the extension still holds a token.
func (j *Job) Session() (string, error) {
	return browser.Eval[string](j.Browser.Control(), "chrome.storage.session.get(null).then(all => JSON.stringify(all))")
}

func origin(url string) string {
	scheme, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}
