package directory_test

import (
	"slices"
	"testing"

	"portico/internal/directory"
)

func TestNamesAreOrderedAsPeopleOrderThem(t *testing.T) {
	for _, want := range [][]string{
		{"ACME", "alpha-dev", "audit", "Beta", "Ökologie", "Team-1", "team-2", "team-10"},
		{"app2", "app010", "app10", "app11-a", "APP11-b"},
		{"Łódź", "Lodz 2", "lodz 10", "M"},
		{"a", "a-1", "Á-1 b", "b"},
		{"1 b", "2 a", "10", "Ａ", "b"},
		{"", "a"},
	} {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, directory.CompareNames)
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRolesAreOrderedTheWeakerFirst(t *testing.T) {
	want := []string{"AuditRole", "AWSReadOnlyAccess", "DatabaseAdministratorReadOnly", "SecretsManagerReader", "SecurityAudit", "view-only",
		"Billing", "ReadyForLaunch", "reviewer", "team-2", "team-10",
		"AWSPowerUserAccess", "ReadWrite",
		"Adm", "AdministratorAccess", "AuditAdmin", "AWSAdministratorAccess", "break-glass", "BreakGlass", "FullAccess", "OrganizationAccountAccessRole"}
	got := slices.Clone(want)
	slices.Reverse(got)
	directory.SortRoles(got)
	strengths := func(roles []string) (all []directory.Strength) {
		for _, r := range roles {
			all = append(all, directory.StrengthOf(r))
		}
		return all
	}
	if !slices.IsSorted(strengths(got)) || !slices.Equal(strengths(got), strengths(want)) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !slices.IsSortedFunc(got[:6], directory.CompareNames) {
		t.Errorf("got %q", got[:6])
	}
}

func TestAccountsAreSortedByNameThenByID(t *testing.T) {
	accounts := []directory.Account{
		{ID: "2", Name: "same", Roles: []string{"Admin", "ReadOnly"}},
		{ID: "1", Name: "same", Roles: []string{"ReadOnly", "Admin"}},
		{ID: "3", Name: "a10"},
		{ID: "4", Name: "A9"},
	}
	directory.Sort(accounts)
	var ids string
	for _, a := range accounts {
		ids += a.ID
	}
	if ids != "4312" || !slices.Equal(accounts[3].Roles, []string{"ReadOnly", "Admin"}) {
		t.Errorf("got %+v", accounts)
	}
}
