package backend

import (
	"context"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
)

// changesPrefix is where what a portal's last listings found otherwise is kept: + ID.
const changesPrefix = "changes:"

// directoryKeys are where a portal's directory is kept.
func directoryKeys(id string) []string {
	return append(message.DirectoryKeys(id, directory.MostParts), changesPrefix+id)
}

// directory reads the stored directory. One that can not be read, of a version
// that is no more, say, counts as none, and a part that can't be as no accounts.
func (b *Backend) directory(ctx context.Context, p portal.Portal) (*directory.Directory, error) {
	stored, err := b.Local.Get(ctx, directoryKeys(p.ID)...)
	if err != nil {
		return nil, err
	}
	d, _, err := directory.Load(piecesOf(p.ID, stored))
	if err != nil {
		return &directory.Directory{}, nil
	}
	return d, nil
}

// changes gives what the last listings found otherwise.
func (b *Backend) changes(ctx context.Context, p portal.Portal) (directory.Changes, error) {
	stored, err := b.Local.Get(ctx, changesPrefix+p.ID)
	return directory.ParseChanges(stored[changesPrefix+p.ID]), err
}

// piecesOf gives a directory's snapshot as it is among what is stored.
func piecesOf(id string, stored map[string]string) directory.Stored {
	kept := directory.Stored{Head: stored[message.DirectoryPrefix+id]}
	for i := range directory.MostParts {
		kept.Parts = append(kept.Parts, stored[message.PartKey(id, i)])
	}
	return kept
}

// keepDirectory adds to what is to be stored what has changed of a portal's directory: its
// head, and parts that are others than before.
func (b *Backend) keepDirectory(ctx context.Context, values map[string]string, id string, d *directory.Directory) error {
	key := message.DirectoryPrefix + id
	stored, err := b.Local.Get(ctx, key)
	if err != nil {
		return err
	}
	kept := directory.Split(d)
	values[key] = kept.Head
	for i, part := range kept.Changed(stored[key]) {
		values[message.PartKey(id, i)] = part
	}
	return nil
}

// setChanged stores values, but for those of keys that are stored already.
func (b *Backend) setChanged(ctx context.Context, values map[string]string, keys ...string) error {
	stored, err := b.Local.Get(ctx, keys...)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if value, ok := values[key]; ok && value == stored[key] {
			delete(values, key)
		}
	}
	return b.Local.Set(ctx, values)
}

// mendDirectory sets aside what can't be read of a portal's directory, and keeps what
// can be.
func (b *Backend) mendDirectory(ctx context.Context, id string) error {
	stored, err := b.Local.Get(ctx, append(directoryKeys(id), message.HeadKey)...)
	head := message.DirectoryPrefix + id
	if err != nil || stored[head] == "" {
		return err
	}
	kept := piecesOf(id, stored)
	d, damaged, unread := directory.Load(kept)
	lost := map[string]string{}
	for _, i := range damaged {
		if i < len(kept.Parts) && kept.Parts[i] != "" {
			lost[message.PartKey(id, i)] = kept.Parts[i]
		}
	}
	switch {
	case unread != nil:
		lost[head] = kept.Head
	case damaged == nil:
		return nil
	}
	if len(lost) > 0 {
		if err := b.local.setAside(ctx, lost); err != nil {
			return err
		}
	}
	if values := make(map[string]string); unread == nil {
		if err := b.keepDirectory(ctx, values, id, d); err != nil {
			return err
		}
		if err := b.Local.Set(ctx, values); err != nil {
			return err
		}
	}
	return b.Local.Remove(ctx, message.HeadKey) // its rows may be of no directory
}
