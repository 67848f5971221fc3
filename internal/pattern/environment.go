package pattern

import "strings"

// The words that people use for one another when they say what an account is for, what
// it is called here first. The abbreviations come from the files in which people keep
// such words.
const (
	Prod    = "prod prd production live"
	Staging = "staging stg stage"
	Preprod = "preprod preproduction ppd"
	UAT     = "uat"
	Test    = "test tst testing"
	QA      = "qa"
	Dev     = "dev development"
	Sandbox = "sandbox sbx"
	NonProd = "nonprod np nonproduction nonprd nprd npd nonlive"
)

// production is how [Prod] begins.
const production = "prod"

// Environment says what an account is for, by the last word of its name that tells: how
// the above begin, or nothing. Production is what is guarded as such, and wins.
func Environment(name string) string {
	if isProduction(name) {
		return production
	}
	all := words(name)
	for i := len(all) - 1; i >= 0; i-- {
		word := all[i]
		if i > 0 && negates(all[i-1]) {
			word = all[i-1] + word
		}
		for _, same := range [...]string{Staging, Preprod, UAT, Test, QA, Dev, Sandbox, NonProd} {
			if strings.Contains(" "+same+" ", " "+word+" ") {
				called, _, _ := strings.Cut(same, " ")
				return called
			}
		}
	}
	return ""
}
