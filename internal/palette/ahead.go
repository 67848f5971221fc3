package palette

import (
	"strings"

	"portico/internal/directory"
	"portico/internal/message"
)

// Ahead has a listing that is under way list the accounts that show before others. It
// is to be called when what shows has stood for a moment.
func (m *Model) Ahead() []Effect {
	if m.status.Sync != message.ListingRoles || m.index == nil {
		return nil
	}
	ids, fresh := "", false
	for i := m.first; i < min(len(m.hits), m.first+m.visible); i++ {
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
