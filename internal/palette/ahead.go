package palette

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
)

// Ahead has a listing that is under way list the accounts that show before others. It
// is to be called when what shows has stood for a moment.
func (m *Model) Ahead() []Effect {
	if m.status.Sync != message.ListingRoles || len(m.hits) == 0 {
		return nil
	}
	ids, fresh := "", false
	for i, to := m.matchAt(m.top), m.matchAt(m.top+m.height-1); i <= to; i++ {
		account, _ := m.index.Row(m.hits[i])
		a := &m.dir.Accounts[account]
		if line := a.ID + "\n"; a.State == directory.Pending && !strings.Contains(ids, line) {
			ids += line
			fresh = fresh || !strings.Contains(m.ahead, line)
		}
	}
	if !fresh {
		return nil
	}
	m.ahead = ids
	return []Effect{Send{Type: message.SyncAhead, Fields: message.Ahead{Portal: m.portals.Active, Accounts: ids}.Fields()}}
}
