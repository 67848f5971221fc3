package search

import (
	"math/rand/v2"
	"strconv"

	"portico/internal/directory"
)

// organisation makes a directory like a large company's: product accounts in
// stages, sandboxes of people, some in regions; the roles of each are a few out
// of those everybody has.
func organisation(accounts, roles int) *directory.Directory {
	rng := rand.New(rand.NewPCG(uint64(accounts), uint64(roles)))
	d := &directory.Directory{}
	for i := range accounts {
		name := accountName(rng)
		d.Accounts = append(d.Accounts, directory.Account{
			ID:    strconv.Itoa(100000000000 + rng.IntN(900000000000)),
			Name:  name,
			Email: "aws+" + name + "@corp.example.com",
			Roles: roleNames(rng, roles, i),
		})
	}
	return d
}

var (
	products = []string{"payments", "billing", "identity", "checkout", "catalog", "search", "data-platform", "ml-platform",
		"logistics", "warehouse", "fraud", "ledger", "notifications", "partner-portal", "mobile-api", "edge", "observability",
		"security-audit", "log-archive", "network-hub", "shared-services", "ci-runners", "analytics", "customer360", "management"}
	stages   = []string{"prod", "staging", "dev", "test", "sandbox", "qa", "perf", "dr"}
	regions  = []string{"", "", "-eu", "-us", "-apac", "-eu-west-1", "-us-east-1"}
	people   = []string{"jlee", "mgarcia", "asmith", "kmueller", "tnakamura", "rpatel", "lchen", "dokafor", "ekowalski", "vrossi"}
	allRoles = []string{"AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "ViewOnlyAccess", "Billing", "SecurityAudit",
		"DatabaseAdministrator", "NetworkAdministrator", "SupportUser", "DataScientist", "AWSOrganizationsFullAccess", "Deploy-CI",
		"break-glass", "EKSClusterAdmin", "S3ReadOnly"}
)

func accountName(rng *rand.Rand) string {
	if rng.IntN(10) < 3 {
		return "sandbox-" + people[rng.IntN(len(people))] + strconv.Itoa(rng.IntN(100))
	}
	return products[rng.IntN(len(products))] + "-" + stages[rng.IntN(len(stages))] + regions[rng.IntN(len(regions))] +
		"-" + strconv.Itoa(rng.IntN(40))
}

func roleNames(rng *rand.Rand, n, account int) []string {
	names := make([]string, 0, n)
	names = append(names, allRoles[:n]...)
	if account%5 == 0 {
		names[n-1] = allRoles[rng.IntN(len(allRoles))]
	}
	return names
}
