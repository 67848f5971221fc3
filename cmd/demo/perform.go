package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"portico/internal/mainjob"
)

// perform does the main job and prints each step with what it saw. It returns
// an error at the first step that did not hold.
func perform(job *mainjob.Job, rows int) error {
	steps := []struct {
		what string
		do   func() (string, error)
	}{
		{"add the portal", job.AddPortal},
		{"sign in", job.SignIn},
		{"list accounts and roles", func() (string, error) { return listed(job, rows) }},
		{"search with a typo", func() (string, error) { return expect(job.Search("paymnets prod"))("payments-prod") }},
		{"copy credentials", job.Copy},
		{"paste into bash", func() (string, error) { return pasted(job) }},
		{"open the console", func() (string, error) { return expect(job.Console())("payments-prod") }},
		{"bookmark", job.Bookmark},
		{"read the bookmark", func() (string, error) { return expect(job.Bookmarks())("#/console?account_id=") }},
		{"sign out", job.SignOut},
	}
	for _, s := range steps {
		saw, err := s.do()
		if err != nil {
			fmt.Printf("✗ %-24s %v\n", s.what, err)
			return fmt.Errorf("%s: %w", s.what, err)
		}
		fmt.Printf("✓ %-24s %s\n", s.what, saw)
		if err := job.Shot(strings.ReplaceAll(s.what, " ", "-")); err != nil {
			return err
		}
	}
	fmt.Println("The main job held. Pictures are in", job.Shots)
	return nil
}

// expect checks that what was seen names what it should.
func expect(saw string, err error) func(part string) (string, error) {
	return func(part string) (string, error) {
		if err == nil && !strings.Contains(saw, part) {
			err = fmt.Errorf("saw %q, expected %q in it", saw, part)
		}
		return saw, err
	}
}

func listed(job *mainjob.Job, rows int) (string, error) {
	summary, err := job.Listed()
	if err != nil {
		return "", err
	}
	return expect(summary+"; nothing in the way of it was shown", err)(strconv.Itoa(rows) + " roles")
}

// pasted names the variables that bash got. Their values are no one's business.
func pasted(job *mainjob.Job) (string, error) {
	vars, err := job.Paste()
	if err != nil {
		return "", err
	}
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"} {
		if vars[name] == "" {
			return "", fmt.Errorf("bash has no %s", name)
		}
	}
	names := make([]string, 0, len(vars))
	for name := range vars {
		names = append(names, name)
	}
	slices.Sort(names)
	return "bash has " + strings.Join(names, ", ") + "; key " + vars["AWS_ACCESS_KEY_ID"][:4] + "…", nil
}
