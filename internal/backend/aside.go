package backend

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
)

// What is stored can be of a form that Portico never writes: an extension under
// development, a browser's crash, a disk. Such a value is set aside: it is kept
// under another key, told of once, and absent from then on.
const (
	asidePrefix = "aside:" // + key: the value, as JSON if it was no text; not of a secret key
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
	return m.get(ctx, keys...)
}

// get is Get for who holds m.mu.
func (m mended) get(ctx context.Context, keys ...string) (map[string]string, error) {
	values, err := m.store.Get(ctx, keys...)
	var odd noText
	if errors.As(err, &odd) {
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
	keys := slices.Collect(maps.Keys(values))
	slices.SortStableFunc(keys, strings.Compare)                                     // as roles are: another way of sorting costs 4 KB
	keys = slices.DeleteFunc(keys, func(key string) bool { return key == asideKey }) // it names keys, and they are still there
	if len(keys) == 0 {
		return m.store.Remove(ctx, asideKey)
	}
	for _, key := range keys {
		if value := values[key]; !secret(key) {
			kept[asidePrefix+key] = strings.ToValidUTF8(value[:min(len(value), asideMost)], "")
		}
		if !slices.Contains(told, key) {
			told = append(told, key)
		}
	}
	kept[asideKey] = strings.Join(told, "\n")
	if err := m.store.Set(ctx, kept); err != nil {
		return err
	}
	return m.store.Remove(ctx, keys...)
}

// secret tells whether a key's values hold tokens. Of such a value nothing is
// kept: nobody could end what it holds the key to, nor know when it is over.
func secret(key string) bool {
	return key == jobsKey || strings.HasPrefix(key, sessionPrefix) || strings.HasPrefix(key, keptPrefix)
}

// forgetAside has what was set aside in an area name a portal no more.
func forgetAside(ctx context.Context, area Store, p portal.Portal) error {
	const list = asidePrefix + message.PortalsKey
	stored, err := area.Get(ctx, asideKey, list)
	if err != nil {
		return err
	}
	for _, key := range []string{asideKey, list} {
		left := slices.DeleteFunc(strings.Split(stored[key], "\n"), func(line string) bool {
			return strings.Contains(line, p.ID) || strings.Contains(line, p.StartURL)
		})
		switch text := strings.Join(left, "\n"); {
		case text == stored[key]:
			continue
		case text == "":
			err = area.Remove(ctx, key)
		default:
			err = area.Set(ctx, map[string]string{key: text})
		}
		if err != nil {
			return err
		}
	}
	return nil
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
	portals, err := b.mendPortals(ctx, stored[message.PortalsKey])
	if err != nil {
		return err
	}
	if portals.Active == "" {
		return nil
	}
	if err := b.mendOwn(ctx, portals.Active); err != nil {
		return err
	}
	return b.mendDirectory(ctx, portals.Active)
}

// mendPortals sets a list of portals aside of which a line is none, and keeps the
// others. The caller holds b.state.
func (b *Backend) mendPortals(ctx context.Context, text string) (message.Portals, error) {
	portals, whole := b.sound(text)
	if whole {
		return portals, nil
	}
	if err := b.local.setAside(ctx, map[string]string{message.PortalsKey: text}); err != nil {
		return portals, err
	}
	if len(portals.All) == 0 {
		return portals, nil
	}
	if portals.Active == "" {
		portals.Active = portals.All[0].ID
	}
	return portals, b.Local.Set(ctx, map[string]string{message.PortalsKey: portals.Text()})
}

// woken says what was set aside and no popup has told yet. One that was asked for it may
// be gone before it can: so each says what it has told, by the keys.
func (b *Backend) woken(ctx context.Context, told string) message.Woken {
	done, left := strings.Fields(told), []string{}
	for _, area := range []mended{b.local, b.session} {
		left = append(left, area.asideBut(ctx, done)...)
	}
	return message.Woken{Problem: lost(left), Keys: strings.Join(left, "\n")}
}

// asideBut forgets that keys were set aside of which somebody was told, and gives the
// others.
func (m mended) asideBut(ctx context.Context, told []string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	stored, err := m.get(ctx, asideKey)
	if err != nil || stored[asideKey] == "" {
		return nil
	}
	all := strings.Fields(stored[asideKey])
	left := slices.DeleteFunc(slices.Clone(all), func(key string) bool { return slices.Contains(told, key) })
	switch {
	case len(left) == 0:
		_ = m.store.Remove(ctx, asideKey) // or it is told once more
	case len(left) < len(all):
		_ = m.store.Set(ctx, map[string]string{asideKey: strings.Join(left, "\n")})
	}
	return left
}

// lost says which values could not be read, by their keys, and what to do about it.
func lost(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	var all, todo []string
	for _, key := range keys {
		what, next := lostWith(key)
		if slices.Contains(all, what) {
			continue
		}
		all = append(all, what)
		if next != "" {
			todo = append(todo, next)
		}
	}
	return strings.Join(append([]string{words.SetAside.With(words.And(all))}, todo...), " ")
}

// lostWith says what a key holds, and what to do without it.
func lostWith(key string) (what, next string) {
	kind, _, _ := strings.Cut(key, ":")
	switch kind + ":" {
	case message.PortalsKey + ":":
		return words.LostPortals, words.AddMissing
	case message.SettingsKey + ":":
		return words.LostSettings, words.ChooseFormat
	case message.DirectoryPrefix, message.PartPrefix, changesPrefix, message.HeadKey + ":":
		return words.LostDirectory, words.ListAnew
	case message.UsesPrefix:
		return words.LostUses, ""
	case message.OwnPrefix:
		return words.LostOwn, ""
	case bookmarksPrefix:
		return words.LostBookmarks, ""
	case message.ViewKey + ":":
		return words.LostView, ""
	case versionKey + ":":
		return words.LostVersion, ""
	}
	return words.LostSession, words.SignInIfDue // session, status and the work that is pending
}
