package backend

import (
	"context"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/usage"
)

// use remembers that a role was used after something was typed, and has it come first
// in the next popup. What fails is not worth a word: another use will do.
func (b *Backend) use(ctx context.Context, p portal.Portal, accountID, roleName, typed string) {
	chosen, err := b.settings(ctx)
	if err != nil || chosen.NoUses {
		return
	}
	b.state.Lock()
	defer b.state.Unlock()
	all, err := b.portals(ctx)
	if _, listed := all.Find(p.ID); err != nil || !listed {
		return
	}
	its, err := b.customs(ctx, p.ID)
	if err != nil {
		return
	}
	its.uses.Add(directory.Escape(accountID), directory.Escape(roleName), typed, b.minute())
	values := map[string]string{message.UsesPrefix + p.ID: its.uses.Text()}
	if all.Active == p.ID {
		if d, err := b.directory(ctx, p); err == nil && len(d.Accounts) > 0 {
			values[message.HeadKey] = b.headOf(p.ID, d, chosen.Guard(), its)
		}
	}
	_ = b.Local.Set(ctx, values)
}

// uses gives what somebody used of a portal.
func (b *Backend) uses(ctx context.Context, id string) (usage.History, error) {
	stored, err := b.Local.Get(ctx, message.UsesPrefix+id)
	return usage.Parse(stored[message.UsesPrefix+id]), err
}

// minute is the time as a history has it.
func (b *Backend) minute() int64 { return usage.Minutes(b.Clock.Now().UnixMilli()) }

// forgetUses erases what was used of all portals, with the order that came of it. The
// caller holds b.state.
func (b *Backend) forgetUses(ctx context.Context) error {
	all, err := b.portals(ctx)
	if err != nil {
		return err
	}
	for _, p := range all.All {
		if err := b.Local.Remove(ctx, withAside(message.UsesPrefix+p.ID)...); err != nil {
			return err
		}
	}
	return b.Session.Remove(ctx, message.ViewKey)
}
