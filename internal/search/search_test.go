package search

import (
	"slices"
	"strings"
	"testing"

	"portico/internal/directory"
)

// company is a small directory in which each account and role is there for a
// rival it must win or lose against.
func company() *directory.Directory {
	roles := []string{"AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess"}
	return &directory.Directory{Accounts: []directory.Account{
		{ID: "210987654321", Name: "billing", Email: "aws+prod-billing@corp.example.com", Roles: []string{"Billing", "ReadOnlyAccess"}},
		{ID: "111122223333", Name: "data-platform-prod", Email: "aws+dpp@corp.example.com", Roles: roles},
		{ID: "111122224444", Name: "data-platform-staging", Email: "aws+dps@corp.example.com", Roles: roles},
		{ID: "120000000042", Name: "management", Email: "root@corp.example.com", Roles: []string{"AdministratorAccess"}},
		{ID: "300000000001", Name: "payments-prod", Email: "aws+payments@corp.example.com", Roles: roles},
		{ID: "300000000002", Name: "payments-sandbox", Email: "aws+payments.sandbox@corp.example.com", Roles: roles},
		{ID: "300000000003", Name: "prod", Email: "aws+core@corp.example.com", Roles: []string{"NetworkAdministrator"}},
		{ID: "300000000004", Name: "products", Email: "aws+shop@corp.example.com", Roles: []string{"DeployCI"}},
		{ID: "300000000005", Name: "reproduction", Email: "aws+repro@corp.example.com", Roles: []string{"DeployCI"}},
		{ID: "300000000006", Name: "sandbox-1111", Email: "aws+jlee@corp.example.com", Roles: []string{"AWSAdministratorAccess"}},
		{ID: "300000000007", Name: "Übungen München", Email: "aws+muc@corp.example.com", Roles: []string{"ReadOnlyAccess"}},
	}}
}

// label writes a row as name/role.
func label(d *directory.Directory, ix *Index, r int32) string {
	account, role := ix.Row(r)
	return d.Accounts[account].Name + "/" + d.Accounts[account].Roles[role]
}

func labels(d *directory.Directory, ix *Index, rows []int32) []string {
	var all []string
	for _, r := range rows {
		all = append(all, label(d, ix, r))
	}
	return all
}

func TestOrder(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	tests := []struct {
		name, query string
		want        []string // the accounts in their order, each once
	}{
		{"word, the more of the name the better, prefix, e-mail; and nothing inside a word", "prod",
			[]string{"prod", "payments-prod", "data-platform-prod", "products", "billing"}},
		{"case does not matter", "PrOD",
			[]string{"prod", "payments-prod", "data-platform-prod", "products", "billing"}},
		{"nor beyond ASCII", "üBUNG MÜN", []string{"Übungen München"}},
		{"initials, and no scattered letters beside them", "dp", []string{"data-platform-prod", "data-platform-staging"}},
		{"all initials", "dps", []string{"data-platform-staging"}},
		{"words run together", "payprod", []string{"payments-prod"}},
		{"contraction", "mngmt", []string{"management"}},
		{"all terms must match", "data read", []string{"data-platform-prod", "data-platform-staging"}},
		{"the order of terms does not matter", "read data", []string{"data-platform-prod", "data-platform-staging"}},
		{"a term is not matched by pieces of two fields", "billingreadonly", nil},
		{"the ID first for digits", "1111", []string{"sandbox-1111", "data-platform-prod", "data-platform-staging"}},
		{"prefix of the ID before the middle of it", "21", []string{"billing"}},
		{"whole ID", "111122223333", []string{"data-platform-prod"}},
		{"ID with dashes", "1111-2222-3333", []string{"data-platform-prod"}},
		{"ID with spaces", "1111 2222 3333", []string{"data-platform-prod"}},
		{"ID with dashes, half typed", "1111-22", []string{"data-platform-prod", "data-platform-staging"}},
		{"ID copied with invisible characters", "\u200b1111-2222-3333\ufeff", []string{"data-platform-prod"}},
		{"e-mail", "aws+dpp@corp", []string{"data-platform-prod"}},
		{"nothing", "qqq", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range ix.Search(tt.query, nil) {
				account, _ := ix.Row(r)
				if name := d.Accounts[account].Name; !slices.Contains(got, name) {
					got = append(got, name)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("search %q:\n got %q\nwant %q", tt.query, got, tt.want)
			}
		})
	}
}

func TestFirstRow(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	tests := []struct{ query, want string }{
		{"pay admin", "payments-prod/AdministratorAccess"},
		{"admin pay sand", "payments-sandbox/AdministratorAccess"},
		{"aa", "data-platform-prod/AdministratorAccess"},
		{"bill", "billing/ReadOnlyAccess"}, // both begin so: the weaker,
		{"dci", "products/DeployCI"},
		{"networkadmin", "prod/NetworkAdministrator"},
		{"awsa", "sandbox-1111/AWSAdministratorAccess"},
	}
	for _, tt := range tests {
		if rows := ix.Search(tt.query, nil); len(rows) == 0 || label(d, ix, rows[0]) != tt.want {
			t.Errorf("search %q: got %q, want %q first", tt.query, labels(d, ix, rows), tt.want)
		}
	}
}

