package search

import (
	"testing"

	"portico/internal/directory"
)

// What people paste leads to the very row, whatever is around it.
func TestPastedTextsFindTheirRow(t *testing.T) {
	roles := []string{"AdministratorAccess", "ReadOnlyAccess", "data_platform-deployer"}
	d := &directory.Directory{Accounts: []directory.Account{
		{ID: "111111111101", Name: "payments-prod", Email: "aws+payments-prod@example.com", Roles: roles},
		{ID: "111111111102", Name: "payments-dev", Email: "aws+payments-dev@example.com", Roles: roles},
		{ID: "111111111103", Name: "Contoso / Fx Rates / PROD", Email: "fx@example.com", Roles: roles},
		{ID: "211111111101", Name: "profile-store", Email: "aws+profile@example.com", Roles: roles},
	}}
	ix := NewIndex(d)
	for _, q := range []string{
		"111111111101_ReadOnlyAccess",
		"payments-prod_ReadOnlyAccess",
		"payments-prod · ReadOnlyAccess",
		"payments-prod (111111111101), ReadOnlyAccess",
		"payments-prod (111111111101) ReadOnlyAccess",
		"Copied for bash and zsh: payments-prod (111111111101), ReadOnlyAccess at acme, until 15:04.",
		"Fetching credentials of payments-prod (111111111101), ReadOnlyAccess …",
		"Opening payments-prod (111111111101), ReadOnlyAccess …",
		"Fetching credentials: payments-prod (111111111101), ReadOnlyAccess …",
		"Console opened: payments-prod (111111111101), ReadOnlyAccess.",
		"Opened the console of payments-prod (111111111101), ReadOnlyAccess.",
		"111111111101:ReadOnlyAccess",
		"payments-prod:ReadOnlyAccess",
		"payments-prod/ReadOnlyAccess",
		"payments-prod.ReadOnlyAccess",
		"payments-prod@ReadOnlyAccess",
		"ReadOnlyAccess@payments-prod",
		"111111111101 / ReadOnlyAccess",
		"111111111101/ReadOnlyAccess",
		"111111111101, ReadOnlyAccess",
		"111111111101|ReadOnlyAccess",
		"111111111101-ReadOnlyAccess",
		"1111-1111-1101_ReadOnlyAccess",
		"1111 1111 1101 ReadOnlyAccess",
		"#111111111101 ReadOnlyAccess",
		`"111111111101" "ReadOnlyAccess"`,
		"“payments-prod” ‘ReadOnlyAccess’",
		"«payments-prod» ReadOnlyAccess",
		"(payments-prod) [ReadOnlyAccess]",
		"sso_account_id = 111111111101 sso_role_name = ReadOnlyAccess",
		"sso_account_id=111111111101\nsso_role_name=ReadOnlyAccess\nsso_region=eu-west-1\n",
		"[profile 111111111101_ReadOnlyAccess]",
		"[profile payments-prod] sso_session = acme sso_account_id = 111111111101 sso_role_name = ReadOnlyAccess region = eu-west-1",
		"[payments-prod] role_name=ReadOnlyAccess",
		"AWS_PROFILE=111111111101_ReadOnlyAccess",
		"export AWS_PROFILE=payments-prod_ReadOnlyAccess",
		"--profile 111111111101_ReadOnlyAccess",
		"--account-id 111111111101 --role-name ReadOnlyAccess",
		`"accountId": "111111111101", "roleName": "ReadOnlyAccess"`,
		"Account: payments-prod Role: ReadOnlyAccess",
		"Account ID: 111111111101 Role name: ReadOnlyAccess",
		"AWS account ID: 1111-1111-1101, role: ReadOnlyAccess",
		"arn:aws:iam::111111111101:role/ReadOnlyAccess",
		"arn:aws:iam::111111111101:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_ReadOnlyAccess_0123456789abcdef",
		"arn:aws-us-gov:sts::111111111101:assumed-role/AWSReservedSSO_ReadOnlyAccess_0123456789abcdef/jlee@example.com",
		`"Arn": "arn:aws:sts::111111111101:assumed-role/AWSReservedSSO_ReadOnlyAccess_0123456789abcdef/jlee"`,
		"AWSReservedSSO_ReadOnlyAccess_0123456789abcdef 111111111101",
		"AWSReservedSSO_ReadOnlyAccess_0123456789abcdef/jlee 111111111101",
		"https://acme.awsapps.com/start/#/console?account_id=111111111101&role_name=ReadOnlyAccess",
		"https://acme.awsapps.com/start/#/console?account_id=111111111101&role_name=ReadOnlyAccess&destination=https%3A%2F%2Fconsole.aws.amazon.com",
		"payments-prod <aws+payments-prod@example.com> ReadOnlyAccess",
		"<aws+payments-prod@example.com> ro",
		"mailto:aws+payments-prod@example.com ReadOnlyAccess",
		"payments-prod → ReadOnlyAccess",
		"payments-prod\u00a0ReadOnlyAccess\u200b",
		"* payments-prod: ReadOnlyAccess",
		"payments-prod, ReadOnlyAccess;",
		"`payments-prod` `ReadOnlyAccess`",
		"payments\\prod\\ReadOnlyAccess",
		"{payments-prod}{ReadOnlyAccess}",
		"(111111111101) ReadOnlyAccess!",
	} {
		rows := ix.Search(q, nil)
		if len(rows) == 0 || label(d, ix, rows[0]) != "payments-prod/ReadOnlyAccess" || ix.Found().Guess {
			t.Errorf("%q finds %q (guess: %v)", q, labels(d, ix, rows[:min(3, len(rows))]), ix.Found().Guess)
		}
	}
}

func TestPastedAccountsWithoutARole(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	for q, want := range map[string]string{
		"#300000000001": "payments-prod", `"300000000001"`: "payments-prod", "sso_account_id = 300000000001": "payments-prod",
		"(300000000001)": "payments-prod", "3000-0000-0001": "payments-prod", "arn:aws:iam::300000000001:root": "payments-prod",
		"arn:aws:s3:eu-west-1:300000000001:bucket/x": "payments-prod", "https://300000000001.signin.aws.amazon.com/console": "payments-prod",
		"https://300000000001-ab12cd34.eu-west-1.console.aws.amazon.com/ec2": "payments-prod", "[profile payments-sandbox]": "payments-sandbox",
		"account = data-platform-staging": "data-platform-staging", "Ubungen/Munchen": "Übungen München", "ÜBUNGEN (München)": "Übungen München",
	} {
		rows := ix.Search(q, nil)
		if len(rows) == 0 || d.Accounts[ix.rows[rows[0]].account].Name != want {
			t.Errorf("%q finds %q, want %q", q, labels(d, ix, rows), want)
		}
	}
}
