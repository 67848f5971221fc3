package palette_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/palette"
	"portico/internal/usage"
)

// A role that was used comes first in the next popup, as the last one keeps it, and
// nothing moves while somebody looks.
func TestWhatWasUsedComesFirstInTheNextPopup(t *testing.T) {
	p := open(t, company...)
	p.Select(3)
	role, before := message.RoleFrom(p.send(p.Act(palette.OpenConsole)).Fields), p.View().Rows
	if p.View().Rows != before {
		t.Error("rows moved")
	}
	saved := p.Saved()
	if p.View().Rows != before {
		t.Error("saving moved rows")
	}
	_, rows, _ := strings.Cut(saved, "\n\n")
	if first := strings.Split(rows, "\n")[1]; !strings.Contains(first, role.AccountID) || !strings.Contains(first, role.RoleName) {
		t.Errorf("kept first is %q", first)
	}

	var h usage.History
	h.Add(role.AccountID, role.RoleName, "", 0)
	next := &popup{TB: t}
	next.SetPortals(portals(acme))
	next.SetSettings(message.Settings{})
	next.SetUses(h.Text())
	next.lists(company...)
	next.Restore(saved)
	if got := next.View().Rows; got != rows {
		t.Errorf("the next popup shows\n%s\nkept was\n%s", got, rows)
	}
}
