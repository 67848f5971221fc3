package backend_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"portico/internal/message"
	"portico/internal/portaltest"
	"portico/internal/usage"
)

// used gives what is remembered of a portal, and the first row of what is painted
// first.
func (w *world) used() (h usage.History, first string) {
	synctest.Wait()
	rows := strings.Split(w.local.get(message.HeadKey), "\n")
	if len(rows) > 2 {
		first = rows[2]
	}
	return usage.Parse(w.local.get(message.UsesPrefix + startURL)), first
}

func TestWhatIsUsedIsRememberedAndPaintedFirst(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		last := w.portal.Directory()[30]
		order := message.Order{Portal: startURL, AccountID: last.ID, RoleName: last.Roles[1], Format: "posix", Typed: "Some thing"}
		w.ok(message.CredentialsCopy, order.Fields())
		if h, _ := w.used(); len(h.Roles) != 0 {
			t.Errorf("before the clipboard has it: %+v", h)
		}
		w.ok(message.CredentialsTold, message.Told{Order: order, Done: true}.Fields())
		h, first := w.used()
		if len(h.Roles) != 1 || h.Roles[0].AccountID != last.ID || h.Roles[0].Name != last.Roles[1] || h.Roles[0].Typed != "some thing" {
			t.Errorf("remembered is %+v", h)
		}
		if !strings.HasPrefix(first, last.Name+"\t"+last.ID+"\t"+last.Roles[1]) {
			t.Errorf("painted first is %q", first)
		}
		// Nor is a console that opened forgotten, nor the order by a listing.
		role := w.role()
		role.Typed = "x"
		w.ok(message.ConsoleOpen, role.Fields())
		w.ok(message.SyncStart, ref())
		w.listed()
		if h, first = w.used(); len(h.Roles) != 2 || !strings.Contains(first, last.ID) && !strings.Contains(first, role.AccountID) {
			t.Errorf("then remembered is %+v, and first %q", h, first)
		}
		// A copy that failed is no use.
		w.ok(message.CredentialsTold, message.Told{Order: w.order(), Done: false}.Fields())
		if h, _ = w.used(); len(h.Roles) != 2 {
			t.Errorf("a failed copy is remembered: %+v", h)
		}

		w.ok(message.SettingsSet, message.Settings{NoUses: true}.Fields())
		natural := w.directory().Accounts[0].ID
		if h, first = w.used(); len(h.Roles) != 0 || !strings.Contains(first, natural) {
			t.Errorf("switched off, remembered is %+v, first %q", h, first)
		}
		w.ok(message.ConsoleOpen, role.Fields())
		if h, _ = w.used(); len(h.Roles) != 0 {
			t.Errorf("switched off, remembered is %+v", h)
		}
	})
}

func TestWhatWasUsedGoesWithThePortal(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.ConsoleOpen, w.role().Fields())
		if h, _ := w.used(); len(h.Roles) != 1 {
			t.Fatalf("remembered is %+v", h)
		}
		w.ok(message.PortalRemove, ref())
		synctest.Wait()
		if strings.Contains(w.local.dump(), message.UsesPrefix) {
			t.Errorf("left is %s", w.local.dump())
		}
	})
}
