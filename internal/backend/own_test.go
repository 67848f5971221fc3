package backend_test

import (
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/own"
	"portico/internal/portaltest"
)

func TestWhatIsMadeOfRolesIsKept(t *testing.T) {
	inWorld(t, portaltest.Config{Accounts: 3, Roles: 2}, func(w *world) {
		w.ready()
		role := w.role()
		is := message.Owned{Portal: role.Portal, AccountID: role.AccountID, RoleName: role.RoleName, Label: "mine", Favourite: true}
		w.ok(message.RoleSet, is.Fields())
		key := message.OwnPrefix + role.Portal
		all, whole := own.Parse(w.local.get(key))
		if got := all.Of(role.AccountID, role.RoleName); !whole || got.Label != "mine" || !got.Favourite {
			t.Errorf("kept is %+v", got)
		}
		_, rows, _ := strings.Cut(w.local.get(message.HeadKey), "\n")
		if first := strings.Split(rows, "\n")[1]; !strings.Contains(first, "\t"+role.RoleName+"\t") || !strings.HasSuffix(first, "\tf\tmine") {
			t.Errorf("the head begins with %q", first)
		}

		// A rename changes nothing, nor does a listing.
		dir := w.portal.Directory()
		for i := range dir {
			dir[i].Name = "renamed " + dir[i].Name
		}
		w.portal.SetDirectory(dir)
		w.ok(message.SyncStart, ref())
		w.listed()
		_, rows, _ = strings.Cut(w.local.get(message.HeadKey), "\n")
		if first := strings.Split(rows, "\n")[1]; !strings.HasPrefix(first, "renamed ") || !strings.HasSuffix(first, "\tf\tmine") {
			t.Errorf("after a rename the head begins with %q", first)
		}

		for _, label := range []string{strings.Repeat("x", own.Longest+1), "a\tb", "\u202e"} {
			wrong := is
			wrong.Label = label
			w.refused(message.RoleSet, wrong.Fields(), message.InvalidInput)
		}
		is.Label, is.Favourite = "", false
		w.ok(message.RoleSet, is.Fields())
		if got := w.local.get(key); got != "" {
			t.Errorf("of nothing is kept %q", got)
		}
	})
}

// What can't be read is set aside, told of once, and the rest goes on.
func TestWhatIsMadeOfRolesIsMended(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		key := message.OwnPrefix + ref()["portal"]
		const good = "1\tr\tf\t\n"
		w.set(func() { w.local.data[key] = good + "nonsense\n" })
		woken := message.WokenFrom(w.ok(message.Wake, nil))
		if !strings.Contains(woken.Problem, "favourites") || w.local.get(key) != good || w.local.get("aside:"+key) != good+"nonsense\n" {
			t.Errorf("%q is said, kept are %q and %q", woken.Problem, w.local.get(key), w.local.get("aside:"+key))
		}
		w.ok(message.PortalRemove, ref())
		if w.local.get(key) != "" || w.local.get("aside:"+key) != "" {
			t.Error("it outlives the portal")
		}
	})
}
