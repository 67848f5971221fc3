package directory_test

import (
	"strconv"
	"strings"
	"testing"

	"portico/internal/directory"
)

func TestHeadIsTheFirstRowsAsTheyArePainted(t *testing.T) {
	many := directory.Account{ID: "3", Name: "many", State: directory.Done}
	for i := range 30 {
		many.Roles = append(many.Roles, "R"+strconv.Itoa(i))
	}
	for _, test := range []struct {
		name     string
		accounts []directory.Account
		lines    int
		begins   string
	}{
		{"nothing", nil, 1, "0\t0\t0\t0\t0"},
		{"an account without roles", []directory.Account{{ID: "1", Name: "one"}}, 1, "0\t0\t0\t0\t0"},
		{"few", []directory.Account{{ID: "1", Name: "one", Roles: []string{"A", "B"}}, {ID: "2", Name: "two", Roles: []string{"C"}}}, 4,
			"3\t0\t0\t0\t140\none\t1\tA\n\t\tB\ntwo\t2\tC"},
		{"more than fit, cut within an account", []directory.Account{{ID: "1", Name: "one", Roles: []string{"A"}}, many, {ID: "4", Name: "x", Roles: []string{"A", "B"}}}, 1 + 15,
			"33\t0\t0\t0\t1008\none\t1\tA\nmany\t3\tR0\n\t\tR1\n"},
	} {
		got := directory.Head(&directory.Directory{Accounts: test.accounts}, nil, nil, none)
		if !strings.HasPrefix(got, test.begins) || strings.Count(got, "\n")+1 != test.lines {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

func none(*directory.Account, string) directory.Looks { return directory.Looks{} }

func TestHeadMarksWhatIsGuarded(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{{ID: "1", Name: "dev", Roles: []string{"Admin"}}, {ID: "2", Name: "prod", Roles: []string{"Reader", "Admin", "Free"}}}}
	got := directory.Head(d, nil, nil, func(a *directory.Account, role string) directory.Looks {
		return directory.Looks{Guarded: a.Name == "prod" && role != "Free"}
	})
	if want := "4\t0\t0\t0\t168\ndev\t1\tAdmin\t\t\tdev\nprod\t2\tReader\t\t1\tprod\n\t\tAdmin\t\t2\n\t\tFree"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What somebody made of roles shows from the first frame on, and what is hidden does not.
func TestHeadShowsWhatWasMadeOfRoles(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{{ID: "1", Name: "one", Roles: []string{"A", "B", "C"}}}}
	got := directory.Head(d, []directory.Place{{Role: 2}}, map[directory.Place]bool{{}: true}, func(_ *directory.Account, role string) directory.Looks {
		return map[string]directory.Looks{"B": {Label: "mine"}, "C": {Favourite: true}}[role]
	})
	if want := "2\t0\t0\t0\t84\none\t1\tC\t\t\t\tf\n\t\tB\t\t\t\t\tmine"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was used stands first, below names of its own.
func TestAHeadBeginsWithWhatWasUsed(t *testing.T) {
	d := &directory.Directory{Accounts: []directory.Account{{ID: "1", Name: "one", Roles: []string{"A", "B"}}, {ID: "2", Name: "two", Roles: []string{"C", "D"}}}}
	got := directory.Head(d, []directory.Place{{Account: 1, Role: 1}}, nil, none)
	if want := "4\t0\t0\t0\t196\ntwo\t2\tD\none\t1\tA\n\t\tB\ntwo\t2\tC"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALongNameTakesTwoLines(t *testing.T) {
	for name, want := range map[string]int{
		"":                                   28,
		strings.Repeat("a", 34):              28,
		strings.Repeat("a", 35):              44,
		strings.Repeat("é", 34):              28,
		strings.Repeat("本", 17):              28, // as wide as two each
		strings.Repeat("本", 18):              44,
		strings.Repeat("ح", 34):              28,
		strings.Repeat("🚀", 18):              44,
		strings.Repeat("payments-prod ", 10): 44,
	} {
		if got := directory.HeightOf(name); got != want {
			t.Errorf("%q is %d high, want %d", name, got, want)
		}
	}
}
