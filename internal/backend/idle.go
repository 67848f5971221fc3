package backend

import (
	"context"

	"portico/internal/words"
)

// Idle is called when nobody has been at the computer for as long as the settings say,
// or when it was locked: if that is chosen, sessions are forgotten here. The portal is
// not asked to end them, which would sign the person out of its own pages, too: what is
// left of them there ends by itself, and whoever signs out is told so.
func (b *Backend) Idle(ctx context.Context) {
	b.survive(ctx, func(ctx context.Context) {
		chosen, err := b.settings(ctx)
		if err != nil || chosen.LockAfter == "" {
			return
		}
		all, err := b.portals(ctx)
		if err != nil {
			return
		}
		for _, p := range all.All {
			_ = b.insist(ctx, func() error {
				_, err := b.update(ctx, p, func(s *session) error {
					if s.token == "" || p.Demo() {
						return errStale
					}
					s.expire()
					s.lost, s.problem = true, words.Locked()
					return nil
				})
				return err
			})
		}
	})
}
