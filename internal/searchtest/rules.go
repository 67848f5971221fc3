package searchtest

import (
	"strings"
)

// rule is a way to type what one is looking for.
type rule struct {
	name  string
	typed func(w *world, a *account) (text, role string, ok bool)
}

// The rules. What is typed must be enough: where a colleague could not tell which
// account is meant, there is no right answer.
var rules = []rule{
	{"full", full},
	{"word prefixes and role", prefixesAndRole},
	{"role first", roleFirst},
	{"company, first word, env", companyFirstEnv},
	{"typo", withTypo},
	{"synonym", withSynonym},
	{"last five digits", func(_ *world, a *account) (string, string, bool) { return a.ID[7:], "-", true }},
	{"ID with dashes", func(_ *world, a *account) (string, string, bool) {
		return a.ID[:4] + "-" + a.ID[4:8] + "-" + a.ID[8:], "-", true
	}},
	{"glued words", gluedWords},
	{"initials, env and role", initialsEnvRole},
}

// full is the name as it is, or with blanks for what joins its words.
func full(w *world, a *account) (string, string, bool) {
	if w.IntN(2) == 0 {
		return a.Name, "-", true
	}
	return strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer("-", " ", "_", " ", "/", " ", "(", "", ")", "", "[", "", "]", "", ".", " ").Replace(a.Name))), " "), "-", true
}

// shorts is what people call roles.
var shorts = map[string][]string{
	"ReadOnlyAccess": {"ro", "read", "readonly"}, "AdministratorAccess": {"admin", "adm"}, "PowerUserAccess": {"power", "pu", "poweruser"},
	"ViewOnlyAccess": {"view"}, "AWSReadOnlyAccess": {"ro", "read", "readonly"}, "AWSAdministratorAccess": {"admin", "adm"},
	"AWSPowerUserAccess": {"power", "pu"}, "AWSOrganizationsFullAccess": {"org", "organizations"}, "Billing": {"bill", "billing"},
	"SecurityAudit": {"audit", "sec", "secaudit"}, "DatabaseAdministrator": {"database", "dba"}, "NetworkAdministrator": {"net", "network"},
	"DataScientist": {"datasc", "scientist"}, "SupportUser": {"supp", "support"}, "TerraformPlan": {"plan", "tp"}, "TerraformApply": {"apply", "ta"},
	"CostExplorer": {"cost", "ce"}, "BreakGlassAdmin": {"break", "glass", "bga"}, "OnCallEngineer": {"oncall", "oce"},
	"SystemAdministrator": {"system", "sys"}, "SecretsManagerReader": {"secrets", "smr"},
	"bank-readonly": {"ro", "read", "readonly"}, "bank-admin": {"admin", "adm"}, "bank-developer": {"developer", "bank dev"}, "bank-operator": {"oper", "operator"},
}

// role draws a role of an account, and what it is called. Roles that one word may
// mean are the more so the more of them there are: only one may be.
func (w *world) role(a *account) (role, called string, ok bool) {
	role = a.Roles[w.IntN(len(a.Roles))]
	names := shorts[role]
	called = names[w.IntN(len(names))]
	for _, other := range a.Roles {
		if other != role && strings.Contains(strings.ToLower(other), called) {
			return "", "", false
		}
	}
	return role, called, true
}

// begin is the beginning of a word, as far as people type it.
// Of a number nobody types a part in the middle of a query.
func (w *world) begin(word string) string {
	if strings.ContainsAny(word, "0123456789") {
		return word
	}
	r := []rune(word)
	return string(r[:min(len(r), 3+w.IntN(3))])
}

// unique tells whether no other account has words that begin with all of typed.
func (w *world) unique(a *account, typed []string) bool {
	for i := range w.accounts {
		b := &w.accounts[i]
		if b.ID != a.ID && begins(b.said, typed) {
			return false
		}
	}
	return true
}

func begins(words, typed []string) bool {
	for _, t := range typed {
		some := false
		for _, w := range words {
			some = some || strings.HasPrefix(w, t)
		}
		if !some {
			return false
		}
	}
	return true
}

func (w *world) prefixes(a *account) []string {
	var typed []string
	for _, word := range a.words() {
		typed = append(typed, w.begin(word))
	}
	if a.region != "" {
		typed = append(typed, a.region[:2])
	}
	if len(typed) > 3 && w.IntN(2) == 0 {
		at := w.IntN(len(typed) - 1)
		typed = append(typed[:at], typed[at+1:]...)
	}
	return typed
}

func prefixesAndRole(w *world, a *account) (string, string, bool) {
	typed := w.prefixes(a)
	role, called, ok := w.role(a)
	return strings.Join(append(typed, called), " "), role, ok && w.unique(a, typed)
}

func roleFirst(w *world, a *account) (string, string, bool) {
	typed := w.prefixes(a)
	role, called, ok := w.role(a)
	return called + " " + strings.Join(typed, " "), role, ok && w.unique(a, typed)
}

func companyFirstEnv(w *world, a *account) (string, string, bool) {
	if a.env == "" {
		return "", "", false
	}
	company := strings.Fields(strings.ToLower(a.company))
	typed := []string{w.begin(a.team[0])}
	if len(company) > 0 {
		typed = append([]string{company[0]}, typed...)
	}
	env := strings.Fields(strings.ToLower(strings.ReplaceAll(a.env, "-", " ")))
	if len(env) > 1 {
		typed = append(typed, env...)
	} else {
		typed = append(typed, w.begin(env[0]))
	}
	if a.region != "" {
		typed = append(typed, strings.Split(a.region, "-")[0])
	}
	return strings.Join(typed, " "), "-", w.uniqueButLonger(a, typed)
}

