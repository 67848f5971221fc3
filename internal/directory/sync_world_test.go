package directory_test

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"portico/internal/directory"
)

// portal is a Source whose answers take time.
type portal struct {
	accounts []directory.Account // as listed, page after page
	listing  error               // ends the list of accounts
	roles    map[string][]string
	problems map[string]error // by account ID
	answers  func(id string) error
	latency  time.Duration

	mu            sync.Mutex
	asked         []string // IDs whose roles were asked for
	running, most int      // questions under way
}

func (p *portal) Accounts(ctx context.Context) iter.Seq2[directory.Account, error] {
	return func(yield func(directory.Account, error) bool) {
		for _, a := range p.accounts {
			if !yield(a, nil) {
				return
			}
		}
		if err := cmpErr(ctx.Err(), p.listing); err != nil {
			yield(directory.Account{}, err)
		}
	}
}

func (p *portal) Roles(ctx context.Context, id string) ([]string, error) {
	p.mu.Lock()
	p.asked = append(p.asked, id)
	p.running++
	p.most = max(p.most, p.running)
	p.mu.Unlock()
	defer p.end()
	select {
	case <-time.After(p.latency):
		return p.answer(id)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *portal) answer(id string) ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answers != nil {
		if err := p.answers(id); err != nil {
			return nil, err
		}
	}
	return p.roles[id], p.problems[id]
}

func (p *portal) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
}

func cmpErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// newPortal has n accounts of one role.
func newPortal(n int) *portal {
	p := &portal{roles: map[string][]string{}, problems: map[string]error{}, latency: 100 * time.Millisecond}
	for i := range n {
		id := accountID(i)
		p.accounts = append(p.accounts, directory.Account{ID: id, Name: fmt.Sprintf("account-%03d", i)})
		p.roles[id] = []string{"Admin"}
	}
	return p
}

func accountID(i int) string { return fmt.Sprintf("%012d", i) }

// disk keeps what is saved.
type disk struct {
	texts []string
	times []time.Time
	cost  time.Duration
	fail  func(nth int) error

	mu sync.Mutex
}

func (d *disk) save(t *testing.T) func(context.Context, *directory.Directory) error {
	return func(ctx context.Context, dir *directory.Directory) error {
		if !d.mu.TryLock() {
			t.Error("two saves overlap")
			return nil
		}
		defer d.mu.Unlock()
		d.texts, d.times = append(d.texts, directory.Encode(dir)), append(d.times, time.Now())
		time.Sleep(d.cost)
		if d.fail != nil {
			return d.fail(len(d.texts))
		}
		return ctx.Err()
	}
}

func (d *disk) last(t *testing.T) *directory.Directory {
	t.Helper()
	all := d.all(t)
	if len(all) == 0 {
		t.Fatal("nothing was saved")
	}
	return all[len(all)-1]
}

func (d *disk) all(t *testing.T) (dirs []*directory.Directory) {
	t.Helper()
	for _, text := range d.texts {
		dir, err := directory.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, dir)
	}
	return dirs
}

// rig is one portal, one disk and the directory between them.
type rig struct {
	*portal
	disk    disk
	dir     directory.Directory
	changes directory.Changes
}

func (r *rig) run(ctx context.Context, t *testing.T) error {
	s := directory.Syncer{Source: r.portal, Now: time.Now, Save: r.disk.save(t), Changes: r.changes}
	err := s.Run(ctx, &r.dir)
	r.changes = s.Changes
	return err
}

// inBubble runs a test with a clock of its own, which moves only when all wait.
func inBubble(t *testing.T, n int, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, &rig{portal: newPortal(n)}) })
}

func (r *rig) savedAll(t *testing.T) {
	t.Helper()
	if saved := r.disk.last(t); directory.Encode(saved) != directory.Encode(&r.dir) {
		t.Error("what was learnt last is not saved")
	}
}

func (r *rig) counts(t *testing.T, pending, done, failed int) {
	t.Helper()
	p, d, f := r.dir.Count(directory.Pending), r.dir.Count(directory.Done), r.dir.Count(directory.Failed)
	if p != pending || d != done || f != failed {
		t.Errorf("%d pending, %d done, %d failed; want %d, %d, %d", p, d, f, pending, done, failed)
	}
}
