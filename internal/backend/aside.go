package backend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"portico/internal/directory"
	"portico/internal/message"
)

// What is stored can be of a form that Portico never writes: an extension under
// development, a browser's crash, a disk. Such a value is set aside: it is kept
// under another key, told of once, and absent from then on.
const (
	asidePrefix = "aside:" // + key: the value, as JSON if it was no text
	asideKey    = "aside"  // the keys that were set aside and not told of yet, a line each
	asideMost   = 100_000  // bytes that are kept of one
)

// noText is the error of a Store that was asked for values that are no texts.
type noText interface {
	error
	NoText() map[string]string // the values, as JSON, by key
}

// mended is a Store that sets aside what is no text.
type mended struct {
	store Store
	mu    *sync.Mutex // one at a time: a value is not set aside after it was replaced
}

func (m mended) Get(ctx context.Context, keys ...string) (map[string]string, error) {
	values, err := m.store.Get(ctx, keys...)
	var odd noText
	if !errors.As(err, &odd) {
		return values, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if values, err = m.store.Get(ctx, keys...); errors.As(err, &odd) {
		err = m.setAside(ctx, odd.NoText())
	}
	return values, err
}

func (m mended) Set(ctx context.Context, values map[string]string) error {
	return m.store.Set(ctx, values)
}

func (m mended) Remove(ctx context.Context, keys ...string) error {
	return m.store.Remove(ctx, keys...)
}

// setAside keeps values under other keys, then forgets them under theirs.
func (m mended) setAside(ctx context.Context, values map[string]string) error {
	stored, err := m.store.Get(ctx, asideKey)
	var odd noText
	if err != nil && !errors.As(err, &odd) {
		return err
	}
	kept := make(map[string]string, len(values)+1)
	told := strings.Fields(stored[asideKey])
	var keys []string
	for key, value := range values {
		keys = append(keys, key)
		if key == asideKey {
			continue // it names keys, and they are still there
		}
		kept[asidePrefix+key] = strings.ToValidUTF8(value[:min(len(value), asideMost)], "")
		if !slices.Contains(told, key) {
			told = append(told, key)
		}
	}
	kept[asideKey] = strings.Join(told, "\n")
	if err := m.store.Set(ctx, kept); err != nil {
		return err
	}
	slices.Sort(keys)
	return m.store.Remove(ctx, slices.DeleteFunc(keys, func(key string) bool { return key == asideKey })...)
}

// withAside adds the keys under which values of keys were set aside.
func withAside(keys ...string) []string {
	for _, key := range keys {
		keys = append(keys, asidePrefix+key)
	}
	return keys
}

// mend sets aside what is a text, but not of the form that its key has, and has
// whatever the popup reads looked at.
func (b *Backend) mend(ctx context.Context) error {
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Local.Get(ctx, message.PortalsKey, message.SettingsKey)
	if err != nil {
		return err
	}
	text := stored[message.PortalsKey]
	portals := message.ParsePortals(text)
	if message.PortalsLost(text) {
		if err := b.local.setAside(ctx, map[string]string{message.PortalsKey: text}); err != nil {
			return err
		}
		if len(portals.All) > 0 {
			if portals.Active == "" {
				portals.Active = portals.All[0].StartURL
			}
			if err := b.Local.Set(ctx, map[string]string{message.PortalsKey: portals.Text()}); err != nil {
				return err
			}
		}
	}
	if portals.Active == "" {
		return nil
	}
	key, head := message.DirectoryPrefix+portals.Active, message.HeadPrefix+portals.Active
	if stored, err = b.Local.Get(ctx, key, head); err != nil || stored[key] == "" {
		return err
	}
	if _, err := directory.Decode(stored[key]); err == nil {
		return nil
	}
	if err := b.local.setAside(ctx, map[string]string{key: stored[key]}); err != nil {
		return err
	}
	return b.Local.Remove(ctx, head) // its rows are of no directory
}

// woken gives what was set aside since it was last told of.
func (b *Backend) woken(ctx context.Context) message.Woken {
	var w message.Woken
	for _, area := range []Store{b.Local, b.Session} {
		stored, err := area.Get(ctx, asideKey)
		if err != nil || stored[asideKey] == "" {
			continue
		}
		if area.Remove(ctx, asideKey) == nil {
			w.Aside = append(w.Aside, strings.Fields(stored[asideKey])...)
		}
	}
	return w
}
