package portaltest_test

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"portico/internal/portaltest"
)

func directory(accounts, roles int, seed uint64) []portaltest.Account {
	return portaltest.New(portaltest.Config{Accounts: accounts, Roles: roles, Seed: seed}).Directory()
}

func TestOrganisationIsUniqueAndWellFormed(t *testing.T) {
	accountName := regexp.MustCompile(`^[a-z][a-z0-9-]{1,49}$`)
	accountID := regexp.MustCompile(`^[0-9]{12}$`)
	roleName := regexp.MustCompile(`^[\w+=,.@-]{1,32}$`)
	for _, size := range []struct{ accounts, roles int }{{1, 1}, {40, 3}, {230, 40}, {20_000, 3}} {
		org := directory(size.accounts, size.roles, 7)
		if len(org) != size.accounts {
			t.Fatalf("%d accounts, want %d", len(org), size.accounts)
		}
		seen := map[string]bool{}
		for _, a := range org {
			if seen[a.ID] || seen[a.Name] || seen[a.Email] {
				t.Fatalf("account twice: %+v", a)
			}
			seen[a.ID], seen[a.Name], seen[a.Email] = true, true, true
			if !accountName.MatchString(a.Name) || !accountID.MatchString(a.ID) || a.Email != "aws+"+a.Name+"@example.com" {
				t.Errorf("account %+v", a)
			}
			if len(a.Roles) != size.roles {
				t.Errorf("%s has %d roles, want %d", a.Name, len(a.Roles), size.roles)
			}
			roles := slices.Sorted(slices.Values(a.Roles))
			if len(slices.Compact(roles)) != size.roles {
				t.Errorf("%s has a role twice: %v", a.Name, roles)
			}
			for _, role := range a.Roles {
				if !roleName.MatchString(role) {
					t.Errorf("role %q in %s", role, a.Name)
				}
			}
		}
	}
}

func TestOrganisationFollowsItsSeed(t *testing.T) {
	if !reflect.DeepEqual(directory(230, 3, 1), directory(230, 3, 1)) {
		t.Error("the same seed gave two organisations")
	}
	if reflect.DeepEqual(directory(230, 3, 1), directory(230, 3, 2)) {
		t.Error("two seeds gave one organisation")
	}
}

func TestEveryOrganisationHasTheAccountsOfEveryCompany(t *testing.T) {
	for seed := range uint64(5) {
		org := directory(40, 3, seed)
		for _, name := range []string{"payments-prod", "payments-staging", "data-platform-staging", "sandbox-jlee", "log-archive", "ml-training-dev", "billing"} {
			i := slices.IndexFunc(org, func(a portaltest.Account) bool { return a.Name == name })
			if i < 0 {
				t.Errorf("seed %d has no %s", seed, name)
				continue
			}
			if !slices.Contains(org[i].Roles, "AdministratorAccess") || !slices.Contains(org[i].Roles, "ReadOnlyAccess") {
				t.Errorf("seed %d: roles %v in %s", seed, org[i].Roles, name)
			}
		}
	}
}

func TestDirectoryIsACopy(t *testing.T) {
	portal := portaltest.New(portaltest.Config{})
	org := portal.Directory()
	org[0].Name, org[0].Roles[0] = "changed", "changed"
	if again := portal.Directory(); again[0].Name == "changed" || again[0].Roles[0] == "changed" {
		t.Error("a caller can change the portal's organisation")
	}
}
