package backend_test

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"portico/internal/bookmarks"
	"portico/internal/message"
)

// area is a storage area that outlives the worker and remembers every write.
type area struct {
	world *world
	data  map[string]string
	odd   map[string]string // values that are no texts, as JSON
	log   []write
}

// oddError is what a store says of values that are no texts.
type oddError map[string]string

func (e oddError) Error() string             { return "values that are no texts" }
func (e oddError) NoText() map[string]string { return e }

type write struct{ key, value string }

// get gives one value.
func (a *area) get(key string) string {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	return a.data[key]
}

// history gives all writes there were.
func (a *area) history() []write {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	return slices.Clone(a.log)
}

// dump is all that is stored.
func (a *area) dump() string {
	a.world.mu.Lock()
	defer a.world.mu.Unlock()
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(a.data)) {
		b.WriteString(key + "=" + a.data[key] + "\n")
	}
	return b.String()
}

// change does one write, unless the worker does not live to see it done.
func (a *area) change(l *life, key string, apply func()) error {
	w := a.world
	w.writes++
	if w.disk != nil {
		if err := w.disk(w.writes, key); err != nil {
			return err
		}
	}
	if w.writes != w.killAt {
		apply()
		return nil
	}
	if w.kept {
		apply()
	}
	l.end()
	return l.ctx.Err()
}

// mortal is an area as one life of the worker sees it: a dead worker does
// nothing.
type mortal struct {
	*area
	life *life
}

func (m mortal) Get(ctx context.Context, keys ...string) (map[string]string, error) {
	values, err := m.read(ctx, keys)
	if m.world.slow != nil {
		m.world.slow(keys)
	}
	return values, err
}

func (m mortal) read(ctx context.Context, keys []string) (map[string]string, error) {
	m.world.mu.Lock()
	defer m.world.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if m.world.unreadable {
		return nil, errDisk
	}
	values, odd := map[string]string{}, oddError{}
	for _, key := range keys {
		if value, ok := m.data[key]; ok {
			values[key] = value
		}
		if value, ok := m.odd[key]; ok {
			odd[key] = value
		}
	}
	if len(odd) > 0 && m.life.ctx.Err() == nil {
		return values, odd
	}
	return values, m.life.ctx.Err()
}

func (m mortal) Set(ctx context.Context, values map[string]string) error {
	m.world.mu.Lock()
	defer m.world.mu.Unlock()
	if err := cmpErr(m.life.ctx.Err(), ctx.Err()); err != nil {
		return err
	}
	first := slices.Sorted(maps.Keys(values))[0]
	return m.change(m.life, first, func() {
		for key, value := range values {
			m.data[key] = value
			delete(m.odd, key)
			m.log = append(m.log, write{key, value})
			if key == "jobs" && slices.ContainsFunc(records(value), func(j message.Fields) bool { return j["held"] == "" }) && m.world.browser.alarm == nil {
				m.world.t.Error("work is pending and no alarm is set")
			}
		}
	})
}

func (m mortal) Remove(ctx context.Context, keys ...string) error {
	m.world.mu.Lock()
	defer m.world.mu.Unlock()
	if err := cmpErr(m.life.ctx.Err(), ctx.Err()); err != nil {
		return err
	}
	return m.change(m.life, keys[0], func() {
		for _, key := range keys {
			delete(m.data, key)
			delete(m.odd, key)
		}
	})
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// browser is what the extension asks of its browser.
type browser struct {
	world       *world
	policy      map[string]string // of the organisation
	tabs        []string
	closed      []int64
	opens       func()           // while a tab does
	led         map[int64]string // what tabs show that were led on
	alarm       *ring
	hosts       bool // access to hosts is granted
	marks       bool // the bookmarks permission is granted
	domains     []string
	rules       int    // how often domains was set
	caught      string // where pages lead back from
	broken      error  // of every call
	faulty      bool   // asking for permissions panics
	asked       []string
	given       []string // origins that were given back
	shut        bool     // no window can show the popup
	popups      int      // how often it was opened
	badge       string
	open        bool     // the popup is
	copies      bool     // finishing them is granted
	copied      []string // without a popup
	noClipboard bool     // it can't be written or cleared
	clipboard   string
	clears      bool // clearing it is granted
}

func (b *browser) PopupOpen(context.Context) (bool, error) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return b.open, b.broken
}

