package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"portico/internal/search"
	"portico/internal/searchtest"
)

// The search finds what is meant: the mean of one over the rank stays what it is,
// in each of four organisations, and by each of the ten ways to type.
func TestTheSearchIsAsGoodAsItWas(t *testing.T) {
	queries := 0
	for _, set := range searchtest.Sets() {
		queries += len(set.Queries)
		var all searchtest.Tallies
		r := measure(search.NewIndex(set.Directory), set)
		for i, q := range set.Queries {
			all.Add(q, r.ranks[i])
		}
		if all.All.MRR() < 0.995 {
			t.Errorf("%s: %v", set.Name, &all.All)
		}
		for rule, of := range all.By {
			if of.MRR() < 0.97 {
				t.Errorf("%s, %s: %v", set.Name, rule, of)
			}
		}
		if len(all.Rules) != 10 {
			t.Errorf("%s: %d rules", set.Name, len(all.Rules))
		}
	}
	if queries < 600 {
		t.Errorf("%d queries, too few to tell", queries)
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const accounts = "\ufeff# accounts\r\n111111111101\tpayments-prod\tp@example.com\tReadOnlyAccess,AdministratorAccess\r\n\r\n" +
	"111111111102\tpayments-dev\t\tReadOnlyAccess\n111111111103\tno roles\tn@example.com\t\n"

func TestFilesAreMeasured(t *testing.T) {
	queries := "# queries\npayments prod ro\t111111111101\tReadOnlyAccess\trule=role\r\n\n" +
		"payments ro\t111111111101\tReadOnlyAccess\trule=role\npayments-dev\t111111111102\t-\trule=name\nnothing like it\t111111111102\t-\n"
	var out strings.Builder
	if err := run([]string{"-misses", "9", "-directory", write(t, "d.tsv", accounts), "-queries", write(t, "q.tsv", queries)}, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	last := regexp.MustCompile(`^MRR 0\.625 top1 0\.500 ms/query \d+\.\d$`)
	if !last.MatchString(lines[len(lines)-1]) {
		t.Errorf("last line is %q", lines[len(lines)-1])
	}
	for _, want := range []string{`rank 2 of "payments ro" (role): payments-prod · ReadOnlyAccess, but first is payments-dev · ReadOnlyAccess`,
		`rank 0 of "nothing like it" (): payments-dev · -, but first is nothing`, "MRR 0.750 top1 0.500 of 2", "MRR 1.000 top1 1.000 of 1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestMalformedLinesAreNamed(t *testing.T) {
	good := write(t, "d.tsv", accounts)
	for want, files := range map[string][2]string{
		"d.tsv:2: 3 fields":         {write(t, "d.tsv", "1\ta\te\tr\n2\tb\tr\n"), ""},
		"d.tsv:2: account ID \"1\"": {write(t, "d.tsv", "1\ta\te\tr\n1\tb\te\tr\n"), ""},
		"q.tsv:3: 2 fields":         {good, write(t, "q.tsv", "a\t1\t-\n\nb\t1\n")},
		"q.tsv:1: no account ID":    {good, write(t, "q.tsv", "a\t\t-\n")},
		"q.tsv:1: the fourth field": {good, write(t, "q.tsv", "a\t1\t-\tfull\n")},
		"no-such-file":              {good, "no-such-file"},
	} {
		if files[1] == "" {
			files[1] = write(t, "q.tsv", "a\t1\t-\n")
		}
		err := run([]string{"-directory", files[0], "-queries", files[1]}, &strings.Builder{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want one with %q", err, want)
		}
	}
	for _, args := range [][]string{nil, {"-directory", good}, {"-set", "no such"}} {
		if err := run(args, &strings.Builder{}); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestSetsOfOurOwnAreFilesLikeOthers(t *testing.T) {
	folder := t.TempDir()
	for _, set := range searchtest.Sets()[:2] {
		if err := run([]string{"-set", set.Name, "-write", folder}, &strings.Builder{}); err != nil {
			t.Fatal(err)
		}
		read, err := load("", filepath.Join(folder, set.Name+".directory.tsv"), filepath.Join(folder, set.Name+".queries.tsv"), false)
		if err != nil || len(read.Directory.Accounts) != len(set.Directory.Accounts) || len(read.Queries) != len(set.Queries) {
			t.Errorf("%s: %v", set.Name, err)
		}
	}
}
