//go:build js && wasm

package main

import (
	"context"
	"runtime"
	"strings"
	"syscall/js"
	"time"

	"portico/bridge/webext"
	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/words"
)

// forever is the context of all that the popup starts: it lasts as long as the popup,
// which ends without a word. It is none, see [webext.Await].
var forever context.Context

// do carries out effects, each in a goroutine: what they wait for must not hold
// up the page. Go has one thread here, so the model needs no lock.
//
// Much of what is done closes the popup, so where it is is kept first.
func (p *popup) do(effects []palette.Effect) {
	if len(effects) > 0 {
		p.leave()
	}
	for _, e := range effects {
		switch e := e.(type) {
		case palette.Send:
			go p.send(e)
		case palette.Copy:
			go p.copy(e)
		case palette.CopyText:
			go p.copyText(e)
		case palette.Close:
			js.Global().Call("close")
		case palette.AskLabel:
			p.portal.Call("label", e.Of, e.Label, e.On.Portal, e.On.AccountID, e.On.RoleName)
		case palette.Ask:
			go p.ask(e)
		}
	}
	if len(effects) > 0 {
		runtime.Gosched() // they begin at once: what is painted next is not waited for
	}
}

func (p *popup) send(s palette.Send) {
	result, failure := p.request(s)
	p.then(p.model.Answered(s, result, failure))
}

// patience is how long an answer may take. The worker gives itself less
// (background.js), so this is for a browser that lost the message.
const patience = 45 * time.Second

// request sends one message and reads the answer's envelope. A worker that is
// stopped in the middle takes the answer with it, so what may be asked twice is.
func (p *popup) request(s palette.Send) (message.Fields, *message.Error) {
	sent := map[string]any{"v": message.Version, "type": string(s.Type), "args": webext.Object(s.Fields)}
	answered := make(chan js.Value, 2)
	go func() {
		reply, err := p.api.SendMessage(forever, sent)
		if err != nil && s.Type != message.ConsoleOpen {
			reply, _ = p.api.SendMessage(forever, sent)
		}
		answered <- reply
	}()
	// A timer that sends the time would link all that it takes to write it.
	defer time.AfterFunc(patience, func() { answered <- js.Undefined() }).Stop()
	reply := <-answered
	if reply.Type() != js.TypeObject {
		return nil, words.NoBackground()
	}
	if reply.Get("ok").Truthy() {
		return webext.Fields(reply.Get("data")), nil
	}
	if e := message.ErrorFrom(webext.Fields(reply.Get("error"))); e != nil {
		return nil, e
	}
	return nil, words.Meaningless()
}

func (p *popup) copy(c palette.Copy) {
	err := writeClipboard(c.Text)
	c.Until = p.portal.Call("time", c.Expires).String()
	p.then(p.model.Copied(c, err == nil))
}

func (p *popup) copyText(c palette.CopyText) {
	err := writeClipboard(c.Text)
	p.then(p.model.CopiedText(c, err == nil))
}

func writeClipboard(text string) error {
	promise, err := webext.Call(js.Global().Get("navigator").Get("clipboard"), "writeText", text)
	if err == nil {
		_, err = webext.Await(forever, promise)
	}
	return err
}

func (p *popup) ask(a palette.Ask) {
	granted, err := p.api.RequestPermissions(forever, strings.Fields(a.Permissions), strings.Fields(a.Origins))
	p.then(p.model.Asked(a, granted && err == nil))
}

// lookForButton finds out whether the toolbar shows our button.
func (p *popup) lookForButton() {
	if on, err := p.api.OnToolbar(forever); err == nil && !on {
		p.model.SetUnpinned()
		p.paint()
	}
}

// then carries out what an answer calls for, and paints what it changed.
func (p *popup) then(effects []palette.Effect) {
	p.do(effects)
	p.paint()
}

// leave keeps where the popup is, as it may end at once. Nothing may wait inside
// an event's callback: Go has one thread, so what is waited for could never come.
// A goroutine runs until it waits before JavaScript goes on, so the write is on
// its way by then.
func (p *popup) leave() { go p.saveView() }

// saveView keeps where the popup is, so that the next one continues there.
func (p *popup) saveView() {
	view := p.model.Saved()
	if view == p.saved {
		return
	}
	p.saved = view
	// Lost if it fails: then the next popup opens afresh.
	if view == "" {
		_ = p.api.Session().Remove(forever, message.ViewKey)
	} else {
		_ = p.api.Session().Set(forever, map[string]string{message.ViewKey: view})
	}
}

// A notice stands long enough to be read at leisure, one of a failure longer.
const (
	noticeStands  = 10 * time.Second
	failureStands = 30 * time.Second
)

// fader takes a notice away after a while.
type fader struct {
	notice palette.Notice
	timer  *time.Timer
}

// shows takes the notice that shows now.
func (f *fader) shows(n palette.Notice, fade func(palette.Notice)) {
	if n == f.notice {
		return
	}
	if f.timer != nil {
		f.timer.Stop()
	}
	if f.notice = n; n.Text == "" {
		return
	}
	stands := noticeStands
	if n.Kind == palette.Failure {
		stands = failureStands
	}
	f.timer = time.AfterFunc(stands, func() { fade(n) })
}

// rested is for what shows once it has stood for a moment.
func (p *popup) rested() {
	p.saveView()
	for _, e := range p.model.Ahead() {
		go p.send(e.(palette.Send))
	}
}

// fade takes a notice away.
func (p *popup) fade(n palette.Notice) {
	p.model.Fade(n)
	p.paint()
}

// saver calls save a moment after the last change: typing itself touches no
// storage.
type saver struct {
	save  func()
	timer *time.Timer
}

func (s *saver) changed() {
	const pause = 150 * time.Millisecond
	if s.timer == nil {
		s.timer = time.AfterFunc(pause, s.save)
		return
	}
	s.timer.Reset(pause)
}