func (b *browser) WriteClipboard(_ context.Context, text, _ string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.noClipboard {
		return errors.New("no clipboard")
	}
	b.copied = append(b.copied, text)
	return nil
}

// Seal is not the browser's, but as secret: checkSecrets looks for texts.
func (b *browser) Seal(_ context.Context, text string) (string, error) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return sealOf(text), b.broken
}

func sealOf(text string) string {
	h := fnv.New64a()
	h.Write([]byte(text))
	return strconv.FormatUint(h.Sum64(), 16)
}

func (b *browser) ClearClipboard(_ context.Context, seal, _ string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	switch {
	case !b.clears:
		b.world.t.Error("the clipboard is read without leave")
	case b.noClipboard:
		return errors.New("no clipboard")
	case sealOf(b.clipboard) == seal:
		b.clipboard = ""
	}
	return nil
}

type ring struct {
	next   time.Time
	period time.Duration
}

func (b *browser) Policy(context.Context) (map[string]string, error) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return b.policy, b.broken
}

// OpenTab gives tabs the IDs from 101 on, in the order in which they are opened.
func (b *browser) OpenTab(_ context.Context, url string) (int64, error) {
	if b.opens != nil {
		b.opens()
	}
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.broken != nil {
		return 0, b.broken
	}
	b.tabs = append(b.tabs, url)
	return firstTab + int64(len(b.tabs)) - 1, nil
}

const firstTab = 101

func (b *browser) Tab(_ context.Context, id int64) (url string, open bool, err error) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	i := int(id - firstTab)
	if b.broken != nil || slices.Contains(b.closed, id) || i < 0 || i >= len(b.tabs) {
		return "", false, b.broken
	}
	if led, ok := b.led[id]; ok {
		return led, true, nil
	}
	return b.tabs[i], true, nil
}

// lead has a tab show something else: empty if the browser keeps that to itself.
func (b *browser) lead(id int64, url string) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.led == nil {
		b.led = map[int64]string{}
	}
	b.led[id] = url
}

// close closes a tab, as a person does.
func (b *browser) close(id int64) { _ = b.CloseTab(context.Background(), id) }

// last is the ID of the tab that was opened last.
func (b *browser) last() int64 { return firstTab + int64(len(b.opened())) - 1 }

// isClosed tells whether a tab was closed.
func (b *browser) isClosed(id int64) bool {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return slices.Contains(b.closed, id)
}

func (b *browser) CloseTab(_ context.Context, id int64) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	b.closed = append(b.closed, id)
	return b.broken
}

func (b *browser) CreateAlarm(_ context.Context, name string, delay, period float64) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if delay < 0.5 || period < 0.5 {
		b.world.t.Errorf("alarm %s after %v, every %v minutes: no browser does that", name, delay, period)
	}
	if b.broken == nil {
		b.alarm = &ring{time.Now().Add(minutes(delay)), minutes(period)}
	}
	return b.broken
}

func minutes(n float64) time.Duration { return time.Duration(n * float64(time.Minute)) }

func (b *browser) ClearAlarm(context.Context, string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	b.alarm = nil
	return nil
}

// due tells whether the alarm rings now.
func (b *browser) due() bool {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.alarm == nil || time.Now().Before(b.alarm.next) {
		return false
	}
	b.alarm.next = time.Now().Add(b.alarm.period)
	return true
}

func (b *browser) HasPermissions(_ context.Context, permissions, origins []string) (bool, error) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.faulty {
		panic("nobody thought of it")
	}
	b.asked = append(append(b.asked, permissions...), origins...)
	if slices.Contains(permissions, "offscreen") {
		return b.copies && (b.clears || !slices.Contains(permissions, "clipboardRead")), b.broken
	}
	return (len(permissions) == 0 || b.marks) && (len(origins) == 0 || b.hosts), b.broken
}

func (b *browser) RemovePermissions(_ context.Context, permissions, origins []string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if len(permissions) != 0 {
		b.world.t.Errorf("gives back %q, which other portals need", permissions)
	}
	b.given = append(b.given, origins...)
	b.hosts = b.hosts && !slices.Contains(origins, "http://127.0.0.1/*")
	return b.broken
}

