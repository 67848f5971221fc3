//go:build js && wasm

// The program of the popup: it joins internal/palette, which decides, to the
// page, which popup.js feeds with events, and to the backend, which it asks by
// messages. It holds no token and talks to no network.
package main

import (
	"syscall/js"
	"time"
	"unsafe"

	"portico/bridge/webext"
	"portico/internal/message"
	"portico/internal/palette"
)

type popup struct {
	model  palette.Model
	page   *page
	api    webext.API
	portal js.Value // what popup.js shares with us
	saver  saver
	fader  fader
	saved  string // the view that was stored last

	loading bool            // another portal's state is being read
	changed map[string]bool // storage keys that changed since that began
}

// settling is how long the popup leaves the browser alone once it is there: waking
// the worker costs more than to answer what was typed meanwhile.
const settling = 100 * time.Millisecond

func main() {
	shell := js.Global().Get("portico")
	p := &popup{page: newPage(shell), api: webext.New(shell.Get("apis")), portal: shell,
		changed: make(map[string]bool)}
	p.saver.save = p.rested
	opened := js.Global().Get("performance").Get("timeOrigin").Float() // ms
	p.model.SetPopup(message.FormatInt(int64(opened * 1000)))

	stored := p.portal.Get("stored")
	p.model.SetSettings(message.ParseSettings(stored.Get("settings").String()))
	p.model.SetPortals(message.ParsePortals(stored.Get("portals").String()))
	p.model.SetStatus(message.ParseStatus(stored.Get("status").String()))
	p.model.SetAdding(message.ParseAdding(stored.Get("adding").String()))
	p.model.SetTime(int64(js.Global().Get("Date").Call("now").Float()))
	p.model.SetUses(stored.Get("uses").String())
	p.model.SetOwn(stored.Get("own").String())
	if snapshot := textOf(stored.Get("directory")); snapshot != "" {
		p.model.SetDirectory(snapshot)
	}
	p.saved = stored.Get("view").String()
	p.model.Restore(p.saved)
	p.portal.Set("stored", js.Null())
	p.paint()

	// For the popup's whole life, so never released.
	event, _ := webext.Callback(p.event)
	p.portal.Set("event", event)
	p.portal.Call("ready")
	time.Sleep(settling)
	// The worker goes on with what is pending.
	p.do(p.model.Opened())
	go p.lookForButton()
	select {}
}

// textOf takes a text as the bytes that it has in Go, which popup.js made of it
// while it waited for us: it may be a long one.
func textOf(bytes js.Value) string {
	text := make([]byte, bytes.Length())
	js.CopyBytesToGo(text, bytes)
	return unsafe.String(unsafe.SliceData(text), len(text))
}

// event takes everything that happens to the popup; popup.js calls it. The
// result tells whether a key press was ours.
func (p *popup) event(args []js.Value) any {
	handled := true
	var effects []palette.Effect
	switch kind := args[0].String(); kind {
	case "type":
		p.model.Type(args[1].String())
	case "key":
		key := palette.Key{Name: args[1].String(), Ctrl: args[2].Bool(), Shift: args[3].Bool(), Alt: args[4].Bool(), On: aim(args[5:])}
		if effects, handled = p.model.Press(key); !handled && key.Name == "Escape" {
			p.leave() // the browser closes the popup now
		}
	case "scroll":
		p.model.Scrolled(args[1].Int(), args[2].Int()) // pixels, maybe with fractions
	case "select":
		p.model.Select(args[1].Int(), aim(args[2:]))
	case "act":
		effects = p.model.Act(palette.Action(args[1].String()), aim(args[2:]))
	case "actions":
		if text := p.model.Actions(aim(args[1:])); text != "" {
			p.portal.Call("actions", text, args[1], args[2], args[3])
		}
	case "label":
		effects = p.model.Label(args[1].String(), aim(args[2:]))
	case "copy-id":
		effects = p.model.CopyAccountID(aim(args[1:]))
	case "time":
		effects = p.model.SetTime(int64(args[1].Float()))
	case "reveal":
		p.model.Reveal(args[1].Int())
	case "copy-value":
		effects = p.model.CopyValue(args[1].Int())
	case "tab":
		effects = p.model.SetTab(args[1].String())
	case "late":
		p.model.Late()
	case "portal":
		effects = p.model.UsePortal(args[1].String())
	case "entrance":
		effects = p.model.UseEntrance(args[1].String())
	case "format":
		effects = p.model.UseFormat(args[1].String())
	case "add":
		effects = p.model.AddPortal(message.NewPortal{StartURL: args[1].String(), Region: args[2].String(), Front: args[3].String()})
	case "leave":
		p.leave()
		return handled
	case "outside":
		p.model.CloseMenu()
	case "stored":
		effects = p.stored(args[1].String(), args[2].String(), args[3].String(), args[4:])
	}
	p.do(effects)
	p.paint()
	return handled
}

// aim reads what an event was aimed at.
func aim(args []js.Value) palette.Aim {
	return palette.Aim{Portal: args[0].String(), AccountID: args[1].String(), RoleName: args[2].String()}
}

// stored takes a change of storage, and with a directory's head the parts that changed, if
// any did. Of portals', only the shown one's concerns us.
func (p *popup) stored(area, key, value string, changed []js.Value) []palette.Effect {
	active := p.model.Active()
	p.changed[key] = true
	switch area + " " + key {
	case "local " + message.PortalsKey:
		p.model.SetPortals(message.ParsePortals(value))
		if now := p.model.Active(); now != active && now != "" {
			p.loading = true
			go p.load(now)
		}
	case "local " + message.SettingsKey:
		p.model.SetSettings(message.ParseSettings(value))
	case "local " + message.DirectoryPrefix + active:
		parts := make([]string, len(changed))
		for i := range changed {
			parts[i] = changed[i].String()
		}
		if value == "" {
			p.model.SetDirectory("")
		} else if !p.model.SetHead(value, parts) && !p.loading {
			p.loading = true
			go p.load(active)
		}
	case "session " + message.AddingKey:
		p.model.SetAdding(message.ParseAdding(value))
	case "local " + message.OwnPrefix + active:
		p.model.SetOwn(value)
	case "session " + message.StatusPrefix + active:
		return p.model.SetStatus(message.ParseStatus(value))
	}
	return nil
}

// load reads what is stored of a portal that became the shown one. Nothing is
// painted meanwhile: half of it would look like a portal that is signed out.
// What changes while it reads is newer than what it reads.
func (p *popup) load(portal string) {
	head, status, own := message.DirectoryPrefix+portal, message.StatusPrefix+portal, message.OwnPrefix+portal
	delete(p.changed, head)
	delete(p.changed, status)
	delete(p.changed, own)
	stored, err := webext.Await(forever, p.portal.Call("read", portal))
	switch {
	case p.model.Active() != portal:
		return // another one is being loaded
	case p.changed[head]:
		go p.load(portal) // what was told since is a part of it
		return
	case err == nil:
		if !p.changed[status] {
			p.model.SetStatus(message.ParseStatus(stored.Get("status").String()))
		}
		p.model.SetUses(stored.Get("uses").String())
		if !p.changed[own] {
			p.model.SetOwn(stored.Get("own").String())
		}
		if snapshot := textOf(stored.Get("directory")); snapshot != "" {
			p.model.SetDirectory(snapshot)
		}
	}
	p.loading = false
	p.paint()
}

// paint brings the page in line with the model.
func (p *popup) paint() {
	if p.loading {
		return
	}
	v := p.model.View()
	p.page.show(v)
	p.fader.shows(v.Notice, p.fade)
	p.saver.changed()
}
