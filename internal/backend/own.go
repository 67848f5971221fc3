package backend

import (
	"context"

	"portico/internal/directory"
	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/portal"
	"portico/internal/words"
)

// setRole keeps what somebody made of a role, and has the first rows show it.
func (b *Backend) setRole(ctx context.Context, p portal.Portal, o message.Owned) error {
	if !own.Sound(o.Label) {
		return words.NotALabel(own.Longest)
	}
	b.state.Lock()
	defer b.state.Unlock()
	all, err := b.portals(ctx)
	if err != nil {
		return err
	}
	if _, listed := all.Find(p.ID); !listed {
		return words.UnknownPortal() // it was removed meanwhile
	}
	its, err := b.customs(ctx, p.ID)
	if err != nil {
		return err
	}
	roles, fits := its.own.Set(own.Role{AccountID: directory.Escape(o.AccountID), Name: directory.Escape(o.RoleName), Label: o.Label, Favourite: o.Favourite, Hidden: o.Hidden})
	if !fits {
		return words.TooManyOwn(own.Most)
	}
	values := map[string]string{message.OwnPrefix + p.ID: roles.Text()}
	if its.own = roles; all.Active == p.ID {
		chosen, err := b.settings(ctx)
		if err != nil {
			return err
		}
		if d, err := b.directory(ctx, p); err == nil && len(d.Accounts) > 0 {
			values[message.HeadKey] = b.headOf(p.ID, d, chosen.Guard(), its)
		}
	}
	return b.Local.Set(ctx, values)
}

// mendOwn sets aside what somebody made of a portal's roles if a part of it can't be
// read, and keeps the rest. The caller holds b.state.
func (b *Backend) mendOwn(ctx context.Context, id string) error {
	key := message.OwnPrefix + id
	stored, err := b.Local.Get(ctx, key)
	if err != nil {
		return err
	}
	roles, whole := own.Parse(stored[key])
	if whole {
		return nil
	}
	if err := b.local.setAside(ctx, map[string]string{key: stored[key]}); err != nil || len(roles) == 0 {
		return err
	}
	return b.Local.Set(ctx, map[string]string{key: roles.Text()})
}