// givenBack gives the origins that were given back.
func (b *browser) givenBack() []string {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return slices.Clone(b.given)
}

func (b *browser) RemoveOriginHeader(_ context.Context, _ int, domains []string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	b.domains, b.rules = domains, b.rules+1
	return b.broken
}

func (b *browser) CatchRedirect(_ context.Context, _ int, address string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.broken == nil {
		b.caught = address
	}
	return b.broken
}

// catches gives the address that pages lead back from; empty if from none.
func (b *browser) catches() string {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return b.caught
}

func (b *browser) OpenPopup(context.Context) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if b.shut {
		return errors.New("Could not find an active browser window.")
	}
	b.popups++
	return b.broken
}

func (b *browser) SetBadge(_ context.Context, text, title string) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if (text == "") != (title == "") {
		b.world.t.Errorf("badge %q says %q", text, title)
	}
	b.badge = text
	return b.broken
}

// summoned gives how often the popup was opened, and what the toolbar button says.
func (b *browser) summoned() (popups int, badge string) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return b.popups, b.badge
}

// ringing gives the alarm that is set, or nil.
func (b *browser) ringing() *ring {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return b.alarm
}

// opened gives the addresses of the tabs that were opened.
func (b *browser) opened() []string {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return slices.Clone(b.tabs)
}

// originless gives the domains to which requests go without an origin.
func (b *browser) originless() []string {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return slices.Clone(b.domains)
}

// bookmarkTree is the browser's bookmarks.
type bookmarkTree struct {
	world  *world
	nodes  []bookmarks.Node
	last   int // ID that was given
	broken error
	slow   time.Duration // of reading
}

// bookmark is a bookmark with the title of its folder.
type bookmark struct{ folder, title, url string }

// mortalTree is the tree as one life of the worker sees it.
type mortalTree struct {
	*bookmarkTree
	life *life
}

func (b mortalTree) BookmarkTree(context.Context) ([]bookmarks.Node, error) {
	time.Sleep(b.slow)
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	return slices.Clone(b.nodes), b.broken
}

func (b mortalTree) CreateBookmark(ctx context.Context, node bookmarks.Node) (bookmarks.Node, error) {
	err := b.change(ctx, func() error {
		node.ID = b.fresh()
		b.nodes = append(b.nodes, node)
		return nil
	})
	return node, err
}

func (b mortalTree) UpdateBookmark(ctx context.Context, id, title, url string) error {
	return b.change(ctx, func() error {
		i := slices.IndexFunc(b.nodes, func(n bookmarks.Node) bool { return n.ID == id })
		if i < 0 {
			return errors.New("no bookmark " + id)
		}
		b.nodes[i].Title = cmp.Or(title, b.nodes[i].Title)
		b.nodes[i].URL = cmp.Or(url, b.nodes[i].URL)
		return nil
	})
}

func (b mortalTree) RemoveBookmark(ctx context.Context, id string) error {
	return b.change(ctx, func() error {
		i := slices.IndexFunc(b.nodes, func(n bookmarks.Node) bool { return n.ID == id })
		if i < 0 || slices.ContainsFunc(b.nodes, func(n bookmarks.Node) bool { return n.Parent == id }) {
			return errors.New("no bookmark, or a folder that is not empty: " + id)
		}
		b.nodes = slices.Delete(b.nodes, i, i+1)
		return nil
	})
}

// change is one write, which the worker may not live to see done.
func (b mortalTree) change(ctx context.Context, apply func() error) error {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	if err := cmpErr(b.life.ctx.Err(), ctx.Err(), b.broken); err != nil {
		return err
	}
	var failed error
	died := b.world.local.change(b.life, "bookmarks", func() { failed = apply() })
	return cmpErr(died, failed)
}

// fresh is an ID that no node ever had.
func (b *bookmarkTree) fresh() string {
	b.last = max(b.last, len(b.nodes)) + 1
	return strconv.Itoa(b.last)
}

// all gives the bookmarks there are.
func (b *bookmarkTree) all() (all []bookmark) {
	b.world.mu.Lock()
	defer b.world.mu.Unlock()
	titles := map[string]string{}
	for _, node := range b.nodes {
		if titles[node.ID] = node.Title; node.URL != "" {
			all = append(all, bookmark{titles[node.Parent], node.Title, node.URL})
		}
	}
	return all
}
