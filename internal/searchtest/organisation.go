// Package searchtest has organisations and what people type to find an account in
// them, for measuring how good a search is. All of it is invented, and the same
// each time.
package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"portico/internal/directory"
)

// Set is an organisation and what is typed there.
type Set struct {
	Name      string
	Directory *directory.Directory
	Queries   []Query
}

// Query is what somebody types, and the row that is meant.
type Query struct {
	Text, AccountID string
	Role            string // "-" for any of the account
	Rule            string // why it is typed like this
}

// Sets gives all sets. In the order of how much they ask: a company whose names
// follow one rule; one that grew by mergers, with seven ways to name an account;
// an agency that runs its customers' accounts; a group of banks.
func Sets() []Set {
	var all []Set
	for _, name := range Names {
		set, _ := Find(name)
		all = append(all, set)
	}
	return all
}

// Names are the sets' names.
var Names = []string{"tidy", "merged", "agency", "banks"}

// Find makes the set of a name.
func Find(name string) (set Set, ok bool) {
	switch name {
	case "tidy":
		return Tidy(), true
	case "merged":
		return Merged(), true
	case "agency":
		return Agency(), true
	case "banks":
		return Banks(), true
	}
	return Set{}, false
}

// account is one that is being invented: what its name is made of, as those who
// look for it think of it.
type account struct {
	directory.Account
	company string   // the part that many accounts share; may be empty
	team    []string // its words
	env     string   // as written; empty for sandboxes and the like
	region  string
	said    []string // all words of the name, in small letters, those of the region last
	own     int      // how many of them are not of the region
}

// words is all words of the name but the region, in small letters.
func (a *account) words() []string { return slices.Clone(a.said[:a.own]) }

// split fills said.
func (a *account) split() {
	for _, part := range append(append([]string{a.company}, a.team...), a.env) {
		a.said = append(a.said, strings.Fields(strings.ToLower(strings.NewReplacer("-", " ", "(", "", ")", "").Replace(part)))...)
	}
	a.own = len(a.said)
	if a.region != "" {
		a.said = append(a.said, strings.Split(a.region, "-")...)
	}
}

// world is an organisation that is being invented.
type world struct {
	*rand.Rand
	accounts []account
	names    map[string]bool
	ids      map[string]bool
}

func newWorld(seed uint64) *world {
	return &world{Rand: rand.New(rand.NewPCG(seed, seed)), names: map[string]bool{}, ids: map[string]bool{}}
}

// add adds an account unless its name is taken.
func (w *world) add(name string, roles []string, a account) {
	if w.names[name] || len(name) > 50 {
		return
	}
	w.names[name] = true
	for a.ID == "" || w.ids[a.ID] {
		a.ID = fmt.Sprintf("%012d", w.Uint64N(1e12))
	}
	w.ids[a.ID] = true
	a.Name = name
	a.Email = "aws+" + strings.Trim(strings.Map(func(r rune) rune {
		if r < 128 && (r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z') {
			return r
		}
		return '.'
	}, strings.ToLower(name)), ".") + "@example.com"
	a.Roles = roles
	a.split()
	w.accounts = append(w.accounts, a)
}

// roles draws a few roles: nearly everywhere one to look and one to administer.
func (w *world) roles(common, rare []string) []string {
	roles := slices.Clone(common[:2+w.IntN(len(common)-1)])
	for range w.IntN(3) {
		if r := rare[w.IntN(len(rare))]; !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
	}
	w.Shuffle(len(roles), func(i, j int) { roles[i], roles[j] = roles[j], roles[i] })
	return roles
}

// set makes a set of the world and n queries for each rule.
func (w *world) set(name string, n int) Set {
	w.Shuffle(len(w.accounts), func(i, j int) { w.accounts[i], w.accounts[j] = w.accounts[j], w.accounts[i] })
	s := Set{Name: name, Directory: &directory.Directory{Updated: 1}}
	for _, a := range w.accounts {
		s.Directory.Accounts = append(s.Directory.Accounts, a.Account)
	}
	for _, rule := range rules {
		seen := map[string]bool{}
		for tries := 0; tries < 40*n && len(seen) < n; tries++ {
			a := &w.accounts[w.IntN(len(w.accounts))]
			text, role, ok := rule.typed(w, a)
			if !ok || seen[text] {
				continue
			}
			seen[text] = true
			s.Queries = append(s.Queries, Query{text, a.ID, role, rule.name})
		}
	}
	return s
}

