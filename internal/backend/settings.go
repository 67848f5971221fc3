package backend

import (
	"context"

	"portico/internal/credfmt"
	"portico/internal/message"
	"portico/internal/words"
)

// setSettings stores what the person chose in place of what was chosen before.
func (b *Backend) setSettings(ctx context.Context, s message.Settings) error {
	if _, known := credfmt.Find(s.CopyFormat); !known {
		return words.UnknownFormat(printable(s.CopyFormat))
	}
	return b.Local.Set(ctx, map[string]string{message.SettingsKey: s.Text()})
}
