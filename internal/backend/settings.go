package backend

import (
	"cmp"
	"context"

	"portico/internal/message"
	"portico/internal/words"
)

// setSettings stores what the person chose. What is empty of it stays as it was:
// another popup may have changed that.
func (b *Backend) setSettings(ctx context.Context, chosen message.Settings) error {
	if chosen.CopyFormat != "" && !offered(chosen.CopyFormat) {
		return words.UnknownFormat(printable(chosen.CopyFormat))
	}
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Local.Get(ctx, message.SettingsKey)
	if err != nil {
		return err
	}
	s := message.ParseSettings(stored[message.SettingsKey])
	s.CopyFormat = cmp.Or(chosen.CopyFormat, s.CopyFormat)
	s.PinTold, s.CopyTold = cmp.Or(chosen.PinTold, s.PinTold), cmp.Or(chosen.CopyTold, s.CopyTold)
	return b.Local.Set(ctx, map[string]string{message.SettingsKey: s.Text()})
}
