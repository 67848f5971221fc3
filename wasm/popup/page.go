//go:build js && wasm

package main

import (
	"strconv"
	"syscall/js"

	"honnef.co/go/js/dom/v2"

	"portico/internal/palette"
	"portico/internal/words"
)

// page is all of popup.html but the rows, which popup.js paints. It touches only
// what differs from what it says already: a keystroke costs a handful of calls.
type page struct {
	document js.Value
	shell    js.Value                         // what popup.js shares with us
	elements map[string]*dom.BasicHTMLElement // by ID
	said     map[place]string
	rows     string // painted last
	portal   string // whose rows they are
	screen   palette.Screen
	menu     bool
}

// place is an attribute of the element with an ID. What screens show is kept for
// each place, as a screen that is hidden meanwhile keeps saying what it said last.
type place struct{ id, attribute string }

// Places that are no attributes.
const (
	text  = "text of the element"
	value = "value of the field"
)

func newPage(shell js.Value) *page {
	return &page{document: js.Global().Get("document"), shell: shell, elements: make(map[string]*dom.BasicHTMLElement), said: make(map[place]string)}
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

// differs notes what a place is to say. It tells whether it said anything else.
func (p *page) differs(id, attribute, is string) bool {
	at := place{id, attribute}
	if was, said := p.said[at]; said && was == is {
		return false
	}
	p.said[at] = is
	return true
}

func (p *page) text(id, is string) {
	if p.differs(id, text, is) {
		p.at(id).SetTextContent(is)
	}
}

// sentence is text with names in it; see directory.Isolate.
func (p *page) sentence(id, is string) {
	if p.differs(id, text, is) {
		p.shell.Call("say", id, is)
	}
}

func (p *page) attribute(id, name, is string) {
	if p.differs(id, name, is) {
		p.at(id).SetAttribute(name, is)
	}
}

// flag sets or removes an attribute that has no value.
func (p *page) flag(id, name string, on bool) {
	switch {
	case !p.differs(id, name, strconv.FormatBool(on)):
	case on:
		p.at(id).SetAttribute(name, "")
	default:
		p.at(id).RemoveAttribute(name)
	}
}

func (p *page) hide(id string, hidden bool) { p.flag(id, "hidden", hidden) }

// show brings the page in line with a view.
func (p *page) show(v palette.View) {
	if p.screen != v.Screen || p.portal != v.Active {
		p.shell.Call("shows", v.Active, string(v.Screen))
	}
	if v.Screen == palette.ListScreen && (p.rows != v.Rows || p.portal != v.Active) {
		p.rows = v.Rows
		p.shell.Call("paint", v.Rows)
	}
	p.hide("list", v.Screen != palette.ListScreen)
	p.hide("signin", v.Screen != palette.SignScreen)
	p.hide("add", v.Screen != palette.AddScreen)
	p.hide("remove", v.Screen != palette.AskScreen)
	p.hide("values", v.Screen != palette.Values)
	if v.Screen == palette.Values || p.screen == palette.Values {
		p.values(v) // what is secret leaves the page with its screen
	}
	p.header(v)
	switch v.Screen {
	case palette.ListScreen:
		p.list(v)
	case palette.SignScreen:
		p.signIn(v.SignIn)
		p.text("signin-where", v.Where)
	case palette.AddScreen:
		if p.differs("add-error", text, v.Form) {
			p.shell.Call("refused", v.Form, v.Wrong)
		}
		p.text("add-other", v.Other.Label)
		p.attribute("add-other", "data-action", string(v.Other.Action))
		p.hide("add-other", v.Other.Label == "")
		p.hide("add-cancel", !v.Cancel)
		p.flag("add-submit", "disabled", v.Busy)
		for _, field := range [...]string{"start-url", "region"} {
			p.flag(field, "readonly", v.Asking)
		}
		for _, filled := range [...]string{"add-tab", "add-front"} {
			p.flag(filled, "disabled", v.Asking)
		}
	case palette.AskScreen:
		p.text("remove-title", words.AskRemove.With(v.Portal))
		p.flag("remove-confirm", "disabled", v.Busy)
	}
	p.attribute("notice", "data-kind", string(v.Notice.Kind))
	p.sentence("notice", v.Notice.Text)
	if p.screen == "" && p.focused(string(v.Screen)) {
		// popup.js painted it, and the person has gone on.
	} else if p.screen != v.Screen || !v.Menu && (p.focused("") || p.menu && p.focused("menu")) {
		p.focus(v)
	}
	p.screen, p.menu, p.portal = v.Screen, v.Menu, v.Active
}

// focused tells whether something inside the element with an ID has the focus; for
// no ID, whether nothing has it: what had it was hidden, say.
func (p *page) focused(id string) bool {
	active := p.document.Get("activeElement")
	if id == "" {
		return active.IsNull() || active.Equal(p.document.Get("body"))
	}
	return p.at(id).Call("contains", active).Bool()
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
	case palette.AskScreen:
		p.at("remove-cancel").Focus()
	case palette.Values:
		p.at("value-0-show").Focus()
	}
}

// mostValues is how many the page has places for.
const mostValues = 3

