package backend

import (
	"errors"
	"sync"
	"time"

	"portico/internal/directory"
)

// errSliceOver ends a slice, to be followed by the next.
var errSliceOver = errors.New("slice of a listing is over")

// turns has a slice end: no more accounts are asked for after a while, if any was
// answered for. It lets the calls under way end first, so that nothing is asked
// for twice; an account that is tried again, or was listed before, is none more: it
// is to witness whether the portal answers.
type turns struct {
	began time.Time

	mu     sync.Mutex
	asked  map[string]bool // by account ID; false if it was listed before
	learnt bool            // an account was answered for that was not listed before
	landed sync.Cond
	flying int
}

func newTurns(d *directory.Directory) *turns {
	c := &turns{began: time.Now(), asked: make(map[string]bool)}
	c.landed.L = &c.mu
	for i := range d.Accounts {
		if a := &d.Accounts[i]; a.State == directory.Done {
			c.asked[directory.Unescape(a.ID)] = false
		}
	}
	return c
}

// start tells whether there is time for this account. When there is not it waits
// for the calls under way.
func (c *turns) start(accountID string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, again := c.asked[accountID]; again || !c.learnt || time.Since(c.began) < slice {
		if !again {
			c.asked[accountID] = true
		}
		c.flying++
		return true
	}
	for c.flying > 0 {
		c.landed.Wait()
	}
	return false
}

// land notes what a call came to.
func (c *turns) land(accountID string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var failing *directory.FailingError
	if c.asked[accountID] && !errors.As(err, &failing) {
		c.learnt = true
	}
	c.flying--
	c.landed.Broadcast()
}