func TestTypoFindsWhatWasMeantFirst(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	tests := []struct{ typo, query, want string }{
		{"swapped", "prdo", "prod/NetworkAdministrator"},
		{"swapped in three letters", "rpod net", "prod/NetworkAdministrator"},
		{"left out", "admnistr pay", "payments-prod/AdministratorAccess"},
		{"one too many", "paymments", "payments-prod/ReadOnlyAccess"},
		{"wrong letter", "pauments", "payments-prod/ReadOnlyAccess"},
		{"two wrong letters in a long word", "adninistratir pay", "payments-prod/AdministratorAccess"},
		{"in the first letter", "oayments", "payments-prod/ReadOnlyAccess"},
		{"in two terms", "paymnets raedonly", "payments-prod/ReadOnlyAccess"},
		{"in one of two terms", "sandbox powreuser", "payments-sandbox/PowerUserAccess"},
		{"across words", "data-platfrom-prod", "data-platform-prod/ReadOnlyAccess"},
		{"beyond ASCII", "Übugnen", "Übungen München/ReadOnlyAccess"},
		{"beyond ASCII, without its mark", "Munhcen", "Übungen München/ReadOnlyAccess"},
	}
	for _, tt := range tests {
		t.Run(tt.typo, func(t *testing.T) {
			if rows := ix.Search(tt.query, nil); len(rows) == 0 || label(d, ix, rows[0]) != tt.want {
				t.Errorf("search %q: got %q, want %q first", tt.query, labels(d, ix, rows), tt.want)
			}
		})
	}
}

// Once a typo has been typed, each further letter must keep the intended row.
func TestTypoHoldsWhileTyping(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	for _, query := range []string{"admnistratoraccess", "amdinistratoraccess", "administratroaccess"} {
		for end := len("admni"); end <= len(query); end++ {
			rows := ix.Search(query[:end], nil)
			if len(rows) == 0 || !strings.Contains(label(d, ix, rows[0]), "/AdministratorAccess") {
				t.Errorf("search %q: got %q", query[:end], labels(d, ix, rows))
			}
		}
	}
}

func TestNumbersAreNotCorrected(t *testing.T) {
	d := company()
	ix := NewIndex(d)
	for _, query := range []string{"1113", "111122225555", "1111-2222-5555", "1111 2222 5555"} {
		if rows := ix.Search(query, nil); len(rows) > 0 {
			t.Errorf("search %q: got %q, want nothing", query, labels(d, ix, rows))
		}
	}
}

func TestTyposAreNotMixedWithMatches(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{
		{Name: "proc", Roles: []string{"x"}},
		{Name: "prod", Roles: []string{"x"}},
	}}
	ix := NewIndex(d)
	if got := ix.Search("prod", nil); !slices.Equal(got, []int32{1}) {
		t.Errorf("search prod: rows %v, want [1]", got)
	}
}

func TestBlankQueryGivesAllRowsInTheirNaturalOrder(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{
		{ID: "1", Name: "team-10", Roles: []string{"x"}},
		{ID: "2", Name: "Ökologie", Roles: []string{"x"}},
		{ID: "3", Name: "Team-2", Roles: []string{"BreakGlass", "AdministratorAccess", "Deploy", "PowerUser", "ReadOnly", "Audit"}},
		{ID: "4", Name: "no roles"},
		{ID: "5", Name: "ACME", Roles: []string{"x"}},
	}}
	ix := NewIndex(d)
	want := []string{"ACME/x", "Ökologie/x", "Team-2/Audit", "Team-2/ReadOnly", "Team-2/Deploy", "Team-2/PowerUser",
		"Team-2/AdministratorAccess", "Team-2/BreakGlass", "team-10/x"}
	for _, query := range []string{"", " ", "\t\n", "\u200b \u00a0"} {
		if got := labels(d, ix, ix.Search(query, nil)); !slices.Equal(got, want) {
			t.Errorf("search %q:\n got %q\nwant %q", query, got, want)
		}
	}
	for _, query := range []string{"-", " / ", "()", "…"} {
		if rows := ix.Search(query, nil); len(rows) > 0 {
			t.Errorf("search %q: rows %v", query, rows)
		}
	}
	if ix.Len() != len(want) {
		t.Errorf("%d rows, want %d", ix.Len(), len(want))
	}
}

func TestEmptyDirectory(t *testing.T) {
	ix := NewIndex(&directory.Directory{})
	for _, query := range []string{"", "prod", "prdo admin"} {
		if rows := ix.Search(query, nil); len(rows) != 0 {
			t.Errorf("search %q: rows %v", query, rows)
		}
	}
}

func TestHugeQuery(t *testing.T) {
	ix := NewIndex(company())
	for _, query := range []string{
		strings.Repeat("a", 1<<20), strings.Repeat("pr ", 1<<18), strings.Repeat("\xff", 1<<16), strings.Repeat("é ", 1<<16),
	} {
		for _, r := range ix.Search(query, nil) {
			ix.Highlight(query, r)
		}
	}
	if got, want := ix.Search(strings.Repeat("pay ", maxTerms)+"qqq", nil), ix.Search("pay", nil); !slices.Equal(got, want) {
		t.Errorf("terms beyond %d: rows %v, want %v", maxTerms, got, want)
	}
}

func TestSearchReusesMemory(t *testing.T) {
	ix := NewIndex(organisation(200, benchRoles))
	for _, q := range benchQueries {
		dst := ix.Search(q.query, make([]int32, 0, ix.Len()))
		allocs := testing.AllocsPerRun(20, func() { dst = ix.Search(q.query, dst) })
		if most := 6.0; allocs > most { // the folded query, once without what joins its words and once with it
			t.Errorf("search %q: %v allocations, want at most %v", q.query, allocs, most)
		}
	}
}
