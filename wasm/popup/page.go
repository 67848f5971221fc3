//go:build js && wasm

package main

import (
	"strconv"
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"portico/internal/palette"
)

// page is all of popup.html but the rows, which popup.js paints. It touches only
// what differs from the last view: a keystroke costs a handful of calls.
type page struct {
	document js.Value
	elements map[string]*dom.BasicHTMLElement // by ID
	last     palette.View
	shown    bool
}

func newPage() *page {
	return &page{document: js.Global().Get("document"), elements: make(map[string]*dom.BasicHTMLElement)}
}

// at gives the element with an ID.
func (p *page) at(id string) *dom.BasicHTMLElement {
	e, ok := p.elements[id]
	if !ok {
		e = element(p.document.Call("getElementById", id))
		p.elements[id] = e
	}
	return e
}

// element wraps an element whose kind we know. dom's own look-ups test each for
// some sixty kinds, and link the code of all of them: 160 KB of compressed
// program, where this is next to nothing.
func element(v js.Value) *dom.BasicHTMLElement {
	return &dom.BasicHTMLElement{BasicElement: &dom.BasicElement{BasicNode: &dom.BasicNode{Value: v}}}
}

func (p *page) text(id, was, is string) {
	if was != is || !p.shown {
		p.at(id).SetTextContent(is)
	}
}

func (p *page) hide(id string, was, is bool) {
	if was != is || !p.shown {
		p.flag(id, "hidden", is)
	}
}

// flag sets or removes an attribute that has no value.
func (p *page) flag(id, name string, on bool) {
	if on {
		p.at(id).SetAttribute(name, "")
	} else {
		p.at(id).RemoveAttribute(name)
	}
}

// rows tells whether the rows have to be painted.
func (p *page) rows(v palette.View) bool {
	return v.Screen == palette.ListScreen && (v.Rows != p.last.Rows || !p.shown)
}

func (p *page) show(v palette.View) {
	was := p.last
	screen := func(id string, s palette.Screen) { p.hide(id, was.Screen != s, v.Screen != s) }
	screen("list", palette.ListScreen)
	screen("signin", palette.SignScreen)
	screen("add", palette.AddScreen)
	p.header(was, v)
	if was.Format != v.Format {
		p.at("format").Set("value", v.Format)
	}
	switch v.Screen {
	case palette.ListScreen:
		p.list(was, v)
	case palette.SignScreen:
		p.signIn(was.SignIn, v.SignIn)
	case palette.AddScreen:
		p.text("add-error", was.Form, v.Form)
		p.hide("add-cancel", len(was.Portals) == 0, len(v.Portals) == 0)
		if was.Busy != v.Busy || !p.shown {
			p.flag("add-submit", "disabled", v.Busy)
		}
	}
	if was.Notice != v.Notice || !p.shown {
		p.at("notice").SetAttribute("data-kind", string(v.Notice.Kind))
		p.at("notice").SetTextContent(v.Notice.Text)
	}
	if was.Screen != v.Screen || was.Menu && !v.Menu || !p.shown {
		p.focus(v)
	}
	p.last, p.shown = v, true
}

// focus goes to where a screen's keys go. It never leaves the search field
// while the list shows.
func (p *page) focus(v palette.View) {
	switch v.Screen {
	case palette.ListScreen:
		p.at("query").Focus()
	case palette.SignScreen:
		p.at("signin-primary").Focus()
	case palette.AddScreen:
		p.at("start-url").Focus()
	}
}

func (p *page) header(was, v palette.View) {
	p.hide("top", was.Portal == "", v.Portal == "")
	p.text("portal-name", was.Portal, v.Portal)
	p.text("summary", was.Summary, v.Summary)
	p.hide("progress", was.Progress < 0, v.Progress < 0)
	if was.Progress != v.Progress && v.Progress >= 0 {
		percent := strconv.Itoa(v.Progress)
		p.at("progress").SetAttribute("aria-valuenow", percent)
		p.at("progress-bar").Style().SetProperty("width", percent+"%", "")
	}
	p.hide("menu", !was.Menu, !v.Menu)
	if was.Menu != v.Menu || !p.shown {
		p.at("portal").SetAttribute("aria-expanded", strconv.FormatBool(v.Menu))
	}
	if v.Menu && !was.Menu {
		p.portals(v)
	}
	p.hide("menu-refresh", !was.SignedIn, !v.SignedIn)
	p.hide("menu-signout", !was.SignedIn, !v.SignedIn)
	p.hide("menu-signin", was.SignedIn, v.SignedIn)
	p.text("menu-remove", was.Remove, v.Remove)
}

// portals fills the menu's list, made anew each time the menu opens.
func (p *page) portals(v palette.View) {
	list := p.at("menu-portals")
	list.SetTextContent("")
	if len(v.Portals) < 2 {
		return
	}
	for _, portal := range v.Portals {
		b := element(p.document.Call("createElement", "button"))
		b.SetAttribute("type", "button")
		b.SetAttribute("data-portal", portal.StartURL)
		if portal.StartURL == v.Active {
			b.SetAttribute("aria-current", "true")
		}
		b.SetTextContent(portal.Name() + " · " + portal.Region)
		list.Call("append", b.Value)
	}
}

func (p *page) list(was, v palette.View) {
	query := dom.HTMLInputElement{BasicHTMLElement: p.at("query")}
	if query.Value() != v.Query {
		query.SetValue(v.Query)
	}
	p.text("empty-title", was.Empty.Title, v.Empty.Title)
	p.text("empty-hint", was.Empty.Hint, v.Empty.Hint)
	p.hide("empty", was.Empty.Title == "", v.Empty.Title == "")
	p.text("banner-text", was.Banner.Text, v.Banner.Text)
	p.hide("banner", was.Banner.Text == "", v.Banner.Text == "")
	p.hide("banner-action", was.Banner.Label == "", v.Banner.Label == "")
	if was.Banner != v.Banner {
		p.at("banner-action").SetTextContent(v.Banner.Label)
		p.at("banner-action").SetAttribute("data-action", string(v.Banner.Action))
	}
	p.text("target", was.Target, v.Target)
	if (was.Target == "") != (v.Target == "") || !p.shown {
		for _, id := range []string{"act-copy", "act-console", "act-bookmark"} {
			p.flag(id, "disabled", v.Target == "")
		}
	}
}

func (p *page) signIn(was, v palette.SignInView) {
	p.text("signin-title", was.Title, v.Title)
	p.text("signin-hint", was.Hint, v.Hint)
	p.text("signin-code", was.Code, v.Code)
	p.hide("signin-code", was.Code == "", v.Code == "")
	p.hide("signin-waiting", !was.Waiting, !v.Waiting)
	p.hide("signin-cancel", !was.Cancel, !v.Cancel)
	p.text("signin-primary", was.Primary, v.Primary)
	p.hide("signin-primary", was.Primary == "", v.Primary == "")
	if was.Action != v.Action || !p.shown {
		p.at("signin-primary").SetAttribute("data-action", string(v.Action))
	}
}
