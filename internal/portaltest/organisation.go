package portaltest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// Account is one account of the organisation with the roles assigned in it.
type Account struct {
	ID    string // 12 digits, leading zeros included
	Name  string
	Email string
	Roles []string
}

// organisation invents accounts that look like a real company's, all names,
// IDs and e-mail addresses unique. The same arguments give the same result.
// If hostile, the last ten invented are; see hostile_texts.go.
// Their order is neither by name nor by ID: AWS promises none.
func organisation(accounts, roles int, seed uint64, hostile bool) []Account {
	random := rand.New(rand.NewPCG(seed, 0x706f7274616c)) // any constant will do
	org := make([]Account, 0, accounts)
	taken := map[string]bool{}
	for _, name := range accountNames(accounts, random) {
		id := unusedID(random, taken)
		org = append(org, Account{
			ID:    id,
			Name:  name,
			Email: "aws+" + name + "@example.com",
			Roles: roleNames(roles, name, random),
		})
	}
	if hostile {
		spoil(org[max(0, len(org)-len(hostileTexts)):])
	}
	random.Shuffle(len(org), func(i, j int) { org[i], org[j] = org[j], org[i] })
	return org
}

func unusedID(random *rand.Rand, taken map[string]bool) string {
	for {
		id := fmt.Sprintf("%012d", random.Uint64N(1e12))
		if !taken[id] {
			taken[id] = true
			return id
		}
	}
}

// accountNames returns n different names: first those every company has, then
// teams and people, then ever finer divisions of the teams.
func accountNames(n int, random *rand.Rand) []string {
	names := make([]string, 0, n)
	taken := map[string]bool{}
	add := func(candidates []string) {
		for _, name := range candidates {
			if len(names) < n && !taken[name] {
				taken[name] = true
				names = append(names, name)
			}
		}
	}
	add(everyCompany)
	for _, division := range []func() []string{teamsAndPeople, componentAccounts, unitAccounts} {
		if len(names) == n {
			return names
		}
		candidates := division()
		random.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
		add(candidates)
	}
	for number := 2; len(names) < n; number++ {
		add(numbered(teamAccounts(), number))
	}
	return names
}

func teamsAndPeople() []string {
	sandboxes := make([]string, 0, len(people))
	for _, person := range people {
		sandboxes = append(sandboxes, "sandbox-"+person)
	}
	return append(teamAccounts(), sandboxes...)
}

func teamAccounts() []string { return combine(teams, environments) }

func componentAccounts() []string { return combine(combine(teams, components), environments) }

func unitAccounts() []string { return combine(units, teamAccounts()) }

func combine(left, right []string) []string {
	out := make([]string, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			out = append(out, l+"-"+r)
		}
	}
	return out
}

func numbered(names []string, number int) []string {
	out := make([]string, 0, len(names))
	for _, name := range names {
		out = append(out, fmt.Sprintf("%s-%d", name, number))
	}
	return out
}

// roleNames returns n different role names for an account. The two that every
// account of a company has come first; beyond the names there are, they repeat
// with a number.
func roleNames(n int, account string, random *rand.Rand) []string {
	rest := append(slices.Clone(assignedRoles), team(account)+"-deployer")
	random.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	names := append(slices.Clone(ubiquitousRoles), rest...)
	all := len(names)
	for i := all; i < n; i++ {
		names = append(names, fmt.Sprintf("%s-%d", names[i%all], i/all+1))
	}
	return names[:n:n]
}

// team is the part of an account's name before its environment.
func team(account string) string {
	if i := strings.LastIndexByte(account, '-'); i > 0 && len(account[:i]) <= 20 {
		return account[:i]
	}
	return "platform"
}
