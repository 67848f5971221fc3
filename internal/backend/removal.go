package backend

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"portico/internal/message"
	"portico/internal/portal"
	"portico/internal/words"
	"portico/ssocore"
)

// removalKind is the kind of a removal.
const removalKind = "removal"

// removal erases all that is stored about a portal, then ends its session at the
// portal too. Once it is noted it is finished, whoever dies meanwhile.
type removal struct {
	record
	token  ssocore.Secret // empty if there is no session to end
	erased bool           // the portal was added again: only its session is left to end
}

func (j *removal) list(c message.Codec) {
	c.Text("token", (*string)(&j.token))
	c.Bool("erased", &j.erased)
}

// removing gives the removal of a portal that is under way; nil if there is none,
// or if the portal was added again.
func (d *desk) removing(id string) *removal {
	for _, j := range d.jobs {
		if j, ok := j.(*removal); ok && j.portal.ID == id && !j.erased {
			return j
		}
	}
	return nil
}

// do erases the portal, then tells it.
func (j *removal) do(ctx context.Context, b *Backend) error {
	if err := b.sweep(ctx, j); err != nil {
		return err
	}
	if err := b.erase(ctx, j); err != nil {
		return err
	}
	if j.token != "" {
		if err := b.tell(ctx, j); err != nil {
			return err
		}
	}
	b.giveBack(ctx, j.portal, j.id)
	return advance(ctx, b, j, func(s *session, current *removal) error {
		s.end(current)
		return nil
	})
}

// tell has the portal end the session, and notes that it did: whoever does the
// rest has no access to it any more.
func (b *Backend) tell(ctx context.Context, j *removal) error {
	client, err := b.client(ctx, j.portal)
	if err == nil {
		err = logout(ctx, client, j.token)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		b.giveBack(ctx, j.portal, j.id)
		return words.RemovedUnconfirmed()
	}
	return advance(ctx, b, j, func(_ *session, current *removal) error {
		current.token = ""
		return nil
	})
}

// fail has what could not be erased erased later, and remembers that the portal
// did not confirm.
func (j *removal) fail(s *session, now time.Time, err error) {
	if explain(err).Code != message.Unconfirmed {
		j.putOff(now, err)
		return
	}
	s.end(j)
	s.unended(words.EarlierUnconfirmed())
}

// expire never happens: a removal takes as long as it needs.
func (j *removal) expire(*session) {}

// removePortal removes a portal and tells whether the portal confirmed that its
// session is over. Asked again, by a popup whose worker died, it tells how that
// removal ended.
func (b *Backend) removePortal(ctx context.Context, id string) error {
	jobs, lost, err := b.noteRemoval(ctx, id)
	if err != nil {
		return err
	}
	for _, id := range jobs {
		err = cmp.Or(err, b.await(ctx, id))
	}
	if lost && err == nil || err != nil && !unkept(err) {
		return words.RemovedUnconfirmed()
	}
	return err
}

// noteRemoval notes what is to be removed, the end of its session with it, and
// gives the jobs that have to end for that: a sign-out may be under way, too. A
// session that is lost nobody can end.
func (b *Backend) noteRemoval(ctx context.Context, id string) (jobs []int64, lost bool, err error) {
	_, err = b.change(ctx, portal.Portal{ID: id}, func(s *session) error {
		now := b.Clock.Now()
		switch j := s.desk.removing(id); {
		case j == nil && s.gone && slices.Contains(s.desk.doubts, digest(id)):
			return words.RemovedUnconfirmed()
		case j == nil && !s.gone:
			token := s.token
			lost = s.lost
			s.reset()
			s.desk.add(&removal{token: token}, removalKind, s.portal, now)
			if s.desk.trust(id); lost {
				s.desk.doubt(id)
			}
		}
		s.desk.forgetLeftPages(id)
		s.leaveLoudly(now)
		for _, j := range s.desk.jobs {
			if j.base().portal.ID == id {
				jobs = append(jobs, j.base().id)
			}
		}
		return nil
	})
	return jobs, lost, err
}

// keepFromRemoval keeps what is added again from being erased by a removal that
// is not over. The caller holds b.state.
func (b *Backend) keepFromRemoval(ctx context.Context, p portal.Portal) error {
	s, err := b.stored(ctx, p)
	if err != nil {
		return err
	}
	j := s.desk.removing(p.ID)
	if j == nil {
		return nil
	}
	j.erased = true
	return b.store(ctx, s)
}

// digest stands for a portal's ID, which is to leave no trace.
func digest(id string) string {
	h := fnv.New64a()
	h.Write([]byte(id))
	return strconv.FormatUint(h.Sum64(), 16)
}

// sweep ends what was begun since the removal was noted, and the session that it
// led to.
func (b *Backend) sweep(ctx context.Context, j *removal) error {
	_, err := b.change(ctx, j.portal, func(s *session) error {
		if s.gone || s.desk.removing(j.portal.ID) == nil || s.token == "" && !s.busy() {
			return errStale // there is nothing
		}
		token := s.token
		s.reset()
		if token != "" {
			s.leaveQuietly(s.portal, token, b.Clock.Now())
		}
		return nil
	})
	if errors.Is(err, errStale) {
		return nil
	}
	return err
}

// erase removes every key of a portal. The list of portals comes last: killed
// before it, the portal is still there, and so is the job that removes it.
func (b *Backend) erase(ctx context.Context, j *removal) error {
	b.state.Lock()
	defer b.state.Unlock()
	stored, err := b.Session.Get(ctx, jobsKey)
	if err != nil {
		return err
	}
	if deskFrom(stored[jobsKey]).removing(j.portal.ID) == nil {
		return nil // it was added again
	}
	all, err := b.portals(ctx)
	if err != nil {
		return err
	}
	id := j.portal.ID
	if err := b.eraseList(ctx, id); err != nil {
		return err
	}
	if err := b.keptIs(id, "", b.Local.Remove(ctx, keptPrefix+id)); err != nil {
		return err
	}
	if err := b.Session.Remove(ctx, withAside(sessionPrefix+id, message.StatusPrefix+id)...); err != nil {
		return err
	}
	for _, area := range []Store{b.Local, b.Session} {
		if err := forgetAside(ctx, area, j.portal); err != nil {
			return err
		}
	}
	own := func(p portal.Portal) bool { return p.ID == id }
	all.All, all.Entrances = slices.DeleteFunc(all.All, own), slices.DeleteFunc(all.Entrances, own)
	if all.Active == id {
		all.Active = ""
		if len(all.All) > 0 {
			all.Active = all.All[0].ID
		}
	}
	return b.Local.Set(ctx, map[string]string{message.PortalsKey: all.Text()})
}
