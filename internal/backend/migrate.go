package backend

import (
	"context"
	"strconv"
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/words"
)

// versionKey is where the version of what is on the disk is kept, a number.
// Without it that is what 0.1.0 stored, which is version 0. The session area has
// none: browsers empty it when an extension is updated.
const versionKey = "version"

// Version is of what this program stores.
const Version = 3

// step gives the values that make the next version of what is stored. It leaves
// alone what has its form already: a version that can't be read counts as 0.
type step func(ctx context.Context, local Store) (map[string]string, error)

// steps are in the order of versions: the first is from 0 to 1. A new form of
// what is stored on the disk is a step at the end, and a recording of the form
// before it in testdata.
var steps = [Version]step{addHead, identifyPortals, splitDirectories}

// migrated brings what is stored to our version, and goes on with sessions that were kept
// over the browser's end, once in a worker's life. It comes before anything else that
// reads storage.
func (b *Backend) migrated(ctx context.Context) error {
	b.state.Lock()
	defer b.state.Unlock()
	if b.current {
		return nil
	}
	err := migrate(ctx, b.local, steps[:])
	if err == nil {
		err = b.takeBack(ctx)
	}
	b.current = err == nil
	return err
}

// migrate takes the steps that are left. What one changes is stored together with
// the version that it makes: a worker that dies begins with the same step.
func migrate(ctx context.Context, local mended, steps []step) error {
	version, err := storedVersion(ctx, local)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return words.NewerStorage()
	}
	for i, step := range steps[version:] {
		values, err := step(ctx, local)
		if err != nil {
			return err
		}
		if values == nil {
			values = make(map[string]string, 1)
		}
		values[versionKey] = strconv.Itoa(version + i + 1)
		if err := local.Set(ctx, values); err != nil {
			return err
		}
	}
	return nil
}

// storedVersion reads the version. One that is none is set aside.
func storedVersion(ctx context.Context, local mended) (int, error) {
	stored, err := local.Get(ctx, versionKey)
	text := stored[versionKey]
	if err != nil || text == "" {
		return 0, err
	}
	version, wrong := strconv.Atoi(text)
	if wrong != nil || version < 0 {
		return 0, local.setAside(ctx, map[string]string{versionKey: text})
	}
	return version, nil
}

// addHead stores the first rows of the shown portal: 0.1.0 had none.
func addHead(ctx context.Context, local Store) (map[string]string, error) {
	stored, err := local.Get(ctx, message.PortalsKey)
	if err != nil {
		return nil, err
	}
	active, _, _ := strings.Cut(stored[message.PortalsKey], "\n")
	key := message.DirectoryPrefix + active
	if stored, err = local.Get(ctx, key); err != nil {
		return nil, err
	}
	d, err := directory.DecodeV1(stored[key])
	if err != nil {
		return nil, nil // there is none, or it is about to be set aside
	}
	directory.Sort(d.Accounts)
	return map[string]string{message.HeadKey: head(active, d, message.Settings{}.Guard(), nil, nil)}, nil
}

// identifyPortals gives each portal an ID: its start URL, by which version 1 knew
// it, so that the keys of what is stored stay.
func identifyPortals(ctx context.Context, local Store) (map[string]string, error) {
	stored, err := local.Get(ctx, message.PortalsKey)
	if err != nil || stored[message.PortalsKey] == "" {
		return nil, err
	}
	active, rest, _ := strings.Cut(stored[message.PortalsKey], "\n")
	text := active + "\n"
	for line := range strings.Lines(rest) {
		if startURL, _, ok := strings.Cut(line, "\t"); ok && strings.Count(line, "\t") == 1 {
			line = startURL + "\t" + line
		}
		text += line
	}
	return map[string]string{message.PortalsKey: text}, nil
}

// splitDirectories keeps the directories of all portals in pieces: version 2 had one
// text of each.
func splitDirectories(ctx context.Context, local Store) (map[string]string, error) {
	stored, err := local.Get(ctx, message.PortalsKey)
	if err != nil {
		return nil, err
	}
	values := make(map[string]string)
	for _, p := range message.ParsePortals(stored[message.PortalsKey]).All {
		key := message.DirectoryPrefix + p.ID
		if stored, err = local.Get(ctx, key); err != nil {
			return nil, err
		}
		d, err := directory.DecodeV1(stored[key])
		if err != nil {
			continue // there is none, or it is about to be set aside
		}
		kept := directory.Split(d)
		values[key] = kept.Head
		for i, part := range kept.Parts {
			values[message.PartKey(p.ID, i)] = part
		}
	}
	return values, nil
}