var (
	awsRoles  = []string{"ReadOnlyAccess", "AdministratorAccess", "PowerUserAccess", "ViewOnlyAccess"}
	towerRole = []string{"AWSReadOnlyAccess", "AWSAdministratorAccess", "AWSPowerUserAccess", "AWSOrganizationsFullAccess"}
	rareRoles = []string{"Billing", "SecurityAudit", "DatabaseAdministrator", "NetworkAdministrator", "DataScientist", "SupportUser",
		"TerraformPlan", "TerraformApply", "CostExplorer", "BreakGlassAdmin", "OnCallEngineer", "SystemAdministrator", "SecretsManagerReader"}
)

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func titles(words []string) []string {
	var all []string
	for _, w := range words {
		all = append(all, title(w))
	}
	return all
}

// Tidy is a company whose names follow one rule.
func Tidy() Set {
	w := newWorld(1)
	teams := []string{"payments", "data-platform", "ml-training", "checkout", "search", "catalog", "orders", "pricing", "inventory", "shipping",
		"loyalty", "fraud", "ledger", "accounts", "customer-care", "analytics", "streaming", "notifications", "gateway", "secrets", "routing", "reporting"}
	for _, team := range teams {
		for _, env := range []string{"prod", "staging", "dev", "qa", "perf"} {
			w.add(team+"-"+env, w.roles(awsRoles, rareRoles), account{team: strings.Split(team, "-"), env: env})
		}
	}
	for _, name := range []string{"log-archive", "audit", "network-hub", "shared-services", "billing", "identity", "security-tooling", "backup"} {
		w.add(name, w.roles(awsRoles, rareRoles), account{team: strings.Split(name, "-")})
	}
	for _, p := range people {
		w.add("sandbox-"+p[0][:1]+p[1], w.roles(awsRoles, rareRoles), account{team: []string{"sandbox", p[0][:1] + p[1]}})
	}
	return w.set("tidy", 40)
}

var people = [][2]string{{"anna", "fischer"}, {"bruno", "costa"}, {"carla", "dubois"}, {"david", "park"}, {"elena", "ivanova"}, {"farid", "ahmed"},
	{"grace", "okafor"}, {"hiro", "tanaka"}, {"ines", "lopez"}, {"jonas", "weber"}, {"kim", "larsen"}, {"lena", "bauer"}, {"marco", "rossi"},
	{"nadia", "khan"}, {"oscar", "silva"}, {"petra", "novak"}, {"rahul", "gupta"}, {"sofia", "moreau"}, {"tomas", "horvat"}, {"wei", "zhang"}}

// Merged is a company that grew by mergers: seven ways to name an account.
func Merged() Set {
	w := newWorld(2)
	kebab := []string{"payments", "payments-api", "payments-batch", "catalog", "catalog-search", "checkout", "fraud-detection", "loyalty",
		"order-intake", "price-engine", "stock-sync", "web-shop", "mobile-app"}
	for _, team := range kebab {
		for _, env := range []string{"prod", "non-prod", "staging", "dev"} {
			w.add(team+"-"+env, w.roles(awsRoles, rareRoles), account{team: strings.Split(team, "-"), env: env})
		}
	}
	for _, company := range []string{"Contoso", "Fabrikam"} {
		for _, team := range []string{"Digital Workplace Services", "Digital Marketing", "Group Finance", "Human Resources", "Supply Chain Planning", "Treasury"} {
			for _, env := range []string{"Production", "Acceptance", "Non Production", "Development"} {
				w.add(company+" "+team+" ("+env+")", w.roles(towerRole, rareRoles),
					account{company: company, team: strings.Fields(strings.ToLower(team)), env: env})
			}
		}
	}
	for _, team := range []string{"Customer Insight", "Claims Handling", "Policy Admin", "Risk Engine", "Data Lake", "Document Store"} {
		for _, env := range []string{"Prod", "Test", "Dev", "Uat"} {
			w.add(strings.ReplaceAll(team, " ", "")+env, w.roles(awsRoles, rareRoles), account{team: strings.Fields(strings.ToLower(team)), env: env})
		}
	}
	for _, team := range []string{"core_banking", "card_issuing", "kyc_screening", "trade_finance", "loan_origination", "ledger"} {
		for _, env := range []string{"prd", "stg", "tst", "dev"} {
			w.add("nb_"+team+"_"+env, w.roles(awsRoles, rareRoles), account{company: "nb", team: strings.Split(team, "_"), env: env})
		}
	}
	for i, team := range []string{"card-issuing", "settlement", "open-banking", "statements", "atm-network", "fx-rates", "onboarding", "pension"} {
		for _, env := range []string{"prod", "acc", "test", "dev"} {
			number := fmt.Sprintf("app%04d", 401+i*7)
			w.add(number+"-"+team+"-"+env, w.roles(awsRoles, rareRoles), account{company: number, team: strings.Split(team, "-"), env: env})
		}
	}
	for _, company := range []string{"Tailspin", "Northwind"} {
		for _, team := range []string{"Fx Rates", "Flight Ops", "Crew Portal", "Baggage", "Revenue Mgmt"} {
			for _, env := range []string{"PROD", "UAT", "SANDBOX"} {
				for _, region := range []string{"eu-west-1", "us-east-1"} {
					w.add(company+" / "+team+" / "+env+" / "+region, w.roles(towerRole, rareRoles),
						account{company: company, team: strings.Fields(strings.ToLower(team)), env: env, region: region})
				}
			}
		}
	}
	for _, p := range people {
		w.add("sandbox-"+p[0]+"-"+p[1]+"-"+[]string{"lab", "poc", "play"}[w.IntN(3)], w.roles(awsRoles, rareRoles),
			account{company: "sandbox", team: p[:]})
	}
	return w.set("merged", 80)
}

