package directory_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"portico/internal/directory"
)

func TestSyncListsEverythingInOrder(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		r.accounts = []directory.Account{
			{ID: "000000000003", Name: "zoo", Email: "z@example.com"},
			{ID: "000000000002", Name: "same"},
			{ID: "000000000001", Name: "same"},
			{ID: "000000000004", Name: "a\u200bb"},
		}
		r.roles = map[string][]string{
			"000000000003": {"ReadOnly", "ReadOnly", "Admin"},
			"000000000004": {"x\ty"},
		}
		started := time.Now()
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		want := directory.Directory{Started: started.UnixMilli(), Began: started.UnixMilli(), Updated: time.Now().UnixMilli(), Accounts: []directory.Account{
			{ID: "000000000004", Name: `a\u{200b}b`, Roles: []string{`x\u{9}y`}, State: directory.Done},
			{ID: "000000000001", Name: "same", Roles: []string{}, State: directory.Done},
			{ID: "000000000002", Name: "same", Roles: []string{}, State: directory.Done},
			{ID: "000000000003", Name: "zoo", Email: "z@example.com", Roles: []string{"ReadOnly", "Admin"}, State: directory.Done},
		}}
		if !reflect.DeepEqual(r.dir, want) {
			t.Errorf("got %+v\nwant %+v", r.dir, want)
		}
		r.savedAll(t)
	})
}

func TestSyncAsksThePortalByItsOwnNames(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		const id = `odd\id`
		r.accounts, r.roles = []directory.Account{{ID: id}}, map[string][]string{id: {"Admin"}}
		for range 2 {
			if err := r.run(t.Context(), t); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(r.asked, []string{id, id}) || r.dir.Rows() != 1 {
			t.Errorf("asked for %q, %d rows", r.asked, r.dir.Rows())
		}
	})
}

func TestSyncOfAPortalWithoutAccountsIsComplete(t *testing.T) {
	inBubble(t, 0, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		if r.dir.Updated != time.Now().UnixMilli() || len(r.dir.Accounts) != 0 {
			t.Errorf("got %+v", r.dir)
		}
		r.savedAll(t)
	})
}

func TestOldRolesStayUntilNewOnesCome(t *testing.T) {
	inBubble(t, 1, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.roles[accountID(0)] = []string{"Auditor"}
		r.disk = disk{}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		first, err := directory.Decode(r.disk.texts[0])
		if err != nil {
			t.Fatal(err)
		}
		if a := first.Accounts[0]; a.State != directory.Pending || !slices.Equal(a.Roles, []string{"Admin"}) {
			t.Errorf("while listing: %+v", a)
		}
		if a := r.dir.Accounts[0]; a.State != directory.Done || !slices.Equal(a.Roles, []string{"Auditor"}) {
			t.Errorf("in the end: %+v", a)
		}
	})
}

func TestAccountsThatAreGoneVanishAndRenamedOnesKeepTheirRoles(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.accounts = []directory.Account{{ID: accountID(2), Name: "aaa"}, {ID: accountID(0), Name: "bbb"}}
		r.problems[accountID(2)] = &directory.RefusedError{Code: "ForbiddenException"}
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		if len(r.dir.Accounts) != 2 || r.dir.Find(accountID(1)) != nil {
			t.Errorf("got %+v", r.dir.Accounts)
		}
		if a := r.dir.Accounts[0]; a.Name != "aaa" || !slices.Equal(a.Roles, []string{"Admin"}) {
			t.Errorf("the renamed account is %+v", a)
		}
	})
}

func TestAnAccountOnTwoPagesIsListedOnce(t *testing.T) {
	inBubble(t, 3, func(t *testing.T, r *rig) {
		r.accounts = append(r.accounts, r.accounts[0], r.accounts[1])
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 3, 0)
		if len(r.asked) != 3 {
			t.Errorf("asked %d times", len(r.asked))
		}
	})
}

func TestARefusalConcernsOneAccountAlone(t *testing.T) {
	inBubble(t, 20, func(t *testing.T, r *rig) {
		r.problems[accountID(4)] = fmt.Errorf("list roles: %w", &directory.RefusedError{Code: "Forbid\tden"})
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 19, 1)
		if a := r.dir.Find(accountID(4)); a.Problem != `Forbid\u{9}den` || a.State != directory.Failed {
			t.Errorf("the account is %+v", a)
		}
		if r.dir.Updated == 0 {
			t.Error("the sync does not count as complete")
		}
		r.savedAll(t)
		delete(r.problems, accountID(4))
		if err := r.run(t.Context(), t); err != nil {
			t.Fatal(err)
		}
		r.counts(t, 0, 20, 0)
		if a := r.dir.Find(accountID(4)); a.Problem != "" {
			t.Errorf("the account still has a problem: %+v", a)
		}
	})
}