// uniqueButLonger is unique, but for accounts with more words in their names:
// who types payments prod means payments-prod, not payments-api-prod.
func (w *world) uniqueButLonger(a *account, typed []string) bool {
	for i := range w.accounts {
		b := &w.accounts[i]
		if b.ID != a.ID && b.own <= a.own && begins(b.said, typed) {
			return false
		}
		if b.ID != a.ID && a.own > len(typed) && begins(b.said, typed) {
			return false
		}
	}
	return true
}

// withTypo swaps, drops, doubles or changes a letter of the longest word.
func withTypo(w *world, a *account) (string, string, bool) {
	typed := a.words()
	longest := 0
	for i := range typed {
		if len(typed[i]) > len(typed[longest]) {
			longest = i
		}
	}
	word := []rune(typed[longest])
	if len(word) < 5 || strings.ContainsAny(typed[longest], "0123456789") {
		return "", "", false
	}
	at := 1 + w.IntN(len(word)-2)
	switch w.IntN(4) {
	case 0:
		if word[at] == word[at+1] {
			return "", "", false
		}
		word[at], word[at+1] = word[at+1], word[at]
	case 1:
		word = append(word[:at], word[at+1:]...)
	case 2:
		word = append(word[:at+1], word[at:]...)
	case 3:
		near := "qwertyuiopasdfghjklzxcvbnm"
		i := strings.IndexRune(near, word[at])
		if i < 1 {
			return "", "", false
		}
		word[at] = rune(near[i-1])
	}
	unique := w.unique(a, typed)
	typed[longest] = string(word)
	text := strings.Join(typed, " ")
	if a.region != "" {
		text += " " + a.region
	}
	return text, "-", unique || a.region != ""
}

// others are words for an environment that people use for one another.
var others = [][]string{
	{"prod", "prd", "production", "live"}, {"staging", "stage", "stg", "preprod", "uat"}, {"test", "tst", "qa"}, {"dev", "development"},
	{"nonprod", "np"}, {"sandbox", "sbx"},
}

func withSynonym(w *world, a *account) (string, string, bool) {
	env := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(a.env))
	if a.env == "" && a.company == "sandbox" {
		return "sbx " + strings.Join(a.team, " "), "-", true
	}
	if env == "nonproduction" {
		env = "nonprod"
	}
	for _, class := range others {
		for i, word := range class {
			if word != env || len(class) == 1 {
				continue
			}
			other := class[(i+1+w.IntN(len(class)-1))%len(class)]
			typed := append(strings.Fields(strings.ToLower(a.company)), a.team...)
			typed = append(typed, other)
			if a.region != "" {
				typed = append(typed, a.region)
			}
			return strings.Join(typed, " "), "-", w.onlyOne(a, class)
		}
	}
	return "", "", false
}

// onlyOne tells whether no other account of the team is of one of these
// environments.
func (w *world) onlyOne(a *account, envs []string) bool {
	for i := range w.accounts {
		b := &w.accounts[i]
		if b.ID == a.ID || b.company != a.company || strings.Join(b.team, " ") != strings.Join(a.team, " ") || b.region != a.region {
			continue
		}
		for _, e := range envs {
			if strings.EqualFold(b.env, e) {
				return false
			}
		}
	}
	return true
}

// gluedWords runs words together, whole ones or their beginnings.
func gluedWords(w *world, a *account) (string, string, bool) {
	typed := a.words()
	if len(typed) > 3 {
		typed = typed[len(typed)-3:]
	}
	if len(typed) < 2 {
		return "", "", false
	}
	whole := w.IntN(2) == 0
	for i := range typed {
		if !whole && i < len(typed)-1 {
			typed[i] = w.begin(typed[i])
		}
	}
	if a.region != "" {
		company := a.company
		if len(a.team) == 1 {
			company = "" // it is among the words
		}
		return strings.Join(strings.Fields(strings.Join(typed, "")+" "+company+" "+a.region), " "), "-", w.unique(a, append(typed, strings.Split(a.region, "-")...))
	}
	return strings.Join(typed, ""), "-", w.unique(a, typed)
}

// initialsEnvRole is the initials of company and team, then environment and role.
func initialsEnvRole(w *world, a *account) (string, string, bool) {
	if a.env == "" || len(a.team) < 2 {
		return "", "", false
	}
	initials := func(b *account) string {
		s := ""
		for _, word := range b.team {
			s += string([]rune(word)[:1])
		}
		return s
	}
	company := strings.Fields(strings.ToLower(a.company))
	for i := range w.accounts {
		b := &w.accounts[i]
		if b.ID != a.ID && b.company == a.company && b.env == a.env && b.region == a.region && initials(a) == initials(b) {
			return "", "", false
		}
	}
	typed := []string{initials(a), strings.ToLower(a.env)}
	if len(company) > 0 {
		typed = append([]string{company[0]}, typed...)
	}
	if a.region != "" {
		typed = append(typed, a.region)
	}
	role, called, ok := w.role(a)
	return strings.Join(append(typed, called), " "), role, ok
}
