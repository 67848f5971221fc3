package console_test

import (
	"strings"
	"testing"

	"portico/internal/console"
	"portico/internal/directory"
	"portico/internal/search"
	"portico/ssocore/endpoints"
)

// organisation is searched as the popup searches.
func organisation() func(query string) bool {
	var rows []int32
	account := func(id, name string, roles ...string) directory.Account {
		return directory.Account{ID: id, Name: name, Roles: roles, State: directory.Done}
	}
	index := search.NewIndex(&directory.Directory{Accounts: []directory.Account{
		account("111111111101", "payments-prod", "AdministratorAccess", "ReadOnlyAccess"),
		account("111111111102", "payments-dev", "AdministratorAccess", "ReadOnlyAccess", "GlueDeveloper"),
		account("111111111103", "data-config", "AdministratorAccess", "ReadOnlyAccess"),
		account("111111111104", "s3-archive", "ReadOnlyAccess"),
		account("111111111105", "Customer Support", "ReadOnlyAccess", "Billing"),
	}})
	return func(query string) bool {
		rows = index.Search(query, rows)
		return len(rows) > 0 && !index.Found().Guess
	}
}

func TestAQueryMayEndInAService(t *testing.T) {
	for _, test := range []struct{ query, rest, service string }{
		{"payments-prod s3", "payments-prod", "S3"},
		{"payments prod ro s3", "payments prod ro", "S3"},
		{"  payments-prod   S3  ", "payments-prod", "S3"},
		{"111111111101 ec2", "111111111101", "EC2"},
		{"payprod step-functions", "payprod", "Step Functions"},
		{"payprod StepFunctions", "payprod", "Step Functions"},
		{"payprod sfn", "payprod", "Step Functions"},
		{"prod logs", "prod", "CloudWatch Logs"},
		{"payments\tcfn", "payments", "CloudFormation"},
		{"s3-archive s3", "s3-archive", ""}, // the account has the word
		{"payments-prod glue", "payments-prod", "Glue"},
		{"s3 ec2", "s3", "EC2"},

		// The word is an account's or a role's.
		{"data config", "", ""},
		{"config", "", ""},
		{"payments-dev glue", "", ""},
		{"customer support", "", ""},
		{"support billing", "", ""},
		{"ro s3", "", ""},
		// No last word that means a service, or nothing before it.
		{"s3", "", ""}, {" s3 ", "", ""}, {"", "", ""}, {"   ", "", ""}, {"payments-prod", "", ""}, {"payments-prod cloud", "", ""}, {"payments-prod lambd", "", ""},
		{"s3 payments-prod", "", ""}, {"payments-prod s3 ", "payments-prod", "S3"}, {"payments-prod -", "", ""}, {"payments-prod |", "", ""}, {"payments-prod global", "", ""},
		// What stands before is found by nothing, or by a guess.
		{"nothing s3", "", ""},
		{"paymnets-prod s3", "", ""},
		{"dta config", "", ""},
	} {
		if test.service == "" {
			test.rest = test.query
		}
		rest, s, ok := console.Jump(test.query, endpoints.PartitionAWS, organisation())
		if rest != test.rest || s.Name != test.service || ok != (test.service != "") {
			t.Errorf("%q is %q and %q (%v)", test.query, rest, s.Name, ok)
		}
	}
}

func TestAServiceIsMeantWhereThePartitionHasIt(t *testing.T) {
	for _, test := range []struct {
		word, partition string
		ok              bool
	}{
		{"macie", endpoints.PartitionAWS, true}, {"macie", endpoints.PartitionChina, false},
		{"cognito", endpoints.PartitionGov, true}, {"cdn", endpoints.PartitionGov, false}, {"s3", endpoints.PartitionEUSC, true}, {"s3", "moon", false}, {"s3", "", false},
	} {
		if _, s, ok := console.Jump("payments-prod "+test.word, test.partition, organisation()); ok != test.ok {
			t.Errorf("%s in %q means %q", test.word, test.partition, s.Name)
		}
	}
}

// Whatever is typed, a jump takes nothing but a last word, and none that is found.
func FuzzJumpTakesNoWordAway(f *testing.F) {
	for _, seed := range []string{"payments-prod s3", "a  b\tS3", "s3", "ü step-functions", "x \xff s3", " s3", "config config"} {
		f.Add(seed, true, false)
		f.Add(seed, false, true)
	}
	f.Fuzz(func(t *testing.T, query string, whole, before bool) {
		rest, s, ok := console.Jump(query, endpoints.PartitionAWS, func(asked string) bool {
			if asked == query {
				return whole
			}
			return before
		})
		switch {
		case !ok && (rest != query || s != console.Service{}):
			t.Errorf("%q is no jump, but %q and %q", query, rest, s.Name)
		case ok && (whole || !before || s.Name == ""):
			t.Errorf("%q is taken for %q though it should not", query, s.Name)
		case ok && (rest == "" || strings.TrimSpace(rest) != rest || !strings.HasPrefix(strings.TrimSpace(query), rest) || len(strings.Fields(rest)) != len(strings.Fields(query))-1):
			t.Errorf("of %q stays %q", query, rest)
		}
	})
}
