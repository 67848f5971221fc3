package backend

import (
	"context"

	"portico/internal/message"
	"portico/internal/portal"
)

// keptPrefix is where a portal's session is kept on the disk, so that it outlives the
// browser: only if that is chosen, and no longer than it lives. It holds secrets.
const keptPrefix = "kept:"

// listKept passes over what of a session outlives the browser: what is needed to go on
// with it, and nothing else.
func (s *session) listKept(c message.Codec) {
	c.Text("startUrl", &s.portal.StartURL)
	c.Text("region", &s.portal.Region)
	c.Text("way", (*string)(&s.way))
	s.client(s.way).List("client", c)
	c.Text("token", (*string)(&s.token))
	c.Time("tokenExpires", &s.tokenExpires)
	c.Span("tokenAhead", &s.tokenAhead)
	c.Text("refresh", (*string)(&s.refresh))
}

// toKeep is what is to be on the disk; empty for nothing.
func (s *session) toKeep() string {
	if s.gone || !s.chosen.StaySignedIn || s.token == "" || s.ranOut() && s.refresh == "" {
		return ""
	}
	return message.FieldsOf(s.listKept).Text()
}

// isKept tells whether the disk holds what it is to hold of a session. It is read once: the
// worker alone writes it, and each change of the session asks.
func (b *Backend) isKept(ctx context.Context, s *session) (bool, error) {
	id := s.portal.ID
	if kept, known := b.keeps.Load(id); known {
		return kept == s.toKeep(), nil
	}
	stored, err := b.Local.Get(ctx, keptPrefix+id)
	if err == nil {
		b.keeps.Store(id, stored[keptPrefix+id])
	}
	return stored[keptPrefix+id] == s.toKeep(), err
}

// keptIs notes what the disk holds of a session from now on, if the change of it succeeded.
// Else it may hold either.
func (b *Backend) keptIs(id, text string, err error) error {
	if b.keeps.Delete(id); err == nil {
		b.keeps.Store(id, text)
	}
	return err
}

// unkeep erases what is on the disk of a session that is not to be kept. It comes
// before that is stored: who dies between them leaves a session that is kept anew.
func (b *Backend) unkeep(ctx context.Context, s *session) error {
	if kept, err := b.isKept(ctx, s); kept || err != nil || s.toKeep() != "" {
		return err
	}
	return b.keptIs(s.portal.ID, "", b.Local.Remove(ctx, keptPrefix+s.portal.ID))
}

// keepOn keeps a session on the disk. It comes after that is stored: a disk that is full
// takes nothing but the next browser's session.
func (b *Backend) keepOn(ctx context.Context, s *session) {
	if kept, err := b.isKept(ctx, s); kept || err != nil || s.toKeep() == "" {
		return
	}
	id, text := s.portal.ID, s.toKeep()
	_ = b.keptIs(id, text, b.Local.Set(ctx, map[string]string{keptPrefix + id: text}))
}

// unkeepAll erases the sessions of all portals from the disk. The caller holds b.state.
func (b *Backend) unkeepAll(ctx context.Context) error {
	portals, err := b.portals(ctx)
	if err != nil || len(portals.All) == 0 {
		return err
	}
	var keys []string
	for _, p := range portals.All {
		keys = append(keys, keptPrefix+p.ID)
	}
	err = b.Local.Remove(ctx, keys...)
	for _, p := range portals.All {
		err = b.keptIs(p.ID, "", err)
	}
	return err
}

// takeBack goes on with the sessions that were kept, once the browser has forgotten
// them. The caller holds b.state.
func (b *Backend) takeBack(ctx context.Context) error {
	portals, err := b.portals(ctx)
	if err != nil {
		return err
	}
	for _, p := range portals.All {
		if err := b.takeBackOf(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (b *Backend) takeBackOf(ctx context.Context, p portal.Portal) error {
	key := keptPrefix + p.ID
	kept, err := b.Local.Get(ctx, key)
	if err != nil || kept[key] == "" {
		return err
	}
	known, err := b.Session.Get(ctx, sessionPrefix+p.ID)
	if err != nil || known[sessionPrefix+p.ID] != "" {
		return err
	}
	s, err := b.stored(ctx, p)
	if err != nil {
		return err
	}
	s.takeBack(message.ParseText(kept[key]))
	return b.store(ctx, s)
}

// takeBack takes a session from what was kept of it, unless it is of another address, or
// over by now.
func (s *session) takeBack(kept message.Fields) {
	p := s.portal
	if kept["startUrl"] != p.StartURL || kept["region"] != p.Region || !s.chosen.StaySignedIn {
		return
	}
	kept.Read(s.listKept)
	s.portal = p
	if s.ranOut() && s.refresh == "" {
		s.expire()
		return
	}
	s.refreshLater(s.now)
}
