package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"portico/internal/directory"
	"portico/internal/searchtest"
)

// longestLine is more than any account or query takes.
const longestLine = 1 << 20

// eachLine calls do with the fields of each line that is neither blank nor a
// comment.
func eachLine(file string, do func(fields []string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") && !strings.Contains(line, "\t") {
			continue
		}
		if err := do(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func readDirectory(file string) (*directory.Directory, error) {
	d := &directory.Directory{Updated: 1}
	known := map[string]bool{}
	err := eachLine(file, func(f []string) error {
		if len(f) != 4 {
			return fmt.Errorf("%d fields, want 4: accountId, accountName, email, roles", len(f))
		}
		id := strings.TrimSpace(f[0])
		if id == "" || known[id] {
			return fmt.Errorf("account ID %q is empty or not the first of its kind", id)
		}
		known[id] = true
		a := directory.Account{ID: id, Name: directory.Escape(f[1]), Email: directory.Escape(f[2]), State: directory.Done}
		for _, role := range strings.Split(f[3], ",") {
			if role = strings.TrimSpace(role); role != "" {
				a.Roles = append(a.Roles, directory.Escape(role))
			}
		}
		d.Accounts = append(d.Accounts, a)
		return nil
	})
	return d, err
}

func readQueries(file string) (queries []searchtest.Query, err error) {
	err = eachLine(file, func(f []string) error {
		if len(f) < 3 || len(f) > 4 {
			return fmt.Errorf("%d fields, want 3 or 4: query, accountId, roleName or -, rule=NAME", len(f))
		}
		q := searchtest.Query{Text: f[0], AccountID: strings.TrimSpace(f[1]), Role: strings.TrimSpace(f[2])}
		if q.AccountID == "" || q.Role == "" {
			return fmt.Errorf("no account ID, or no role; any role is -")
		}
		if len(f) == 4 {
			rule, ok := strings.CutPrefix(strings.TrimSpace(f[3]), "rule=")
			if !ok {
				return fmt.Errorf("the fourth field is %q, want rule=NAME", f[3])
			}
			q.Rule = rule
		}
		queries = append(queries, q)
		return nil
	})
	return queries, err
}