// Agency runs the accounts of its customers.
func Agency() Set {
	w := newWorld(3)
	customers := []string{"Alpine Ski Schools", "Blue Harbour Shipping", "City of Oldenburg", "Deltaworks", "Évora Wines", "Fjord Energy",
		"Großmann Möbel", "Harvest Box", "Iron Gate Security", "Jade Airlines", "Kestrel Media", "Lumen Health", "Mosaic Prints", "North Star Mutual",
		"Opal Hotels", "Pine Ridge College", "Quarry Stone", "Red Kite Rail", "Silver Birch Care", "Zürcher Brot"}
	for _, c := range customers {
		for _, what := range []string{"Website", "Web Shop", "Data Warehouse", "Intranet", "Booking Engine", "CRM"} {
			if w.IntN(3) == 0 {
				continue
			}
			for _, env := range []string{"live", "staging", "dev"} {
				w.add(c+" - "+what+" "+env, w.roles(awsRoles, rareRoles), account{company: c, team: strings.Fields(strings.ToLower(what)), env: env})
			}
		}
	}
	for _, team := range []string{"build farm", "time tracking", "log archive", "shared network", "backup vault", "cost reports"} {
		for _, env := range []string{"production", "test"} {
			w.add("int-"+strings.ReplaceAll(team, " ", "-")+"-"+env, w.roles(awsRoles, rareRoles), account{company: "int", team: strings.Fields(team), env: env})
		}
	}
	for _, p := range people {
		w.add("sandbox-"+p[0]+"."+p[1], w.roles(awsRoles, rareRoles), account{company: "sandbox", team: p[:]})
	}
	return w.set("agency", 60)
}

// Banks is a group of banks that share teams, and differ in the rest.
func Banks() Set {
	w := newWorld(4)
	roles := []string{"bank-readonly", "bank-admin", "bank-developer", "bank-operator"}
	for b, bank := range []string{"Nordbank", "Südbank", "Banca Rossa", "BankOne"} {
		for _, team := range []string{"payments core", "payments gateway", "mortgage desk", "card services", "retail onboarding", "anti money laundering",
			"market data", "fund accounting", "branch network", "mobile banking", "api gateway", "data hub"} {
			for _, env := range []string{"prod", "preprod", "test", "dev"} {
				a := account{company: bank, team: strings.Fields(team), env: env}
				switch own := w.roles(awsRoles, rareRoles); b {
				case 0:
					w.add("nord-"+strings.ReplaceAll(team, " ", "-")+"-"+env, w.roles(roles, rareRoles), account{company: "nord", team: a.team, env: env})
				case 1:
					w.add("Südbank "+strings.Join(titles(a.team), " ")+" ["+strings.ToUpper(env)+"]", own, a)
				case 2:
					a.company = "rossa"
					w.add("rossa_"+strings.ReplaceAll(team, " ", "_")+"_"+env, own, a)
				default:
					w.add("BankOne"+strings.Join(titles(a.team), "")+title(env), own, a)
				}
			}
		}
	}
	for i := range 20 {
		number := fmt.Sprintf("cc%d", 71020+i*11)
		team := []string{"pool", "risk", "fx", "legal", "print"}[i%5]
		w.add(number+"-"+team+"-prod", w.roles(roles, rareRoles), account{company: number, team: []string{team}, env: "prod"})
	}
	return w.set("banks", 60)
}