func (p *page) values(v palette.View) {
	p.sentence("values-of", v.Title)
	for i := range mostValues {
		id := "value-" + strconv.Itoa(i)
		var is palette.Value
		if i < len(v.Values) {
			is = v.Values[i]
		}
		p.hide(id, is.Name == "")
		p.text(id+"-name", is.Name)
		p.text(id+"-text", is.Text)
		label := words.ShowValue
		if is.Open {
			label = words.HideValue
		}
		p.text(id+"-show", label)
	}
}

func (p *page) header(v palette.View) {
	p.hide("top", v.Portal == "")
	p.text("portal-name", v.Portal)
	p.attribute("portal", "data-colour", v.Colour)
	p.attribute("portal", "title", v.Address)
	p.text("summary", v.Summary)
	p.sentence("aside", v.Aside)
	// A count of matches is read out, one that moves all the time is not.
	live := "off"
	if v.Progress < 0 {
		live = "polite"
	}
	p.attribute("summary", "aria-live", live)
	p.hide("progress", v.Progress < 0)
	if percent := strconv.Itoa(v.Progress); v.Progress >= 0 && p.differs("progress", "aria-valuenow", percent) {
		p.at("progress").SetAttribute("aria-valuenow", percent)
		p.at("progress-bar").Style().SetProperty("width", percent+"%", "")
	}
	p.hide("menu", !v.Menu)
	p.attribute("portal", "aria-expanded", strconv.FormatBool(v.Menu))
	if v.Menu && !p.menu {
		p.portals(v)
	}
	p.hide("menu-refresh", !v.SignedIn)
	p.hide("menu-signout", !v.SignedIn)
	p.hide("menu-fresh", !v.SignedIn)
	p.text("menu-signin", v.MenuSignIn)
	p.hide("menu-signin", v.MenuSignIn == "")
}

// portals fills the menu's list, made anew each time the menu opens.
func (p *page) portals(v palette.View) {
	list := p.at("menu-portals")
	list.SetTextContent("")
	entry := func(role string) *dom.BasicHTMLElement {
		b := element(p.document.Call("createElement", "button"))
		b.SetAttribute("type", "button")
		b.SetAttribute("role", role)
		b.SetAttribute("tabindex", "-1")
		list.Call("append", b.Value)
		return b
	}
	for i, portal := range v.Portals {
		if len(v.Portals) == 1 {
			break
		}
		b := entry("menuitemradio")
		b.SetAttribute("data-portal", portal.ID)
		b.SetAttribute("aria-checked", strconv.FormatBool(portal.ID == v.Active))
		part := func(kind, text string) *dom.BasicHTMLElement {
			e := element(p.document.Call("createElement", kind))
			e.SetTextContent(text)
			return e
		}
		mark, called, where := part("i", ""), part("span", ""), part("small", v.Addresses[i])
		mark.SetAttribute("class", "mark")
		mark.SetAttribute("data-colour", v.Colours[i])
		called.Call("append", part("bdi", v.Names[i]).Value, " ", where.Value)
		b.Call("append", mark.Value, called.Value)
		if i < 9 {
			b.Call("append", part("kbd", "Ctrl "+strconv.Itoa(i+1)).Value)
		}
	}
	for _, other := range v.Entrances {
		b := entry("menuitem")
		b.SetAttribute("data-entrance", other.StartURL)
		b.SetTextContent(words.SignInBy.With(other.Region))
	}
}

func (p *page) list(v palette.View) {
	query := dom.HTMLInputElement{BasicHTMLElement: p.at("query")}
	// Left alone otherwise: an input method may be composing there.
	if p.differs("query", value, v.Query) && query.Value() != v.Query {
		query.SetValue(v.Query)
	}
	if p.differs("format", value, v.Format) {
		p.at("format").Set("value", v.Format)
	}
	p.text("empty-title", v.Empty.Title)
	p.sentence("empty-hint", v.Empty.Hint)
	p.hide("empty", v.Empty.Title == "")
	p.sentence("banner-text", v.Banner.Text)
	p.hide("banner", v.Banner.Text == "")
	p.text("banner-action", v.Banner.Label)
	p.attribute("banner-action", "data-action", string(v.Banner.Action))
	p.hide("banner-action", v.Banner.Label == "")
	p.sentence("target", v.Target)
	p.sentence("tab-says", v.Tab)
	p.hide("tab", v.Tab == "")
	class := ""
	if v.Guarded {
		class = " guarded"
	}
	p.attribute("now", "class", "now"+class)
	p.hide("format-template", !v.Template)
	for _, id := range [...]string{"act-copy", "act-console"} {
		p.flag(id, "disabled", !v.Acts)
	}
}

func (p *page) signIn(v palette.SignInView) {
	p.text("signin-title", v.Title)
	p.sentence("signin-hint", v.Hint)
	p.text("signin-code", v.Code)
	p.hide("signin-code", v.Code == "")
	p.hide("signin-waiting", !v.Waiting)
	p.hide("signin-pin", !v.Pin)
	p.hide("signin-cancel", !v.Cancel)
	p.hide("signin-other", !v.Other)
	p.text("signin-primary", v.Primary)
	p.attribute("signin-primary", "data-action", string(v.Action))
	p.hide("signin-primary", v.Primary == "")
}
